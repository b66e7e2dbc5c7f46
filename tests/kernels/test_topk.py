"""The heaps of the kernels against their slow twins, which sort. Equal to the bit.

Passes compiled and, with NUMBA_DISABLE_JIT=1, as plain Python.
"""

from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from lcs._kernels import topk
from tests import references as ref
from tests.strategies import dtypes

CHUNK = topk._CHUNK
WIDTHS = (1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 3)


def entries(dtype: Any) -> st.SearchStrategy[float]:
    """Ties and zeros of both signs half of the time; no product of three over- or underflows."""
    width = 32 if dtype is np.float32 else 64
    ordinary = st.floats(2.0**-20, 2.0**20, width=width)
    return st.one_of(
        st.sampled_from((0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0)),
        ordinary,
        ordinary.map(lambda x: -x),
    )


@st.composite
def blocks(draw: st.DrawFn) -> tuple[NDArray, NDArray, NDArray, int]:
    """(block, row weights, column weights, K), often across a chunk, K often beyond the width."""
    dtype = draw(dtypes())
    shape = draw(st.integers(1, 3)), draw(st.one_of(st.integers(1, 9), st.sampled_from(WIDTHS)))
    block, rows, columns = (
        draw(hnp.arrays(dtype, size, elements=entries(dtype))) for size in (shape, *shape)
    )
    return block, rows, columns, draw(st.sampled_from((1, 2, 3, 5, 8, shape[1], shape[1] + 2)))


def empty(n: int, K: int, dtype: Any) -> NDArray:
    return np.full((n, K), -1, dtype)


def offered(block: NDArray, rows: NDArray, columns: NDArray) -> NDArray:
    """|block_ij w_i w_j|, multiplied in the order of the kernel so that the roundings agree."""
    return np.abs(block * columns[None, :] * rows[:, None])


def assert_heaps_hold(heaps: NDArray, expected: NDArray) -> None:
    """The same multiset in each row, to the bit, and the least at the root, as a heap must."""
    assert np.array_equal(np.sort(heaps, axis=1), expected)
    assert np.array_equal(heaps[:, 0], expected[:, 0])


# --- one block ----------------------------------------------------------------------------------


@given(case=blocks())
def test_push_rows_keeps_the_largest_of_each_row(case):
    block, w, v, K = case
    heaps = empty(block.shape[0], K, block.dtype)
    topk.push_rows(block, w, v, heaps)
    assert_heaps_hold(heaps, ref.largest_by_sort(offered(block, w, v), K))


@given(case=blocks())
def test_push_rows_and_columns_serves_rows_and_columns(case):
    block, w, v, K = case
    rows, columns = (empty(n, K, block.dtype) for n in block.shape)
    topk.push_rows_and_columns(block, w, v, rows, columns)
    values = offered(block, w, v)
    assert_heaps_hold(rows, ref.largest_by_sort(values, K))
    assert_heaps_hold(columns, ref.largest_by_sort(values.T, K))


@given(one=blocks(), data=st.data())
def test_merge_keeps_the_largest_of_both(one, data):
    block, w, v, K = one
    values = offered(block, w, v)
    cut = data.draw(st.integers(0, block.shape[1]))
    heaps, others = (empty(block.shape[0], K, block.dtype) for _ in range(2))
    topk.push_rows(block[:, :cut], w, v[:cut], heaps)
    topk.push_rows(block[:, cut:], w, v[cut:], others)
    topk.merge(heaps, others)
    assert_heaps_hold(heaps, ref.largest_by_sort(values, K))


@given(case=blocks())
def test_inputs_are_left_as_they_were(case):
    block, w, v, K = case
    rows, columns = (empty(n, K, block.dtype) for n in block.shape)
    topk.push_rows(block, w, v, rows)
    others = rows.copy()
    before = [x.tobytes() for x in (block, w, v, others)]
    topk.push_rows_and_columns(block, w, v, rows, columns)
    topk.merge(rows, others)
    assert [x.tobytes() for x in (block, w, v, others)] == before


# --- many blocks --------------------------------------------------------------------------------


@given(data=st.data(), dtype=dtypes())
def test_any_order_of_blocks_on_any_threads_gives_the_same_multiset(data, dtype):
    """A symmetric matrix, its upper blocks alone, dealt to two states in any order, then merged.

    Weights are powers of two: products are exact in any order, so the twin needs no order either.
    """
    m = data.draw(st.integers(2, 12))
    size = data.draw(st.integers(1, m))
    K = data.draw(st.integers(1, m + 1))
    half = data.draw(hnp.arrays(dtype, (m, m), elements=entries(dtype)))
    X = np.triu(half, 1) + np.triu(half, 1).T
    w = np.ldexp(1.0, data.draw(hnp.arrays(np.int8, m, elements=st.integers(-4, 4)))).astype(dtype)
    strips = [slice(s, min(s + size, m)) for s in range(0, m, size)]
    tasks = data.draw(st.permutations(list(combinations_with_replacement(strips, 2))))
    states = [empty(m, K, dtype) for _ in range(2)]
    for I, J in tasks:
        heaps = states[data.draw(st.integers(0, 1))]
        if I == J:
            topk.push_rows(X[I, J], w[I], w[J], heaps[I])
        else:
            topk.push_rows_and_columns(X[I, J], w[I], w[J], heaps[I], heaps[J])
    topk.merge(*states)
    assert_heaps_hold(states[0], ref.largest_by_sort(offered(X, w, w), K))


# --- what is no number --------------------------------------------------------------------------


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[NDArray, int, int, int]:
    """(block, row, column, K) with a NaN or an infinity in that place."""
    dtype = draw(dtypes())
    a, b = draw(st.integers(1, 3)), draw(st.integers(1, CHUNK + 6))
    block = draw(hnp.arrays(dtype, (a, b), elements=entries(dtype)))
    i, j = draw(st.integers(0, a - 1)), draw(st.integers(0, b - 1))
    block[i, j] = draw(st.sampled_from((np.nan, np.inf, -np.inf)))
    return block, i, j, draw(st.integers(1, 4))


@given(case=spoiled())
@example(case=(np.array([[np.nan, 1.0]]), 0, 0, 1))
@example(case=(np.array([[np.nan, 1.0, 2.0, 3.0]]), 0, 0, 2))
def test_what_is_no_number_surfaces_in_the_heaps(case):
    """Whatever comes after it: a worst case read from the heap must not look finite."""
    block, i, j, K = case
    w, v = (np.ones(n, block.dtype) for n in block.shape)
    rows, columns = (empty(n, K, block.dtype) for n in block.shape)
    only_rows = rows.copy()
    topk.push_rows(block, w, v, only_rows)
    topk.push_rows_and_columns(block, w, v, rows, columns)
    for heap in (only_rows[i], rows[i], columns[j]):
        assert not np.isfinite(heap).all(), f"{block[i, j]} at {i, j} was lost: {heap}"


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("K", [1, 2, 3])
def test_what_is_no_number_survives_a_merge(value, K):
    spoiled, ordinary = empty(1, K, np.float64), empty(1, K, np.float64)
    topk.push_rows(np.array([[value]]), np.ones(1), np.ones(1), spoiled)
    topk.push_rows(np.array([[1.0, 2.0, 3.0]]), np.ones(1), np.ones(3), ordinary)
    for heaps, others in ((spoiled.copy(), ordinary), (ordinary.copy(), spoiled)):
        topk.merge(heaps, others)
        assert not np.isfinite(heaps).all()
