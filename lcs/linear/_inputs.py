"""The public edge of `lcs.linear`: what is accepted, checked once, and its size measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.linear.rounding import U64, column_lengths, column_products, entry_gamma, gamma

Matrix = NDArray[np.floating]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A checked pair (A, B), with what a rounding bound needs."""

    A: Matrix  # (d, m)
    B: Matrix | None  # (d, m), None for B = A
    lengths: Vector  # (m,) of the columns of A, rounded up
    probe_lengths: Vector  # (m,) of the columns of B, rounded up
    diagonal: Vector  # (m,) of B^T A, in float64
    gamma: float  # relative error of one inner product in the dtype of A

    @property
    def d(self) -> int:
        """Neurons."""
        return self.A.shape[0]

    @property
    def m(self) -> int:
        """Features."""
        return self.A.shape[1]

    def rounding(self, k: int, *, double: bool = False) -> Vector:
        """How far the sum of any k entries of a row of B^T A can move by rounding: (m,).

        gamma ||b_i|| (sum of the k longest ||a_j||), for products computed in the dtype of A, or
        in float64 (double=True).
        """
        if k == 0:
            return np.zeros(self.m)
        relative = gamma(self.d, U64) if double else self.gamma
        tiny = np.finfo(np.float64 if double else self.A.dtype).smallest_subnormal
        longest = np.sum(np.partition(self.lengths, self.m - k)[self.m - k :])
        bound = relative * self.probe_lengths * longest + k * self.d * float(tiny)
        return bound * (1 + 1e-12)  # the roundings of this very line

    def rows(self, i: NDArray[np.intp]) -> Matrix:
        """Rows i of B^T A in float64, (len(i), m)."""
        probes = (self.A if self.B is None else self.B)[:, i].astype(np.float64)
        out = np.empty((i.size, self.m))
        step = max(1, 2**20 // self.d)  # a float64 copy of so many columns at a time
        for first in range(0, self.m, step):
            columns = slice(first, first + step)
            out[:, columns] = probes.T @ self.A[:, columns].astype(np.float64)
        return out


def checked_matrix(name: str, A: Matrix) -> Matrix:
    """A as a real finite float matrix that BLAS can read in place, copied only if it must be.

    Raises TypeError for another type or dtype, ValueError for shape, emptiness, NaN or inf.
    """
    if not isinstance(A, np.ndarray) or A.dtype not in (np.float32, np.float64):
        kind = A.dtype if isinstance(A, np.ndarray) else type(A).__name__
        raise TypeError(f"{name} must be a float32 or float64 array; got {kind}")
    if A.ndim != 2 or A.size == 0:
        raise ValueError(f"{name} must be a non-empty (d, m) matrix; got shape {A.shape}")
    if not (np.isfinite(np.min(A)) and np.isfinite(np.max(A))):
        i, j = np.argwhere(~np.isfinite(A))[0]
        raise ValueError(f"{name} must be finite; {name}[{i}, {j}] is {A[i, j]}")
    A = A if A.dtype.isnative else A.astype(A.dtype.newbyteorder("="))
    return A if A.flags.forc else np.ascontiguousarray(A)


def _largest(A: Matrix) -> float:
    return float(max(np.max(A), -np.min(A)))


def checked_pair(A: Matrix, B: Matrix | None) -> Pair:
    """Check A and B together; see `checked_matrix` for what is raised."""
    A = checked_matrix("A", A)
    if B is not None:
        B = checked_matrix("B", B)
        if B.shape != A.shape or B.dtype != A.dtype:
            raise ValueError(
                f"A and B must agree in shape and dtype; got {A.shape} {A.dtype} "
                f"and {B.shape} {B.dtype}"
            )
    largest = _largest(A)
    probes, widest = (A, largest) if B is None else (B, _largest(B))
    with np.errstate(over="ignore"):  # refused just below
        diagonal = column_products(A, probes)
        lengths = column_lengths(A, largest, diagonal if B is None else None)
        probe_lengths = lengths if B is None else column_lengths(B, widest)
    longest = float(np.max(lengths)) * float(np.max(probe_lengths))
    if not longest < float(np.finfo(A.dtype).max) / 4:
        raise ValueError(
            f"columns must be short enough for products in {A.dtype}; "
            f"the largest is {longest:.3g}: scale the matrix down"
        )
    product_gamma = entry_gamma(A, probes, largest * widest)
    return Pair(A, B, lengths, probe_lengths, diagonal, product_gamma)


def checked_ks(k: int | Sequence[int], m: int) -> list[int]:
    """The sparsities asked for, as integers with 1 <= k <= m.

    Raises ValueError with the first one that is not.
    """
    ks = list(k) if isinstance(k, Sequence | np.ndarray) and not isinstance(k, str) else [k]
    for one in ks:
        if not isinstance(one, int | np.integer) or isinstance(one, bool) or not 1 <= one <= m:
            raise ValueError(f"k must be an integer with 1 <= k <= m = {m}; got {one!r}")
    if not ks:
        raise ValueError("k must name at least one sparsity; got none")
    return [int(one) for one in ks]
