"""The least number of rows at which the best linear probes of a nested code are good enough.

The statement computed, for rows R that are added one by one and a level delta:
    d(delta) = min {d : alpha_1(R[:d]) < delta} = max_i min {d : alpha_{1,i}(R[:d]) < delta}.
A further row only shrinks the kernel, so each alpha_{1,i} falls with d and is bisected. Features
come in groups: only one that is worse than all before it is searched for, about ln m of them.
By the collapse theorem (claim LCS-collapse) k/eps = 1/delta is all that matters of (k, eps), and by
claim LCS-jn-rows d(1/(2k)) is where linear probes first certify that l1 recovers every k-sparse z.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.linear._inputs import checked_features
from lcs.linear.probes import optimal_probes

GROUP = 16  # features solved together, with the same rows


@dataclass(frozen=True, slots=True)
class CriticalProbes:
    """alpha_{1,i} < delta is proved for every feature asked for from d_sufficient rows on."""

    d_sufficient: int | None  # None: not with all the rows there are
    d_before: int  # alpha_{1,i} >= delta is proved with so many rows, for i = feature
    feature: int  # the last one to come below delta
    solves: int  # linear programmes


def critical_d_probes(
    R: Matrix,
    delta: float,
    *,
    features: Sequence[int] | NDArray[np.integer] | None = None,
    threads: int | None = None,
) -> CriticalProbes:
    """Find the least d at which the first d rows have alpha_1 < delta.

    Parameters
    ----------
    R: (D, m) float32 or float64 rows; columns are used as they are, not scaled.
    delta: the level, 0 < delta <= 1; k active features are read to within eps where it is eps/k.
    features: which must come below it, in [0, m); None for all. Fewer give only a lower bound.
    threads: None for as many as BLAS has; the bits do not depend on it.

    Returns `CriticalProbes`; d_before = d_sufficient - 1 but where float64 cannot tell.
    Raises TypeError or ValueError as `optimal_probes`; ValueError for delta out of range.
    Reference: Juditsky, Nemirovski 2011, for alpha_1.

    >>> critical_d_probes(np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]]), 0.4)
    CriticalProbes(d_sufficient=2, d_before=1, feature=1, solves=7)
    """
    R = checked_matrix("R", R)
    if isinstance(delta, str) or not 0 < delta <= 1:
        raise ValueError(f"delta must satisfy 0 < delta <= 1; got {delta!r}")
    search = _Search(R, float(delta), threads)
    waiting = checked_features(features, R.shape[1])
    d, before, last = 1, 0, int(waiting[0])
    while waiting.size and d <= R.shape[0]:
        upper, lower = search.alphas(d, waiting[:GROUP])
        failing = np.flatnonzero(upper >= delta)
        if failing.size == 0:
            waiting = waiting[GROUP:]
            continue
        # The worst first: most of the others pass where it does.
        worst = failing[np.argmax(upper[failing])]
        last = int(waiting[worst])
        before, d = search.crossing(last, d, d if lower[worst] >= delta else before)
        waiting = np.concatenate([waiting[failing], waiting[GROUP:]])
    return CriticalProbes(d if d <= R.shape[0] else None, before, last, search.solves)


class _Search:
    """Levels of alpha at numbers of rows, and how many linear programmes they took."""

    def __init__(self, R: Matrix, delta: float, threads: int | None) -> None:
        self.R, self.delta, self.threads, self.solves = R, delta, threads, 0

    def alphas(
        self, d: int, features: NDArray[np.intp]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        self.solves += features.size
        probes = optimal_probes(self.R[:d], features=features, threads=self.threads)
        return probes.upper, probes.lower

    def crossing(self, feature: int, fails: int, before: int) -> tuple[int, int]:
        """The last d proved to fail and the first proved to pass, from one that does not pass."""
        step, passes = 1, len(self.R) + 1
        while passes - fails > 1:
            d = min(fails + step, (fails + passes) // 2)
            (upper,), (lower,) = self.alphas(d, np.array([feature]))
            if upper < self.delta:
                passes, step = d, len(self.R)
            else:
                fails, step = d, 2 * step
                before = d if lower >= self.delta else before
        return before, passes
