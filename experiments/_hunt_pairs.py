"""Points of the hunt that are pairs of codes and a kernel vector, and what is measured of them.

Everything here is written in +, -, *, /, abs and sorting, so that the same lines are exact where
the arrays hold rationals.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from experiments._hunt_prey import Array, Interval, exactly, matrix_text, outward
from lcs.bounds.enclose import Ends


@dataclass(frozen=True, slots=True)
class Shape:
    """A code A (d, m), probes B (d, m) and a vector z (m,), one after the other in x."""

    d: int
    m: int
    k: int = 1
    kernel: bool = False  # whether A is brought to A z = 0, by its nearest matrix

    def start(self, rng: np.random.Generator) -> Array:
        """A Gaussian code with probes near the ones of least squares, and any z."""
        A = rng.standard_normal((self.d, self.m)) / np.sqrt(self.d)
        B = np.linalg.pinv(A).T + rng.uniform(0, 0.3) * rng.standard_normal((self.d, self.m))
        return np.concatenate([A.ravel(), B.ravel(), rng.standard_normal(self.m)])

    def take(self, x: Array) -> tuple[Array, Array, Array]:
        """A, B and z of x."""
        n = self.d * self.m
        A, B = x[: 2 * n].reshape(2, self.d, self.m)
        z = x[2 * n :]
        if self.kernel:
            A = A - np.outer(A @ z, z) / (z @ z)
        return A, B, z

    def residual(self, x: Array) -> Array:
        """B^T A - I."""
        A, B, _ = self.take(x)
        return B.T @ A - np.eye(self.m, dtype=int)

    def at(self, x: Array) -> str:
        """The matrices in words."""
        A, B, z = self.take(x)
        where = f"d = {self.d}, m = {self.m}, k = {self.k}: " + matrix_text(A=A, B=B)
        return where + (", " + matrix_text(z=z) if self.kernel else "")


def tops(M: Array, k: int) -> Array:
    """Every sum of k absolute entries of one row: the largest is the error, and each is smooth."""
    return np.abs(M)[:, _choices(M.shape[1], k)].sum(axis=2).ravel()


@cache
def _choices(m: int, k: int) -> NDArray[np.intp]:
    """All k of m columns: (C(m, k), k)."""
    return np.array(list(combinations(range(m), k)))


def share(z: Array, k: int) -> float:
    """The part of its l1 norm that z has on its k largest entries."""
    sizes = np.sort(np.abs(z))
    return sizes[-k:].sum() / sizes.sum()


def beyond(
    tops: Callable[[Array], Array], bound: Ends
) -> tuple[Callable[[Array], Array], Callable[[Array], Interval]]:
    """The parts, and the measure, of "some entry of tops(x) is at least the bound", relative to it.

    tops is exact on rationals; the bound is enclosed by two of them.
    """
    low, high = bound
    middle = float((low + high) / 2)

    def measured(x: Array) -> Interval:
        top = Fraction(np.max(tops(exactly(x))))
        return outward(top / high - 1, top / low - 1)

    return lambda x: tops(x) / middle - 1, measured
