"""The densities at which all pairs are said to have collapsed, and at which they have."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import collapsed
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights

pytestmark = pytest.mark.claim("TMS-collapse-3")

PAIRS = [(0, 1), (2, 3), (4, 5)]


def law(p: float) -> Features:
    return Features.of(6, density=p, sets=PAIRS, rule="coactive")


@pytest.mark.parametrize(("p", "number"), [(0.25, 2), (0.35, 2), (0.45, 3)])
def test_two_are_still_best_where_all_are_said_to_have_collapsed(p: float, number: int) -> None:
    found = fit_exact(law(p), 2, starts=16, rng=np.random.default_rng(3))
    assert len(collapsed(found.weights.W, PAIRS)) == number


def test_three_collapsed_pairs_lose_to_two_where_all_are_said_to_have() -> None:
    """At p = 0.3: three directions 120 degrees apart, at any length and bias, against the best."""
    turn = 2 * np.pi * np.array([0, 0, 1, 1, 2, 2]) / 3
    star = np.array([np.cos(turn), np.sin(turn)])
    best = fit_exact(law(0.3), 2, starts=16, rng=np.random.default_rng(3)).loss.value
    grid = [
        loss_relu(Weights(t * star, np.full(6, b)), law(0.3)).value
        for t in np.linspace(0.5, 0.9, 17)
        for b in np.linspace(-0.2, 0.4, 25)
    ]
    assert min(grid) > 1.05 * best
