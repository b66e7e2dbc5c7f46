"""Proofs of l1 verdicts from one vector: the bounds of `lcs.l1.certificates`, compiled.

They share no code with the searches that propose the vectors beyond the Cholesky factorisation,
and `certificates`, which proves the same in NumPy, checks them.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import factor, gather, largest_bits

_U = 2.0**-53
_LAST = 1 + 2.0**-30  # the roundings of the bounds themselves
_UNDERFLOW = 2.0**-1000


@kernel
def _gamma(n, u):
    return n * u / (1 - n * u) if n * u < 1 else np.inf


@kernel
def _inverse_square(R):
    """The sum of squares of the entries of R^-1, R upper triangular (p, p)."""
    p = R.shape[0]
    X = np.zeros((p, p))
    total = 0.0
    for i in range(p - 1, -1, -1):
        row = X[i]
        for l in range(i + 1, p):
            weight = R[i, l]
            source = X[l]
            for j in range(l, p):
                row[j] -= weight * source[j]
        row[i] = 1.0
        for j in range(i, p):
            row[j] /= R[i, i]
            total += row[j] * row[j]
    return total


@kernel
def least_singular(Q):
    """A proved lower bound on the least singular value of Q (p, n), p <= n; 0 where none is."""
    p, n = Q.shape
    if p > n or p == 0:
        return 0.0
    G = np.dot(Q, Q.T)
    R = np.empty((p, p))
    if not factor(G, R, 0, p):
        return 0.0
    size = _inverse_square(R)
    if not (0 < size < np.inf):
        return 0.0
    shift = 0.5 / size
    trace = 0.0
    for i in range(p):
        trace += G[i, i]
        G[i, i] -= shift
    if not factor(G, R, 0, p):
        return 0.0
    rounding = (_gamma(n, _U) + _gamma(p + 1, _U) * (1 + 2.0**-10) + 2 * _U) * trace * _LAST
    proved = shift - rounding - _UNDERFLOW
    return math.sqrt(proved) * (1 - 4 * _U) if proved > 0 else 0.0


@kernel
def _length(x):
    """An upper bound on |x|."""
    total = 0.0
    for i in range(x.shape[0]):
        total += x[i] * x[i]
    return math.sqrt(total) * _LAST + _UNDERFLOW


@kernel
def dual_margin(A, reach, support, signs, v):
    """A proved lower bound on 1 - max |a_j^T v'| over j off S, as `certificates.dual_margin`."""
    d, m = A.shape
    k = support.shape[0]
    if k > d:
        return -np.inf
    product = _gamma(d, _U) * reach * _length(v) * _LAST + _UNDERFLOW
    values = np.dot(v, A)
    Q = np.empty((k, d))
    gather(A, support, Q)
    off = np.empty(k)
    for i in range(k):
        size = np.max(np.abs(Q[i]))
        scale = math.ldexp(1.0, -math.frexp(size)[1])  # columns of one size
        Q[i] *= scale
        off[i] = (abs(values[support[i]] - signs[i]) * (1 + 2 * _U) + product) * scale
        values[support[i]] = 0.0
    least = least_singular(Q)
    bits = np.empty(1, np.int64)
    largest_bits(values.view(np.int64).reshape((1, m)), bits)
    largest = bits.view(np.float64)[0]
    if not (least > 0 and largest < np.inf):
        return -np.inf
    if k == m:
        return 1.0
    worst = largest + product + reach * _length(off) / least
    return 1 - worst * _LAST - 2 * _U
