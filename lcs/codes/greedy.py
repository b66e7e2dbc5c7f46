"""Unit columns chosen one after the other: the random code that proves the greedy bound."""

import math
from fractions import Fraction

import numpy as np

from lcs.codes.code import is_integer, require
from lcs.codes.matrix import Matrix

BATCH = 256


def greedy(
    d: int, m: int, mu: Fraction | float, *, rng: np.random.Generator, most: int = 64
) -> Matrix:
    """Draw unit columns uniformly, keeping those with |<a, a_j>| < mu for all that are kept.

    Where (m-1) I_{1-mu^2}((d-1)/2, 1/2) < 1 (bound U1) the sphere never fills; elsewhere it may.
    The comparison leaves a margin for rounding, gamma_d with the unit roundoff.
    Parameters: d >= 1 neurons, m >= 1 features, 0 < mu <= 1, rng; at most `most` m draws.
    Returns A (d, m) in float64. Raises ValueError for other parameters, and where the draws end
    before m columns are found; TypeError without rng.

    >>> A = greedy(8, 30, 0.8, rng=np.random.default_rng(0))
    >>> bool(np.abs(A.T @ A - np.eye(30)).max() < 0.8)
    True
    """
    for name, n in (("d", d), ("m", m), ("most", most)):
        require(is_integer(n) and n >= 1, f"{name} must be an integer >= 1", n)
    require(0 < mu <= 1, "mu must satisfy 0 < mu <= 1", mu)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    # Unit to d u each, products off by gamma_d: 4 d u leaves room for both.
    level = float(mu) - 4 * (d + 8) * np.finfo(np.float64).eps
    rows, found = np.empty((m, d)), 0
    for _ in range(math.ceil(most * m / BATCH)):
        drawn = rng.standard_normal((BATCH, d))
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        before = found
        clear = np.abs(drawn @ rows[:before].T).max(axis=1, initial=0) < level
        for row in drawn[clear]:
            # The columns kept from this very batch are not in `clear` yet.
            if np.abs(rows[before:found] @ row).max(initial=0) < level:
                rows[found] = row
                found += 1
                if found == m:
                    return np.ascontiguousarray(rows.T)
    raise ValueError(
        f"d must leave room for m = {m} columns below {float(mu):.6g}; "
        f"got d = {d}, room for {found} in {most * m} draws"
    )
