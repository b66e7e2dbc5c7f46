"""Hypothesis strategies, each named for what it draws."""

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tests import references

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
    hair = Fraction(1, 10**12)
    beside = st.builds(
        lambda e, s: min(Fraction(1), e + s * hair), boundary, st.sampled_from((-1, 1))
    )
    anywhere = st.fractions(Fraction(1, 50), 1, max_denominator=1000)
    return st.one_of(boundary, beside, anywhere)


@st.composite
def parameters(
    draw: st.DrawFn, max_m: int = 200, max_ratio: int = 200
) -> tuple[int, int, Fraction]:
    """(m, k, eps) with 1 <= k <= m, 0 < eps <= 1 and k/eps <= max_ratio."""
    m = draw(st.integers(1, max_m))
    k = draw(st.integers(1, min(m, 12, max_ratio)))
    return m, k, max(draw(epsilons()), Fraction(k, max_ratio))


@st.composite
def incoherent_parameters(
    draw: st.DrawFn, max_m: int = 200, max_ratio: int = 200
) -> tuple[int, int, Fraction]:
    """(m, k, eps) as `parameters`, with m >= 2 and k/eps > 2: mu < 1, and near 1 too."""
    m = draw(st.integers(2, max_m))
    k = draw(st.integers(1, min(m, 12, max_ratio)))
    beside = st.integers(1, 12).map(lambda n: (1 - Fraction(1, 10**n)) / 2)
    share = draw(st.one_of(shares(max_ratio), beside))  # eps/k
    return m, k, min(Fraction(1), share * k)


def shares(max_ratio: int) -> st.SearchStrategy[Fraction]:
    """eps/k in [1/max_ratio, 1/2), many where a bound jumps, and beside those."""
    low = Fraction(1, max_ratio)
    inside = [Fraction(a, b) for b in (3, 4, 5, 7, 10, 16, 25) for a in range(1, (b + 1) // 2)]
    boundary = st.sampled_from([x for x in inside if x >= low])
    beside = st.builds(lambda x, s: x + s * Fraction(1, 10**12), boundary, st.sampled_from((0, 1)))
    return st.one_of(boundary, beside, st.fractions(low, Fraction(49, 100), max_denominator=1000))


def equiangular_frames() -> st.SearchStrategy[NDArray]:
    """Equiangular tight frames, turned, and of any size: where bounds on codes are attained."""
    bases = (references.simplex(3), references.simplex(6), references.icosahedron())
    size = st.sampled_from((2.0**-200, 2.0**-3, 1.0, 2.0**150))
    return st.builds(_turned, st.sampled_from(bases), st.integers(0, 2**32 - 1), size)


def _turned(A: NDArray, seed: int, size: float) -> NDArray:
    d = len(A)
    Q = np.linalg.qr(np.random.default_rng(seed).standard_normal((d, d)))[0]
    return size * (Q @ A)


def beside(A: NDArray) -> st.SearchStrategy[NDArray]:
    """A with every entry moved by a share of its largest between 2^-50 and 1/8."""
    steps = hnp.arrays(np.int8, A.shape, elements=st.integers(-2, 2))
    size = st.integers(-50, -4).map(lambda e: 2.0**e * float(np.abs(A).max()))
    return st.builds(lambda S, h: A + h * S, steps, size)


@st.composite
def reading_pairs(draw: st.DrawFn, max_m: int = 4) -> tuple[NDArray, NDArray, int]:
    """(A, B, k), square, with error below 0.95 by construction, features about as long as probes.

    B^T A = r I + N, r in [0.6, 1.1], the entries of N at most 1/(2m) in absolute value.
    """
    m = draw(st.integers(2, max_m))
    A = draw(invertible_matrices(m))
    A = A * np.sqrt(np.linalg.norm(np.linalg.inv(A), axis=1) / np.linalg.norm(A, axis=0))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    noise = draw(st.floats(0, 0.5))
    X = rng.uniform(0.6, 1.1) * np.eye(m) + noise * rng.uniform(-1, 1, (m, m)) / m
    return A, np.linalg.solve(A.T, X.T), draw(st.integers(1, m))


@st.composite
def invertible_matrices(draw: st.DrawFn, m: int, condition: float = 1e3) -> NDArray:
    """U diag(s) V with s from 1/condition, drawn, to 1: conditioned as stated, by construction."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    U, V = (np.linalg.qr(rng.standard_normal((m, m)))[0] for _ in range(2))
    spread = draw(st.floats(0, 1))
    return U @ np.diag(condition ** (-spread * np.linspace(0, 1, m))) @ V
