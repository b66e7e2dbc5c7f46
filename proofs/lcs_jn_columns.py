"""Columns of I - B^T A with top-k sums below 1/2 certify recovery, and how they compare to rows.

M = I - B^T A for some B exactly when Mh = h on ker A, so permutations that keep ker A act on the
set of all M: that is why averaging over shifts is allowed.
"""

from fractions import Fraction

from sympy import Ge, Matrix, Rational, symbols

from proofs.certificates import above_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-jn-columns")


@proof.symbolic(
    r"$||\cdot||_{[k]}$ is a norm: the largest of $\langle s, \cdot \rangle$ over sign vectors $s$ "
    r"of $k$ entries. Let every column $M_j$ of $M = I - B^T A$ have $||M_j||_{[k]} \leq \gamma < "
    r"1/2$. A kernel vector is $h = Mh = \sum_j h_j M_j$, so $||h||_{[k]} \leq \gamma ||h||_1 < "
    r"||h||_1/2$ for $h \neq 0$: any $k$ entries hold less than half of it."
)
def _() -> Steps:
    size, gap = symbols("size gap", positive=True)  # ||h||_1 and 1/2 - gamma
    yield from above_zero(size / 2 - (Rational(1, 2) - gap) * size, gap * size)


@proof.symbolic(
    r"Then every $k$-sparse $z$ is recovered: with $S$ its support and $s = \mathrm{sign}\, z_j$, "
    r"$|z_j + h_j| \geq s(z_j + h_j) \geq |z_j| - |h_j|$ on $S$ and $|z_j + h_j| = |h_j|$ off it, "
    r"so $||z+h||_1 - ||z||_1 \geq ||h||_1 - 2||h_S||_1 > 0$."
)
def _() -> Steps:
    z, u = symbols("z u", nonnegative=True)
    on, off = symbols("on off", nonnegative=True)
    for h in (u, -u):
        yield Ge((z + h) - (z - abs(h)), 0)  # s = 1; s = -1 is its mirror image
    yield (off - on) - ((on + off) - 2 * on)


@proof.cited(
    r"The least such $\gamma$ over $B$ is at most $\min(1, k \alpha_1)$: the probes that are best "
    r"for rows have all $|M_{ij}| \leq \alpha_1$, hence also columns of top-$k$ sum $\leq k "
    r"\alpha_1$, and $B = 0$ leaves $M = I$ with $\gamma = 1$. At $k = 1$ rows and columns share "
    r"the largest entry, and $\alpha_1 \leq 1$: equality.",
    source="LCS-collapse",
)
def _() -> Steps:
    for m in range(1, 10):
        for k in range(1, m + 1):
            yield sum(sorted([1] + [0] * (m - 1))[-k:]) == 1  # a column of I
    for length in (Fraction(1), Fraction(3, 2), Fraction(7)):
        yield Fraction(1) / length <= 1  # ||z||_inf <= ||z||_1


@proof.symbolic(
    r"Where the cyclic shift $P$ keeps $\ker A$, $P^{-s} M P^s h = P^{-s} P^s h = h$ on it, so the "
    r"average $\bar M$ of these over $s$ is again $I - \bar B^T A$. It is circulant: $\bar M_{ij} "
    r"= \frac{1}{m} \sum_s M_{i+s,j+s}$ is the same at $(i+1, j+1)$, the sum only starting one "
    r"later (written out for $m \leq 6$)."
)
def _() -> Steps:
    for m in range(2, 7):
        M = Matrix(m, m, symbols(f"x:{m * m}"))
        P = Matrix(m, m, lambda i, j, m=m: int(i == (j + 1) % m))
        mean = Matrix.zeros(m, m)
        for s in range(m):
            mean += P.T**s * M * P**s / m
        yield P.T * P - Matrix.eye(m)
        for i in range(m):
            for j in range(m):
                yield mean[i, j] - mean[(i + 1) % m, (j + 1) % m]


@proof.exact(
    r"Shifting permutes the columns of $M$ and the entries within each, so that every $P^{-s} M "
    r"P^s$ has the same largest $||M_j||_{[k]}$, and $\bar M$, by convexity, at most that. Row $i$ "
    r"and column $i$ of a circulant $(c_{i-j})$ hold the same entries, $i - j$ and $j - i$ both "
    r"running through $\mathbb{Z}_m$ ($m \leq 60$). So $\min(1, k \alpha_1) \leq$ the best rows of "
    r"$\bar M$ = its columns $\leq$ the best columns: equality."
)
def _() -> Steps:
    for m in range(1, 61):
        c = [j * j for j in range(m)]  # m different entries
        for i in range(m):
            row = sorted(c[(i - j) % m] for j in range(m))
            column = sorted(c[(j - i) % m] for j in range(m))
            yield row == column


@proof.exact(
    r"Without such a symmetry columns can be strictly better. Kernel of $h = (2, 1, 1)$, $k = 2$: "
    r"rows give $2 \cdot 2/4 = 1$. $M = h v^T$ with $\langle v, h \rangle = 1$ keeps $h$, and its "
    r"columns $v_j h$ have $\gamma = 3 \max |v_j| = 3/4$ at $v = (1, 1, 1)/4$."
)
def _() -> Steps:
    h, v = (2, 1, 1), (Fraction(1, 4),) * 3
    yield sum(a * b for a, b in zip(h, v, strict=True)) == 1
    yield 2 * Fraction(max(h), sum(h)) == 1
    columns = [sorted(abs(a * b) for a in h) for b in v]
    yield max(sum(column[-2:]) for column in columns) == Fraction(3, 4) < 1


proof.main(__name__)
