"""The weak threshold of l1-minimisation: where it is, and that its two forms are one curve.

phi is the standard normal density, Q its upper tail: phi' = -x phi, Q' = -phi. Both forms come
from J(kappa, a) = kappa (1 + a^2) + (1 - kappa) E (|g| - a)_+^2, kappa = k/m: the statistical
dimension of the descent cone is m min_a J, and the curve is that minimum, parametrised by a.
"""

from fractions import Fraction
from typing import Any

from flint import arb
from sympy import Function, Rational, Symbol, diff, limit, log, oo, sqrt, symbols

from lcs.l1.weak_curve import weak_threshold
from proofs.boxes import ball, over
from proofs.certificates import above_zero, at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("CS-dt-weak")

a = Symbol("a", positive=True)
f, Q = symbols("phi Q", positive=True)  # phi(a) and Q(a)
kappa = Symbol("kappa", positive=True)


def slope(expr: Any) -> Any:
    """The derivative by a of a polynomial in a, phi(a), Q(a)."""
    p, q = Function("p"), Function("q")
    put = expr.subs({f: p(a), Q: q(a)})
    rules = {diff(p(a), a): -a * p(a), diff(q(a), a): -p(a)}
    return diff(put, a).subs(list(rules.items())).subs([(p(a), f), (q(a), Q)])


excess = 2 * ((1 + a**2) * Q - a * f)  # E (|g| - a)_+^2
spread = a + 2 * (f - a * Q)
delta = 2 * f / spread
rho = 1 - a * Q / f
J = kappa * (1 + a**2) + (1 - kappa) * excess


@proof.cited(
    r"With $\psi(\kappa) = \min_a J(\kappa, a)$ and $k = \kappa m \geq 1$ entries not zero, the "
    r"statistical dimension $D$ of the descent cone of the convex $||\cdot||_1$ has $\psi - "
    r"2/\sqrt{km} \leq D/m \leq \psi$; recovery succeeds with probability $\geq 1 - \eta$ if $d "
    r"\geq D + \sqrt{8 \ln(4/\eta)\, m}$ and $\leq \eta$ if $d \leq D - \sqrt{8 \ln(4/\eta)\, "
    r"m}$. (Convexity: $|x|$ lies above its chords, here on a grid.)",
    source="Amelunxen, Lotz, McCoy, Tropp 2014, theorem II and proposition 4.5",
)
def _() -> Steps:
    grid = range(-4, 5)
    for x in grid:
        for y in grid:
            yield abs(Fraction(x + y, 2)) <= Fraction(abs(x) + abs(y), 2)


@proof.symbolic(
    r"With $\eta = 1/m$ both margins vanish beside $m$: the success at fixed $\delta = d/m$ and "
    r"$\kappa$ tends to 1 if $\psi(\kappa) < \delta$ and to 0 if $\psi(\kappa) > \delta$."
)
def _() -> Steps:
    m = Symbol("m", positive=True)
    yield limit(8 * log(4 * m) / m, m, oo)
    yield limit(2 / sqrt(kappa * m * m), m, oo)


@proof.symbolic(
    r"$E(|g|-a)_+^2 = 2\int_a^\infty (x-a)^2 \phi = 2((1+a^2)Q - a\phi)$: $-(x-2a)\phi(x) - "
    r"(1+a^2) Q(x)$ has the derivative $(x-a)^2 \phi(x)$, and vanishes at infinity."
)
def _() -> Steps:
    x, shift = symbols("x shift", real=True)  # shift: the a of the integrand
    p, q = Function("p"), Function("q")
    inside = -(x - 2 * shift) * p(x) - (1 + shift**2) * q(x)
    rules = {diff(p(x), x): -x * p(x), diff(q(x), x): -p(x)}
    yield diff(inside, x).subs(list(rules.items())) - (x - shift) ** 2 * p(x)
    yield 2 * (-(inside.subs({p(x): f, q(x): Q, x: a, shift: a}))) - excess


@proof.symbolic(
    r"$J$ is strictly convex in $a$: $J' = 2\kappa a - 4(1-\kappa)(\phi - aQ)$, $J'' = 2\kappa + "
    r"4(1-\kappa)Q > 0$; $J' < 0$ at $a = 0$ and $J' \to \infty$. So for $0 < \kappa < 1$ one $a > "
    r"0$ has $J' = 0$, and it is the minimum: $\kappa = 2(\phi - aQ)/(a + 2(\phi - aQ))$."
)
def _() -> Steps:
    yield slope(J) - (2 * kappa * a - 4 * (1 - kappa) * (f - a * Q))
    yield slope(slope(J)) - (2 * kappa + 4 * (1 - kappa) * Q)
    yield slope(J).subs(kappa, 2 * (f - a * Q) / spread)
    yield slope(J).subs(a, 0) + 4 * (1 - kappa) * f


@proof.symbolic(
    r"The two forms agree: there $J = 2\phi/(a + 2(\phi - aQ)) = \delta$, and $\kappa/\delta = "
    r"(\phi - aQ)/\phi = 1 - aQ/\phi = \rho$."
)
def _() -> Steps:
    at = 2 * (f - a * Q) / spread
    yield J.subs(kappa, at) - delta
    yield at / delta - rho


