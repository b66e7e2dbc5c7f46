"""The densities at which one pair is said to have collapsed: at 0.065 none has."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import collapsed

pytestmark = pytest.mark.claim("TMS-collapse-1")

PAIRS = [(0, 1), (2, 3), (4, 5)]


def law(p: float) -> Features:
    return Features.of(6, density=p, sets=PAIRS, rule="coactive")


@pytest.mark.parametrize(("p", "number"), [(0.065, 0), (0.1, 1)])
def test_one_has_collapsed_but_not_where_the_range_begins(p: float, number: int) -> None:
    found = fit_exact(law(p), 2, starts=16, rng=np.random.default_rng(3))
    assert len(collapsed(found.weights.W, PAIRS)) == number
