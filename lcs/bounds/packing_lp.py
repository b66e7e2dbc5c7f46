"""Lower bounds on d for A = B: linear programming bounds for lines at large angles.

Unit columns with <a_i, a_j>^2 <= sigma < 1 for i != j are lines. For a polynomial f(y) = sum f_n
Q_n(y), Q_n the zonal polynomials of y = <a, b>^2 with Q_n(1) = 1, such that f_0 > 0, f_n >= 0 and
f <= 0 on [0, sigma]: m <= f(1)/f_0 (Delsarte, Goethals, Seidel). In the variable x = 1 - y the
measure is beta((d-1)/2, 1/2) and Q_n(x) = 2F1(-n, n + d/2 - 1; (d-1)/2; x). Every polynomial is
checked in rational arithmetic, so that a float found on the way proves nothing by itself.

The scope is A = B at k = 1, or unit columns whose largest inner product is below mu: at k > 1 an
error below eps does not make every pair of columns that incoherent.
"""

from fractions import Fraction
from itertools import pairwise
from math import comb

import numpy as np
from flint import fmpq, fmpq_mat, fmpq_poly
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.problem import Bound, Eps, Problem, first_from, least_satisfying, problem

MOST_DEGREE = 30
LP_DEGREE = 12


def levenshtein(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below, for A = B, by Levenshtein's polynomials of degree n <= 30 in y.

    f = (y - sigma) g(y)^2, times y for even n, with g the reproducing kernel at sigma of the
    weight times (1 - y), times y for even n. n = 1: m <= d(1-s)/(1-ds); n = 2: m <=
    d(d+2)(1-s)/(3-(d+2)s), s = sigma = mu^2. With |<a_i, a_j>| < mu the bound is strict.
    Parameters and errors as `lcs.bounds.rank.welch`. Returns a necessary `Bound` of scope "A = B",
    d None unless eps <= 1, eps/k < 1/2 and m >= 2.
    Reference: Levenshtein, Universal bounds for codes and designs, Handbook of Coding Theory 1998.

    >>> levenshtein(120, 1, "1/3", strict=False).d, levenshtein(120, 1, "1/3").d
    (8, 9)
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        return _outside("Levenshtein", "LCS-levenshtein")
    d = _least_levenshtein(question)
    reason = "linear programming bound for lines, Levenshtein's polynomials"
    return Bound("Levenshtein", "necessary", d, "LCS-levenshtein", reason, "A = B")


def delsarte(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below, for A = B, by the best polynomial of degree 12 in y that is found.

    Starts from `levenshtein` and excludes further d while a polynomial from a linear programme,
    solved in floats and then checked exactly, still gives m > f(1)/f_0. Parameters, returns and
    errors as `levenshtein`.
    Reference: Delsarte, Goethals, Seidel, Spherical codes and designs, Geom. Dedicata 6 (1977).

    >>> delsarte(1000, 1, "1/4").d >= levenshtein(1000, 1, "1/4").d
    True
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        return _outside("Delsarte", "LCS-delsarte")
    d = first_from(
        lambda d: d >= question.m or not _lp_excludes(d, question), _least_levenshtein(question)
    )
    reason = f"linear programming bound for lines, degree at most {LP_DEGREE}"
    return Bound("Delsarte", "necessary", d, "LCS-delsarte", reason, "A = B")


def _outside(name: str, claim: str) -> Bound:
    return Bound(name, "necessary", None, claim, "needs m >= 2, eps <= 1 and eps/k < 1/2", "A = B")


def _least_levenshtein(question: Problem) -> int:
    return least_satisfying(lambda d: d >= 2 and not _levenshtein_excludes(d, question), question.m)


def _levenshtein_excludes(d: int, question: Problem) -> bool:
    """Some degree proves that d dimensions do not hold m lines."""
    before: fmpq | None = None
    for n in range(1, MOST_DEGREE + 1):
        f = _levenshtein_polynomial(n, d, question)
        most = _largest_code(f, d)
        if most is None:
            continue
        if _too_many(f, most, d, question):
            return True
        if before is not None and most > before:
            return False  # the bounds fall to the degree that suits sigma, and rise after it
        before = most
    return False


def _levenshtein_polynomial(n: int, d: int, question: Problem) -> fmpq_poly:
    """The polynomial of degree n, in x = 1 - y."""
    level = 1 - _rational(question.mu) ** 2
    size, even = (n + 1) // 2, n % 2 == 0
    moments = _moments(d, n + 2)
    weights = [a - b if even else a for a, b in pairwise(moments[1:])]
    gram = fmpq_mat(size, size, [weights[i + j] for i in range(size) for j in range(size)])
    g = gram.solve(fmpq_mat(size, 1, [level**i for i in range(size)]))
    kernel = fmpq_poly([g[i, 0] for i in range(size)])
    f = fmpq_poly([level, -1]) * kernel * kernel
    return f * fmpq_poly([1, -1]) if even else f


def _moments(d: int, count: int) -> list[fmpq]:
    """E[x^j] for j < count: the product over i < j of (d-1+2i)/(d+2i)."""
    moments = [fmpq(1)]
    for i in range(count - 1):
        moments.append(moments[-1] * fmpq(d - 1 + 2 * i, d + 2 * i))
    return moments


def _zonal(n: int, d: int) -> fmpq_poly:
    """2F1(-n, n + d/2 - 1; (d-1)/2; x)."""
    coefficients = [fmpq(1)]
    for j in range(n):
        ratio = fmpq((j - n) * (2 * n + d - 2 + 2 * j), (d - 1 + 2 * j) * (j + 1))
        coefficients.append(coefficients[-1] * ratio)
    return fmpq_poly(coefficients)


def _mean(f: fmpq_poly, d: int) -> fmpq:
    coefficients = f.coeffs()
    pairs = zip(coefficients, _moments(d, len(coefficients)), strict=True)
    return sum((c * moment for c, moment in pairs), fmpq(0))


def _largest_code(f: fmpq_poly, d: int) -> fmpq | None:
    """f(1)/f_0 (x = 0 is y = 1); None unless f_0 > 0."""
    mean = _mean(f, d)
    return f[0] / mean if mean > 0 else None


def _too_many(f: fmpq_poly, most: fmpq, d: int, question: Problem) -> bool:
    """Whether m lines exceed f(1)/f_0 and the coefficients f_n are of the right sign.

    Where all f_n > 0 a slightly smaller sigma can be put in place of sigma, which lowers f(1)/f_0:
    so |<a_i, a_j>| < mu excludes equality as well.
    """
    m = question.m
    if m < most or (m == most and not question.strict):
        return False
    signs = [_mean(f * _zonal(n, d), d) for n in range(1, f.degree() + 1)]
    return all(s > 0 for s in signs) or (m > most and all(s >= 0 for s in signs))


def _lp_excludes(d: int, question: Problem) -> bool:
    """A polynomial from a linear programme proves that d dimensions do not hold m lines."""
    level = 1 - _rational(question.mu) ** 2
    start = float(level.p) / float(level.q)
    x = (1 + start) / 2 + (1 - start) / 2 * np.cos(np.linspace(0, np.pi, 1500))
    zonal = [_zonal(n, d) for n in range(1, LP_DEGREE + 1)]
    # Powers of 1 - x = y: floats in x would cancel, as zonal polynomials are small near x = 1.
    table = np.array([_values(p, 1 - x) for p in zonal]).T
    sizes = np.abs(table).max(axis=0)
    found = linprog(1 / sizes, A_ub=table / sizes, b_ub=np.full(len(x), -1 - 1e-5), method="highs")
    if found.x is None:
        return False
    f = fmpq_poly([1])
    for c, size, p in zip(found.x, sizes, zonal, strict=True):
        f += _rational(max(c, 0.0) / size) * p
    # f_0 = 1 and f_n >= 0 by construction; f <= 0 on [0, sigma] is what remains.
    return f[0] < question.m and _nowhere_positive(f, level)


def _values(p: fmpq_poly, y: NDArray[np.float64]) -> NDArray[np.float64]:
    in_y = p(fmpq_poly([1, -1]))
    values = np.zeros_like(y)
    for c in reversed(in_y.coeffs()):
        values = values * y + float(c.p) / float(c.q)
    return values


def _nowhere_positive(f: fmpq_poly, start: fmpq) -> bool:
    """Whether f <= 0 on [start, 1], by Bernstein coefficients on halved intervals, exactly."""
    a = f(fmpq_poly([start, 1 - start])).coeffs()
    n = len(a) - 1
    first = [
        sum((a[j] * fmpq(comb(i, j), comb(n, j)) for j in range(i + 1)), fmpq(0))
        for i in range(n + 1)
    ]
    open_intervals = [(first, 0)]
    while open_intervals:
        bernstein, depth = open_intervals.pop()
        if max(bernstein) <= 0:
            continue
        if depth == 24 or max(bernstein[0], bernstein[-1]) > 0:
            return False
        left, right, row = [], [], bernstein
        while row:
            left.append(row[0])
            right.append(row[-1])
            row = [(p + q) / 2 for p, q in pairwise(row)]
        open_intervals += [(left, depth + 1), (right[::-1], depth + 1)]
    return True


def _rational(x: Fraction | float) -> fmpq:
    numerator, denominator = x.as_integer_ratio()
    return fmpq(numerator, denominator)
