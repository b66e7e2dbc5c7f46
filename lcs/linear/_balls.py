"""The kernel vectors that confuse two signals: a unit ball, with its gauge and support function.

The statement computed: with K the hull of the k-sparse signals, some affine decoder reads z_i from
A z, z in K, with error eps exactly when w_i <= 2 eps for all w in ker A that lie in K - K, and
    max{w_i : w in ker A, w in ball} = min_y h(A^T y - e_i), h(r) = max{<r, w> : w in ball},
by duality of linear programmes. For signals in [-1, 1]^m, K = (K - K)/2 is
{||w||_inf <= 1, ||w||_1 <= k} and no constant is needed; for signals in [0, 1]^m, K - K is
{||w||_inf <= 1, sum w+ <= k, sum w- <= k}.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ball:
    """{w : ||w||_inf <= 1, sides (sum w+, sum w-) <= k}."""

    k: int
    sides: Array  # (g, 2) of 0 and 1: which parts count in each sum

    def gauge(self, w: Array) -> Array:
        """The least t with w in t times the ball, for rows of w (..., m): (...)."""
        size = np.abs(w)
        total, net = np.sum(size, axis=-1), np.sum(w, axis=-1)
        parts = np.stack(((total + net) / 2, (total - net) / 2), axis=-1)
        return np.maximum(np.max(size, axis=-1), np.max(parts @ self.sides.T, axis=-1) / self.k)

    def support(self, r: Array) -> float:
        """max <r, w> over the ball, for r (m,): the largest k parts of each side."""
        first = max(0, r.size - self.k)
        parts = (np.maximum(up * r, -down * r) for up, down in self.sides)
        return sum(float(np.sum(np.partition(v, first)[first:])) for v in parts)


def signed(k: int) -> Ball:
    """The hull of k-sparse signals in [-1, 1]^m.

    >>> signed(2).gauge(np.array([1.0, -1.0, 1.0])), signed(2).support(np.array([3.0, -2.0, 1.0]))
    (np.float64(1.5), 5.0)
    """
    return Ball(k, np.ones((1, 2)))


def balanced(k: int) -> Ball:
    """The differences of two points in the hull of k-sparse signals in [0, 1]^m.

    >>> balanced(2).gauge(np.array([1.0, -1.0, 1.0])), balanced(1).support(np.array([3.0, -2.0]))
    (np.float64(1.0), 5.0)
    """
    return Ball(k, np.eye(2))
