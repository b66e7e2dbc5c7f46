"""What l1 decisions and pursuits refuse, with which exception and the value received."""

from dataclasses import replace

import numpy as np
import pytest

from lcs.l1.basis_pursuit import Status, basis_pursuit, basis_pursuit_denoise
from lcs.l1.batch import recovers_each
from lcs.l1.check import check_decision
from lcs.l1.decision import Verdict, recovers
from lcs.l1.pursuits import basis_pursuit_each
from tests.convex import assert_proved
from tests.faults.test_bad_input import refused

GOOD, IMAGE = np.eye(3, 5) + 0.25, np.ones(3)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_entries_that_are_not_finite_are_a_value_error(value, dtype) -> None:
    A = GOOD.astype(dtype)
    A[1, 2] = value
    refused(lambda: recovers(A, [0], [1]), ValueError, value)


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (3,), (2, 2, 2)])
def test_shapes_that_are_no_matrix_are_a_value_error(shape) -> None:
    refused(lambda: recovers(np.ones(shape), [0], [1]), ValueError, shape)


@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128, bool])
def test_other_dtypes_are_a_type_error(dtype) -> None:
    refused(lambda: recovers(np.ones((2, 3), dtype), [0], [1]), TypeError, np.dtype(dtype).name)


@pytest.mark.parametrize("support", [[5], [-1], [0, 7], [1, 1], [1.5], [[0]], [True, False]])
def test_supports_that_are_none_are_a_value_error(support) -> None:
    with pytest.raises(ValueError, match="support must"):
        recovers(GOOD, support, np.ones(len(support)))


def test_a_support_that_is_no_sequence_is_a_type_error() -> None:
    refused(lambda: recovers(GOOD, 3, [1]), TypeError, 3)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "signs", [[1], [1, 1, 1], [1, 0], [1, 0.5], [np.nan, 1], ["a", "b"], 1, [[1], [1, 1]]]
)
def test_signs_that_are_none_are_a_value_error(signs) -> None:
    with pytest.raises(ValueError, match="signs must be"):
        recovers(GOOD, [0, 1], signs)
    with pytest.raises(ValueError, match="signs must be"):
        recovers_each(GOOD, [[0, 1]], [signs])


def test_rows_of_entries_too_far_apart_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="row 1 holds"):
        recovers(np.array([[1.0, 1.0], [1e300, 1.1e-300]]), [0], [1])


@pytest.mark.parametrize("size", [1e-310, 1e-303, 1e303])
def test_rows_of_a_size_whose_certificates_overflow_are_a_value_error(size) -> None:
    for ask in (lambda A: recovers(A, [0], [1]), lambda A: basis_pursuit(A, IMAGE)):
        refused(lambda ask=ask: ask(size * GOOD), ValueError, float(np.max(size * GOOD)))


def test_a_certificate_that_overflows_decides_nothing() -> None:
    A = np.array([[1.0, 1.0], [1.0, 1.0 + 2.0**-20]])
    assert recovers(A, [0, 1], [1, -1]).verdict is Verdict.RECOVERED
    assert recovers(2.0**-1004 * A, [0, 1], [1, -1]).verdict is Verdict.UNDECIDED


def test_a_verdict_without_its_certificate_is_refused() -> None:
    found = recovers(GOOD, [0], [1])
    for spoilt in ({"v": None}, {"v": np.ones(5)}, {"h": found.v, "v": None}, {"margin": 1.0}):
        with pytest.raises(ValueError, match=r"proved|shape|margin"):
            check_decision(GOOD, [0], [1], replace(found, **spoilt))
    with pytest.raises(ValueError, match="support must"):
        check_decision(GOOD, [0, 9], [1, 1], found)
    refused(lambda: check_decision(GOOD, [0], [1], None), TypeError, None)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("given", [None, 3, iter([[0]])])
def test_batches_that_are_no_sequences_are_a_type_error(given) -> None:
    refused(lambda: recovers_each(GOOD, given, [[1]]), TypeError, given)
    refused(lambda: recovers_each(GOOD, [[0]], given), TypeError, given)


def pursuits(A=GOOD, x=IMAGE, sigma=0.5, **options):
    """The three ways to ask for a shortest signal."""
    return (
        lambda: basis_pursuit(A, x, **options),
        lambda: basis_pursuit_denoise(A, x, sigma, **options),
        lambda: basis_pursuit_each(A, [x], sigma=sigma, **options),
    )


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_images_and_codes_that_are_not_finite_are_a_value_error(value) -> None:
    A, x = GOOD.copy(), np.ones(3)
    A[0, 1], x[2] = value, value
    for ask in (*pursuits(A=A), *pursuits(x=x)):
        refused(ask, ValueError, value)


@pytest.mark.parametrize("value", [0.0, -1.0, np.nan, np.inf])
def test_weights_that_are_none_are_a_value_error(value) -> None:
    weights = np.ones(5)
    weights[3] = value
    for ask in pursuits(weights=weights):
        refused(ask, ValueError, value)


def test_weights_of_another_shape_or_type_are_refused() -> None:
    for ask in pursuits(weights=np.ones(3)):
        refused(ask, ValueError, "(3,)")
    for ask in pursuits(weights=np.ones(5, int)):
        refused(ask, TypeError, "int64")
    for ask in pursuits(weights=[1.0] * 5):
        refused(ask, TypeError, "list")


