"""Proved bounds on the error of affine readout, from decoders (b, c) and kernel vectors w alone.

With r = A^T b - e_i and k-sparse z in [0, 1]^m, <b, Az> + c - z_i = <r, z> + c ranges from c - N to
c + P, P and N the sums of the k largest positive parts of r and of -r: any decoder proves
    eps_i <= max(c + P, N - c).
Any w proves eps_i >= (w_i - |b.(Aw)|) / 2g with g = max(||w||_inf, sum w+ / k, sum w- / k), since
w/g = z - z' for two points of the hull of the k-sparse signals, and 2 max(c + P, N - c) >= P + N
>= <r, z' - z>. Of b only those with P + N <= 1 matter (c = 1/2 alone has error 1/2), whose entries
|r_j| <= 1 bound b.(Aw) as in `certificates`.
Every rounding is bounded and added; nothing here knows how b, c and w were found.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear.certificates import (
    LAST,
    UNDERFLOW,
    Certified,
    banded,
    check_shape,
    confirm,
    kernel_slack,
    scaled,
)
from lcs.rounding import U64, gamma

if TYPE_CHECKING:
    from lcs.linear.affine import AffineProbes

Array = NDArray[np.float64]


def certify_affine(
    A: Array, B: Array, c: Array, W: Array, features: NDArray[np.intp], k: int
) -> Certified:
    """Bound eps_i for the features (n,) from B (d, n), c (n,) and kernel vectors W (n, m).

    A is (d, m) in float64. A row of W that is zero proves nothing: its lower bound is 0.
    """
    A, B = scaled(A, B)
    P, N = _parts(A, B, features, k)
    upper = np.maximum(c + P, N - c) * (1 + 4 * U64) + UNDERFLOW
    reach, slack = kernel_slack(A, W)
    proved = (W[np.arange(features.size), features] - slack) * (1 - 8 * U64)
    sums = np.stack([np.sum(np.maximum(s * W, 0), axis=1) for s in (1, -1)]) / k
    gauge = np.maximum(np.max(np.abs(W), axis=1), np.max(sums, axis=0))
    gauge *= 1 + gamma(W.shape[1] + 4, U64)
    lower = np.zeros(features.size)
    np.divide(proved, 2 * gauge, out=lower, where=(proved > 0) & (gauge > 0))
    return Certified(np.minimum(lower, 0.5), upper, reach if np.any(lower > 0) else np.inf)


def best_offsets(A: Array, B: Array, features: NDArray[np.intp], k: int) -> Array:
    """The c (n,) of least error for probes B (d, n): (N - P)/2."""
    P, N = _parts(*scaled(A, B), features, k)
    return (N - P) / 2


def check_affine(A: Matrix, probes: "AffineProbes") -> Certified:
    """Prove the bounds of affine probes again, from the stored B, c and duals.

    Parameters: A (d, m), the code that the probes were made for; its probes.
    Returns the bounds found. Raises ValueError naming the first feature whose recorded lower or
    upper bound, or value, is not confirmed.

    >>> from lcs.linear.affine import affine_error
    >>> A = np.array([[1.0, -1.0]])
    >>> check_affine(A, affine_error(A, k=1)).upper.round(9)
    array([0.25, 0.25])
    """
    A = checked_matrix("A", A).astype(np.float64)
    check_shape(A, probes)
    return confirm(
        probes, certify_affine(A, probes.B, probes.c, probes.duals, probes.features, probes.k)
    )


def _parts(A: Array, B: Array, features: NDArray[np.intp], k: int) -> tuple[Array, Array]:
    """P and N (n,) of A^T b_i - e_i, each rounded up, for A and B of ordinary size."""
    r, g = banded(B.T, A)
    r[np.arange(features.size), features] -= 1
    loose = (g * LAST) * (np.abs(B).T @ np.abs(A)) + 2 * U64 * np.abs(r) + UNDERFLOW
    first = A.shape[1] - k
    parts = (np.partition(np.maximum(s * r + loose, 0), first, axis=1) for s in (1, -1))
    P, N = (np.sum(v[:, first:], axis=1) * (1 + gamma(k + 4, U64)) for v in parts)
    return P, N
