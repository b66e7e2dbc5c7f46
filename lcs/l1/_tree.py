"""Branch and bound for alpha_k: which indices are among the k largest, and with which signs.

A node holds signs s on a set T that is among the k largest and the set F of indices that may still
join it; the others are out. The r = k - |T| that join make f(h) = <s, h_T> + ||h_F||_[r], and
    max f <= min_y max_j (|(s - A^T y)_j| + ||M_Fj||_[r])
for the rows M of a reading, I - Y^T Q, which a node shares with those below it. An h proposed by
the programme of a node is improved by alternation: the signed indicator of its k largest entries,
then the h that maximises it. h and -h are as good, so that the first sign is +.
"""

import heapq
import itertools
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lcs.l1._readout import Levels, best_readout
from lcs.l1._rows import Rows
from lcs.l1.null_certificates import Basis, concentration, largest_sums
from lcs.rounding import U64

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

RESTART = 200  # nodes for each feature, after which every first index gets a reading of its own
SMALL = 1e-3  # an h shorter than this has lost its digits
DRAWS = 40  # kernel vectors drawn for the alternation


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Rows M = I - Y^T Q: Y (rank, m), and |M| rounded up."""

    Y: Array
    sizes: Array  # (m, m)


@dataclass(order=True, slots=True)
class Node:
    """A set of h whose f is at most `bound`, proved."""

    key: tuple[float, int]  # (-bound, when made)
    signs: Array = field(compare=False)  # (m,) 0 off T
    free: NDArray[np.bool_] = field(compare=False)  # (m,) F
    reading: Reading | None = field(compare=False)  # None: to be made when the node is looked at

    @property
    def bound(self) -> float:
        """No h in ker A with ||h||_1 <= 1 has more."""
        return -self.key[0]


class Tree:
    """The nodes still open, the best h so far, and the bounds that they prove."""

    def __init__(self, basis: Basis, rows: Rows, k: int) -> None:
        self.basis, self.rows, self.k = basis, rows, k
        self.m = basis.Q.shape[1]
        self.levels = Levels(basis.Q)
        self.lower, self.h = 0.0, np.zeros(self.m)
        self.closed = 1.0  # the largest bound of a node that was not split; 1 before the root
        self.open: list[Node] = []
        self.count = itertools.count()
        self.nodes = 0
        self.readings: dict[int, Reading] = {}
        self.strength = np.zeros(self.m)  # alpha_{1,i}, to tolerances
        self.whole = 1.0  # proved of all nodes together

    @property
    def upper(self) -> float:
        """A proved upper bound on alpha_k."""
        return min(self.whole, max(self.closed, self.open[0].bound if self.open else 0.0))

    def begin(self) -> None:
        """The local search, and the root."""
        none = np.zeros(self.m)
        for h in self._starts():
            self.improve(h)
        reading = self.reading(self.k)
        root = self._proved(none, np.zeros(len(self.basis.Q)), reading, none == 0)
        self.whole = min(1.0, root)
        self.open = [Node((-self.whole, next(self.count)), none, none == 0, reading)]
        self.closed = 0.0

    def reading(self, r: int) -> Reading:
        """The reading of all features that is best for r of them."""
        if r not in self.readings:
            every = np.arange(self.m)
            Y = best_readout(self.basis.Q, every, r, np.zeros(self.m))
            self.readings[r] = self._reading(Y, every)
        return self.readings[r]

    def step(self) -> None:
        """Bound the node with the largest bound again, and split it. Interrupts lose no node."""
        if self.nodes == RESTART * self.m:
            self._restart()
        node = self.open[0]
        self.nodes += 1
        bound, y, h, reading = self._bounded(node)
        self.improve(h)
        if bound <= self.lower or self._left(node.signs, node.free) == 0:
            self.closed = max(self.closed, bound)
        else:
            self._split(node, bound, y, h, reading)
        heapq.heappop(self.open)  # still the first: those made from it have no larger bounds

    def _restart(self) -> None:
        """Split all h by the first index among the k largest; each part is to be read by itself."""
        whole, free, parts = self.upper, np.ones(self.m, bool), []
        for i in np.argsort(-self.strength, kind="stable"):
            free = free.copy()
            free[i] = False
            signs = np.zeros(self.m)
            signs[i] = 1.0
            parts.append(Node((-whole, next(self.count)), signs, free, None))
        heapq.heapify(parts)
        self.whole, self.open, self.closed = whole, parts, 0.0

    def _bounded(self, node: Node) -> tuple[float, Array, Array, Reading]:
        """The least bound on a node, with its y, an h, and the reading that gave it."""
        r = self._left(node.signs, node.free)
        first = node.reading
        if first is None:
            first = self.reading(self.k)
            y, _ = self.levels.solve(node.signs, self._weights(first, node.free, r))
            if r and self._proved(node.signs, y, first, node.free) > self.lower:
                where = np.flatnonzero(node.free)
                first = self._reading(best_readout(self.basis.Q, where, r, node.signs), where)
        best = (node.bound, np.zeros(len(self.basis.Q)), self.h, first)
        for own in (True, False):
            if not own and (best[0] <= self.lower or r == 0):
                break
            reading = first if own else self.reading(r)
            y, h = self.levels.solve(node.signs, self._weights(reading, node.free, r))
            bound = self._proved(node.signs, y, reading, node.free)
            if bound <= best[0]:
                best = (bound, y, h, reading)
        return best

    def _split(self, node: Node, bound: float, y: Array, h: Array, reading: Reading) -> None:
        candidates = np.flatnonzero(node.free)
        weight = np.abs(h[candidates])
        if not np.max(weight) > 0:
            weight = np.sum(reading.sizes[candidates], axis=1)
        i = candidates[int(np.argmax(weight))]
        rest = node.free.copy()
        rest[i] = False
        self._offer(bound, node.signs, y, rest, reading)
        for sign in (1.0, -1.0) if np.any(node.signs) else (1.0,):
            signs = node.signs.copy()
            signs[i] = sign
            self._offer(bound, signs, y + sign * reading.Y[:, i], rest, reading)

    def _offer(
        self, above: float, signs: Array, y: Array, free: NDArray[np.bool_], reading: Reading
    ) -> None:
        """Keep a node unless y already proves that it holds nothing better."""
        self._add(min(above, self._proved(signs, y, reading, free)), signs, free, reading)

    def _add(self, bound: float, signs: Array, free: NDArray[np.bool_], reading: Reading) -> None:
        if bound <= self.lower:
            self.closed = max(self.closed, bound)
        else:
            heapq.heappush(self.open, Node((-bound, next(self.count)), signs, free, reading))

    def _left(self, signs: Array, free: NDArray[np.bool_]) -> int:
        """r: how many may still join."""
        return min(self.k - int(np.count_nonzero(signs)), int(np.count_nonzero(free)))

    def _weights(self, reading: Reading, free: NDArray[np.bool_], r: int) -> Array:
        return largest_sums(reading.sizes[free], r)

    def _proved(self, signs: Array, y: Array, reading: Reading, free: NDArray[np.bool_]) -> float:
        left, charge = self.basis.residual(signs, y)
        weights = self._weights(reading, free, self._left(signs, free))
        return float(np.max(np.abs(left) + weights) + charge) * (1 + 4 * U64)

    def _reading(self, Y: Array, free: Indices) -> Reading:
        left, charge = self.basis.residual(np.eye(self.m)[:, free], Y)
        whole, sizes = np.zeros((len(Y), self.m)), np.full((self.m, self.m), np.inf)
        whole[:, free] = Y
        sizes[free] = ((np.abs(left) + charge) * (1 + 2 * U64)).T
        return Reading(whole, sizes)

    def _starts(self) -> list[Array]:
        """The best h of every feature, and some drawn."""
        none, unit = np.zeros(self.m), np.eye(self.m)
        best = [self.levels.solve(e, none)[1] for e in unit]
        self.strength = np.array([abs(h[i]) for i, h in enumerate(best)])
        g = np.random.default_rng(self.m).standard_normal((DRAWS, self.m))
        return [*best, *(g - (g @ self.basis.Q.T) @ self.basis.Q)]

    def improve(self, h: Array) -> None:
        """Alternate from h, and keep what proves more than the best so far."""
        reached, best = -1.0, self.h
        while True:
            size = float(np.sum(np.abs(h)))
            if not SMALL < size < np.inf:
                break
            h = h / size
            share = float(np.sum(np.sort(np.abs(h))[self.m - self.k :]))
            if share <= reached + 1e-12:
                break
            reached, best = share, h
            signs = np.zeros(self.m)
            top = np.argsort(-np.abs(h), kind="stable")[: self.k]
            signs[top] = np.sign(h[top])
            h = self.levels.solve(signs, np.zeros(self.m))[1]
        if reached > self.lower:
            for _ in range(2):
                best = best - (self.basis.Q @ best) @ self.basis.Q
            best = best / np.sum(np.abs(best))
            proved = concentration(self.rows, best, self.k)
            if proved > self.lower:
                self.lower, self.h = proved, best
