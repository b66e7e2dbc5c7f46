"""What is refused, with which exception, and that the message shows the value received."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from lcs.bounds import lower, upper
from lcs.codes import random as codes
from lcs.linear.error import worst_case_error
from lcs.linear.profile import error_profile, minimal_d
from lcs.linear.seen import error_seen

GOOD = np.eye(3, 5)
ROWS = np.ones((6, 5))
TOO_LARGE = "overflow|product|large"
EITHER = (TypeError, ValueError)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def refused(call: Callable[[], Any], error: Any, received: object) -> None:
    """call() raises error, and its message shows received on its own, not inside a number."""
    with pytest.raises(error) as caught:
        call()
    text = "|".join(re.escape(form) for form in (str(received), repr(received)))
    message = str(caught.value)
    assert re.search(rf"(?<![\w.])({text})(?!\w|\.\d)", message, re.IGNORECASE), (
        f"{received!r} is not in {message!r}"
    )


def measures() -> list[Any]:
    """Each function of a matrix, at valid options."""
    return [
        pytest.param(lambda A: worst_case_error(A, k=1), id="worst_case_error"),
        pytest.param(lambda A: worst_case_error(A, k=1, scale="optimal"), id="optimal"),
        pytest.param(lambda A: error_seen(A, k=1, rng=rng(), draws=5), id="error_seen"),
        pytest.param(lambda A: error_profile(A, ks=[1], ds=[1]), id="error_profile"),
    ]


# --- arrays -----------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", measures())
@pytest.mark.parametrize("dtype", ["int64", "int8", "uint32", "bool", "complex128", "object"])
def test_arrays_that_are_not_real_floats_are_a_type_error(measure, dtype):
    refused(lambda: measure(np.ones((2, 3)).astype(dtype)), TypeError, dtype)


@pytest.mark.parametrize("measure", measures())
@pytest.mark.parametrize("dtype", ["float16", "<U3"])
def test_arrays_of_other_dtypes_are_a_type_error(measure, dtype):
    with pytest.raises(TypeError):
        measure(np.ones((2, 3)).astype(dtype))


@pytest.mark.parametrize("measure", measures())
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [(0, 0), (2, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_entries_that_are_not_finite_are_a_value_error(measure, value, place, dtype):
    A = np.ones((3, 5), dtype)
    A[place] = value
    refused(lambda: measure(A), ValueError, "nan" if np.isnan(value) else "inf")


@pytest.mark.parametrize("measure", measures())
@pytest.mark.parametrize("shape", [(7,), (), (2, 3, 4)])
def test_arrays_that_are_not_two_dimensional_are_a_value_error(measure, shape):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        measure(np.ones(shape))
    assert any(text in str(caught.value) for text in (str(shape), str(len(shape))))


@pytest.mark.parametrize("measure", measures())
@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
def test_empty_arrays_are_a_value_error(measure, shape):
    refused(lambda: measure(np.ones(shape)), ValueError, shape)


@pytest.mark.parametrize("shape", [(3, 4), (4, 5), (5, 3)])
@pytest.mark.parametrize("seen", [False, True])
def test_probes_of_another_shape_are_a_value_error(shape, seen):
    def call() -> object:
        if seen:
            return error_seen(GOOD, np.ones(shape), k=1, rng=rng())
        return worst_case_error(GOOD, np.ones(shape), k=1)

    refused(call, ValueError, shape)
    refused(call, ValueError, GOOD.shape)


@pytest.mark.parametrize("seen", [False, True])
def test_probes_of_another_dtype_are_refused(seen):
    def call() -> object:
        if seen:
            return error_seen(GOOD, GOOD.astype(np.float32), k=1, rng=rng())
        return worst_case_error(GOOD, GOOD.astype(np.float32), k=1)

    refused(call, EITHER, "float32")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_probes_that_are_not_finite_are_a_value_error(value):
    B = GOOD.copy()
    B[1, 1] = value
    refused(lambda: worst_case_error(GOOD, B, k=1), ValueError, value)
    refused(lambda: error_seen(GOOD, B, k=1, rng=rng()), ValueError, value)


@pytest.mark.parametrize(("dtype", "exponent"), [(np.float32, 70), (np.float64, 520)])
@pytest.mark.parametrize("probes", [False, True])
def test_products_that_overflow_are_a_value_error(dtype, exponent, probes):
    A = np.full((2, 3), 2.0**exponent, dtype)
    with pytest.raises(ValueError, match=TOO_LARGE):
        worst_case_error(A, A.copy() if probes else None, k=1)
    with pytest.raises(ValueError, match=TOO_LARGE):
        worst_case_error(A, A.copy() if probes else None, k=2, scale="optimal")


def test_a_scale_that_makes_products_overflow_is_a_value_error():
    with pytest.raises(ValueError, match=TOO_LARGE):
        worst_case_error(np.full((2, 3), 2.0**200), k=1, scale=2.0**700)


@pytest.mark.parametrize("k", [1, 2, 4])
def test_sums_that_overflow_although_no_product_does_are_refused_or_finite(k):
    A = np.full((1, 4), np.sqrt(np.finfo(np.float64).max) * 0.99)
    value, refusal = None, ""
    try:
        value = worst_case_error(A, k=k).value
    except ValueError as error:
        refusal = str(error)
    assert re.search(TOO_LARGE, refusal) if value is None else np.isfinite(value)


# --- k, scale, threads ------------------------------------------------------------------------


@pytest.mark.parametrize("k", [-7, 0, 6, 10**12])
def test_k_outside_one_to_m_is_a_value_error(k):
    refused(lambda: worst_case_error(GOOD, k=k), ValueError, k)
    refused(lambda: worst_case_error(GOOD, k=[1, k, 2]), ValueError, k)
    refused(lambda: error_seen(GOOD, k=k, rng=rng()), ValueError, k)
    refused(lambda: error_profile(ROWS, ks=sorted([1, k]), ds=[1]), ValueError, k)


@pytest.mark.parametrize("k", [2.5, "2", None, True, 1j])
def test_k_that_is_not_an_integer_is_refused(k):
    with pytest.raises(EITHER):
        worst_case_error(GOOD, k=k)
    with pytest.raises(EITHER):
        worst_case_error(GOOD, k=[1, k])
    with pytest.raises(EITHER):
        error_seen(GOOD, k=k, rng=rng())
    with pytest.raises(EITHER):
        error_profile(ROWS, ks=[k], ds=[1])


@pytest.mark.parametrize("scale", ["best", "Optimal", np.nan, np.inf, -np.inf])
def test_an_unknown_scale_is_a_value_error(scale):
    refused(lambda: worst_case_error(GOOD, k=1, scale=scale), ValueError, scale)


@pytest.mark.parametrize("scale", [None, 1j, [1.0]])
def test_a_scale_that_is_no_number_is_refused(scale):
    with pytest.raises(EITHER):
        worst_case_error(GOOD, k=1, scale=scale)


@pytest.mark.parametrize("threads", [0, -4])
def test_fewer_than_one_thread_is_a_value_error(threads):
    refused(lambda: worst_case_error(GOOD, k=1, threads=threads), ValueError, threads)
    refused(lambda: error_profile(ROWS, ks=[1], ds=[1], threads=threads), ValueError, threads)


def test_options_are_keywords_only():
    with pytest.raises(TypeError):
        worst_case_error(GOOD, GOOD, 1)  # pyright: ignore[reportCallIssue]
    with pytest.raises(TypeError):
        error_profile(ROWS, [1], [1])  # pyright: ignore[reportCallIssue]


# --- sampled errors ---------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [None, 7, np.random.RandomState(0), np.random.SeedSequence(1)])
def test_an_rng_that_is_no_generator_is_a_type_error(wrong):
    kind = type(wrong).__name__
    for call in (
        lambda: error_seen(GOOD, k=1, rng=wrong),
        lambda: codes.rademacher(3, 4, rng=wrong),
        lambda: codes.gaussian(3, 4, rng=wrong),
        lambda: codes.spherical(3, 4, rng=wrong),
        lambda: codes.sparse_sign(3, 4, s=2, rng=wrong),
        lambda: codes.nested("gaussian", 3, 4, rng=wrong),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert kind in str(caught.value) or repr(wrong) in str(caught.value)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("draws", 0),
        ("draws", -3),
        ("values", "gauss"),
        ("confidence", 0.0),
        ("confidence", 1.0),
        ("confidence", -0.25),
        ("confidence", np.nan),
        ("scale", np.nan),
        ("scale", np.inf),
    ],
)
def test_options_of_a_sample_outside_their_range_are_a_value_error(option, value):
    options: dict[str, Any] = {"k": 1, "rng": rng(), option: value}
    refused(lambda: error_seen(GOOD, **options), ValueError, value)


@pytest.mark.parametrize("level", [-0.25, 1.25, np.nan])
def test_quantile_levels_outside_zero_to_one_are_a_value_error(level):
    refused(lambda: error_seen(GOOD, k=1, rng=rng(), quantiles=(0.5, level)), ValueError, level)


@pytest.mark.parametrize("draws", [2.5, "10", True])
def test_draws_that_are_not_an_integer_are_refused(draws):
    with pytest.raises(EITHER):
        error_seen(GOOD, k=1, rng=rng(), draws=draws)


# --- profiles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ds", [[0, 1], [-3], [1, 7], [77]])
def test_checkpoints_outside_one_to_rows_are_a_value_error(ds):
    wrong = next(d for d in ds if not 1 <= d <= 6)
    refused(lambda: error_profile(ROWS, ks=[1], ds=ds), ValueError, wrong)


@pytest.mark.parametrize("values", [[2, 1], [2, 2], [1, 3, 3]])
def test_checkpoints_and_ks_that_do_not_strictly_increase_are_a_value_error(values):
    refused(lambda: error_profile(ROWS, ks=[1], ds=values), ValueError, values)
    refused(lambda: error_profile(ROWS, ks=values, ds=[1]), ValueError, values)


def test_no_checkpoints_or_no_ks_are_a_value_error():
    for ks, ds in (([], [1]), ([1], [])):
        with pytest.raises(ValueError, match=r"\S"):
            error_profile(ROWS, ks=ks, ds=ds)


@pytest.mark.parametrize("d", [1.5, "1", None, True])
def test_checkpoints_that_are_not_integers_are_refused(d):
    with pytest.raises(EITHER):
        error_profile(ROWS, ks=[1], ds=[d])


@pytest.mark.parametrize("eps", [0.0, -0.5, np.nan, np.inf])
def test_levels_that_are_not_positive_and_finite_are_a_value_error(eps):
    profile = error_profile(ROWS, ks=[1], ds=[1, 6])
    refused(lambda: minimal_d(profile, eps=eps), ValueError, eps)
    refused(lambda: minimal_d(profile, eps=[0.5, eps]), ValueError, eps)


# --- random codes -----------------------------------------------------------------------------

MAKERS = [
    pytest.param(codes.rademacher, id="rademacher"),
    pytest.param(codes.gaussian, id="gaussian"),
    pytest.param(codes.spherical, id="spherical"),
    pytest.param(lambda d, m, **kw: codes.sparse_sign(d, m, s=1, **kw), id="sparse_sign"),
    pytest.param(lambda d, m, **kw: codes.nested("rademacher", d, m, **kw), id="nested"),
]


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("size", [0, -3])
def test_sizes_below_one_are_a_value_error(make, size):
    refused(lambda: make(size, 4, rng=rng()), ValueError, size)
    refused(lambda: make(4, size, rng=rng()), ValueError, size)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("size", [2.5, 2.0, "3", None, True])
def test_sizes_that_are_not_integers_are_refused(make, size):
    refused(lambda: make(size, 4, rng=rng()), EITHER, size)
    refused(lambda: make(4, size, rng=rng()), EITHER, size)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("dtype", [np.int64, np.float16, np.complex128, bool, object])
def test_dtypes_other_than_float32_and_float64_are_refused(make, dtype):
    refused(lambda: make(3, 4, rng=rng(), dtype=dtype), EITHER, np.dtype(dtype).name)


@pytest.mark.parametrize("s", [0, -2, 6])
def test_s_outside_one_to_d_is_a_value_error(s):
    refused(lambda: codes.sparse_sign(5, 7, s=s, rng=rng()), ValueError, s)


@pytest.mark.parametrize("s", [1.5, True, None, "2"])
def test_s_that_is_not_an_integer_is_refused(s):
    refused(lambda: codes.sparse_sign(5, 7, s=s, rng=rng()), EITHER, s)


def test_an_unknown_family_is_a_value_error():
    name: Any = "kerdock"
    refused(lambda: codes.nested(name, 3, 4, rng=rng()), ValueError, name)


@pytest.mark.parametrize("density", [0.0, -0.25, 1.25, np.nan, np.inf])
def test_density_outside_zero_to_one_is_a_value_error(density):
    refused(
        lambda: codes.nested("sparse_sign", 8, 4, rng=rng(), density=density), ValueError, density
    )


def test_nested_options_of_another_family_are_refused():
    with pytest.raises(EITHER, match="density"):
        codes.nested("gaussian", 8, 4, rng=rng(), density=0.5)
    with pytest.raises(EITHER, match="density"):
        codes.nested("sparse_sign", 8, 4, rng=rng())


@pytest.mark.parametrize("column", [0, 3, 4])
def test_unit_columns_names_the_zero_column(column):
    R = np.ones((3, 5))
    R[:, column] = 0
    refused(lambda: codes.unit_columns(R), ValueError, column)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_unit_columns_of_entries_that_are_not_finite_is_a_value_error(value):
    R = np.ones((3, 5))
    R[1, 2] = value
    with pytest.raises(ValueError, match=r"\S"):
        codes.unit_columns(R)


@pytest.mark.parametrize("dtype", [np.int64, bool, np.complex128, object])
def test_unit_columns_of_other_dtypes_is_a_type_error(dtype):
    with pytest.raises(TypeError):
        codes.unit_columns(np.ones((3, 5)).astype(dtype))


# --- bounds -----------------------------------------------------------------------------------

BOUNDS = [
    pytest.param(getattr(module, name), id=f"{side}-{name}")
    for module, side, names in (
        (lower, "lower", "welch rank_monomial rank_chebyshev edge_cases best_lower volume"),
        (lower, "lower", "nullspace rate_monomial rate_chebyshev levenshtein delsarte"),
        (upper, "upper", "thm2 u0_hoeffding u0_exact identity edge_cases best_upper"),
        (upper, "upper", "u1 u2 u3 u5 simplex"),
    )
    for name in names.split()
]


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("eps", [0, -1, 0.0, -0.25, np.nan, np.inf, "0", "-1/2", Fraction(-1, 3)])
def test_eps_that_is_not_positive_and_finite_is_a_value_error(bound, eps):
    refused(lambda: bound(10, 2, eps), ValueError, eps)


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("eps", ["one half", "", "1/0", "nan", "inf"])
def test_text_that_is_no_number_is_a_value_error(bound, eps):
    with pytest.raises(ValueError, match=re.escape(eps) or r"''|\"\""):
        bound(10, 2, eps)


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("eps", [None, 0.5j, [0.5]])
def test_eps_of_another_type_is_refused(bound, eps):
    with pytest.raises(EITHER):
        bound(10, 2, eps)


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize(("m", "k", "wrong"), [(10, 0, 0), (10, -3, -3), (10, 11, 11), (0, 1, 0)])
def test_k_outside_one_to_m_has_no_bound(bound, m, k, wrong):
    refused(lambda: bound(m, k, 0.5), ValueError, wrong)


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("size", [2.0, 2.5, "2", None, True])
def test_m_and_k_that_are_not_integers_are_refused(bound, size):
    with pytest.raises(EITHER):
        bound(10, size, 0.5)
    with pytest.raises(EITHER):
        bound(size, 1, 0.5)


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("strict", [1, None, "<"])
def test_strict_is_a_bool(bound, strict):
    refused(lambda: bound(10, 2, "1/2", strict=strict), TypeError, strict)


def test_a_scope_that_does_not_exist_is_a_value_error():
    refused(lambda: lower.best_lower(10, 2, 0.5, scope="A"), ValueError, "A")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("m", "mu", "fail", "wrong"),
    [
        (0, 0.5, 0.1, 0),
        (10, 0, 0.1, 0),
        (10, -0.5, 0.1, -0.5),
        (10, np.nan, 0.1, np.nan),
        (10, 0.5, 0, 0),
        (10, 0.5, -0.25, -0.25),
        (10, 0.5, np.nan, np.nan),
    ],
)
def test_lemma_5_outside_its_domain_is_a_value_error(m, mu, fail, wrong):
    refused(lambda: upper.lemma5(m, mu, fail), ValueError, wrong)
