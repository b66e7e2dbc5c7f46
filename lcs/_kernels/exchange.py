"""From a choice of d columns to the shortest signal: the simplex method for the l1 norm.

With A_T square and invertible, z_T = A_T^-1 x is on T alone, s its signs, and y with A_T^T y = s
proves it shortest where no |a_j^T y| is above 1. Else the worst j enters: z_T moves by -theta u,
u = sign(a_j^T y) A_T^-1 a_j, the norm by (1 - |a_j^T y|) theta at first, and steeper by 2 |u_p|
after each z_p that passes 0; the one at which it would begin to grow leaves.
Reference: Barrodale, Roberts 1973, An improved algorithm for discrete l1 linear approximation.
"""

import numpy as np

from lcs._kernels.jit import kernel


@kernel
def leaving(z, s, u, slope, tiny):
    """(theta, p): how far to go until the norm would grow, and the entry then at 0; or p = -1.

    slope (< 0) is that at 0, s (n,) the signs of z with a choice where it is 0: those of entries
    that pass 0 are turned.
    """
    meets = np.full(z.shape[0], np.inf)
    for p in range(z.shape[0]):
        if s[p] * u[p] > tiny:
            meets[p] = z[p] / u[p]
    for p in np.argsort(meets):
        if meets[p] == np.inf:
            break
        slope += 2 * abs(u[p])
        if slope >= 0:
            return meets[p], p
        s[p] = -s[p]
    return 0.0, -1


@kernel
def exchange(A, x, T, inverse, most_steps, above, tiny):
    """(finished, steps, s): T (d,) and inverse = A_T^-1 (d, d) exchanged until T is best, in place.

    Stops where every |a_j^T y| <= 1 + above; a pivot must be above tiny.
    """
    d, m = A.shape
    inside = np.zeros(m, np.bool_)
    for p in range(d):
        inside[T[p]] = True
    z = np.dot(inverse, x)
    s, column, row = np.ones_like(x), np.empty_like(x), np.empty_like(x)
    for p in range(d):
        if z[p] < 0:
            s[p] = -1
    for steps in range(most_steps):
        a = np.dot(np.dot(s, inverse), A)
        most, j = 1 + above, -1
        for i in range(m):
            if not inside[i] and abs(a[i]) > most:
                most, j = abs(a[i]), i
        if j < 0:
            return True, steps, s
        side = 1 if a[j] > 0 else -1
        for i in range(d):
            column[i] = side * A[i, j]
        u = np.dot(inverse, column)
        theta, p = leaving(z, s, u, 1 - most, tiny)
        if p < 0:
            return False, steps, s
        for i in range(d):
            z[i] -= theta * u[i]
            row[i] = inverse[p, i] / u[p]
        for i in range(d):
            weight = u[i]
            target = inverse[i]
            for l in range(d):
                target[l] -= weight * row[l]
        for l in range(d):
            inverse[p, l] = side * row[l]
        inside[T[p]] = False
        inside[j] = True
        T[p], z[p], s[p] = j, side * theta, side
    return False, most_steps, s
