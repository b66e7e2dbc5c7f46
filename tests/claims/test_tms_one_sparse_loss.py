"""The loss for one active feature: right as a formula, not as an approximation of the loss."""

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, fit_exact
from lcs.superposition.model import Weights, batch_loss
from lcs.superposition.one_sparse import loss_by_active, one_sparse_losses
from tests.toys import random_weights

pytestmark = pytest.mark.claim("TMS-one-sparse-loss")


def test_the_integrals_are_the_loss_of_one_active_feature() -> None:
    """A midpoint rule of 20000 points against the closed form: errors near 1e-8."""
    W, b = random_weights(2, 4, 3)
    I = np.array([1.0, 0.5, 2.0, 0.1])
    f = Features.of(4, density=0.1, importance=I)
    grid = (np.arange(20_000) + 0.5) / 20_000
    for j, found in enumerate(one_sparse_losses(Weights(W, b), f)):
        x = np.zeros((grid.size, 4))
        x[:, j] = grid
        assert found == pytest.approx(batch_loss(Weights(W, b), x, importance=I), abs=1e-7)


@pytest.mark.parametrize(("p", "least", "most"), [(0.1, 0.85, 0.97), (0.03, 0.5, 0.8)])
def test_most_of_the_loss_is_elsewhere(p: float, least: float, most: float) -> None:
    """Shares depend a little on the local minimum found: the range is that of several searches."""
    f = Features.of(20, density=p, importance=geometric_importance(20, 0.7))
    found = fit_exact(f, 5, starts=4, rng=np.random.default_rng(1))
    none, one, many = loss_by_active(found.weights, f, terms=FINE)
    assert none + one + many == pytest.approx(found.loss.value, rel=1e-12)
    assert least < many / found.loss.value < most


def test_it_becomes_all_of_the_loss_as_features_become_rare() -> None:
    """With interference left in, one active feature costs p, and two cost p^2."""
    W, b = random_weights(2, 4, 3)
    b = -np.abs(b)
    shares = []
    for p in (1e-2, 1e-4):
        none, one, many = loss_by_active(Weights(W, b), Features.of(4, density=p))
        shares.append(many / (none + one + many))
    assert shares[1] < 0.02 * shares[0]
