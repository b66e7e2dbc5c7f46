"""The interior-point method of `lcs.l1._interior`: its reduction and its steps.

Sums over many entries are BLAS products, all else is one pass over arrays in order: the same bits
on any number of threads as long as BLAS has one.
"""

import numpy as np

from lcs._kernels.cholesky import back_solve, factor, forward_solve, gram, solve
from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import gather

_STAY = 0.995  # of the way to the border


@kernel
def orthogonal(Q, X, T):
    """Householder: Q (k, d) = A_S^T becomes R^T, and H = I - X^T T X has H A_S = R.

    X (k, d) unit upper trapezoidal, T (k, k) lower triangular. False where a column of A_S depends
    on those before it, to rounding.
    """
    k, d = Q.shape
    limit = Q.dtype.type(8 * max(d, k) * np.finfo(Q.dtype).eps)
    largest = Q.dtype.type(0)
    for j in range(k):
        x = X[j]
        x[:j] = 0
        x[j:] = Q[j, j:]
        length = np.sqrt(np.dot(x, x))
        largest = max(largest, length)
        if not (length > limit * largest):
            return False
        pivot = -length if x[j] > 0 else length
        tau = (pivot - x[j]) / pivot
        x[j:] /= x[j] - pivot
        x[j] = 1
        w = np.dot(Q[j:], x)
        for i in range(j, k):
            weight = tau * w[i - j]
            target, source = Q[i, j:], x[j:]
            for l in range(target.shape[0]):
                target[l] -= weight * source[l]
        T[j, j] = tau
    products = np.dot(X, X.T)
    for j in range(k):
        row = T[j, :j]
        row[:] = 0
        for l in range(j):
            weight = T[j, j] * products[l, j]
            source = T[l, : l + 1]
            for i in range(l + 1):
                row[i] -= weight * source[i]
    return True


@kernel
def reduce(A, support, signs, where):
    """(ok, c, Gt, first, R, X, T): see `lcs.l1._interior`; A (d, m), where the p columns off S."""
    d, k, p = A.shape[0], support.shape[0], where.shape[0]
    Q, X = np.empty((k, d), A.dtype), np.empty((k, d), A.dtype)
    T, Gt = np.zeros((k, k), A.dtype), np.empty((d, p), A.dtype)
    first = signs.astype(A.dtype)
    gather(A, support, Q)
    for i in range(d):
        source, target = A[i], Gt[i]
        for j in range(p):
            target[j] = source[where[j]]
    if not orthogonal(Q, X, T):
        return False, np.empty(p, A.dtype), Gt, first, T, X, T
    R = np.ascontiguousarray(Q[:, :k].T)
    forward_solve(R, k, first)
    c = np.dot(lifted(first, np.zeros(d - k, A.dtype), X, T), Gt)
    if k > 0:
        tails = np.dot(np.ascontiguousarray(X[:, k:].T), T)
        change = np.dot(tails, np.dot(X, Gt))
        Gt = Gt[k:]
        for i in range(d - k):
            source, target = change[i], Gt[i]
            for j in range(p):
                target[j] -= source[j]
    return True, c, Gt, first, R, X, T


@kernel
def lifted(first, w, X, T):
    """v (d,) with coordinates `first` along A_S and w off it."""
    v = np.concatenate((first, w))
    return v - np.dot(np.dot(np.dot(X, v), T), X)


@kernel
def on_support(A, where, y, R, X, T):
    """The h_S with A_S h_S = A_where y but for what is orthogonal to A_S."""
    everywhere = np.zeros(A.shape[1], A.dtype)
    everywhere[where] = y
    h = np.dot(A, everywhere)
    h = h - np.dot(np.dot(T, np.dot(X, h)), X)
    back_solve(R, R.shape[0], h)
    return h[: R.shape[0]].copy()


@kernel
def _room(x, dx, one):
    """The step in (0, 1] that keeps x + step dx above 0."""
    most = x.dtype.type(0)
    for i in range(x.shape[0]):
        most = max(most, -dx[i] / x[i])
    return min(one, x.dtype.type(_STAY / max(most, x.dtype.type(_STAY))))