@proof.symbolic(
    r"A third form, $\rho = \max_z (1 - E_z/\delta)/(1 + z^2 - E_z)$ with $E_z = E(|g|-z)_+^2$, is "
    r"the first solved for $\kappa$: $J(\kappa, z) \leq \delta$ iff $\kappa/\delta$ is at most "
    r"that quotient, as $1 + z^2 - E_z > 0$ ($E_z \leq E g^2 = 1$)."
)
def _() -> Steps:
    z, E, room = symbols("z E room", positive=True)
    level = Symbol("delta", positive=True)
    bound = level * (1 - E / level) / (1 + z**2 - E)
    yield (level - (kappa * (1 + z**2) + (1 - kappa) * E)) - (bound - kappa) * (1 + z**2 - E)
    yield from above_zero(1 + z**2 - (1 - room), z**2 + room)  # room = 1 - E


@proof.symbolic(
    r"Which side: $\partial_\kappa J = 1 + a^2 - E(|g|-a)_+^2 > 0$, so $\psi$ rises with $\kappa$; "
    r"and $a$ runs along the whole curve: $\rho' = a - (1+a^2)Q/\phi = -E(|g|-a)_+^2/(2\phi) < 0$ "
    r"and $\delta' = -2\phi(a\,(a + 2(\phi - aQ)) + 1 - 2Q)/(\ldots)^2 < 0$ for $a > 0$, from "
    r"$\delta = \rho = 1$ at $a = 0$. So at fixed $\delta$, $\kappa < \delta\rho$ has "
    r"$\psi(\kappa) < \delta$ and $\kappa > \delta\rho$ the reverse."
)
def _() -> Steps:
    yield diff(J, kappa) - (1 + a**2 - excess)
    yield slope(rho) + excess / (2 * f)
    yield slope(delta) + 2 * f * (a * spread + 1 - 2 * Q) / spread**2
    yield delta.subs(a, 0) - 1
    yield rho.subs(a, 0) - 1
    tail, mean = symbols("tail mean", nonnegative=True)  # 1/2 - Q and phi - a Q = E (g - a)_+
    part = (a * spread + 1 - 2 * Q).subs(f, mean + a * Q).subs(Q, Rational(1, 2) - tail)
    yield from at_least_zero(part, a * (a + 2 * mean) + 2 * tail)


# --- enclosures ---------------------------------------------------------------------------------


def _density(x: arb) -> arb:
    return (-x * x / 2).exp() / (2 * arb.pi()).sqrt()


def _tail(x: arb) -> arb:
    return (x / arb(2).sqrt()).erfc() / 2


def _excess(x: arb) -> arb:
    return 2 * ((1 + x * x) * _tail(x) - x * _density(x))


def _curve(x: arb) -> tuple[arb, arb]:
    """(delta, rho) of the parametric form."""
    p, q = _density(x), _tail(x)
    return 2 * p / (x + 2 * (p - x * q)), 1 - x * q / p


@proof.enclosed(
    r"The forms in numbers, over boxes of $a \in [1/2, 2]$ and $|z - a| \in [1/2, 3/2]$, $z \geq "
    r"0$: $J(\delta\rho, z) > \delta$ at the $(\delta, \rho)$ of $a$. And at $z = a$, $a = 1/8, "
    r"2/8, \ldots, 5$, $J$ is within $10^{-12}$ of $\delta$: the minimum lies where the parametric "
    r"form has it."
)
def _() -> Steps:
    def gap(x: arb, z: arb) -> arb:
        level, share = _curve(x)
        at = level * share
        return at * (1 + z * z) + (1 - at) * _excess(z) - level

    for n in range(1, 41):
        yield arb("1e-12") - abs(gap(ball(Fraction(n, 8)), ball(Fraction(n, 8))))
    half = Fraction(1, 2)
    yield from over(lambda x, u: gap(x, x + u), (half, 2), (half, Fraction(3, 2)))
    yield from over(lambda x, v: gap(x, (x - arb(1) / 2) * v), (half, 2), (0, 1))


TABLE = {  # six decimals of k/d at d/m, as the project's notes give them
    "0.1": "0.189429", "0.2": "0.243301", "0.25": "0.267384", "0.3": "0.290784", "0.4": "0.337326",
    "0.5": "0.385690", "0.6": "0.438391", "0.7": "0.498843", "0.75": "0.533712", "0.8": "0.573313",
    "0.9": "0.678169",
}  # fmt: skip


@proof.enclosed(
    r"The table of the curve, six decimals each: $\delta(a)$ falls, so that $\delta(a_1) > \delta "
    r"> \delta(a_2)$ puts $\rho$ between $\rho(a_2)$ and $\rho(a_1)$, both within half a unit of "
    r"the sixth decimal. `lcs.l1.weak_threshold` lies between them too."
)
def _() -> Steps:
    half = ball(Fraction(1, 2 * 10**6))
    for d, r in TABLE.items():
        level, share = Fraction(d), ball(Fraction(r))
        low, high = Fraction(0), Fraction(4)
        while high - low > Fraction(1, 2**40):
            middle = (low + high) / 2
            low, high = (middle, high) if _curve(ball(middle))[0] > ball(level) else (low, middle)
        (d1, r1), (d2, r2) = _curve(ball(low)), _curve(ball(high))
        yield d1 - ball(level)
        yield ball(level) - d2
        yield share + half - r1
        yield r2 - (share - half)
        found = ball(Fraction(weak_threshold(float(level))))
        slack = ball(Fraction(1, 10**12))
        yield r1 + slack - found
        yield found - (r2 - slack)


proof.main(__name__)
