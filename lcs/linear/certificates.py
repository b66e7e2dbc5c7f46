"""Proved bounds on the best error of one feature, from a probe y and a kernel vector z alone.

Any y proves alpha_i <= ||e_i - A^T y||_inf. Any z proves, for every y with ||e_i - A^T y||_inf <= 1
(the others err by more than 1),
    ||e_i - A^T y||_inf ||z||_1 >= <e_i - A^T y, z> = z_i - y.(Az),
and with a right inverse W of A, ||AW - I|| <= h < 1,
    |y.(Az)| <= 2 ||W (AW)^-1 Az||_1 <= 2 (||W Az||_1 + sqrt(m) ||W||_F h/(1-h) ||Az||_2),
so that z need only be close to the kernel. Where rows of A are dependent, other than zero or
repeated ones, no W exists; then the bound holds for probes y with ||y||_2 <= reach, a length far
above any that the programme needs, with rows of A scaled to a largest entry in [1/2, 1).
Every rounding is bounded and added; nothing here knows how y and z were found.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.rounding import U64, gamma

if TYPE_CHECKING:
    from lcs.linear.affine import AffineProbes
    from lcs.linear.probes import Probes

Array = NDArray[np.float64]

BAND = 32
REACH = 32.0  # times the longest probe that could matter, where rows are dependent
LAST = 1 + 2.0**-30  # the roundings of sums of bounds themselves, up to 2^20 terms
UNDERFLOW = 2.0**-1000  # what 2^70 products that underflow can add


@dataclass(frozen=True, slots=True, eq=False)
class Certified:
    """lower_i <= alpha_i <= upper_i; lower holds against probes of length up to reach."""

    lower: Array  # (n,)
    upper: Array  # (n,)
    reach: float  # inf where the rows of A are proved independent


def certify(A: Array, B: Array, Z: Array, features: NDArray[np.intp]) -> Certified:
    """Bound alpha_i for the features (n,) from probes B (d, n) and kernel vectors Z (n, m).

    A is (d, m) in float64. A row of Z that is zero proves nothing: its lower bound is 0.
    """
    A, B = scaled(A, B)
    n = np.arange(features.size)
    reach, slack = kernel_slack(A, Z)
    proved = Z[n, features] - slack
    length = np.sum(np.abs(Z), axis=1) * (1 + gamma(Z.shape[1], U64))
    lower = np.zeros(features.size)
    np.divide(proved, length, out=lower, where=(proved > 0) & (length > 0))
    lower *= 1 - 8 * U64
    return Certified(lower, _upper(A, B, features), reach if np.any(lower > 0) else np.inf)


def scaled(A: Array, B: Array) -> tuple[Array, Array]:
    """A and B with every row that is not zero of A brought to size 1, exactly; A^T B is kept."""
    exponents = np.frexp(np.max(np.abs(A), axis=1))[1][:, None]
    return np.ldexp(A, -exponents), np.ldexp(B, exponents)


def check_certificates(A: Matrix, probes: "Probes") -> Certified:
    """Prove the bounds of optimal probes again, from the stored B and duals.

    Parameters: A (d, m), the code that the probes were made for; its probes.
    Returns the bounds found. Raises ValueError naming the first feature whose recorded lower or
    upper bound, or value, is not confirmed.

    >>> from lcs.linear.probes import optimal_probes
    >>> A = np.array([[1.0, 1.0]])
    >>> check_certificates(A, optimal_probes(A)).upper.round(9)
    array([0.5, 0.5])
    """
    A = checked_matrix("A", A).astype(np.float64)
    check_shape(A, probes)
    return confirm(probes, certify(A, probes.B, probes.duals, probes.features))


def check_shape(A: Array, probes: "Probes | AffineProbes") -> None:
    """ValueError unless A has the shape of the code that the probes were made for."""
    shape = (probes.B.shape[0], probes.duals.shape[1])
    if A.shape != shape:
        raise ValueError(f"A must have the shape of the code of the probes, {shape}; got {A.shape}")


def confirm(probes: "Probes | AffineProbes", found: Certified) -> Certified:
    """What was found; ValueError naming the first feature of which more is recorded."""
    slack = 64 * U64  # the same sums in another order of the same machine
    wrong = (
        (probes.lower > found.lower + slack)
        | (probes.upper < found.upper - slack)
        | (probes.values > found.upper + slack)
        | (probes.reach > found.reach * (1 + slack))
    )
    if np.any(wrong):
        n = int(np.flatnonzero(wrong)[0])
        raise ValueError(
            f"feature {probes.features[n]}: recorded [{probes.lower[n]!r}, {probes.upper[n]!r}], "
            f"proved [{found.lower[n]!r}, {found.upper[n]!r}]"
        )
    return found


def banded(X: Array, Y: Array) -> tuple[Array, float]:
    """X Y and the g with |error| <= g |X| |Y|: sums within bands, then of bands.

    gamma grows with BAND + n / BAND instead of n.
    """
    n = X.shape[1]
    total = np.zeros((X.shape[0], Y.shape[1]))
    for first in range(0, n, BAND):
        total += X[:, first : first + BAND] @ Y[first : first + BAND]
    return total, gamma(min(BAND, n) + -(-n // BAND), U64)


def _upper(A: Array, B: Array, features: NDArray[np.intp]) -> Array:
    """||e_i - A^T b_i||_inf rounded up, (n,), for A and B of ordinary size."""
    error, g = banded(B.T, A)
    size = np.abs(B).T @ np.abs(A)
    error[np.arange(features.size), features] -= 1
    error = np.abs(error) * (1 + 2 * U64)
    return np.max(error + (g * LAST) * size + UNDERFLOW, axis=1) * (1 + 4 * U64)


def kernel_slack(A: Array, Z: Array) -> tuple[float, Array]:
    """(reach, slack): |y.(Az)| <= slack (n,) for every y that matters, of length up to reach."""
    A = np.unique(A[np.any(A, axis=1)], axis=0)  # others add nothing to the values of A^T y
    if A.size == 0:
        return np.inf, np.zeros(Z.shape[0])
    residual, g = banded(A, Z.T)
    loose = g * (np.abs(A) @ np.abs(Z).T) * LAST + UNDERFLOW
    W, h = _right_inverse(A)
    root = A.shape[1] ** 0.5
    norm = np.sqrt(np.sum((np.abs(residual) + loose) ** 2, axis=0))
    if h < 0.5:
        seen, g = banded(W, residual)
        size = np.abs(W) @ (g * np.abs(residual) + loose) + UNDERFLOW
        slack = np.sum(np.abs(seen) + size * LAST, axis=0)
        slack += root * float(np.linalg.norm(W)) * h / (1 - h) * norm
        return np.inf, 2 * slack * LAST
    S = np.linalg.svd(A, compute_uv=False)
    smallest = float(np.min(S[max(A.shape) * 2 * U64 * S[0] < S]))
    reach = REACH * 2 * root / smallest
    return reach, reach * norm * LAST


def _right_inverse(A: Array) -> tuple[Array, float]:
    """W (m, d) and a bound h >= ||A W - I||_F, infinite where there is none."""
    d, m = A.shape
    if d > m:
        return np.zeros((m, d)), np.inf
    W = np.asarray(np.linalg.pinv(A, rcond=max(d, m) * U64), np.float64)
    product, g = banded(A, W)
    product[np.arange(d), np.arange(d)] -= 1
    loose = g * (np.abs(A) @ np.abs(W)) + 2 * U64 * np.abs(product) + UNDERFLOW
    return W, float(np.linalg.norm(np.abs(product) + loose * LAST)) * LAST
