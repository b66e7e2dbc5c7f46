"""Rows of I - Y^T Q whose columns have small top-r norms: one linear programme over all rows.

The statement computed, for signs s (0 off their set), a set F of other indices and rows Q:
    min over y, Y of max_j (|(s - Q^T y)_j| + ||(I - Y^T Q)_Fj||_[r]).
With no signs and every index in F it is the column programme of Juditsky and Nemirovski. The r
largest entries of a column sum to min_t r t + sum_i max(|M_i| - t, 0). What is returned is a
candidate: `null_certificates` proves what it is worth.
"""

from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def quiet(**options: Any) -> Any:
    """A solver on one thread that prints nothing."""
    highs = highspy.Highs()
    settings: dict[str, Any] = {"output_flag": False, "threads": 1} | options
    for name, value in settings.items():
        highs.setOptionValue(name, value)
    return highs


def pass_model(highs: Any, cost: Array, free: int, matrix: Any, low: Array) -> None:
    """Min cost x with matrix x >= low, where the first `free` of x have any sign, the rest >= 0."""
    columns = sp.csc_array(matrix)
    n, inf = cost.size, highspy.kHighsInf
    lp: Any = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = n, low.size
    lp.col_cost_ = cost
    lp.col_lower_, lp.col_upper_ = np.where(np.arange(n) < free, -inf, 0.0), np.full(n, inf)
    lp.row_lower_, lp.row_upper_ = low, np.full(low.size, inf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = columns.indptr, columns.indices
    lp.a_matrix_.value_ = columns.data
    highs.passModel(lp)


def best_readout(Q: Array, free: Indices, r: int, signs: Array) -> Array:
    """Y (rank, |F|) for Q (rank, m), signs (m,) and 1 <= r <= |F|; zeros where HiGHS fails."""
    (rank, m), f = Q.shape, free.size
    read, entry = sp.kron(sp.identity(f), Q.T), sp.identity(f * m)
    level = sp.kron(np.ones((f, 1)), sp.identity(m))
    total = -sp.kron(np.ones((1, f)), sp.identity(m))
    each, bound = sp.identity(m), np.ones((m, 1))
    # Columns: Y, row by row; y; excess of each entry over t; t; |s - Q^T y|; the bound.
    matrix: Any = sp.block_array(
        [
            [read, None, entry, level, None, None],
            [-read, None, entry, level, None, None],
            [None, Q.T, None, None, each, None],
            [None, -Q.T, None, None, each, None],
            [None, None, total, -r * each, -each, bound],
        ]
    )
    unit = np.eye(m)[free].ravel()
    cost = np.zeros(matrix.shape[1])
    cost[-1] = 1.0
    highs = quiet(solver="ipm", run_crossover="off")
    pass_model(highs, cost, (f + 1) * rank, matrix, np.r_[unit, -unit, signs, -signs, np.zeros(m)])
    highs.run()
    Y = np.array(highs.getSolution().col_value)[: f * rank].reshape(f, rank).T
    return np.ascontiguousarray(Y) if np.all(np.isfinite(Y)) else np.zeros((rank, f))


class Levels:
    """min over y of max_j (|(s - Q^T y)_j| + c_j), one model for many s and c, warm starts.

    Its multipliers are the h of max {<s, h> + <c, |h|> : Q h = 0, ||h||_1 <= 1} to tolerances.
    """

    def __init__(self, Q: Array) -> None:
        rank, m = Q.shape
        tight: dict[str, Any] = {
            "primal_feasibility_tolerance": 1e-10,
            "dual_feasibility_tolerance": 1e-10,
        }
        self.highs = quiet(presolve="off", solver="simplex", **tight)
        one = np.ones((m, 1))
        cost = np.append(np.zeros(rank), 1.0)
        pass_model(self.highs, cost, rank + 1, np.block([[Q.T, one], [-Q.T, one]]), np.zeros(2 * m))
        self.rank, self.m = rank, m
        self.rows = np.arange(2 * m, dtype=np.int32)
        self.above = np.full(2 * m, highspy.kHighsInf)

    def solve(self, signs: Array, weights: Array) -> tuple[Array, Array]:
        """(y, h); zeros, which prove little, where HiGHS failed."""
        low = np.concatenate([weights + signs, weights - signs])
        self.highs.changeRowsBounds(2 * self.m, self.rows, low, self.above)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()  # a bad basis is no warm start
            return np.zeros(self.rank), np.zeros(self.m)
        solution = self.highs.getSolution()
        up, down = np.split(np.array(solution.row_dual), 2)
        return np.array(solution.col_value)[: self.rank], up - down