@kernel
def _direction(e0, e1, D0, D1, drift, short, Gt, L, g, Hg, schur):
    """Solve for (dw, dr, dt, ds, dx), complementarity asking for dx + D ds = e."""
    ones = np.ones_like(e0)
    one = -np.dot(Gt, e0 - e1) - drift
    dt = (np.dot(e0 + e1, ones) - short - np.dot(Hg, one)) / schur
    dw = one - g * dt
    solve(L, dw.shape[0], dw)
    dr = np.dot(dw, Gt)
    ds0, ds1 = dt - dr, dt + dr
    return dw, dr, dt, ds0, ds1, e0 - D0 * ds0, e1 - D1 * ds1


@kernel
def descend(c, Gt, apart, steps):
    """(lower, upper, w, y) with lower <= min ||c + G w||_inf <= upper, until it is apart from 1.

    c (p,), Gt (n, p) with n, p > 0.
    """
    n, p = Gt.shape
    real = c.dtype.type
    one, close = real(1), real(64 * np.finfo(c.dtype).eps)
    ones = np.ones_like(c)
    w, y = np.zeros(n, c.dtype), np.zeros(p, c.dtype)
    r = c.copy()
    lower, upper = real(-np.inf), np.max(np.abs(r))
    best_w, best_y = w, y
    t = real(1.1) * upper + close
    x0 = np.full(p, real(0.5 / p), c.dtype)
    x1 = x0.copy()
    weighted, H, L = np.empty_like(Gt), np.empty((n, n), c.dtype), np.empty((n, n), c.dtype)
    for _ in range(steps):
        y = x0 - x1
        length = np.dot(np.abs(y), ones)
        if length > 0:
            value = np.dot(c, y) / length
            if value > lower:
                lower, best_y = value, y / length
        size = np.max(np.abs(r))
        if size < upper:
            upper, best_w = size, w
        if upper < 1 - apart or lower > 1 + apart:
            break
        if upper - lower <= close * max(one, upper):
            break
        s0, s1 = t - r, t + r
        if not (np.min(s0) > 0 and np.min(s1) > 0):
            break
        D0, D1 = x0 / s0, x1 / s1
        root = np.sqrt(D0 + D1)
        for i in range(n):
            source, target = Gt[i], weighted[i]
            for j in range(p):
                target[j] = source[j] * root[j]
        gram(weighted, H)
        if not factor(H, L, 0, n):
            break
        g = np.dot(Gt, D1 - D0)
        Hg = g.copy()
        solve(L, n, Hg)
        schur = np.dot(D0 + D1, ones) - np.dot(g, Hg)
        drift = np.dot(Gt, y)
        short = one - np.dot(x0 + x1, ones)
        _, _, _, ds0, ds1, dx0, dx1 = _direction(
            -x0, -x1, D0, D1, drift, short, Gt, L, g, Hg, schur
        )
        mu = real((np.dot(x0, s0) + np.dot(x1, s1)) / (2 * p))
        primal = min(_room(s0, ds0, one), _room(s1, ds1, one))
        dual = min(_room(x0, dx0, one), _room(x1, dx1, one))
        ahead = np.dot(x0 + dual * dx0, s0 + primal * ds0)
        ahead = real((ahead + np.dot(x1 + dual * dx1, s1 + primal * ds1)) / (2 * p))
        target = ahead * (ahead / mu) * (ahead / mu)
        e0, e1 = (target - ds0 * dx0) / s0 - x0, (target - ds1 * dx1) / s1 - x1
        dw, _, dt, ds0, ds1, dx0, dx1 = _direction(
            e0, e1, D0, D1, drift, short, Gt, L, g, Hg, schur
        )
        primal = min(_room(s0, ds0, one), _room(s1, ds1, one))
        dual = min(_room(x0, dx0, one), _room(x1, dx1, one))
        w = w + primal * dw
        t = t + primal * dt
        x0, x1 = x0 + dual * dx0, x1 + dual * dx1
        r = c + np.dot(w, Gt)
        if not (np.isfinite(t) and np.all(np.isfinite(r))):
            break
        t = max(t, np.max(np.abs(r)) * (one + close))
    return lower, upper, best_w, best_y
