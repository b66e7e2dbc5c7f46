"""Functions of the odd frequencies k = 1, 3, 5, ...: moments of a uniform variable, products, sums.

They are rows of one array `waves` (count, 2, terms), named by their numbers: real parts, then
imaginary ones. Loops run along a row without division or branches, so that compilers make vector
code of them; views of rows would cost more than what is done with them.
"""

import math

from lcs._kernels.jit import kernel

_SMALL = 0.25  # below it the divisions by t^3 would cost more than three digits


@kernel
def constant(value, waves, x):
    """Put a real number in x."""
    for s in range(waves.shape[2]):
        waves[x, 0, s] = value
        waves[x, 1, s] = 0.0


@kernel
def copy(waves, x, y):
    """Put x in y."""
    for s in range(waves.shape[2]):
        waves[y, 0, s] = waves[x, 0, s]
        waves[y, 1, s] = waves[x, 1, s]


@kernel
def add(c, waves, x, y):
    """Add c x to y, for a real number c."""
    for s in range(waves.shape[2]):
        waves[y, 0, s] += c * waves[x, 0, s]
        waves[y, 1, s] += c * waves[x, 1, s]


@kernel
def times(waves, y, x):
    """Multiply y by x."""
    for s in range(waves.shape[2]):
        last = waves[y, 0, s]
        waves[y, 0, s] = last * waves[x, 0, s] - waves[y, 1, s] * waves[x, 1, s]
        waves[y, 1, s] = last * waves[x, 1, s] + waves[y, 1, s] * waves[x, 0, s]


@kernel
def at(waves, x, s):
    """The value of x at one frequency."""
    return complex(waves[x, 0, s], waves[x, 1, s])


@kernel
def imaginary(waves, x, y):
    """The sum of Im(x y), as four sums: one would wait for itself."""
    terms = waves.shape[2]
    t0, t1, t2, t3 = 0.0, 0.0, 0.0, 0.0
    for s in range(0, terms - 3, 4):
        t0 += waves[x, 0, s] * waves[y, 1, s] + waves[x, 1, s] * waves[y, 0, s]
        t1 += waves[x, 0, s + 1] * waves[y, 1, s + 1] + waves[x, 1, s + 1] * waves[y, 0, s + 1]
        t2 += waves[x, 0, s + 2] * waves[y, 1, s + 2] + waves[x, 1, s + 2] * waves[y, 0, s + 2]
        t3 += waves[x, 0, s + 3] * waves[y, 1, s + 3] + waves[x, 1, s + 3] * waves[y, 0, s + 3]
    for s in range(terms - terms % 4, terms):
        t0 += waves[x, 0, s] * waves[y, 1, s] + waves[x, 1, s] * waves[y, 0, s]
    return (t0 + t1) + (t2 + t3)


@kernel
def odd_powers(theta, waves, x):
    """Put e^{ik theta} in x, by doubling."""
    terms = waves.shape[2]
    c, d = math.cos(theta), math.sin(theta)
    waves[x, 0, 0], waves[x, 1, 0] = c, d
    have = 1
    while have < terms:
        c, d = (c - d) * (c + d), 2.0 * c * d  # e^{2i have theta}
        for s in range(min(have, terms - have)):
            waves[x, 0, have + s] = waves[x, 0, s] * c - waves[x, 1, s] * d
            waves[x, 1, have + s] = waves[x, 0, s] * d + waves[x, 1, s] * c
        have *= 2


@kernel
def odd_moments(theta, inverse, signed, waves, g0, g1):
    """Put E e^{itx} in g0 and E x e^{itx} in g1, at t = k theta, for uniform x; inverse = 1/k."""
    few, terms = _short(theta, waves.shape[2]), waves.shape[2]
    if few < terms:
        odd_powers(theta, waves, g1)
        r = 1.0 / theta
        for s in range(few, terms):
            waves[g0, 0, s] = waves[g1, 1, s] * (r * inverse[s])
            waves[g0, 1, s] = (1.0 - waves[g1, 0, s]) * (r * inverse[s])
        for s in range(few, terms):
            last = waves[g1, 0, s]
            waves[g1, 0, s] = (waves[g1, 1, s] - waves[g0, 1, s]) * (r * inverse[s])
            waves[g1, 1, s] = (waves[g0, 0, s] - last) * (r * inverse[s])
    for s in range(few):
        waves[g0, 0, s], waves[g0, 1, s] = _power_series((2 * s + 1) * theta, 0)
        waves[g1, 0, s], waves[g1, 1, s] = _power_series((2 * s + 1) * theta, 1)
    if signed:
        for s in range(terms):
            waves[g0, 1, s] = waves[g1, 0, s] = 0.0


@kernel
def second_moments(theta, inverse, signed, waves, g1, g2):
    """Put E x^2 e^{itx} in g2, given what `odd_moments` puts in g1."""
    few, terms = _short(theta, waves.shape[2]), waves.shape[2]
    if few < terms:
        odd_powers(theta, waves, g2)
        r = 1.0 / theta
        for s in range(few, terms):
            last = waves[g2, 0, s]
            waves[g2, 0, s] = (waves[g2, 1, s] - 2.0 * waves[g1, 1, s]) * (r * inverse[s])
            waves[g2, 1, s] = (2.0 * waves[g1, 0, s] - last) * (r * inverse[s])
    for s in range(few):
        waves[g2, 0, s], waves[g2, 1, s] = _power_series((2 * s + 1) * theta, 2)
    if signed:
        for s in range(terms):
            waves[g2, 1, s] = 0.0


@kernel
def _short(theta, terms):
    """How many of the frequencies have t = k |theta| < _SMALL."""
    few = 0
    while few < terms and (2 * few + 1) * abs(theta) < _SMALL:
        few += 1
    return few


@kernel
def _power_series(t, r):
    """E x^r e^{itx} for small t, to t^11."""
    real, imaginary, even, odd = 0.0, 0.0, 1.0, t
    for k in range(0, 12, 2):
        real += even / (k + 1 + r)
        imaginary += odd / (k + 2 + r)
        even *= -t * t / ((k + 1) * (k + 2))
        odd *= -t * t / ((k + 2) * (k + 3))
    return real, imaginary
