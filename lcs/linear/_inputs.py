"""The public edge of `lcs.linear`: what is accepted, checked once, and its size measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.rounding import U64, column_lengths, column_products, entry_gamma, gamma

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

    @property
    def longest_product(self) -> float:
        """A bound on every |X_ij| and on every partial sum of one."""
        return float(np.max(self.lengths)) * float(np.max(self.probe_lengths))

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

    def rows(self, i: NDArray[np.intp]) -> Vector:
        """Rows i of B^T A in float64, (len(i), m)."""
        probes = (self.A if self.B is None else self.B)[:, i].astype(np.float64)
        out = np.empty((i.size, self.m))
        step = max(1, 2**20 // self.d)  # a float64 copy of so many columns at a time
        for first in range(0, self.m, step):
            columns = slice(first, first + step)
            out[:, columns] = probes.T @ self.A[:, columns].astype(np.float64)
        return out


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
    pair = Pair(A, B, lengths, probe_lengths, diagonal, entry_gamma(A, probes, largest * widest))
    if not pair.longest_product < float(np.finfo(A.dtype).max) / 4:
        raise ValueError(
            f"columns must be short enough for products in {A.dtype}; "
            f"||a|| ||b|| reaches {pair.longest_product:.3g}: scale the matrix down"
        )
    return pair


def checked_ks(k: int | Sequence[int], m: int) -> list[int]:
    """The sparsities asked for, as integers with 1 <= k <= m.

    Raises ValueError with the first one that is not.
    """
    k = k.tolist() if isinstance(k, np.ndarray) else k
    ks = list(k) if isinstance(k, Sequence) and not isinstance(k, str) else [k]
    for one in ks:
        if not isinstance(one, int | np.integer) or isinstance(one, bool) or not 1 <= one <= m:
            raise ValueError(f"k must be an integer with 1 <= k <= m = {m}; got {one!r}")
    if not ks:
        raise ValueError("k must name at least one sparsity; got none")
    return [int(one) for one in ks]


def checked_features(
    features: Sequence[int] | NDArray[np.integer] | None, m: int
) -> NDArray[np.intp]:
    """The features asked for; ValueError with the first that is not an integer in [0, m)."""
    if features is None:
        return np.arange(m)
    if isinstance(features, str) or not isinstance(features, Sequence | np.ndarray):
        raise TypeError(f"features must be a sequence of integers; got {features!r}")
    for i in features:
        if not isinstance(i, int | np.integer) or isinstance(i, bool) or not 0 <= i < m:
            raise ValueError(f"features must be integers with 0 <= i < m = {m}; got {i!r}")
    if len(features) == 0:
        raise ValueError("features must name at least one feature; got none")
    return np.asarray(features, dtype=np.intp)


def checked_tolerance(tolerance: float) -> float:
    """The gap allowed; ValueError unless it is finite and >= 0."""
    if isinstance(tolerance, str) or not 0 <= tolerance < np.inf:
        raise ValueError(f"tolerance must be finite and >= 0; got {tolerance!r}")
    return tolerance
