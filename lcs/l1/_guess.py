"""Guesses at the shortest signal of a random code, in single precision.

Message passing and a few rounds of least squares on the most promising columns find a signal of
few entries, and least-norm points a dual vector for it. Where one of the two fails, interior-point
steps name the d columns that matter most, from which the simplex method has a short way to go.
Nothing is guessed for codes so small that the path is as fast, or that have no kernel.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_lapack_funcs

from lcs._kernels import few_columns as kernel
from lcs._kernels import first_proof
from lcs._kernels.exchange import exchange
from lcs._kernels.least_norm import dual_search, gather
from lcs.l1._barrier import central

Array = NDArray[np.float64]
Matrix = NDArray[np.floating]
Single = NDArray[np.float32]
Indices = NDArray[np.intp]

LEVEL, PASSES = np.float32(1.4), 12  # of message passing
CHOSEN, REPEATS = 0.45, 7  # columns of each least squares, at most, as a share of d; how often
LITTLE = 1e-5  # of the image left over, in single precision, once the support is among them
STEPS, GAP = 14, 1e-3  # of the interior-point method
SMALLEST = 32  # dimensions


def few_columns(A: Single, x: Single) -> tuple[Indices, Single] | None:
    """(T, z_T): fewer than d columns with A_T z_T = x, about, or None."""
    d, m = A.shape
    unit = np.float32(np.sqrt(m) / np.linalg.norm(A))
    share = min(CHOSEN, 0.5 / np.log(m / d))  # signals of more than d/(2 ln(m/d)) are lost
    size = max(1, int(share * d))
    answer = kernel.few_columns(A, x, unit, size, LEVEL, PASSES, REPEATS, LITTLE)
    found, T, z = cast(tuple[bool, Indices, Single], answer)
    return (T, z) if found else None


def dual_vector(A: Single, S: Indices, signs: Single) -> tuple[bool, Single]:
    """(found, y): A_S^T y = signs and |a_j^T y| < 1 off S, or what came closest."""
    Q = np.empty((S.size, len(A)), np.float32)
    if S.size == 0:
        return False, np.zeros(len(A), np.float32)
    gather(A, S, Q)
    constants = first_proof.LEVEL, first_proof.BELOW, first_proof.ROUNDS
    answer = dual_search(A, Q, S, signs, *constants, np.empty(0, np.float32))
    return cast(tuple[bool, Single], answer[:2])


def many_columns(
    A: Single, x: Single, start: tuple[Single, Single] | None
) -> tuple[Indices, Single] | None:
    """(T, y): the d columns that matter most, and y not far from the best; or None."""
    d, m = A.shape
    unit = np.float32(np.sqrt(m) / np.linalg.norm(A))
    if start is not None:
        start = start[0] / unit, start[1] / unit
    found = central(unit * A, x, start, steps=STEPS, gap=GAP)
    if found is None:
        return None
    ratio, y = found
    return np.argpartition(ratio, m - d)[m - d :].astype(np.intp), unit * y


def exchanged(A: Matrix, x: Matrix, T: Indices) -> tuple[Indices, Array] | None:
    """(T, s) of the shortest signal from d columns T, in the precision of A; None if stuck."""
    getrf, getri = get_lapack_funcs(("getrf", "getri"), dtype=A.dtype)
    LU, rows, failed = getrf(A[:, T])
    inverse, singular = getri(LU, rows, overwrite_lu=1)
    if failed or singular:
        return None
    inverse, T = np.ascontiguousarray(inverse), T.copy()
    rounding = np.finfo(A.dtype).eps
    done, _, s = exchange(A, x, T, inverse, len(A), 256 * rounding, 64 * rounding)
    return (T, s.astype(np.float64)) if done else None
