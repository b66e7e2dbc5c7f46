"""Nothing of size m x m is ever held: peak memory stays far below one such matrix."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from lcs import error_profile, nested, worst_case_error

M, D = 8192, 16
SQUARE = 4 * M * M  # bytes of one float32 m x m matrix


def peak(task: Callable[[], object]) -> int:
    """Bytes that NumPy and Python hold at most while the task runs, beyond what they held."""
    tracemalloc.start()
    try:
        task()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    R = nested("gaussian", D, M, rng=np.random.default_rng(0), dtype=np.float32)
    worst_case_error(R[:, :64], k=2)  # compiled before anything is measured
    return R


def test_the_peak_that_is_measured_sees_an_m_by_m_matrix(rows: np.ndarray) -> None:
    assert peak(lambda: rows.T @ rows) >= SQUARE


@pytest.mark.parametrize("threads", [1, 2])
def test_worst_case_error_holds_no_m_by_m_matrix(rows: np.ndarray, threads: int) -> None:
    # Blocks, heaps, and at most 16 MiB of float64 rows three times over.
    assert peak(lambda: worst_case_error(rows, k=8, threads=threads)) < SQUARE / 3
    assert peak(lambda: worst_case_error(rows, rows, k=8, threads=threads)) < SQUARE / 3


@pytest.mark.parametrize("threads", [1, 2])
def test_error_profile_holds_heaps_and_blocks_alone(rows: np.ndarray, threads: int) -> None:
    ds, ks = [4, 8, 16], [1, 4]
    heaps = 4 * len(ds) * M * ks[-1]  # bytes, per thread
    blocks = 2 * 4 * 512**2
    tables = 8 * M * (len(ds) * 3 + ks[-1] * 3)  # squared lengths, weights, sums
    bound = (threads + 2) * heaps + threads * blocks + 2 * tables + 2**22
    assert bound < SQUARE / 10
    assert peak(lambda: error_profile(rows, ks=ks, ds=ds, threads=threads)) < bound
