"""Moments of uniform variables at one odd frequency k = 1, 3, 5, ... after the other.

Rows of an array w (ROWS, n) hold what belongs to features in use, the first `count` of n: complex
numbers in two rows, the real part first. Loops run along a row without division or branches, so
that compilers make vector code of them.
"""

import math

from lcs._kernels.jit import kernel

_SMALL = 0.25  # below it the divisions by t^3 would cost more than three digits

THETA, OVER = 0, 1  # t = k theta; 1/theta
TURN, _STEP = 2, 4  # e^{it}, and the factor from one k to the next
G0, G1 = 6, 8  # E e^{itx}, E x e^{itx}

# For `toy_series`. Of feature j: probabilities, the derivative by its angle, and E x_j e^{iwz} over
# its group, and over all groups but one. Of group g: P(nothing is active), E e^{iwz}, and products.
P, ALONE, SLOPE = 10, 11, 12
IN_GROUP, BESIDE = 13, 15
IDLE, FACTOR, BEFORE, BEHIND = 17, 18, 20, 22
ROWS = 24


@kernel
def set_out(count, w):
    """Prepare k = 1 for the angles in row THETA."""
    for j in range(count):
        theta = w[THETA, j]
        c, d = math.cos(theta), math.sin(theta)
        w[TURN, j], w[TURN + 1, j] = c, d
        w[_STEP, j], w[_STEP + 1, j] = (c - d) * (c + d), 2.0 * c * d
        w[OVER, j] = 1.0 / theta if theta != 0.0 else 0.0


@kernel
def advance(count, w):
    """Turn to the next odd k."""
    for j in range(count):
        c = w[TURN, j]
        w[TURN, j] = c * w[_STEP, j] - w[TURN + 1, j] * w[_STEP + 1, j]
        w[TURN + 1, j] = c * w[_STEP + 1, j] + w[TURN + 1, j] * w[_STEP, j]


@kernel
def moments(k, count, signed, w):
    """Put E e^{itx} in row G0 and E x e^{itx} in row G1, at t = k theta, for uniform x."""
    over = 1.0 / k
    for j in range(count):
        w[G0, j] = w[TURN + 1, j] * (w[OVER, j] * over)
        w[G0 + 1, j] = (1.0 - w[TURN, j]) * (w[OVER, j] * over)
    for j in range(count):
        w[G1, j] = (w[TURN + 1, j] - w[G0 + 1, j]) * (w[OVER, j] * over)
    for j in range(count):
        w[G1 + 1, j] = (w[G0, j] - w[TURN, j]) * (w[OVER, j] * over)
    for j in range(count):
        if abs(k * w[THETA, j]) < _SMALL:
            w[G0, j], w[G0 + 1, j] = _power_series(k * w[THETA, j], 0)
            w[G1, j], w[G1 + 1, j] = _power_series(k * w[THETA, j], 1)
    if signed:
        for j in range(count):
            w[G0 + 1, j] = w[G1, j] = 0.0


@kernel
def second_moment(k, j, signed, w):
    """E x^2 e^{itx} of one feature, after `moments`."""
    t = k * w[THETA, j]
    if abs(t) < _SMALL:
        real, imaginary = _power_series(t, 2)
    else:
        real = (w[TURN + 1, j] - 2.0 * w[G1 + 1, j]) / t
        imaginary = (2.0 * w[G1, j] - w[TURN, j]) / t
    return complex(real, 0.0 if signed else imaginary)


@kernel
def _power_series(t, r):
    """E x^r e^{itx} for small t, to t^11."""
    real, imaginary, even, odd = 0.0, 0.0, 1.0, t
    for k in range(0, 12, 2):
        real += even * (1.0 / (k + 1 + r))
        imaginary += odd * (1.0 / (k + 2 + r))
        even *= t * t * (-1.0 / ((k + 1) * (k + 2)))
        odd *= t * t * (-1.0 / ((k + 2) * (k + 3)))
    return real, imaginary


@kernel
def at(w, row, j):
    """The complex number in two rows."""
    return complex(w[row, j], w[row + 1, j])


@kernel
def put(w, row, j, value):
    """Put a complex number in two rows."""
    w[row, j], w[row + 1, j] = value.real, value.imag
