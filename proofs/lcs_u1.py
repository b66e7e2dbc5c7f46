"""U1: choose unit columns one after the other, while caps around them leave room."""

from fractions import Fraction

from flint import arb
from sympy import Ge, Gt, Symbol, acos, diff, integrate, pi, simplify, sqrt, symbols

from lcs.bounds.greedy import u1
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("LCS-u1")

t, y, mu = symbols("t y mu", positive=True)
d = Symbol("d", positive=True)


@proof.symbolic(
    r"The unit sphere of $R^d$, $d \geq 2$, has on its slice at height $t = \langle a, x \rangle$ "
    r"the share proportional to $(1-t^2)^{(d-3)/2} dt$: $x = (t, \sqrt{1-t^2}\, u)$, $u$ on the "
    r"sphere of $R^{d-1}$. Its derivative in $t$ has length $(1-t^2)^{-1/2}$ and is orthogonal to "
    r"the $d - 2$ directions along $u$, which shrink by $\sqrt{1-t^2}$ each."
)
def _() -> Steps:
    root = sqrt(1 - t**2)  # the length of the part along u
    yield 1 + diff(root, t) ** 2 - 1 / (1 - t**2)
    yield 1 * t + diff(root, t) * root  # against the radius, along which u does not move either
    yield root ** (d - 2) / root - (1 - t**2) ** ((d - 3) / 2)


@proof.symbolic(
    r"With $y = 1 - t^2$ the share where $|t| \geq \mu$ is $\int_0^{1-\mu^2} y^{(d-3)/2} "
    r"(1-y)^{-1/2} dy$ over the same integral up to 1, which is $I_{1-\mu^2}((d-1)/2, 1/2)$ by "
    r"definition: $y^{a-1}(1-y)^{b-1}$ with $a = (d-1)/2$, $b = 1/2$."
)
def _() -> Steps:
    height = sqrt(1 - y)
    slice = (1 - height**2) ** ((d - 3) / 2) * -diff(height, y)
    a, b = (d - 1) / 2, Fraction(1, 2)
    yield 2 * slice - y ** (a - 1) * (1 - y) ** (b - 1)
    yield height.subs(y, 1 - mu**2) - mu


@proof.symbolic(
    r"Known cases, a check of the normalisation: $I_{1-\mu^2}(1/2, 1/2) = (2/\pi) \arccos \mu$, "
    r"the share of an angle in the plane, and Archimedes' $I_{1-\mu^2}(1, 1/2) = 1 - \mu$ in "
    r"space. (Equal at $\mu = 1$, and equal derivatives.)"
)
def _() -> Steps:
    for n, share in ((2, 2 / pi * acos(mu)), (3, 1 - mu)):
        total = integrate((1 - t**2) ** Fraction(n - 3, 2), (t, 0, 1))
        yield simplify(diff(share, mu) + (1 - mu**2) ** Fraction(n - 3, 2) / total)
        yield share.subs(mu, 1)


@proof.symbolic(
    r"Greedy choice. With $j \leq m - 1$ unit columns chosen, the $x$ that some $|\langle a_i, x "
    r"\rangle| \geq \mu$ excludes have a share of at most $j I \leq (m-1) I < 1$: they are not the "
    r"whole sphere, and any other $x$ is the next column. So $m$ columns exist with all $|\langle "
    r"a_i, a_j \rangle| < \mu$."
)
def _() -> Steps:
    j, left, share = symbols("j left share", nonnegative=True)
    free = Symbol("free", positive=True)  # 1 - (m - 1) I, m - 1 = j + left
    yield 1 - j * share - (free + left * share) - (1 - free - (j + left) * share)
    yield Gt(free + left * share, 0)


@proof.symbolic(
    r"As codes: let $\nu < \mu = \epsilon/(k-\epsilon)$ be the largest $|\langle a_i, a_j "
    r"\rangle|$, $c = 1/(1+\nu)$ and $B = cA$. Every entry of $|B^T A - I|$ is at most $1 - c = "
    r"c\nu = \nu/(1+\nu) < \mu/(1+\mu) = \epsilon/k$, so $k$ of a row sum to less than $\epsilon$."
)
def _() -> Steps:
    nu, k, eps, g = symbols("nu k eps g", positive=True)
    yield 1 - 1 / (1 + nu) - nu / (1 + nu)
    yield (mu / (1 + mu)).subs(mu, eps / (k - eps)) - eps / k
    more = nu + g
    yield more / (1 + more) - nu / (1 + nu) - g / ((1 + more) * (1 + nu))
    yield Gt(g / ((1 + more) * (1 + nu)), 0)


@proof.enclosed(
    r"`lcs.bounds.greedy.u1` returns a $d$ with $(m-1) I < 1$ and $d - 1$ without, at four points, "
    r"$I$ from its value in 2 or 3 dimensions by parts: $I(a+1, 1/2) = I(a, 1/2) - y^a "
    r"\sqrt{1-y}\, \Gamma(a+1/2)/(\Gamma(a+1)\Gamma(1/2))$, $y = 1 - \mu^2$."
)
def _() -> Steps:
    for m, k, eps in ((1000, 1, "1/4"), (100, 2, "1/3"), (10**6, 3, "9/10"), (50, 1, "1/10")):
        level = Fraction(eps) / (k - Fraction(eps))
        dimension = u1(m, k, eps).d or 0
        yield 1 - (m - 1) * _share(dimension, level)
        yield (m - 1) * _share(dimension - 1, level) - 1


@proof.symbolic(
    r"That reduction: $y^a \sqrt{1-y}$ has the derivative $a y^{a-1}(1-y)^{-1/2} - (a + 1/2) y^a "
    r"(1-y)^{-1/2}$; over $a \mathrm{B}(a, 1/2)$, with $\mathrm{B}(a+1, 1/2) = \mathrm{B}(a, 1/2) "
    r"a/(a+1/2)$, it is the difference of the two densities."
)
def _() -> Steps:
    a = Symbol("a", positive=True)
    half = Fraction(1, 2)
    primitive = y**a * sqrt(1 - y)
    first, second = y ** (a - 1) / sqrt(1 - y), y**a / sqrt(1 - y)
    yield simplify((diff(primitive, y) - (a * first - (a + half) * second)) * sqrt(1 - y) / y**a)
    yield a * first / a - (a + half) * second / a - (first - second / (a / (a + half)))
    yield Ge(a, 0)


def _share(n: int, level: Fraction) -> arb:
    """I_{1 - level^2}((n-1)/2, 1/2), from n = 2 or 3 upwards."""
    at, y = ball(level), ball(1 - level**2)
    share = 2 / arb.pi() * at.acos() if n % 2 == 0 else 1 - at
    a = ball(Fraction(1, 2)) if n % 2 == 0 else ball(1)
    for _ in range(2 + n % 2, n, 2):
        share -= y**a * at * (a + ball(1) / 2).gamma() / ((a + 1).gamma() * arb.pi().sqrt())
        a += 1
    return share


proof.main(__name__)
