"""Dense features: the ReLU model does what the linear one does, unless importances are equal."""

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, fit_exact
from lcs.superposition.geometry import norms
from lcs.superposition.loss_linear import linear_optimum
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from lcs.superposition.phase import Phase, pair_phases

pytestmark = pytest.mark.claim("TMS-relu-dense")

DENSE = Features.of(20, density=1.0, importance=geometric_importance(20, 0.7))


def test_the_top_features_have_the_loss_of_the_linear_model() -> None:
    """Their pre-activations are never negative: the two models are one there."""
    b = np.where(np.arange(20) < 5, 0.0, 0.5)
    found = loss_relu(Weights(np.eye(5, 20), b), DENSE, terms=FINE)
    assert found.value == pytest.approx(linear_optimum(DENSE, 5), abs=found.truncation + 1e-14)


def test_searches_find_nothing_below_and_end_there() -> None:
    found = fit_exact(DENSE, 5, starts=2, rng=np.random.default_rng(1))
    least = linear_optimum(DENSE, 5)
    assert found.loss.value >= least - found.loss.truncation
    assert found.loss.value <= least * 1.001
    np.testing.assert_allclose(norms(found.weights.W), np.arange(20) < 5, rtol=0, atol=0.03)


def test_equal_importances_are_another_case() -> None:
    unequal = pair_phases(1.0, [0.7, 0.95], rng=np.random.default_rng(0), starts=24)
    assert unequal.phase.tolist() == [Phase.IGNORED] * 2
    equal = pair_phases(1.0, 1.0, rng=np.random.default_rng(0), starts=24)
    assert equal.phase == Phase.SUPERPOSITION
    assert 5e-4 < 1 - 12 * equal.loss < 2e-3
