"""Proofs that l1-minimisation recovers a sign pattern, or does not, from one vector alone.

Write S for the support, s for the signs, and let A be (d, m).
Recovered. Let r = A_S^T v - s and sigma > 0 a lower bound on the singular values of A_S. Then
v' = v - (A_S^+)^T r has A_S^T v' = s exactly and, off S, |a_j^T v'| <= |a_j^T v| + |r| |a_j|/sigma.
If that is below 1, every z with this support and sign pattern is the only minimiser of ||.||_1 of
its image: any other z + h has ||z + h||_1 >= <A^T v', z + h> = ||z||_1, strictly unless h lives on
S, where A has no kernel.
Not recovered. Let gain(h) = <s, h_S> - ||h_{S^c}||_1 and let the rows of A be independent with
sigma > 0 below their singular values. Then h' = h - A^+ A h is in ker A, and gain(h') >= gain(h) -
||h - h'||_1 >= gain(h) - sqrt(m) |Ah|/sigma. If that is above 0, z - t h' has the same image and a
smaller norm for all small t > 0.
Every rounding is bounded and charged; nothing here knows how v and h were found.
Reference: Fuchs 2004; Foucart, Rauhut 2013, theorem 4.26, corollary 4.28. For the bound on singular
values: Rump 2006, Verification of positive definiteness.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.l1._rows import LAST, UNDERFLOW, Rows, least_singular
from lcs.rounding import U64, gamma

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

NEAR = 8  # powers of two of rows that need no scaling
FAR = 1005  # of rows whose certificates float64 still holds


@dataclass(frozen=True, slots=True, eq=False)
class Sized:
    """A (d, m) with rows scaled by powers of two to a size near 1, which changes no verdict."""

    A: Array
    exponents: NDArray[np.intc]  # (d,): the matrix given is 2^exponents times A
    reach: float  # at least the length of every column


def sized(A: Array, largest: Array) -> Sized:
    """Bring the rows of A to size about 1; largest (d,) holds their largest absolute entries.

    Raises ValueError where an entry would vanish, or a certificate would.
    """
    if np.all((largest >= 2.0**-NEAR) & (largest < 2.0**NEAR)):
        return unscaled(A, largest)
    beyond = largest[(largest > 0) & ((largest < 2.0**-FAR) | (largest >= 2.0**FAR))]
    if beyond.size:
        raise ValueError(
            f"the largest entry of a row of A must be 0 or of a size in [2^-{FAR}, 2^{FAR}); "
            f"got {float(beyond[0])!r}"
        )
    exponents = np.frexp(largest)[1]
    scaled = np.ldexp(A, -exponents[:, None])
    if not np.array_equal(np.ldexp(scaled, exponents[:, None]), A):
        size = np.abs(A)
        row = int(np.argmin(np.min(size, axis=1, where=size > 0, initial=np.inf)))
        raise ValueError(
            "entries of a row of A must not vanish when the largest is scaled to 1; "
            f"row {row} holds {float(np.min(size[row][size[row] > 0]))!r} "
            f"beside {float(np.max(size[row]))!r}"
        )
    return Sized(scaled, exponents, float(np.linalg.norm(np.ldexp(largest, -exponents))) * LAST)


def unscaled(A: Array, largest: Array) -> Sized:
    """A whose rows have sizes in [2^-NEAR, 2^NEAR) already."""
    return Sized(A, np.zeros(len(A), np.intc), math.sqrt(largest @ largest) * LAST)


def dual_margin(sized: Sized, support: Indices, signs: Array, v: Array) -> float:
    """A proved lower bound on 1 - max |a_j^T v'| over j off S; not positive where none is.

    v (d,) in the units of the scaled matrix. Shrinks by what makes A_S^T v' = signs exact.
    """
    A, (d, m) = sized.A, sized.A.shape
    if support.size == 0:
        return 1.0  # v' = 0
    if support.size > d:
        return -np.inf
    Q = A[:, support]
    exponents = np.frexp(np.max(np.abs(Q), axis=0))[1]
    Q = Q * np.ldexp(1.0, -exponents)  # columns of one size: v' does not depend on it
    length = _length(v)
    product = gamma(d, U64) * sized.reach * length * LAST + UNDERFLOW
    values = v @ A
    residual = np.abs(values[support] - signs) * (1 + 2 * U64) + product
    off = _length(np.ldexp(residual, -exponents))
    least = least_singular(Q)
    values[support] = 0.0
    largest = float(np.max(np.abs(values)))
    if not (least > 0 and largest < np.inf):
        return -np.inf
    if support.size == m:
        return 1.0
    worst = largest + product + sized.reach * off / least
    return float(1 - worst * LAST - 2 * U64)


def kernel_gain(rows: Rows, support: Indices, signs: Array, h: Array) -> float:
    """A proved lower bound on gain(h')/||h||_1 for an h' in ker A; not positive where none is.

    rows: a choice of rows that has the kernel of A, proved independent.
    """
    m = h.size
    length = float(np.sum(np.abs(h))) * (1 + gamma(m, U64))
    if not (0 < length < np.inf and rows.least > 0):
        return -np.inf
    on = float(signs @ h[support])
    off = h.copy()
    off[support] = 0.0
    gain = on - float(np.sum(np.abs(off)))
    rounding = gamma(m + 2, U64) * length
    return (gain - (rounding + kernel_distance(rows, h)) * LAST) / length


def kernel_distance(rows: Rows, h: Array) -> float:
    """A proved upper bound on ||h - h'||_1 for the h' of ker A nearest to h; inf where none is."""
    m = h.size
    length = float(np.sum(np.abs(h))) * (1 + gamma(m, U64))
    if not (length < np.inf and rows.least > 0):
        return np.inf
    residual = _length(rows.A @ h) + gamma(m, U64) * rows.reach * length * LAST
    return float(np.sqrt(m)) * (residual + UNDERFLOW) / rows.least


def _length(x: Array) -> float:
    """An upper bound on |x|, squares below the smallest number included."""
    return float(np.linalg.norm(x)) * LAST + float(np.sqrt(x.size)) * 2.0**-536
