"""The best probes of many features: those that need no programme, and the others by one.

A feature that is not represented is read as 0, and a code without kernel is inverted. What is
returned is only a candidate; `certificates` proves what it is worth.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from lcs.linear import _interior
from lcs.linear._balls import Ball
from lcs.linear._rowspace import RowSpace, row_space
from lcs.threads import Progress, run_tasks

Array = NDArray[np.float64]
Solve = Callable[[int], tuple[Array, Array]]  # of feature i: y (r,) and w (m,)


def best_probes(
    A: Array,
    features: NDArray[np.intp],
    ball: Ball,
    new_solver: Callable[[Array], Solve] | None = None,
    *,
    threads: int = 1,
    progress: Progress | None = None,
) -> tuple[Array, Array]:
    """B (d, n) and Z (n, m), in ker A to rounding and of gauge 1 or 0, for A with rows of one size.

    new_solver(Q) makes the solver of one thread; None for the interior-point method.
    """
    (d, m), n = A.shape, features.size
    zero = ~np.any(A, axis=0)[features]
    B, Z = np.zeros((d, n)), np.zeros((n, m))
    Z[zero, features[zero]] = 1.0
    todo = np.flatnonzero(~zero)
    if todo.size == 0:
        return B, Z
    space = row_space(A)
    if space.rank == m:
        B[:, todo] = space.probes(A, space.Q[:, features[todo]])
        return B, Z
    Y = np.zeros((space.rank, n))

    def new_state() -> Solve:
        if new_solver is not None:
            return new_solver(space.Q)
        return lambda i: _interior.solve(space.Q, i, ball)

    def work(solve: Solve, j: int) -> None:
        Y[:, j], Z[j] = solve(int(features[j]))

    run_tasks(todo.tolist(), new_state, work, threads=threads, progress=progress)
    B[:, todo], Z[todo] = space.probes(A, Y[:, todo]), _of_gauge_one(space, Z[todo], ball)
    return B, Z


def _of_gauge_one(space: RowSpace, Z: Array, ball: Ball) -> Array:
    Z = space.project(Z)
    gauge = ball.gauge(Z)[:, None]
    return np.divide(Z, gauge, out=np.zeros_like(Z), where=gauge > 0)
