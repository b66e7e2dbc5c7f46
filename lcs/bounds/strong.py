"""How many active features l1-minimisation surely recovers from a given code, by each proof.

Every proof bounds alpha_k(A), the share of its l1 norm that a kernel vector can have on k entries;
below 1/2 every k-sparse z is recovered:
    coherence: k mu/(1 + mu) for unit columns; in general k min_c max_ij |I - c A^T A|_ij;
    rows:      k alpha_1, the best probes of linear readout;
    columns:   min_B max_j ||(I - B^T A)_j||_[k], at most as much;
    exact:     alpha_k itself, by branch and bound.
Reference: Donoho, Elad 2003; Juditsky, Nemirovski 2011; Cohen, Dahmen, DeVore 2009.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.l1.decision import Verdict
from lcs.l1.null_certificates import column_bound
from lcs.l1.nullspace import NODES, Status, nullspace_constant
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes

Method = Literal["coherence", "rows", "columns", "exact"]
METHODS: tuple[Method, ...] = ("coherence", "rows", "columns", "exact")
Progress = Callable[[Method, int], None]
Array = NDArray[np.float64]

LARGEST = 64  # features for which one programme over all of B is solved


@dataclass(frozen=True, slots=True)
class CertifiedK:
    """The largest k that each proof certifies for a code of m columns in R^d."""

    d: int
    m: int
    k: Mapping[Method, int]  # of the methods asked for
    refuted: int | None  # the least k of which some signal is proved to be lost; None: not found
    ceiling: int  # no code of this shape has more by coherence, rows or columns


def certified_k(
    A: Matrix,
    *,
    methods: Sequence[Method] = METHODS,
    nodes: int = NODES,
    progress: Progress | None = None,
) -> CertifiedK:
    """Find the largest k such that every k-sparse z is surely recovered from A z, by each proof.

    The largest k with k mu/(1 + mu) < 1/2, k alpha_1 < 1/2, the columns of some I - B^T A below
    1/2 in ||.||_[k], alpha_k < 1/2; each at least the one before it where its solver succeeds.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns. "exact" suits m up to about 40; for m > 64
        "columns" holds the best B of rows against the columns, without a programme of its own.
    methods: any of "coherence", "rows", "columns", "exact".
    nodes: of the search of "exact", for each k.
    progress: called as progress(method, k certified so far).

    Returns `CertifiedK`.
    Raises as `nullspace_constant` and `optimal_probes`; ValueError for another method.

    >>> found = certified_k(np.linalg.svd(np.ones((1, 6)) + np.eye(1, 6))[2][1:])
    >>> found.k["rows"], found.k["columns"], found.k["exact"], found.refuted, found.ceiling
    (1, 2, 2, 3, 2)
    """
    if isinstance(methods, str) or any(method not in METHODS for method in methods):
        raise ValueError(f"methods must be a sequence of {METHODS}; got {methods!r}")
    d, m = checked_matrix("A", A).shape
    found: dict[Method, int] = {}

    def note(method: Method, k: int) -> None:
        found[method] = k
        if progress is not None:
            progress(method, k)

    if "coherence" in methods:
        note("coherence", _below_half(worst_case_error(A, k=1, scale="optimal").upper, m))
    large = m > LARGEST
    if "rows" in methods or ("columns" in methods and large):
        probes = optimal_probes(A)
        if "rows" in methods:
            note("rows", _below_half(probes.alpha, m))
        if "columns" in methods and large:
            note("columns", _by_columns(A, probes.B))
    searched: list[Method] = [method for method in methods if method == "exact" or not large]
    refuted = _by_search(A, searched, nodes, note)
    return CertifiedK(d, m, MappingProxyType(found), refuted, certificate_ceiling(d, m))


def _below_half(alpha: float, m: int) -> int:
    """The largest k <= m with k alpha < 1/2."""
    k = 0
    while k < m and (k + 1) * Fraction(alpha) < Fraction(1, 2):
        k += 1
    return k


def _by_columns(A: Matrix, B: Array) -> int:
    """The largest k with every ||column of I - B^T A||_[k] < 1/2."""
    k = 0
    while k < A.shape[1] and column_bound(A.astype(np.float64), B, k + 1) < 0.5:
        k += 1
    return k


def _by_search(
    A: Matrix, methods: Sequence[Method], nodes: int, note: Callable[[Method, int], None]
) -> int | None:
    """The columns' k and the exact one, from k = 1 until neither grows; the least k refuted."""
    searched: tuple[Method, ...] = ("columns", "exact")
    growing = {method for method in searched if method in methods}
    for method in searched:
        if method in growing:
            note(method, 0)
    for k in range(1, A.shape[1] + 1):
        if not growing:
            break
        found = nullspace_constant(A, k, target=0.5, nodes=nodes if "exact" in growing else 0)
        if found.status is Status.INTERRUPTED:
            raise KeyboardInterrupt
        if "columns" in growing and found.columns < 0.5:
            note("columns", k)
        else:
            growing.discard("columns")
        if "exact" in growing and found.verdict is Verdict.RECOVERED:
            note("exact", k)
        else:
            growing.discard("exact")
        if found.verdict is Verdict.NOT_RECOVERED:
            return k
    return None


def certificate_ceiling(d: int | np.integer, m: int | np.integer) -> int:
    """Bound the k that coherence, rows or columns can certify, over all codes of m columns in R^d.

    The largest k <= m with 2k - 1 < sqrt(d(m-1)/(m-d)), m where d >= m (claim LCS-ceiling). Rows:
    alpha_1 >= mu/(1 + mu) at Welch's mu^2 = (m-d)/(d(m-1)). Columns: let n_i be the rows of a basis
    of ker A in radial isotropic position, sum_i n_i n_i^T/|n_i|^2 = (m/q) I for q = m - d, which
    some basis reaches or tends to. W_ij = <n_i, n_j>/|n_i| has its rows in ker A, and with
    rho_ij the cosines ||w_j||_inf = |n_j|, ||w_j||_1 = |n_j| sum_i |rho_ij| <= |n_j| (1 + 1/mu),
    since sum_i rho_ij^2 = m/q. Hence tr W = sum_j |n_j| >= min(1, k mu/(1 + mu)) times
    sum_j max(||w_j||_inf, ||w_j||_1/k): the dual of the column programme. It bounds no recovery.

    Parameters: d neurons, m features, integers >= 1. Returns k. Raises ValueError elsewhere.

    >>> certificate_ceiling(20, 40), certificate_ceiling(500, 1000)
    (3, 16)
    """
    for name, n in (("d", d), ("m", m)):
        if not hasattr(n, "__index__") or isinstance(n, bool) or n < 1:
            raise ValueError(f"{name} must be an integer >= 1; got {n!r}")
    d, m = int(d), int(m)
    if d >= m:
        return m
    # (2k-1)^2 < x for an integer 2k-1 is (2k-1)^2 <= ceil(x) - 1.
    below = -(-d * (m - 1) // (m - d)) - 1
    return (isqrt(below) + 1) // 2
