"""What affine and ReLU decoders refuse, with which exception and the value received."""

import numpy as np
import pytest

from lcs.linear.activations import affine_worst_case, relu_worst_case
from lcs.linear.affine import affine_error
from lcs.linear.thresholds import threshold_margin
from tests.faults.test_bad_input import EITHER, refused

GOOD = np.eye(3, 5)
NONE = np.zeros(5)
SEARCHES = [affine_error, threshold_margin]
EVALUATIONS = [relu_worst_case, affine_worst_case]
ALL = [
    *(pytest.param(lambda A, f=f, k=1: f(A, k=k), id=f.__name__) for f in SEARCHES),
    *(
        pytest.param(lambda A, f=f, k=1: f(A, None, np.zeros(np.shape(A)[-1]), k=k), id=f.__name__)
        for f in EVALUATIONS
    ),
]


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_entries_that_are_not_finite_are_a_value_error(make, value) -> None:
    A = GOOD.copy()
    A[1, 2] = value
    refused(lambda: make(A), ValueError, value)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (3,), (2, 2, 2)])
def test_shapes_that_are_no_matrix_are_a_value_error(make, shape) -> None:
    refused(lambda: make(np.ones(shape)), ValueError, shape)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128, bool])
def test_other_dtypes_are_a_type_error(make, dtype) -> None:
    refused(lambda: make(np.ones((2, 3), dtype)), TypeError, np.dtype(dtype).name)


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("k", [0, 6, -1, 1.5, None, True, np.nan])
def test_k_out_of_range_is_an_error(make, k) -> None:
    refused(lambda: make(GOOD, k=k), EITHER, k)


@pytest.mark.parametrize("f", SEARCHES)
@pytest.mark.parametrize("features", [[5], [-1], [0, 7], [1.5], [True]])
def test_features_that_are_none_are_a_value_error(f, features) -> None:
    refused(lambda: f(GOOD, k=1, features=features), ValueError, features[-1])


@pytest.mark.parametrize("f", EVALUATIONS)
@pytest.mark.parametrize("features", [[5], [-1], []])
def test_so_are_they_of_decoders(f, features) -> None:
    received = features[-1] if features else "none"
    refused(lambda: f(GOOD, None, NONE, k=1, features=features), ValueError, received)


@pytest.mark.parametrize("f", SEARCHES)
@pytest.mark.parametrize("tolerance", [-1e-9, np.nan, np.inf, "small"])
def test_tolerances_out_of_range_are_a_value_error(f, tolerance) -> None:
    refused(lambda: f(GOOD, k=1, tolerance=tolerance), ValueError, tolerance)


@pytest.mark.parametrize("f", SEARCHES)
@pytest.mark.parametrize("threads", [0, -2, 1.5])
def test_threads_out_of_range_are_a_value_error(f, threads) -> None:
    refused(lambda: f(GOOD, k=1, threads=threads), ValueError, threads)


@pytest.mark.parametrize("f", EVALUATIONS)
@pytest.mark.parametrize("c", [np.zeros(4), np.zeros((1, 5)), 0.0, np.zeros((5, 5))])
def test_biases_of_another_shape_are_a_value_error(f, c) -> None:
    refused(lambda: f(GOOD, None, c, k=1), ValueError, np.shape(c))


@pytest.mark.parametrize("f", EVALUATIONS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -1.7e308])
def test_biases_that_are_not_finite_or_too_large_are_a_value_error(f, value) -> None:
    refused(lambda: f(GOOD, None, [0, 0, 0, value, 0], k=1), ValueError, value)


@pytest.mark.parametrize("f", EVALUATIONS)
@pytest.mark.parametrize("c", [["a"] * 5, [1j] * 5, [None] * 5, [True] * 5])
def test_biases_that_are_no_numbers_are_a_type_error(f, c) -> None:
    refused(lambda: f(GOOD, None, c, k=1), TypeError, np.asarray(c).dtype)


@pytest.mark.parametrize("f", EVALUATIONS)
def test_probes_of_another_shape_or_dtype_and_huge_columns_are_a_value_error(f) -> None:
    refused(lambda: f(GOOD, np.eye(3, 4), NONE, k=1), ValueError, (3, 4))
    refused(lambda: f(GOOD, np.eye(3, 5, dtype=np.float32), NONE, k=1), ValueError, "float32")
    for size in (1e200, 6e153):
        with pytest.raises(ValueError, match="scale the matrix down"):
            f(size * np.ones((3, 5)), None, NONE, k=5)
