"""A decision without any preparation: one search for v, in single precision, and its proof."""

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import dual_search, gather, product, refine
from lcs._kernels.proofs import dual_margin, found_margin, longest

LEVEL, BELOW, ROUNDS, REFINEMENTS = np.float32(0.98), np.float32(0.999), 12, 3


@kernel
def well_formed(support, signs, m):
    """Whether the support holds distinct integers in [0, m), and signs as many numbers -1 or +1."""
    if support.shape[0] != signs.shape[0]:
        return False
    seen = np.zeros(m, np.bool_)
    for i in range(support.shape[0]):
        j = support[i]
        if not (0 <= j < m) or seen[j] or abs(signs[i]) != 1:
            return False
        seen[j] = True
    return True


@kernel
def fresh_proof(A, support, signs):
    """(margin, v): v (d,) proves recovery by that margin; where none is found it is -inf.

    A (d, m), of which nothing is known: where it holds a NaN or an inf, nothing is proved.
    support (k,), signs (k,), k > 0. The last product of the search is that of the proof.
    """
    (d, m), k = A.shape, support.shape[0]
    if k > d:
        return -np.inf, np.empty(0)
    Q, squares = np.empty((k, d)), np.empty(m)
    gather(A, support, Q)
    found, near, c, G, R = dual_search(A, Q, support, signs, LEVEL, BELOW, ROUNDS, squares)
    reach = longest(squares, d)
    if not (found and reach < np.inf):
        return -np.inf, np.empty(0)
    v = refine(Q, signs, R, near, REFINEMENTS)
    margin = found_margin(Q, G, c, near, reach, support, signs, v)
    if not (margin > 0):
        margin = dual_margin(A, Q, reach, support, signs, v)
    return (margin, v) if np.all(np.isfinite(v)) else (-np.inf, v)


@kernel
def prepared_proof(A, single, reach, support, signs):
    """`fresh_proof` where A has rows of size about 1 and `single` is A in single precision.

    reach: at least the length of every column. The products of the proof are with v itself.
    """
    (d, m), k = A.shape, support.shape[0]
    if not (0 < k <= d):
        return -np.inf, np.empty(0)
    Q, c, nothing = np.empty((k, d)), np.empty(m), np.empty(0, np.float32)
    gather(A, support, Q)
    found, near, _, G, R = dual_search(single, Q, support, signs, LEVEL, BELOW, ROUNDS, nothing)
    if not found:
        return -np.inf, np.empty(0)
    v = refine(Q, signs, R, near, REFINEMENTS)
    product(v, A, c)
    return found_margin(Q, G, c, v, reach, support, signs, v), v
