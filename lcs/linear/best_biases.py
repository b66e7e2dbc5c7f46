"""The biases of least worst-case error for ReLU decoders with given probes.

The statement computed (claim TMS-best-bias): over k-sparse z in [0, 1]^m, with g = X_ii, P and N
as in `lcs.linear.activations`, H = max(P_k, g - 1 + P_{k-1}), L = N_{k-1} + max(0, 1 - g) and
s = max(1, g), the least over c of the worst case of |relu(<b_i, Az> + c) - z_i| is
    min(1, (H + L)/(1 + s)), at c = (L - s H)/(1 + s), or at c = -H where that is 1.
Proof. It is max(over+, under+), over+ = max(0, c + H) and under+ = (L - c)/s clipped to [0, 1]. If
c <= -H then under+ >= min(1, (H + L)/s); from there over+ rises and under+ falls with c, and they
meet at the c given, if at a value <= 1. If not, the clip holds under+ at 1 until over+ passes 1.
"""

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.linear._inputs import checked_ks, checked_pair
from lcs.linear._interference import interference
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]


def relu_biases(A: Matrix, B: Matrix | None = None, *, k: int) -> Array:
    """Find the biases c of least worst case of |relu(<b_i, Az> + c_i) - z_i|, to rounding.

    Parameters: A, B, k as `relu_worst_case`, which then measures them exactly.
    Returns (m,). Raises as `relu_worst_case`.

    >>> from lcs.linear.activations import relu_worst_case
    >>> pentagon = np.exp(2j * np.pi * np.arange(5) / 5)
    >>> A = np.array([pentagon.real, pentagon.imag])
    >>> c = relu_biases(A, k=1)
    >>> round(float(c[0]), 6), round(relu_worst_case(A, None, c, k=1).value, 6)
    (-0.154508, 0.154508)
    """
    pair = checked_pair(A, B)
    (k,) = checked_ks([k], pair.m)
    with one_blas_thread():
        parts = interference(pair, np.arange(pair.m), k, np.zeros(pair.m))
    H, s = parts.over, np.maximum(1, parts.g)
    L = parts.N_less + np.maximum(0, 1 - parts.g)
    return np.where(1 + s > H + L, (L - s * H) / (1 + s), -H)
