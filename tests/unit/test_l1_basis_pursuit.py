"""`basis_pursuit` against a linear programme and decisions; what it proves against Fractions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.codes.random import gaussian, rademacher
from lcs.l1.basis_pursuit import Status, basis_pursuit
from lcs.l1.decision import Verdict, recovers
from tests.convex import assert_proved
from tests.strategies import integer_matrices, shapes


def least_norm(A: NDArray, x: NDArray) -> float:
    m = A.shape[1]
    tight = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    return linprog(np.ones(2 * m), A_eq=np.hstack([A, -A]), b_eq=x, options=tight).fun


@st.composite
def images(draw: st.DrawFn) -> tuple[NDArray, NDArray]:
    """(A, A z) with small integers, where ties and dependent columns abound."""
    shape = draw(shapes(4, 7))
    A = draw(integer_matrices(shape, np.float64))
    z = draw(st.lists(st.integers(-2, 2), min_size=shape[1], max_size=shape[1]))
    return A, A @ np.array(z, float)


@given(case=images())
def test_degenerate_codes_are_solved_with_a_proof(case):
    A, x = case
    found = basis_pursuit(A, x)
    assert found.status is Status.SOLVED
    assert_proved(A, x, found)
    assert found.norm == pytest.approx(least_norm(A, x), abs=1e-8)
    assert np.max(np.abs(A @ found.z - x)) <= 1e-9


@pytest.mark.parametrize("make", [gaussian, rademacher])
@pytest.mark.parametrize("signs_only", [False, True])
def test_what_is_recovered_comes_back_and_all_else_is_no_longer(make, signs_only):
    rng = np.random.default_rng(5)
    back = 0
    for k in (2, 4, 6, 8, 10) * 4:
        A = make(24, 60, rng=rng)
        z = np.zeros(60)
        support = rng.choice(60, k, replace=False)
        z[support] = rng.choice([-1.0, 1.0], k)
        z[support] *= 1.0 if signs_only else rng.uniform(0.1, 1, k)
        found = basis_pursuit(A, A @ z)
        assert found.status is Status.SOLVED
        assert_proved(A, A @ z, found)
        assert found.norm <= np.sum(np.abs(z)) * (1 + 1e-9)
        verdict = recovers(A, support, np.sign(z[support])).verdict
        if verdict is Verdict.RECOVERED:
            assert np.max(np.abs(found.z - z)) < 1e-10
            back += 1
        elif verdict is Verdict.NOT_RECOVERED:
            assert found.norm < np.sum(np.abs(z))
    assert back >= 6


def test_nothing_has_the_image_zero():
    A = gaussian(3, 5, rng=np.random.default_rng(0))
    found = basis_pursuit(A, np.zeros(3))
    assert found.status is Status.SOLVED
    assert not np.any(found.z)


def test_an_image_out_of_reach_is_said_to_be():
    A = np.array([[1.0, 2.0], [1.0, 2.0]])
    assert basis_pursuit(A, np.array([1.0, -1.0])).status is Status.INFEASIBLE


@pytest.mark.parametrize("scale", [2.0**-300, 1e-30, 1e30, 2.0**300])
def test_scales_of_the_code_and_of_the_image(scale):
    rng = np.random.default_rng(2)
    A, z = gaussian(12, 30, rng=rng), np.zeros(30)
    z[[3, 8]] = 1.0, -0.5
    for B, w in ((scale * A, z), (A, scale * z), (A * np.logspace(-9, 9, 12)[:, None], z)):
        found = basis_pursuit(B, B @ w)
        assert found.status is Status.SOLVED
        np.testing.assert_allclose(found.z, w, rtol=1e-10, atol=1e-10 * np.max(np.abs(w)))


@pytest.mark.parametrize("x", [np.ones(4), np.ones((3, 1)), np.array([1.0, np.nan, 0.0])])
def test_images_that_are_none_are_a_value_error(x):
    with pytest.raises(ValueError, match="x must be"):
        basis_pursuit(np.eye(3), x)
    with pytest.raises(TypeError, match="x must be a float32 or float64 array; got int64"):
        basis_pursuit(np.eye(3), np.ones(3, np.int64))  # pyright: ignore[reportArgumentType]
