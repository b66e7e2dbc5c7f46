"""Levenshtein's bound for lines at large angles, in closed form: a lower bound on d for A = B.

Unit columns with |<a_i, a_j>| <= s < 1 for i != j. Let c_n = C_n^(d/2)(s) be Gegenbauer's
polynomials of dimension d + 2 and D_n = C(d+n-1, n) their values at 1. Where c_N > 0 >= c_(N+2)
and c_n >= 0 for the n < N of the parity of N, the number of columns is at most

    L = (D_(N+2) c_N - D_N c_(N+2)) / (c_N - c_(N+2)),        D_N <= L <= D_(N+2).

Proof. K(t) = sum of h_n C_n(s) C_n(t), h_n > 0, over n <= N of the parity of N is the reproducing
kernel at s. By Christoffel and Darboux f(t) = (t^2 - s^2) K(t)^2 is K(t) (c_N C_(N+2)(t) -
c_(N+2) C_N(t)) up to a positive factor: products and sums, with coefficients >= 0, of
polynomials C_n that are themselves such sums of the zonal polynomials of R^d, and so is f
(products of positive definite functions are positive definite). f is even and <= 0 on [-s, s],
so that m f_0 <= f(1), f_0 the mean of f (Delsarte, Goethals, Seidel). The closed form is f(1)/f_0:
K less its value at 1 (times t for odd N) has the factor 1 - t^2, which turns the mean into that of
dimension d + 2, where f/K is orthogonal to it; and C_n, times t for odd n, has mean 1.
At the first N + 2 with c_(N+2) <= 0 the bound is least; L grows strictly with s there, so that
|<a_i, a_j>| < s excludes m = L as well.
"""

from fractions import Fraction
from math import comb

from lcs.bounds.problem import Bound, Eps, Problem, first_from, problem

MOST_DEGREE = 1000


def levenshtein(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below, for A = B, by the least d whose `most_lines` at mu allows m columns.

    At s = sigma^(1/2): m <= d(1-sigma)/(1-d sigma) for sigma <= 1/(d+2), m <=
    d(d+2)(1-sigma)/(3-(d+2)sigma) from there to 3/(d+4), and so on; "<" if strict.
    Parameters and errors as `lcs.bounds.rank.welch`. Returns a necessary `Bound` of scope "A = B"
    (k = 1, or unit columns whose largest inner product is below mu: at k > 1 an error below eps
    does not make every pair of columns that incoherent), d None unless eps <= 1, eps/k < 1/2 and
    m >= 2.
    Reference: Levenshtein, Universal bounds for codes and designs, Handbook of Coding Theory 1998.

    >>> levenshtein(120, 1, "1/3", strict=False).d, levenshtein(120, 1, "1/3").d
    (8, 9)
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        reason = "needs m >= 2, eps <= 1 and eps/k < 1/2"
        return Bound("Levenshtein", "necessary", None, "LCS-levenshtein", reason, "A = B")
    d = least_levenshtein(question)
    reason = "linear programming bound for lines, Levenshtein's polynomials"
    return Bound("Levenshtein", "necessary", d, "LCS-levenshtein", reason, "A = B")


def least_levenshtein(question: Problem) -> int:
    """The least d that Levenshtein's bound does not exclude."""

    def allows(d: int) -> bool:
        most = most_lines(d, question.mu, enough=question.m)
        return most is None or question.below(question.m, most)

    return first_from(allows, 1)


def most_lines(d: int, s: Fraction, *, enough: int | None = None) -> Fraction | None:
    """Levenshtein's bound on the lines of R^d with |<a, b>| <= s, 0 < s < 1, exactly.

    None where it needs a degree beyond 1000, or (given `enough`) is sure to exceed `enough`.
    """
    a, b = s.numerator, s.denominator
    # u_n = n! b^n c_n in integers: u_(n+1) = (2n + d) a u_n - n (n + d - 1) b^2 u_(n-1).
    u = [1, d * a]
    while u[-1] > 0:
        n = len(u) - 1
        # c_n > 0 here and before: the bound will be at least D_n.
        if n > MOST_DEGREE or (enough is not None and comb(d + n - 1, n) > enough):
            return None
        u.append((2 * n + d) * a * u[n] - n * (n + d - 1) * b * b * u[n - 1])
    N = len(u) - 3
    last, first = u[N + 2], (N + 1) * (N + 2) * b * b * u[N]
    return Fraction(comb(d + N + 1, N + 2) * first - comb(d + N - 1, N) * last, first - last)
