"""The l1 side of `linear_vs_l1`: the critical d of one signal, and the curves of theory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from lcs.codes.matrix import Matrix
from lcs.l1.decision import Verdict, recovers


@dataclass(frozen=True, slots=True)
class CriticalSignal:
    """l1 recovers the signal from the first d rows for every d >= d_sufficient, proved."""

    d_sufficient: int | None  # None: not with all the rows there are
    d_before: int  # proved not to be recovered with so many rows; 0 if never
    undecided: int  # decisions between the two that proved nothing


def critical_signal(
    R: Matrix, support: NDArray[np.intp], signs: NDArray[np.float64], *, guess: int
) -> CriticalSignal:
    """Find the least d at which l1 recovers this signal from the first d rows of a nested code.

    A further row only removes competitors, so recovery, once proved, stays.
    """
    verdicts: dict[int, Verdict] = {0: Verdict.NOT_RECOVERED}

    def verdict(d: int) -> Verdict:
        if d not in verdicts:
            verdicts[d] = recovers(R[:d], support, signs).verdict
        return verdicts[d]

    top = len(R) + 1
    first = _least(lambda d: verdict(d) is Verdict.RECOVERED, 0, top, guess)
    # Between the two lie only ties and what float64 cannot tell: one is usually next to the other.
    open_ = _least(lambda d: verdict(d) is not Verdict.NOT_RECOVERED, 0, first, first - 1)
    undecided = sum(v is Verdict.UNDECIDED for v in verdicts.values())
    return CriticalSignal(first if first < top else None, open_ - 1, undecided)


def _least(holds, fails: int, passes: int, guess: int) -> int:
    """The least d in (fails, passes] that holds, where it is monotone; galloping from a guess."""
    step = max(1, guess // 16)
    d = guess
    while passes - fails > 1:
        d = min(max(d, fails + 1), passes - 1)
        if holds(d):
            passes, d = d, d - step
        else:
            fails, d = d, d + step
        step *= 2
        if not fails < d < passes or step > passes - fails:
            d = (fails + passes) // 2
    return passes


def weak_d(m: int, k: int) -> float:
    """The d at which l1 recovers half of the signals, as m grows: Donoho and Tanner's weak curve.

    The statistical dimension of the descent cone, min_t k (1 + t^2) + (m - k) E (|g| - t)_+^2.
    """

    def dimension(t: float) -> float:
        tail, density = special.ndtr(-t), np.exp(-t * t / 2) / np.sqrt(2 * np.pi)
        return k * (1 + t * t) + 2 * (m - k) * ((1 + t * t) * tail - t * density)

    return float(optimize.minimize_scalar(dimension, bounds=(0, 40), method="bounded").fun)
