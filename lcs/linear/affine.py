"""The best affine decoders <b_i, x> + c_i of a code for values in [0, 1], and what they cannot do.

The statement computed: over k-sparse z in [0, 1]^m, for every feature i,
    eps_i = min_{b,c} max_z |<b, Az> + c - z_i| = (1/2) max{w_i : w in ker A, ||w||_inf <= 1,
            sum w+ <= k, sum w- <= k}.
Proof. With r = A^T b - e_i the error <r, z> + c ranges over [c - N, c + P], P and N the largest
<r, z> and <-r, z>, so the best c leaves (P + N)/2 = max <r, z - z'>/2 over z, z' in the hull K of
the signals; K - K is the ball above, and min over b is linear programming duality.
Signals in {0, 1}^m have the same hull, hence the same eps_i.

Collapse: with eps = max_i eps_i, eps at k is min(1/2, k eps at k = 1). For where some w in ker A
has ||w||_inf = 1 and sums <= k, some eps_i is 1/2, and otherwise ||w||_inf <= 1 binds nowhere.
Solvers propose b and w; `lcs.linear.affine_certificates` proves the bounds from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear._balls import balanced
from lcs.linear._inputs import checked_features, checked_ks, checked_tolerance
from lcs.linear._rowspace import row_exponents, unscaled_probes
from lcs.linear._search import best_probes
from lcs.linear.affine_certificates import best_offsets, certify_affine
from lcs.linear.probes import Status, statuses
from lcs.threads import Progress, thread_count

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class AffineProbes:
    """Best affine decoders, with lower <= eps_i <= upper proved for the stored numbers.

    Where rows of A are dependent to rounding `lower` is about probes with ||b||_2 <= reach, in
    units in which the largest entry of every row of A lies in [1/2, 1); else reach is infinite.
    """

    m: int
    k: int
    features: NDArray[np.intp]  # (n,)
    B: Array  # (d, n)
    c: Array  # (n,)
    values: Array  # (n,) worst-case error of (b_i, c_i), rounded up
    lower: Array  # (n,)
    upper: Array  # (n,)
    duals: Array  # (n, m) w in ker A to rounding: |w_j| <= 1, sum w+ <= k, sum w- <= k
    reach: float
    status: tuple[Status, ...]

    @property
    def gap(self) -> Array:
        """upper - lower, (n,)."""
        return self.upper - self.lower

    @property
    def error_lower(self) -> float:
        """A proved lower bound on eps_aff(A), whichever features were solved."""
        return float(np.max(self.lower))

    @property
    def error(self) -> float:
        """eps_aff(A), the largest value. Raises ValueError unless every feature was asked for."""
        if np.unique(self.features).size != self.m:
            raise ValueError(
                f"error needs all m = {self.m} features; got {self.features.size}: see error_lower"
            )
        return float(np.max(self.values))

    def confused(self, n: int) -> tuple[Array, Array]:
        """Two points z, z' of the hull of the k-sparse signals with A z = A z', to rounding.

        They differ by 2 lower[n] in feature features[n], so every decoder errs by lower[n] on one
        of the k-sparse signals that they average, if it is affine.
        """
        return np.maximum(self.duals[n], 0), np.maximum(-self.duals[n], 0)


def affine_error(
    A: Matrix,
    *,
    k: int,
    features: Sequence[int] | NDArray[np.integer] | None = None,
    tolerance: float = 1e-9,
    threads: int | None = None,
    progress: Progress | None = None,
) -> AffineProbes:
    """Find the affine decoders of least error on k-sparse z in [0, 1]^m, with proved bounds.

    eps_i = (1/2) max{w_i : Aw = 0, ||w||_inf <= 1, sum w+ <= k, sum w- <= k} <= 1/2.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank.
    k: sparsity, 1 <= k <= m; z with fewer active features, 0 included, count as k-sparse.
    features: which to solve, in [0, m); None for all. Fewer give only a lower bound on eps_aff.
    tolerance: gap above which LOOSE is reported.
    threads: None for as many as BLAS has; the bits do not depend on it.
    progress: called as progress(features done, features in all).

    Returns `AffineProbes`.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, options out of range, and
    entries of a row so far apart, or so small, that they or their probes leave float64.

    >>> probes = affine_error(np.array([[1.0, -1.0]]), k=1)
    >>> probes.values.round(6), probes.B.round(6), probes.c.round(6)
    (array([0.25, 0.25]), array([[ 0.5, -0.5]]), array([0.25, 0.25]))
    """
    A = checked_matrix("A", A).astype(np.float64)
    (k,) = checked_ks([k], A.shape[1])
    wanted = checked_features(features, A.shape[1])
    checked_tolerance(tolerance)
    exponents = row_exponents(A)
    unit = np.ldexp(A, -exponents)
    B, W = best_probes(unit, wanted, balanced(k), threads=thread_count(threads), progress=progress)
    c = best_offsets(unit, B, wanted, k)
    certified = certify_affine(unit, B, c, W, wanted, k)
    worse = certified.upper > 0.5  # lost digits: the constant 1/2 errs by 1/2
    B[:, worse], c[worse] = 0.0, 0.5
    B = unscaled_probes(A, B, exponents)
    certified = certify_affine(A, B, c, W, wanted, k)
    return AffineProbes(
        m=A.shape[1],
        k=k,
        features=wanted,
        B=B,
        c=c,
        values=certified.upper,
        lower=certified.lower,
        upper=certified.upper,
        duals=W,
        reach=certified.reach,
        status=statuses(certified, tolerance),
    )
