"""Joint tests of intervals and counts, on tables made right and made wrong."""

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from lcs.calibration import judge_counts, judge_half_points, judge_offsets


def fits(misses: int, n: int = 20) -> pl.DataFrame:
    exact = np.where(np.arange(n) < misses, 3.0, 1.0)
    return pl.DataFrame({"d": range(n), "low": [0.0] * n, "high": [2.0] * n, "exact": exact})


@pytest.mark.parametrize(("misses", "failures"), [(0, 0), (1, 0), (4, 0), (6, 6), (20, 20)])
def test_as_many_intervals_may_miss_as_chance_allows(misses: int, failures: int) -> None:
    """Of 20 at 95 %, 5 misses or more have probability .0026, 6 or more .00033."""
    finding = judge_half_points(fits(misses))
    assert (finding.tests, finding.failures, finding.value) == (20, failures, misses)
    assert finding.at == ("none" if not misses else ", ".join(f"d = {d}" for d in range(misses)))


def test_an_interval_that_is_nan_misses() -> None:
    table = fits(0).with_columns(low=pl.when(pl.col("d") == 3).then(float("nan")).otherwise("low"))
    assert judge_half_points(table).value == 1


def counted(shift: float) -> pl.DataFrame:
    rng = np.random.default_rng(0)
    k = np.arange(40)
    p = expit(0.2 * (20 - k))
    won = rng.binomial(200, expit(0.2 * (20 + shift - k)))
    columns = {"d": 64, "k": k, "recovered": won, "undecided": 0, "trials": 200}
    return pl.DataFrame(columns | {"exact": p})


def test_right_counts_pass_and_shifted_ones_fail() -> None:
    right, wrong = judge_counts(counted(0)), judge_counts(counted(2))
    assert (right.verdict, wrong.verdict) == ("holds", "violated")
    assert right.tests == wrong.tests == sum(5 <= 200 * p <= 195 for p in counted(0)["exact"])
    assert right.value == pytest.approx(right.tests, abs=4 * (2 * right.tests) ** 0.5)


def test_undecided_trials_count_for_the_theory() -> None:
    none = counted(0).with_columns(recovered=0)
    assert judge_counts(none).verdict == "violated"
    assert judge_counts(none.with_columns(undecided=200)).value == 0
    expected = none.with_columns(undecided=(200 * pl.col("exact")).floor().cast(int))
    assert 0 < judge_counts(expected).value < 40 * 1 / 4.9  # each less than 1 off, variance > 4.9
    low = counted(0).with_columns(recovered=200, undecided=0)
    assert judge_counts(low).verdict == "violated"


def test_a_distance_that_does_not_fall_is_a_failure() -> None:
    table = pl.DataFrame(
        {"delta": [0.1, 0.1, 0.5, 0.5], "m": [10, 40, 10, 40], "offset": [4.0, 1.0, 2.0, 1.0]}
    )
    good = judge_offsets(table)
    assert (good.tests, good.failures, good.value, good.at) == (2, 0, 2.0, "d/m = 0.5, m = 40")
    assert judge_offsets(table.with_columns(offset=pl.Series([4.0, 1.0, 1.0, 1.0]))).failures == 1
