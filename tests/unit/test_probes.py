"""Optimal probes: known values, degenerate codes, options, and the closed-form probes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import hadamard

from lcs.codes.random import gaussian, rademacher, unit_columns
from lcs.linear import _interior, _simplex
from lcs.linear._balls import signed
from lcs.linear._rowspace import row_space
from lcs.linear.error import worst_case_error
from lcs.linear.probes import Status, optimal_probes
from lcs.linear.simple_probes import pseudo_inverse_probes, ridge_probes, scaled_probes
from tests.strategies import matrices, shapes

SOLVERS = ("interior", "simplex")
GAP = 1e-9


def draw(d: int, m: int, seed: int = 0) -> NDArray:
    return gaussian(d, m, rng=np.random.default_rng(seed))


PAIRED = np.repeat(draw(3, 4), 2, axis=1)
LOW = draw(6, 3) @ draw(3, 9, 1)
KNOWN = [
    pytest.param(np.zeros((2, 3)), [1, 1, 1], id="nothing"),
    pytest.param(np.array([[0.0]]), [1], id="one-zero"),
    pytest.param(np.array([[-3.0]]), [0], id="one"),
    pytest.param(np.array([[0.0, 1, 2], [0, 2, 1]]), [1, 0, 0], id="zero-column"),
    pytest.param(np.array([[0.0, 1, 2, 1]]), [1, 2 / 3, 1 / 2 - 1 / 6, 2 / 3], id="one-row"),
    pytest.param(PAIRED, [0.5] * 8, id="repeated-columns"),
    pytest.param(np.ones((1, 9)), [0.5] * 9, id="all-alike"),
    pytest.param(np.array([[1.0, -1.0]]), [0.5, 0.5], id="antipodal"),
    pytest.param(draw(5, 5), [0] * 5, id="square"),
    pytest.param(draw(8, 5), [0] * 5, id="tall"),
    pytest.param(np.diag([1, 1e-200]), [0, 0], id="sizes-far-apart"),
    pytest.param(np.vstack([np.eye(2, 3)] * 2), [0, 0, 1], id="repeated-rows"),
    pytest.param(np.linalg.svd(np.ones((1, 10)))[2][1:], [0.1] * 10, id="simplex"),
    pytest.param(hadamard(32)[:8].astype(float), [0.5] * 32, id="hadamard-repeats"),
    pytest.param(hadamard(16)[1:].astype(float), [1 / 16] * 16, id="hadamard-simplex"),
]


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize(("A", "alpha"), KNOWN)
def test_codes_of_known_value(A, alpha, solver) -> None:
    probes = optimal_probes(A, solver=solver)
    np.testing.assert_allclose(probes.values, alpha, atol=GAP)
    np.testing.assert_allclose(probes.lower, alpha, atol=GAP)
    assert Status.LOOSE not in probes.status
    assert probes.error(1) == min(1.0, max(probes.values))


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("power", [-500, 500])
def test_scale_of_the_code_moves_into_the_probes(solver, power) -> None:
    A = draw(3, 7)
    plain, scaled = (optimal_probes(X, solver=solver) for X in (A, np.ldexp(A, power)))
    np.testing.assert_array_equal(scaled.values, plain.values)
    np.testing.assert_array_equal(scaled.B, np.ldexp(plain.B, -power))


@pytest.mark.parametrize("solver", SOLVERS)
def test_only_the_row_space_matters(solver) -> None:
    A = draw(5, 12)
    mixed = draw(5, 5, 1) @ A
    np.testing.assert_allclose(
        optimal_probes(mixed, solver=solver).values, optimal_probes(A).values, atol=2 * GAP
    )


def test_dependent_rows_are_said_to_be() -> None:
    probes = optimal_probes(LOW)
    assert set(probes.status) == {Status.DEPENDENT}
    assert np.all(probes.gap < GAP)
    # The probes returned, in the units of the reach, lie far within it.
    size = np.ldexp(probes.B, np.frexp(np.max(np.abs(LOW), axis=1))[1][:, None])
    assert 10 * np.max(np.linalg.norm(size, axis=0)) < probes.reach < np.inf


@pytest.mark.parametrize("solver", SOLVERS)
def test_an_ill_conditioned_code_is_never_said_to_be_solved_when_it_is_not(solver) -> None:
    A = np.vander(np.linspace(0, 1, 20), 12).T
    probes = optimal_probes(A, solver=solver)
    for gap, status in zip(probes.gap, probes.status, strict=True):
        assert (status is Status.LOOSE) == (gap > GAP)
    assert np.all(probes.lower <= probes.upper)


@given(st.data())
def test_any_matrix_gives_bounds_or_one_clear_error(data) -> None:
    A = data.draw(matrices(data.draw(shapes(4, 6))))
    try:
        probes = optimal_probes(A)
    except ValueError as refusal:
        assert "must" in str(refusal)  # noqa: PT017
        return
    assert np.all((probes.lower >= 0) & (probes.lower <= probes.upper + 1e-15))
    assert np.all(probes.upper <= 1 + 1e-12)
    assert np.all(probes.gap[[s is not Status.LOOSE for s in probes.status]] <= GAP)


def test_single_precision_is_taken_at_its_value() -> None:
    A = draw(5, 12).astype(np.float32)
    np.testing.assert_array_equal(
        optimal_probes(A).values, optimal_probes(A.astype(np.float64)).values
    )


def test_features_can_be_chosen_in_any_order() -> None:
    A = draw(5, 14)
    every = optimal_probes(A)
    some = optimal_probes(A, features=[9, 2])
    np.testing.assert_array_equal(some.features, [9, 2])
    np.testing.assert_allclose(some.values, every.values[[9, 2]], atol=GAP)
    assert some.B.shape == (5, 2)
    assert some.duals.shape == (2, 14)
    assert some.alpha_lower <= every.alpha
    with pytest.raises(ValueError, match=r"m = 14.*got 2.*alpha_lower"):
        _ = some.alpha
    assert optimal_probes(A, features=np.arange(14)[::-1]).alpha == pytest.approx(every.alpha)


def test_threads_and_order_do_not_change_a_bit() -> None:
    A = draw(8, 30)
    one, two = (optimal_probes(A, threads=n) for n in (1, 2))
    np.testing.assert_array_equal(one.B, two.B)
    np.testing.assert_array_equal(one.duals, two.duals)


def test_progress_counts_every_feature() -> None:
    seen = []
    optimal_probes(draw(3, 9), threads=1, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 9) for n in range(1, 10)]


@pytest.mark.parametrize("worthless", SOLVERS)
def test_when_one_solver_fails_the_other_is_asked(worthless, monkeypatch) -> None:
    A = draw(4, 10)
    nothing = (np.zeros(4), np.zeros(10))
    if worthless == "interior":
        monkeypatch.setattr(_interior, "solve", lambda *_: nothing)
    else:
        monkeypatch.setattr(_simplex.Model, "solve", lambda self, i: nothing)
    assert np.all(optimal_probes(A, solver=worthless).gap < GAP)


def test_when_both_fail_it_is_said(monkeypatch) -> None:
    nothing = (np.zeros(4), np.zeros(10))
    monkeypatch.setattr(_interior, "solve", lambda *_: nothing)
    monkeypatch.setattr(_simplex.Model, "solve", lambda self, i: nothing)
    probes = optimal_probes(draw(4, 10))
    assert set(probes.status) == {Status.LOOSE}
    assert np.all(probes.lower == 0)
    assert np.all(probes.upper >= 1)


@pytest.mark.parametrize(("d", "m"), [(6, 20), (20, 60), (30, 40)])
def test_each_solver_alone_reaches_the_tolerance(d: int, m: int) -> None:
    """Without the other to fall back on, on codes with and without ties."""
    for make in (gaussian, rademacher):
        Q = row_space(make(d, m, rng=np.random.default_rng(0)).astype(np.float64)).Q
        model = _simplex.Model(Q)
        for i in range(m):
            for y, z in (_interior.solve(Q, i, signed(1)), model.solve(i)):
                z = z - (z @ Q.T) @ Q
                upper = np.max(np.abs(np.eye(m)[i] - y @ Q))
                assert upper - z[i] / np.sum(np.abs(z)) < GAP


# --- probes in closed form --------------------------------------------------------------------


def test_no_other_probes_do_better() -> None:
    A = unit_columns(draw(12, 40))
    best = optimal_probes(A).alpha
    for B in (A, scaled_probes(A), pseudo_inverse_probes(A), ridge_probes(A, 0.3)):
        assert worst_case_error(A, B, k=1).upper > best


def test_the_best_scalar_gives_mu_over_one_plus_mu() -> None:
    A = unit_columns(draw(6, 15))
    mu = np.max(np.abs(A.T @ A - np.eye(15)))
    assert worst_case_error(A, scaled_probes(A), k=1).value == pytest.approx(mu / (1 + mu))
    np.testing.assert_allclose(scaled_probes(A), A / (1 + mu))


@pytest.mark.parametrize("A", [draw(3, 7), draw(7, 3), LOW, np.zeros((2, 4)), PAIRED])
def test_pseudo_inverse_probes_project_on_the_row_space(A) -> None:
    X = pseudo_inverse_probes(A).T @ A
    np.testing.assert_allclose(X, X.T, atol=1e-12)
    np.testing.assert_allclose(X @ X, X, atol=1e-12)
    np.testing.assert_allclose(A @ X, A, atol=1e-12)


@pytest.mark.parametrize("ridge", [1e-3, 1.0, 50.0])
@pytest.mark.parametrize("A", [draw(3, 7), draw(7, 3), LOW])
def test_ridge_probes_solve_their_normal_equations(A, ridge) -> None:
    B = ridge_probes(A, ridge)
    np.testing.assert_allclose((A @ A.T + ridge * np.eye(len(A))) @ B, A, atol=1e-11)


def test_ridge_of_zero_is_the_pseudo_inverse() -> None:
    np.testing.assert_array_equal(ridge_probes(LOW, 0), pseudo_inverse_probes(LOW))
