"""What the errors of decoders with a bias depend on: gain and largest interference, row by row.

P_k and N_k are the sums of the k largest positive parts of X_ij and of -X_ij, j != i, X = B^T A.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.linear._inputs import Pair

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What the errors of some rows depend on, each (n,)."""

    g: Array
    P: Array
    P_less: Array  # P_{k-1}
    N: Array
    N_less: Array
    c: Array

    @property
    def over(self) -> Array:
        """sup (u - z_i)."""
        return self.c + np.maximum(self.P, self.g - 1 + self.P_less)

    @property
    def under(self) -> Array:
        """sup (z_i - u)."""
        return np.maximum(self.N, 1 - self.g + self.N_less) - self.c

    @property
    def relu_under(self) -> Array:
        """sup (z_i - relu(u)), or 0."""
        q = self.N_less - self.c + np.maximum(0, 1 - self.g)
        return np.clip(q / np.maximum(1, self.g), 0, 1)


def interference(pair: Pair, features: NDArray[np.intp], k: int, c: Array) -> Parts:
    """What decoders of these features and biases c (n,) make of k-sparse z."""
    rows = pair.rows(features)
    n = np.arange(features.size)
    g = rows[n, features]
    rows[n, features] = 0  # adds nothing to the positive parts of the others
    m = pair.m
    rows = np.partition(rows, (k - 1, m - k), axis=1)
    high, low = np.maximum(rows[:, m - k :], 0), np.maximum(-rows[:, :k], 0)
    P_less, N_less = np.sum(high[:, 1:], axis=1), np.sum(low[:, :-1], axis=1)
    return Parts(g, P_less + high[:, 0], P_less, N_less + low[:, -1], N_less, c)
