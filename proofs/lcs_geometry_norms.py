"""Bounded lengths tie down the geometry: Proposition 11 in its sharp form, and pairs attaining it.

The angle of a_i and a_j is at least that of b_i and a_j less that of b_i and a_i; the first is
large as X_ij is small, the second small as X_ii is near 1 and no length exceeds g. For two probes
the same holds with a feature between them, and one has to choose which.
"""

from typing import Any

from sympy import Matrix, Rational, Symbol, acos, cos, diff, pi, sin, sqrt, symbols

from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-geometry-norms")

eps = Symbol("epsilon", nonnegative=True)


@proof.symbolic(
    r"Unit vectors $u, v, w$ have a Gram matrix of determinant $(1-y^2)(1-z^2) - (x-yz)^2 \geq 0$, "
    r"with $x = \langle u, v \rangle$, $y = \langle u, w \rangle$, $z = \langle v, w \rangle$: so "
    r"$x \leq yz + \sqrt{(1-y^2)(1-z^2)} = \cos(\arccos z - \arccos y)$, and with $\arccos z \geq "
    r"\arccos y$ a smaller $z$ or a larger $y$ makes this smaller."
)
def _() -> Steps:
    x, y, z = symbols("x y z", real=True)
    gram = Matrix([[1, x, y], [x, 1, z], [y, z, 1]])
    yield gram.det() - ((1 - y**2) * (1 - z**2) - (x - y * z) ** 2)
    a, b = symbols("a b", real=True)
    yield cos(a - b).expand(trig=True) - cos(a) * cos(b) - sin(a) * sin(b)


@proof.symbolic(
    r"Row $i$ of the error, $|X_{ii} - 1| + |X_{ij}| \leq \epsilon$ ($k \geq 2$) or each $\leq "
    r"\epsilon$ ($k = 1$): with $h = |X_{ij}|$ resp. $\epsilon$ there are $0 \leq h \leq \epsilon$ "
    r"and $X_{ii} \geq c$, $|X_{ij}| \leq h$, where $c = 1 - \epsilon + h$ for $k \geq 2$ and $c = "
    r"1 - \epsilon$, $h = \epsilon \leq 1/2$ for $k = 1$. In both cases $c \geq h$."
)
def _() -> Steps:
    h = Symbol("h", nonnegative=True)
    yield (1 - eps + h) - h - (1 - eps)
    below = Symbol("below", nonnegative=True)  # 1/2 - eps
    half = Rational(1, 2) - below
    yield from at_least_zero((1 - half) - half, 2 * below)


@proof.symbolic(
    r"Features: let $||a_i|| \leq ||a_j||$ and $x = ||a_i||\,||b_i|| \leq g^2$. Then $\cos(a_i, "
    r"b_i) \geq c/x$ and $\cos(a_j, b_i) \leq h/(||a_j||\,||b_i||) \leq h/x$. Probes: let $u = "
    r"|X_{ij}|$, $v = |X_{ji}|$ and take row $i$ if $v/||b_j|| \leq u/||b_i||$, else row $j$: then "
    r"$\cos(b_j, a_i) \leq v/(||a_i||\,||b_j||) \leq u/(||a_i||\,||b_i||)$ has the $h = u$ of row "
    r"$i$ and $x = ||a_i||\,||b_i||$ ($k = 1$: with $u = v = \epsilon$, the shorter probe)."
)
def _() -> Steps:
    h, more = symbols("h more", nonnegative=True)
    small, b = symbols("small b", positive=True)
    yield from at_least_zero(
        h / (small * b) - h / ((small + more) * b), h * more / (small * b * (small + more))
    )
    a, bi, bj = symbols("a b_i b_j", positive=True)
    u = Symbol("u", nonnegative=True)
    v = bj * (u / bi - more)  # v/b_j <= u/b_i
    yield from at_least_zero(u / (a * bi) - v / (a * bj), more / a)


