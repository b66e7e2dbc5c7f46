"""The small constructions: identity, simplex, circle, harmonic frames."""

import math
from fractions import Fraction

import numpy as np
from flint import arb
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.surd import Surd


def identity(m: int) -> Code:
    """Return the unit vectors of R^m, coherence 0. Raises ValueError unless m >= 1.

    >>> identity(3).coherence_squared.a
    Fraction(0, 1)
    """
    require(is_integer(m) and m >= 1, "m must be an integer >= 1", m)

    def columns(indices: Indices) -> NDArray[np.float64]:
        return (np.arange(m)[:, None] == indices).astype(np.float64)

    zero = Surd(Fraction(0))
    return Code(f"identity({m})", m, m, zero, True, "LCS-collapse", "orthonormal basis", columns)


def simplex(m: int) -> Code:
    """Return the corners of the regular simplex: d = m - 1, coherence 1/(m-1).

    Raises ValueError unless m >= 2. Reference: Welch 1974, met with equality.

    >>> simplex(4).d
    3
    """
    require(is_integer(m) and m >= 2, "m must be an integer >= 2", m)

    def columns(indices: Indices) -> NDArray[np.float64]:
        return simplex_columns(m, indices)

    mu = Surd(Fraction(1, int(m) - 1))
    return Code(f"simplex({m})", m - 1, m, mu, True, "LCS-etf-exact", "Welch 1974", columns)


def circle(m: int) -> Code:
    """Return m directions evenly spread over a half circle: d = 2, coherence cos(pi/m).

    The coherence is held as a rational above cos(pi/m), by at most 2^-50.
    Raises ValueError unless 2 <= m <= 10^6.

    >>> circle(3).coherence.a == Fraction(1, 2)
    False
    """
    require(is_integer(m) and 2 <= m <= 10**6, "m must be an integer, 2 <= m <= 10^6", m)
    above = math.floor((arb.cos_pi(arb(1) / m) * 2**52).upper()) + 1
    mu = Surd(Fraction(min(above, 2**52), 2**52)) if m > 2 else Surd(Fraction(0))

    def columns(indices: Indices) -> NDArray[np.float64]:
        angle = np.pi * indices / m
        return np.vstack([np.cos(angle), np.sin(angle)])

    return Code(f"circle({m})", 2, m, mu, m == 2, "LCS-collapse", "evenly spaced lines", columns)


def harmonic(d: int, m: int) -> Code:
    """Return d rows of the real Fourier matrix of order m, whole frequencies: all columns alike.

    A^T A = (m/d)(I - P), P an orthogonal projection of constant diagonal (m-d)/m, so no entry of P
    exceeds it and the coherence is at most (m-d)/d: error (m-d)/m at k = 1 (bound U5).
    Parameters: 1 <= d < m; every such pair exists. Raises ValueError elsewhere.

    >>> harmonic(5, 8).coherence.a
    Fraction(3, 5)
    """
    sizes = is_integer(d) and is_integer(m) and 1 <= d < m
    require(sizes, "d and m must be integers with 1 <= d < m", (d, m))
    # One row of constant modulus for an odd d; pairs cos, sin of the highest frequencies.
    pairs, top = d // 2, (m - 1) // 2

    def columns(indices: Indices) -> NDArray[np.float64]:
        frequencies = np.arange(top, top - pairs, -1)[:, None]
        angle = 2 * np.pi / m * (frequencies * indices % m)
        rows = [math.sqrt(2) * np.cos(angle), math.sqrt(2) * np.sin(angle)]
        if d % 2:
            rows.append(np.ones((1, indices.size)))
        return np.vstack(rows) / math.sqrt(d)

    mu, name = Surd(min(Fraction(int(m - d), int(d)), Fraction(1))), f"harmonic({d}, {m})"
    source = "complement of an equal-diagonal projection"
    return Code(name, d, m, mu, False, "LCS-u5", source, columns)


def simplex_columns(m: int, indices: Indices) -> NDArray[np.float64]:
    """Columns of the m unit vectors of R^(m-1) with inner products -1/(m-1) (Helmert)."""
    rows = np.arange(1, m)[:, None]
    helmert = np.where(indices < rows, 1.0, np.where(indices == rows, -rows, 0.0))
    return helmert / np.sqrt(rows * (rows + 1.0)) * math.sqrt(m / (m - 1))
