"""The two sides of a bracket, checked again by arithmetic that shares nothing with the search.

A bound was found by a search over d and over degrees; its certificate is one inequality, evaluated
here at one point by another formula: T_p by its binomial sum, the caps of U1 and the cone of U3 by
integrals, the tail of U0 by its sum. Rationals are compared exactly, other numbers as balls of 256
bits, so that a comparison either is proved or fails.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import acb, arb, ctx

from lcs.bounds.problem import Bound, Problem, ball

BITS = 256
Number = Fraction | int | arb


@dataclass(frozen=True, slots=True)
class Check:
    """One inequality at one d, and whether it is proved by its two numbers.

    For a necessary bound it says that d is too small; for a sufficient one that d is enough.
    """

    d: int
    inequality: str
    left: Number
    right: Number
    holds: bool


def recheck_necessary(bound: Bound, question: Problem) -> Check:
    """Check again that one dimension less than a necessary bound would be too few.

    Parameters: a bound on d for any A, B, as `best_lower` returns it; its question.
    Returns the inequality that excludes d - 1. Raises ValueError for a bound of another kind.

    >>> from lcs.bounds.lower import best_lower
    >>> from lcs.bounds.problem import problem
    >>> recheck_necessary(best_lower(28, 1, "1/4"), problem(28, 1, "1/4")).holds
    True
    """
    inequality = _NECESSARY.get(bound.claim)
    if bound.d is None or bound.side != "necessary" or bound.scope != "any A, B" or not inequality:
        raise ValueError(f"bound must be necessary for any A, B, as best_lower gives; got {bound}")
    if bound.d == 0:
        return Check(-1, "d < 0", -1, 0, True)
    with_ties = question.strict  # d is excluded by equality too
    return _check(bound.d - 1, *inequality(bound, question), ties=with_ties)


def recheck_sufficient(bound: Bound, question: Problem) -> Check:
    """Check again that a sufficient bound is enough, by its code where there is one.

    Parameters: a bound as `best_upper` returns it; its question.
    Returns the inequality. Raises ValueError for a bound of another kind.

    >>> from lcs.bounds.problem import problem
    >>> from lcs.bounds.upper import best_upper
    >>> recheck_sufficient(best_upper(28, 1, "1/4"), problem(28, 1, "1/4")).inequality
    'mu/(1 + mu) < eps/k, mu the coherence'
    """
    inequality = _coherence if bound.code else _SUFFICIENT.get(bound.claim)
    if bound.d is None or bound.side != "sufficient" or inequality is None:
        raise ValueError(f"bound must be sufficient, as best_upper gives it; got {bound}")
    rational = bound.code is not None or bound.claim in ("LCS-collapse", "LCS-u5")
    return _check(bound.d, *inequality(bound, question), ties=rational and not question.strict)


Sides = tuple[str, Callable[[], Number], Callable[[], Number]]


def _check(
    d: int, text: str, left: Callable[[], Number], right: Callable[[], Number], *, ties: bool
) -> Check:
    """Whether left < right, or <= where ties count; balls are evaluated at BITS."""
    before = ctx.prec
    ctx.prec = BITS
    try:
        x, y = left(), right()
        if isinstance(x, arb) != isinstance(y, arb):
            x, y = _enclosed(x), _enclosed(y)
        holds = bool(x <= y) if ties else bool(x < y)  # pyright: ignore[reportOperatorIssue]
    finally:
        ctx.prec = before
    return Check(d, text.replace(" < ", " <= ") if ties else text, x, y, holds)


def _enclosed(x: Number) -> arb:
    return x if isinstance(x, arb) else ball(x)


def _too_few(bound: Bound, question: Problem) -> Sides:
    """An edge case: the least error in no, in one and in m - 1 dimensions is 1, 1/2 and 1/m."""
    d, m = (bound.d or 0) - 1, question.m
    if d == 0:
        return "eps < 1, the error of A = B = 0", lambda: question.eps, lambda: 1
    least = Fraction(1, 2) if d == 1 else Fraction(1, m)
    return f"eps/k < {least}, the least error in d", lambda: question.delta, lambda: least


def _enough(bound: Bound, question: Problem) -> Sides:
    """An edge case: errors that are reached in no, one, two and m dimensions."""
    d, m = bound.d, question.m
    if d == m:
        return "0 < eps, A = B = I", lambda: 0, lambda: question.eps
    if d == 0:
        return "1 < eps, A = B = 0", lambda: 1, lambda: question.eps
    if d == 1:
        return "1/2 < eps/k", lambda: Fraction(1, 2), lambda: question.delta
    cosine = lambda: arb.cos_pi(arb(1) / m)  # noqa: E731
    return (
        "cos(pi/m)/(1 + cos(pi/m)) < eps/k, lines of a plane",
        lambda: cosine() / (1 + cosine()),
        lambda: question.delta,
    )


def _monomial(bound: Bound, question: Problem) -> Sides:
    """C(d+p-1, p) <= m/(1 + (m-1) mu^2p)."""
    p, d, m, mu = bound.degree or 1, (bound.d or 0) - 1, question.m, question.mu
    return (
        f"C(d+p-1, p) < m/(1 + (m-1) mu^(2p)), p = {p}",
        lambda: _monomials(d, p),
        lambda: Fraction(m) / (1 + (m - 1) * mu**p * mu**p),
    )


def _chebyshev(bound: Bound, question: Problem) -> Sides:
    """The monomials of degree p, p-2, ..., against m/(1 + (m-1)/T_p(1/mu)^2)."""
    p, d, m, x = bound.degree or 1, (bound.d or 0) - 1, question.m, 1 / question.mu
    a, b = x.numerator, x.denominator
    square = a * a - b * b
    top = sum(math.comb(p, 2 * i) * square**i * a ** (p - 2 * i) for i in range(p // 2 + 1))
    peak = Fraction(top, b**p) ** 2
    return (
        f"sum of C(d+j-1, j) over j <= p, j = p mod 2 < m/(1 + (m-1)/T_p(1/mu)^2), p = {p}",
        lambda: sum(_monomials(d, j) for j in range(p, -1, -2)),
        lambda: m * peak / (peak + m - 1),
    )


def _monomials(d: int, p: int) -> int:
    """How many monomials of degree p there are in d variables."""
    count = 1
    for j in range(1, p + 1):
        count = count * (d + j - 1) // j
    return count


def _nullspace(bound: Bound, question: Problem) -> Sides:
    """m eps/k <= q/lam(q), lam(q) = (2/(q+1)) (1 + (q-1) sqrt(q+2)/2), q = m - d."""
    q = question.m - (bound.d or 0) + 1
    root = math.isqrt(q + 2)

    def share() -> Number:
        if root * root == q + 2:
            return Fraction(q * (q + 1), 2 + (q - 1) * root)
        return q * (q + 1) / (2 + (q - 1) * arb(q + 2).sqrt())

    return f"m eps/k < q/lam(q), q = m - d = {q}", lambda: question.delta * question.m, share


def _volume(bound: Bound, question: Problem) -> Sides:
    """((3 - mu)/(1 - mu))^d <= 2m + 1."""
    d, mu = (bound.d or 0) - 1, question.mu
    ratio = (3 - mu) / (1 - mu)
    return (
        "((3-mu)/(1-mu))^d < 2m + 1",
        lambda: Fraction(ratio.numerator**d, ratio.denominator**d),
        lambda: 2 * question.m + 1,
    )


def _coherence(bound: Bound, question: Problem) -> Sides:
    """mu/(1 + mu) < eps/k, with the surd that is the coherence, for a code of size (d, m)."""
    code = bound.code
    if code is None or (code.d, code.m) != (bound.d, question.m):
        raise ValueError(f"code must have d = {bound.d} and m = {question.m}; got {code!r}")
    mu = code.coherence

    def error() -> Number:
        if not mu.b * mu.n:
            return mu.a / (1 + mu.a)
        x = ball(mu.a) + ball(mu.b) * arb(mu.n).sqrt()
        return x / (1 + x)

    return "mu/(1 + mu) < eps/k, mu the coherence", error, lambda: question.delta


def _caps(bound: Bound, question: Problem) -> Sides:
    """(m - 1) caps do not cover the sphere: their share by an integral over the height."""
    d, m = bound.d or 0, question.m

    def share() -> arb:
        # t = cos a: the integral of sin(a)^(d-2) over the cap's angles, against the half sphere.
        angle = ball(question.mu).acos()
        cap = acb.integral(lambda a, _: a.sin() ** (d - 2), acb(0), acb(angle)).real
        half = arb.pi().sqrt() / 2 * (arb(d - 1) / 2).gamma() / (arb(d) / 2).gamma()
        return (m - 1) * cap / half

    return "(m-1) caps, as a share of the sphere < 1", share, lambda: 1


def _escape(bound: Bound, question: Problem) -> Sides:
    """sqrt(sd) + sqrt(2 ln m) < E|g|, the cone's dimension by its defining integral."""
    d, m = bound.d or 0, question.m
    t = ball(_best_height(question))

    def radius() -> arb:
        # E(|g| - t)_+^2 = 2 int_t^inf (x - t)^2 phi(x) dx; beyond t + 60 less than e^-1800.
        def density(x: acb, _: object) -> acb:
            return (x - t) ** 2 * (-x * x / 2).exp()

        body = acb.integral(density, acb(t), acb(t + 60)).real * 2 / (2 * arb.pi()).sqrt()
        excess = body + (arb(-1700)).exp()
        sd = 1 + t * t / ball(question.mu**2) + (m - 1) * excess
        return sd.sqrt() + (2 * arb(m).log()).sqrt()

    def length() -> arb:
        return arb(2).sqrt() * ((arb(d + 1) / 2).lgamma() - (arb(d) / 2).lgamma()).exp()

    return "sqrt(sd) + sqrt(2 ln m) < E|g| in R^d", radius, length


