"""Lower bounds on d by the rank of a polynomial of X: finite, in exact integer arithmetic.

All rest on the collapse theorem (LCS-collapse): d(m, k, eps) is the least rank of a real m x m
matrix X with unit diagonal and |X_ij| < mu off it, mu = eps/(k - eps). A polynomial f applied
entry by entry has rank(f(X)) <= D(d), the number of monomials it can involve, and every square Y
has rank(Y) >= tr(Y)^2/||Y||_F^2. Hence D(d) > m / (1 + (m - 1) max|f|^2/f(1)^2). With strict=False
both "<" of the question become "<=", and the ">" of every bound here becomes ">=".
"""

import math
from collections.abc import Callable
from fractions import Fraction

from lcs.bounds.problem import Bound, Eps, Problem, first_from, problem

DEGREES = range(1, 61)


def welch(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by the Welch bound: d > m/(1 + (m-1) mu^2). LCS-rank-l1 at p = 1.

    Parameters: m features, k active, eps the error allowed, all exact; strict: error < eps,
    otherwise error <= eps.
    Returns a necessary `Bound`; its d is None unless eps <= 1 and eps/k < 1/2 and m >= 2.
    Raises ValueError and TypeError as `problem`.

    >>> welch(28, 1, "1/4").d, welch(28, 1, "1/4", strict=False).d
    (8, 7)
    """
    question = problem(m, k, eps, strict=strict)
    return _rank_bound("Welch", "LCS-rank-l1", question, monomial, range(1, 2))


def rank_monomial(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by C(d+p-1, p) > m/(1 + (m-1) mu^(2p)), best degree p <= 60 (LCS-rank-l1).

    Parameters, returns and errors as `welch`.

    >>> rank_monomial(10**4, 4, "0.5").d
    62
    """
    question = problem(m, k, eps, strict=strict)
    return _rank_bound("rank, monomial", "LCS-rank-l1", question, monomial, DEGREES)


def rank_chebyshev(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below with f(x) = T_p(x/mu), best degree p <= 60 (LCS-rank-l2).

    sum over 0 <= j <= p, j = p mod 2, of C(d+j-1, j)  >  m/(1 + (m-1)/T_p(1/mu)^2).
    The inequality is strict although |T_p| may reach 1 inside (-1, 1): apply it with the largest
    off-diagonal entry mu' < mu in place of mu, and T_p(1/mu') > T_p(1/mu).
    Parameters, returns and errors as `welch`.

    >>> rank_chebyshev(10**4, 4, "0.5").d
    98
    """
    question = problem(m, k, eps, strict=strict)
    return _rank_bound("rank, Chebyshev", "LCS-rank-l2", question, chebyshev, DEGREES)


Method = Callable[[int, Fraction], tuple[Callable[[int], int], Fraction]]
"""From (p, mu): D(d), and max|f|^2/f(1)^2 over [-mu, mu], f of degree p."""


def monomial(p: int, mu: Fraction) -> tuple[Callable[[int], int], Fraction]:
    """The `Method` of f(x) = x^p."""
    return lambda d: math.comb(d + p - 1, p), mu ** (2 * p)


def chebyshev(p: int, mu: Fraction) -> tuple[Callable[[int], int], Fraction]:
    """The `Method` of f(x) = T_p(x/mu)."""
    terms = range(p % 2, p + 1, 2)
    peak = Fraction(chebyshev_numerator(p, mu.denominator, mu.numerator), mu.numerator**p)
    return lambda d: sum(math.comb(d + j - 1, j) if d + j else 1 for j in terms), 1 / peak**2


def chebyshev_numerator(p: int, a: int, b: int) -> int:
    """b^p T_p(a/b) in integers: t_{n+1} = 2a t_n - b^2 t_{n-1}."""
    previous, t = 1, a
    for _ in range(p - 1):
        previous, t = t, 2 * a * t - b * b * previous
    return t


def _rank_bound(
    name: str,
    claim: str,
    question: Problem,
    method: Method,
    degrees: range,
) -> Bound:
    m = question.m
    if not question.incoherent:
        return Bound(name, "necessary", None, claim, "needs m >= 2, eps <= 1 and eps/k < 1/2")
    best, degree = 1, degrees[0]
    for p in degrees:
        count, contrast = method(p, question.mu)
        least = m / (1 + (m - 1) * contrast)
        numerator, denominator = least.numerator, least.denominator

        def exceeds(d: int) -> bool:
            return question.below(numerator, count(d) * denominator)  # noqa: B023 (this turn only)

        # One comparison decides whether this degree improves on the best so far.
        if not exceeds(best):
            best, degree = first_from(exceeds, best + 1), p
    reason = f"rank of a polynomial of X of degree p = {degree}"
    return Bound(name, "necessary", best, claim, reason, degree=degree)