@proof.symbolic(
    r"So the angle is at least $f(h, x) = \arccos(h/x) - \arccos(c/x)$, $0 \leq h \leq c \leq x "
    r"\leq g^2$. $f$ falls with $x$, as $\partial_x \arccos(h/x) = h/(x\sqrt{x^2-h^2})$ and "
    r"$h^2(x^2-c^2) - c^2(x^2-h^2) = -x^2(c^2-h^2) \leq 0$. For $k \geq 2$ it rises with $h$: "
    r"$\partial_h \arccos(h/x) = -1/\sqrt{x^2-h^2}$, $c$ moves with $h$, and $x^2 - h^2 \geq x^2 - "
    r"c^2$. The least is at $x = g^2$, and at $h = 0$ for $k \geq 2$."
)
def _() -> Steps:
    h, up, beyond = symbols("h up beyond", positive=True)
    x = Symbol("x", positive=True)
    at = h + up + beyond  # h < c = h + up < x
    yield (diff(acos(h / x), x) - h / (x * sqrt(x**2 - h**2))).subs(x, at)
    yield (diff(acos(h / x), h) + 1 / sqrt(x**2 - h**2)).subs(x, at)
    c = h + up
    yield h**2 * (x**2 - c**2) - c**2 * (x**2 - h**2) + x**2 * (c**2 - h**2)
    yield from at_least_zero(c**2 - h**2, up * (2 * h + up))
    yield (x**2 - h**2) - (x**2 - c**2) - (c**2 - h**2)


@proof.symbolic(
    r"The cosine of that angle. $k = 1$: $\cos(\arccos(\epsilon/g^2) - \arccos((1-\epsilon)/g^2)) "
    r"= (\epsilon(1-\epsilon) + \sqrt{(g^4-\epsilon^2)(g^4-(1-\epsilon)^2)})/g^4$. $k \geq 2$: "
    r"$\cos(\pi/2 - \arccos((1-\epsilon)/g^2)) = \sqrt{1 - (1-\epsilon)^2/g^4}$."
)
def _() -> Steps:
    small, large, s = symbols("small large s", positive=True)  # eps, 1 - eps and g^2
    y, z = large / s, small / s
    yield (
        cos(acos(z)) * cos(acos(y))
        + sin(acos(z)) * sin(acos(y))
        - (z * y + sqrt(1 - z**2) * sqrt(1 - y**2))
    )
    yield (s**2 - small**2) * (s**2 - large**2) / s**4 - (1 - z**2) * (1 - y**2)
    yield z * y - small * large / s**2
    yield cos(pi / 2 - acos(y)) - sqrt(1 - y**2)


@proof.symbolic(
    r"Attained. In the plane, all lengths $g$: $a_1$ at angle 0, $b_1$ at $-\alpha$, $a_2$ at "
    r"$\beta - \alpha$, $b_2$ at $\beta$, with $\cos\alpha = (1-\epsilon)/g^2$ and $\cos\beta = "
    r"\epsilon/g^2$ ($k = 1$) or 0 ($k \geq 2$). Then $X_{11} = X_{22} = 1 - \epsilon$, $X_{12} = "
    r"X_{21} = \epsilon$ or 0, top-$k$ sums are $\epsilon$, and $a_1, a_2$ are $\beta - \alpha$ "
    r"apart. $X$ is symmetric: the roles of $A$ and $B$ may be exchanged. More features: $a_i = "
    r"b_i = \sqrt{1-\epsilon}\, e_i$ in new dimensions."
)
def _() -> Steps:
    al, be = symbols("alpha beta", real=True)
    g = Symbol("g", positive=True)

    def at(angle: Any) -> Matrix:
        return Matrix([g * cos(angle), g * sin(angle)])

    A, B = (at(0), at(be - al)), (at(-al), at(be))
    yield B[0].dot(A[0]) - g**2 * cos(al)
    yield B[1].dot(A[1]) - g**2 * cos(al)
    yield B[0].dot(A[1]) - g**2 * cos(be)
    yield B[1].dot(A[0]) - g**2 * cos(be)
    yield A[0].dot(A[1]) - g**2 * cos(be - al)
    own = 1 - eps
    yield abs(own - 1) - eps
    yield g**2 * (own / g**2) - own


@proof.symbolic(
    r"No such pair exists for $g^2 < 1 - \epsilon$, as $X_{ii} \leq g^2$. For $k = 1$, $\epsilon > "
    r"1/2$ the largest cosine is 1: all $a_i = b_i = \sqrt{1-\epsilon}$ in $\mathbb{R}^1$ have "
    r"$|X_{ii} - 1| = \epsilon$ and $X_{ij} = 1 - \epsilon \leq \epsilon$."
)
def _() -> Steps:
    gap = Symbol("gap", positive=True)
    yield 1 - (1 - eps - gap) - (eps + gap)  # |X_ii - 1| > eps below
    above = Rational(1, 2) + gap
    yield abs((1 - eps) - 1) - eps
    yield from at_least_zero(above - (1 - above), 2 * gap)


proof.main(__name__)