def _best_height(question: Problem) -> Fraction:
    """A t for the cone: any t proves a bound, the best is near sqrt(2 ln(m mu^2))."""
    from scipy.optimize import minimize_scalar
    from scipy.stats import norm

    m, mu = float(question.m), float(question.mu)

    def dimension(t: float) -> float:
        tail, density = float(norm.sf(t)), float(norm.pdf(t))
        return t * t / mu**2 + 2 * (m - 1) * ((1 + t * t) * tail - t * density)

    found = minimize_scalar(dimension, bounds=(0, 36), method="bounded", options={"xatol": 1e-9})
    return Fraction(float(found.x))  # pyright: ignore[reportAttributeAccessIssue]


def _union(bound: Bound, question: Problem) -> Sides:
    """m C(m-1, k) 2^k P(sum of kd signs too large) < 1, the tail by its binomial sum."""
    k = bound.degree or question.k
    d, m, eps = bound.d or 0, question.m, question.delta * k
    level = (k * d + eps * d) / 2
    # An error of exactly 1 is no success, since A = B = 0 has it too.
    strict = question.strict or eps == 1
    n, heads = k * d, math.ceil(level) if strict else math.floor(level) + 1

    def events() -> arb:
        if heads > n:
            return arb(0)
        log_first = _log_binomial(n, heads) - n * arb.const_log2()
        log_rows = arb(m).log() + _log_binomial(m - 1, k) + k * arb.const_log2()
        total, term, j = arb(1), arb(1), heads
        # The next terms are at most (n-j)/(j+1) < 1 times the one before: a geometric series.
        while j < n and not term < arb(2) ** -BITS:
            term *= arb(n - j) / (j + 1)
            total += term
            j += 1
        ratio = arb(n - j) / (j + 1)
        rest = term * ratio / (1 - ratio)
        return (log_first + log_rows).exp() * (total + rest)

    return f"m C(m-1, k) 2^k P(sum of k d signs too large) < 1, k = {k}", events, lambda: 1


