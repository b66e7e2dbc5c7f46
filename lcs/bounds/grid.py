"""The bounds on a whole grid of (m, k, eps) at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs.bounds.lower import best_lower
from lcs.bounds.problem import Bound, Problem, problem
from lcs.bounds.upper import best_upper

Values = ArrayLike | Fraction | Sequence[object]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """lower <= d(m, k, eps) <= upper at every point, each with the name of the bound that gives it.

    All arrays have the shape that m, k and eps broadcast to. The integers are int64, or Python
    integers (dtype object) where some m is beyond them.
    """

    lower: NDArray
    upper: NDArray
    lower_name: NDArray[np.str_]
    upper_name: NDArray[np.str_]


def bounds_on_grid(
    m: Values,
    k: Values,
    eps: Values,
    *,
    strict: bool = True,
) -> Grid:
    """Evaluate `best_lower` and `best_upper` on broadcast arrays.

    Parameters: m features, k active, eps the error allowed, arrays of any shapes that broadcast;
    eps may hold floats, Fractions or texts, all taken at their exact values; strict:
    error < eps, otherwise error <= eps. A point that repeats is computed once.
    Returns a `Grid`. Raises ValueError and TypeError as `problem`, at the first point it refuses.

    >>> grid = bounds_on_grid([[100], [1000]], 1, ["1/4", "1/64"])
    >>> grid.lower
    array([[ 12,  98],
           [ 21, 799]])
    >>> grid.upper
    array([[ 16,  98],
           [ 31, 878]])
    """
    points = np.broadcast(*(np.asarray(x, dtype=object) for x in (m, k, eps)))
    found = [_both(problem(*point, strict=strict)) for point in points]
    wide = any(bound.d is not None and bound.d >= 2**63 for pair in found for bound in pair)

    def column(side: int) -> NDArray:
        return np.array([pair[side].d for pair in found], dtype=object if wide else np.int64)

    def names(side: int) -> NDArray[np.str_]:
        return np.array([pair[side].name for pair in found], dtype=np.str_)

    columns = (column(0), column(1), names(0), names(1))
    return Grid(*(values.reshape(points.shape) for values in columns))


@lru_cache(maxsize=2**14)
def _both(question: Problem) -> tuple[Bound, Bound]:
    m, k, eps, strict = question.m, question.k, question.eps, question.strict
    return best_lower(m, k, eps, strict=strict), best_upper(m, k, eps, strict=strict)
