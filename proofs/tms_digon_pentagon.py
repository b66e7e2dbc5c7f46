"""Where the regular pentagon of features beats two digons and a feature left out.

Five features of one importance and density p in two dimensions. a is the squared length of the
features, b their bias; losses are those of `proofs.polygons`, 5 l of the pentagon, and 4 l + s3 of
two digons, s3 = p/3 - p^2/4. Decimals are witnesses: any values would do that pass.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from flint import arb, arb_poly
from sympy import Ge, Gt, Rational, integrate, symbols

from proofs.boxes import ball, interval
from proofs.certificates import at_least_zero
from proofs.polygons import SIDES, Point, below, loss, outside
from proofs.proof import Proof, Steps

proof = Proof("TMS-digon-pentagon")

F = Fraction
CROSSING = F("0.224875")  # about: the intervals are finer near it
BEFORE, AFTER, LAST = F("0.22485"), F("0.22495"), F("0.65")

# p, and a, b near the best: of the pentagon up to the crossing, of the digons from there on
PENTAGONS = (
    (F("0.1"), F("1.2110"), F("-0.2099")),
    (F("0.15"), F("1.1385"), F("-0.1721")),
    (F("0.2"), F("1.0679"), F("-0.1320")),
    (F("0.2249"), F("1.03289"), F("-0.11101")),
)
DIGONS = (
    (F("0.2249"), F("1.0212"), F("0.0083")),
    (F("0.25"), F("1.0218"), F("0.0108")),
    (F("0.3"), F("1.0208"), F("0.0178")),
    (F("0.4"), F("1.0037"), F("0.0427")),
    (F("0.5"), F("0.9389"), F("0.0977")),
    (F("0.6"), F("0.7546"), F("0.2153")),
    (F("0.7"), F("0.5762"), F("0.3286")),
)


def between(table: tuple[tuple[F, F, F], ...], p: F) -> Point:
    """The point at p, on the line between its neighbours in a table."""
    for (p0, a0, b0), (p1, a1, b1) in pairwise(table):
        if p0 <= p <= p1:
            t = (p - p0) / (p1 - p0)
            near = (a0 + t * (a1 - a0), b0 + t * (b1 - b0))
            return F(round(near[0] * 10**5), 10**5), F(round(near[1] * 10**5), 10**5)
    raise ValueError(f"p must lie in the table; got {p}")


def steps(start: F, end: F, crossing: F, share: F) -> Iterator[tuple[F, F]]:
    """Cover [start, end] by intervals of that share of their distance to the crossing, or 1/100."""
    p = start
    while p < end:
        following = p + min(F(1, 100), abs(p - crossing) * share)
        following = min(end, max(F(int(following * 10**6), 10**6), p + F(1, 10**6)))
        yield p, following
        p = following


def left_out() -> arb_poly:
    """s3: the loss of a feature that is read as its mean."""
    return arb_poly([0, arb(1) / 3, -arb(1) / 4])


@proof.symbolic(
    r"A feature left out has $W_i = 0$ and at best its mean as bias, with loss $s_3 = p/3 - "
    r"p^2/4$: $E(x - b)^2 = s_3 + (b - p/2)^2$. The others do not see it, so that two digons lose "
    r"$4l + s_3$ and the pentagon $5l$, by symmetry."
)
def _() -> Steps:
    p, b, x = symbols("p b x", real=True)
    square = p * integrate((x - b) ** 2, (x, 0, 1)) + (1 - p) * b**2
    yield (square - (p / 3 - p**2 / 4) - (b - p / 2) ** 2).expand()


@proof.cited(
    r"$l = p/3 + E\,\mathrm{relu}(z)^2 - 2E\,x_0\mathrm{relu}(z)$, pattern by pattern in closed "
    r"form: integrals of powers of a ReLU.",
    source="TMS-relu-loss-exact",
)
def _() -> Steps:
    yield all(p <= 1 for p in (BEFORE, AFTER, LAST, F("0.8")))


@proof.symbolic(
    r"Both means are convex in $(a, b)$, as $z$ is linear in it and $\mathrm{relu}(z)$, "
    r"$\mathrm{relu}(z)^2$ are convex in $z$, $x_0 \geq 0$. So over a box the first lies above its "
    r"tangent at the centre, and the second below the largest of its values at corners, taken "
    r"together with the tangent, which is linear: $l$ is at least the least of four numbers."
)
def _() -> Steps:
    u, v, low = symbols("u v low", nonnegative=True)
    t, rest = symbols("t rest", nonnegative=True)  # t + rest = 1
    # relu(z)^2 above its tangent at u >= 0, towards v >= 0 and towards -low; at -low that is 0
    yield from at_least_zero(v**2 - (u**2 + 2 * u * (v - u)), (v - u) ** 2)
    yield from at_least_zero(0 - (u**2 + 2 * u * (-low - u)), u**2 + 2 * u * low)
    yield Ge(v**2, 0)
    # relu(t u - rest low) <= t relu(u) + rest relu(-low) = t u: of t u - rest low and 0, both are
    yield from at_least_zero(t * u - (t * u - rest * low), rest * low)
    yield Ge(t * u, 0)


@proof.symbolic(
    r"Outside $0 \leq a \leq 8$, $-13 \leq b \leq 6$ nothing is to be found. $a \geq 8$: the error "
    r"is at least $x_0^2$ unless $0 < z < 2$ (it is $x_0$ below, more than $1$ above), which holds "
    r"for $x_0$ in an interval of length $2/a$ at most, whatever the others: $l \geq p(1 - "
    r"2/a)^3/3 \geq 9p/64$. $b \geq 6$: inputs of zeros cost $36(1-p)^n$. $b \leq -13$, $a \leq "
    r"8$: $z \leq a(1 + 2\cos 72^\circ) + b < 0$ reads nothing, $l = p/3$."
)
def _() -> Steps:
    a, x = symbols("a x", positive=True)
    kept = integrate(x**2, (x, 0, 1 - 2 / a))
    yield (kept - (1 - 2 / a) ** 3 / 3).expand()
    yield Rational(1, 3) * (1 - Rational(2, 8)) ** 3 - Rational(9, 64)
    yield Gt(13, 8 * (1 + 2 * (5 ** Rational(1, 2) - 1) / 4))


@proof.enclosed(
    r"$0 < p \leq 0.1$: the pentagon of $a = 1.211$, $b = -0.2099$ loses less than $s_3$ alone "
    r"(divided by $p$, as $b < 0$ makes both polynomials in $p$ without a constant)."
)
def _() -> Steps:
    difference = left_out() - 5 * loss("pentagon", PENTAGONS[0][1:])
    coefficients = difference.coeffs()
    if coefficients[0] != 0:
        raise ValueError("the constant must be 0")
    quotient = arb_poly(coefficients[1:])
    for i in range(20):
        yield quotient(interval(F(i, 200), F(i + 1, 200)))


@proof.enclosed(
    r"$0.1 \leq p \leq 0.22485$: a pentagon near the best loses less than two digons of any length "
    r"and bias."
)
def _() -> Steps:
    for start, end in steps(F("0.1"), BEFORE, CROSSING, F(1, 4)):
        best = 5 * loss("pentagon", between(PENTAGONS, (start + end) / 2))
        other = (best - left_out()) * (arb(1) / 4)
        p = interval(start, end)
        yield from outside(2, other, p)
        yield from below("digon", other, p, SIDES)


@proof.enclosed(
    r"$0.22495 \leq p \leq 0.65$: two digons near the best lose less than a pentagon of any length "
    r"and bias. So the least losses cross once up to there, between $0.22485$ and $0.22495$."
)
def _() -> Steps:
    for start, end in steps(AFTER, LAST, CROSSING, F(1, 4)):
        best = 4 * loss("digon", between(DIGONS, (start + end) / 2)) + left_out()
        other = best * (arb(1) / 5)
        p = interval(start, end)
        yield from outside(5, other, p)
        yield from below("pentagon", other, p, SIDES)


@proof.enclosed(
    r"Erratum: not for every larger $p$. At $p = 0.8$ the pentagon of $a = 0.416$, $b = 0.3963$ "
    r"loses less than two digons of any length and bias."
)
def _() -> Steps:
    p = ball(F("0.8"))
    best = 5 * loss("pentagon", (F("0.416"), F("0.3963")))
    other = (best - left_out()) * (arb(1) / 4)
    yield from outside(2, other, p)
    yield from below("digon", other, p, SIDES)


proof.main(__name__)