def _log_binomial(n: int, k: int) -> arb:
    return arb(n + 1).lgamma() - arb(k + 1).lgamma() - arb(n - k + 1).lgamma()


def _pairs(bound: Bound, question: Problem) -> Sides:
    """m (m-1) exp(-d (eps/k)^2/2) < 1: Hoeffding for every pair of Rademacher columns."""
    d, m = bound.d or 0, question.m
    exponent = -d * question.delta**2 / 2
    return "m (m-1) exp(-d (eps/k)^2/2) < 1", lambda: m * (m - 1) * ball(exponent).exp(), lambda: 1


def _projection(bound: Bound, question: Problem) -> Sides:
    """(m - d)/m < eps/k: the complement of a projection with equal diagonal."""
    error = Fraction(question.m - (bound.d or 0), question.m)
    return "(m - d)/m < eps/k", lambda: error, lambda: question.delta


_NECESSARY: dict[str, Callable[[Bound, Problem], Sides]] = {
    "LCS-collapse": _too_few,
    "LCS-rank-l1": _monomial,
    "LCS-rank-l2": _chebyshev,
    "LCS-nullspace-bound": _nullspace,
    "LCS-volume": _volume,
}
_SUFFICIENT: dict[str, Callable[[Bound, Problem], Sides]] = {
    "GKP26-thm2": _pairs,
    "LCS-collapse": _enough,
    "LCS-u0": _union,
    "LCS-u1": _caps,
    "LCS-u2": _union,
    "LCS-u3": _escape,
    "LCS-u5": _projection,
}
