"""The row space of a code in orthonormal coordinates: all that its best probes depend on.

min_y ||e_i - A^T y||_inf does not change when A is multiplied from the left by an invertible
matrix, so the programmes are solved for Q, A = (U S) Q with orthonormal rows, and their y carried
back. Rows are first brought to one size by powers of two, which is exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import svd

from lcs.rounding import U64

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class RowSpace:
    """Q (r, m), orthonormal rows that span those of A, and P (d, r) with A^T P = Q^T."""

    Q: Array
    P: Array

    @property
    def rank(self) -> int:
        """The rank of A to rounding."""
        return self.Q.shape[0]

    def probes(self, A: Array, Y: Array) -> Array:
        """The B (d, n) with A^T B = Q^T Y, refined once against what rounding left: Y is (r, n)."""
        B = self.P @ Y
        return B + self.P @ (Y - self.Q @ (A.T @ B))

    def project(self, Z: Array) -> Array:
        """Rows of Z (n, m) projected to ker A, twice, so that only rounding remains."""
        for _ in range(2):
            Z = Z - (Z @ self.Q.T) @ self.Q
        return Z


def row_space(A: Array) -> RowSpace:
    """Split A (d, m), with rows of one size, into coordinates and orthonormal rows.

    Singular values below max(d, m) 2u of the largest count as zero.
    """
    U, S, Q = svd(A, full_matrices=False, lapack_driver="gesvd")
    r = int(np.count_nonzero(max(A.shape) * 2 * U64 * S[0] < S))
    return RowSpace(np.ascontiguousarray(Q[:r]), U[:, :r] / S[:r])


def row_exponents(A: Array) -> NDArray[np.intc]:
    """The e (d, 1) for which every row of 2^-e A that is not zero has its largest in [1/2, 1).

    Raises ValueError where 2^-e A would not be exact.
    """
    exponents = np.frexp(np.max(np.abs(A), axis=1))[1][:, None]
    if not np.array_equal(np.ldexp(np.ldexp(A, -exponents), exponents), A):
        size = np.abs(A)
        wide = int(np.argmin(np.min(size, axis=1, where=size > 0, initial=np.inf)))
        row = size[wide][size[wide] > 0]
        raise ValueError(
            f"entries of a row of A must not vanish when the largest is scaled to 1; "
            f"row {wide} holds {float(np.min(row))!r} beside {float(np.max(row))!r}"
        )
    return exponents


def unscaled_probes(A: Array, B: Array, exponents: NDArray[np.intc]) -> Array:
    """The probes of A from those B (d, n) of 2^-e A. Raises ValueError where they overflow."""
    with np.errstate(over="ignore"):
        B = np.ldexp(B, -exponents)
    if not np.all(np.isfinite(B)):
        least = float(np.min(np.max(np.abs(A), axis=1)))
        raise ValueError(
            f"rows of A must be large enough for probes in float64; "
            f"got entries of at most {least!r}: scale the matrix up"
        )
    return B
