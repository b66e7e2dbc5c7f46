"""Two pairs of features that exclude each other: opposite within a pair, and without loss.

Features 0, 1 are one pair and 2, 3 the other; pairs are independent, each feature has a density
above 0 and an importance above 0. Weights W (2, 4), G = W^T W, outputs relu(G x + b).
"""

from itertools import product

from sympy import Gt, Matrix, Max, solve, symbols

from proofs.proof import Proof, Steps

proof = Proof("TMS-anticorrelated-opposite")

OPPOSITE = Matrix([[1, -1, 0, 0], [0, 0, 1, -1]])


@proof.symbolic(
    r"Opposite unit vectors, orthogonal across pairs, without bias: of inputs with at most one "
    r"active feature in each pair, $z_i = x_i - x_{i'}$ is $x_i \geq 0$ or $-x_{i'} \leq 0$, so "
    r"$\mathrm{relu}(z) = x$ and the loss is $0$, whatever the densities (all patterns written "
    r"out)."
)
def _() -> Steps:
    G = OPPOSITE.T * OPPOSITE
    values = symbols("x:4", nonnegative=True)
    for first, second in product((None, 0, 1), (None, 2, 3)):
        x = Matrix([v if i in (first, second) else 0 for i, v in enumerate(values)])
        yield (G * x).applyfunc(lambda z: Max(0, z)) - x


@proof.symbolic(
    r"No other weights do. The pattern of $i$ in one pair and $j$ in the other has a probability "
    r"above 0 (the product of their densities), at every density, and the error is continuous: it "
    r"is 0 on the whole square. There $\mathrm{relu}(G_{ii} x_i + G_{ij} x_j + b_i) = x_i > 0$, so "
    r"$G_{ii} x_i + G_{ij} x_j + b_i = x_i$, at three points that are not on a line: $G_{ii} = 1$, "
    r"$G_{ij} = 0$, $b_i = 0$."
)
def _() -> Steps:
    p, q = symbols("p q", positive=True)
    yield Gt(p * q, 0)
    own, other, b = symbols("own other b", real=True)
    s, t, more, further = symbols("s t more further", positive=True)
    points = ((s, t), (s + more, t), (s, t + further))
    found = solve([own * x + other * y + b - x for x, y in points], [own, other, b], dict=True)
    yield Matrix([len(found) - 1, found[0][own] - 1, found[0][other], found[0][b]])


@proof.symbolic(
    r"The partner $i'$ of $i$ is inactive then: $\mathrm{relu}(G_{i'i} x_i + G_{i'j} x_j + b_{i'}) "
    r"= 0$ with $G_{i'j} = b_{i'} = 0$ makes $G_{i'i} \leq 0$."
)
def _() -> Steps:
    x, positive = symbols("x positive", positive=True)
    yield Gt(positive * x, 0)  # a positive G_i'i would be read


@proof.symbolic(
    r"Both $W_0$ and $W_1$ are unit and orthogonal to $W_2 \neq 0$, so in the plane they are "
    r"parallel: $W_1 = \pm W_0$, and $G_{01} \leq 0$ leaves $W_1 = -W_0$; likewise $W_3 = -W_2$. "
    r"In coordinates with $W_2 = (0, 1)$, $W_0 = (c, 0)$ and $W_1 = (d, 0)$ with $c^2 = d^2 = 1$ "
    r"and $cd \leq 0$: $(c + d)^2 = 2 + 2cd$, and $cd = \pm 1$."
)
def _() -> Steps:
    c, d, x, y = symbols("c d x y", real=True)
    yield Matrix([x, y]).dot(Matrix([0, 1])) - y  # orthogonal to (0, 1): y = 0
    yield (c + d) ** 2 - 2 - 2 * c * d - (c**2 - 1) - (d**2 - 1)
    yield (c * d) ** 2 - 1 - (c**2 - 1) * d**2 - (d**2 - 1)
    yield ((c + d) ** 2).subs(d, -1 / c).subs(c**2, 1).expand().subs(c, 1)  # cd = -1


proof.main(__name__)
