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
from lcs.linear import _interior, _simplex
from lcs.linear._rowspace import RowSpace, row_exponents, row_space
from lcs.linear._threads import Progress, run_tasks, thread_count
from lcs.linear.certificates import certify

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
    wanted = _checked_features(features, A.shape[1])
    _check_options(tolerance, solver)
    exponents = row_exponents(A)
    B, Z = _solutions(
        np.ldexp(A, -exponents), wanted, solver, tolerance, thread_count(threads), progress
    )
    with np.errstate(over="ignore"):
        B = np.ldexp(B, -exponents)
    if not np.all(np.isfinite(B)):
        least = float(np.min(np.max(np.abs(A), axis=1)))
        raise ValueError(
            f"rows of A must be large enough for probes in float64; "
            f"got entries of at most {least!r}: scale the matrix up"
        )
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
        status=tuple(
            Status.LOOSE
            if gap > tolerance
            else Status.SOLVED
            if np.isinf(certified.reach)
            else Status.DEPENDENT
            for gap in certified.upper - certified.lower
        ),
    )


def _solutions(
    A: Array,
    wanted: NDArray[np.intp],
    solver: Solver,
    tolerance: float,
    threads: int,
    progress: Progress | None,
) -> tuple[Array, Array]:
    """B (d, n) and Z (n, m) for A with rows of one size."""
    (d, m), n = A.shape, wanted.size
    zero = ~np.any(A, axis=0)[wanted]
    B, Z = np.zeros((d, n)), np.zeros((n, m))
    Z[zero, wanted[zero]] = 1.0  # a feature that is not represented is read as 0
    todo = np.flatnonzero(~zero)
    if todo.size == 0:
        return B, Z
    space = row_space(A)
    if space.rank == m:  # the kernel is 0: every feature is read exactly
        B[:, todo] = space.probes(A, space.Q[:, wanted[todo]])
        return B, Z
    Y, found = _solve_all(space, wanted[todo], solver, threads, progress)
    B[:, todo], Z[todo] = space.probes(A, Y), found
    certified = certify(A, B[:, todo], Z[todo], wanted[todo])
    again = todo[certified.upper - certified.lower > tolerance]
    if again.size:
        other: Solver = "simplex" if solver == "interior" else "interior"
        Y, found = _solve_all(space, wanted[again], other, threads, None)
        _keep_better(A, B, Z, space.probes(A, Y), found, wanted, again)
        # Probes of an ill-conditioned code can lose all their digits: reading 0 errs by 1.
        _keep_better(A, B, Z, np.zeros((d, again.size)), found, wanted, again)
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


def _solve_all(
    space: RowSpace,
    wanted: NDArray[np.intp],
    solver: Solver,
    threads: int,
    progress: Progress | None,
) -> tuple[Array, Array]:
    """Y (r, n) and Z (n, m), projected to the kernel and of length 1."""
    Q = space.Q
    Y, Z = np.zeros((Q.shape[0], wanted.size)), np.zeros((wanted.size, Q.shape[1]))

    def work(model: _simplex.Model | None, n: int) -> None:
        i = int(wanted[n])
        Y[:, n], Z[n] = _interior.solve(Q, i) if model is None else model.solve(i)

    def new_state() -> _simplex.Model | None:
        return _simplex.Model(Q) if solver == "simplex" else None

    # A warm start makes a vertex depend on those before it: one thread keeps the order.
    workers = 1 if solver == "simplex" else threads
    run_tasks(range(wanted.size), new_state, work, threads=workers, progress=progress)
    Z = space.project(Z)
    length = np.sum(np.abs(Z), axis=1, keepdims=True)
    return Y, np.divide(Z, length, out=np.zeros_like(Z), where=length > 0)


def _checked_features(
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


def _check_options(tolerance: float, solver: str) -> None:
    if isinstance(tolerance, str) or not 0 <= tolerance < np.inf:
        raise ValueError(f"tolerance must be finite and >= 0; got {tolerance!r}")
    if solver not in ("interior", "simplex"):
        raise ValueError(f'solver must be "interior" or "simplex"; got {solver!r}')
