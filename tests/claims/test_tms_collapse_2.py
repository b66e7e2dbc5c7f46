"""The densities at which two pairs are said to have collapsed: they have."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import collapsed

pytestmark = pytest.mark.claim("TMS-collapse-2")

PAIRS = [(0, 1), (2, 3), (4, 5)]


def law(p: float) -> Features:
    return Features.of(6, density=p, sets=PAIRS, rule="coactive")


@pytest.mark.parametrize(("p", "number"), [(0.15, 2), (0.2, 2)])
def test_two_have_collapsed(p: float, number: int) -> None:
    found = fit_exact(law(p), 2, starts=16, rng=np.random.default_rng(3))
    assert len(collapsed(found.weights.W, PAIRS)) == number
