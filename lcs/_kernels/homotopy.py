"""The path of minimisers of |x - A z|^2/2 + t ||z||_1 as t falls to 0, one corner at a time.

Along a segment z moves by w, A_T^T A_T w = signs, on its support T, and every correlation c_j with
the residual falls by a_j.q, q = A_T w. A feature enters where its |c_j| meets t (c_j itself where
no entry may be negative), and leaves where z_i meets 0. A column that depends on A_T keeps its
ratio c_j/t as long as nothing leaves, so it need not enter before. The part of the residual beside
t q stays, whence the t at which its length meets sigma. R^T R = A_T^T A_T is kept by one row more,
or one column less and a few rotations.
Reference: Osborne, Presnell, Turlach 2000; Efron, Hastie, Johnstone, Tibshirani 2004.
"""

import numpy as np

from lcs._kernels.cholesky import solve
from lcs._kernels.jit import kernel


@kernel
def append(R, n, products, square, relative):
    """Grow R (n, n) by a column of these products (n,) with A_T; False where it depends on them."""
    for i in range(n):
        products[i] /= R[i, i]
        weight = products[i]
        for l in range(i + 1, n):
            products[l] -= weight * R[i, l]
    rest = square
    for i in range(n):
        R[i, n] = products[i]
        rest -= products[i] * products[i]
    if not (rest > relative * square):
        return False
    R[n, n] = np.sqrt(rest)
    return True


@kernel
def remove(R, n, position):
    """Shrink R (n, n) by the column at `position`, by rotations of adjacent rows."""
    for j in range(position, n - 1):
        for i in range(j + 2):
            R[i, j] = R[i, j + 1]
    for j in range(position, n - 1):
        a, b = R[j, j], R[j + 1, j]
        length = np.hypot(a, b)
        c, s = a / length, b / length
        R[j, j] = length
        for l in range(j + 1, n - 1):
            up, down = R[j, l], R[j + 1, l]
            R[j, l] = c * up + s * down
            R[j + 1, l] = c * down - s * up


@kernel
def first_to_enter(c, a, t, closed, left, side, one_sided):
    """(step, j): how far t may fall before some |c_j - step a_j| meets t - step; j = -1 for none.

    Not those closed; not feature `left` on the side that it has just left.
    """
    step, enter = t, -1
    for j in range(c.shape[0]):
        if closed[j]:
            continue
        if 1 - a[j] > 0 and not (j == left and side > 0):
            meets = (t - c[j]) / (1 - a[j])
            if meets < step:
                step, enter = max(meets, 0.0), j
        if not one_sided and 1 + a[j] > 0 and not (j == left and side < 0):
            meets = (t + c[j]) / (1 + a[j])
            if meets < step:
                step, enter = max(meets, 0.0), j
    return step, enter


@kernel
def follow(A, x, sigma, one_sided, most_steps, tiny):
    """(finished, steps, n, T, signs): support and signs where |x - A z| meets sigma, or t ends.

    A (d, m), x (d,); T, signs (d,) hold n entries. Not finished where steps run out.
    """
    d, m = A.shape
    room = min(d, m)
    R = np.zeros((room, room))
    Q = np.zeros((room, d))
    T = np.zeros(room, np.intp)
    signs, z, w = np.zeros(room), np.zeros(room), np.zeros(room)
    closed = np.zeros(m, np.bool_)  # on the support, or dependent on it
    c = np.dot(x, A)
    rest = x.copy()
    t, enter, n, left, side = 0.0, -1, 0, -1, 0.0
    for j in range(m):
        size = c[j] if one_sided else abs(c[j])
        if size > t:
            t, enter = size, j
    start = t
    if enter < 0:
        return True, 0, 0, T, signs
    for steps in range(most_steps):
        if enter >= 0:
            closed[enter] = True
            if n < room:
                Q[n] = A[:, enter]
                products = np.dot(Q[:n], Q[n])
                if append(R, n, products, np.dot(Q[n], Q[n]), tiny):
                    T[n], z[n] = enter, 0.0
                    signs[n] = 1.0 if c[enter] > 0 else -1.0
                    n += 1
        w[:n] = signs[:n]
        solve(R, n, w)
        q = np.dot(w[:n], Q[:n])
        a = np.dot(q, A)
        step, enter = first_to_enter(c, a, t, closed, left, side, one_sided)
        leave = -1
        for i in range(n):
            if signs[i] * w[i] < 0 and -z[i] / w[i] < step:
                step, enter, leave = max(-z[i] / w[i], 0.0), -1, i
        if sigma > 0:
            beside = rest - t * q
            over = sigma * sigma - np.dot(beside, beside)
            if over > 0 and over >= (t - step) ** 2 * np.dot(q, q):
                return True, steps + 1, n, T, signs
        if (enter < 0 and leave < 0) or t - step <= tiny * start:
            return True, steps + 1, n, T, signs
        z[:n] += step * w[:n]
        rest -= step * q
        c -= step * a
        t -= step
        left = -1
        if leave >= 0:
            left, side = T[leave], signs[leave]
            remove(R, n, leave)
            n -= 1
            for i in range(leave, n):
                T[i], signs[i], z[i] = T[i + 1], signs[i + 1], z[i + 1]
                Q[i] = Q[i + 1]
            closed[:] = False
            for i in range(n):
                closed[T[i]] = True
    return False, most_steps, n, T, signs
