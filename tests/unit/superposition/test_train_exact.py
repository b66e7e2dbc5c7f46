"""The trainer held to exact expected losses: what it samples, and how near its best chain comes."""

import numpy as np
import pytest

from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import fit_exact
from lcs.superposition.train import train

LAWS = {
    "dense": Features.of(4, density=[1.0, 0.5, 0.9, 0.2], importance=[1.0, 0.5, 2.0, 0.1]),
    "sparse": Features.of(4, density=0.02),
    "coactive": Features.of(4, density=0.1, sets=[(0, 1), (2, 3)], rule="coactive"),
    "exclusive": Features.of(4, density=0.3, sets=[(0, 1), (2, 3)], rule="exclusive-one"),
}


@pytest.mark.parametrize("model", ["linear", "relu"])
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_losses_that_stand_still_average_to_the_exact_loss(law, model):
    """Within six standard errors of independent batches, float32 roundings and its bound."""
    steps = 400
    still = train(
        law, 2, model=model, steps=steps, batch=512, learning_rate=0.0, record=range(steps), seed=3
    )
    batches = still.losses[0, 1:]
    exact = exact_loss(still.weights(0), law, model=model)
    slack = 6 * batches.std() / np.sqrt(batches.size) + 1e3 * 2.0**-24 * exact.value
    assert abs(batches.mean() - exact.value) <= slack + exact.truncation
    assert slack < 0.1 * exact.value


def test_the_best_of_several_chains_comes_near_the_exact_optimum_and_not_below():
    """Weight decay and steps of 1e-3 leave it a few per cent above."""
    law = Features.of(5, density=0.1, importance=geometric_importance(5, 0.9))
    kept = train(law, 2, steps=6000, batch=512, learning_rate=np.linspace(4e-3, 0, 6000), chains=8)
    losses = [exact_loss(kept.weights(j), law) for j in range(8)]
    best = min(losses, key=lambda loss: loss.value)
    optimum = fit_exact(law, 2, starts=12, rng=np.random.default_rng(0)).loss
    assert optimum.value - optimum.truncation <= best.value + best.truncation
    assert best.value <= 1.03 * optimum.value
