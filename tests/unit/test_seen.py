"""Sampled errors: never above the worst case, and intervals that cover.

Coverage tests are seeded. ALARM is the chance with which each would fail on fresh seeds although
every interval covers with the stated probability.
"""

from dataclasses import FrozenInstanceError
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from lcs.linear.error import worst_case_error
from lcs.linear.seen import ErrorSeen, error_seen, order_interval
from tests import references as ref
from tests.strategies import FLOATS, LAYOUTS, in_layout, problems, scalars
from tests.tolerances import error_tolerance, objective_tolerance

ALARM = 1e-6
REPEATS = 300
VALUES = ("signs", "uniform", "bernoulli")
FLAT = 1e-12  # the example below has entries of size 1: its errors carry at most 20 roundings


def example(d: int = 3, m: int = 6, seed: int = 0):
    A = np.random.default_rng(seed).normal(size=(d, m))
    return A / np.linalg.norm(A, axis=0)


def repeats(**options) -> list[ErrorSeen]:
    return [
        error_seen(example(), rng=np.random.default_rng([1, n]), **options) for n in range(REPEATS)
    ]


def fewest_covering(probability: float) -> int:
    """Fewer of REPEATS intervals than this cover with chance below ALARM."""
    return int(binom.ppf(ALARM, REPEATS, probability))


@pytest.mark.claim("LCS-worst-case")
@given(
    problem=problems(),
    c=scalars(),
    values=st.sampled_from(VALUES),
    seed=st.integers(0, 2**32),
)
def test_no_error_seen_exceeds_the_worst_case(problem, c, values, seed):
    """A draw is computed as c B^T (A z) - z: one more sum of k, hence the tolerance."""
    A, B, k = problem
    rng = np.random.default_rng(seed)
    seen = error_seen(A, B, k=k, rng=rng, draws=50, values=values, scale=c)
    worst = worst_case_error(A, B, k=k, scale=c)
    size = ref.absolute_gram(A, B)
    d, exact_c = A.shape[0], Fraction(c)
    own = objective_tolerance(size, d + k, k, exact_c, A.dtype)
    assert Fraction(seen.largest) <= Fraction(worst.upper) + own


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("values", VALUES)
def test_errors_seen_stay_below_the_worst_case_at_size(values, dtype):
    A = example(64, 800, 2).astype(dtype)
    for k in (1, 8, 800):
        seen = error_seen(A, k=k, rng=np.random.default_rng(3), draws=500, values=values)
        worst = worst_case_error(A, k=k)
        assert 0 < seen.largest <= worst.upper + 2 * error_tolerance(A, None, k)


def test_all_sign_vectors_of_a_small_code_are_seen_and_the_largest_is_the_worst_case():
    """60 equally likely draws, half of them mirror images: 30 values, one missed in 2000 draws
    with chance at most 30 (29/30)^2000 < 1e-27."""
    A = example()
    seen = error_seen(A, k=2, rng=np.random.default_rng(4), draws=2000)
    worst = worst_case_error(A, k=2)
    assert abs(seen.largest - ref.error_distribution(A, 2)[-1]) <= FLAT
    assert abs(seen.largest - worst.value) <= FLAT


def test_the_summary_is_in_order():
    seen = error_seen(example(), k=2, rng=np.random.default_rng(5), draws=500)
    assert seen.draws == 500
    assert np.allclose(seen.quantiles, (0.5, 0.9, 0.99), rtol=0, atol=0)
    values, intervals = np.asarray(seen.quantile_values), np.asarray(seen.quantile_intervals)
    assert values.shape == (3,)
    assert intervals.shape == (3, 2)
    assert (np.diff(values) >= 0).all()
    assert (intervals[:, 0] <= values).all()
    assert (values <= intervals[:, 1]).all()
    assert (values <= seen.largest).all()
    low, high = seen.mean_interval
    assert low <= seen.mean <= high
    assert seen.mean <= seen.largest


def test_the_default_is_ten_thousand_sign_draws():
    A = example()
    one = error_seen(A, k=2, rng=np.random.default_rng(6))
    two = error_seen(A, k=2, rng=np.random.default_rng(6), draws=10_000, values="signs")
    assert one.draws == 10_000
    assert (one.mean, one.largest) == (two.mean, two.largest)


def test_the_generator_decides_the_result():
    one, same, other = (
        error_seen(example(), k=2, rng=np.random.default_rng(s), draws=100) for s in (7, 7, 8)
    )
    assert one.mean == same.mean
    assert one.mean != other.mean


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_memory_layout_gives_the_same_errors(layout):
    A = example(5, 9, 9)
    plain, other = (
        error_seen(X, k=3, rng=np.random.default_rng(10), draws=100)
        for X in (A, in_layout(A, layout))
    )
    assert abs(plain.mean - other.mean) <= FLAT
    assert abs(plain.largest - other.largest) <= FLAT


