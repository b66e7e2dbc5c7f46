"""Whether features in {0, 1} can be read by thresholds on linear readout, and with what margin.

The statement computed: z_i = 1 is told from z_i = 0 by <b, Az> > t on all k-sparse z in {0, 1}^m,
for some b and t, exactly when eps_i < 1/2 (`lcs.linear.affine`); for all features at once exactly
when max(sum w+, sum w-) > k ||w||_inf for every w != 0 in ker A.
Proof. Finitely many points are separated strictly unless the hulls of the A z with z_i = 1 and
with z_i = 0 meet: there A z = A z' and w = z - z' has w_i = 1, |w_j| <= 1, sum w+ <= sum z <= k,
sum w- <= sum z' <= k. Such a w in ker A gives back z = w+ and z' = w- in those hulls.

The margin is free of scale: where readouts stay between s and R from their threshold, on their
side, the relative margin is s/(R + s), and its largest value is 1/2 - eps_i. For divided by R + s
and brought to threshold 1/2, the readout of z_i has error 1/2 - s/(R + s), and back.

One dimension (claim LCS-affine-one-dimension): with d_t the least d for which some A lets all
features be read so, d(m,k,1/2) - 1 <= d_t <= d(m,k,1/2). An error below 1/2 has threshold 1/2.
And if A works, give it a row of ones: on the kernel of that, sum w+ = sum w- = ||w||_1/2 > k
||w||_inf, so k alpha_1 < 1/2 and linear probes err by less than 1/2. Monotone activations are
thresholds in disguise. Signals with fewer than k active features, 0 included, must count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.linear.affine import AffineProbes, affine_error
from lcs.rounding import U64
from lcs.threads import Progress

Array = NDArray[np.float64]


class Reading(Enum):
    """Whether a threshold reads a feature; the value is the sentence to show."""

    WORKS = "a threshold reads the feature: its margin is proved"
    FAILS = "no threshold reads the feature with a margin above the tolerance"
    OPEN = "not decided: the proved bounds on the margin leave both possible"


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """Thresholds t_i on <b_i, x>, with lower <= the largest relative margin <= upper proved.

    Where `lower` is positive the stored b_i and t_i read the feature, and |<b_i, Az> - t_i| lies
    between lower and 1 - lower on every k-sparse z in {0, 1}^m.
    """

    probes: AffineProbes
    t: Array  # (n,)
    lower: Array  # (n,)
    upper: Array  # (n,)
    status: tuple[Reading, ...]

    @property
    def margin(self) -> float:
        """The proved margin of all features asked for; at most 0 where not all are read."""
        return float(np.min(self.lower))

    @property
    def works(self) -> bool:
        """Whether every feature asked for is proved to be read."""
        return all(status is Reading.WORKS for status in self.status)

    def confused(self, n: int) -> tuple[Array, Array]:
        """z and z' of the hull of the k-sparse signals, A z = A z' and z_i - z'_i = 1 - 2 upper[n].

        Where the status is FAILS and upper is 0 to rounding: mixtures of signals with z_i = 1 and
        of signals with z_i = 0 that no threshold tells apart.
        """
        return self.probes.confused(n)


def threshold_margin(
    A: Matrix,
    *,
    k: int,
    features: Sequence[int] | NDArray[np.integer] | None = None,
    tolerance: float = 1e-9,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Thresholds:
    """Find the thresholds of largest relative margin for k-sparse z in {0, 1}^m, or why none work.

    max over b, t of s/(R + s), s and R the least and largest distance of <b, Az> from t on the
    right side, is 1/2 - eps_i.

    Parameters: as `affine_error`; a margin that is proved to be at most tolerance counts as none.
    Returns `Thresholds`. Raises as `affine_error`.
    Reference: Garg, Kleinberg, Peng 2026, Theorem 12, for the question.

    >>> triangle = np.array([[1.0, -0.5, -0.5], [0.0, 0.75**0.5, -0.75**0.5]])
    >>> found = threshold_margin(triangle, k=2)
    >>> found.works, round(found.margin, 6)
    (True, 0.166667)
    >>> threshold_margin(np.array([[1.0, 1.0]]), k=1).status[0].name
    'FAILS'
    """
    probes = affine_error(
        A, k=k, features=features, tolerance=tolerance, threads=threads, progress=progress
    )
    t = 0.5 - probes.c
    lower = 0.5 - probes.upper - 2 * U64 * (np.abs(t) + 1)  # the roundings of t and of this line
    upper = 0.5 - probes.lower
    return Thresholds(probes, t, lower, upper, tuple(map(_reading, lower, upper <= tolerance)))


def _reading(lower: float, none: bool) -> Reading:
    if lower > 0:
        return Reading.WORKS
    return Reading.FAILS if none else Reading.OPEN
