"""The least error of one feature equals the largest entry of a kernel vector of length 1."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.codes.random import gaussian, rademacher
from lcs.linear.probes import Status, optimal_probes
from tests.references import alphas
from tests.strategies import (
    beside,
    equiangular_frames,
    integer_matrices,
    ordinary_matrices,
    shapes,
)

pytestmark = pytest.mark.claim("LCS-probes-dual")

GAP = 1e-9
# linprog stops at violations of 1e-7 by default; here each is asked for 1e-9 of entries below 1.
LINPROG = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}
SOLVERS = ("interior", "simplex")


def primal(A: NDArray, i: int) -> float:
    """min t with |e_i - A^T y| <= t, by an independent solver."""
    d, m = A.shape
    e, one = np.eye(m)[i], np.ones((m, 1))
    lp = linprog(
        [*np.zeros(d), 1],
        A_ub=np.block([[A.T, -one], [-A.T, -one]]),
        b_ub=[*e, *-e],
        bounds=[(None, None)] * (d + 1),
        options=LINPROG,
    )
    return lp.fun


def dual(A: NDArray, i: int) -> float:
    """max z_i with Az = 0 and ||z||_1 <= 1, z = p - q, by an independent solver."""
    d, m = A.shape
    e = np.eye(m)[i]
    lp = linprog(
        [*-e, *e],
        A_ub=np.ones((1, 2 * m)),
        b_ub=[1],
        A_eq=np.hstack([A, -A]),
        b_eq=np.zeros(d),
        options=LINPROG,
    )
    return -lp.fun


def etf_7_28() -> NDArray:
    """28 equiangular lines in R^7: 3 on two of eight places and -1 elsewhere, sum zero."""
    places = combinations(range(8), 2)
    V = np.array([[3.0 if t in two else -1.0 for t in range(8)] for two in places]).T
    return np.linalg.svd(V)[0][:, :7].T @ V


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("make", [gaussian, rademacher])
@pytest.mark.parametrize(("d", "m"), [(1, 5), (3, 8), (8, 20), (19, 20), (10, 60), (40, 64)])
def test_both_sides_agree_with_two_independent_programmes(make, d, m, solver) -> None:
    A = make(d, m, rng=np.random.default_rng(d * m))
    probes = optimal_probes(A, solver=solver, features=range(min(m, 8)))
    assert np.all(probes.gap < GAP)
    for i in probes.features:
        assert probes.values[i] == pytest.approx(primal(A, i), abs=1e-8)
        assert probes.lower[i] == pytest.approx(dual(A, i), abs=1e-8)


@pytest.mark.parametrize("solver", SOLVERS)
@given(data=st.data())
def test_the_bounds_enclose_the_exact_value(solver, data) -> None:
    """Against every vertex in rational arithmetic; also where ranks and values are degenerate."""
    shape = data.draw(shapes(4, 6))
    kind = data.draw(st.sampled_from((integer_matrices, ordinary_matrices)))
    A = data.draw(kind(shape, np.float64))
    probes = optimal_probes(A, solver=solver)
    for i, value in enumerate(alphas(A)):
        assert value <= Fraction(float(probes.upper[i]))
        # A finite reach leaves out longer probes, which only numbers next to 0 call for.
        if np.isinf(probes.reach) or kind is integer_matrices:
            assert Fraction(float(probes.lower[i])) <= value
        if kind is integer_matrices:
            assert probes.gap[i] < GAP


@pytest.mark.parametrize("solver", SOLVERS)
def test_equiangular_lines_7_of_28(solver) -> None:
    probes = optimal_probes(etf_7_28(), solver=solver)
    assert np.all(probes.lower <= 0.25 + 1e-12)  # the stored matrix is that code to rounding
    assert np.all(np.abs(probes.values - 0.25) < 1e-9)
    assert probes.status == (Status.SOLVED,) * 28


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_equiangular_lines_reach_k_mu_over_one_plus_mu(k: int) -> None:
    assert optimal_probes(etf_7_28()).error(k) == pytest.approx(k / 4, abs=1e-8)


@settings(max_examples=15)
@given(equiangular_frames().flatmap(beside))
def test_the_bounds_meet_beside_equiangular_frames_of_any_size(A: NDArray) -> None:
    """Many kernel vectors of nearly one length: degenerate, and 2^-200 to 2^150 in size."""
    probes = optimal_probes(A)
    assert np.all(probes.gap < GAP)
    d, m = A.shape
    mu = np.sqrt((m - d) / (d * (m - 1)))
    assert probes.alpha > mu / (1 + mu) - GAP  # LCS-ceiling, with equality at the frame itself


def test_the_two_sides_differ_for_a_kernel_that_is_not_that_of_the_code() -> None:
    """The equality is about one A: with another kernel the two values part."""
    A, other = (gaussian(3, 8, rng=np.random.default_rng(seed)) for seed in (0, 1))
    assert abs(primal(A, 0) - dual(other, 0)) > 1e-3
