"""A lower bound on d for A = B: the linear programming bound for lines at large angles.

Unit columns with <a_i, a_j>^2 <= sigma < 1 for i != j are lines. For a polynomial f(y) = sum f_n
Q_n(y), Q_n the zonal polynomials of y = <a, b>^2 with Q_n(1) = 1, such that f_0 > 0, f_n >= 0 and
f <= 0 on [0, sigma]: m <= f(1)/f_0 (Delsarte, Goethals, Seidel). In the variable x = 1 - y,
Q_n(x) = 2F1(-n, n + d/2 - 1; (d-1)/2; x). Every polynomial is checked in rational arithmetic, so
that a float found on the way proves nothing by itself. `lcs.bounds.levenshtein` has the scope.
"""

from fractions import Fraction
from itertools import pairwise
from math import comb

import numpy as np
from flint import fmpq, fmpq_poly
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.levenshtein import least_levenshtein
from lcs.bounds.problem import Bound, Eps, Problem, first_from, problem

LP_DEGREE = 12


def delsarte(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below, for A = B, by the best polynomial of degree 12 in y that is found.

    Starts from `levenshtein` and excludes further d while a polynomial from a linear programme,
    solved in floats and then checked exactly, still gives m > f(1)/f_0. Parameters, returns and
    errors as `lcs.bounds.levenshtein.levenshtein`.
    Reference: Delsarte, Goethals, Seidel, Spherical codes and designs, Geom. Dedicata 6 (1977).

    >>> delsarte(1000, 1, "1/4").d
    22
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        reason = "needs m >= 2, eps <= 1 and eps/k < 1/2"
        return Bound("Delsarte", "necessary", None, "LCS-delsarte", reason, "A = B")
    d = first_from(
        lambda d: d >= question.m or not _lp_excludes(d, question), least_levenshtein(question)
    )
    reason = f"linear programming bound for lines, degree at most {LP_DEGREE}"
    return Bound("Delsarte", "necessary", d, "LCS-delsarte", reason, "A = B")


def _zonal(n: int, d: int) -> fmpq_poly:
    """2F1(-n, n + d/2 - 1; (d-1)/2; x)."""
    coefficients = [fmpq(1)]
    for j in range(n):
        ratio = fmpq((j - n) * (2 * n + d - 2 + 2 * j), (d - 1 + 2 * j) * (j + 1))
        coefficients.append(coefficients[-1] * ratio)
    return fmpq_poly(coefficients)


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
