"""Approximate message passing: a signal of few entries, about, from its image.

    z <- soft(z + A^T r, level |r|/sqrt(d)),   r <- x - A z + (n/d) r,   n = #{z_j != 0},
soft(v, t) = sign(v) max(|v| - t, 0), for columns of length about 1. The term beside the residual
keeps z + A^T r - z_0 as normal noise where A is random; for other codes it may diverge, harmlessly:
what is returned is a guess. Reference: Donoho, Maleki, Montanari 2009.
"""

import numpy as np

from lcs._kernels.jit import kernel


@kernel
def passing(A, x, unit, level, rounds):
    """z + A^T r (m,) after some rounds, columns being unit A and the image unit x."""
    d, m = A.shape
    z, r = np.zeros(m, A.dtype), unit * x
    for _ in range(rounds):
        threshold = level * np.sqrt(np.dot(r, r) / d)
        c = np.dot(r, A)
        n = 0
        for j in range(m):
            v = unit * c[j] + z[j]
            if v > threshold:
                z[j] = v - threshold
                n += 1
            elif v < -threshold:
                z[j] = v + threshold
                n += 1
            else:
                z[j] = 0
        image = np.dot(A, z)
        for i in range(d):
            r[i] = unit * (x[i] - image[i]) + r[i] * n / d
    return z + unit * np.dot(r, A)
