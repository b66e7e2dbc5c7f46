"""A dual vector of small norm: A_S^T v = signs, and all other |a_j^T v| below 1.

Least-norm points, one after another: first with the equations on S alone, then with violators held
at a level below 1 too, those that push the wrong way let go again. Where it ends without a violator
v is found; where it does not, nothing is known. Reductions are written as sums of rows, which the
compiler turns into SIMD without reordering any sum.
"""

import numpy as np

from lcs._kernels.jit import kernel

_BLOCK = 24


@kernel
def largest_bits(bits, largest):
    """The largest |A_ij| of each row from the bits of A, (d, m) int64, as bits: (d,).

    Sizes are ordered as their bits are, with inf and then NaN on top, and a maximum of integers
    compiles to SIMD where one of floats does not.
    """
    for i in range(bits.shape[0]):
        most = np.int64(0)
        row = bits[i]
        for j in range(row.shape[0]):
            most = max(most, row[j] & np.int64(0x7FFFFFFFFFFFFFFF))
        largest[i] = most


@kernel
def factor(G, n):
    """R, upper triangular, with R^T R = G[:n, :n], in its place; False where there is none."""
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        for j in range(start, stop):
            pivot = G[j, j]
            if not (pivot > 0):
                return False
            G[j, j:n] /= np.sqrt(pivot)
            row = G[j]
            for i in range(j + 1, stop):
                weight = row[i]
                target = G[i, i:n]
                source = row[i:n]
                for l in range(target.shape[0]):
                    target[l] -= weight * source[l]
        if stop < n:
            panel = G[start:stop, stop:n].copy()
            G[stop:n, stop:n] -= np.dot(panel.T, panel)
    return True


@kernel
def solve(R, n, b):
    """Replace b[:n] by the solution of R^T R x = b."""
    for j in range(n):
        b[j] /= R[j, j]
        weight = b[j]
        source = R[j, j + 1 : n]
        target = b[j + 1 : n]
        for l in range(target.shape[0]):
            target[l] -= weight * source[l]
    for j in range(n - 1, -1, -1):
        total = b[j]
        for l in range(j + 1, n):
            total -= R[j, l] * b[l]
        b[j] = total / R[j, j]


@kernel
def dual_search(A, support, signs, level, below, rounds):
    """(found, v): A_S^T v = signs to rounding and |a_j^T v| < below off S, v (d,).

    A (d, m), support (k,), signs (k,), level the size at which violators are held.
    """
    d, m = A.shape
    k = support.shape[0]
    Q = np.empty((d, d), A.dtype)
    targets = np.empty(d, A.dtype)
    chosen = np.empty(d, np.intp)
    taken = np.zeros(m, np.bool_)
    fixed = np.zeros(m, np.bool_)
    v = np.zeros(d, A.dtype)
    if k > d:
        return False, v
    for i in range(k):
        chosen[i] = support[i]
        fixed[support[i]] = True
        targets[i] = signs[i]
        Q[i] = A[:, support[i]]
    n = k
    for _ in range(rounds):
        if n > 0:
            G = np.dot(Q[:n], Q[:n].T)
            if not factor(G, n):
                return False, v
            weights = targets[:n].copy()
            solve(G, n, weights)
            v = np.dot(weights, Q[:n])
            kept = k
            for i in range(k, n):
                if weights[i] * targets[i] <= 0:
                    chosen[kept], targets[kept] = chosen[i], targets[i]
                    Q[kept] = Q[i]
                    kept += 1
                else:
                    taken[chosen[i]] = False
            n = kept
        c = np.dot(v, A)
        clear = True
        for j in range(m):
            if not (abs(c[j]) < below) and not fixed[j]:
                clear = False
                if taken[j]:
                    continue  # held already: less by rounding or by the next round
                if n >= d:
                    return False, v
                taken[j] = True
                chosen[n] = j
                targets[n] = level if c[j] > 0 else -level
                Q[n] = A[:, j]
                n += 1
        if clear:
            return True, v
    return False, v
