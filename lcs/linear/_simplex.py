"""One Chebyshev approximation after another by the simplex method: one model, warm starts.

The statement computed: with columns q_j of Q,
    alpha_i = 1/(1 + v_i), v_i = max{q_i.y : |q_j.y| <= 1 for every j != i},
for scaling y by 1/(1 + v_i) makes the error at i, 1 - v/(1 + v), equal to the bound on the others.
From feature to feature the matrix stays; the objective and the one row left free change. The
multipliers of the rows are the other entries of a kernel vector z with z_i = 1.
"""

import highspy
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Model:
    """The model of Q (r, m): r free columns, m rows within [-1, 1]."""

    def __init__(self, Q: Array) -> None:
        r, m = Q.shape
        self.Q = Q
        self.free = -1  # the row without bounds
        self.columns = np.arange(r, dtype=np.int32)
        self.highs = highspy.Highs()
        options = {"output_flag": False, "presolve": "off", "solver": "simplex", "threads": 1}
        # Perturbed costs or bounds leave errors of their size; these are the tightest allowed.
        options |= {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = r, m
        lp.col_cost_ = np.zeros(r)
        lp.col_lower_, lp.col_upper_ = np.full(r, -highspy.kHighsInf), np.full(r, highspy.kHighsInf)
        lp.row_lower_, lp.row_upper_ = np.full(m, -1.0), np.full(m, 1.0)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(r + 1, dtype=np.int32) * m
        lp.a_matrix_.index_ = np.tile(np.arange(m, dtype=np.int32), r)
        lp.a_matrix_.value_ = np.ascontiguousarray(Q).ravel()
        self.highs.passModel(lp)

    def solve(self, i: int) -> tuple[Array, Array]:
        """Return y (r,) and z (m,) of feature i; zeros, which prove nothing, where it failed."""
        if self.free >= 0:
            self.highs.changeRowBounds(self.free, -1.0, 1.0)
        self.highs.changeRowBounds(i, -highspy.kHighsInf, highspy.kHighsInf)
        self.free = i
        r, m = self.Q.shape
        self.highs.changeColsCost(r, self.columns, -np.ascontiguousarray(self.Q[:, i]))
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()  # a bad basis is no warm start
            return np.zeros(r), np.zeros(m)
        solution = self.highs.getSolution()
        y, z = np.array(solution.col_value), np.array(solution.row_dual)
        z[i] = 1.0
        return y / (1 + float(self.Q[:, i] @ y)), z
