"""Pairs at the edge of what a dtype holds, and what is refused."""

from typing import Any

import numpy as np
import pytest

from lcs.codes.pairs import lifted_pair, shifted_pair

E = np.eye(5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_stays(dtype: type) -> None:
    C, a, b = E[:, :3].astype(dtype), E[3].astype(dtype), E[4].astype(dtype)
    for A in (*shifted_pair(C, a, b, delta_0=0.3), *lifted_pair(C, delta_0=0.3)):
        assert A.dtype == dtype
        assert np.all(np.isfinite(A))


@pytest.mark.parametrize("size", [1e-300, 1e-20, 1e20, 1e300])
def test_lengths_neither_overflow_nor_vanish(size: float) -> None:
    """lam = 2: the lift of (3, 4) size is 10 size, however large its square would be."""
    A, B = lifted_pair(np.array([[3.0], [4.0]]) * size, delta_0=0.2)
    assert A[2, 0] == pytest.approx(10 * size)
    assert B[3, 0] == pytest.approx(10 * size)
    assert A[3, 0] == B[2, 0] == 0


def test_a_zero_column_stays_zero() -> None:
    A, B = lifted_pair(np.array([[1.0, 0.0]]), delta_0=0.5)
    assert not A[:, 1].any()
    assert not B[:, 1].any()


def test_delta_one_adds_nothing() -> None:
    A, B = lifted_pair(E, delta_0=1)
    assert not A[5:].any()
    assert not B[5:].any()
    assert all(np.array_equal(X, E[:, :3]) for X in shifted_pair(E[:, :3], E[3], E[4], delta_0=1))


@pytest.mark.parametrize("delta_0", [0, -1, 1.5, float("nan"), float("inf"), "x", True])
def test_delta_0_out_of_range_is_refused(delta_0: Any) -> None:
    rule = "delta_0 must satisfy 0 < delta_0 <= 1; got"
    with pytest.raises(ValueError, match=rule):
        lifted_pair(E, delta_0=delta_0)
    with pytest.raises(ValueError, match=rule):
        shifted_pair(E, E[0], E[1], delta_0=delta_0)


@pytest.mark.parametrize("v", [E[:4, 0], E[:, :1], E[0].astype(np.float32), [1.0] * 5, 3.0])
def test_a_direction_that_does_not_fit_is_refused(v: Any) -> None:
    with pytest.raises(ValueError, match=r"b_star must be a vector \(5,\) of float64; got"):
        shifted_pair(E, E[0], v, delta_0=0.5)


def test_what_is_no_matrix_is_refused() -> None:
    with pytest.raises(TypeError, match="A must be a float32 or float64 array"):
        lifted_pair(np.eye(2, dtype=int), delta_0=0.5)
    with pytest.raises(ValueError, match="a_star must be finite"):
        shifted_pair(E, E[0] * np.nan, E[1], delta_0=0.5)
    with pytest.raises(ValueError, match=r"agree in shape and dtype; got \(5, 5\).*\(5, 4\)"):
        lifted_pair(E, E[:, :4], delta_0=0.5)


@pytest.mark.parametrize(("dtype", "size"), [(np.float64, 1e308), (np.float32, 1e38)])
def test_a_lift_that_leaves_the_dtype_is_refused(dtype: type, size: float) -> None:
    A = (np.eye(2) * size).astype(dtype)
    with pytest.raises(ValueError, match="scale the matrix down"):
        lifted_pair(A, delta_0=1e-4)
