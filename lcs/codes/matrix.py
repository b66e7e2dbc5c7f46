"""What counts as a matrix here: real, finite, float32 or float64, in a layout BLAS can read."""

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating]


def checked_matrix(name: str, A: Matrix) -> Matrix:
    """A as a real finite float matrix that BLAS can read in place, copied only if it must be.

    Raises TypeError for another type or dtype, ValueError for shape, emptiness, NaN or inf.
    """
    if not isinstance(A, np.ndarray) or A.dtype not in (np.float32, np.float64):
        kind = A.dtype if isinstance(A, np.ndarray) else type(A).__name__
        raise TypeError(f"{name} must be a float32 or float64 array; got {kind}")
    if isinstance(A, np.ma.MaskedArray):
        raise TypeError(f"{name} must not be a masked array; fill it first; got {type(A).__name__}")
    A = np.asarray(A)
    if A.ndim != 2 or A.size == 0:
        raise ValueError(f"{name} must be a non-empty (d, m) matrix; got shape {A.shape}")
    if not (np.isfinite(np.min(A)) and np.isfinite(np.max(A))):
        i, j = np.argwhere(~np.isfinite(A))[0]
        raise ValueError(f"{name} must be finite; {name}[{i}, {j}] is {A[i, j]}")
    A = A if A.dtype.isnative else A.astype(A.dtype.newbyteorder("="))
    return A if A.flags.forc else np.ascontiguousarray(A)
