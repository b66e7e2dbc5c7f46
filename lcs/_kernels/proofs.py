"""Proofs of l1 verdicts from one vector: the bounds of `lcs.l1.certificates`, compiled.

They share no code with the searches that propose the vectors beyond the Cholesky factorisation;
`found_margin` alone takes over what a search has computed, as numbers with bounded roundings.
`certificates`, which proves the same in NumPy from the vector alone, checks them.
"""

import math

import numpy as np

from lcs._kernels.cholesky import factor
from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import largest_bits

_U = 2.0**-53
_LAST = 1 + 2.0**-30  # the roundings of the bounds themselves
_UNDERFLOW = 2.0**-1000
_OFTEN = 2.0**-7  # of the mean eigenvalue is below the least of most Gram matrices met here
_SHORT = 2**13  # inner products whose roundings in float32 stay below 2^-10 of their size
_LARGE = 2.0**40  # squares that float32 holds with room
COARSE = 2.0**-14  # of a margin may be lost to single precision
_STRETCH = 128
_BAND = 48


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
    """A proved lower bound on the least singular value of Q (p, n), p <= n; 0 where none is.

    As `_rows.least_singular`, but the first shift is a guess, which mostly saves a factorisation.
    """
    p, n = Q.shape
    if p > n or p == 0:
        return 0.0
    G, R = np.dot(Q, Q.T), np.empty((p, p))
    trace = 0.0
    for i in range(p):
        trace += G[i, i]
    rounding = (_gamma(n, _U) + _gamma(p + 1, _U) * (1 + 2.0**-10) + 2 * _U) * trace * _LAST
    shift = _OFTEN * trace / p
    for attempt in range(2):
        for i in range(p):
            G[i, i] -= shift
        if rounding < shift < np.inf and factor(G, R, 0, p):
            return math.sqrt(max(shift - rounding - _UNDERFLOW, 0.0)) * (1 - 4 * _U)
        if attempt == 1:
            return 0.0
        G = np.dot(Q, Q.T)
        if not factor(G, R, 0, p):
            return 0.0
        shift = 0.5 / _inverse_square(R)
    return 0.0


@kernel
def least_of_rounded(X, rows_wide):
    """A proved lower bound on the least singular value of A (d, m) from X = A in float32.

    From the first `rows_wide` >= d columns, as more of them only lengthen A^T y. Inner products of
    _STRETCH entries in float32 are summed in float64; a shift of twice their roundings is all that
    Cholesky has to survive. 0 where nothing is proved.
    """
    d, u = X.shape[0], 2.0**-24
    G = np.zeros((d, d))
    for start in range(0, rows_wide, _STRETCH):
        part = np.ascontiguousarray(X[:, start : min(start + _STRETCH, rows_wide)])
        for top in range(0, d, _BAND):
            band = np.dot(part[top : top + _BAND], part[top:].T)
            for i in range(band.shape[0]):
                target, source = G[top + i, top:], band[i]
                for j in range(target.shape[0]):
                    target[j] += source[j]
    trace = 0.0
    for i in range(d):
        trace += G[i, i]
    size = trace * (1 + 2.0**-9)  # at least the sum of squares of X
    rounding = (_gamma(_STRETCH, u) + _gamma(rows_wide + d + 1, _U) + 4 * _U) * size + 2.0**-60
    for i in range(d):
        G[i, i] -= 2 * rounding
    R = np.empty((d, d))
    if not (rounding < np.inf) or not factor(G, R, 0, d):
        return 0.0
    return math.sqrt(rounding) * (1 - 2.0**-20) - 2.0**-23 * math.sqrt(size) - 2.0**-60


@kernel
def _length(x):
    """An upper bound on |x|, squares below the smallest number included."""
    total = 0.0
    for i in range(x.shape[0]):
        total += x[i] * x[i]
    return math.sqrt(total) * _LAST + math.sqrt(x.shape[0]) * 2.0**-536


