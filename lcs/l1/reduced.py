"""The l1 decision of a Gaussian code, drawn in the few coordinates it depends on.

Let A (d, m) have independent N(0, 1) entries, support S of size k <= d and signs s. Every v with
A_S^T v = s is v_0 + w, with v_0 = A_S (A_S^T A_S)^-1 s and w orthogonal to the span of A_S, and
1/|v_0|^2 = 1/(s^T (A_S^T A_S)^-1 s) is chi^2_{d-k+1}/k in law. The other columns are independent
of A_S: their coordinates along v_0 and in the d - k directions of w are independent N(0, 1). Take
these d - k + 1 coordinates, and for the support one column (1/|v_0|) e_1: v solves the one problem
iff its coordinates solve the other, with support [0] and sign [+1].
Reference: for the law of the Schur complement, Muirhead 1982, theorem 3.2.12.
"""

import numpy as np
from numpy.typing import NDArray


def reduced_gaussian(d: int, m: int, k: int, *, rng: np.random.Generator) -> NDArray[np.float32]:
    """Draw a small code whose l1 decision has the law of that of a Gaussian (d, m) code at k.

    `recovers(reduced_gaussian(d, m, k, rng=rng), [0], [1])` recovers with exactly the probability
    that `recovers(A, support, signs)` does, for A (d, m) with independent N(0, 1) entries, not
    scaled to unit columns, and any k-sparse support and signs; see the module.

    Parameters: 1 <= k <= d measurements, m >= k entries (above d no signal is recovered); rng.
    Returns the code, (d - k + 1, m - k + 1); its support is [0] with sign +1.
    Raises ValueError for other numbers, TypeError without a Generator.

    >>> reduced_gaussian(64, 256, 17, rng=np.random.default_rng(0)).shape
    (48, 240)
    """
    for name, value in (("d", d), ("m", m), ("k", k)):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise ValueError(f"{name} must be an integer; got {value!r}")
    if not 1 <= k <= min(d, m):
        raise ValueError(f"k must satisfy 1 <= k <= d and k <= m; got k = {k}, d = {d}, m = {m}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    A = rng.standard_normal((d - k + 1, m - k + 1), dtype=np.float32)
    A[:, 0] = 0.0
    A[0, 0] = np.sqrt(rng.chisquare(d - k + 1) / k)
    return A
