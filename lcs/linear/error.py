"""The exact worst-case error of linear readout.

The statement computed (claim LCS-worst-case): with M = B^T A - I,
    sup over k-sparse z in [-1, 1]^m of ||B^T A z - z||_inf  =  max_i ||M_i||_[k],
the largest sum of the k largest |M_ij| of a row, attained at z_j = sign(M_ij) on those k columns.
A supremum with a closed form is computed, never sampled.

The search runs in the precision of the input; the rows that could be the worst are evaluated
again in float64, and the interval returned holds whatever the search rounded away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.linear._gram import largest_entries
from lcs.linear._inputs import Pair, checked_ks, checked_pair
from lcs.rounding import U64
from lcs.threads import Progress, one_blas_thread, thread_count

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class WorstCase:
    """The worst-case error E_k(A, cB), with the row and the signal that attain it.

    `value - rounding <= E_k <= value + rounding` is proved for the numbers stored in A, B and c.
    """

    m: int
    k: int
    value: float
    rounding: float
    feature: int
    support: NDArray[np.int64]  # (k,)
    signs: NDArray[np.int8]  # (k,)
    scale: float

    @property
    def z(self) -> Vector:
        """The witness (m,): k-sparse, entries in {-1, 0, 1}."""
        z = np.zeros(self.m)
        z[self.support] = self.signs
        return z

    @property
    def lower(self) -> float:
        """A proved lower bound on E_k."""
        return self.value - self.rounding

    @property
    def upper(self) -> float:
        """A proved upper bound on E_k."""
        return self.value + self.rounding

    def certifies(self, eps: float, *, strict: bool = True) -> bool:
        """Whether E_k < eps (or E_k <= eps, strict=False) is proved."""
        return self.upper < eps if strict else self.upper <= eps


@overload
def worst_case_error(
    A: Matrix,
    B: Matrix | None = None,
    *,
    k: int,
    scale: float | Literal["optimal"] = 1.0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> WorstCase: ...
@overload
def worst_case_error(
    A: Matrix,
    B: Matrix | None = None,
    *,
    k: Sequence[int],
    scale: float | Literal["optimal"] = 1.0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[WorstCase, ...]: ...
def worst_case_error(
    A: Matrix,
    B: Matrix | None = None,
    *,
    k: int | Sequence[int],
    scale: float | Literal["optimal"] = 1.0,
    threads: int | None = None,
    progress: Progress | None = None,
) -> WorstCase | tuple[WorstCase, ...]:
    """Compute the exact worst-case error of reading k-sparse z out of A z with the probes c B.

    E_k(A, cB) = max_i (sum of the k largest |c B^T A - I|_ij), with a witness; m x m is never held.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns; any memory layout.
    B: (d, m) probes of the same dtype; None for B = A, at half the cost.
    k: sparsity, 1 <= k <= m, or several: one pass serves all.
    scale: c, or "optimal" for the c >= 0 of least error (for each k by itself).
    threads: None for as many as BLAS has; the bits of the result do not depend on it.
    progress: called as progress(blocks done, blocks in all).

    Returns one `WorstCase`, or a tuple of them in the order of k.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, k or scale out of range,
    and columns so long that products overflow.
    Reference: Garg, Kleinberg, Peng 2026, section 2; for A = B with unit columns E_k is the Babel
    function of Tropp 2004.

    >>> A = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.8]])
    >>> worst = worst_case_error(A, k=2)
    >>> round(worst.value, 12), worst.feature, worst.z
    (1.4, 2, array([1., 1., 0.]))
    """
    pair = checked_pair(A, B)
    ks = checked_ks(k, pair.m)
    tops = largest_entries(
        pair.A,
        pair.B,
        min(max(ks), max(1, pair.m - 1)),
        threads=thread_count(threads),
        progress=progress,
    )
    T = top_sums(tops[0], max(ks))
    with one_blas_thread():
        cases = tuple(_solve(pair, T, one, scale) for one in ks)
    return cases[0] if np.ndim(k) == 0 else cases


def top_sums(tops: Matrix, K: int) -> Vector:
    """T_k(i), the sum of the k largest off-diagonal entries of row i, for k = 0..K: (m, K + 1)."""
    T = np.zeros((tops.shape[0], K + 1))
    n = tops.shape[1]
    np.cumsum(tops, axis=1, dtype=np.float64, out=T[:, 1 : n + 1])
    T[:, n + 1 :] = T[:, n : n + 1]
    return T


def optimal_scale(T: Vector, diagonal: Vector, k: int) -> float:
    """The c >= 0 that minimises max_i ||row i of c X - I||_[k], in closed form.

    The error is the largest of three lines in c: a c, 1 - b c and e c - 1, with a = max_i T_k(i),
    b = min_i (X_ii - T_{k-1}(i)), e = max_i (X_ii + T_{k-1}(i)). Where b <= 0 no c beats c = 0;
    otherwise the falling line meets the first rising one at the minimum. For unit columns:
    c = 1/(1 + T_k - T_{k-1}), and c = 1/(1 + mu) at k = 1.

    >>> optimal_scale(np.array([[0.0, 0.5], [0.0, 0.5]]), np.ones(2), 1)
    0.6666666666666666
    """
    a = np.max(T[:, k])
    b = np.min(diagonal - T[:, k - 1])
    e = np.max(diagonal + T[:, k - 1])
    return float(min(1 / (a + b), 2 / (b + e))) if b > 0 else 0.0


def _solve(pair: Pair, T: Vector, k: int, scale: float | str) -> WorstCase:
    case = _worst_case(pair, T, k, _scale(scale, pair, T, k))
    if scale == "optimal" and case.value > 1:  # T was rounded: reading out zero is better
        return _worst_case(pair, T, k, 0.0)
    return case


def _scale(scale: float | str, pair: Pair, T: Vector, k: int) -> float:
    """The scalar asked for, or the best one, with c times a sum of k products kept in range."""
    huge = float(np.finfo(np.float64).max) / 8
    most = huge if pair.longest_product * k < 1 else huge / (pair.longest_product * k)
    if scale == "optimal":
        with np.errstate(over="ignore"):
            return min(optimal_scale(T, pair.diagonal, k), most)
    if not isinstance(scale, Real) or isinstance(scale, bool) or not np.isfinite(float(scale)):
        raise ValueError(f'scale must be a finite number or "optimal"; got {scale!r}')
    if abs(float(scale)) > most:
        raise ValueError(
            f"scale and columns must keep sums of k products in range; got scale {scale!r} "
            f"with ||a|| ||b|| up to {pair.longest_product:.3g}: scale the matrix down"
        )
    return float(scale)


def _worst_case(pair: Pair, T: Vector, k: int, c: float) -> WorstCase:
    """Bound the supremum from the search, then evaluate in float64 the rows that could be worst."""
    low, high = _searched(pair, T, k, c)
    candidates = np.flatnonzero(high >= np.max(low))
    limit = max(1, 2**21 // pair.m)  # float64 rows in at most 16 MiB, three times over
    if candidates.size > limit:
        candidates = np.sort(candidates[np.argsort(-high[candidates], kind="stable")[:limit]])
    rows = c * pair.rows(candidates)
    rows[np.arange(candidates.size), candidates] -= 1
    size = np.abs(rows)
    supports = np.argpartition(-size, k - 1, axis=1)[:, :k]
    values = np.take_along_axis(size, supports, axis=1).sum(axis=1)
    slack = abs(c) * pair.rounding(k, double=True)[candidates]
    slack += (k + 6) * U64 * (values + abs(c * pair.diagonal[candidates]) + 1)
    worst = int(np.argmax(values))
    value, support = float(values[worst]), np.sort(supports[worst])
    upper = max(np.max(values + slack), np.max(np.delete(high, candidates), initial=-np.inf))
    return WorstCase(
        m=pair.m,
        k=k,
        value=value,
        rounding=float(max(upper - value, value - np.max(values - slack))),
        feature=int(candidates[worst]),
        support=support,
        signs=np.where(rows[worst, support] < 0, -1, 1).astype(np.int8),
        scale=c,
    )


def _searched(pair: Pair, T: Vector, k: int, c: float) -> tuple[Vector, Vector]:
    """Bounds (low, high) on ||row i of c B^T A - I||_[k] from the off-diagonal sums T."""
    c, diagonal = abs(c), np.sign(c) * pair.diagonal
    without, with_diagonal = c * T[:, k], np.abs(c * diagonal - 1) + c * T[:, k - 1]
    last = (k + 6) * U64 * (without + c * np.abs(diagonal) + 1)
    a = c * pair.rounding(k) + last
    b = c * (pair.rounding(k - 1) + pair.rounding(1, double=True)) + last
    return (
        np.maximum(without - a, with_diagonal - b),
        np.maximum(without + a, with_diagonal + b),
    )
