"""Codes from polynomials over GF(q): few points on which two of them agree.

A polynomial of degree <= r is read at n points of the projective line; two of them agree at most
r times. DeVore writes each value as a unit vector of R^q. The simplex code writes it as a corner
of a regular simplex in R^(q-1): the constant part is gone, and with it half of the coherence.
"""

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, digits, is_integer, require
from lcs.codes.elementary import simplex_columns
from lcs.codes.finite_fields import field, prime_power
from lcs.codes.surd import Surd


def rs_simplex(q: int, r: int, n: int) -> Code:
    """Return the Reed-Solomon simplex code: d = n(q-1), m = q^(r+1).

    c agreements give inner product (cq - n)/(n(q-1)); r of them occur, and none of them too except
    at r = 1, n = q + 1, where every two polynomials agree once. So the coherence is
    max((rq-n)/(n(q-1)), 1/(q-1)), and 1/(q^2-1) in that one case, a simplex.
    Parameters: q a prime power, r >= 1, r < n <= q + 1. Raises ValueError elsewhere.
    Reference: Reed and Solomon 1960; DeVore 2007, with every block projected off its constant.

    >>> code = rs_simplex(5, 2, 6)
    >>> code.d, code.m, code.coherence.a
    (24, 125, Fraction(1, 4))
    """
    _check(q, r, n)
    agreements = [r] if r == 1 and n == q + 1 else [0, r]
    mu = max(abs(Fraction(c * q - n, n * (q - 1))) for c in agreements)

    def columns(indices: Indices) -> NDArray[np.float64]:
        corners = simplex_columns(q, np.arange(q))
        blocks = corners[:, _values(q, r, n, indices)]  # (q-1, n, columns)
        return blocks.swapaxes(0, 1).reshape(n * (q - 1), -1) / math.sqrt(n)

    name, source = f"Reed-Solomon simplex({q}, {r}, {n})", "Reed and Solomon 1960; DeVore 2007"
    return Code(name, n * (q - 1), q ** (r + 1), Surd(mu), True, "LCS-rs-simplex", source, columns)


def devore(q: int, r: int, n: int | None = None) -> Code:
    """Return DeVore's binary code: d = nq, m = q^(r+1), coherence r/n, entries 0 or 1/sqrt n.

    Parameters: q a prime power, r >= 1, r < n <= q + 1 (n = q unless given).
    Raises ValueError elsewhere. Reference: DeVore 2007.

    >>> devore(3, 1).matrix().shape
    (9, 9)
    """
    n = q if n is None else n
    _check(q, r, n)

    def columns(indices: Indices) -> NDArray[np.float64]:
        values = _values(q, r, n, indices)
        A = np.zeros((n * q, indices.size))
        A[np.arange(n)[:, None] * q + values, np.arange(indices.size)] = 1 / math.sqrt(n)
        return A

    mu = Surd(Fraction(int(r), int(n)))
    name = f"DeVore({q}, {r}, {n})"
    return Code(name, n * q, q ** (r + 1), mu, True, "LCS-devore", "DeVore 2007", columns)


def _check(q: int, r: int, n: int) -> None:
    require(is_integer(q) and prime_power(q) is not None, "q must be a prime power", q)
    require(is_integer(r) and 1 <= r <= q, f"r must satisfy 1 <= r <= q = {q}", r)
    require(is_integer(n) and r < n <= q + 1, f"n must satisfy r = {r} < n <= q + 1 = {q + 1}", n)


def _values(q: int, r: int, n: int, indices: Indices) -> Indices:
    """The values of polynomials at n points, (n, columns); the last of q + 1 is infinity.

    The base-q digits of an index are the coefficients of its polynomial.
    """
    F = field(q)
    points = np.arange(min(n, q))[:, None]
    coefficients = digits(indices, q, r + 1)
    values = np.broadcast_to(coefficients[r], (points.size, indices.size))
    for c in reversed(coefficients[:r]):
        values = F.add(F.mul(values, points), c)
    return values if n <= q else np.vstack([values, coefficients[r]])
