"""What l1 decisions refuse, with which exception and the value received."""

import numpy as np
import pytest

from lcs.l1.decision import recovers
from tests.faults.test_bad_input import refused

GOOD = np.eye(3, 5) + 0.25


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


@pytest.mark.parametrize("signs", [[1], [1, 1, 1], [1, 0], [1, 0.5], [np.nan, 1], ["a", "b"], 1])
def test_signs_that_are_none_are_a_value_error(signs) -> None:
    with pytest.raises(ValueError, match="signs must be"):
        recovers(GOOD, [0, 1], signs)


def test_rows_of_entries_too_far_apart_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="row 1 holds"):
        recovers(np.array([[1.0, 1.0], [1e300, 1.1e-300]]), [0], [1])
