"""The densities at which no pair is said to have collapsed, and a little above."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import collapsed

pytestmark = pytest.mark.claim("TMS-collapse-0")

PAIRS = [(0, 1), (2, 3), (4, 5)]


def law(p: float) -> Features:
    return Features.of(6, density=p, sets=PAIRS, rule="coactive")


@pytest.mark.parametrize(("p", "number"), [(0.03, 0), (0.05, 0), (0.065, 0)])
def test_rare_pairs_keep_two_directions(p: float, number: int) -> None:
    found = fit_exact(law(p), 2, starts=12, rng=np.random.default_rng(3))
    assert len(collapsed(found.weights.W, PAIRS)) == number
