"""Bounds on grids: the same numbers as one by one, and the table of the theory."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.bounds.grid import bounds_on_grid
from lcs.bounds.lower import best_lower
from lcs.bounds.upper import best_upper, u3
from tests import references as ref


def test_each_point_is_what_it_is_alone():
    m, k, eps = np.array([20, 300])[:, None, None], np.array([1, 2])[:, None], ["1/2", "0.1", "1"]
    for strict in (True, False):
        grid = bounds_on_grid(m, k, eps, strict=strict)
        assert grid.lower.shape == grid.upper.shape == (2, 2, 3)
        assert grid.lower.dtype == grid.upper.dtype == np.int64
        for at in np.ndindex(2, 2, 3):
            where = (int(m[at[0], 0, 0]), int(k[at[1], 0]), eps[at[2]])
            low, high = best_lower(*where, strict=strict), best_upper(*where, strict=strict)
            assert (grid.lower[at], grid.lower_name[at]) == (low.d, low.name)
            assert (grid.upper[at], grid.upper_name[at]) == (high.d, high.name)


def test_scalars_floats_fractions_and_sizes_beyond_64_bits():
    assert bounds_on_grid(100, 1, 0.25).lower.shape == ()
    eps = np.array([Fraction(1, 10), 0.1, np.float64(0.1)], dtype=object)
    grid = bounds_on_grid(10, 1, eps)
    assert grid.lower.tolist() == [10, 9, 9]
    huge = bounds_on_grid(10**30, 1, "1/10")
    assert huge.lower.item() <= huge.upper.item() < 10**30
    tight = bounds_on_grid(10**30, 1, Fraction(1, 10**30))
    assert tight.lower.item() == tight.upper.item() == 10**30


@pytest.mark.parametrize(
    ("m", "k", "eps"), [([10, 0], 1, 0.5), (10, [1, 11], 0.5), (10, 1, [0.5, -1])]
)
def test_one_bad_point_refuses_the_grid(m, k, eps):
    with pytest.raises(ValueError, match="must"):
        bounds_on_grid(m, k, eps)


def test_the_table_of_the_theory_is_reached_on_both_sides():
    ratios = [ratio for ratio, _ in ref.LOWER_TABLE]
    grid = bounds_on_grid(ref.TABLE_SIZES, 1, [[Fraction(1, ratio)] for ratio in ratios])
    lower = np.array([row for _, row in ref.LOWER_TABLE])
    upper = np.array([ref.UPPER_TABLE[ratio] for ratio in ratios])
    assert (grid.lower >= lower).all()
    assert (grid.lower - lower).sum() == 2
    assert (grid.upper <= upper).all()
    assert u3(10**4, 1, "1/40").d == 3516
