"""Rare features: what is kept shares dimensions, though not all is kept, nor all positive."""

from functools import cache

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import Fit, fit_exact
from lcs.superposition.geometry import antipodal_pairs, norms, superposition

pytestmark = pytest.mark.claim("TMS-all-superposed")

P, I = 0.01, geometric_importance(20, 0.7)


@cache
def beside(lost: int, m: int, seed: int) -> Fit:
    """A good model of the features but the first ones, in m dimensions."""
    rest = Features.of(20 - lost, density=P, importance=I[lost:])
    return fit_exact(rest, m, starts=5, rng=np.random.default_rng(seed), terms=64)


def test_all_that_are_kept_share_with_positive_interference_and_negative_biases() -> None:
    found = beside(0, 5, 0).weights
    kept = norms(found.W) > 0.5
    assert 10 < np.sum(kept) < 17
    assert np.all(superposition(found.W)[kept] > 0.5)
    G = found.W.T @ found.W
    np.fill_diagonal(G, 0)
    assert G.max() > 0.1
    assert found.b[kept].min() < -0.1


def test_the_best_found_holds_a_pair_and_a_feature_alone_is_worse() -> None:
    """Parts in orthogonal dimensions have losses that add up; a feature alone has none."""
    found = beside(0, 5, 0)
    W, b = found.weights.W, found.weights.b
    pairs = antipodal_pairs(W[:, :8])
    assert pairs
    for pair in map(list, pairs):
        assert np.all(np.abs(norms(W)[pair] - 1) < 0.02)
        assert np.all(np.abs(b[pair]) < 0.01)
    assert beside(1, 4, 0).loss.value > 1.05 * found.loss.value
