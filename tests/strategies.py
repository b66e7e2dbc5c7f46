"""Hypothesis strategies, each named for what it draws."""

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

FLOATS = (np.float32, np.float64)
LAYOUTS = ("C", "F", "strided", "reversed", "readonly")

# Exponents such that d k products of two entries, d k <= 32, and c <= 6 of them stay finite in
# the dtype with a factor of 1/u to spare.
LARGEST_EXPONENT = {np.dtype(np.float32): 46, np.dtype(np.float64): 480}
# Exponents such that the inverse of a product of two entries is an ordinary float64.
SMALLEST_SAFE_EXPONENT = {np.dtype(np.float32): -55, np.dtype(np.float64): -400}


def dtypes() -> st.SearchStrategy[Any]:
    """float32 or float64."""
    return st.sampled_from(FLOATS)


def shapes(max_d: int = 4, max_m: int = 5) -> st.SearchStrategy[tuple[int, int]]:
    """(d, m) with d of either side of m."""
    return st.tuples(st.integers(1, max_d), st.integers(1, max_m))


def in_layout(A: NDArray, layout: str) -> NDArray:
    """The same numbers as A in another memory layout."""
    if layout == "F":
        return np.asfortranarray(A)
    if layout == "strided":
        wide = np.full((2 * A.shape[0], 3 * A.shape[1]), np.nan, A.dtype)
        wide[::2, ::3] = A
        return wide[::2, ::3]
    if layout == "reversed":
        return np.ascontiguousarray(A[::-1, ::-1])[::-1, ::-1]
    out = np.array(A, order="C")
    out.flags.writeable = layout != "readonly"
    return out


def integer_matrices(shape: tuple[int, int], dtype: Any) -> st.SearchStrategy[NDArray]:
    """Entries -3 .. 3 over a power of two, so that sums are exact and ties are exact ties."""
    entries = hnp.arrays(np.int8, shape, elements=st.integers(-3, 3))
    return st.builds(lambda Z, e: (Z * 2.0**-e).astype(dtype), entries, st.integers(0, 2))


def ordinary_matrices(shape: tuple[int, int], dtype: Any) -> st.SearchStrategy[NDArray]:
    """Entries of size about 1 with full mantissas; 0 or far enough from it to be halved exactly."""
    width = 32 if dtype is np.float32 else 64
    entry = st.floats(-2, 2, width=width).map(lambda x: x if abs(x) > 2.0**-100 else 0.0)
    return hnp.arrays(dtype, shape, elements=entry)


@st.composite
def scaled_matrices(
    draw: st.DrawFn, shape: tuple[int, int], dtype: Any, tiny: bool = True
) -> NDArray:
    """Each column of its own size, from as large as products allow down to (tiny) nothing left."""
    top = LARGEST_EXPONENT[np.dtype(dtype)]
    low = -2 * top if tiny else SMALLEST_SAFE_EXPONENT[np.dtype(dtype)]
    A = draw(ordinary_matrices(shape, np.float64))
    common = draw(st.booleans())
    size = st.integers(low, top - 1)
    exponents = [draw(size)] * shape[1] if common else [draw(size) for _ in range(shape[1])]
    return np.ldexp(A, np.array(exponents)[None, :]).astype(dtype)


@st.composite
def near_degenerate_matrices(draw: st.DrawFn, shape: tuple[int, int], dtype: Any) -> NDArray:
    """Every column within a few units in the last place of one and the same column."""
    column = draw(ordinary_matrices((shape[0], 1), dtype))
    steps = draw(hnp.arrays(np.int8, shape, elements=st.integers(-2, 2)))
    return (column * (1 + steps * np.finfo(dtype).eps)).astype(dtype)


@st.composite
def matrices(
    draw: st.DrawFn, shape: tuple[int, int] | None = None, dtype: Any = None, tiny: bool = True
) -> NDArray:
    """A (d, m) of any kind above, perhaps with a column repeated or set to zero."""
    shape = draw(shapes()) if shape is None else shape
    dtype = draw(dtypes()) if dtype is None else dtype
    kinds = (
        integer_matrices(shape, dtype),
        ordinary_matrices(shape, dtype),
        scaled_matrices(shape, dtype, tiny),
        near_degenerate_matrices(shape, dtype),
    )
    A = np.array(draw(st.one_of(*kinds)))
    column = st.integers(0, shape[1] - 1)
    if draw(st.booleans()):
        A[:, draw(column)] = A[:, draw(column)]
    if draw(st.integers(0, 4)) == 4:
        A[:, draw(column)] = 0
    if not tiny:
        A[np.abs(A) < 2.0 ** SMALLEST_SAFE_EXPONENT[A.dtype]] = 0
    return A


@st.composite
def pairs(draw: st.DrawFn, tiny: bool = True) -> tuple[NDArray, NDArray | None]:
    """(A, B) of one shape and dtype; B is None (the same code) half of the time."""
    A = draw(matrices(tiny=tiny))
    same = draw(st.booleans())
    return A, None if same else draw(matrices(A.shape, A.dtype.type, tiny))


@st.composite
def problems(draw: st.DrawFn, tiny: bool = True) -> tuple[NDArray, NDArray | None, int]:
    """(A, B, k) with 1 <= k <= m."""
    A, B = draw(pairs(tiny))
    return A, B, draw(st.integers(1, A.shape[1]))


def scalars() -> st.SearchStrategy[float]:
    """c >= 0: zero, one, ordinary and far from one, with products still finite in float32."""
    return st.one_of(
        st.sampled_from((0.0, 0.5, 1.0, 0.1)),
        st.floats(0, 4),
        st.integers(-60, 2).map(lambda e: 1.3 * 2.0**e),
    )


@st.composite
def raw_rows(draw: st.DrawFn) -> NDArray:
    """R (D, m) whose squares neither overflow nor underflow; columns can be zero for a while."""
    shape, dtype = draw(shapes(5, 5)), draw(dtypes())
    R = np.array(draw(st.one_of(integer_matrices(shape, dtype), ordinary_matrices(shape, dtype))))
    R[np.abs(R) < 2.0**-30] = 0
    reach = 25 if dtype is np.float32 else 200
    exponents = draw(hnp.arrays(np.int16, shape[1], elements=st.integers(-reach, reach)))
    R = np.ldexp(R, exponents[None, :]).astype(dtype)
    if draw(st.booleans()):
        R[: draw(st.integers(0, shape[0])), draw(st.integers(0, shape[1] - 1))] = 0
    return R


def epsilons() -> st.SearchStrategy[Fraction]:
    """Levels in (0, 1], many of them exactly where a bound jumps."""
    boundary = st.sampled_from(
        [Fraction(a, b) for b in (2, 3, 4, 5, 7, 10, 16) for a in range(1, b + 1)]
    )
    beside = st.builds(lambda e, s: e + s * Fraction(1, 10**12), boundary, st.sampled_from((-1, 1)))
    anywhere = st.fractions(Fraction(1, 50), 1, max_denominator=1000)
    return st.one_of(boundary, beside.filter(lambda e: e <= 1), anywhere)


@st.composite
def parameters(
    draw: st.DrawFn, max_m: int = 200, max_ratio: int = 200
) -> tuple[int, int, Fraction]:
    """(m, k, eps) with 1 <= k <= m, 0 < eps <= 1 and k/eps <= max_ratio."""
    m = draw(st.integers(1, max_m))
    k = draw(st.integers(1, min(m, 12, max_ratio)))
    eps = draw(epsilons().filter(lambda e: k / e <= max_ratio))
    return m, k, eps
