"""Two features in one dimension: the exact loss, and what of its minima can be proved.

That theory is right in all but a few cells is what a search finds; here are the formula that it
minimises, the dense optimum without bias, and how far theory is above the least loss at the triple
point, at least.
"""

from fractions import Fraction

from sympy import Ge, Gt, Matrix, Rational, Symbol, expand, integrate, symbols

from proofs.active import mean_product, mean_square
from proofs.proof import Proof, Steps

proof = Proof("TMS-phase-exact", partial=True)


@proof.symbolic(
    r"Given both active, $z = u + cy$ with $u = ax + b$. The mean of $\mathrm{relu}(z)^2$ over $y$ "
    r"is $u^2 + uc + c^2/3$ where $u, u + c \geq 0$, $(u+c)^3/(3c)$ where $u \leq 0 \leq u + c$, "
    r"$-u^3/(3c)$ where $u + c \leq 0 \leq u$, and $0$; that of $\mathrm{relu}(z)$ is $u + c/2$, "
    r"$(u+c)^2/(2c)$, $-u^2/(2c)$, $0$: cubic in $x$ on each of the at most three pieces."
)
def _() -> Steps:
    u, y = symbols("u y", real=True)
    c = Symbol("c", real=True, nonzero=True)
    for low, high, square, single in (
        (0, 1, u**2 + u * c + c**2 / 3, u + c / 2),
        (-u / c, 1, (u + c) ** 3 / (3 * c), (u + c) ** 2 / (2 * c)),
        (0, -u / c, -(u**3) / (3 * c), -(u**2) / (2 * c)),
    ):
        yield expand(integrate(expand((u + c * y) ** 2), (y, low, high)) - square)
        yield expand(integrate(u + c * y, (y, low, high)) - single)


@proof.symbolic(
    r"Two Gauss points at $\pm 1/(2\sqrt 3)$ lengths from the middle of a piece integrate every "
    r"cubic exactly; so the code's sum over the pieces is the loss, but for rounding."
)
def _() -> Steps:
    x, middle = symbols("x middle", real=True)
    length = Symbol("length", positive=True)
    node = length / (2 * 3 ** Rational(1, 2))
    for power in range(4):
        whole = integrate(x**power, (x, middle - length / 2, middle + length / 2))
        points = ((middle + node) ** power + (middle - node) ** power) / 2 * length
        yield expand(whole - points)


M = Matrix([[Rational(1, 3), Rational(1, 4)], [Rational(1, 4), Rational(1, 3)]])  # E x x^T, p = 1


@proof.symbolic(
    r"Dense, $p = r = 1$, no bias, weights of one sign: $z \geq 0$, so $\mathrm{relu}(z) = z$, and "
    r"the loss is $\mathrm{tr}(1-G)M(1-G)$, $M = E x x^T$ with eigenvalues $1/12$ on $(1,-1)$ and "
    r"$7/12$. With $M \geq 1/12$ it is at least $||1 - G||_F^2/12 = (1 + (1 - |w|^2)^2)/12 \geq "
    r"1/12$, reached at $w = (1, 1)/\sqrt 2$."
)
def _() -> Steps:
    v, w = symbols("v w", real=True)
    x, y = symbols("x y")
    yield M - Matrix(
        2, 2, lambda i, j: integrate(integrate((x, y)[i] * (x, y)[j], (x, 0, 1)), (y, 0, 1))
    )
    rest = M - Matrix.eye(2) / 12
    ones = Matrix([1, 1])
    yield rest - ones * ones.T / 4  # positive semidefinite
    G = Matrix([v, w]) * Matrix([[v, w]])
    off = Matrix.eye(2) - G
    loss = (off * M * off).trace()
    square = (ones.T * off * off * ones)[0, 0] / 4
    yield expand(loss - (1 + (1 - v**2 - w**2) ** 2) / 12 - square)
    yield Ge(((ones.T * off).dot(ones.T * off)) / 4, 0)
    yield loss.subs({v: 1 / 2 ** Rational(1, 2), w: 1 / 2 ** Rational(1, 2)}) - Rational(1, 12)


@proof.symbolic(
    r"Weights of opposite signs: of $z_1$, $z_2$ one at most is above 0, that of 1 where $x_1 > t "
    r"x_2$, $t > 0$ the quotient of the lengths. The other feature is lost whole: the loss is at "
    r"least $E[x_2^2; x_1 > t x_2] + E[x_1^2; x_1 < t x_2] = 1/3 - t/4 + t^3/12$ for $t \leq 1$ "
    r"(swap the features if not), $\geq 1/6 > 1/12$. One weight 0: at least $E x^2 = 1/3$."
)
def _() -> Steps:
    x, y, t = symbols("x y t", positive=True)
    first = integrate(y**2 * (1 - t * y), (y, 0, 1))
    second = integrate(integrate(x**2, (x, 0, t * y)), (y, 0, 1))
    yield expand(first + second - (Rational(1, 3) - t / 4 + t**3 / 12))
    d = Symbol("d", nonnegative=True)  # t = 1 - d, d <= 1: the rest is d^2 (3 - d)/12
    at = (Rational(1, 3) - t / 4 + t**3 / 12).subs(t, 1 - d)
    room = Symbol("room", nonnegative=True)  # 1 - d
    yield expand(at - Rational(1, 6) - d**2 * (3 - d) / 12)
    yield (3 - d).subs(d, 1 - room) - (2 + room)
    yield Ge(d**2 * (2 + room) / 12, 0)
    yield Gt(Rational(1, 6) - Rational(1, 12), 0)
    yield integrate(x**2, (x, 0, 1)) - Rational(1, 3)


def relu(u: Fraction) -> Fraction:
    """The larger of a number and 0."""
    return max(u, Fraction(0))


def feature(p: Fraction, a: Fraction, c: Fraction, b: Fraction) -> Fraction:
    """E (x - relu(a x + c y + b))^2, both features of density p."""
    both = mean_square(relu, b, [a, c]) - 2 * mean_product(relu, b, a, [c])
    mine = mean_square(relu, b, [a]) - 2 * mean_product(relu, b, a, [])
    other, none = mean_square(relu, b, [c]), relu(b) ** 2
    q = 1 - p
    return p / 3 + p**2 * both + p * q * (mine + other) + q**2 * none


WITNESS = (Fraction(822, 1000), Fraction(175, 1000))  # squared length, bias


@proof.exact(
    r"At the triple point, $p = 4/7$, $r = 1$, theory's loss is $s_3 = 16/147$. The opposite pair "
    r"of squared lengths $0.822$ and biases $0.175$ loses less, in rational arithmetic: theory is "
    r"above the least loss by at least $0.16$, relative to it."
)
def _() -> Steps:
    p = Fraction(4, 7)
    theory = p / 3 - p**2 / 4
    a, b = WITNESS
    yield theory == Fraction(16, 147)
    yield feature(p, Fraction(1), Fraction(-1), Fraction(0)) == p**2 / 6
    yield theory > Fraction(116, 100) * 2 * feature(p, a, -a, b)


proof.main(__name__)
