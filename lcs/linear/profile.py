"""Worst-case error over a whole ladder of dimensions d and sparsities k, in one pass.

A nested code R (D, m) holds a code for every d: its first d rows with columns scaled to length 1.
The Gram matrix of d rows is that of fewer rows plus a band, so one traversal of the blocks that
accumulates bands gives E_k for every (d, k). Memory stays at the heaps, one per feature and d.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.linear._gram import largest_entries
from lcs.linear._inputs import checked_ks, checked_matrix
from lcs.linear.error import optimal_scale, top_sums
from lcs.rounding import U64, column_products, entry_gamma, gamma, unit_roundoff
from lcs.threads import Progress, thread_count

Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ErrorProfile:
    """Worst-case errors of the unit-column codes A_d of a nested code, for d in ds and k in ks.

    `abs(computed - true) <= rounding` is proved for `error` and `scaled_error` both.
    """

    m: int
    ds: NDArray[np.int64]  # (n,)
    ks: NDArray[np.int64]  # (q,)
    error: Table  # (n, q): E_k(A_d)
    scaled_error: Table  # (n, q): min over c >= 0 of E_k(A_d, c A_d)
    scale: Table  # (n, q): that c
    rounding: Table  # (n, q)


@dataclass(frozen=True, slots=True)
class Crossing:
    """The dimension at which one nested code first reads k of m features to within eps.

    The error of a nested code is not monotone in d, so two numbers are reported: the first
    checkpoint that is certified, and the last that is certified to fail.
    """

    m: int
    k: int
    eps: float
    d_sufficient: int  # m where no checkpoint below m is certified: the identity always works
    trivial: bool  # whether d_sufficient is that m
    d_before: int  # the crossing lies in (d_before, d_sufficient]
    last_violation: int  # the largest checkpoint with error proved >= eps; 0 if none


def error_profile(
    R: Matrix,
    *,
    ks: Sequence[int],
    ds: Sequence[int],
    threads: int | None = None,
    progress: Progress | None = None,
) -> ErrorProfile:
    """Compute E_k of the first d rows of a nested code, columns scaled to length 1, for all (d, k).

    Parameters
    ----------
    R: (D, m) float32 or float64 raw rows, as `lcs.codes.random.nested` draws them. A column that
        is zero in its first d rows stays zero: its feature is unreadable, with error 1.
    ks: sparsities, rising, in [1, m].  ds: dimensions, rising, in [1, D].
    threads: None for as many as BLAS has; the bits of the result do not depend on it.
    progress: called as progress(blocks done, blocks in all).

    Returns an `ErrorProfile`.
    Raises TypeError or ValueError as `worst_case_error`; ValueError unless ks and ds rise.

    >>> R = np.array([[1.0, 1.0], [1.0, -1.0]])
    >>> error_profile(R, ks=[1], ds=[1, 2]).error
    array([[1.],
           [0.]])
    """
    R = checked_matrix("R", R)
    D, m = R.shape
    ks = _rising("ks", checked_ks(ks, m), m)
    ds = _rising("ds", list(ds), D)
    bands = [R[first:last] for first, last in itertools.pairwise([0, *ds])]
    squares = np.cumsum([column_products(band, band) for band in bands], axis=0)
    weights = _inverse_lengths(R, ds, squares)
    tops = largest_entries(
        R,
        None,
        min(ks[-1], max(1, m - 1)),
        ds=ds,
        weights=weights,
        threads=thread_count(threads),
        progress=progress,
    )
    shape = (len(ds), len(ks))
    error, scaled, scale = np.empty(shape), np.empty(shape), np.empty(shape)
    for t, largest in enumerate(tops):
        T = top_sums(largest, ks[-1])
        diagonal = (squares[t] > 0).astype(np.float64)
        for q, k in enumerate(ks):
            error[t, q] = worst(T, diagonal, k, 1.0)
            scale[t, q] = optimal_scale(T, diagonal, k)
            scaled[t, q] = worst(T, diagonal, k, scale[t, q])
    rounding = np.outer(_entry_rounding(R, ds, weights), ks) * (1 + 1e-12)
    rounding += np.asarray(ks) * 8 * U64 * (1 + error)
    return ErrorProfile(m, np.asarray(ds), np.asarray(ks), error, scaled, scale, rounding)


def worst(T: Table, diagonal: Table, k: int, c: float) -> float:
    """max_i ||row i of c X - I||_[k]: the diagonal entry is among the k largest or it is not."""
    return float(np.max(np.maximum(c * T[:, k], np.abs(c * diagonal - 1) + c * T[:, k - 1])))


def minimal_d(
    profile: ErrorProfile,
    *,
    eps: float | Sequence[float],
    strict: bool = True,
    scaled: bool = True,
) -> list[Crossing]:
    """Find, for every k of a profile and every eps, the dimensions where its code crosses eps.

    Parameters: eps > 0, one or several; strict for error < eps, otherwise error <= eps; scaled for
    the error with the best scalar probe scale, otherwise with B = A.
    Returns one `Crossing` per (k, eps), k-major. Raises ValueError for eps not finite and > 0.
    """
    if not isinstance(profile, ErrorProfile):
        raise TypeError(f"profile must be an ErrorProfile; got {type(profile).__name__}")
    try:
        epses = np.atleast_1d(np.asarray(eps, dtype=np.float64))
    except (TypeError, ValueError):
        epses = np.array([])
    if not (epses.size and np.all(np.isfinite(epses)) and np.all(epses > 0)):
        raise ValueError(f"eps must be finite and > 0, one number or several; got {eps!r}")
    errors = profile.scaled_error if scaled else profile.error
    below = profile.ds < profile.m
    return [
        _crossing(profile, int(k), float(e), column, slack, strict, below)
        for k, column, slack in zip(profile.ks, errors.T, profile.rounding.T, strict=True)
        for e in epses
    ]


def _crossing(
    profile: ErrorProfile,
    k: int,
    eps: float,
    error: Table,
    slack: Table,
    strict: bool,
    below: NDArray[np.bool_],
) -> Crossing:
    high, low = error + slack, error - slack
    reached = np.flatnonzero(below & (high < eps if strict else high <= eps))
    failed = np.flatnonzero(low >= eps if strict else low > eps)
    trivial = reached.size == 0
    d = profile.m if trivial else int(profile.ds[reached[0]])
    return Crossing(
        m=profile.m,
        k=k,
        eps=eps,
        d_sufficient=d,
        trivial=trivial,
        d_before=int(np.max(profile.ds[profile.ds < d], initial=0)),
        last_violation=int(np.max(profile.ds[failed], initial=0)),
    )


def _inverse_lengths(R: Matrix, ds: list[int], squares: Table) -> Matrix:
    """1/length of every column after d rows, 0 for a zero column: (n, m).

    Raises ValueError where a length or its inverse would leave the range of the dtype.
    """
    big = float(np.finfo(R.dtype).max) / 4
    vanished = squares == 0
    zero = [not v.any() or not np.any(R[:d, v]) for d, v in zip(ds, vanished, strict=True)]
    weights = np.zeros_like(squares)
    np.divide(1, np.sqrt(squares), out=weights, where=~vanished)
    if not (all(zero) and np.max(weights) ** 2 <= big and np.max(squares) <= big):
        raise ValueError(
            f"columns must have squared lengths that {R.dtype} can hold and invert; "
            f"got {np.min(squares):.3g} to {np.max(squares):.3g}: scale R"
        )
    return weights.astype(R.dtype)


def _entry_rounding(R: Matrix, ds: list[int], weights: Matrix) -> Table:
    """A bound on the rounding of one entry <a_i, a_j> of unit columns, for every d: (n,).

    gamma_d for the product, five roundings for two weights and their two multiplications, and
    gamma_2d in float64 for the lengths behind the weights; underflow is magnified by the weights.
    """
    u = unit_roundoff(R.dtype)
    exact = entry_gamma(R, R, float(np.max(np.abs(R))) ** 2) == 0
    tiny = float(np.finfo(R.dtype).smallest_subnormal)
    product = np.array([0.0 if exact else gamma(d, u) for d in ds])
    lengths = np.array([gamma(2 * d + 10, U64) for d in ds])
    underflow = np.array(ds) * tiny * np.max(weights.astype(np.float64), axis=1) ** 2
    return (1 + product) * (1 + gamma(5, u)) * (1 + lengths) - 1 + 2 * underflow


def _rising(name: str, values: Sequence[int], most: int) -> list[int]:
    for value in values:
        if not isinstance(value, int | np.integer) or isinstance(value, bool):
            raise ValueError(f"{name} must be integers; got {value!r}")
    if not values or values[0] < 1 or values[-1] > most or np.any(np.diff(values) <= 0):
        raise ValueError(f"{name} must rise within [1, {most}]; got {list(values)}")
    return [int(value) for value in values]
