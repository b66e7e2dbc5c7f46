"""Two features in one dimension: the expected ReLU loss to machine precision, and its minima.

Weights are x = (w_1, w_2, b_1, b_2), and z_i = w_i (w_1 x_1 + w_2 x_2) + b_i. Given both features
active the loss is a piecewise cubic of x_i, once the other is integrated: two Gauss points on
every piece give it exactly.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel

_NODE = 0.5 / math.sqrt(3.0)  # Gauss points of a piece lie so far from its middle, in lengths


@kernel
def positive_moments(b, a):
    """Return the integrals of x^r over the x in [0, 1] with b + a x > 0, r = 0, 1, 2."""
    start, end = b, b + a
    if start <= 0.0 and end <= 0.0:
        return 0.0, 0.0, 0.0
    low, high = 0.0, 1.0
    if start < 0.0:
        low = start / (start - end)
    elif end < 0.0:
        high = start / (start - end)
    return high - low, (high**2 - low**2) / 2.0, (high**3 - low**3) / 3.0


@kernel
def feature_loss(a, c, b, p, q):
    """Return E (x - relu(a x + c y + b))^2 and its derivatives in a, c, b.

    x is active with probability p, y with q, each uniform on [0, 1].
    """
    none, mine, other, both = (1.0 - p) * (1.0 - q), p * (1.0 - q), (1.0 - p) * q, p * q
    positive = max(b, 0.0)
    value, db = none * positive**2, none * 2.0 * positive
    s0, s1, s2 = positive_moments(b, a)
    r0, r1 = b * s0 + a * s1, b * s1 + a * s2  # E relu, E x relu
    value += mine * (1.0 / 3.0 - 2.0 * r1 + b * r0 + a * r1)
    db += mine * 2.0 * (r0 - s1)
    da = mine * 2.0 * (r1 - s2)
    s0, s1, s2 = positive_moments(b, c)
    r0, r1 = b * s0 + c * s1, b * s1 + c * s2
    value += other * (b * r0 + c * r1)
    db += other * 2.0 * r0
    dc = other * 2.0 * r1
    cut, cut_too = _zero(b, a), _zero(b + c, a)
    first, second = min(cut, cut_too), max(cut, cut_too)
    for piece in range(3):
        start = 0.0 if piece == 0 else (first if piece == 1 else second)
        end = first if piece == 0 else (second if piece == 1 else 1.0)
        length = end - start
        if length <= 0.0:
            continue
        for node in range(2):
            x = start + length * (0.5 + (2 * node - 1) * _NODE)
            weight = both * length / 2.0
            u = b + a * x
            s0, s1, s2 = positive_moments(u, c)
            r0, r1 = u * s0 + c * s1, u * s1 + c * s2
            value += weight * (x * x - 2.0 * x * r0 + u * r0 + c * r1)
            slope = weight * 2.0 * (r0 - x * s0)
            db += slope
            da += x * slope
            dc += weight * 2.0 * (r1 - x * s1)
    return value, da, dc, db


@kernel
def _zero(b, a):
    """Where b + a x changes sign in [0, 1], or 0."""
    if (b < 0.0 and b + a > 0.0) or (b > 0.0 and b + a < 0.0):
        return -b / a
    return 0.0


@kernel
def pair_loss(x, p, q, r, grad):
    """Return the loss of x (4,) with densities p, q and importances 1, r; its gradient in grad."""
    one, two, mixed = x[0] * x[0], x[1] * x[1], x[0] * x[1]
    value, da, dc, db = feature_loss(one, mixed, x[2], p, q)
    grad[0], grad[1], grad[2] = 2.0 * x[0] * da + x[1] * dc, x[0] * dc, db
    other, da, dc, db = feature_loss(two, mixed, x[3], q, p)
    grad[0] += r * x[1] * dc
    grad[1] += r * (2.0 * x[1] * da + x[0] * dc)
    grad[3] = r * db
    return value + r * other


@kernel
def descend_pair(x, p, q, r, steps, tolerance, work):
    """Lower the loss from x (4,), in place, by BFGS; work (10, 4). Returns the loss reached."""
    H, g, d, trial, new, y, Hy = work[:4], work[4], work[5], work[6], work[7], work[8], work[9]
    value = pair_loss(x, p, q, r, g)
    _reset(H)
    for _ in range(steps):
        size = max(abs(g[0]), abs(g[1]), abs(g[2]), abs(g[3]))
        if size <= tolerance:
            break
        down = _direction(H, g, d)
        if down >= 0.0:
            _reset(H)
            down = _direction(H, g, d)
        t, reached = 1.0, value
        for _ in range(40):
            for i in range(4):
                trial[i] = x[i] + t * d[i]
            reached = pair_loss(trial, p, q, r, new)
            if reached <= value + 1e-4 * t * down:
                break
            t *= 0.5
        if not reached < value:
            break  # no step lowers the loss any more: rounding
        sy = 0.0
        for i in range(4):
            d[i] *= t
            y[i] = new[i] - g[i]
            sy += d[i] * y[i]
            x[i], g[i] = trial[i], new[i]
        if sy > 0.0:
            _update(H, d, y, Hy, sy)
        value = reached
    return value


@kernel
def _reset(H):
    for i in range(4):
        for j in range(4):
            H[i, j] = 1.0 if i == j else 0.0


@kernel
def _direction(H, g, d):
    """Put -H g in d; return its product with g."""
    down = 0.0
    for i in range(4):
        d[i] = 0.0
        for j in range(4):
            d[i] -= H[i, j] * g[j]
        down += d[i] * g[i]
    return down


@kernel
def _update(H, d, y, Hy, sy):
    """The BFGS update of an inverse Hessian after a step d that changed the gradient by y."""
    yHy = 0.0
    for i in range(4):
        Hy[i] = 0.0
        for j in range(4):
            Hy[i] += H[i, j] * y[j]
        yHy += y[i] * Hy[i]
    for i in range(4):
        for j in range(4):
            change = (1.0 + yHy / sy) * d[i] * d[j] - Hy[i] * d[j] - d[i] * Hy[j]
            H[i, j] += change / sy


@kernel
def pair_optima(p, q, r, starts, steps, tolerance, values, best):
    """For every cell c, descend from all starts (s, 4): values (c, s), and the best x (c, 4)."""
    work = np.empty((10, 4))
    x = np.empty(4)
    for c in range(p.shape[0]):
        least = np.inf
        for s in range(starts.shape[0]):
            for i in range(4):
                x[i] = starts[s, i]
            values[c, s] = descend_pair(x, p[c], q[c], r[c], steps, tolerance, work)
            if values[c, s] < least:
                least = values[c, s]
                for i in range(4):
                    best[c, i] = x[i]
