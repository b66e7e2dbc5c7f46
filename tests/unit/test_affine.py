"""Affine decoders: known values, exact optima, certificates, and the options of the search."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from scipy.linalg import hadamard
from scipy.optimize import linprog

from lcs.codes.random import gaussian, rademacher
from lcs.linear import _interior
from lcs.linear.activations import affine_worst_case
from lcs.linear.affine import affine_error
from lcs.linear.affine_certificates import best_offsets, certify_affine, check_affine
from lcs.linear.probes import Status
from tests.references import (
    balanced_gauge,
    balanced_peaks,
    binary_signals,
    exact,
    gram,
    icosahedron,
    integer_code,
    residual,
    simplex,
    two_bases,
)
from tests.strategies import matrices, shapes

GAP = 1e-9
# linprog is asked for 1e-9 in constraints and optimality, of data of size about 1.
LINPROG = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}


def draw(d: int, m: int, seed: int = 0) -> NDArray:
    return gaussian(d, m, rng=np.random.default_rng(seed))


def enumerated(A: NDArray, k: int, i: int) -> float:
    """The least t with |<b, Az> + c - z_i| <= t on every k-sparse binary z."""
    d, m = A.shape
    Z = binary_signals(m, k)
    data, t = np.column_stack([(A @ Z).T, np.ones(Z.shape[1])]), -np.ones((Z.shape[1], 1))
    lp = linprog(
        [*np.zeros(d + 1), 1],
        A_ub=np.block([[data, t], [-data, t]]),
        b_ub=[*Z[i], *-Z[i]],
        bounds=[(None, None)] * (d + 2),
        options=LINPROG,
    )
    return lp.fun


@st.composite
def kernels(draw: st.DrawFn) -> tuple[NDArray[np.int8], int]:
    """(V, k): one or two integer vectors in R^m, 3 <= m <= 5, of which none is 0; 1 <= k <= m."""
    m = draw(st.integers(3, 5))
    V = draw(hnp.arrays(np.int8, (draw(st.integers(1, 2)), m), elements=st.integers(-3, 3)))
    V[np.all(V == 0, axis=1), 0] = 1
    return V, draw(st.integers(1, m))


# --- values ------------------------------------------------------------------------------------

KNOWN = [
    pytest.param(np.array([[0.0]]), 1, [0.5], id="one-zero"),
    pytest.param(np.array([[-3.0]]), 1, [0], id="one"),
    pytest.param(np.zeros((2, 3)), 2, [0.5] * 3, id="nothing"),
    pytest.param(np.array([[0.0, 1, 2], [0, 2, 1]]), 1, [0.5, 0, 0], id="zero-column"),
    pytest.param(np.array([[1.0, -1.0]]), 1, [0.25] * 2, id="antipodal"),
    pytest.param(np.array([[1.0, -1.0]]), 2, [0.5] * 2, id="antipodal-together"),
    pytest.param(np.ones((1, 9)), 1, [0.5] * 9, id="all-alike"),
    pytest.param(draw(5, 5), 3, [0] * 5, id="square"),
    pytest.param(draw(8, 5), 5, [0] * 5, id="tall"),
    pytest.param(np.vstack([np.eye(2, 3)] * 2), 1, [0, 0, 0.5], id="repeated-rows"),
    pytest.param(np.repeat(draw(3, 4), 2, axis=1), 1, [0.5] * 8, id="repeated-columns"),
    *(pytest.param(simplex(8), k, [k / 16] * 8, id=f"simplex-{k}") for k in (1, 3, 7, 8)),
    pytest.param(hadamard(32)[:8].astype(float), 2, [0.5] * 32, id="hadamard-repeats"),
    # One row of kernel: (1, 1, 1, 3), whose sum k = 2 reaches first; then |w_4| <= 1.
    pytest.param(integer_code(np.array([[1, 1, 1, 3]])), 1, [1 / 12] * 3 + [1 / 4], id="sum-binds"),
    pytest.param(integer_code(np.array([[1, 1, 1, 3]])), 2, [1 / 6] * 3 + [1 / 2], id="both-bind"),
    pytest.param(integer_code(np.array([[1, 1, 1, 3]])), 4, [1 / 6] * 3 + [1 / 2], id="box-binds"),
    pytest.param(integer_code(np.array([[1, 1, 1, -3]])), 2, [1 / 6] * 3 + [1 / 2], id="mixed"),
]


@pytest.mark.parametrize(("A", "k", "values"), KNOWN)
def test_codes_of_known_error(A, k, values) -> None:
    found = affine_error(A, k=k)
    np.testing.assert_allclose(found.values, values, atol=GAP)
    np.testing.assert_allclose(found.lower, values, atol=GAP)
    assert Status.LOOSE not in found.status
    assert found.error == max(found.values)


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize(
    "A",
    [
        draw(2, 5),
        draw(3, 6),
        draw(5, 7),
        rademacher(4, 6, rng=np.random.default_rng(1)),
        two_bases(),
        icosahedron(),
        np.vander(np.linspace(-1, 1, 7), 4).T,
        draw(6, 3) @ draw(3, 7, 1),
    ],
)
def test_no_decoder_of_all_binary_signals_does_better(A, k) -> None:
    found = affine_error(A, k=k)
    assert np.all(found.gap < GAP)
    for i, value in enumerate(found.values):
        assert value == pytest.approx(enumerated(A, k, i), abs=1e-8)


@given(kernels())
def test_the_bounds_enclose_the_exact_value(problem) -> None:
    V, k = problem
    found = affine_error(integer_code(V), k=k)
    assert np.all(found.gap < GAP)
    for i, value in enumerate(balanced_peaks(V, k)):
        assert Fraction(float(found.lower[i])) <= value / 2 <= Fraction(float(found.upper[i]))


@given(kernels())
def test_decoders_and_kernel_vectors_do_what_is_said(problem) -> None:
    V, k = problem
    A = integer_code(V)
    found = affine_error(A, k=k)
    shown = affine_worst_case(A, found.B, found.c, k=k)
    assert np.all(shown.values - shown.rounding <= found.values)
    for n, w in enumerate(found.duals):
        z, other = found.confused(n)
        assert np.all((z >= 0) & (z <= 1 + 1e-15) & (other >= 0) & (other <= 1 + 1e-15))
        assert max(z.sum(), other.sum()) <= k * (1 + 1e-15)
        assert z[n] - other[n] >= 2 * found.lower[n]
        # The kernel vector is projected twice: what is left is the rounding of A w itself.
        assert np.all(np.abs(A @ w) <= 1e-14 * np.abs(A).sum(axis=1))


@given(kernels())
def test_the_error_of_all_features_is_min_of_half_and_k_times_that_at_one(problem) -> None:
    V, k = problem
    A = integer_code(V)
    assert affine_error(A, k=k).error == pytest.approx(
        min(0.5, k * affine_error(A, k=1).error), abs=(k + 1) * GAP
    )


def test_one_feature_by_itself_can_do_better_than_that() -> None:
    """Beyond the k at which some feature fails, the box |w_j| <= 1 helps the others."""
    A = integer_code(np.array([[1, 1, 1, 3]]))
    assert affine_error(A, k=4).values[0] < 0.17 < 4 * affine_error(A, k=1).values[0]


# --- certificates ------------------------------------------------------------------------------


@given(kernels(), st.integers(-17, 0), st.data())
def test_bounds_hold_whatever_they_are_made_from(problem, exponent, data) -> None:
    V, k = problem
    A = integer_code(V)
    m = A.shape[1]
    entries = st.floats(-2, 2, allow_subnormal=False)
    found = affine_error(A, k=k)
    noise = [data.draw(hnp.arrays(np.float64, x.shape, elements=entries)) for x in (A, A[0], V[0])]
    B, c = found.B + 10.0**exponent * noise[0], found.c + 10.0**exponent * noise[1]
    W = found.duals + 10.0**exponent * noise[2]
    proved = certify_affine(A, B, c, W, np.arange(m), k)
    for i, value in enumerate(balanced_peaks(V, k)):
        assert 2 * Fraction(float(proved.lower[i])) <= value
        row = residual(gram(A, B))[i]
        up, down = (sorted(max(s * x, Fraction(0)) for x in row)[m - k :] for s in (1, -1))
        error = max(Fraction(float(c[i])) + sum(up), sum(down) - Fraction(float(c[i])))
        assert error <= Fraction(float(proved.upper[i]))


@given(kernels())
def test_offsets_are_the_best(problem) -> None:
    V, k = problem
    A = integer_code(V)
    features = np.arange(A.shape[1])
    B, W = affine_error(A, k=k).B, np.zeros((features.size, features.size))
    c = best_offsets(A, B, features, k)
    least = certify_affine(A, B, c, W, features, k).upper
    for other in (c + 1e-3, c - 1e-3, np.zeros_like(c)):
        assert np.all(certify_affine(A, B, other, W, features, k).upper >= least * (1 - 1e-14))


def test_what_is_recorded_is_confirmed_and_what_is_too_good_is_refused() -> None:
    A = draw(4, 9, 7)
    found = affine_error(A, k=2)
    np.testing.assert_array_equal(check_affine(A, found).upper, found.upper)
    for field, step in (("lower", 1e-6), ("values", 1e-6), ("upper", -1e-6), ("c", 1e-6)):
        better = getattr(found, field).copy()
        better[3] += step
        with pytest.raises(ValueError, match="feature 3"):
            check_affine(A, replace(found, **{field: better}))
    for wrong in (
        replace(found, B=found.B * (1 + 1e-6)),
        replace(found, duals=np.roll(found.duals, 1, axis=0)),
        replace(found, k=3),
    ):
        with pytest.raises(ValueError, match="feature"):
            check_affine(A, wrong)
    with pytest.raises(ValueError, match=r"shape.*\(4, 9\).*\(4, 8\)"):
        check_affine(A[:, :8], found)


def test_a_kernel_vector_has_the_gauge_one() -> None:
    for w in affine_error(draw(4, 9), k=2).duals:
        assert float(balanced_gauge(exact(w[None])[0], 2)) == pytest.approx(1, abs=1e-14)


# --- the search --------------------------------------------------------------------------------


@given(st.data())
def test_any_matrix_gives_bounds_or_one_clear_error(data) -> None:
    A = data.draw(matrices(data.draw(shapes(4, 6))))
    k = data.draw(st.integers(1, A.shape[1]))
    try:
        found = affine_error(A, k=k)
    except ValueError as refusal:
        assert "must" in str(refusal)  # noqa: PT017
        return
    assert np.all((found.lower >= 0) & (found.lower <= found.upper + 1e-15))
    assert np.all(found.upper <= 0.5 + 1e-12)
    assert np.all(found.gap[[s is not Status.LOOSE for s in found.status]] <= GAP)


@pytest.mark.parametrize("power", [-500, 500])
def test_scale_of_the_code_moves_into_the_probes(power) -> None:
    A = draw(3, 7)
    plain, scaled = (affine_error(X, k=2) for X in (A, np.ldexp(A, power)))
    np.testing.assert_array_equal(scaled.values, plain.values)
    np.testing.assert_array_equal(scaled.B, np.ldexp(plain.B, -power))


def test_only_the_row_space_matters() -> None:
    A = draw(5, 12)
    np.testing.assert_allclose(
        affine_error(draw(5, 5, 1) @ A, k=2).values, affine_error(A, k=2).values, atol=2 * GAP
    )


def test_dependent_rows_are_said_to_be() -> None:
    found = affine_error(draw(6, 3) @ draw(3, 9, 1), k=1)
    assert set(found.status) == {Status.DEPENDENT}
    assert np.isfinite(found.reach)


def test_features_threads_precision_and_progress() -> None:
    A, seen = draw(5, 14).astype(np.float32), []
    every = affine_error(A.astype(np.float64), k=2, threads=1)
    some = affine_error(A, k=2, features=[9, 2], threads=2, progress=lambda *x: seen.append(x))
    np.testing.assert_array_equal(some.values, every.values[[9, 2]])
    np.testing.assert_array_equal(some.B, every.B[:, [9, 2]])
    assert seen == [(1, 2), (2, 2)]
    assert some.error_lower <= every.error
    with pytest.raises(ValueError, match=r"m = 14.*got 2.*error_lower"):
        _ = some.error


@pytest.mark.parametrize("size", [0.0, 100.0])
def test_when_the_solver_fails_it_is_said(size, monkeypatch) -> None:
    """Reading the constant 1/2 is what is left, however wrong its probes are."""
    wrong = (np.full(4, size), np.zeros(10))
    monkeypatch.setattr(_interior, "solve", lambda *_: wrong)
    found = affine_error(draw(4, 10), k=2)
    assert set(found.status) == {Status.LOOSE}
    assert np.all(found.lower == 0)
    assert found.values == pytest.approx(0.5, abs=20 * 2.0**-53)  # roundings of numbers <= 1