# --- coverage ---------------------------------------------------------------------------------


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_quantile_intervals_cover_the_true_quantiles(confidence):
    """Distribution free, so the coverage is at least the confidence at every sample size."""
    levels = (0.25, 0.5, 0.9)
    true = ref.error_distribution(example(), 2)
    found = repeats(k=2, draws=200, confidence=confidence, quantiles=levels)
    for j, level in enumerate(levels):
        q = true[int(np.ceil(level * true.size)) - 1]
        covered = sum(
            s.quantile_intervals[j][0] - FLAT <= q <= s.quantile_intervals[j][1] + FLAT
            for s in found
        )
        assert covered >= fewest_covering(confidence), (level, covered)


def test_a_quantile_interval_of_few_draws_still_covers():
    """Ten draws miss the 0.99 quantile with chance (29/30)^10 = 0.7: they are no upper end."""
    true = ref.error_distribution(example(), 2)
    q = true[int(np.ceil(0.99 * true.size)) - 1]
    found = repeats(k=2, draws=10, quantiles=(0.99,))
    covered = sum(
        s.quantile_intervals[0][0] - FLAT <= q <= s.quantile_intervals[0][1] + FLAT for s in found
    )
    assert covered >= fewest_covering(0.95)


def test_mean_intervals_cover_the_true_mean():
    """A normal interval on 400 bounded draws covers with at least 0.93 for a stated 0.95."""
    true = ref.error_distribution(example(), 2).mean()
    found = repeats(k=2, draws=400)
    covered = sum(s.mean_interval[0] <= true <= s.mean_interval[1] for s in found)
    assert covered >= fewest_covering(0.93)


@pytest.mark.parametrize(("values", "mean"), [("signs", 1.0), ("uniform", 0.5), ("bernoulli", 0.5)])
def test_each_kind_of_value_has_its_mean(values, mean):
    """At k = 1 the error is |z_j| times the largest entry of column j of M."""
    A = example()
    columns = np.abs(A.T @ A - np.eye(6)).max(axis=0)
    found = repeats(k=1, draws=400, values=values)
    covered = sum(s.mean_interval[0] <= mean * columns.mean() <= s.mean_interval[1] for s in found)
    assert covered >= fewest_covering(0.93)


def test_bernoulli_values_vanish_half_of_the_time():
    """At k = 1 zero draws have error 0: their median is 0 or not, each with chance about 1/2."""
    found = repeats(k=1, draws=401, values="bernoulli", quantiles=(0.45, 0.55))
    low = sum(s.quantile_values[0] == 0 for s in found)
    high = sum(s.quantile_values[1] == 0 for s in found)
    assert low >= binom.ppf(ALARM, REPEATS, binom.sf(0.47 * 401, 401, 0.5))
    assert high <= binom.isf(ALARM, REPEATS, binom.sf(0.53 * 401, 401, 0.5))


def test_more_confidence_means_wider_intervals_from_the_same_draws():
    little, much = (
        error_seen(example(), k=2, rng=np.random.default_rng(11), draws=400, confidence=c)
        for c in (0.5, 0.999)
    )
    assert little.mean == much.mean
    assert much.mean_interval[0] < little.mean_interval[0]
    assert little.mean_interval[1] < much.mean_interval[1]
    assert (
        np.asarray(much.quantile_intervals)[:, 0] <= np.asarray(little.quantile_intervals)[:, 0]
    ).all()
    assert (
        np.asarray(little.quantile_intervals)[:, 1] <= np.asarray(much.quantile_intervals)[:, 1]
    ).all()


@pytest.mark.claim("LCS-worst-case")
def test_a_sampled_maximum_is_far_from_the_worst_case_of_a_large_code():
    """THEORY 2.1: at (256, 2048), k = 8, ten thousand draws see about half of it."""
    A = np.sign(np.random.default_rng(12).normal(size=(256, 2048))) / 16
    seen = error_seen(A, k=8, rng=np.random.default_rng(13), draws=2000)
    assert seen.largest < 0.75 * worst_case_error(A, k=8).lower


def test_the_result_cannot_be_changed():
    seen = error_seen(example(), k=1, rng=np.random.default_rng(14), draws=10)
    with pytest.raises(FrozenInstanceError):
        seen.mean = 0.0  # pyright: ignore[reportAttributeAccessIssue]


def test_the_median_of_a_hundred_lies_between_the_40th_and_the_61st() -> None:
    """P(X <= 39) = 0.018 < 0.025 and P(X <= 59) = 0.972 < 0.975 for X binomial (100, 1/2)."""
    assert order_interval(np.arange(1.0, 101.0), 0.5, 0.95) == (40.0, 61.0)
