"""What is hunted: an inequality as a slack that no point of its domain may bring below 0."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of floats, or of rationals where a measure is exact
Interval = tuple[float, float]

OUTSIDE = 1e3
"""Times how far out a point lies: stands for the slack outside a domain, to lead searches in."""
NOWHERE = (np.inf, np.inf)
"""The measure outside the domain."""


@dataclass(frozen=True, slots=True, eq=False)
class Prey:
    """One inequality of a claim, as the hunter sees it.

    The slack at x is the largest entry of `parts(x)`, inf outside the domain: many claims say of
    many numbers that some one is large, and smooth ways down need to see them all. `measured(x)`
    encloses the same slack (low, high) with every rounding bounded, by the library's own proved
    functions, exact rationals or balls: a violation is a high below 0 and nothing else.
    """

    claim: str
    says: str
    parts: Callable[[Array], Array]
    start: Callable[[np.random.Generator], Array]
    measured: Callable[[Array], Interval]
    at: Callable[[Array], str]
    relative: bool = True  # whether the slack is a share of one side of the inequality
    tight: bool = False  # whether some point reaches slack 0, or comes as near as wished
    whole: bool = False  # whether x holds integers
    allowed: int = 8_000  # evaluations in one round

    def slack(self, x: Array) -> float:
        """The slack at x, in floats; inf where there is none."""
        with np.errstate(all="ignore"):
            parts = np.asarray(self.parts(x), dtype=np.float64)
        worst = float(np.max(parts)) if parts.size else np.inf
        return worst if np.isfinite(worst) else np.inf


def exactly(x: Array) -> Array:
    """The stored numbers as rationals, with which the same array expressions are exact."""
    return np.vectorize(Fraction, otypes=[object])(x)


def in_rationals(parts: Callable[[Array], Array]) -> Callable[[Array], Interval]:
    """Measure by evaluating `parts` in exact rationals; for +, -, *, /, abs, max and sorting."""

    def measured(x: Array) -> Interval:
        slack = Fraction(np.max(np.asarray(parts(exactly(x)), dtype=object)))  # pyright: ignore[reportArgumentType]
        return outward(slack, slack)

    return measured


def outward(low: Fraction, high: Fraction) -> Interval:
    """Floats around two rationals whose signs are theirs."""
    return _away(low, -np.inf), _away(high, np.inf)


def _away(x: Fraction, end: float) -> float:
    near = float(x)
    if Fraction(near) == x or (near < x) == (end < 0):
        return near
    return float(np.nextafter(near, end))


def matrix_text(**matrices: Array) -> str:
    """Matrices as rows of numbers with enough digits to find the place again."""

    def rows(A: Array) -> str:
        lines = (" ".join(f"{x:.10g}" for x in row) for row in np.atleast_2d(A))
        return "[" + "; ".join(lines) + "]"

    return ", ".join(f"{name} = {rows(A)}" for name, A in matrices.items())
