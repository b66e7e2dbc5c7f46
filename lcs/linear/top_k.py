"""The least top-k norms of rows and of columns of I - B^T A over all B, by linear programming.

Each is computed from its dual, over combinations of an orthonormal basis of ker A: nothing is
shared with `lcs.linear.probes`, which solves k = 1 for probes. Values are HiGHS's, feasible to 1e-7
and not certified: these are checks for codes of at most a few dozen features.
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.linalg import null_space
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
    A = checked_matrix("A", A).astype(np.float64)
    m = A.shape[1]
    (k,) = checked_ks(k, m)
    N = _kernel(A)
    r = N.shape[1]
    # Variables: w with z = N w, then p >= |z|.
    limits = np.vstack(
        [
            np.hstack([N, -np.eye(m)]),
            np.hstack([-N, -np.eye(m)]),
            np.r_[np.zeros(r), np.ones(m)],
        ]
    )
    bounds = [(None, None)] * r + [(0, 1)] * m
    right, none = np.r_[np.zeros(2 * m), k], np.zeros(m)
    return np.array([_value(linprog(np.r_[-row, none], limits, right, bounds=bounds)) for row in N])


def column_optimum(A: Matrix, k: int) -> float:
    """Find the least over all B of the largest top-k norm of a column of I - B^T A.

    min_B max_j ||e_j - B^T a_j||_[k] = max{tr W : W A^T = 0, sum_j max(||w_j||_inf, ||w_j||_1/k)
    <= 1}, with w_j the j-th column of W; at most min(1, k alpha_1) (claim LCS-jn-columns).

    Parameters, errors as `row_optima`. Returns the value.

    >>> round(column_optimum(np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]), 1), 6)
    0.333333
    """
    A = checked_matrix("A", A).astype(np.float64)
    m = A.shape[1]
    (k,) = checked_ks(k, m)
    N = _kernel(A)
    r = N.shape[1]
    # Variables: V, row by row, with W = V N^T; P >= |W|, row by row; t_j >= the weight of w_j.
    W = sp.kron(sp.identity(m), N)
    each, free = sp.identity(m * m), sp.csr_matrix((m * m, m))
    column = sp.kron(np.ones((m, 1)), sp.identity(m))  # (entries of W) x (t)
    found = linprog(
        np.r_[-N.ravel(), np.zeros(m * m + m)],  # tr W = <V, N>
        A_ub=sp.vstack(
            [
                sp.hstack([W, -each, free]),
                sp.hstack([-W, -each, free]),
                sp.hstack([sp.csr_matrix((m * m, m * r)), each, -column]),
                sp.hstack([sp.csr_matrix((m, m * r)), column.T, -k * sp.identity(m)]),
                sp.csr_matrix(np.r_[np.zeros(m * r + m * m), np.ones(m)]),
            ]
        ),
        b_ub=np.r_[np.zeros(3 * m * m + m), 1],
        bounds=[(None, None)] * (m * r) + [(0, None)] * (m * m + m),
    )
    return _value(found)


def _kernel(A: Vector) -> Vector:
    """An orthonormal basis of ker A, (m, m - rank), its entries below 1e-9 set to 0.

    HiGHS drops such coefficients of constraints by itself, and stumbles over them as costs.
    """
    N = null_space(A)
    return np.where(np.abs(N) < 1e-9, 0.0, N)


def _value(found: OptimizeResult) -> float:
    """The maximum that HiGHS found. RuntimeError with its words where there is none."""
    if not found.success:
        raise RuntimeError(f"HiGHS found no optimum: {found.message}")
    return max(0.0, -float(found.fun))
