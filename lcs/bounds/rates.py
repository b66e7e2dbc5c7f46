"""The rank bounds as explicit rates: what one good degree gives in closed form (LCS-rate)."""

from collections.abc import Callable
from fractions import Fraction
from itertools import count

from flint import arb

from lcs.bounds.problem import Bound, Eps, ball, least_above, problem
from lcs.bounds.rank import chebyshev_numerator


def rate_monomial(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by p (2^(-1/p) mu^(-2)/e - 1) + 1, p = floor(ln m/(2 ln(1/mu))) >= 1.

    By C(n, p) <= (en/p)^p in the monomial rank bound, as m mu^(2p) >= 1. The number is irrational,
    so "<" and "<=" give the same d.
    Parameters and errors as `lcs.bounds.rank.welch`. Returns a necessary `Bound`, d None unless
    p >= 1 and mu <= 3/5 (beyond 1/sqrt e = 0.607 the number is below 1).

    >>> rate_monomial(10**6, 1, "1/16").d
    117
    """
    question = problem(m, k, eps, strict=strict)
    mu = question.mu if question.incoherent else Fraction(1)
    p = _largest(lambda p: question.m * mu ** (2 * p) >= 1) if mu <= Fraction(3, 5) else 0
    return _rate("rate, monomial", "1", p, lambda: _rate_at(p, 2, 1 / ball(mu)) + 1)


def rate_chebyshev(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by p (8^(-1/p) th^2/e - 1), p = floor(ln(4m)/(2 ln th)) >= 1.

    th = (1 + sqrt(1 - mu^2))/mu, so that T_p(1/mu) = (th^p + th^-p)/2 >= th^p/2.
    Parameters, returns and errors as `rate_monomial`, with mu <= 4/5.

    >>> rate_chebyshev(10**6, 1, "1/16").d
    232
    """
    question = problem(m, k, eps, strict=strict)
    mu = question.mu if question.incoherent else Fraction(1)

    def within(p: int) -> bool:
        # th^p <= 2 sqrt m iff 2 T_p = th^p + th^-p <= 2 sqrt m + 1/(2 sqrt m), then squared.
        peak = Fraction(chebyshev_numerator(p, mu.denominator, mu.numerator), mu.numerator**p)
        return 16 * question.m * peak**2 <= (4 * question.m + 1) ** 2

    p = _largest(within) if mu <= Fraction(4, 5) else 0
    return _rate("rate, Chebyshev", "2", p, lambda: _rate_at(p, 8, _theta(mu)))


def _largest(holds: Callable[[int], bool]) -> int:
    return next(p for p in count(1) if not holds(p)) - 1


def _theta(mu: Fraction) -> arb:
    return (1 + ball(1 - mu**2).sqrt()) / ball(mu)


def _rate_at(p: int, loss: int, base: arb) -> arb:
    return p * (arb(loss) ** (arb(-1) / p) * base**2 / arb(1).exp() - 1)


def _rate(name: str, tool: str, p: int, enclose: Callable[[], arb]) -> Bound:
    if p < 1:
        return Bound(name, "necessary", None, "LCS-rate", "needs a degree p >= 1 and a small mu")
    reason = f"closed form of the rank bound L{tool} at degree p = {p}"
    return Bound(name, "necessary", max(1, least_above(enclose)), "LCS-rate", reason)
