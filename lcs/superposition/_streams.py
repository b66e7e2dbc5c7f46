"""The law of sparse features as a trainer draws it: intervals of random words, and an exact clock.

A word of 32 bits belongs to each set of features, or feature in no set. Feature i is active where
it falls in an interval of i's own: of length active_i 2^32, one after the other for features that
exclude each other and the same one for those that are active together.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.superposition.features import Features

WORDS = 2**32
LEAST = 2.0**-20  # the values of a rarer feature would have fewer than 2^12 levels
_EVENT = 100.0  # what an event of the clock costs, in drawn cells
_PRODUCT = 0.3  # and a multiplication in each of the products of a sample


@dataclass(frozen=True, slots=True, eq=False)
class Streams:
    """The arrays that `_kernels.train_samples` reads, by the names it gives them."""

    stream: NDArray[np.int64]  # (n,)
    start: NDArray[np.int64]  # (n,)
    last: NDArray[np.uint32]  # (n,)
    scale: NDArray[np.float32]  # (n,)
    offset: NDArray[np.float32]  # (n,)
    own: NDArray[np.bool_]  # (n,)
    ends: NDArray[np.float64]  # (streams + 1,)
    reach: NDArray[np.float64]  # (streams,)
    head: NDArray[np.int64]  # (streams + 1,)
    order: NDArray[np.int64]  # (n,)

    @property
    def idle(self) -> float:
        """The probability that a sample is zero."""
        return float(np.exp(-self.ends[-1]))

    def jumps(self, m: int) -> bool:
        """Whether jumping from one active cell to the next takes less time than every cell."""
        n = self.stream.size
        return bool(_EVENT * self.ends[-1] < n + self.idle * _PRODUCT * n * m)

    def arguments(self, sparse: bool) -> tuple:
        """What the kernel takes, in its order."""
        return (
            *(self.stream, self.start, self.last, self.scale, self.offset, self.own),
            *(self.ends, self.reach, self.head, self.order, sparse),
        )


def streams(features: Features) -> Streams:
    """Return the intervals of a law; densities are met to within 2^-33.

    Raises ValueError for a feature that is active with probability below 2^-20.

    >>> pair = Features.of(2, density=0.5, sets=[(0, 1)], rule="exclusive-one")
    >>> made = streams(pair)
    >>> made.stream, made.start / WORDS, made.ends.round(3)
    (array([0, 0]), array([0.  , 0.25]), array([0.   , 0.693]))
    """
    active = features.active
    if np.min(active) < LEAST:
        raise ValueError(f"features must be active with p >= 2^-20 to be drawn; got {active.min()}")
    start, last = np.zeros(features.n, np.int64), np.zeros(features.n, np.int64)
    own = np.zeros(features.n, np.bool_)
    stream = np.empty(features.n, np.int64)
    groups = [list(one) for one in features.sets]
    groups += [[i] for i in np.flatnonzero(features.set_of < 0)]
    for number, members in enumerate(groups):
        together = features.rule == "coactive" and len(members) > 1
        each = active[members[:1]] if together else active[members]
        edges = np.rint(np.minimum(np.cumsum([0.0, *each]), 1.0) * WORDS).astype(np.int64)
        start[members], last[members] = edges[:-1], np.diff(edges) - 1
        stream[members], own[members] = number, together
    reach = np.array([max(start[i] + last[i] + 1 for i in one) for one in groups]) / WORDS
    with np.errstate(divide="ignore"):  # a set that is always active is never jumped to
        ends = np.cumsum([0.0, *-np.log1p(-reach)])
    span = np.where(own, float(WORDS), last + 1.0)
    slope, shift = (2.0, -1.0) if features.signed else (1.0, 0.0)
    return Streams(
        stream=stream,
        start=start,
        last=last.astype(np.uint32),
        scale=(slope / span).astype(np.float32),
        offset=(slope / (2 * span) + shift).astype(np.float32),
        own=own,
        ends=ends,
        reach=reach,
        head=np.cumsum([0, *map(len, groups)]),
        order=np.array([i for one in groups for i in one]),
    )
