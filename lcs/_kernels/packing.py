"""Packing lines: a smooth maximum of |X_ij|, i != j, and its descent by L-BFGS.

Points are flat: m lines of d coordinates, one line after the other; for A != B those of A, then
those of B. The smooth maximum at inverse temperature beta is
    F = (1/beta) log sum exp(beta s X_ij), over both signs s and every pair of the code,
with X_ij = <a_i, a_j>/(|a_i||a_j|), i > j, for A = B, and <b_i, a_j>/<b_i, a_i> otherwise.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel


@kernel
def smooth_max(x, m, beta, tied, grad, X):
    """Return F at x (m d,) or (2 m d,); put its gradient in grad and the entries in X (m, m).

    Terms below e^-45 of the largest are left out. Returns inf where some <b_i, a_i> is zero.
    """
    grad[:] = 0.0
    size = x.shape[0] if tied else x.shape[0] // 2
    d = size // m
    shift = 0 if tied else size  # where the probes start
    largest = _entries(x, m, d, shift, tied, X)
    if not np.isfinite(largest):
        return np.inf
    total = 0.0
    for i in range(m):
        for j in range(i if tied else m):
            a = abs(X[i, j])
            if i == j or beta * (a - largest) < -45.0:
                continue
            near = math.exp(beta * (a - largest))
            far = math.exp(-2.0 * beta * a)
            total += near * (1.0 + far)
            w = near * (1.0 - far)
            if X[i, j] < 0.0:
                w = -w
            # d<b_i, a_j> is shared out here; the lengths, the same for a whole line, below.
            w /= math.sqrt(X[i, i] * X[j, j]) if tied else X[i, i]
            for l in range(d):
                grad[shift + i * d + l] += w * x[j * d + l]
                grad[j * d + l] += w * x[shift + i * d + l]
    for i in range(m):
        along = 0.0
        for l in range(d):
            along += grad[shift + i * d + l] * x[shift + i * d + l]
        if tied:
            for l in range(d):
                grad[i * d + l] -= along / X[i, i] * x[i * d + l]
    if not tied:
        _lengths(x, m, d, shift, beta, largest, grad, X)
    for l in range(grad.shape[0]):
        grad[l] /= total
    return largest + math.log(total) / beta


@kernel
def _entries(x, m, d, shift, tied, X):
    """Put the entries in X, on its diagonal <b_i, a_i>; return the largest |X_ij|, i != j."""
    for i in range(m):
        product = 0.0
        for l in range(d):
            product += x[shift + i * d + l] * x[i * d + l]
        X[i, i] = product
    largest = 0.0
    for i in range(m):
        for j in range(i if tied else m):
            if i == j:
                continue
            product = 0.0
            for l in range(d):
                product += x[shift + i * d + l] * x[j * d + l]
            scale = math.sqrt(X[i, i] * X[j, j]) if tied else X[i, i]
            if scale == 0.0:
                return np.inf
            X[i, j] = product / scale
            largest = max(largest, abs(X[i, j]))
    return largest


@kernel
def _lengths(x, m, d, shift, beta, largest, grad, X):
    """Add what <b_i, a_i> in the denominator of row i contributes, for A != B."""
    for i in range(m):
        along = 0.0
        for j in range(m):
            a = abs(X[i, j])
            if i == j or beta * (a - largest) < -45.0:
                continue
            near = math.exp(beta * (a - largest))
            along += near * (1.0 - math.exp(-2.0 * beta * a)) * a
        along /= X[i, i]
        for l in range(d):
            grad[shift + i * d + l] -= along * x[i * d + l]
            grad[i * d + l] -= along * x[shift + i * d + l]


@kernel
def descend(x, m, betas, tied, memory, most):
    """Lower F from x, changed in place, through rising betas; return F at the last.

    L-BFGS with `memory` pairs and a weak Wolfe search, at most `most` steps at each beta; a stage
    ends where F falls by less than 1e-13 in a step.
    """
    n = x.shape[0]
    X = np.zeros((m, m))
    steps, turns = np.zeros((memory, n)), np.zeros((memory, n))
    curvatures, weights = np.zeros(memory), np.zeros(memory)
    grad, new, new_grad, way = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    value = np.inf
    for beta in betas:
        value = smooth_max(x, m, beta, tied, grad, X)
        kept = 0
        for step in range(most):
            _direction(grad, steps, turns, curvatures, weights, kept, step, way)
            slope = 0.0
            for l in range(n):
                slope += way[l] * grad[l]
            if not slope < 0.0:
                break
            found = _search(x, m, beta, tied, value, slope, way, new, new_grad, X)
            fall = value - found
            if not fall > 0.0:
                break
            place, product = step % memory, 0.0
            for l in range(n):
                steps[place, l] = new[l] - x[l]
                turns[place, l] = new_grad[l] - grad[l]
                product += steps[place, l] * turns[place, l]
                x[l], grad[l] = new[l], new_grad[l]
            curvatures[place] = product
            kept = min(kept + 1, memory)
            value = found
            if fall < 1e-13:
                break
    return value


@kernel
def _direction(grad, steps, turns, curvatures, weights, kept, step, way):
    """Put minus the inverse Hessian estimate times grad in way: the two-loop recursion."""
    memory, n = steps.shape
    way[:] = -grad
    for back in range(1, kept + 1):
        place = (step - back) % memory
        product = 0.0
        for l in range(n):
            product += steps[place, l] * way[l]
        weights[place] = product / curvatures[place]
        for l in range(n):
            way[l] -= weights[place] * turns[place, l]
    scale = 0.0
    if kept:
        place = (step - 1) % memory
        for l in range(n):
            scale += turns[place, l] * turns[place, l]
        scale = curvatures[place] / scale
    else:
        for l in range(n):
            scale += grad[l] * grad[l]
        scale = 0.1 / math.sqrt(scale) if scale > 0.0 else 0.0
    way *= scale
    for back in range(kept, 0, -1):
        place = (step - back) % memory
        product = 0.0
        for l in range(n):
            product += turns[place, l] * way[l]
        product = weights[place] - product / curvatures[place]
        for l in range(n):
            way[l] += product * steps[place, l]


@kernel
def _search(x, m, beta, tied, value, slope, way, new, new_grad, X):
    """Return F at a step along way that falls enough and flattens enough; put it in new."""
    low, high, t = 0.0, np.inf, 1.0
    found = np.inf
    for _ in range(40):
        for l in range(x.shape[0]):
            new[l] = x[l] + t * way[l]
        found = smooth_max(new, m, beta, tied, new_grad, X)
        if not found <= value + 1e-4 * t * slope:
            high = t
        else:
            product = 0.0
            for l in range(x.shape[0]):
                product += new_grad[l] * way[l]
            if product >= 0.9 * slope:
                return found
            low = t
        t = (low + high) / 2.0 if high < np.inf else 2.0 * low
    # No curvature to keep: the caller stops here.
    return value
