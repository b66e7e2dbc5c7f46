"""Dimensionalities of features add up to the rank of W at most.

F = W W^T = sum_i W_i W_i^T is symmetric and positive semidefinite of rank r = rank W. Its
eigenvalues lam_1 .. lam_r > 0 and c_a = <W_i, v_a> in an orthonormal basis of eigenvectors describe
every W_i, which lies in the range of F: W_i W_i^T <= F.
"""

from itertools import combinations

from sympy import Ge, Gt, Matrix, Symbol, symbols

from proofs.proof import Proof, Steps

proof = Proof("TMS-dimensionality-sum")

lam = symbols("lam:4", positive=True)
c = symbols("c:4", real=True)


@proof.symbolic(
    r"$D_i = ||W_i||^2/\sum_j (\hat W_i \cdot W_j)^2 = ||W_i||^4/\langle W_i, F W_i \rangle$, "
    r"since $\sum_j (W_i \cdot W_j)^2 = \langle W_i, F W_i \rangle \geq ||W_i||^4 > 0$ (its term "
    r"$j = i$): defined for every feature of length above 0; the others change no sum."
)
def _() -> Steps:
    square, total = symbols("square total", positive=True)  # |W_i|^2, sum_j (W_i . W_j)^2
    yield square / (total / square) - square**2 / total
    rest = Symbol("rest", nonnegative=True)
    yield Gt(square**2 + rest, 0)


@proof.cited(
    r"$F$ has an orthonormal basis of eigenvectors $v_a$; the eigenvalues $\lambda_a$ are $\geq "
    r"0$, and $r = \mathrm{rank}\, F = \mathrm{rank}\, W \leq m$ of them are above 0. $\langle "
    r"W_i, v \rangle^2 \leq \langle v, F v \rangle = 0$ for the others, so that $W_i = \sum_{a "
    r"\leq r} c_a v_a$. Hypothesis: $F$ is real and symmetric.",
    source="the spectral theorem, e.g. Horn and Johnson, Matrix analysis, 4.1.5",
)
def _() -> Steps:
    W = Matrix(2, 3, symbols("w:6", real=True))
    yield (W * W.T).is_symmetric() is True


@proof.symbolic(
    r"Lagrange: $(\sum_a \lambda_a c_a^2)(\sum_a c_a^2/\lambda_a) - (\sum_a c_a^2)^2 = \sum_{a<b} "
    r"c_a^2 c_b^2 (\lambda_a - \lambda_b)^2/(\lambda_a \lambda_b) \geq 0$. So $D_i \leq \sum_a "
    r"c_a^2/\lambda_a$. (Four eigenvalues are done here; a coefficient involves two of them.)"
)
def _() -> Steps:
    first = sum(x * y**2 for x, y in zip(lam, c, strict=True))
    second = sum(y**2 / x for x, y in zip(lam, c, strict=True))
    terms = [
        c[a] ** 2 * c[b] ** 2 * (lam[a] - lam[b]) ** 2 / (lam[a] * lam[b])
        for a, b in combinations(range(4), 2)
    ]
    yield first * second - sum(y**2 for y in c) ** 2 - sum(terms)
    for term in terms:
        yield Ge(term, 0)


@proof.symbolic(
    r"Equality holds exactly where $c_a c_b = 0$ whenever $\lambda_a \neq \lambda_b$: where all "
    r"$v_a$ that $W_i$ has a share of belong to one eigenvalue, that is where $W_i$ is an "
    r"eigenvector of $F = W W^T$: $(F W_i)_a c_b - (F W_i)_b c_a = (\lambda_a - \lambda_b) c_a "
    r"c_b$. A term with $c_a c_b \neq 0$ and distinct eigenvalues is above 0."
)
def _() -> Steps:
    yield (lam[0] * c[0]) * c[1] - (lam[1] * c[1]) * c[0] - (lam[0] - lam[1]) * c[0] * c[1]
    x, y, low, gap = symbols("x y low gap", positive=True)
    yield Gt(x**2 * y**2 * gap**2 / (low * (low + gap)), 0)


@proof.symbolic(
    r"$\sum_i c_{ia}^2 = \langle v_a, F v_a \rangle = \lambda_a$. So $\sum_i D_i \leq \sum_a "
    r"\sum_i c_{ia}^2/\lambda_a = \sum_{a \leq r} 1 = \mathrm{rank}\, W \leq m$, with equality on "
    r"the left exactly where every $W_i$ is an eigenvector, as no term of the sum is above its "
    r"bound."
)
def _() -> Steps:
    columns = [Matrix(symbols(f"x{i}_:2", real=True)) for i in range(3)]  # W_i in the eigenbasis
    W = Matrix.hstack(*columns)
    F = W * W.T
    for a in range(2):
        yield sum(W[a, i] ** 2 for i in range(3)) - F[a, a]
    yield lam[0] / lam[0] - 1
    r, short = symbols("r short", nonnegative=True)
    yield Ge((r + short) - r, 0)  # m - rank W = short


proof.main(__name__)