@pytest.mark.parametrize("sigma", [-1e-300, -1.0, np.nan, np.inf, -np.inf])
def test_a_sigma_that_is_no_distance_is_a_value_error(sigma) -> None:
    for ask in pursuits(sigma=sigma)[1:]:
        refused(ask, ValueError, sigma)


@pytest.mark.parametrize("sigma", ["1", None, True, [0.1]])
def test_a_sigma_that_is_no_number_is_a_type_error(sigma) -> None:
    for ask in pursuits(sigma=sigma)[1:]:
        refused(ask, TypeError, sigma)


@pytest.mark.parametrize("nonnegative", [False, True])
@pytest.mark.parametrize("weights", [None, np.array([1.0, 2.0, 0.5, 1.0, 3.0, 1.0])])
def test_zero_and_repeated_columns_and_dependent_rows_are_solved(nonnegative, weights) -> None:
    a = np.array([[1.0, 0.0, 1.0, 2.0, 0.5, -1.0], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0]])
    A = np.vstack([a, a, a[0] - a[1]])
    x = A @ np.array([1.0, 5.0, 1.0, 0.5, 0.0, 0.0])
    for ask in pursuits(A=A, x=x, weights=weights, nonnegative=nonnegative)[:2]:
        found = ask()
        assert found.status is Status.SOLVED
        assert_proved(
            A,
            x,
            found,
            sigma=0.0 if found.residual < 0.1 else 0.5,
            weights=weights,
            nonnegative=nonnegative,
        )


def test_an_image_outside_the_cone_is_infeasible_with_a_farkas_vector() -> None:
    A, x = np.abs(GOOD), np.array([1.0, -1.0, 1.0])
    found = basis_pursuit(A, x, nonnegative=True)
    assert found.status is Status.INFEASIBLE
    assert_proved(A, x, found, nonnegative=True)
    assert basis_pursuit_denoise(A, x, 0.9, nonnegative=True).status is Status.INFEASIBLE
    assert basis_pursuit_denoise(A, x, 1.4, nonnegative=True).status is Status.SOLVED


@pytest.mark.parametrize("scale", [1e-280, 1e-150, 1e150, 1e280])
@pytest.mark.parametrize("sigma", [0.0, 0.5])
def test_scales_at_the_ends_of_float64_are_solved_or_said_not_to_be(scale, sigma) -> None:
    x = GOOD @ np.array([1.0, 0.0, 2.0, 0.0, 0.0])
    cases = ((scale * GOOD, scale * x, scale * sigma, None), (GOOD, scale * x, scale * sigma, None))
    for A, b, radius, weights in (*cases, (GOOD, x, sigma, np.full(5, scale))):
        found = basis_pursuit_denoise(A, b, radius, weights=weights)
        assert found.status is Status.SOLVED
        assert found.residual <= radius + 1e-9 * np.max(np.abs(b))


@pytest.mark.parametrize(
    ("a", "x"), [(1e-200, 1e200), (1e200, 1e-150), (1.0, 5e-324), (1e280, 1e-30), (1e-280, 1e30)]
)
@pytest.mark.parametrize("sigma", [0.0, 0.25])
def test_a_signal_that_float64_does_not_hold_is_not_said_to_be_found(a, x, sigma) -> None:
    found = basis_pursuit_denoise(np.array([[a]]), np.array([x]), sigma * x)
    assert found.status is Status.LOOSE
    assert found.residual == pytest.approx(x)


@pytest.mark.parametrize("least", [1e-6, 1e-10, 1e-14, 1e-300])
def test_weights_far_apart_make_no_image_infeasible(least) -> None:
    for A in (np.eye(2), np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])):
        weights = np.ones(A.shape[1])
        weights[0] = least
        for sigma in (0.0, 0.01):
            found = basis_pursuit_denoise(A, np.array([1.0, 2.0]), sigma, weights=weights)
            assert found.status is not Status.INFEASIBLE
    assert basis_pursuit(np.zeros((2, 2)), np.ones(2)).status is Status.INFEASIBLE


@pytest.mark.parametrize("flag", ["no", 1, None])
def test_a_flag_that_is_none_is_a_type_error(flag) -> None:
    for ask in pursuits(nonnegative=flag):
        refused(ask, TypeError, flag)


def test_the_largest_image_is_solved() -> None:
    found = basis_pursuit(np.array([[1.0, 0.5]]), np.array([1.7e308]))
    assert found.status is Status.SOLVED
    assert found.z[0] == 1.7e308


def test_what_is_not_solved_is_not_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    A = rng.standard_normal((6, 12))
    monkeypatch.setattr("lcs.l1._solve.STEPS", 0)
    monkeypatch.setattr("lcs.l1._solve.vertex", lambda *_: (None, None))
    for sigma in (0.0, 0.1):
        found = basis_pursuit_denoise(A, A[:, 0] + A[:, 1], sigma)
        assert found.status is Status.LOOSE
        assert_proved(A, A[:, 0] + A[:, 1], found, sigma=sigma)
