"""Moments of a uniform variable that exact losses are built from."""

import numpy as np

from lcs._kernels.jit import kernel

_SMALL = 0.25  # below it the divisions by t^3 would cost more than three digits


@kernel
def uniform_moments(t, turn, signed):
    """Return E e^{itx}, E x e^{itx}, E x^2 e^{itx} for uniform x; turn = e^{it}."""
    if abs(t) < _SMALL:
        g0, g1, g2 = 1.0 + 0j, 0.5 + 0j, 1.0 / 3.0 + 0j
        term = 1.0 + 0j
        for k in range(1, 10):
            term *= complex(0.0, t * (1.0 / k))
            g0 += term * (1.0 / (k + 1))
            g1 += term * (1.0 / (k + 2))
            g2 += term * (1.0 / (k + 3))
    else:
        inverse = complex(0.0, -1.0 / t)
        g0 = (turn - 1.0) * inverse
        g1 = (turn - g0) * inverse
        g2 = (turn - 2.0 * g1) * inverse
    if signed:
        return complex(g0.real, 0.0), complex(0.0, g1.imag), complex(g2.real, 0.0)
    return g0, g1, g2


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
