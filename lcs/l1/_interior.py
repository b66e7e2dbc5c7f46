"""The dual vector of least off-support size by a primal-dual interior-point method.

The statement computed: in coordinates w of {v : A_S^T v = s}, with N those of ker A_S^T,
    t* = min_v ||A_{S^c}^T v||_inf = min_w ||c + G w||_inf = max{<c, y> : G^T y = 0, ||y||_1 <= 1},
c = A_{S^c}^T v_0 and G = A_{S^c}^T N. Both sides start feasible and stay so, so that every step
brackets t*; recovery asks only on which side of 1 it lies. An optimal y is the kernel vector h off
S, and the equations on S give the rest: <s, h_S> = <c, y>.
What is returned is a candidate; `certificates` proves what it is worth.
Reference: Mehrotra 1992, On the implementation of a primal-dual interior point method.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs._kernels import interior

Matrix = NDArray[np.floating]
Array = NDArray[np.float64]
Indices = NDArray[np.intp]

MOST_STEPS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """lower <= t* <= upper to rounding, by v (d,) and h (m,), h = 0 where there is none."""

    lower: float
    upper: float
    v: Array
    h: Array


def bracket(A: Matrix, support: Indices, signs: Array, *, apart: float) -> Bracket | None:
    """Bracket t* for A (d, m), until it is `apart` from 1 or known to rounding.

    Works in the precision of A. None where A_S has no full rank, to rounding.
    """
    (d, m), k = A.shape, support.size
    if k > d:
        return None
    off = np.ones(m, bool)
    off[support] = False
    where = np.flatnonzero(off)
    ok, c, Gt, first, R, X, T = interior.reduce(A, support, signs, where)
    if not ok:
        return None
    h, w, y = np.zeros(m), np.zeros(d - k, A.dtype), np.zeros(m - k, A.dtype)
    lower = upper = 0.0
    if k < d and k < m:
        lower, upper, w, y = interior.descend(c, Gt, A.dtype.type(apart), MOST_STEPS)
    elif k < m:
        top = int(np.argmax(np.abs(c)))
        lower = upper = float(np.abs(c[top]))
        y[top] = np.sign(c[top])
    h[where] = -y
    h[support] = interior.on_support(A, where, y, R, X, T)
    v = interior.lifted(first, w, X, T).astype(np.float64)
    return Bracket(float(lower), float(upper), v, h)
