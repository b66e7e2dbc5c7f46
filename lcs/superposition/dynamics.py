"""Jumps of a quantity that is flat before and after, as training goes on.

Time is logarithmic in the step: a window is a share of a decade, and a jump is a change within one
window by more than `size` between two windows in which the quantity moves by less than `flat`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lcs.codes.code import require


@dataclass(frozen=True, slots=True)
class Jump:
    """One jump of one column: flat up to record `begin`, and again from record `end` on."""

    column: int
    begin: int
    end: int
    change: float


def jumps(
    steps: ArrayLike,
    values: ArrayLike,
    *,
    size: float = 0.1,
    flat: float = 0.03,
    window: float = 0.25,
) -> list[Jump]:
    """Return every jump of every column, in order; those of one column do not overlap.

    Parameters
    ----------
    steps: (records,) rising, > 0.
    values: (records, columns), for instance the dimensionality D_i of each feature.
    size: least change of a jump; flat: largest range before and after, < size.
    window: decades of steps that each of the three parts lasts.

    Raises ValueError for shapes that do not fit, steps that do not rise and flat >= size.

    >>> leap = np.array([[0.0]] * 4 + [[0.5]] * 4)
    >>> jumps([1, 2, 4, 8, 16, 32, 64, 128], leap, window=0.3)[0].change
    0.5
    """
    t, v = np.asarray(steps, dtype=np.float64), np.asarray(values, dtype=np.float64)
    require(v.ndim == 2 and t.shape == v.shape[:1], "values must be (steps, columns)", v.shape)
    require(bool(t[0] > 0 and np.all(np.diff(t) > 0)), "steps must rise from above 0", steps)
    require(0 <= flat < size, "flat must be >= 0 and below size", (flat, size))
    found = []
    for column in range(v.shape[1]):
        free = 0
        for before, begin, end, after in _windows(t, 10.0**window):
            if before < free or _range(v[before : begin + 1, column]) >= flat:
                continue
            change = float(v[end, column] - v[begin, column])
            if abs(change) > size and _range(v[end : after + 1, column]) < flat:
                found.append(Jump(column, begin, end, change))
                free = begin
    return found


def _windows(t: np.ndarray, factor: float) -> list[tuple[int, int, int, int]]:
    """The records at both ends of three windows in a row, each of at least a factor in time."""
    found = []
    slack = 1 - 1e-9  # steps a factor apart up to rounding are a factor apart
    for begin in range(t.size):
        before = int(np.searchsorted(t, t[begin] / factor / slack, side="right")) - 1
        end = int(np.searchsorted(t, t[begin] * factor * slack))
        if before < 0 or end >= t.size:
            continue
        after = int(np.searchsorted(t, t[end] * factor * slack))
        if after < t.size:
            found.append((before, begin, end, after))
    return found


def _range(v: np.ndarray) -> float:
    return float(np.ptp(v))
