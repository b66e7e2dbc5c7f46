"""Fairly sparse features: the most important alone, the next in antipodal pairs."""

import numpy as np
import pytest

from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import fit_exact, polish
from lcs.superposition.geometry import antipodal_pairs, norms, superposition
from lcs.superposition.model import Weights

pytestmark = pytest.mark.claim("TMS-antipodal")


def law(p: float) -> Features:
    return Features.of(20, density=p, importance=geometric_importance(20, 0.7))


def nested(alone: int, p: float) -> Weights:
    """The first features alone, the next in pairs: the most important with the least."""
    W, b = np.eye(5, 20), np.full(20, p / 2)
    for i in range(alone, 5):
        W[i, 9 - i] = -1
    b[: 10 - alone] = 0
    return Weights(W, b)


@pytest.mark.parametrize(("p", "alone"), [(0.3, 3), (0.1, 1), (0.03, 0)])
def test_how_many_are_alone_falls_with_the_density(p: float, alone: int) -> None:
    ends = [polish(nested(a, p), law(p)) for a in range(6)]
    losses = np.array([loss.value for _, loss in ends])
    # Descents that set out with more pairs may lose them and end in the same arrangement.
    assert losses[alone] <= losses.min() * 1.0001
    W = ends[alone][0].W
    kept = norms(W) > 0.5
    assert kept.tolist() == [i < 10 - alone for i in range(20)]
    assert antipodal_pairs(W[:, kept]) == [(i, 9 - i) for i in range(alone, 5)]
    assert np.sum(superposition(W)[kept] < 0.01) == alone


@pytest.mark.parametrize("p", [0.3, 0.1])
def test_random_starts_find_nothing_better(p: float) -> None:
    found = fit_exact(law(p), 5, starts=3, rng=np.random.default_rng(2))
    best = min(polish(nested(a, p), law(p))[1].value for a in (1, 3))
    # A descent exploits the truncation of its series: about 1e-5 of the loss here.
    assert best <= exact_loss(found.weights, law(p), terms=1024).value * (1 + 1e-6)


def test_other_pairs_of_the_same_features_are_worse() -> None:
    swapped = nested(1, 0.1)
    W = swapped.W.copy()
    W[:, [5, 8]] = W[:, [8, 5]]
    assert (
        polish(Weights(W, swapped.b), law(0.1))[1].value
        > 1.001 * polish(nested(1, 0.1), law(0.1))[1].value
    )
