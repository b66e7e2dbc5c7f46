"""The best probe of a feature and the kernel vector that proves it: min = max.

Both sides are one pair of dual linear programmes. The easy half, no probe beats a kernel vector, is
an identity; that they meet is the duality theorem, whose hypotheses are checked.
"""

from fractions import Fraction

from sympy import Matrix, Symbol, eye, ones, symbols

from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-probes-dual")

SHAPES = [(1, 2), (2, 3), (3, 3), (3, 4)]


def unknowns(d: int, m: int) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """A (d, m), y (d, 1), p and n (m, 1), all free symbols."""
    y, p, n = (Matrix(symbols(f"{name}:{size}")) for name, size in (("y", d), ("p", m), ("n", m)))
    return Matrix(d, m, symbols(f"a:{d * m}")), y, p, n


@proof.symbolic(
    r"If $Az = 0$, $z_i = \langle e_i - A^T y, z \rangle$ for every $y$, since $\langle A^T y, z "
    r"\rangle = \langle y, Az \rangle$: both are $\sum_{jl} y_j A_{jl} z_l$ for all sizes "
    r"(expanded for up to 3 x 4)."
)
def _() -> Steps:
    for d, m in SHAPES:
        A, y, z, _n = unknowns(d, m)
        for i in range(m):
            yield (eye(m)[:, i] - A.T * y).dot(z) - z[i] + y.dot(A * z)


@proof.symbolic(
    r"Weak duality. Let $r = e_i - A^T y$, $|r_j| \leq t$, $z = p - n$ with $p, n \geq 0$ the "
    r"positive and negative parts. Then $t|z_j| - r_j z_j = (t-r_j)p_j + (t+r_j)n_j \geq 0$, so "
    r"$z_i = \langle r, z \rangle \leq t ||z||_1 \leq t$: every probe is at least as large as "
    r"every kernel vector of $||z||_1 \leq 1$ says."
)
def _() -> Steps:
    p, n, below, above = symbols("p n below above", nonnegative=True)
    t, r = (above + below) / 2, (above - below) / 2  # below = t - r, above = t + r
    yield from at_least_zero(t * (p + n) - r * (p - n), below * p + above * n)


@proof.symbolic(
    r"The programme $\min \{t : -t \leq (e_i - A^T y)_j \leq t\}$, written $Gx \geq h$ for $x = "
    r"(y, t)$, has the dual $\max \{\langle h, u \rangle : G^T u = (0, 1), u \geq 0\}$. With $u = "
    r"(p, n)$ that is $A(p - n) = 0$, $\sum (p + n) = 1$, and the value is $p_i - n_i$ (in blocks, "
    r"the same for all sizes; expanded for up to 3 x 4)."
)
def _() -> Steps:
    for d, m in SHAPES:
        A, y, p, n = unknowns(d, m)
        t = Symbol("t")
        G = Matrix.vstack(Matrix.hstack(A.T, ones(m, 1)), Matrix.hstack(-A.T, ones(m, 1)))
        u, x = Matrix.vstack(p, n), Matrix.vstack(y, Matrix([t]))
        for i in range(m):
            e = eye(m)[:, i]
            h = Matrix.vstack(e, -e)
            # the primal is the one meant: t - r >= 0 and t + r >= 0
            r = e - A.T * y
            yield G * x - h - Matrix.vstack(t * ones(m, 1) - r, t * ones(m, 1) + r)
            yield h.dot(u) - e.dot(p - n)
        yield (G.T * u)[:d, :] - A * (p - n)
        yield (G.T * u)[d, 0] - ones(m, 1).dot(p + n)


@proof.symbolic(
    r"It does not matter that $||z||_1$ may be below 1: adding $s = (1 - ||z||_1)/(2m)$ to every "
    r"entry of both parts changes no $p_j - n_j$ and makes the total 1; and $z = p - n$ has "
    r"$||z||_1 \leq \sum (p + n)$ since $p + n - |p - n|$ is twice the smaller of the two."
)
def _() -> Steps:
    m = Symbol("m", positive=True)
    length, p, n = symbols("length p n", nonnegative=True)
    s = (1 - length) / (2 * m)
    yield length + 2 * m * s - 1
    yield (p + s) - (n + s) - (p - n)
    for x, y in ((p + n, p), (p, p + n)):  # either part may be the larger
        yield x + y - abs(x - y) - 2 * p


@proof.cited(
    r"Strong duality: a linear programme that is feasible and bounded below, and its dual, attain "
    r"one value. Feasible: $y = 0$, $t = 1$ leaves $1 \pm (e_i)_j \geq 0$. Bounded: the two "
    r"inequalities add up to $2t \geq 0$.",
    source="Schrijver 1986, Theory of Linear and Integer Programming, corollary 7.1g",
)
def _() -> Steps:
    for entry in (0, 1):
        yield 1 - entry >= 0
        yield 1 + entry >= 0
    yield (1 - 0) + (1 + 0) == 2  # the coefficients of t; those of y and e_i cancel


@proof.exact(
    r"Both sides at edges, with witnesses. $A$ of rank $m$: $y$ reaches 0 and the kernel is 0. $A "
    r"= 0$: $t = 1$ and $z = e_i$. One row of $m \geq 2$ ones: $y = 1/2$ and $z = (1, -1, 0, "
    r"\ldots)/2$ give $1/2$. Kernel spanned by $(1, \ldots, 1)$: $A^T y$ is any vector of sum 0, "
    r"so that the residual can be $(1, \ldots, 1)/m$, and $z$ is the same: $1/m$."
)
def _() -> Steps:
    for m in range(2, 12):
        half = Fraction(1, 2)
        residual = [(j == 0) - half for j in range(m)]
        z = [half, -half] + [Fraction(0)] * (m - 2)
        yield sum(z) == 0  # A z = 0
        yield max(map(abs, residual)) == half == z[0]
        yield sum(map(abs, z)) == 1
        flat = [Fraction(1, m)] * m
        yield sum((j == 0) - f for j, f in enumerate(flat)) == 0  # e_0 less the residual: A^T y
        yield max(flat) == Fraction(1, m) == flat[0]
        yield sum(flat) == 1


proof.main(__name__)
