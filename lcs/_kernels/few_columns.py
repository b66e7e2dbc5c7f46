"""A guess at a signal of few entries: message passing, then least squares on promising columns."""

import numpy as np

from lcs._kernels.cholesky import factor, gram, solve
from lcs._kernels.jit import kernel
from lcs._kernels.least_norm import gather
from lcs._kernels.passing import passing


@kernel
def few_columns(A, x, unit, size, level, passes, repeats, little):
    """(found, T, z): |A_T z - x| <= little |x| on so many columns T, those of largest z + A^T r.

    A (d, m) with columns of length about 1/unit, x (d,), size < d. The residual r of a fit to T is
    weighed as if A were random: it has then lost the share size/d of its square.
    """
    d, m = A.shape
    Q, z, T = np.empty((size, d), A.dtype), np.empty(size, A.dtype), np.empty(size, np.intp)
    G, R = np.empty((size, size), A.dtype), np.empty((size, size), A.dtype)
    enough, gain = little * np.sqrt(np.dot(x, x)), A.dtype.type(unit * unit * d / (d - size))
    c = passing(A, x, unit, level, passes)
    for _ in range(repeats):
        if not np.all(np.isfinite(c)):
            break
        T[:] = np.argpartition(np.abs(c), m - size)[m - size :]
        gather(A, T, Q)
        gram(Q, G)
        if not factor(G, R, 0, size):
            break
        z = np.dot(Q, x)
        solve(R, size, z)
        rest = x - np.dot(z, Q)
        if np.sqrt(np.dot(rest, rest)) <= enough:
            return True, T, z
        c = gain * np.dot(rest, A)
        for i in range(size):
            c[T[i]] = z[i]
    return False, T, z
