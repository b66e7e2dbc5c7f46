"""The phase diagram of theory: two features, one dimension, unit vectors.

s3 = p/3 - p^2/4 is the variance of a feature; features are independent, of one density 0 < p <= 1,
importances 1 and r > 0. A feature that is represented has length 1 and bias 0.
"""

from sympy import Ge, Gt, Integer, Rational, Symbol, integrate, symbols

from proofs.certificates import above_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-phase-theory")

p, r = symbols("p r", positive=True)
S3 = p / 3 - p**2 / 4
PAIR = (1 + r) * p**2 / 6


@proof.symbolic(
    r"Only one represented: it is read exactly, $\mathrm{relu}(x) = x$, and of the other a bias $b "
    r"\geq 0$ is all that is said: $E(x - b)^2 = s_3 + (b - p/2)^2$, least at the mean (a bias "
    r"below 0 says 0, as $b = 0$ does). Losses $r s_3$ and $s_3$; with none represented $(1 + r) "
    r"s_3$, above both."
)
def _() -> Steps:
    x, b = Symbol("x"), Symbol("b", real=True)
    square = p * integrate((x - b) ** 2, (x, 0, 1)) + (1 - p) * b**2
    yield square - S3 - (b - p / 2) ** 2
    rest = Symbol("rest", nonnegative=True)
    yield S3 - p * (1 + 3 * (1 - p)) / 12
    yield Gt(p * (1 + 3 * rest), 0)  # s_3 > 0


@proof.symbolic(
    r"Opposite: outputs $\mathrm{relu}(x - y)$ and $\mathrm{relu}(y - x)$. Each is $\min(x, y)$ "
    r"short: $x - (x - y) = y$ where $x \geq y$, $x - 0$ where $x \leq y$. $E \min(x, y)^2 = p^2 "
    r"\cdot 2\int_0^1 \int_0^x y^2\, dy\, dx = p^2/6$, so the loss is $(1 + r) p^2/6$."
)
def _() -> Steps:
    x, y = symbols("x y")
    low = Symbol("low", nonnegative=True)
    more = Symbol("more", nonnegative=True)
    for first, second in ((low + more, low), (low, low + more)):
        yield first - (first - second + abs(first - second)) / 2 - low
    least = 2 * integrate(integrate(y**2, (y, 0, x)), (x, 0, 1))
    yield least - Rational(1, 6)


@proof.symbolic(
    r"In the same direction both read $x + y$: the loss is $(1 + r)p/3$, above $(1 + r)s_3$. The "
    r"three outcomes are all there are: unit vectors in one dimension are $\pm 1$, and $W \to -W$ "
    r"changes nothing."
)
def _() -> Steps:
    y = Symbol("y")
    error = p * integrate(y**2, (y, 0, 1))  # x + y - x = y
    yield error - p / 3
    yield from above_zero(p / 3 - S3, p**2 / 4)


@proof.symbolic(
    r"$(1 + r)p^2/6 - r s_3 = p(2p - r(4 - 5p))/12$. For $p < 4/5$ it is above 0 (the second not "
    r"represented) exactly for $r < r^* = 2p/(4-5p)$, and below 0 (a pair) for $r > r^*$: with $r "
    r"= r^* \mp h$ it is $\pm p(4-5p)h/12$. For $p \geq 4/5$ it is above 0 for every $r > 0$."
)
def _() -> Steps:
    yield PAIR - r * S3 - p * (2 * p - r * (4 - 5 * p)) / 12
    h = Symbol("h", positive=True)
    slope, beyond = symbols("slope beyond", positive=True)  # 4 - 5p where it is above 0
    star = 2 * p / (4 - 5 * p)
    for side in (1, -1):
        yield (PAIR - r * S3).subs(r, star - side * h) - side * p * (4 - 5 * p) * h / 12
    yield Gt(p * slope * h, 0)
    yield Gt(p * (2 * p + r * beyond), 0)  # 4 - 5p = -beyond < 0
    yield Gt(p * 2 * p, 0)  # 4 - 5p = 0


@proof.symbolic(
    r"$r^* < 1$ exactly for $p < 4/7$: $1 - r^* = (4 - 7p)/(4 - 5p)$, and $4 - 7p < 4 - 5p$. So "
    r"among $r < 1$, where $r s_3 < s_3$ settles the third outcome, there are pairs for $p < 4/7$ "
    r"only, where $r > r^*$; from $4/7$ on the second is never represented."
)
def _() -> Steps:
    yield 1 - 2 * p / (4 - 5 * p) - (4 - 7 * p) / (4 - 5 * p)
    yield from above_zero((4 - 5 * p) - (4 - 7 * p), 2 * p)
    short = Symbol("short", positive=True)
    yield from above_zero(S3 - (S3 - short), short)  # r s_3 = s_3 - short for r < 1
    more = Symbol("more", nonnegative=True)
    late = Rational(4, 7) + more  # p >= 4/7 and r = 1 - below: the difference is >= 0
    below = Symbol("below", nonnegative=True)
    difference = 2 * late - (1 - below) * (4 - 5 * late)
    yield difference - (7 * more + below * (4 - 5 * late))
    # for 4 - 5p >= 0; for 4 - 5p < 0 the step before has it
    yield Ge(7 * more + below * more, 0)


@proof.symbolic(
    r"The other boundary: dividing all losses by $r$ swaps the features and puts $1/r$ for $r$, so "
    r"for $r > 1$ a pair gives way to the second alone at $r = (4-5p)/(2p)$. All three meet at $r "
    r"= 1$, $p = 4/7$: $s_3 = p^2/3$, both $16/147$; and nowhere else, as $r s_3 = s_3$ needs $r = "
    r"1$."
)
def _() -> Steps:
    yield PAIR / r - PAIR.subs(r, 1 / r)
    yield (PAIR - S3).subs(r, (4 - 5 * p) / (2 * p))
    triple = Rational(4, 7)
    for loss in (S3, r * S3, PAIR):
        yield loss.subs({p: triple, r: Integer(1)}) - Rational(16, 147)
    yield (PAIR - S3).subs(r, 1) - p * (7 * p - 4) / 12


proof.main(__name__)
