"""Moments of the sign of a linear function of a uniform variable."""

import numpy as np

from lcs._kernels.jit import kernel


@kernel
def sign_moments(b, a, signed):
    """Return E x^r sign(b + a x), r = 0, 1, 2, for uniform x."""
    s0, s1, s2 = _sign_moments(b, a)
    if signed:
        t0, t1, t2 = _sign_moments(b, -a)
        return (s0 + t0) / 2.0, (s1 - t1) / 2.0, (s2 + t2) / 2.0
    return s0, s1, s2


@kernel
def _sign_moments(b, a):
    start, end = b, b + a
    if start * end >= 0.0:
        s = np.sign(start + end)
        return s, s / 2.0, s / 3.0
    s, x = np.sign(start), start / (start - end)
    return s * (2.0 * x - 1.0), s * (2.0 * x**2 - 1.0) / 2.0, s * (2.0 * x**3 - 1.0) / 3.0
