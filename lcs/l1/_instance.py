"""One matrix made ready for many decisions, and what is accepted as a support with signs."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.first_proof import well_formed
from lcs._kernels.least_norm import rounded
from lcs._kernels.proofs import least_of_rounded
from lcs.codes.matrix import Matrix
from lcs.l1._rows import Rows, independent_rows
from lcs.l1.certificates import NEAR, Sized, sized, unscaled

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
Support = Sequence[int] | NDArray[np.integer]

# Sizes are ordered as their bits are.
INFINITE, SMALL, LARGE = (
    int(x.view(np.int64))
    for x in (np.float64(np.inf), np.float64(2.0**-NEAR), np.float64(2.0**NEAR))
)


def checked_code(A: Matrix) -> Matrix:
    """A itself; TypeError or ValueError unless it is a non-empty matrix of floats."""
    if not isinstance(A, np.ndarray) or A.dtype not in (np.float32, np.float64):
        kind = A.dtype if isinstance(A, np.ndarray) else type(A).__name__
        raise TypeError(f"A must be a float32 or float64 array; got {kind}")
    if isinstance(A, np.ma.MaskedArray):
        raise TypeError(f"A must not be a masked array; fill it first; got {type(A).__name__}")
    if A.ndim != 2 or A.size == 0:
        raise ValueError(f"A must be a non-empty (d, m) matrix; got shape {A.shape}")
    return A


class Instance:
    """A with rows of size about 1, its single-precision copy, and what is proved of its rows."""

    def __init__(self, A: Matrix) -> None:
        double = np.ascontiguousarray(checked_code(A), np.float64)
        largest, single = np.empty(len(A)), np.empty(A.shape, np.float32)
        first, last = rounded(double, double.view(np.int64), single, largest.view(np.int64))
        if not last < INFINITE:
            i, j = np.argwhere(~np.isfinite(A))[0]
            raise ValueError(f"A must be finite; A[{i}, {j}] is {A[i, j]}")
        self.near = bool(first >= SMALL and last < LARGE)  # no row needed scaling
        self.sized: Sized = unscaled(double, largest) if self.near else sized(double, largest)
        self.single = single if self.near else self.sized.A.astype(np.float32)
        self._rows: Rows | None = None

    @property
    def A(self) -> Array:
        """The scaled matrix, (d, m)."""
        return self.sized.A

    @property
    def rows(self) -> Rows:
        """Rows with the kernel of A and their independence, found when first asked for."""
        if self._rows is None:
            self._rows = self._all_rows() or independent_rows(self.A)
        return self._rows

    def _all_rows(self) -> Rows | None:
        """All rows where a few columns, in single precision, show that they are independent."""
        d, m = self.A.shape
        for width in (5 * d // 4 + 8, 2 * d + 8):
            least = least_of_rounded(self.single, width) if width <= m else 0.0
            if least > 0:
                return Rows(self.A, least, self.sized.reach)
        return None


def checked_signals(support: Support, signs: ArrayLike, m: int) -> tuple[Indices, Array]:
    """The support (k,) and signs (k,); ValueError naming the first that is out of place."""
    if _native(support, np.intp) and _native(signs, np.float64) and well_formed(support, signs, m):
        return support, signs
    if isinstance(support, str) or not isinstance(support, Sequence | np.ndarray):
        raise TypeError(f"support must be a sequence of integers; got {support!r}")
    S = _array(support)
    if S.size == 0:
        S = S.astype(np.intp)
    if S.ndim != 1 or S.dtype.kind not in "iu":
        raise ValueError(f"support must be distinct integers in [0, m = {m}); got {support!r}")
    outside = S[(S < 0) | (m <= S)]
    if outside.size:
        raise ValueError(f"support must be distinct integers in [0, m = {m}); got {outside[0]}")
    S = S.astype(np.intp)
    seen = np.bincount(S, minlength=1)
    if np.any(seen > 1):
        raise ValueError(f"support must not repeat an index; got {np.argmax(seen > 1)} twice")
    s = _array(signs)
    if s.dtype.kind not in "iuf" or s.shape != S.shape:
        if s.size or S.size:
            raise ValueError(f"signs must be {S.size} numbers, -1 or +1; got {signs!r}")
        s = np.zeros(0)
    s = s.astype(np.float64)
    if not np.all(np.abs(s) == 1):
        wrong = s[np.abs(s) != 1][0]
        raise ValueError(f"signs must be -1 or +1; got {wrong!r}")
    return S, s


def checked_patterns(
    supports: Sequence[Support] | NDArray[np.integer],
    signs: Sequence[ArrayLike] | NDArray,
    ms: Sequence[int],
) -> list[tuple[Indices, Array]]:
    """`checked_signals` of many, each with its m: all at once, one by one only to name a fault."""
    S, s = [_array(x) for x in supports], [_array(x) for x in signs]
    if not all(map(_plausible, S, s)) or not S:
        return [checked_signals(*one) for one in zip(supports, signs, ms, strict=True)]
    sizes = [a.size for a in S]
    indices = np.concatenate([a.astype(np.intp) for a in S])
    values = np.concatenate(s).astype(np.float64)
    keys = np.sort(indices + np.repeat(np.arange(len(S)) * max(ms), sizes))
    good = np.all((indices >= 0) & (indices < np.repeat(ms, sizes)))
    if not (good and np.all(keys[1:] > keys[:-1]) and np.all(np.abs(values) == 1)):
        return [checked_signals(*one) for one in zip(supports, signs, ms, strict=True)]
    ends = accumulate(sizes, initial=0)
    return [(indices[i:j], values[i:j]) for i, j in pairwise(ends)]


def _native(x: object, dtype: type) -> TypeGuard[NDArray]:
    return type(x) is np.ndarray and x.dtype == dtype and x.ndim == 1 and x.flags.c_contiguous


def _plausible(S: NDArray, s: NDArray) -> bool:
    return S.ndim == 1 and S.dtype.kind in "iu" and s.shape == S.shape and s.dtype.kind in "iuf"


def _array(x: ArrayLike) -> NDArray:
    """x as an array; that of None, which no check lets pass, where its rows differ in length."""
    try:
        return np.asarray(x)
    except ValueError:
        return np.asarray(None)
