"""Decisions for many signals of one code: the searches see the inner products of its columns alone.

The least-norm points of `least_norm` are sums of columns, v = sum_i w_i a_i, so that products with
all columns are sums of rows of A^T A, and the equations are entries of it. Only the vector that is
found in the end meets A again, in the proof.
"""

import numpy as np

from lcs._kernels.cholesky import factor, solve
from lcs._kernels.first_proof import BELOW, LEVEL, REFINEMENTS, ROUNDS
from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import hold, let_go, product, refine, violators
from lcs._kernels.proofs import found_margin


@kernel
def _entries(grams, chosen, known, n, G):
    """G[:n, known:n], the inner products of the chosen columns; grams (m, m)."""
    for i in range(n):
        source, target = grams[chosen[i]], G[i]
        for j in range(known, n):
            target[j] = source[chosen[j]]


@kernel
def combined(weights, rows, X, out):
    """out (p,) = the sum of weights[i] X[rows[i]], for X (m, p): four rows at a time."""
    n = rows.shape[0]
    out[:] = 0
    for i in range(0, n - n % 4, 4):
        x0, x1, x2, x3 = X[rows[i]], X[rows[i + 1]], X[rows[i + 2]], X[rows[i + 3]]
        w0, w1, w2, w3 = weights[i], weights[i + 1], weights[i + 2], weights[i + 3]
        for j in range(out.shape[0]):
            out[j] += (w0 * x0[j] + w1 * x1[j]) + (w2 * x2[j] + w3 * x3[j])
    for i in range(n - n % 4, n):
        source, weight = X[rows[i]], weights[i]
        for j in range(out.shape[0]):
            out[j] += weight * source[j]


@kernel
def shared_search(grams, d, support, signs):
    """(found, weights, held, G, R): `least_norm.dual_search` from A^T A (m, m) in float32.

    v = sum_i weights[i] a_held[i]; the leading (k, k) blocks of G and R are those of the support.
    """
    m, k, single = grams.shape[0], support.shape[0], np.float32
    targets, chosen, taken = np.empty(d, single), np.empty(d, np.intp), np.zeros(m, np.bool_)
    targets[:k] = signs
    chosen[:k] = support
    taken[support] = True
    G, R, none = np.empty((d, d), single), np.empty((d, d), single), np.empty((d, 0), single)
    c, n, known, first = np.empty(m, single), k, 0, 0
    weights, held = targets[:0].copy(), chosen[:0].copy()
    for round in range(ROUNDS):
        _entries(grams, chosen, known, n, G)
        weights, held = targets[:n].copy(), chosen[:n].copy()
        if not factor(G, R, first, n):
            break
        solve(R, n, weights)
        combined(weights, held, grams, c)
        n, first = let_go(weights, targets, k, n, chosen, taken, none, G)
        known, many = n, violators(c, taken, BELOW)
        if many == 0:
            return True, weights, held, G, R
        n = hold(c, taken, LEVEL, BELOW, many, k, n, chosen, targets, round == 0)
        if n == known:
            break
    return False, weights, held, G, R


@kernel
def shared_proof(A, columns, grams, reach, support, signs):
    """The margin that `first_proof.prepared_proof` proves, or -inf.

    A (d, m) with rows of size about 1, columns = A^T, grams = A^T A in single precision; reach: at
    least the length of every column.
    """
    (d, m), k = A.shape, support.shape[0]
    if not (0 < k <= d):
        return -np.inf
    found, weights, held, G, R = shared_search(grams, d, support, signs)
    if not found:
        return -np.inf
    Q, near, c = np.empty((k, d)), np.empty(d), np.empty(m)
    for i in range(k):
        Q[i] = columns[support[i]]
    combined(weights, held, columns, near)
    v = refine(Q, signs, R, near, REFINEMENTS)
    product(v, A, c)
    return found_margin(Q, G, c, v, reach, support, signs, v)


@kernel
def shared_margins(A, columns, grams, reach, supports, signs, ends):
    """The margins (n,) of `shared_proof` for n patterns.

    Pattern i are the entries from ends[i] to ends[i + 1] of supports and signs; ends (n + 1,).
    """
    margins = np.empty(ends.shape[0] - 1)
    for i in range(margins.shape[0]):
        here = slice(ends[i], ends[i + 1])
        margins[i] = shared_proof(A, columns, grams, reach, supports[here], signs[here])
    return margins
