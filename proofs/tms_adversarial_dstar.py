"""How far outputs can be moved: at least in proportion to the number of features per dimension.

G = W^T W, F = W W^T; lam_a >= 0 are the m eigenvalues of F, which has rank at most m.
"""

from itertools import combinations, product

from sympy import Add, Ge, Matrix, Symbol, symbols

from proofs.proof import Proof, Steps

proof = Proof("TMS-adversarial-dstar")


@proof.symbolic(
    r"$z_i$ moves by $\langle G_i, \delta \rangle$, at most $||G_i||$ per unit of $||\delta||$ "
    r"(Cauchy and Schwarz: $||g||^2 ||\delta||^2 - \langle g, \delta \rangle^2 = \sum_{j<l} (g_j "
    r"\delta_l - g_l \delta_j)^2$), attained along $G_i$. The squared rates add up to $||G||_F^2$."
)
def _() -> Steps:
    g, d = symbols("g:4", real=True), symbols("d:4", real=True)
    dot = Add(*(x * y for x, y in zip(g, d, strict=True)))
    squares = sum((g[j] * d[l] - g[l] * d[j]) ** 2 for j, l in combinations(range(4), 2))
    yield sum(x**2 for x in g) * sum(y**2 for y in d) - dot**2 - squares
    yield Ge(squares, 0)
    yield sum(x * x for x in g) - dot.subs(dict(zip(d, g, strict=True)))


@proof.symbolic(
    r"$||W^T W||_F^2 = \mathrm{tr}\, W^T W W^T W = \mathrm{tr}\, F^2 = \sum_a \lambda_a^2$ and "
    r"$||W||_F^2 = \mathrm{tr}\, F = \sum_a \lambda_a$: $\mathrm{tr}\, XY = \mathrm{tr}\, YX$ "
    r"(written out for $W$ of $2 \times 3$ entries), and the trace is the sum of the eigenvalues."
)
def _() -> Steps:
    W = Matrix(2, 3, symbols("w:6", real=True))
    G, F = W.T * W, W * W.T
    yield sum(G[i, j] ** 2 for i, j in product(range(3), repeat=2)) - (F * F).trace()
    yield sum(entry**2 for entry in W.flat()) - F.trace()


@proof.symbolic(
    r"$m \sum_a \lambda_a^2 - (\sum_a \lambda_a)^2 = \sum_{a<b} (\lambda_a - \lambda_b)^2 \geq 0$ "
    r"(here $m = 4$; a coefficient involves two indices). Hence $||G||_F^2/||W||_F^2 = \sum_a "
    r"\lambda_a^2/\sum_a \lambda_a \geq \sum_a \lambda_a/m = ||W||_F^2/m = 1/D^*$, for $W \neq 0$."
)
def _() -> Steps:
    lam = symbols("lam:4", nonnegative=True)
    squares = sum((x - y) ** 2 for x, y in combinations(lam, 2))
    yield 4 * sum(x**2 for x in lam) - sum(lam) ** 2 - squares
    yield Ge(squares, 0)
    total, m = symbols("total m", positive=True)
    more = Symbol("more", nonnegative=True)
    second = (total**2 + more) / m  # sum of squares
    yield second / total - total / m - more / (m * total)
    yield Ge(more / (m * total), 0)


@proof.symbolic(
    r"Equality needs every $(\lambda_a - \lambda_b)^2 = 0$: $F$ has one eigenvalue, $F = W W^T = "
    r"\lambda I$; and there it holds, $\lambda^2 m/(\lambda m) = \lambda m/m$."
)
def _() -> Steps:
    value, m = symbols("lam m", positive=True)
    yield value**2 * m / (value * m) - value * m / m


proof.main(__name__)
