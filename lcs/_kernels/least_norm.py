"""A dual vector of small norm: A_S^T v = signs, and all other |a_j^T v| below 1.

Least-norm points, one after another: first with the equations on S alone, then with violators held
at a level below 1 too, those that push the wrong way let go again. Where it ends without a violator
v is found; where it does not, nothing is known. Inner products and factors of columns that stay are
kept from one round to the next.
"""

import numpy as np

from lcs._kernels.cholesky import factor, solve
from lcs._kernels.jit import kernel

_REFINED = 2.0**-48  # the residual that needs no more
_HOPELESS, _FULLEST = 0.7, 0.9  # equations for each dimension, at first and later: beyond, give up
_NEAR, _NEARER = 0.85, 0.25  # sizes that the next point may push too far, the fewer are held


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
def rounded(A, bits, single, largest):
    """In one pass over A (d, m): `largest_bits`, and A in single precision.

    Returns the smallest and the largest of `largest`.
    """
    first, last = np.int64(0x7FFFFFFFFFFFFFFF), np.int64(0)
    for i in range(A.shape[0]):
        most = np.int64(0)
        source, row, target = A[i], bits[i], single[i]
        for j in range(row.shape[0]):
            target[j] = source[j]
            most = max(most, row[j] & np.int64(0x7FFFFFFFFFFFFFFF))
        largest[i] = most
        first, last = min(first, most), max(last, most)
    return first, last


@kernel
def product(v, A, c):
    """c (m,) = v^T A in the precision of A (d, m)."""
    d = A.shape[0]
    c[:] = 0
    for i in range(0, d - d % 4, 4):  # four rows at a time: c is read and written less often
        a0, a1, a2, a3 = A[i], A[i + 1], A[i + 2], A[i + 3]
        v0, v1, v2, v3 = v[i], v[i + 1], v[i + 2], v[i + 3]
        for j in range(c.shape[0]):
            c[j] += (v0 * a0[j] + v1 * a1[j]) + (v2 * a2[j] + v3 * a3[j])
    for i in range(d - d % 4, d):
        source, weight = A[i], v[i]
        for j in range(c.shape[0]):
            c[j] += weight * source[j]


@kernel
def measured_product(v, A, c, squares):
    """`product`, and in the same pass the squares (m,) of the lengths of the columns of A."""
    d = A.shape[0]
    c[:] = 0
    squares[:] = 0
    for i in range(0, d - d % 4, 4):
        a0, a1, a2, a3 = A[i], A[i + 1], A[i + 2], A[i + 3]
        v0, v1, v2, v3 = v[i], v[i + 1], v[i + 2], v[i + 3]
        for j in range(c.shape[0]):
            x0, x1, x2, x3 = a0[j], a1[j], a2[j], a3[j]
            c[j] += (v0 * x0 + v1 * x1) + (v2 * x2 + v3 * x3)
            squares[j] += (x0 * x0 + x1 * x1) + (x2 * x2 + x3 * x3)
    for i in range(d - d % 4, d):
        source, weight = A[i], v[i]
        for j in range(c.shape[0]):
            c[j] += weight * source[j]
            squares[j] += source[j] * source[j]


@kernel
def gather(A, chosen, Q):
    """Q (n, d), the chosen columns of A (d, m) as rows."""
    for i in range(A.shape[0] - 1, -1, -1):  # a product before has left the last rows in the cache
        row = A[i]
        for j in range(chosen.shape[0]):
            Q[j, i] = row[chosen[j]]


@kernel
def let_go(weights, targets, k, n, chosen, taken, Q, G):
    """Drop the held columns that push the wrong way; (how many are left, the first dropped)."""
    kept, first = k, n
    stay = np.empty(n, np.intp)
    for i in range(k, n):
        if weights[i] * targets[i] <= 0:
            stay[kept] = i
            kept += 1
        else:
            taken[chosen[i]] = False
            first = min(first, i)
    if first == n:
        return n, n
    for i in range(first):
        for j in range(first, kept):
            G[i, j] = G[i, stay[j]]
    for i in range(first, kept):
        chosen[i], targets[i] = chosen[stay[i]], targets[stay[i]]
        Q[i] = Q[stay[i]]
        for j in range(i, kept):
            G[i, j] = G[stay[i], stay[j]]
    return kept, first


