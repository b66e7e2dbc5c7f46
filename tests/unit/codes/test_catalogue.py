"""Every code that the catalogue lists is built and measured; the smallest are held to bounds."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.bounds.lower import best_lower
from lcs.codes.algebraic import catalogue, prime_powers
from lcs.codes.code import Code
from lcs.codes.combine import direct_sum, first_columns
from lcs.codes.elementary import circle, identity, simplex
from lcs.codes.finite_fields import prime_power
from lcs.codes.smallest import smallest_code
from lcs.linear.error import worst_case_error
from tests.grams import assert_coherence

SMALL = [code for code in catalogue(40) if code.m <= 1100]


@pytest.mark.parametrize("code", SMALL, ids=lambda code: code.name)
def test_what_is_listed_is_what_is_built(code: Code) -> None:
    assert_coherence(code)


@pytest.mark.parametrize("m", [1, 2, 3, 10, 41])
def test_elementary_codes(m: int) -> None:
    assert_coherence(identity(m))
    if m > 1:
        assert_coherence(simplex(m))
        assert_coherence(circle(m))
        assert_coherence(direct_sum(simplex(m), 3))


def test_families_are_all_there() -> None:
    families = {code.claim for code in catalogue(70)}
    names = "kerdock dg bch rs-simplex devore paley steiner chirp legendre etf-exact"
    assert families == {f"LCS-{name}" for name in names.split()}


def test_filters() -> None:
    every = {code.name for code in catalogue(64)}
    kept = {code.name for code in catalogue(64, m_min=500, mu_max=Fraction(1, 4))}
    expected = {
        code.name for code in catalogue(64) if code.m >= 500 and code.coherence <= Fraction(1, 4)
    }
    assert kept == expected
    assert kept < every
    assert len(every) == sum(1 for _ in catalogue(64))


@pytest.mark.parametrize("d", range(1, 41))
def test_a_shorter_catalogue_lacks_none_of_its_own(d: int) -> None:
    assert {c.name for c in catalogue(d)} == {c.name for c in catalogue(80) if c.d <= d}


def test_prime_powers_by_trial() -> None:
    assert list(prime_powers(300)) == [q for q in range(301) if prime_power(q)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_columns_are_those_of_the_matrix(dtype: type) -> None:
    rng = np.random.default_rng(0)
    for code in SMALL[::7]:
        A = code.matrix(dtype)
        assert A.dtype == dtype
        assert A.flags.c_contiguous
        chosen = rng.integers(0, code.m, 9)
        # One expression gives both, but a vectorised cosine may round its last bit elsewhere.
        np.testing.assert_allclose(
            code.columns(chosen, dtype), A[:, chosen], atol=1e-6 if dtype == np.float32 else 1e-14
        )


@given(st.integers(2, 200), st.integers(1, 4), st.fractions("1/20", 1, max_denominator=40))
def test_the_smallest_code_reads_to_within_eps(m: int, k: int, eps: Fraction) -> None:
    k = min(k, m)
    code = smallest_code(m, k, eps)
    assert code.m == m
    assert (best_lower(m, k, eps).d or 0) <= code.d <= m
    assert code.suffices(m, k, eps)
    A = code.matrix()
    worst = worst_case_error(A, A / (1 + float(code.coherence)), k=k)
    assert worst.lower < eps
    assert worst.upper < float(eps) + 1e-11
    assert smallest_code(m, k, eps, strict=False).d <= code.d


# The upper entries of the project's table of brackets, by k/eps and m.
TABLE = {
    4: (16, 32, 64, 128),
    8: (51, 64, 128, 256),
    10: (51, 256, 256, 1024),
    16: (94, 256, 256, 1024),
    20: (96, 496, 1024, 2048),
    32: (97, 505, 1024, 2048),
    40: (98, 946, 3516, 4096),
    64: (99, 985, 4096, 4096),
}


@pytest.mark.parametrize("ratio", TABLE)
def test_it_reaches_the_table_of_brackets(ratio: int) -> None:
    for m, d in zip((100, 1000, 10**4, 10**6), TABLE[ratio], strict=True):
        code = smallest_code(m, 1, Fraction(1, ratio))
        assert code.d <= d
        assert (best_lower(m, 1, Fraction(1, ratio)).d or 0) <= code.d


def test_strictness_decides_where_the_error_is_a_coherence() -> None:
    """A (7, 28) frame has error exactly 1/4."""
    assert smallest_code(28, 1, "1/4", strict=False).d == 7
    assert smallest_code(28, 1, "1/4").d > 7


def test_no_matrix_is_built_for_a_trillion_features() -> None:
    code = smallest_code(10**12, 1, "1/8")
    assert (best_lower(10**12, 1, "1/8").d or 0) <= code.d < 2048
    chosen = np.random.default_rng(0).integers(0, 10**12, 60)
    A = code.columns(chosen)
    assert np.abs(A.T @ A - np.eye(60)).max() <= float(code.coherence) + 1e-12


def test_the_whole_range_of_k_and_eps_is_one_number() -> None:
    assert smallest_code(500, 4, "1/2").d == smallest_code(500, 8, 1).d


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: simplex(3).columns([3]), r"0\.\.2; got \[3\]"),
        (lambda: simplex(3).columns([0.5]), "integers; got"),
        (lambda: simplex(3).columns([-1]), r"0\.\.2; got"),
        (lambda: simplex(3).error_bound(4), "1 <= k <= m = 3; got 4"),
        (lambda: simplex(1), "m must be an integer >= 2; got 1"),
        (lambda: first_columns(simplex(3), 4), "1 <= m <= 3; got 4"),
        (lambda: direct_sum(simplex(3), 1), "s must be an integer >= 2; got 1"),
        (lambda: smallest_code(5, 6, 1), "1 <= k <= m = 5; got 6"),
        (lambda: smallest_code(5, 1, 0), "eps must be a finite number > 0; got 0"),
        (lambda: smallest_code(5, 1, float("nan")), "eps must be a finite number > 0; got nan"),
        (lambda: catalogue(0), "d_max must be an integer >= 1; got 0"),
        (lambda: identity(10**6).matrix(), "take columns"),
    ],
)
def test_one_clear_error(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_other_dtypes_are_refused() -> None:
    with pytest.raises(TypeError, match="float32 or float64; got int64"):
        simplex(3).matrix(np.int64)
