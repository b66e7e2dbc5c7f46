"""Random codes: matrices whose columns are nearly orthogonal by chance.

Features are columns: every code is (d, m), d neurons and m features. `nested` draws raw rows of
which the first d', scaled to unit columns, are a code of the same family for every d' <= d; that
is what an error profile over d walks through.
"""

import math
from typing import Literal, get_args

import numpy as np
from numpy.typing import DTypeLike

from lcs.codes.matrix import Matrix, checked_matrix

Family = Literal["rademacher", "gaussian", "spherical", "sparse_sign"]


def rademacher(
    d: int, m: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64
) -> Matrix:
    """Draw a code with independent entries +-1/sqrt(d), the code of Theorem 2.

    Parameters: d rows (neurons), m columns (features), rng, dtype float32 or float64.
    Returns the code, (d, m), with columns of length 1 up to rounding.
    Raises TypeError or ValueError for sizes below 1, another dtype, or no Generator.
    Reference: Garg, Kleinberg, Peng 2026, Lemma 5.

    >>> rademacher(4, 2, rng=np.random.default_rng(0)).shape
    (4, 2)
    """
    return _signs(*_checked(d, m, rng, dtype)) / math.sqrt(d)


def gaussian(
    d: int,
    m: int,
    *,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
    unit_columns: bool = True,
) -> Matrix:
    """Draw independent N(0, 1/d) entries, columns then scaled to length 1.

    With unit_columns=True this is `spherical` in law; unit_columns=False keeps the raw entries.
    Parameters, returns and errors as `rademacher`.

    >>> gaussian(3, 5, rng=np.random.default_rng(0), unit_columns=False).shape
    (3, 5)
    """
    rows = _normals(*_checked(d, m, rng, dtype))
    return _unit(rows) if unit_columns else rows / math.sqrt(d)


def spherical(d: int, m: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Matrix:
    """Draw columns independently and uniformly from the unit sphere of R^d.

    Parameters, returns and errors as `rademacher`.

    >>> A = spherical(8, 3, rng=np.random.default_rng(0))
    >>> bool(np.allclose(np.linalg.norm(A, axis=0), 1))
    True
    """
    return _unit(_normals(*_checked(d, m, rng, dtype)))


def sparse_sign(
    d: int, m: int, *, s: int, rng: np.random.Generator, dtype: DTypeLike = np.float64
) -> Matrix:
    """Draw columns with exactly s entries +-1/sqrt(s), on rows drawn without replacement.

    Parameters: as `rademacher`, and s, the non-zero entries per column, 1 <= s <= d.
    Returns the code, (d, m). Raises ValueError for s outside its range.

    >>> A = sparse_sign(6, 4, s=2, rng=np.random.default_rng(0))
    >>> np.count_nonzero(A, axis=0)
    array([2, 2, 2, 2])
    """
    d, m, rng, dtype = _checked(d, m, rng, dtype)
    if not (_is_count(s) and s <= d):
        raise ValueError(f"s must be an integer with 1 <= s <= d = {d}; got {s!r}")
    A = np.zeros((d, m), dtype)
    step = max(1, 2**22 // d)  # columns at a time: the sort keys are the only large temporary
    for start in range(0, m, step):
        columns = np.arange(start, min(start + step, m))
        rows = np.argpartition(rng.random((columns.size, d)), s - 1, axis=1)[:, :s]
        A[rows, columns[:, None]] = _signs(columns.size, s, rng, dtype)
    return A / math.sqrt(s)


def nested(
    family: Family,
    d: int,
    m: int,
    *,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
    density: float | None = None,
) -> Matrix:
    """Draw raw rows whose first d' rows, scaled to unit columns, are a code for every d' <= d.

    Parameters
    ----------
    family: "rademacher" (entries +-1, exact integers), "gaussian" or "spherical" (normal entries;
        the two agree once columns are scaled), or "sparse_sign".
    d, m, rng, dtype: as `rademacher`.
    density: for "sparse_sign" alone, 0 < density <= 1: one entry +-1 in each consecutive stratum
        of round(1/density) rows; columns are non-zero from d' = round(1/density) on.

    Returns the rows, (d, m), not scaled. Raises ValueError for an unknown family or density.

    >>> R = nested("rademacher", 16, 3, rng=np.random.default_rng(0))
    >>> np.unique(R)
    array([-1.,  1.])
    """
    if family not in get_args(Family):
        raise ValueError(f"family must be one of {', '.join(get_args(Family))}; got {family!r}")
    if (density is None) == (family == "sparse_sign"):
        raise ValueError(f'density goes with "sparse_sign" and only there; got {density!r}')
    size = _checked(d, m, rng, dtype)
    if density is not None:
        return _stratified(*size, density)
    return _signs(*size) if family == "rademacher" else _normals(*size)


def unit_columns(R: Matrix) -> Matrix:
    """Scale every column to Euclidean length 1.

    Parameters: R (d, m). Returns a new (d, m) array of the same dtype.
    Raises TypeError for other dtypes; ValueError for NaN or inf, and naming the first zero column.

    >>> unit_columns(np.array([[3.0], [4.0]]))
    array([[0.6],
           [0.8]])
    """
    R = checked_matrix("R", R)
    zero = np.flatnonzero(~np.any(R, axis=0))
    if zero.size:
        raise ValueError(f"every column must be non-zero; column {zero[0]} is zero")
    return _unit(R)


def _unit(R: Matrix) -> Matrix:
    # The largest entry first, so that squares neither overflow nor vanish.
    R = R / np.max(np.abs(R), axis=0)
    return np.ascontiguousarray(R / np.sqrt(np.sum(R * R, axis=0)))


def _signs(d: int, m: int, rng: np.random.Generator, dtype: np.dtype) -> Matrix:
    signs = rng.integers(0, 2, (d, m), dtype=np.int8)
    signs += signs
    signs -= 1
    return signs.astype(dtype)


def _normals(d: int, m: int, rng: np.random.Generator, dtype: np.dtype) -> Matrix:
    return rng.standard_normal((d, m), dtype=dtype.type)


def _stratified(
    d: int, m: int, rng: np.random.Generator, dtype: np.dtype, density: float
) -> Matrix:
    if not 0 < density <= 1:
        raise ValueError(f"density must satisfy 0 < density <= 1; got {density!r}")
    length = round(1 / density)
    strata = -(-d // length)
    rows = rng.integers(0, length, (strata, m)) + length * np.arange(strata)[:, None]
    R = np.zeros((strata * length, m), dtype)
    R[rows, np.arange(m)] = _signs(strata, m, rng, dtype)
    return np.ascontiguousarray(R[:d])


def _is_count(n: object) -> bool:
    return isinstance(n, int | np.integer) and not isinstance(n, bool) and bool(n >= 1)


def _checked(
    d: int, m: int, rng: np.random.Generator, dtype: DTypeLike
) -> tuple[int, int, np.random.Generator, np.dtype]:
    for name, size in (("d", d), ("m", m)):
        if not _is_count(size):
            raise ValueError(f"{name} must be an integer >= 1; got {size!r}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise TypeError(f"dtype must be float32 or float64; got {np.dtype(dtype)}")
    return int(d), int(m), rng, np.dtype(dtype)
