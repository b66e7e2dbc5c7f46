"""Error bounds for floating point sums and products, derived and never tuned.

Standard model (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 3.1):
fl(x op y) = (x op y)(1 + t), |t| <= u, and n such factors multiply to 1 + t_n with
|t_n| <= gamma_n = n u / (1 - n u), in any order of summation. Where a product underflows, it is
off by at most half of eta, the smallest subnormal, instead.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

import numpy as np
from numpy.typing import DTypeLike, NDArray

Matrix = Sequence[Sequence[Fraction]]


def _limits(dtype: DTypeLike) -> np.finfo:
    return np.finfo(cast(type[np.floating], np.dtype(dtype).type))


def unit_roundoff(dtype: DTypeLike) -> Fraction:
    """u = half the gap between 1 and the next number."""
    return Fraction(float(_limits(dtype).eps)) / 2


def smallest_subnormal(dtype: DTypeLike) -> Fraction:
    """eta, the gap between numbers next to zero."""
    return Fraction(float(_limits(dtype).smallest_subnormal))


def gamma(n: int, dtype: DTypeLike = np.float64) -> Fraction:
    """gamma_n = n u / (1 - n u)."""
    nu = n * unit_roundoff(dtype)
    if nu >= 1:
        raise ValueError(f"gamma_n needs n u < 1, got n = {n}")
    return nu / (1 - nu)


def objective_tolerance(
    absolute: Matrix, d: int, k: int, c: Fraction, dtype: DTypeLike
) -> Fraction:
    """Bound |computed - exact| for E_k(A, cB) of an algorithm that works in dtype.

    absolute = |B|^T |A|. An inner product costs gamma_d |b|^T |a|, scaling, the subtraction of 1
    and the sum of k terms cost k + 1 more roundings of terms at most c |b|^T |a| + 1, and
    underflow at most eta for each of the d products, times c, and for the scaling. One rounding
    is spare for c held in dtype.
    """
    rate, c = gamma(d + k + 3, dtype), abs(c)
    under = (d * c + 1) * smallest_subnormal(dtype)
    rows = (
        sorted((rate * (c * x + (i == j)) + under for j, x in enumerate(row)), reverse=True)
        for i, row in enumerate(absolute)
    )
    return max(sum(row[:k], Fraction(0)) for row in rows)


def error_tolerance(A: NDArray, B: NDArray | None, k: int, c: float = 1.0) -> float:
    """Same bound from column lengths, |b_i|^T |a_j| <= ||b_i|| ||a_j||, for large matrices."""
    longest = [
        float(np.linalg.norm(np.asarray(X, np.float64), axis=0).max())
        for X in (A, A if B is None else B)
    ]
    rate = float(gamma(A.shape[0] + k + 3, A.dtype))
    return k * rate * (abs(c) * longest[0] * longest[1] + 1) * (1 + 1e-6)


def unit_columns_tolerance(d: int, k: int, dtype: DTypeLike) -> float:
    """Change of E_k when each column of a code of exact unit columns is normalised in dtype.

    Each entry is off by a factor within 1 +- gamma_{d/2 + 2} (sum of d squares, square root,
    division), so every inner product of two such columns by at most 2 gamma_{d + 4}, and 1.01
    covers the second order: k of them are summed.
    """
    return float(k * 2 * gamma(d + 4, dtype)) * 1.01
