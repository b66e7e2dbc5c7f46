"""A code with a proved coherence: what every algebraic family returns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeGuard

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from lcs.codes.matrix import Matrix
from lcs.codes.surd import Surd

Indices = NDArray[np.int64]
Maker = Callable[[Indices], NDArray[np.float64]]

LARGEST = 2**31
"""Entries that `Code.matrix` agrees to hold at once."""

MOST_INDEXED = 2**63
"""Columns that an index can tell apart; some codes have many more."""


@dataclass(frozen=True, slots=True)
class Code:
    """m unit columns in R^d whose inner products have absolute value at most `coherence`.

    `attained` says that some pair reaches the coherence, known by proof; where it is False the
    coherence is an upper bound. `make` gives the columns of given indices, in float64. In the first
    `signs` columns every entry is +-1/sqrt d.
    """

    name: str
    d: int
    m: int
    coherence: Surd
    attained: bool
    claim: str
    reference: str
    make: Maker = field(repr=False, compare=False)
    signs: int = 0

    @property
    def coherence_squared(self) -> Surd:
        """The square of the coherence; rational unless the code is bounded by a sum of roots."""
        return self.coherence * self.coherence

    def matrix(self, dtype: DTypeLike = np.float64) -> Matrix:
        """All columns, (d, m), in float32 or float64.

        Raises TypeError for another dtype, ValueError for more than 2^31 entries.
        """
        if self.d * self.m > LARGEST:
            raise ValueError(
                f"a matrix of at most {LARGEST} entries is held at once, take columns() instead; "
                f"{self.name} has {self.d} x {self.m}"
            )
        return self.columns(np.arange(self.m), dtype)

    def columns(self, indices: ArrayLike, dtype: DTypeLike = np.float64) -> Matrix:
        """The columns of those indices, (d, len(indices)), in float32 or float64.

        Of a code of more than 2^63 columns the first 2^63 can be asked for.
        Raises TypeError for another dtype, ValueError for indices outside 0..m-1.
        """
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise TypeError(f"dtype must be float32 or float64; got {np.dtype(dtype)}")
        chosen = np.asarray(indices)
        if chosen.ndim != 1 or not np.issubdtype(chosen.dtype, np.integer):
            raise ValueError(f"indices must be a list of integers; got {indices!r}")
        last = min(self.m, MOST_INDEXED) - 1
        if chosen.size and not (chosen.min() >= 0 and chosen.max() <= last):
            raise ValueError(f"indices must lie in 0..{last}; got {indices!r}")
        A = np.ascontiguousarray(self.make(chosen.astype(np.int64)))
        return A.astype(np.float32) if np.dtype(dtype) == np.float32 else A

    def error_bound(self, k: int = 1) -> float:
        """Return min(1, k mu/(1 + mu)): the worst-case error at sparsity k with probes A/(1 + mu).

        Parameters: k active features. Raises ValueError unless 1 <= k <= m.
        """
        if not (is_integer(k) and 1 <= k <= self.m):
            raise ValueError(f"k must be an integer with 1 <= k <= m = {self.m}; got {k!r}")
        mu = float(self.coherence)
        return min(1.0, k * mu / (1 + mu))

    def suffices(self, m: int, k: int, eps: Fraction, *, strict: bool = True) -> bool:
        """Whether m of the columns read k active features to error < eps (<= eps if not strict).

        Exact, by mu against eps/(k - eps). False where the code has fewer than m columns.
        """
        if m > self.m:
            return False
        if eps >= k:
            return True
        level = eps / (k - eps)
        return self.coherence < level if strict else self.coherence <= level


def digits(indices: Indices, base: int, n: int) -> list[Indices]:
    """The n last digits of indices, the last one first."""
    found = []
    for _ in range(n):
        found.append(indices % base)
        indices = indices // base
    return found


def put_unit_vectors(A: NDArray[np.float64], indices: Indices, first: int) -> None:
    """Make the columns whose indices are first, first + 1, ... the unit vectors."""
    late = np.flatnonzero(indices >= min(first, MOST_INDEXED))
    A[:, late] = 0
    if late.size:
        A[indices[late] - first, late] = 1


def is_integer(n: object) -> TypeGuard[int]:
    """Whether n is an integer, and not a truth value."""
    return isinstance(n, int | np.integer) and not isinstance(n, bool)


def require(holds: bool, rule: str, value: object) -> None:
    """Raise the one error of a family's parameters: the rule, and what came instead."""
    if not holds:
        raise ValueError(f"{rule}; got {value!r}")
