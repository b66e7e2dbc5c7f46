"""What optimal and other probes refuse, with which exception and the value received."""

import numpy as np
import pytest

from lcs.linear.probes import optimal_probes
from lcs.linear.simple_probes import pseudo_inverse_probes, ridge_probes, scaled_probes
from tests.faults.test_bad_input import EITHER, refused

GOOD = np.eye(3, 5)
MAKERS = [
    optimal_probes,
    scaled_probes,
    pseudo_inverse_probes,
    pytest.param(lambda A: ridge_probes(A, 1.0), id="ridge"),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_entries_that_are_not_finite_are_a_value_error(make, value) -> None:
    A = GOOD.copy()
    A[1, 2] = value
    refused(lambda: make(A), ValueError, value)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (3,), (2, 2, 2)])
def test_shapes_that_are_no_matrix_are_a_value_error(make, shape) -> None:
    refused(lambda: make(np.ones(shape)), ValueError, shape)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128, bool])
def test_other_dtypes_are_a_type_error(make, dtype) -> None:
    refused(lambda: make(np.ones((2, 3), dtype)), TypeError, np.dtype(dtype).name)


@pytest.mark.parametrize("features", [[5], [-1], [0, 7], [1.5], [True], ["a"]])
def test_features_that_are_none_are_a_value_error(features) -> None:
    refused(lambda: optimal_probes(GOOD, features=features), ValueError, features[-1])


@pytest.mark.parametrize("features", [3, "01"])
def test_features_that_are_no_sequence_are_a_type_error(features) -> None:
    refused(lambda: optimal_probes(GOOD, features=features), TypeError, features)


def test_no_features_are_a_value_error() -> None:
    refused(lambda: optimal_probes(GOOD, features=[]), ValueError, "none")


@pytest.mark.parametrize("tolerance", [-1e-9, np.nan, np.inf, "small"])
def test_tolerances_out_of_range_are_a_value_error(tolerance) -> None:
    refused(lambda: optimal_probes(GOOD, tolerance=tolerance), ValueError, tolerance)


def test_an_unknown_solver_is_a_value_error() -> None:
    unknown = "magic"
    refused(lambda: optimal_probes(GOOD, solver=unknown), ValueError, unknown)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("threads", [0, -2, 1.5])
def test_threads_out_of_range_are_a_value_error(threads) -> None:
    refused(lambda: optimal_probes(GOOD, threads=threads), ValueError, threads)


@pytest.mark.parametrize("k", [0, 6, 1.5, None, True])
def test_k_out_of_range_is_a_value_error(k) -> None:
    probes = optimal_probes(GOOD)
    refused(lambda: probes.error(k), EITHER, k)
    refused(lambda: scaled_probes(GOOD, k=k), EITHER, k)


@pytest.mark.parametrize("ridge", [-1.0, np.nan, np.inf, "1"])
def test_ridges_out_of_range_are_a_value_error(ridge) -> None:
    refused(lambda: ridge_probes(GOOD, ridge), ValueError, ridge)


@pytest.mark.parametrize("make", [optimal_probes, pseudo_inverse_probes])
def test_codes_too_small_for_their_probes_are_a_value_error(make) -> None:
    with pytest.raises(ValueError, match=r"large enough.*got.*e-3\d\d.*scale"):
        make(np.full((1, 2), 2.0**-1060))


def test_rows_of_entries_too_far_apart_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="row 1 holds"):
        optimal_probes(np.array([[1.0, 1.0], [1e300, 1.1e-300]]))
