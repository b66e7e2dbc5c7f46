"""No B certifies more than (1 + sqrt(d(m-1)/(m-d)))/2 active features, by rows or by columns.

Rows: a matrix of rank d with a large diagonal has large entries off it (Welch). Columns: a dual
matrix W whose rows lie in ker A, made from a basis of the kernel in radial isotropic position.
mu^2 = (m-d)/(d(m-1)) throughout, 1 <= d < m, 1 <= k < m.
"""

from fractions import Fraction
from itertools import combinations
from math import prod

from sympy import Matrix, Symbol, symbols

from lcs.bounds.recovery import l1_sufficient_d
from proofs import ranks
from proofs.certificates import above_zero, at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-ceiling")

d, q = symbols("d q", positive=True)  # q = m - d
m = d + q
mu_squared = q / (d * (m - 1))


ranks.projector(proof)


@proof.symbolic(
    r"Rows. $Y$ of rank at most $d$ with unit diagonal and $|Y_{ij}| \leq \nu$ off it has $m^2 "
    r"\leq d(m + m(m-1)\nu^2)$, that is $\nu^2 \geq (m-d)/(d(m-1)) = \mu^2$."
)
def _() -> Steps:
    level = Symbol("level", real=True)  # nu^2
    room = d * (m + m * (m - 1) * level) - m**2
    yield room - d * m * (m - 1) * (level - mu_squared)  # >= 0 only for level >= mu^2


@proof.symbolic(
    r"Let $\alpha < 1$ bound $|I - B^T A|$. Row $i$ of $B^T A$ divided by its diagonal entry, at "
    r"least $1 - \alpha$, has the rank kept and $\nu = \alpha/(1-\alpha)$ off the diagonal; $\nu "
    r"\geq \mu$ gives $\alpha = \nu/(1+\nu) \geq \mu/(1+\mu)$, and so does $\alpha \geq 1$. Hence "
    r"$\alpha_1 \geq \mu/(1+\mu)$."
)
def _() -> Steps:
    nu, mu = symbols("nu mu", positive=True)
    h = Symbol("h", nonnegative=True)
    alpha = nu / (1 + nu)
    yield alpha / (1 - alpha) - nu
    yield from at_least_zero((mu + h) / (1 + mu + h) - mu / (1 + mu), h / ((1 + mu) * (1 + mu + h)))
    yield from above_zero(1 - mu / (1 + mu), 1 / (1 + mu))


@proof.cited(
    r"The largest top-$k$ sum of a row is at least $\min(1, k \alpha_1)$, for every $B$, and this "
    r"at least $\min(1, k\mu/(1+\mu))$, as $\min(1, \cdot)$ rises.",
    source="LCS-collapse",
)
def _() -> Steps:
    steps = [Fraction(n, 4) for n in range(9)]
    for x, y in combinations(steps, 2):
        yield min(Fraction(1), x) <= min(Fraction(1), y)


@proof.symbolic(
    r"Columns, duality. If $AW^T = 0$, $M = I - B^T A$ has $\langle M, W \rangle = \mathrm{tr}\, "
    r"W$ for every $B$: $\langle B^T A, W \rangle = \mathrm{tr}(B^T A W^T) = 0$ (expanded for up "
    r"to 2 x 4; the trace is the same sum for all sizes). Column by column $\langle M_j, W_j "
    r"\rangle \leq ||M_j||_{[k]} \max(||W_j||_\infty, ||W_j||_1/k)$, so the largest "
    r"$||M_j||_{[k]}$ is at least $\mathrm{tr}\, W / \sum_j \max(||W_j||_\infty, ||W_j||_1/k)$."
)
def _() -> Steps:
    for rows, columns in ((1, 3), (2, 3), (2, 4)):
        A, B = (Matrix(rows, columns, symbols(f"{x}:{rows * columns}")) for x in "ab")
        W = Matrix(columns, columns, symbols(f"w:{columns**2}"))
        M = Matrix.eye(columns) - B.T * A
        # <M, W> = tr W - <B, A W^T>
        yield (M * W.T).trace() - W.trace() + (B.T * (A * W.T)).trace()
        yield (M * W.T).trace() - sum(
            M[i, j] * W[i, j] for i in range(columns) for j in range(columns)
        )


@proof.symbolic(
    r"Let $n_i \in \mathbb{R}^q$ be the rows of a basis $N$ of $\ker A$, $q = m - d$, with $\sum_i "
    r"n_i n_i^T/|n_i|^2 = (m/q) I$, and $W_{ij} = \langle n_i, n_j \rangle/|n_i|$. Row $i$ is $N "
    r"n_i/|n_i| \in \ker A$; $W_{jj} = |n_j|$; column $j$ is $|n_j| \rho_{ij}$, $\rho$ the "
    r"cosines, with $\sum_i \rho_{ij}^2 = m/q$. By Cauchy and Schwarz over the $m - 1$ others, "
    r"$\sum_i |\rho_{ij}| \leq 1 + \sqrt{(m-1)(m/q - 1)} = 1 + 1/\mu$."
)
def _() -> Steps:
    yield (m - 1) * (m / q - 1) - 1 / mu_squared
    # Cauchy and Schwarz for n numbers of sum s and squares S: sum (x - s/n)^2 = S - s^2/n
    n, s, S = symbols("n s S", positive=True)
    yield (S - 2 * (s / n) * s + n * (s / n) ** 2) - (S - s**2 / n)