@kernel
def violators(c, taken, below):
    """How many sizes |c_j| (m,) are not below; what is taken is held, by rounding or until now."""
    many = 0
    for j in range(c.shape[0]):
        many += not (abs(c[j]) < below) and not taken[j]
    return many


@kernel
def hold(c, taken, level, below, many, k, n, chosen, targets, start):
    """Take the violators, `many` of them, and what is close to it; n with them, or n: no hope."""
    d, before = targets.shape[0], n
    if n + many > max(k + 1, (_HOPELESS if start else _FULLEST) * d):
        return n
    close = min(below, np.float32(_NEAR + _NEARER * (n + many) / d))
    for j in range(c.shape[0]):
        if not (abs(c[j]) < close) and not taken[j]:
            if n >= d:
                return before
            taken[j] = True
            chosen[n] = j
            targets[n] = level if c[j] > 0 else -level
            n += 1
    return n


@kernel
def _room(m, Q, support, signs):
    """(rows, G, R, targets, chosen, taken) of a search for v (d,), in single precision."""
    (k, d), single = Q.shape, np.float32
    targets, chosen, taken = np.empty(d, single), np.empty(d, np.intp), np.zeros(m, np.bool_)
    targets[:k] = signs
    chosen[:k] = support
    taken[support] = True
    rows, G, R = np.empty((d, d), single), np.empty((d, d), single), np.empty((d, d), single)
    rows[:k] = Q
    return rows, G, R, targets, chosen, taken


@kernel
def _point(Q, G, R, targets, known, first, n):
    """(ok, weights, v): the least v with Q[:n] v = targets[:n], their combination with weights.

    The first `known` rows and columns of G, and `first` columns of R, are there already.
    """
    weights = targets[:n].copy()
    G[:n, known:n] = np.dot(Q[:n], Q[known:n].T)
    if not factor(G, R, first, n):
        return False, weights, np.zeros(Q.shape[1], Q.dtype)
    solve(R, n, weights)
    return True, weights, np.dot(weights, Q[:n])


@kernel
def dual_search(A, Q, support, signs, level, below, rounds, squares):
    """(found, v, c, G, R): Q v = signs to single precision and |a_j^T v| < below off S.

    A (d, m); Q (k, d), k <= d, its columns on the support (k,), as rows; level the size at which
    violators are held. v (d,) in single precision; c (m,) = v^T A in that of A; the leading (k, k)
    blocks of G and R are Q Q^T and its factor, in single precision. Where `squares` is (m,) it is
    filled as by `measured_product`.
    """
    (d, m), k = A.shape, support.shape[0]
    rows, G, R, targets, chosen, taken = _room(m, Q, support, signs)
    c, v = np.zeros(m, A.dtype), np.zeros(d, np.float32)
    n, known, first = k, 0, 0
    for round in range(rounds):
        ok, weights, v = _point(rows, G, R, targets, known, first, n)
        if not ok:
            break
        n, first = let_go(weights, targets, k, n, chosen, taken, rows, G)
        if round == 0 and squares.shape[0] > 0:
            measured_product(v, A, c, squares)
        else:
            product(v, A, c)
        known, many = n, violators(c, taken, below)
        if many == 0:
            return True, v, c, G, R
        n = hold(c, taken, level, below, many, k, n, chosen, targets, round == 0)
        if n == known:
            break
        gather(A, chosen[known:n], rows[known:n])
    return False, v, c, G, R


@kernel
def refine(Q, signs, R, v, refinements):
    """v moved in the span of the rows of Q (k, d) to solve Q v = signs in the precision of Q.

    The leading (k, k) block of R is the factor of Q Q^T, of any precision.
    """
    k, better = Q.shape[0], v.astype(Q.dtype)
    for _ in range(refinements):
        r = signs - np.dot(Q, better)
        if np.max(np.abs(r)) <= _REFINED:
            break
        weights = r.astype(R.dtype)
        solve(R, k, weights)
        better += np.dot(weights.astype(Q.dtype), Q)
    return better
