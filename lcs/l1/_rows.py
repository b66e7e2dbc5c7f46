"""How independent columns and rows are: proved lower bounds on least singular values.

If Cholesky's factorisation of fl(Q^T Q) - t I runs to its end, then t less the roundings is below
every eigenvalue of Q^T Q. Reference: Rump 2006, Verification of positive definiteness.
"""

from dataclasses import dataclass

import flint
import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import (
    dpotrf,  # pyright: ignore[reportAttributeAccessIssue]
    dtrtri,  # pyright: ignore[reportAttributeAccessIssue]
)

from lcs.rounding import U64, gamma

Array = NDArray[np.float64]

LAST = 1 + 2.0**-30  # the roundings of the bounds themselves
UNDERFLOW = 2.0**-1000
EXACT = 2**16  # entries of a matrix that is eliminated in rationals
BITS = 256  # between the largest and the last bit of such a matrix


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows A (r, m) that have the kernel of a matrix."""

    A: Array
    least: float  # a proved lower bound on their singular values; 0 where none is proved
    reach: float  # at least the length of every column


def least_singular(Q: Array) -> float:
    """A proved lower bound on the least singular value of Q (n, p), p <= n; 0 where none is."""
    n, p = Q.shape
    if p > n or p == 0:
        return 0.0
    G = Q.T @ Q
    trace = float(np.trace(G))
    R, failed = dpotrf(G)
    if failed:
        return 0.0
    inverse, failed = dtrtri(R, overwrite_c=1)
    size = float(np.vdot(inverse, inverse))
    if failed or not 0 < size < np.inf:
        return 0.0
    shift = 0.5 / size
    G[np.arange(p), np.arange(p)] -= shift
    if dpotrf(G, overwrite_a=1)[1]:
        return 0.0
    rounding = (gamma(n, U64) + gamma(p + 1, U64) * (1 + 2.0**-10) + 2 * U64) * trace * LAST
    proved = shift - rounding - UNDERFLOW
    return float(np.sqrt(proved)) * (1 - 4 * U64) if proved > 0 else 0.0


def independent_rows(A: Array) -> Rows:
    """All rows of A (d, m) where they are independent, else fewer with the same kernel."""
    if not np.any(A):
        return Rows(A[:1], np.inf, 0.0)  # every vector is in the kernel
    for choose in (_all, _distinct, _basis):
        rows = choose(A)
        if rows is not None:
            least = _independence(rows)
            if least > 0:
                return Rows(rows, least, _reach(rows))
    return Rows(A, 0.0, _reach(A))


def _all(A: Array) -> Array:
    return A


def _distinct(A: Array) -> Array | None:
    """Without rows that are zero or repeated."""
    rows = np.unique(A[np.any(A, axis=1)], axis=0)
    return rows if 0 < len(rows) < len(A) else None


def _basis(A: Array) -> Array | None:
    """A choice of independent rows by exact elimination, where the numbers are few and short."""
    size = np.abs(A[A != 0])
    if A.size > EXACT or size.size == 0:
        return None
    last = int(np.min(np.frexp(size)[1])) - 53
    if int(np.max(np.frexp(size)[1])) - last > BITS:
        return None
    integers = [[int(x) << (e - last - 53) for x, e in zip(*row, strict=True)] for row in _split(A)]
    reduced, _, rank = flint.fmpz_mat(integers).transpose().rref()
    pivots = [next(j for j in range(len(A)) if reduced[i, j] != 0) for i in range(rank)]
    return A[pivots]


def _split(A: Array) -> list[tuple[list[float], list[int]]]:
    """Rows as (integers below 2^53, exponents of the fractions they come from)."""
    fractions, exponents = np.frexp(A)
    exponents[A == 0] = int(np.max(exponents))
    whole = np.ldexp(fractions, 53)
    return [(x.tolist(), e.tolist()) for x, e in zip(whole, exponents, strict=True)]


def _independence(A: Array) -> float:
    d, m = A.shape
    for width in sorted({min(m, 2 * d), m}):
        least = least_singular(np.ascontiguousarray(A[:, :width].T))
        if least > 0:
            return least  # more columns only lengthen A^T y
    return 0.0


def _reach(A: Array) -> float:
    return float(np.linalg.norm(np.max(np.abs(A), axis=1))) * LAST
