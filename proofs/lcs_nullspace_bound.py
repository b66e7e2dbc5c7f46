"""The null space bound: a large null space has an entry too large, by projection constants."""

from fractions import Fraction

from sympy import Expr, Ge, Gt, Integer, Matrix, Symbol, sqrt, symbols

from lcs.bounds.nullspace import within
from proofs.proof import Proof, Steps

proof = Proof("LCS-nullspace-bound")


def constant(q: int) -> Expr:
    """The bound on the projection constants of real q-dimensional spaces."""
    return 2 * (1 + (q - 1) * sqrt(Integer(q + 2)) / 2) / (q + 1)


@proof.cited(
    r"Let codes in $d = m - q$ dimensions, $q \geq 1$, have error below $\epsilon \leq 1$ at "
    r"sparsity $k$. Then some $A, B$ in $d$ dimensions have all $|M_{ij}| \leq \delta' < \delta = "
    r"\epsilon/k$, $M = I - B^T A$.",
    source="LCS-collapse",
)
def _() -> Steps:
    for k in range(1, 20):
        for n in range(1, 20):
            yield 0 < Fraction(n, 20) / k <= 1


@proof.cited(
    r"$\ker A$ holds a subspace $V$ of dimension $q$ of $\ell_\infty^m$. Some projection $P$ onto "
    r"$V$ has norm at most $\lambda_q = (2/(q+1))(1 + (q-1)\sqrt{q+2}/2)$ in $\ell_\infty^m$, that "
    r"is $\sum_j |P_{ij}| \leq \lambda_q$ for every $i$: no real $q$-dimensional space has a "
    r"larger projection constant. Hypotheses: $V$ is real, $q \geq 1$ finite. (Known values: "
    r"$\lambda_1 = 1$, Gruenbaum's $\lambda_2 = 4/3$, $\lambda_3 = (1+\sqrt{5})/2$, $\lambda_7 = "
    r"5/2$, $\lambda_{23} = 14/3$.)",
    source="Deregowska, Lewandowska, J. Funct. Anal. 286 (2024); Bukh, Cox, Israel J. Math. 238 "
    "(2020)",
)
def _() -> Steps:
    for q, value in ((1, 1), (2, Fraction(4, 3)), (7, Fraction(5, 2)), (23, Fraction(14, 3))):
        yield q >= 1
        yield bool(constant(q) == value)
    yield bool(sqrt(5) / 2 + Fraction(1, 2) - constant(3) == 0)


@proof.symbolic(
    r"$A$ vanishes on $V$, so $M v = v$ there, and $MP = P$. A projection has trace its rank: $q = "
    r"\mathrm{tr} P = \mathrm{tr}(MP) = \sum_{ij} M_{ij} P_{ji}$ (written out for $m = 3$; $P$ in "
    r"a basis of $V$ and of its kernel is $\mathrm{diag}(1, \ldots, 1, 0, \ldots, 0)$)."
)
def _() -> Steps:
    M = Matrix(3, 3, symbols("M:9"))
    P = Matrix(3, 3, symbols("P:9"))
    sums = M.multiply_elementwise(P.T)
    yield (M * P).trace() - sum(sums.flat())
    A, B = Matrix(2, 3, symbols("a:6")), Matrix(2, 3, symbols("b:6"))
    v = Matrix(3, 1, symbols("v:3"))
    yield v - B.T * (A * v) - (Matrix.eye(3) - B.T * A) * v  # = Mv, and = v where Av = 0


@proof.symbolic(
    r"Each term is at most $\delta' |P_{ji}|$: with $P_{ji} = \pm x$, $x \geq 0$, and $M_{ij}$ "
    r"between $\pm\delta'$. So $q \leq \delta' \sum_{ij} |P_{ij}| \leq \delta' m \lambda_q < "
    r"\delta m \lambda_q$, which is $q/\lambda_q < m\epsilon/k$."
)
def _() -> Steps:
    x, s, t = symbols("x s t", nonnegative=True)  # delta' = (s + t)/2, M_ij = (s - t)/2
    level = (s + t) / 2
    gap = t * x
    yield level * x - (s - t) / 2 * x - gap
    left = s * x
    yield level * x + (s - t) / 2 * x - left
    yield Ge(gap, 0)
    yield Ge(left, 0)
    m, k, eps, size = symbols("m k eps size", positive=True)
    h = Symbol("h", positive=True)
    below = (eps / k - h) * m * size  # q, at most delta' m lambda
    spare = h * m
    yield m * eps / k - below / size - spare
    yield Gt(spare, 0)


@proof.exact(
    r"`lcs.bounds.nullspace.within` decides $q/\lambda_q < s$ and $q/\lambda_q \leq s$, exactly, "
    r"where the root is rational: $q + 2 = r^2$ for $r = 2, \ldots, 12$, and $s$ at, just above "
    r"and just below $q/\lambda_q$."
)
def _() -> Steps:
    for r in range(2, 13):
        q = r * r - 2
        level = q / (Fraction(2, q + 1) * (1 + Fraction(q - 1, 2) * r))
        for shift in (-Fraction(1, 10**9), Fraction(0), Fraction(1, 10**9)):
            yield within(q, level + shift, True) == (shift > 0)
            yield within(q, level + shift, False) == (shift >= 0)


proof.main(__name__)