@kernel
def dual_margin(A, Q, reach, support, signs, v):
    """A proved lower bound on 1 - max |a_j^T v'| over j off S, as `certificates.dual_margin`.

    Q (k, d): the columns of A (d, m) on the support, as rows.
    """
    d, m = A.shape
    k = support.shape[0]
    if k > d:
        return -np.inf
    product = _gamma(d, _U) * reach * _length(v) * _LAST + _UNDERFLOW
    values = np.dot(v, A)
    unit, off = np.empty((k, d)), np.empty(k)
    for i in range(k):
        size = 0.0
        for l in range(d):
            size = max(size, abs(Q[i, l]))
        scale = math.ldexp(1.0, -math.frexp(size)[1])  # columns of one size
        for l in range(d):
            unit[i, l] = scale * Q[i, l]
        off[i] = (abs(values[support[i]] - signs[i]) * (1 + 2 * _U) + product) * scale
        values[support[i]] = 0.0
    least = least_singular(unit)
    bits = np.empty(1, np.int64)
    largest_bits(values.view(np.int64).reshape((1, m)), bits)
    largest = bits.view(np.float64)[0]
    if not (least > 0 and largest < np.inf):
        return -np.inf
    if k == m:
        return 1.0
    worst = largest + product + reach * _length(off) / least
    return 1 - worst * _LAST - 2 * _U


@kernel
def least_of_gram(G, k, d):
    """A proved lower bound on the least singular value of Q (k, d) from G = Q Q^T in float32.

    Inner products of length d in any order; 0 where nothing is proved.
    """
    u = 2.0**-24
    trace = 0.0
    for i in range(k):
        trace += G[i, i]
    size = trace * (1 + 2.0**-9)  # at least the sum of squares of Q
    most = (_gamma(d, u) + _gamma(k + 1, u) * (1 + 2.0**-9) + 5 * u) * size + k * d * 2.0**-100
    shift = _OFTEN * trace / k
    if not (d < _SHORT and most < shift and size < _LARGE):
        return 0.0
    H, R = G[:k, :k].copy(), np.empty((k, k), G.dtype)
    for i in range(k):
        H[i, i] -= G.dtype.type(shift)
    if not factor(H, R, 0, k):
        return 0.0
    return math.sqrt(shift * (1 - u) - most) * (1 - 4 * _U)


@kernel
def longest(squares, d):
    """An upper bound on the lengths of columns from their squares (m,), summed over d entries.

    inf where one is not finite, or so long that single precision might not hold its Gram matrix.
    """
    most = 0.0
    for j in range(squares.shape[0]):
        if not (squares[j] < _LARGE):
            return np.inf
        most = max(most, squares[j])
    return math.sqrt(most) * _LAST + math.sqrt(d) * 2.0**-536


@kernel
def found_margin(Q, G, c, near, reach, support, signs, v):
    """`dual_margin` where a search has left the products c = near^T A, and G = Q Q^T in float32.

    near (d,) is v in single precision: -inf where they are so far apart that COARSE might be lost.
    """
    k, d = Q.shape
    step = v - near
    if not (2 * reach * _length(step) < COARSE):
        return -np.inf
    product = _gamma(d, _U) * reach * (_length(v) + _length(step)) * _LAST + _UNDERFLOW
    residual = np.abs(np.dot(Q, v) - signs) * (1 + 2 * _U) + product
    least = least_of_gram(G, k, d)
    if least == 0:
        least = least_singular(Q)
    sizes = np.abs(c)
    sizes[support] = 0
    largest = 0.0
    for j in range(sizes.shape[0]):
        if not (sizes[j] < 1):
            return -np.inf
        largest = max(largest, sizes[j])
    if not (least > 0):
        return -np.inf
    worst = largest + product + reach * (_length(step) + _length(residual) / least)
    return 1 - worst * _LAST - 2 * _U


@kernel
def kernel_gain(A, least, reach, support, signs, h):
    """A proved lower bound on gain(h')/||h||_1, as `certificates.kernel_gain`."""
    m = A.shape[1]
    sizes = np.abs(h)
    size, on, off = 0.0, 0.0, 0.0
    for j in range(m):
        size += sizes[j]
    for i in range(support.shape[0]):
        on += signs[i] * h[support[i]]
        sizes[support[i]] = 0.0
    for j in range(m):
        off += sizes[j]
    size *= 1 + _gamma(m, _U)
    if not (0 < size < np.inf and least > 0):
        return -np.inf
    rounding = _gamma(m + 2, _U) * size
    residual = _length(np.dot(A, h)) + _gamma(m, _U) * reach * size * _LAST
    moved = math.sqrt(m) * (residual + _UNDERFLOW) / least
    return (on - off - (rounding + moved) * _LAST) / size
