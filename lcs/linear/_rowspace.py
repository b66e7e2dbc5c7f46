"""The row space of a code in orthonormal coordinates: all that its best probes depend on.

min_y ||e_i - A^T y||_inf does not change when A is multiplied from the left by an invertible
matrix, so the programmes are solved for Q, A = (U S) Q with orthonormal rows, and their y carried
back. Rows of A are first brought to one length by powers of two, which is exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import svd

from lcs.linear.rounding import U64

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
    """Split A (d, m), with entries of size at most 1, into coordinates and orthonormal rows.

    Singular values below max(d, m) 2u of the largest count as zero.
    """
    exponent = np.frexp(np.max(np.abs(A), axis=1))[1]
    rows = np.ldexp(A, -exponent[:, None])
    U, S, Q = svd(rows, full_matrices=False, lapack_driver="gesvd")
    r = int(np.count_nonzero(max(A.shape) * 2 * U64 * S[0] < S))
    return RowSpace(np.ascontiguousarray(Q[:r]), np.ldexp(U[:, :r] / S[:r], -exponent[:, None]))
