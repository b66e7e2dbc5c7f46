"""Proposition 11: bounded lengths tie the geometry down; its slip, and what is true in its place.

Lengths are at most g, and the error at sparsity k is below eps < 1: every row of M = B^T A - I has
top-k sum below eps. c = cos(a_i, a_j) or cos(b_i, b_j), and tau = (1 - eps)/g^2.
"""

from fractions import Fraction

from sympy import Ge, Gt, Symbol, symbols

from lcs.bounds.cosines import corrected_cosine, printed_cosine
from proofs.proof import Proof, Steps

proof = Proof("GKP26-prop11")

eps, g = symbols("eps g", positive=True)
h, r = symbols("h r", nonnegative=True)


@proof.cited(
    r"$k = 1$: $\langle b_i, a_i \rangle > 1 - \epsilon$ and $|\langle b_i, a_j \rangle| < "
    r"\epsilon$, $j \neq i$, for all $i$. $k \geq 2$: with $x = |\langle b_i, a_j \rangle|$, $|1 - "
    r"\langle b_i, a_i \rangle| + x < \epsilon$, so $\langle b_i, a_i \rangle > 1 - \epsilon + x$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for own in range(-8, 9):
        for x in range(9):
            for level in range(1, 9):  # eighths
                yield not abs(8 - own) + x < level or own > 8 - level + x


@proof.symbolic(
    r"(i) $\cos(a_i, b_i) = \langle b_i, a_i \rangle/(|a_i||b_i|) > (1-\epsilon)/g^2 = \tau$, as "
    r"$|a_i||b_i| \leq g^2$. So $\tau < 1$; and $|a_i||b_i| > 1 - \epsilon$, by Cauchy-Schwarz."
)
def _() -> Steps:
    own, more = symbols("own more", positive=True)  # 1 - eps, and what exceeds it
    size = Symbol("size", positive=True)  # g^2 = size + h
    gap = (own * h + more * (size + h)) / (size * (size + h))
    yield (own + more) / size - own / (size + h) - gap
    yield Gt(gap, 0)


@proof.symbolic(
    r"(ii), $k \geq 2$. For unit $p, q$ with $\langle p, q \rangle = c$: $|p - cq|^2 = 1 - c^2$. "
    r"Testing $p - cq$, along $a_i$ and $a_j$, against $b_i$ and the other way round against "
    r"$b_j$, with $y = |\langle b_j, a_i \rangle|$, gives $g\sqrt{1-c^2}$ at least "
    r"$(1-\epsilon+x)/|a_i| - |c| x/|a_j|$ and $(1-\epsilon+y)/|a_j| - |c| y/|a_i|$."
)
def _() -> Steps:
    c = Symbol("c", real=True)
    yield 1 - 2 * c * c + c**2 * 1 - (1 - c**2)


@proof.symbolic(
    r"If $|a_i| \leq |a_j|$, the first is at least $(1-\epsilon)/|a_i| \geq (1-\epsilon)/g$, as "
    r"$|c| \leq 1$; if not, the second is. So $\sqrt{1-c^2} \geq \tau$: $c \leq \sqrt{1-\tau^2}$, "
    r"without any cross term."
)
def _() -> Steps:
    a, own, x = symbols("a own x", positive=True)  # |a_i|, 1 - eps
    size = 1 - r  # |c|
    first = (own + x) / a - size * x / (a + h)
    gap = x * (h + r * a) / (a * (a + h))
    yield first - own / a - gap
    yield Ge(gap, 0)
    yield own / a - own / (a + h) - own * h / (a * (a + h))  # g = |a_i| + h


@proof.symbolic(
    r"For the probes test against $a_i$ and $a_j$: $(1-\epsilon+x)/|b_i| - |c| y/|b_j|$ and "
    r"$(1-\epsilon+y)/|b_j| - |c| x/|b_i|$ are at most $g\sqrt{1-c^2}$. Their sum is at least "
    r"$(1-\epsilon)(1/|b_i| + 1/|b_j|) \geq 2(1-\epsilon)/g$, so one of them is at least "
    r"$(1-\epsilon)/g$."
)
def _() -> Steps:
    a, b, own, x, y = symbols("a b own x y", positive=True)
    size = 1 - r
    total = (own + x) / a - size * y / b + (own + y) / b - size * x / a
    gap = r * (x / a + y / b)
    yield total - own * (1 / a + 1 / b) - gap
    yield Ge(gap, 0)


@proof.symbolic(
    r"(ii), $k = 1$, $\epsilon \leq 1/2$. Number the two so that $|a_i| \leq |a_j|$, and let $l = "
    r"|a_i||b_i|$. The angle of $a_i$ and $b_i$ has $\cos \geq (1-\epsilon)/l = \alpha$; that of "
    r"$a_j$ and $b_i$ has $|\cos| \leq \epsilon/(|a_j||b_i|) \leq \epsilon/l = \beta \leq \alpha$. "
    r"So $a_i, a_j$ are at least $\arccos\beta - \arccos\alpha \geq 0$ apart, and $c \leq "
    r"\alpha\beta + \sqrt{1-\alpha^2}\sqrt{1-\beta^2} \leq \alpha\beta + \sqrt{1-\tau^2}$, since "
    r"$\alpha \geq \tau$. (Probes: the same with $|b_i| \leq |b_j|$ and $a_i$ as the test.)"
)
def _() -> Steps:
    l, short = symbols("l short", positive=True)
    own = Symbol("own", positive=True)  # 1 - eps = own, eps = own - h
    yield own / l - (own - h) / l - h / l
    yield own / l - own / (l + h) - own * h / (l * (l + h))  # g^2 = l + h
    yield (own - h) / l - (own - h) / (l + short) - (own - h) * short / (l * (l + short))
    a, b, u, v = symbols("a b u v", real=True)  # cosines a, b and sines u, v
    yield (a**2 + u**2) * (b**2 + v**2) - (a * b + u * v) ** 2 - (a * v - b * u) ** 2


@proof.symbolic(
    r"Corrected bound: $\alpha\beta = \epsilon(1-\epsilon)/l^2 \leq \epsilon/(1-\epsilon)$, as $l "
    r"\geq 1-\epsilon$. So $c \leq \epsilon/(1-\epsilon) + \sqrt{1-\tau^2}$ at $k = 1$, and for "
    r"$\epsilon > 1/2$ the right side exceeds 1. With $k \geq 2$ above, it holds for every $k$ and "
    r"$g$."
)
def _() -> Steps:
    own = Symbol("own", positive=True)
    l = own + h
    gap = eps * h * (2 * own + h) / (own * l**2)
    yield eps / own - eps * own / l**2 - gap
    yield Ge(gap, 0)
    yield (eps / (1 - eps)).subs(eps, (1 + h) / (2 + h)) - (1 + h)


@proof.symbolic(
    r"Printed bound: $\epsilon g^2/(1-\epsilon) + \sqrt{1-\tau^2}$ follows for $k \geq 2$, where "
    r"$\sqrt{1-\tau^2}$ is enough, and for $g \geq 1$, where it is no less than the corrected one."
)
def _() -> Steps:
    own = Symbol("own", positive=True)
    gap = eps * h * (2 + h) / own
    yield eps * (1 + h) ** 2 / own - eps / own - gap
    yield Ge(gap, 0)


@proof.exact(
    r"It fails for $k = 1$, $g < 1$: $A = B$ with columns $(3/4, 1/4)$, $(1/4, 3/4)$, $\epsilon = "
    r"19/50$, $g^2 = 5/8$. The errors are $3/8 < \epsilon$ and the cosine is $3/5$; $1 - \tau^2 = "
    r"249/15625 < 13^2/100^2$, so the printed bound is below $95/248 + 13/100 < 3/5$. The "
    r"corrected one is above $19/31 > 3/5$."
)
def _() -> Steps:
    a, b = (Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 4), Fraction(3, 4))
    level, square = Fraction(19, 50), Fraction(5, 8)
    own, cross = a[0] ** 2 + a[1] ** 2, a[0] * b[0] + a[1] * b[1]
    yield own == square == b[0] ** 2 + b[1] ** 2
    yield max(abs(own - 1), abs(cross)) == Fraction(3, 8) < level
    yield cross / square == Fraction(3, 5)
    yield 1 - (1 - level) ** 2 / square**2 == Fraction(249, 15625) < Fraction(13, 100) ** 2
    yield level * square / (1 - level) == Fraction(95, 248)
    yield level / (1 - level) == Fraction(19, 31) > Fraction(3, 5)
    yield Fraction(95, 248) + Fraction(13, 100) < Fraction(3, 5)
    length = float(square) ** 0.5
    yield printed_cosine(float(level), length) < 0.6 < corrected_cosine(float(level), length)


@proof.exact(
    r"The slip: the proof bounds $\cos(a_j, b_i)$ by $\epsilon g^2/(1-\epsilon)$, dividing by "
    r"$|a_j||b_i|$; both lengths are only known to be at least $(1-\epsilon)/g$, which gives "
    r"$\epsilon g^2/(1-\epsilon)^2$. In the example the cosine $3/5$ lies between the two, "
    r"$95/248$ and $2375/3844$."
)
def _() -> Steps:
    level, square = Fraction(19, 50), Fraction(5, 8)
    yield level * square / (1 - level) == Fraction(95, 248) < Fraction(3, 5)
    yield level / ((1 - level) ** 2 / square) == Fraction(2375, 3844) > Fraction(3, 5)


proof.main(__name__)
