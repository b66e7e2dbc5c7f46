"""A range of densities in which features are antipodal pairs, and D* is near 1/2."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import antipodal_pairs, dimensionality, dimensions_per_feature
from lcs.superposition.geometry import norms as lengths
from lcs.superposition.train import train

pytestmark = pytest.mark.claim("TMS-dstar-half")


@pytest.mark.parametrize("sparsity", [2.5, 3.5])
def test_trained_features_are_pairs_over_a_range(sparsity: float) -> None:
    n, m, steps = 40, 4, 2000
    fall = 0.01 * (1 + np.cos(np.pi * np.arange(steps) / steps)) / 2
    made = train(Features.of(n, density=1 / sparsity), m, steps=steps, learning_rate=fall)
    W = made.weights(0).W
    kept = lengths(W) > 0.5
    np.testing.assert_allclose(dimensionality(W)[kept], 1 / 2, atol=0.015)
    assert len(antipodal_pairs(W[:, kept])) == kept.sum() / 2 == m
    assert dimensions_per_feature(W) == pytest.approx(1 / 2, rel=0.1)


@pytest.mark.parametrize(("sparsity", "pairs"), [(2.5, 2), (8.0, 0)])
def test_the_range_ends(sparsity: float, pairs: int) -> None:
    """Of five features in two dimensions the best weights hold two pairs, then a pentagon."""
    f = Features.of(5, density=1 / sparsity)
    W = fit_exact(f, 2, starts=8, rng=np.random.default_rng(0)).weights.W
    assert len(antipodal_pairs(W)) == pairs
    assert (dimensions_per_feature(W) < 0.45) == (pairs == 0)
