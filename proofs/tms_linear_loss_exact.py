"""The expected loss of the linear model, at every density, and with its best bias.

R = W^T W - I, so that z_i - x_i = sum_j R_ij x_j + b_i; mu and s2 are the mean and the variance of
one feature, I_i >= 0 the weight of feature i.
"""

from itertools import product

from sympy import Expr, Gt, Matrix, Poly, Symbol, eye, integrate, symbols

from proofs.proof import Proof, Steps

proof = Proof("TMS-linear-loss-exact")

p = Symbol("p", positive=True)
MU, S2 = p / 2, p / 3 - p**2 / 4


@proof.symbolic(
    r"A feature is $0$ with probability $1 - p$ and else uniform on $[0, 1]$: $\mu = E x = p/2$, "
    r"$E x^2 = p/3$, so its variance is $s_2 = p/3 - p^2/4 = p(1 + 3(1-p))/12 > 0$ for $0 < p \leq "
    r"1$."
)
def _() -> Steps:
    x = Symbol("x")
    rest = Symbol("rest", nonnegative=True)  # 1 - p
    yield p * integrate(x, (x, 0, 1)) - MU
    yield p * integrate(x**2, (x, 0, 1)) - MU**2 - S2
    yield S2 - p * (1 + 3 * (1 - p)) / 12
    yield Gt(p * (1 + 3 * rest), 0)


def expected(polynomial: Expr, x: tuple[Symbol, ...]) -> Expr:
    """E of a polynomial of degree 2 in independent features, monomial by monomial."""
    moments = (1, MU, p / 3)
    total: Expr = 0 * p
    for powers, coefficient in Poly(polynomial, *x).terms():
        for power in powers:
            coefficient *= moments[power]
        total += coefficient
    return total


@proof.symbolic(
    r"$E(\sum_j R_{ij} x_j + b_i)^2 = s_2 \sum_j R_{ij}^2 + (b_i + \mu \sum_j R_{ij})^2$. Both "
    r"sides are quadratic in row $i$ of $R$ and $b_i$; a coefficient involves at most two indices "
    r"$j$, so that three features, done here, stand for any number."
)
def _() -> Steps:
    x, R, b = symbols("x:3"), symbols("R:3", real=True), Symbol("b", real=True)
    error = sum((r * y for r, y in zip(R, x, strict=True)), b)
    claimed = S2 * sum(r**2 for r in R) + (b + MU * sum(R)) ** 2
    yield expected(error**2, x) - claimed


@proof.symbolic(
    r"The last term is a square, and $0$ at $b_i = -\mu \sum_j R_{ij}$, for each $i$ by itself: "
    r"with the best bias the loss is $s_2 \sum_i I_i \sum_j R_{ij}^2$."
)
def _() -> Steps:
    total = Symbol("total", real=True)  # of row i
    off = Symbol("off", real=True)  # b_i less the best one
    yield ((off - MU * total) + MU * total) ** 2 - off**2


@proof.symbolic(
    r"$R_{ii} = ||W_i||^2 - 1$ and $R_{ij} = W_i \cdot W_j$, so $\sum_{ij} I_i R_{ij}^2 = \sum_i "
    r"I_i (1 - ||W_i||^2)^2 + \sum_{i \neq j} I_j (W_j \cdot W_i)^2$ (here for $W$ of $2 \times 3$ "
    r"entries, term by term as in any shape; the second sum is symmetric in its indices but for "
    r"their names)."
)
def _() -> Steps:
    W, weights = Matrix(2, 3, symbols("w:6", real=True)), symbols("I:3", nonnegative=True)
    R = W.T * W - eye(3)
    whole = sum(weights[i] * R[i, j] ** 2 for i, j in product(range(3), repeat=2))
    columns = [W.col(i) for i in range(3)]
    benefit = sum(weights[i] * (1 - w.dot(w)) ** 2 for i, w in enumerate(columns))
    interference = sum(
        weights[j] * columns[j].dot(columns[i]) ** 2
        for i, j in product(range(3), repeat=2)
        if i != j
    )
    yield whole - benefit - interference


proof.main(__name__)
