"""New codes from old: fewer columns or rows, blocks side by side, a kernel repeated."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.elementary import simplex_columns


def first_columns(base: Code, m: int) -> Code:
    """Return the first m columns of a code, as a code; its coherence is then an upper bound.

    Raises ValueError unless 1 <= m <= base.m.

    >>> from lcs.codes.elementary import simplex
    >>> first_columns(simplex(5), 3).matrix().shape
    (4, 3)
    """
    require(is_integer(m) and 1 <= m <= base.m, f"m must satisfy 1 <= m <= {base.m}", m)
    if m == base.m:
        return base
    return replace(base, m=int(m), attained=False, signs=min(int(m), base.signs))


def punctured(base: Code, p: int) -> Code:
    """Return the +-1 columns of a code without their last p rows: d' = d - p, m' = base.signs.

    An inner product of signs loses p of its d terms, each +-1: mu' <= (d mu + p)/(d - p).
    Parameters: base, a code of which at least one column is of signs; 1 <= p < d.
    Raises ValueError elsewhere, and where that bound is not below 1.

    >>> from lcs.codes.binary import odd_quadratic
    >>> code = punctured(odd_quadratic(7, 2), 7)
    >>> code.d, code.m, code.coherence.a
    (121, 2097152, Fraction(39, 121))
    """
    require(base.signs > 0, "base must have columns of signs +-1/sqrt d", base.name)
    require(is_integer(p) and 1 <= p < base.d, f"p must satisfy 1 <= p < {base.d}", p)
    d = base.d - int(p)
    mu = (base.coherence * base.d + int(p)) / d
    require(mu < 1, "the coherence must be bounded below 1", p)

    def columns(indices: Indices) -> NDArray[np.float64]:
        return base.make(indices)[:d] * math.sqrt(base.d / d)

    name, source, signs = (
        f"{base.name} less {p} row{'s' * (p > 1)}",
        f"punctured; {base.reference}",
        base.signs,
    )
    return Code(name, d, signs, mu, False, "LCS-puncture", source, columns, signs)


def complement(base: Code) -> Code:
    """Return the frame in the other m - d dimensions: coherence d mu/(m - d).

    For a tight frame of unit columns A^T A = (m/d) P, P a projection; the columns of I - P,
    scaled to length 1, are the complement, again equiangular where the frame is.
    Parameters: base, an equiangular tight frame of at most 4096 columns. Raises ValueError
    elsewhere. Reference: Naimark; Fickus and Mixon 2015.

    >>> from lcs.codes.two_graphs import paley
    >>> code = complement(paley(5))
    >>> code.d, code.m, code.coherence_squared.a
    (3, 6, Fraction(1, 5))
    """
    require(is_frame(base), "base must be an equiangular tight frame, d < m", base.name)
    require(base.m <= 4096, "base must have at most 4096 columns", base.m)
    d, m = base.m - base.d, base.m

    def columns(indices: Indices) -> NDArray[np.float64]:
        rest = np.linalg.qr(base.matrix().T, mode="complete")[0][:, base.d :].T
        return rest[:, indices] * math.sqrt(m / d)

    mu, source = base.coherence * Fraction(base.d, d), f"complement; {base.reference}"
    return Code(f"complement of {base.name}", d, m, mu, True, "LCS-etf-exact", source, columns)


def is_frame(code: Code) -> bool:
    """Whether a code meets Welch's bound: it is an equiangular tight frame."""
    square = code.coherence_squared
    welch = Fraction(code.m - code.d, code.d * max(1, code.m - 1))
    return code.attained and 1 < code.d < code.m and square.b == 0 and square.a == welch


def direct_sum(base: Code, s: int) -> Code:
    """Return s copies of a code in orthogonal spaces: d' = s d, m' = s m, the same coherence.

    Raises ValueError unless s >= 2.

    >>> from lcs.codes.elementary import simplex
    >>> code = direct_sum(simplex(3), 4)
    >>> code.d, code.m, code.coherence.a
    (8, 12, Fraction(1, 2))
    """
    require(is_integer(s) and s >= 2, "s must be an integer >= 2", s)

    def columns(indices: Indices) -> NDArray[np.float64]:
        A = np.zeros((s, base.d, indices.size))
        A[indices // base.m, :, np.arange(indices.size)] = base.columns(indices % base.m).T
        return A.reshape(s * base.d, -1)

    name = f"{s} blocks of {base.name}"
    return replace(base, name=name, d=int(s) * base.d, m=int(s) * base.m, make=columns, signs=0)


def repetition(base: Code, s: int) -> Code:
    """Return a code with (m - d) fewer dimensions than columns still, but s times the columns.

    d' = (s-1) m + d, m' = s m, and 1/s of the base's error at k = 1: mu' = mu/(s + (s-1) mu).
    Column (i, j) is h_i (x) e_j above sqrt(c/s) a_j, c = 1/(1 + mu), scaled to length 1, with h_i
    the corners of a simplex in R^(s-1): inner products -(1-c)/s within a copy class and c/s times
    those of the base across, all at most (1-c)/s.
    Parameters: base, a code; s >= 2 copies. Raises ValueError for another s.

    >>> from lcs.codes.elementary import simplex
    >>> code = repetition(simplex(4), 2)
    >>> code.d, code.m, code.coherence.a
    (7, 8, Fraction(1, 7))
    """
    require(is_integer(s) and s >= 2, "s must be an integer >= 2", s)
    mu, m = base.coherence, base.m
    c = 1 / (1 + float(mu))

    def columns(indices: Indices) -> NDArray[np.float64]:
        copy, j = indices // m, indices % m
        A = np.zeros(((s - 1) * m + base.d, indices.size))
        corner = simplex_columns(s, copy) * math.sqrt(1 - 1 / s)
        A[np.arange(s - 1)[:, None] * m + j, np.arange(indices.size)] = corner
        A[(s - 1) * m :] = math.sqrt(c / s) * base.columns(j)
        return A / math.sqrt(1 - (1 - c) / s)

    smaller = mu / (mu * (int(s) - 1) + int(s))
    name, source = f"{s} copies of {base.name}", f"kernel repeated; {base.reference}"
    return Code(name, (s - 1) * m + base.d, s * m, smaller, True, "LCS-repetition", source, columns)
