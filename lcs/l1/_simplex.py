"""The dual vector of least off-support size by the simplex method, for the instances left over."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

TOLERANCE = 1e-10  # the tightest that HiGHS takes


def vertex(A: Array, support: Indices, signs: Array) -> tuple[Array | None, Array | None]:
    """(v, h) of min t such that A_S^T v = signs and |a_j^T v| <= t off S; None where it failed."""
    d, m = A.shape
    off = np.ones(m, bool)
    off[support] = False
    where = np.flatnonzero(off)
    rest, ones = A[:, where].T, np.ones((where.size, 1))
    solved = linprog(
        np.append(np.zeros(d), 1.0),
        A_ub=np.block([[rest, -ones], [-rest, -ones]]) if where.size else None,
        b_ub=np.zeros(2 * where.size) if where.size else None,
        A_eq=np.hstack([A[:, support].T, np.zeros((support.size, 1))]),
        b_eq=signs,
        bounds=[(None, None)] * d + [(0, None)],
        method="highs-ds",
        options={
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        },
    )
    if solved.status != 0:
        return None, None
    h = np.zeros(m)
    up, down = np.split(solved.ineqlin.marginals, 2)
    h[where] = up - down
    h[support] = solved.eqlin.marginals
    return solved.x[:d], h
