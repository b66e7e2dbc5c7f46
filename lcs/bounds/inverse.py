"""The bounds asked the other way round: how many features fit, and how incoherent they can be.

By the collapse theorem d(m, k, eps) <= d iff some real m x m matrix X of rank at most d has unit
diagonal and |X_ij| < mu off it, mu = eps/(k - eps): that is scope "any A, B". With X = A^T A, unit
columns in R^d of coherence below mu, it is scope "A = B". With strict=False "<" becomes "<=".
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Generic, Literal, TypeVar, get_args

from flint import arb, ctx

from lcs.bounds.levenshtein import most_lines
from lcs.bounds.nullspace import within
from lcs.bounds.problem import Eps, Scope, ball, least_satisfying, positive, rational
from lcs.bounds.rank import Method, chebyshev, monomial

MOST_DEGREE = 1024

Number = TypeVar("Number", int, Fraction)


@dataclass(frozen=True, slots=True)
class Limit(Generic[Number]):
    """One side of how many features fit, or of their least coherence: proved, with its reason.

    side "at most": no code has more features. side "at least": some code has as many; or every
    code has this coherence or more. scope as `lcs.bounds.problem.Bound`.
    """

    name: str
    side: Literal["at most", "at least"]
    value: Number
    claim: str
    reason: str
    scope: Scope = "any A, B"


def most_features(d: int, mu: Eps, *, strict: bool = True, scope: Scope = "any A, B") -> Limit[int]:
    """Bound from above the features m that d dimensions hold at coherence < mu (<= unless strict).

    The least over the inverses of the rank bounds, m < D(1 - c)/(1 - D c) where D c < 1 (c =
    max|f|^2/f(1)^2, degree <= 1024), of the volume and null space bounds and, for scope "A = B",
    of Levenshtein's; all in exact arithmetic, for numbers of any size.
    Parameters: d >= 1 dimensions, 0 < mu < 1 exact. Returns a `Limit` "at most".
    Raises ValueError and TypeError outside them.

    >>> most_features(7, "1/3", strict=False).value, most_features(7, "1/3").value
    (28, 27)
    >>> limit = most_features(100, "1/5", scope="A = B")
    >>> limit.name, limit.value
    ('Levenshtein', 346691)
    """
    level = _checked(d, mu, strict, scope)
    limits = [
        _by_rank(d, level, strict, "rank, Chebyshev", "LCS-rank-l2", chebyshev),
        _by_rank(d, level, strict, "rank, monomial", "LCS-rank-l1", monomial),
        _by_null_space(d, level, strict),
        _by_levenshtein(d, level, strict) if scope == "A = B" else None,
    ]
    found = [limit for limit in limits if limit is not None]
    # The volume bound is (3^d - 1)/2 or more, a long number that is seldom needed.
    if d < 3 or not any(limit.value < 2**d for limit in found):
        found.append(_by_volume(d, level, strict))
    return min(found, key=lambda limit: limit.value)


def least_coherence(
    m: int, d: int, *, scope: Scope = "any A, B", bits: int = 40
) -> Limit[Fraction]:
    """Bound from below the coherence of m features in d dimensions: some |X_ij| is >= the value.

    The largest multiple of 2^-bits at which `most_features` (strict) is below m.
    Parameters: m, d >= 1; bits, how finely. Returns a `Limit` "at least", 0 where m <= d.
    Raises ValueError outside them.

    >>> limit = least_coherence(28, 7)
    >>> limit.name, round(float(limit.value), 9)
    ('rank, Chebyshev', 0.333333333)
    """
    for name, n in (("m", m), ("d", d), ("bits", bits)):
        _check_integer(name, n)
    least: Limit[Fraction] = Limit("trivial", "at least", Fraction(0), "LCS-collapse", "m <= d")
    low, high = 0, 2**bits
    while high - low > 1 and m > d:
        middle = (low + high) // 2
        most = most_features(d, Fraction(middle, 2**bits), scope=scope)
        if most.value < m:
            low, value = middle, Fraction(middle, 2**bits)
            least = Limit(most.name, "at least", value, most.claim, most.reason, most.scope)
        else:
            high = middle
    return least


def greedy_features(d: int, mu: Eps) -> Limit[int]:
    """Bound from below the unit columns of R^d with all |<a_i, a_j>| < mu, chosen one by one.

    The largest m with (m - 1) I_{1-mu^2}((d-1)/2, 1/2) < 1, as `lcs.bounds.greedy.u1`, or d where
    that is more. Parameters: d >= 2, 0 < mu < 1 exact. Returns a `Limit` "at least".
    Raises ValueError outside them.

    >>> greedy_features(94, "1/3").value
    1038
    """
    level = _checked(d, mu, True, "A = B")
    if d < 2:
        raise ValueError(f"d must be an integer >= 2; got {d!r}")
    outside = 1 - level**2

    def room() -> arb:  # a ball at the precision in force
        half = arb(1) / 2
        return 1 / ball(outside).beta_lower(half * (d - 1), half, regularized=True)

    m, reason = _largest_below(room) + 1, "caps around m - 1 columns leave room"
    m, reason = (d, "an orthonormal basis") if m < d else (m, reason)
    return Limit("U1, greedy", "at least", m, "LCS-u1", reason, "A = B")


def _by_rank(
    d: int, mu: Fraction, strict: bool, name: str, claim: str, method: Method
) -> Limit[int] | None:
    def limited(p: int) -> bool:
        dimension, contrast = method(p, mu)
        return dimension(d) * contrast < 1

    # D c rises with p to a peak and falls after it: unless D c < 1 at first, it is from some p on.
    high = next((p for p in (2**i for i in range(MOST_DEGREE.bit_length())) if limited(p)), None)
    if high is None:
        return None
    best, degree = None, 0
    for p in count(least_satisfying(lambda p: p > 0 and limited(p), high)):
        dimension, contrast = method(p, mu)
        D = dimension(d)
        if best is not None and best <= D:  # no bound of degree p or more is below D
            break
        if D * contrast < 1:
            most = _whole(D * (1 - contrast) / (1 - D * contrast), strict)
            best, degree = (most, p) if best is None or most < best else (best, degree)
    if best is None:
        return None
    return Limit(name, "at most", best, claim, f"{name} inequality of degree p = {degree}")


def _by_null_space(d: int, mu: Fraction, strict: bool) -> Limit[int] | None:
    """The first q for which q more features than dimensions are excluded."""
    delta = mu / (1 + mu)

    def excluded(q: int) -> bool:
        return q > 0 and not within(q, (d + q) * delta, strict)

    # q/lam(q)/(d + q) rises up to a q slightly below d and falls after it.
    peak = max(range(max(1, d - 16), d + 1), key=lambda q: _share(q, d))
    if not excluded(peak):
        return None
    q = least_satisfying(excluded, peak)
    reason = f"a null space of dimension {q} holds a vector with too large an entry"
    return Limit("null space", "at most", d + q - 1, "LCS-nullspace-bound", reason)


def _share(q: int, d: int) -> float:
    return q * (q + 1) / (2 + (q - 1) * math.sqrt(q + 2)) / (d + q)


def _by_volume(d: int, mu: Fraction, strict: bool) -> Limit[int]:
    a, b = mu.numerator, mu.denominator
    outer, inner = (3 * b - a) ** d, (b - a) ** d
    # 2m + 1 < outer/inner, <= unless strict.
    most = (outer - inner - (1 if strict else 0)) // (2 * inner)
    reason = "2m + 1 disjoint copies of the hull of the columns inside a larger one"
    return Limit("volume", "at most", most, "LCS-volume", reason)


def _by_levenshtein(d: int, mu: Fraction, strict: bool) -> Limit[int] | None:
    most = most_lines(d, mu)
    if most is None:
        return None
    reason = "linear programming bound for lines, Levenshtein's polynomials"
    value = _whole(most, strict)
    return Limit("Levenshtein", "at most", value, "LCS-levenshtein", reason, "A = B")


def _whole(most: Fraction, strict: bool) -> int:
    """The largest integer < most, <= most unless strict; 1 at least, which leaves no pair."""
    return max(1, math.ceil(most) - 1 if strict else math.floor(most))


def _largest_below(enclose: Callable[[], arb]) -> int:
    """An integer surely < x, the largest one unless x is within a hair of it."""
    before = ctx.prec
    try:
        while True:
            x = enclose()
            if x.rad() < arb(2) ** -32 or ctx.prec > 2**16:
                return math.ceil(rational(x.lower())) - 1
            # Enough for the integer part and 64 bits more, once its size is known at all.
            size = rational(x).numerator.bit_length() if x.is_finite() else 0
            ctx.prec = max(2 * ctx.prec, size + 64)
    finally:
        ctx.prec = before


def _checked(d: int, mu: Eps, strict: bool, scope: Scope) -> Fraction:
    _check_integer("d", d)
    level = positive("mu", mu)
    if level >= 1:
        raise ValueError(f"mu must satisfy 0 < mu < 1; got {mu!r}")
    if not isinstance(strict, bool):
        raise TypeError(f"strict must be True (< mu) or False (<= mu); got {strict!r}")
    if scope not in get_args(Scope):
        raise ValueError(f"scope must be one of {get_args(Scope)}; got {scope!r}")
    return level


def _check_integer(name: str, n: int) -> None:
    if not hasattr(n, "__index__") or isinstance(n, bool) or n < 1:
        raise ValueError(f"{name} must be an integer >= 1; got {n!r}")
