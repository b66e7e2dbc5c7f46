"""Random codes: exact entries, unit columns, and the distribution each name promises.

Statistical tests are seeded. ALARM is the probability with which each would reject a right
sampler on a fresh seed.
"""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from lcs.codes.random import gaussian, nested, rademacher, sparse_sign, spherical, unit_columns
from tests.references import lemma5
from tests.strategies import FLOATS, LAYOUTS, in_layout
from tests.tolerances import gamma

ALARM = 1e-6
SIZE = (23, 17)
MAKERS: dict[str, Callable[..., NDArray]] = {
    "rademacher": rademacher,
    "gaussian": gaussian,
    "spherical": spherical,
    "sparse_sign": lambda d, m, **kw: sparse_sign(d, m, s=min(3, d), **kw),
}
NESTED: dict[str, dict[str, float]] = {
    "rademacher": {},
    "gaussian": {},
    "spherical": {},
    "sparse_sign": {"density": 0.25},
}


def lengths(A: NDArray) -> NDArray:
    return np.linalg.norm(A.astype(np.float64), axis=0)


def length_tolerance(d: int, dtype: type) -> float:
    """d squares, a root and a division per entry, and the test's own float64 norm."""
    return float(gamma(d + 4, dtype) + gamma(d + 4))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", MAKERS)
@given(d=st.integers(1, 40), m=st.integers(1, 12), seed=st.integers(0, 2**32))
def test_every_code_is_c_contiguous_with_unit_columns(name, dtype, d, m, seed):
    A = MAKERS[name](d, m, rng=np.random.default_rng(seed), dtype=dtype)
    assert A.shape == (d, m)
    assert A.dtype == dtype
    assert A.flags.c_contiguous
    assert np.abs(lengths(A) - 1).max() <= length_tolerance(d, dtype)


@pytest.mark.parametrize("name", MAKERS)
def test_the_generator_decides_every_bit(name):
    first, again, other = (
        MAKERS[name](*SIZE, rng=np.random.default_rng(seed)) for seed in (7, 7, 8)
    )
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("name", MAKERS)
def test_two_draws_from_one_generator_differ(name):
    rng = np.random.default_rng(7)
    assert not np.array_equal(MAKERS[name](*SIZE, rng=rng), MAKERS[name](*SIZE, rng=rng))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("d", [1, 3, 4, 10, 1000])
def test_rademacher_entries_are_one_number_and_its_negative(d, dtype):
    A = rademacher(d, 50, rng=np.random.default_rng(d), dtype=dtype)
    size = np.unique(np.abs(A))
    assert size.shape == (1,)
    assert abs(float(size[0]) * np.sqrt(d) - 1) <= float(gamma(2, dtype) + gamma(2))
    assert {-1.0, 1.0} == set(np.unique(np.sign(A)))


def test_rademacher_signs_are_fair_and_uncorrelated():
    S = np.sign(rademacher(200, 300, rng=np.random.default_rng(1)))
    plus = int((S > 0).sum())
    assert stats.binomtest(plus, S.size).pvalue > ALARM
    for product in (S[1:] * S[:-1], S[:, 1:] * S[:, :-1]):
        assert stats.binomtest(int((product > 0).sum()), product.size).pvalue > ALARM


def test_gaussian_entries_are_normal_of_variance_one_over_d():
    d = 50
    A = gaussian(d, 200, rng=np.random.default_rng(2), unit_columns=False)
    assert stats.kstest(A.ravel() * np.sqrt(d), "norm").pvalue > ALARM
    assert np.abs(lengths(A) - 1).max() > 0.01  # a chi of 50 degrees: not scaled


def test_gaussian_unit_columns_only_rescales_the_draw():
    raw, unit = (
        gaussian(*SIZE, rng=np.random.default_rng(3), unit_columns=flag) for flag in (False, True)
    )
    tolerance = length_tolerance(SIZE[0], np.float64)
    assert np.abs(raw / lengths(raw) - unit).max() <= tolerance


@pytest.mark.parametrize("name", ["spherical", "gaussian"])
@pytest.mark.parametrize("row", [0, 4])
def test_spherical_columns_are_uniform_on_the_sphere(name, row):
    """(1 + x)/2 is Beta((d-1)/2, (d-1)/2) for a coordinate x of a uniform point."""
    d = 5
    A = MAKERS[name](d, 5000, rng=np.random.default_rng(4))
    assert stats.kstest((1 + A[row]) / 2, stats.beta((d - 1) / 2, (d - 1) / 2).cdf).pvalue > ALARM


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("s", [1, 2, 7, 20])
def test_sparse_sign_columns_have_exactly_s_entries_of_one_size(s, dtype):
    A = sparse_sign(20, 40, s=s, rng=np.random.default_rng(s), dtype=dtype)
    assert (np.count_nonzero(A, axis=0) == s).all()
    size = np.unique(np.abs(A[A != 0]))
    assert size.shape == (1,)
    assert abs(float(size[0]) * np.sqrt(s) - 1) <= float(gamma(2, dtype) + gamma(2))


