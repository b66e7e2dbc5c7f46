"""A dual vector of small norm: A_S^T v = signs, and all other |a_j^T v| below 1.

Least-norm points, one after another: first with the equations on S alone, then with violators held
at a level below 1 too, those that push the wrong way let go again. Where it ends without a violator
v is found; where it does not, nothing is known. Inner products and factors of columns that stay are
kept from one round to the next. Reductions are written as sums of rows, which the compiler turns
into SIMD without reordering any sum.
"""

import numpy as np

from lcs._kernels.jit import kernel

_BLOCK = 24
_REFINEMENTS = 3
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
def rounded(A, bits, single, largest, v, c):
    """In one pass over A (d, m): `largest_bits`, A in single precision, and c (m,) = v^T of that.

    Returns the smallest and the largest of `largest`.
    """
    first, last = np.int64(0x7FFFFFFFFFFFFFFF), np.int64(0)
    c[:] = 0
    for i in range(A.shape[0]):
        most = np.int64(0)
        source, row, target, weight = A[i], bits[i], single[i], v[i]
        for j in range(row.shape[0]):
            target[j] = source[j]
            most = max(most, row[j] & np.int64(0x7FFFFFFFFFFFFFFF))
        for j in range(c.shape[0]):
            c[j] += weight * target[j]
        largest[i] = most
        first, last = min(first, most), max(last, most)
    return first, last


@kernel
def _product(v, A):
    """v^T A in the order of `rounded`."""
    c = np.zeros(A.shape[1], A.dtype)
    for i in range(A.shape[0]):
        source, weight = A[i], v[i]
        for j in range(c.shape[0]):
            c[j] += weight * source[j]
    return c


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


@kernel
def gather(A, chosen, Q):
    """Q (n, d), the chosen columns of A (d, m) as rows."""
    for i in range(A.shape[0]):
        row = A[i]
        for j in range(chosen.shape[0]):
            Q[j, i] = row[chosen[j]]


@kernel
def _let_go(weights, targets, k, n, chosen, taken, Q, G):
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
def _room(d, m, support, signs, like):
    """(Q, G, R, targets, chosen, taken) of a search for v (d,), in the precision of `like`."""
    k = support.shape[0]
    targets, chosen, taken = np.empty(d, like.dtype), np.empty(d, np.intp), np.zeros(m, np.bool_)
    targets[:k] = signs
    chosen[:k] = support
    taken[support] = True
    Q, G, R = (
        np.empty((d, d), like.dtype),
        np.empty((d, d), like.dtype),
        np.empty((d, d), like.dtype),
    )
    return Q, G, R, targets, chosen, taken


@kernel
def _point(Q, G, R, targets, known, first, n):
    """(ok, weights, v): the least v with Q[:n] v = targets[:n], a combination of these rows.

    The first `known` rows and columns of G, and `first` columns of R, are there already.
    """
    weights = targets[:n].copy()
    G[:n, known:n] = np.dot(Q[:n], Q[known:n].T)
    if not factor(G, R, first, n):
        return False, weights, np.zeros(Q.shape[1], Q.dtype)
    solve(R, n, weights)
    return True, weights, np.dot(weights, Q[:n])


@kernel
def _closing(A, k, v, c, level, below, rounds, Q, G, R, targets, chosen, taken):
    """(found, v): hold what is too large in c = v^T A, move v, let go what pushes the wrong way."""
    d, m = A.shape
    n, first = k, k
    for round in range(rounds):
        known, many = n, 0
        for j in range(m):
            many += not (abs(c[j]) < below) and not taken[j]  # held: by rounding or by _let_go
        if many == 0:
            return True, v
        if n + many > max(k + 1, (_HOPELESS if round == 0 else _FULLEST) * d):
            return False, v
        near = min(below, A.dtype.type(_NEAR + _NEARER * (n + many) / d))
        for j in range(m):
            if not (abs(c[j]) < near) and not taken[j]:
                if n >= d:
                    return False, v
                taken[j] = True
                chosen[n] = j
                targets[n] = level if c[j] > 0 else -level
                n += 1
        if round == rounds - 1:
            break
        gather(A, chosen[known:n], Q[known:n])
        ok, weights, v = _point(Q, G, R, targets, known, first, n)
        if not ok:
            break
        n, first = _let_go(weights, targets, k, n, chosen, taken, Q, G)
        c = np.dot(v, A)
    return False, v


@kernel
def dual_search(A, support, signs, level, below, rounds):
    """(found, v, R): A_S^T v = signs to rounding and |a_j^T v| < below off S, v (d,).

    A (d, m), support (k,), signs (k,), level the size at which violators are held; the leading
    (k, k) block of R is the factor of A_S^T A_S where v is found.
    """
    (d, m), k = A.shape, support.shape[0]
    v = np.zeros(d, A.dtype)
    if k > d:
        return False, v, np.empty((0, 0), A.dtype)
    Q, G, R, targets, chosen, taken = _room(d, m, support, signs, A)
    if k > 0:
        gather(A, support, Q)
        ok, _, v = _point(Q, G, R, targets, 0, 0, k)
        if not ok:
            return False, v, R
    c = _product(v, A)
    found, v = _closing(A, k, v, c, level, below, rounds, Q, G, R, targets, chosen, taken)
    return found, v, R


@kernel
def first_search(A, bits, single, largest, support, signs, level, below, rounds):
    """(first, last, found, v, Q): `rounded` and `dual_search` with one pass over A in between.

    A (d, m), support (k,), 0 < k <= d; Q (k, d), the columns of A on it; v refined for A.
    """
    (d, m), k = A.shape, support.shape[0]
    Q, c = np.empty((k, d), A.dtype), np.empty(m, single.dtype)
    gather(A, support, Q)
    rows, G, R, targets, chosen, taken = _room(d, m, support, signs, single)
    rows[:k] = Q
    ok, _, v = _point(rows, G, R, targets, 0, 0, k)
    first, last = rounded(A, bits, single, largest, v, c)
    if ok:
        ok, v = _closing(single, k, v, c, level, below, rounds, rows, G, R, targets, chosen, taken)
    better = refine(Q, signs, R, v) if ok else v.astype(A.dtype)
    return first, last, ok, better, Q


@kernel
def refine(Q, signs, R, v):
    """v moved in the span of the rows of Q (k, d) to solve Q v = signs in the precision of Q.

    R, the factor of Q Q^T, may be of a lower precision.
    """
    k = Q.shape[0]
    better, R = v.astype(Q.dtype), R[:k, :k].astype(Q.dtype)
    for _ in range(_REFINEMENTS):
        r = signs - np.dot(Q, better)
        solve(R, k, r)
        better += np.dot(r, Q)
    return better
