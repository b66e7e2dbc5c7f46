"""Cholesky's factorisation and the solutions that follow from it.

Reductions are written as sums of rows, which the compiler turns into SIMD without reordering any
sum.
"""

import numpy as np

from lcs._kernels.jit import kernel

_BLOCK = 24
_BAND = 48  # rows of a symmetric product at a time


@kernel
def gram(Q, G):
    """The upper half of G = Q Q^T (n, n), and some of the lower: what `factor` reads."""
    n = Q.shape[0]
    for start in range(0, n, _BAND):
        stop = min(start + _BAND, n)
        G[start:stop, start:] = np.dot(Q[start:stop], Q[start:].T)


@kernel
def factor(G, R, first, n):
    """R^T R = G[:n, :n] for R upper triangular; False where there is none.

    Reads the upper half of G. The columns of R before `first` are there already.
    """
    for start in range(0, n, _BLOCK):
        stop = min(start + _BLOCK, n)
        left = max(start, first)
        if left == n:
            return True
        if start > 0:
            above = np.ascontiguousarray(R[:start, start:stop].T)
            R[start:stop, left:n] = np.dot(above, np.ascontiguousarray(R[:start, left:n]))
            for i in range(start, stop):
                target = R[i, left:n]
                source = G[i, left:n]
                for l in range(target.shape[0]):
                    target[l] = source[l] - target[l]
        else:
            R[:stop, left:n] = G[:stop, left:n]
        for j in range(start, stop):
            if j >= first:
                pivot = R[j, j]
                if not (pivot > 0):
                    return False
                R[j, j] = np.sqrt(pivot)
            R[j, max(j + 1, first) : n] /= R[j, j]
            row = R[j]
            for i in range(j + 1, stop):
                weight = row[i]
                target = R[i, max(i, first) : n]
                source = row[max(i, first) : n]
                for l in range(target.shape[0]):
                    target[l] -= weight * source[l]
    return True


@kernel
def forward_solve(R, n, b):
    """Replace b[:n] by the solution of R^T x = b."""
    for j in range(n):
        b[j] /= R[j, j]
        weight = b[j]
        source = R[j, j + 1 : n]
        target = b[j + 1 : n]
        for l in range(target.shape[0]):
            target[l] -= weight * source[l]


@kernel
def back_solve(R, n, b):
    """Replace b[:n] by the solution of R x = b."""
    zero = b.dtype.type(0)
    for j in range(n - 1, -1, -1):
        row = R[j]
        s0, s1, s2, s3, l = zero, zero, zero, zero, j + 1
        while l + 4 <= n:  # four sums, as one alone would wait for itself
            s0 += row[l] * b[l]
            s1 += row[l + 1] * b[l + 1]
            s2 += row[l + 2] * b[l + 2]
            s3 += row[l + 3] * b[l + 3]
            l += 4
        while l < n:
            s0 += row[l] * b[l]
            l += 1
        b[j] = (b[j] - ((s0 + s1) + (s2 + s3))) / row[j]


@kernel
def solve(R, n, b):
    """Replace b[:n] by the solution of R^T R x = b."""
    forward_solve(R, n, b)
    back_solve(R, n, b)