def test_sparse_sign_rows_are_uniform_and_signs_fair():
    A = sparse_sign(12, 6000, s=1, rng=np.random.default_rng(5))
    assert stats.chisquare(np.count_nonzero(A, axis=1)).pvalue > ALARM
    assert stats.binomtest(int((A > 0).sum()), 6000).pvalue > ALARM


def test_sparse_sign_supports_are_uniform_over_all_pairs_of_rows():
    A = sparse_sign(5, 6000, s=2, rng=np.random.default_rng(6))
    codes = (2 ** np.arange(5)) @ (A != 0)
    counts = np.unique(codes, return_counts=True)[1]
    assert len(counts) == 10
    assert stats.chisquare(counts).pvalue > ALARM


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("name", NESTED)
def test_nested_rows_are_c_contiguous_and_of_the_asked_shape(name, dtype):
    R = nested(name, *SIZE, rng=np.random.default_rng(7), dtype=dtype, **NESTED[name])
    assert R.shape == SIZE
    assert R.dtype == dtype
    assert R.flags.c_contiguous
    assert np.isfinite(R).all()


def test_nested_rademacher_rows_are_whole_signs():
    R = nested("rademacher", 31, 40, rng=np.random.default_rng(8))
    assert set(np.unique(R)) == {-1.0, 1.0}
    assert stats.binomtest(int((R > 0).sum()), R.size).pvalue > ALARM


@pytest.mark.parametrize("name", ["spherical", "gaussian"])
@pytest.mark.parametrize("rows", [3, 7, 11])
def test_every_prefix_of_nested_spherical_rows_is_uniform_on_its_sphere(name, rows):
    R = nested(name, 11, 5000, rng=np.random.default_rng(9))
    A = unit_columns(R[:rows])
    law = stats.beta((rows - 1) / 2, (rows - 1) / 2).cdf
    for row in (0, rows - 1):
        assert stats.kstest((1 + A[row]) / 2, law).pvalue > ALARM


@pytest.mark.parametrize(("density", "stratum"), [(1.0, 1), (0.5, 2), (0.25, 4), (0.3, 3)])
def test_nested_sparse_sign_has_one_sign_in_each_stratum(density, stratum):
    d, m = 13, 500
    R = nested("sparse_sign", d, m, rng=np.random.default_rng(10), density=density)
    assert set(np.unique(R)) <= {-1.0, 0.0, 1.0}
    full = d // stratum
    for n in range(full):
        assert (np.count_nonzero(R[n * stratum : (n + 1) * stratum], axis=0) == 1).all()
    assert (np.count_nonzero(R[full * stratum :], axis=0) <= 1).all()
    assert (np.count_nonzero(R[:stratum], axis=0) == 1).all()


def test_nested_sparse_sign_places_are_uniform_in_the_stratum():
    R = nested("sparse_sign", 12, 6000, rng=np.random.default_rng(11), density=0.25)
    for start in (0, 4, 8):
        assert stats.chisquare(np.count_nonzero(R[start : start + 4], axis=1)).pvalue > ALARM
    assert stats.binomtest(int((R > 0).sum()), int((R != 0).sum())).pvalue > ALARM


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_unit_columns_takes_any_layout_and_leaves_its_input_alone(layout, dtype):
    R = np.random.default_rng(12).normal(size=SIZE).astype(dtype) * 3
    given_ = in_layout(R, layout)
    A = unit_columns(given_)
    assert np.array_equal(given_, R)
    assert A.flags.c_contiguous
    assert A.dtype == dtype
    assert np.abs(lengths(A) - 1).max() <= length_tolerance(SIZE[0], dtype)
    assert np.abs(A - R / lengths(R)).max() <= length_tolerance(SIZE[0], dtype)


@pytest.mark.parametrize(
    ("dtype", "exponent"),
    [(np.float64, 600), (np.float64, -600), (np.float32, 100), (np.float32, -100)],
)
def test_unit_columns_have_length_one_even_where_squares_leave_the_range(dtype, exponent):
    R = np.ldexp(np.random.default_rng(13).normal(size=SIZE), exponent).astype(dtype)
    A = unit_columns(R)
    assert np.abs(lengths(A) - 1).max() <= length_tolerance(SIZE[0], dtype)


@pytest.mark.claim("GKP26-lem5")
def test_lemma_5_dimension_is_enough_at_its_stated_failure_probability():
    """Each of 200 draws fails with chance <= 0.1, so more than 49 do with chance < 1e-9."""
    m, mu, fail, draws = 20, 0.5, 0.1, 200
    d = lemma5(m, Fraction(1, 2), Fraction(1, 10))
    rng, failures = np.random.default_rng(14), 0
    for _ in range(draws):
        S = np.sign(rademacher(d, m, rng=rng))
        failures += int((np.abs(S.T @ S - d * np.eye(m)) >= mu * d).any())
    assert failures <= stats.binom.isf(1e-9, draws, fail)
