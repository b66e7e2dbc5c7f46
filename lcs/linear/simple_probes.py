"""Probes in closed form, to hold the optimal ones against: scaled, pseudo-inverse, ridge."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import svd

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear.error import worst_case_error
from lcs.rounding import U64

Array = NDArray[np.float64]


def scaled_probes(A: Matrix, *, k: int = 1, threads: int | None = None) -> Array:
    """Return the B = cA of least worst-case error at sparsity k, over c >= 0.

    For unit columns of coherence mu and k = 1, c = 1/(1 + mu) and the error is mu/(1 + mu).

    Parameters: A (d, m) float32 or float64; k and threads as `worst_case_error`.
    Returns (d, m) in float64. Raises as `worst_case_error`.

    >>> scaled_probes(np.array([[1.0, 1.0]]))
    array([[0.5, 0.5]])
    """
    scale = worst_case_error(A, k=k, scale="optimal", threads=threads).scale
    return scale * A.astype(np.float64)


def pseudo_inverse_probes(A: Matrix) -> Array:
    """Return the B with B^T = A^+: B^T A is the orthogonal projector on the row space of A.

    It minimises every ||e_i - A^T b_i||_2, and among those minimisers ||b_i||_2. Singular values
    below max(d, m) 2u of the largest count as zero.

    Parameters: A (d, m) float32 or float64. Returns (d, m) in float64.
    Raises TypeError or ValueError as `checked_matrix`; ValueError where B leaves float64.
    Reference: Penrose 1956.

    >>> pseudo_inverse_probes(np.array([[2.0, 0.0], [0.0, 4.0]]))
    array([[0.5 , 0.  ],
           [0.  , 0.25]])
    """
    return _filtered(A, 0.0)


def ridge_probes(A: Matrix, ridge: float) -> Array:
    """Return B = (A A^T + ridge I)^-1 A, the minimiser of every ||e_i - A^T b||^2 + ridge ||b||^2.

    Parameters: A (d, m) float32 or float64; ridge >= 0, in units of A A^T; 0 for the
    pseudo-inverse. Returns (d, m) in float64.
    Raises TypeError or ValueError as `checked_matrix`; ValueError for a ridge out of range or
    where B leaves float64.
    Reference: Hoerl, Kennard 1970.

    >>> ridge_probes(np.array([[1.0, 1.0]]), 2.0)
    array([[0.25, 0.25]])
    """
    if isinstance(ridge, str) or not 0 <= ridge < np.inf:
        raise ValueError(f"ridge must be finite and >= 0; got {ridge!r}")
    return _filtered(A, float(ridge))


def _filtered(A: Matrix, ridge: float) -> Array:
    """U diag(s/(s^2 + ridge)) V^T for A = U diag(s) V^T, in units where the largest entry is 1."""
    A = checked_matrix("A", A).astype(np.float64)
    exponent = int(np.frexp(np.max(np.abs(A)))[1])
    U, s, V = svd(np.ldexp(A, -exponent), full_matrices=False, lapack_driver="gesvd")
    keep = max(A.shape) * 2 * U64 * s[0] < s
    filtered = np.zeros_like(s)
    with np.errstate(over="ignore"):
        unit = np.ldexp(ridge, -2 * exponent)
        np.divide(s, s * s + unit, out=filtered, where=keep)
        B = np.ldexp((U * filtered) @ V, -exponent)
    if not np.all(np.isfinite(B)):
        raise ValueError(
            f"A must be large enough for probes in float64; got entries of at most "
            f"{float(np.max(np.abs(A)))!r}: scale the matrix up"
        )
    return B
