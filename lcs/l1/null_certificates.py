"""Proofs of bounds on the null-space constant, from a kernel vector or from probes alone.

alpha_k(A) = max ||h||_[k] over ker A with ||h||_1 <= 1, ||h||_[k] the k largest |h_i| together.
Below. h' in ker A at l1-distance t from h has ||h'||_[k]/||h'||_1 >= (||h||_[k] - t)/(||h||_1 + t).
Above. On ker A, h = M h for M = I - B^T A whatever B is, so that every sublinear f obeys
    f(h) = f(sum_j h_j M_j) <= ||h||_1 max_j max(f(M_j), f(-M_j)), M_j the columns of M.
With f = ||.||_[k] these are the columns of Juditsky and Nemirovski. With signs s on T and the r
largest of a set F, f(h) = <s, h_T> + ||h_F||_[r], every y and every rows M_F give
    f(h) <= ||h||_1 max_j (|(s - A^T y)_j| + ||M_Fj||_[r]).
Searches work with orthonormal rows Q in place of A, and every rounding is bounded and charged.
Reference: Juditsky, Nemirovski 2011, On verifiable sufficient conditions for sparse recovery.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import svd

from lcs.l1._rows import LAST, UNDERFLOW, Rows
from lcs.l1.certificates import kernel_distance
from lcs.rounding import U64, gamma

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Orthonormal rows Q = W A up to rounding; on ker A, |Q h| <= loose ||h||_1."""

    Q: Array  # (r, m)
    W: Array  # (r, d)
    reach: float  # at least the length of every column of Q
    loose: float  # at least the length of every column of Q - W A

    def residual(self, signs: Array, Y: Array) -> tuple[Array, Array]:
        """S - Q^T Y, and how far each column is from acting on ker A as S does.

        S (m,) or (m, n), Y (r,) or (r, n). <s, h> = <s - Q^T y, h> + <y, (Q - W A) h> on ker A.
        """
        length = np.sqrt(np.sum(Y * Y, axis=0)) * LAST
        left = signs - self.Q.T @ Y
        rounding = gamma(self.Q.shape[0] + 1, U64) * self.reach * length
        rounding = rounding + 2 * U64 * np.max(np.abs(left), axis=0) + UNDERFLOW
        return left, (rounding + self.loose * length) * LAST


def row_basis(A: Array) -> Basis:
    """Orthonormal rows that span those of A (d, m), rows of size about 1, of any rank."""
    U, S, Q = svd(A, full_matrices=False, lapack_driver="gesvd")
    rank = int(np.count_nonzero(max(A.shape) * 2 * U64 * S[0] < S))
    W = np.ascontiguousarray((U[:, :rank] / S[:rank]).T)
    Q = np.ascontiguousarray(Q[:rank])
    size = np.abs(W) @ np.abs(A)
    far = np.abs(Q - W @ A) + (gamma(A.shape[0] + 2, U64) * size + 2 * U64 * np.abs(Q)) * LAST
    loose = float(np.max(np.sqrt(np.sum((far + UNDERFLOW) ** 2, axis=0)), initial=0.0))
    reach = float(np.max(np.sqrt(np.sum(Q * Q, axis=0)), initial=0.0))
    return Basis(Q, W, reach * LAST, loose * LAST)


def largest_sums(sizes: Array, r: int) -> Array:
    """The sum of the r largest of each column, rounded up; sizes (n, m) not negative, r <= n."""
    n = len(sizes)
    if r == 0:
        return np.zeros(sizes.shape[1])
    return np.sum(np.partition(sizes, n - r, axis=0)[n - r :], axis=0) * (1 + gamma(r + 1, U64))


def concentration(rows: Rows, h: Array, k: int) -> float:
    """A proved lower bound on alpha_k(A) from h (m,), nearly in ker A; 0 where none is proved.

    rows: a choice of rows that has the kernel of A, proved independent.
    """
    m = h.size
    length = float(np.sum(np.abs(h)))
    if not 0 < length < np.inf:
        return 0.0
    h = h / length
    top = float(np.sum(np.partition(np.abs(h), m - k)[m - k :])) * (1 - gamma(m, U64))
    far = kernel_distance(rows, h) * LAST
    total = float(np.sum(np.abs(h))) * (1 + gamma(m, U64))
    proved = (top - far) / (total + far) * (1 - 4 * U64)
    return proved if proved > 0 else 0.0


def column_bound(A: Array, B: Array, k: int) -> float:
    """A proved upper bound on alpha_k(A): the largest ||column of I - B^T A||_[k], rounded up.

    A and B (d, m) float64 of any size; 1 where the bound found is larger.
    """
    d, m = A.shape
    exponents = np.frexp(np.max(np.abs(A), axis=1))[1][:, None]
    A, B = np.ldexp(A, -exponents), np.ldexp(B, exponents)
    size = np.abs(B).T @ np.abs(A)
    M = np.abs(np.eye(m) - B.T @ A) * (1 + 2 * U64)
    M += gamma(d + 2, U64) * LAST * size + UNDERFLOW
    bound = float(np.max(largest_sums(M, k)))
    return min(1.0, bound * (1 + 4 * U64)) if bound < np.inf else 1.0