@proof.symbolic(
    r"So $\max(||W_j||_\infty, ||W_j||_1/k) \leq |n_j| \max(1, (1 + 1/\mu)/k)$, and the quotient "
    r"is at least $1/\max(1, (1+1/\mu)/k) = \min(1, k\mu/(1+\mu))$."
)
def _() -> Steps:
    k, mu = symbols("k mu", positive=True)
    yield 1 / ((1 + 1 / mu) / k) - k * mu / (1 + mu)


@proof.cited(
    r"Such a basis $NG$ exists if any $q$ of the $m \geq q$ rows $n_i$ are independent. They are "
    r"dependent on $T$, $|T| = q$, only if some $z = Nc \neq 0$ in $\ker A$ vanishes on $T$, that "
    r"is if the $d$ columns of $A$ off $T$ are dependent. Of a Vandermonde matrix with distinct "
    r"nodes no $d$ columns are (checked for $m \leq 8$): the product of all these determinants is "
    r"not the zero polynomial, and so such $A$ are dense.",
    source="Forster 2002, J. Comput. Syst. Sci. 65, theorem 4.1",
)
def _() -> Steps:
    for columns in range(2, 9):
        for rows in range(1, columns):
            yield columns >= columns - rows >= 1
            for chosen in combinations(range(1, columns + 1), rows):
                yield prod(b - a for a, b in combinations(chosen, 2)) != 0


@proof.symbolic(
    r"And for every $A$: if some $B$ had all columns of $I - B^T A$ at most $c - 2h$, with $c = "
    r"\min(1, k\mu/(1+\mu))$, $h > 0$, then for the $A'$ of the dense set near $A$ those of $I - "
    r"B^T A'$ would be at most $c - h$, as top-$k$ sums move by at most $k \max |B^T(A - A')|$. "
    r"But they are at least $c$."
)
def _() -> Steps:
    c, h = symbols("c h", positive=True)
    yield from above_zero(c - ((c - 2 * h) + h), h)
    k = Symbol("k", positive=True)
    move = h / k  # largest entry of B^T (A - A')
    yield (c - 2 * h) + k * move - (c - h)


@proof.symbolic(
    r"A value below $1/2$ thus needs $k\mu/(1+\mu) < 1/2$, that is $2k - 1 < 1/\mu = "
    r"\sqrt{d(m-1)/(m-d)}$: both say $\mu(2k - 1) < 1$."
)
def _() -> Steps:
    k, mu = symbols("k mu", positive=True)
    half = 1 - 2 * k * mu / (1 + mu)
    yield half * (1 + mu) - (1 - mu * (2 * k - 1))
    yield 1 / mu_squared - d * (m - 1) / (m - d)
    yield (1 + 1 / mu) / 2 - k - (1 - mu * (2 * k - 1)) / (2 * mu)


@proof.symbolic(
    r"Equality at equiangular tight frames: off-diagonal entries of $A^T A$ are $\pm\mu$, so every "
    r"entry of $I - cA^T A$, $c = 1/(1+\mu)$, is $\mu/(1+\mu)$ in size, and every top-$k$ sum of a "
    r"row or column is $k\mu/(1+\mu)$; where that exceeds 1, $B = 0$ gives 1."
)
def _() -> Steps:
    mu = Symbol("mu", positive=True)
    c = 1 / (1 + mu)
    yield (1 - c) - mu / (1 + mu)
    yield c * mu - mu / (1 + mu)


@proof.exact(
    r"The erratum: the ceiling at $d = 832$, $m = 1000$, the largest $k$ with $(2k-1)^2 (m-d) < "
    r"d(m-1)$, is 35."
)
def _() -> Steps:
    yield (2 * 35 - 1) ** 2 * (1000 - 832) < 832 * 999 <= (2 * 36 - 1) ** 2 * (1000 - 832)


@proof.cited(
    r"Recovery goes on beyond it: at these sizes a Gaussian code recovers every 100-sparse $z$ "
    r"with positive probability, as the mean length of a Gaussian vector in $\mathbb{R}^{832}$ "
    r"exceeds the width of the cone that its kernel has to miss (enclosed by `lcs.bounds`).",
    source="Gordon 1988, On Milman's inequality and random subspaces, LNM 1317",
)
def _() -> Steps:
    yield l1_sufficient_d(1000, 100).d == 832


proof.main(__name__)
