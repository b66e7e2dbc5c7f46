"""With the best probes the error at sparsity k is min(1, k alpha_1): only m and k/eps matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.lower import edge_cases
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.linear.top_k import row_optima
from tests.strategies import integer_matrices, ordinary_matrices

pytestmark = pytest.mark.claim("LCS-collapse")

# HiGHS stops at violations of 1e-10, or 1e-7 by default; sums of a few entries stay below this.
SOLVED = 1e-6
CODES = [(2, 6), (4, 7), (5, 9), (6, 8), (7, 8)]


def best_row(A: NDArray, i: int, k: int) -> tuple[float, NDArray]:
    """The least ||e_i - A^T y||_[k] over probes y, by its own linear programme, and y.

    ||v||_[k] = min over t >= 0 of k t + sum_j max(|v_j| - t, 0).
    """
    d, m = A.shape
    e = np.eye(m)[i]
    slack = -np.eye(m)
    lp = linprog(
        [*np.zeros(d), k, *np.ones(m)],
        A_ub=np.block([[A.T, -np.ones((m, 1)), slack], [-A.T, -np.ones((m, 1)), slack]]),
        b_ub=[*e, *-e],
        bounds=[(None, None)] * d + [(0, None)] * (m + 1),
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return lp.fun, lp.x[:d]


def best_rows(A: NDArray, k: int) -> tuple[NDArray, NDArray]:
    """The least error of every row and the probes B that reach it."""
    rows = [best_row(A, i, k) for i in range(A.shape[1])]
    return np.array([value for value, _ in rows]), np.array([y for _, y in rows]).T


def code(d: int, m: int) -> NDArray:
    return gaussian(d, m, rng=np.random.default_rng(100 * d + m))


@pytest.mark.parametrize(("d", "m"), CODES)
def test_error_of_the_best_probes_is_min_1_k_alpha(d: int, m: int) -> None:
    A = code(d, m)
    alpha = best_rows(A, 1)[0].max()
    for k in (2, 3, 4):
        assert best_rows(A, k)[0].max() == pytest.approx(min(1, k * alpha), abs=SOLVED)


@pytest.mark.parametrize(("d", "m"), CODES)
def test_probes_that_are_best_for_one_active_feature_are_best_for_more(d: int, m: int) -> None:
    A = code(d, m)
    values, B = best_rows(A, 1)
    for k in range(1, 5):
        if k * values.max() <= 1:
            assert worst_case_error(A, B, k=k).value <= k * values.max() + SOLVED


@pytest.mark.parametrize(("d", "m"), [*CODES, (24, 60), (40, 48)])
def test_one_optimal_b_reaches_min_1_k_alpha_at_every_k(d: int, m: int) -> None:
    A = code(d, m)
    probes = optimal_probes(A)
    reached = [k for k in range(1, m + 1) if k * probes.alpha < 1]
    for case in worst_case_error(A, probes.B, k=reached):
        # Never below k alpha_1, which no probes beat, nor above by more than k gaps.
        assert case.lower <= case.k * probes.values.max()
        assert case.upper >= case.k * probes.alpha_lower
        assert case.value == pytest.approx(probes.error(case.k), abs=case.k * 1e-9)


@st.composite
def small_codes(draw: st.DrawFn) -> NDArray:
    """Codes of eighths or integers; columns may be zero, repeated, opposite or nearly dependent.

    Nearly dependent columns differ by 2^-10: HiGHS, the reference, cannot tell kernels apart that
    differ by much less.
    """
    d = draw(st.integers(1, 4))
    shape = d, draw(st.integers(d, 5))
    coarse = ordinary_matrices(shape, np.float64).map(lambda A: np.round(A * 8) / 8)
    A = np.array(draw(st.one_of(integer_matrices(shape, np.float64), coarse)))
    column = st.integers(0, shape[1] - 1)
    for _ in range(draw(st.integers(0, 2))):
        source, target = draw(column), draw(column)
        A[:, target] = draw(st.sampled_from((0, 1, -1, 0.5))) * A[:, source]
        if draw(st.booleans()):
            A[draw(st.integers(0, d - 1)), target] += 2.0**-10
    return A


@given(small_codes())
def test_hunt_no_code_breaks_the_collapse(A: NDArray) -> None:
    """At every k: the best rows by a programme over y of its own, the claim, the measured B."""
    probes, alpha = optimal_probes(A), best_rows(A, 1)[0].max()
    for k in range(1, A.shape[1] + 1):
        best = row_optima(A, k) if k == 3 else best_rows(A, k)[0]  # two programmes, no less
        assert best.max() == pytest.approx(probes.error(k), abs=SOLVED)
        assert best.max() == pytest.approx(min(1, k * alpha), abs=k * SOLVED)
        assert np.all(best <= np.minimum(1, k * probes.values) + SOLVED)
        case = worst_case_error(A, probes.B, k=k, scale="optimal")
        assert case.lower <= probes.error(k)
        assert case.upper >= min(1, k * probes.alpha_lower)


@pytest.mark.parametrize("k", [1, 3, 6])
def test_row_optima_are_those_of_the_programme_over_probes(k: int) -> None:
    for d, m in CODES[1:4]:
        np.testing.assert_allclose(
            row_optima(code(d, m), k), best_rows(code(d, m), k)[0], atol=SOLVED
        )


def test_it_is_the_worst_row_that_collapses_not_every_row() -> None:
    """Row by row the best error at k lies below min(1, k alpha_i), strictly for some rows."""
    gaps = []
    for d, m in CODES:
        A = code(d, m)
        at_one, at_three = best_rows(A, 1)[0], best_rows(A, 3)[0]
        gap = np.minimum(1, 3 * at_one) - at_three
        assert gap.min() > -SOLVED
        gaps.append(gap.max())
    assert max(gaps) > 0.01


def test_probes_along_the_features_do_not_collapse() -> None:
    """B = A is not the best B: its error at k is strictly below k times that at 1."""
    A = code(6, 8)
    one, three = worst_case_error(A, k=(1, 3))
    assert three.upper < 3 * one.lower - 0.01


def test_eps_above_one_is_excluded() -> None:
    """d(m, 3, 1.2) = 0, by A = B = 0, but d(m, 1, 0.4) >= 2: one neuron reaches 1/2 at best."""
    assert worst_case_error(np.zeros((1, 9)), k=3).certifies(1.2)
    value = best_rows(np.ones((1, 9)), 1)[0].max()
    assert value == pytest.approx(0.5, abs=SOLVED)
    domain = claim("LCS-collapse").domain
    assert domain is not None
    assert domain(9, 3, 1.0)
    assert not domain(9, 3, 1.2)


@pytest.mark.parametrize("m", [3, 6, 10])
def test_below_one_mth_only_the_identity_is_left(m: int) -> None:
    """In d = m - 1 alpha_1 = ||w||_inf/||w||_1 >= 1/m for the kernel vector w; equal for ones."""
    flat = np.linalg.svd(np.ones((1, m)))[2][1:]
    assert best_rows(flat, 1)[0].max() == pytest.approx(1 / m, abs=SOLVED)
    assert best_rows(code(m - 1, m), 1)[0].max() > 1 / m - SOLVED
    assert edge_cases(m, 2, f"2/{m}").d == m


@pytest.mark.parametrize(("m", "k"), [(7, 1), (7, 2), (40, 3)])
def test_eps_over_k_of_one_half_takes_two_neurons(m: int, k: int) -> None:
    """eps/k = 1/2 exactly: error k/2 in d = 1, and below it in d = 2."""
    one = np.ones((1, m))
    assert worst_case_error(one, one / 2, k=k).value == k / 2
    angles = np.pi * np.arange(m) / m
    circle = np.array([np.cos(angles), np.sin(angles)])
    mu = np.cos(np.pi / m)
    probes = circle / (1 + mu)
    assert worst_case_error(circle, probes, k=1).value == pytest.approx(mu / (1 + mu))
    assert k * mu / (1 + mu) < k / 2
