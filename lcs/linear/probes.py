"""The best linear probes of a code, each with its certificate.

The statement computed (claim LCS-probes-dual): for every feature i
    alpha_{1,i} = min_y ||e_i - A^T y||_inf = max{z_i : Az = 0, ||z||_1 <= 1},
and (claim LCS-collapse) the minimisers are the columns of one B that is best at every sparsity:
    min_B max_i ||row i of (B^T A - I)||_[k] = min(1, k alpha_1), alpha_1 = max_i alpha_{1,i}.

Solvers propose y and z; `lcs.linear.certificates` proves the bounds from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear import _simplex
from lcs.linear._balls import signed
from lcs.linear._inputs import checked_features, checked_tolerance
from lcs.linear._rowspace import row_exponents, unscaled_probes
from lcs.linear._search import best_probes
from lcs.linear.certificates import Certified, certify
from lcs.threads import Progress, thread_count

Array = NDArray[np.float64]
Solver = Literal["interior", "simplex"]


class Status(Enum):
    """How far a feature was solved; the value is the sentence to show."""

    SOLVED = "solved: the proved bounds meet within the tolerance"
    DEPENDENT = (
        "solved among probes up to the stated reach: the rows of A are dependent, to rounding"
    )
    LOOSE = "not solved to the tolerance: only the proved bounds are known"


@dataclass(frozen=True, slots=True, eq=False)
class Probes:
    """Best probes, with lower <= alpha_{1,i} <= upper proved for the stored numbers.

    Where rows of A are dependent to rounding `lower` is about probes with ||b||_2 <= reach, in
    units in which the largest entry of every row of A lies in [1/2, 1); else reach is infinite.
    """

    m: int
    features: NDArray[np.intp]  # (n,)
    B: Array  # (d, n)
    values: Array  # (n,) ||e_i - A^T b_i||_inf, rounded up
    lower: Array  # (n,)
    upper: Array  # (n,)
    duals: Array  # (n, m) in ker A to rounding, ||z||_1 = 1
    reach: float
    status: tuple[Status, ...]

    @property
    def gap(self) -> Array:
        """upper - lower, (n,)."""
        return self.upper - self.lower

    @property
    def alpha_lower(self) -> float:
        """A proved lower bound on alpha_1, whichever features were solved."""
        return float(np.max(self.lower))

    @property
    def alpha(self) -> float:
        """alpha_1, the largest value. Raises ValueError unless every feature was asked for."""
        if np.unique(self.features).size != self.m:
            raise ValueError(
                f"alpha needs all m = {self.m} features; got {self.features.size}: see alpha_lower"
            )
        return float(np.max(self.values))

    def error(self, k: int) -> float:
        """The least worst-case error at sparsity k, min(1, k alpha_1), reached by B where < 1."""
        if not isinstance(k, int | np.integer) or isinstance(k, bool) or not 1 <= k <= self.m:
            raise ValueError(f"k must be an integer with 1 <= k <= m = {self.m}; got {k!r}")
        return min(1.0, k * self.alpha)


def optimal_probes(
    A: Matrix,
    *,
    features: Sequence[int] | NDArray[np.integer] | None = None,
    tolerance: float = 1e-9,
    solver: Solver = "interior",
    threads: int | None = None,
    progress: Progress | None = None,
) -> Probes:
    """Find the probes of least error for every feature of a code, with proved bounds.

    alpha_{1,i} = min_y ||e_i - A^T y||_inf = max{z_i : Az = 0, ||z||_1 <= 1}.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank.
    features: which to solve, in [0, m); None for all. Fewer give only a lower bound on alpha_1.
    tolerance: gap above which the other solver is tried, and then LOOSE is reported.
    solver: "interior" (each feature by itself) or "simplex" (one model, warm starts).
    threads: for "interior"; None for as many as BLAS has; the bits do not depend on it.
    progress: called as progress(features done, features in all).

    Returns `Probes`.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, options out of range, and
    entries of a row so far apart, or so small, that they or their probes leave float64.
    Reference: Juditsky, Nemirovski 2011, for the dual pair.

    >>> probes = optimal_probes(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]))
    >>> probes.values.round(6), bool(np.all(probes.gap < 1e-9))
    (array([0.333333, 0.333333, 0.333333]), True)
    """
    A = checked_matrix("A", A).astype(np.float64)
    wanted = checked_features(features, A.shape[1])
    checked_tolerance(tolerance)
    if solver not in ("interior", "simplex"):
        raise ValueError(f'solver must be "interior" or "simplex"; got {solver!r}')
    exponents = row_exponents(A)
    B, Z = _solutions(
        np.ldexp(A, -exponents), wanted, solver, tolerance, thread_count(threads), progress
    )
    B = unscaled_probes(A, B, exponents)
    certified = certify(A, B, Z, wanted)
    return Probes(
        m=A.shape[1],
        features=wanted,
        B=B,
        values=certified.upper,
        lower=certified.lower,
        upper=certified.upper,
        duals=Z,
        reach=certified.reach,
        status=statuses(certified, tolerance),
    )


def statuses(certified: Certified, tolerance: float) -> tuple[Status, ...]:
    """What the proved bounds say of every feature."""
    solved = Status.SOLVED if np.isinf(certified.reach) else Status.DEPENDENT
    gaps = certified.upper - certified.lower
    return tuple(Status.LOOSE if gap > tolerance else solved for gap in gaps)


def _solutions(
    A: Array,
    wanted: NDArray[np.intp],
    solver: Solver,
    tolerance: float,
    threads: int,
    progress: Progress | None,
) -> tuple[Array, Array]:
    """B (d, n) and Z (n, m) for A with rows of one size."""

    def attempt(
        solver: Solver, features: NDArray[np.intp], progress: Progress | None
    ) -> tuple[Array, Array]:
        if solver == "interior":
            return best_probes(A, features, signed(1), threads=threads, progress=progress)
        # A warm start makes a vertex depend on those before it: one thread keeps the order.
        return best_probes(
            A, features, signed(1), lambda Q: _simplex.Model(Q).solve, progress=progress
        )

    B, Z = attempt(solver, wanted, progress)
    certified = certify(A, B, Z, wanted)
    again = np.flatnonzero(certified.upper - certified.lower > tolerance)
    if again.size:
        other: Solver = "simplex" if solver == "interior" else "interior"
        more_B, more_Z = attempt(other, wanted[again], None)
        _keep_better(A, B, Z, more_B, more_Z, wanted, again)
        # Probes of an ill-conditioned code can lose all their digits: reading 0 errs by 1.
        _keep_better(A, B, Z, np.zeros_like(more_B), more_Z, wanted, again)
    return B, Z


def _keep_better(
    A: Array,
    B: Array,
    Z: Array,
    more_B: Array,
    more_Z: Array,
    wanted: NDArray[np.intp],
    again: NDArray[np.intp],
) -> None:
    """Replace probes and kernel vectors, each by itself, where the second attempt proves more."""
    old = certify(A, B[:, again], Z[again], wanted[again])
    new = certify(A, more_B, more_Z, wanted[again])
    better, higher = new.upper < old.upper, new.lower > old.lower
    B[:, again[better]] = more_B[:, better]
    Z[again[higher]] = more_Z[higher]
