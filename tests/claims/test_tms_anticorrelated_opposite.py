"""Pairs that are never active together: opposite, and without loss."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import antipodal_pairs
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from tests.toys import exact_relu_errors

pytestmark = pytest.mark.claim("TMS-anticorrelated-opposite")

PAIRS = [(0, 1), (2, 3)]
OPPOSITE = np.array([[1.0, -1, 0, 0], [0, 0, 1, -1]])


@pytest.mark.parametrize("p", [0.1, 0.5, 1.0])
@pytest.mark.parametrize("rule", ["exclusive-one", "exclusive-fixed"])
def test_opposite_pairs_have_no_loss(p: float, rule) -> None:
    density = p if rule == "exclusive-one" else p / 2
    f = Features.of(4, density=density, sets=PAIRS, rule=rule)
    assert sum(exact_relu_errors(OPPOSITE.T @ OPPOSITE, np.zeros(4), f)) == 0
    found = loss_relu(Weights(OPPOSITE, np.zeros(4)), f)
    assert abs(found.value) <= 1e-14
    # Independent features of the same densities do lose: each pair p^2/3.
    same = Features.of(4, density=f.active)
    assert loss_relu(Weights(OPPOSITE, np.zeros(4)), same).value > f.active[0] ** 2 / 2


def test_searches_find_them_from_some_starts_only() -> None:
    f = Features.of(4, density=0.2, sets=PAIRS, rule="exclusive-one")
    found = fit_exact(f, 2, starts=12, rng=np.random.default_rng(0))
    assert abs(found.loss.value) < 1e-6
    assert antipodal_pairs(found.weights.W) == PAIRS
    assert np.max(found.losses) > 1e-3
