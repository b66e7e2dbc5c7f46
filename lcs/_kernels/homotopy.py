"""The path of minimisers of |x - A z|^2/2 + t ||z||_1 as t falls to 0, one corner at a time.

Along a segment z moves by w, A_T^T A_T w = signs, on its support T, and every correlation c_j with
the residual falls by a_j.(A_T w). A feature enters where its |c_j| meets t, and leaves where z_i
meets 0. R^T R = A_T^T A_T is kept by one row more, or one column less and a few rotations.
Reference: Osborne, Presnell, Turlach 2000; Efron, Hastie, Johnstone, Tibshirani 2004.
"""

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import solve


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
def follow(A, x, most_steps, tiny):
    """(finished, steps, n, T, signs, z_T, y): the end of the path, y (d,) its dual vector.

    A (d, m), x (d,); T, signs, z_T (d,) hold n entries each. Not finished where a column depends
    on those before it, or steps run out.
    """
    d, m = A.shape
    room = min(d, m)
    R = np.zeros((room, room))
    Q = np.zeros((room, d))
    T = np.zeros(room, np.intp)
    signs, z, w = np.zeros(room), np.zeros(room), np.zeros(room)
    inside = np.zeros(m, np.bool_)
    c = np.dot(x, A)
    y = np.zeros(d)
    t, enter, n, left = 0.0, -1, 0, -1
    for j in range(m):
        if abs(c[j]) > t:
            t, enter = abs(c[j]), j
    start = t
    if enter < 0:
        return True, 0, 0, T, signs, z, y
    for steps in range(most_steps):
        if enter >= 0:
            if n == room:
                return False, steps, n, T, signs, z, y
            Q[n] = A[:, enter]
            products = np.dot(Q[:n], Q[n])
            if not append(R, n, products, np.dot(Q[n], Q[n]), tiny):
                return False, steps, n, T, signs, z, y
            T[n], z[n] = enter, 0.0
            signs[n] = 1.0 if c[enter] > 0 else -1.0
            inside[enter] = True
            n += 1
        w[:n] = signs[:n]
        solve(R, n, w)
        y = np.dot(w[:n], Q[:n])
        a = np.dot(y, A)
        step, enter, leave = t, -1, -1
        for j in range(m):
            if not inside[j] and j != left:
                # (t - step) meets |c_j - step a_j|, from inside
                if 1 - a[j] > 0:
                    meets = (t - c[j]) / (1 - a[j])
                    if meets < step:
                        step, enter = max(meets, 0.0), j
                if 1 + a[j] > 0:
                    meets = (t + c[j]) / (1 + a[j])
                    if meets < step:
                        step, enter = max(meets, 0.0), j
        for i in range(n):
            if z[i] * w[i] < 0 and -z[i] / w[i] < step:
                step, enter, leave = -z[i] / w[i], -1, i
        for i in range(n):
            z[i] += step * w[i]
        t -= step
        if (enter < 0 and leave < 0) or t <= tiny * start:
            return True, steps + 1, n, T, signs, z, y
        for j in range(m):
            c[j] -= step * a[j]
        left = -1
        if leave >= 0:
            left = T[leave]
            inside[left] = False
            remove(R, n, leave)
            n -= 1
            for i in range(leave, n):
                T[i], signs[i], z[i] = T[i + 1], signs[i + 1], z[i + 1]
                Q[i] = Q[i + 1]
    return False, most_steps, n, T, signs, z, y
