"""The least top-k norms of rows and of columns of I - B^T A over all B, by linear programming.

Each is computed from its dual, over vectors of ker A, so that nothing is shared with
`lcs.linear.probes`, which solves k = 1 for probes. Values are HiGHS's, within 1e-7 of feasible
and not certified: these are checks for codes of at most a few dozen features.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear._inputs import checked_ks

Vector = NDArray[np.float64]


def row_optima(A: Matrix, k: int) -> Vector:
    """Find the least error at sparsity k of every feature by itself, over all probes.

    min_y ||e_i - A^T y||_[k] = max{z_i : Az = 0, ||z||_inf <= 1, ||z||_1 <= k}. The largest of
    them is min(1, k alpha_1) (claim LCS-collapse); row by row they may lie below
    min(1, k alpha_{1,i}).

    Parameters: A (d, m) float32 or float64, features in columns; sparsity 1 <= k <= m.
    Returns (m,). Raises as `worst_case_error`; RuntimeError where HiGHS gives up.

    >>> row_optima(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), 2).round(6)
    array([0.666667, 0.666667, 0.666667])
    """
    A, k = checked_matrix("A", A).astype(np.float64), checked_ks(k, A.shape[1])[0]
    d, m = A.shape
    values = [
        linprog(
            np.r_[-e, e],  # z = p - n with 0 <= p, n <= 1
            A_ub=np.ones((1, 2 * m)),
            b_ub=[k],
            A_eq=np.hstack([A, -A]),
            b_eq=np.zeros(d),
            bounds=(0, 1),
        )
        for e in np.eye(m)
    ]
    return np.array([_value(found) for found in values])


def column_optimum(A: Matrix, k: int) -> float:
    """Find the least over all B of the largest top-k norm of a column of I - B^T A.

    min_B max_j ||e_j - B^T a_j||_[k] = max{tr W : W A^T = 0, sum_j max(||w_j||_inf, ||w_j||_1/k)
    <= 1}, with w_j the j-th column of W; at most min(1, k alpha_1) (claim LCS-jn-columns).

    Parameters, errors as `row_optima`. Returns the value.

    >>> round(column_optimum(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), 1), 6)
    0.333333
    """
    A, k = checked_matrix("A", A).astype(np.float64), checked_ks(k, A.shape[1])[0]
    d, m = A.shape
    # Variables: P and N with W = P - N, both column by column, then t_j >= the weight of w_j.
    each, trace = sp.identity(m * m), np.eye(m).ravel()
    column = sp.kron(sp.identity(m), np.ones((m, 1)))  # (entries of W) x (t)
    kernel = sp.kron(A, sp.identity(m))  # entry (r, i) of it: sum_j A_rj W_ij
    found = linprog(
        np.r_[-trace, trace, np.zeros(m)],
        A_ub=sp.vstack(
            [
                sp.hstack([each, each, -column]),
                sp.hstack([column.T, column.T, -k * sp.identity(m)]),
                sp.csr_matrix(np.r_[np.zeros(2 * m * m), np.ones(m)]),
            ]
        ),
        b_ub=np.r_[np.zeros(m * m + m), 1],
        A_eq=sp.hstack([kernel, -kernel, sp.csr_matrix((d * m, m))]),
        b_eq=np.zeros(d * m),
    )
    return _value(found)


def _value(found: OptimizeResult) -> float:
    """The maximum that HiGHS found. RuntimeError with its words where there is none."""
    if not found.success:
        raise RuntimeError(f"HiGHS found no optimum: {found.message}")
    return max(0.0, -float(found.fun))
