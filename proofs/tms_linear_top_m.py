"""The linear model keeps the m most important features: its least loss, and where it is attained.

R = W^T W - I; P is the projector on the row space of W (m, n), of rank at most m, q_i = P_ii, and
D the diagonal matrix of sqrt(I_i). Importances are numbered in falling order.
"""

from sympy import Gt, Matrix, Symbol, cos, simplify, sin, symbols

from proofs.projectors import beyond, squares_split
from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("TMS-linear-top-m")


@proof.cited(
    r"With the best bias the loss is $s_2 \sum_i I_i \sum_j R_{ij}^2 = s_2 ||DR||_F^2$, and $s_2 "
    r"= p/3 - p^2/4 > 0$ is a factor: which $W$ are best does not depend on $p$.",
    source="TMS-linear-loss-exact",
)
def _() -> Steps:
    # p/3 - p^2/4 = p (4 - 3p)/12 with 4 - 3p falling to its value at p = 1
    yield 4 - 3 * 1 > 0


@proof.symbolic(
    r"$||DR||^2 = ||DRP||^2 + ||DR(1-P)||^2$: $X X^T = (XP)(XP)^T + (X(1-P))(X(1-P))^T$ by $P^2 = "
    r"P = P^T$ (in letters that do not commute), of which traces are taken at $X = DR$."
)
def _() -> Steps:
    yield from squares_split()


@proof.symbolic(
    r"$W P = W$ makes $R(1-P) = -(1-P)$, so the second term is $||D(1-P)||^2 = \sum_i I_i ((1 - "
    r"P)(1-P)^T)_{ii} = \sum_i I_i (1 - q_i)$."
)
def _() -> Steps:
    yield from beyond()


@proof.symbolic(
    r"$q_i = \sum_j P_{ij}^2$ by $P = P P^T$, so $q_i \geq q_i^2$ and $0 \leq q_i \leq 1$; and "
    r"$\sum_i q_i = \mathrm{tr}\, P = \mathrm{rank}\, W \leq m$. Weights $q_i \in [0,1]$ of total "
    r"at most $m$ give $\sum_i I_i q_i \leq \sum_{i \leq m} I_i$ (the exchange of top sums, at $v "
    r"= I$), so $\sum_i I_i (1 - q_i) \geq \sum_{i > m} I_i$: no loss is below $s_2 \sum_{i>m} "
    r"I_i$."
)
def _() -> Steps:
    low, high = symbols("low high", positive=True)
    for outside, size in ((-low, low * (1 + low)), (1 + high, high * (1 + high))):
        yield outside - outside**2 + size  # q < 0 and q > 1 have q < q^2
        yield Gt(size, 0)
    yield from exchange()


@proof.symbolic(
    r"Attained: $W^T W = P = \mathrm{diag}(1, \ldots, 1, 0, \ldots, 0)$, $m$ ones (all, if $n \leq "
    r"m$), has $R = P - 1$, $DRP = 0$ and $q_i = 1$ exactly for $i \leq m$. A feature that is kept "
    r"costs $I_i \cdot 0$, another $I_i \cdot 1$."
)
def _() -> Steps:
    weight = Symbol("I", nonnegative=True)
    for kept in (1, 0):
        yield weight * (kept - 1) ** 2 - weight * (1 - kept)


@proof.symbolic(
    r"Erratum: of two features of one importance $I$ and $m = 1$ every unit $W = (\cos t, \sin t)$ "
    r"does as well: $R = P - 1$ and $I(1 - q_1) + I(1 - q_2) = I$, whatever $t$. In general $G = "
    r"P$ may be any projector that is the identity on what is more important than $I_m$ and $0$ on "
    r"what is less."
)
def _() -> Steps:
    t, weight = Symbol("t", real=True), Symbol("I", nonnegative=True)
    W = Matrix([[cos(t), sin(t)]])
    R = W.T * W - Matrix([[1, 0], [0, 1]])
    yield simplify(weight * (R.T * R).trace()) - weight


proof.main(__name__)
