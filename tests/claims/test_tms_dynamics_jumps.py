"""Features that jump from one dimensionality to another, between two flat stretches."""

import numpy as np
import pytest

from experiments._toy_dynamics_cells import Course, course
from experiments._toy_dynamics_verdicts import by_jumps
from lcs.superposition.dynamics import jumps

pytestmark = pytest.mark.claim("TMS-dynamics-jumps")

STEPS = np.geomspace(10, 1000, 81)  # 40 a decade, so that a window is 10 records


def test_at_least_half_of_the_chains_have_a_jump() -> None:
    chains = by_jumps(course(Course(chains=6, steps=2600, seed=1)))
    assert sum(bool(found) for _, found in chains) >= 3


def test_a_leap_between_flat_stretches_is_one_jump() -> None:
    found = jumps(STEPS, np.where(STEPS > 100.1, 0.5, 1.0)[:, None])
    assert len(found) == 1
    assert found[0].change == -0.5
    assert STEPS[found[0].begin] < 100.1 < STEPS[found[0].end]


@pytest.mark.parametrize(
    "values",
    [
        np.linspace(0, 1, 81),  # a steady rise
        np.where(STEPS > 100.1, 0.59, 0.5),  # too small
        np.where(STEPS > 600, 0.5, 1.0),  # no time to be flat after
        np.where(STEPS < 15, 0.5, 1.0),  # nor before
        np.where(STEPS > 100.1, 0.5, 1.0) + 0.02 * (-1.0) ** np.arange(81),  # never flat
    ],
)
def test_what_is_no_jump(values: np.ndarray) -> None:
    assert jumps(STEPS, values[:, None]) == []


def test_two_leaps_of_one_feature_and_one_of_another_are_three() -> None:
    first = np.where(STEPS > 40, 0.5, 1.0) - np.where(STEPS > 250, 0.25, 0.0)
    second = np.where(STEPS > 100.1, 0.5, 0.0)
    found = jumps(STEPS, np.stack([first, second], axis=1))
    assert [jump.column for jump in found] == [0, 0, 1]
    assert [jump.change for jump in found] == [-0.5, -0.25, 0.5]


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="steps must rise"):
        jumps([2, 1], np.zeros((2, 1)))
    with pytest.raises(ValueError, match="values must be"):
        jumps([1, 2], np.zeros((3, 1)))
    with pytest.raises(ValueError, match="flat must be"):
        jumps([1, 2], np.zeros((2, 1)), flat=0.2)
