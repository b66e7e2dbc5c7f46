"""Phases of two features in one dimension: theory as it is computed, and the search."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from lcs.superposition.one_sparse import loss_by_active, one_sparse_losses
from lcs.superposition.phase import Phase, boundary, pair_phases, theory_losses, theory_phase
from tests.toys import exact_relu_errors, patterns, random_weights


def test_shapes_broadcast_and_the_search_repeats_itself() -> None:
    p, r = np.array([[0.2], [0.5]]), np.array([[0.3, 1.0, 3.0]])
    one, two = (pair_phases(p, r, rng=np.random.default_rng(4)) for _ in range(2))
    assert one.loss.shape == one.share.shape == one.phase.shape == (2, 3)
    assert one.W.shape == one.b.shape == (2, 3, 2)
    np.testing.assert_array_equal(one.W, two.W)
    assert np.all((one.share > 0) & (one.share <= 1))
    assert np.all(one.loss <= theory_losses(p, r).min(axis=0) + 1e-12)


def test_the_loss_reported_is_that_of_the_weights() -> None:
    found = pair_phases(0.4, 0.7, rng=np.random.default_rng(0))
    weights = Weights(found.W[None], found.b)
    f = Features.of(2, density=0.4, importance=[1, 0.7])
    exact = loss_relu(weights, f)
    assert abs(float(found.loss) - exact.value) <= exact.truncation


def test_more_dimensions_offer_one_outcome_more() -> None:
    """Where the extra feature matters most, the others share a dimension and it has its own."""
    assert theory_phase(0.05, 50.0, m=2) == Phase.DEDICATED
    assert theory_losses(0.05, 50.0, m=2)[2] == pytest.approx(0.05**2 / 3)
    assert theory_phase(0.05, 1.5, m=1) == Phase.SUPERPOSITION


def test_bad_input_gets_one_clear_error() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"p must lie in \(0, 1\]; got 0.0"):
        boundary(0.0)
    with pytest.raises(ValueError, match=r"r must be finite and >= 0; got -1.0"):
        theory_losses(0.5, -1.0)
    with pytest.raises(ValueError, match="m must be >= 1; got 0"):
        theory_losses(0.5, 1.0, m=0)
    with pytest.raises(ValueError, match="starts must be at least 4; got 3"):
        pair_phases(0.5, 1.0, rng=rng, starts=3)


@pytest.mark.parametrize(
    "f",
    [
        Features.of(4, density=[0.3, 0.1, 0.5, 1.0]),
        Features.of(3, density=0.3, signed=True),
        Features.of(4, density=0.3, sets=[(0, 2)], rule="coactive"),
        Features.of(4, density=0.3, sets=[(0, 2, 3)], rule="exclusive-one"),
    ],
    ids=lambda f: f"{f.rule}{'-signed' * f.signed}",
)
def test_the_parts_of_the_loss_are_those_of_the_patterns(f: Features) -> None:
    """The same features, one pattern at a time: each is a model of features always active."""
    W, b = random_weights(2, f.n, 11)
    G = W.T @ W
    expected = [0.0, 0.0, 0.0]
    for q, active in patterns(f):
        if not active:
            expected[0] += float(q) * float(np.sum(np.maximum(b, 0) ** 2))
            continue
        sure = Features.of(len(active), density=1.0, signed=f.signed)
        inside = exact_relu_errors(G[np.ix_(active, active)], b[list(active)], sure)
        total = float(sum(inside))
        for i in set(range(f.n)) - set(active):  # features that are 0 read some of the others
            row = np.zeros((len(active) + 1,) * 2)
            row[-1, :-1] = G[i, list(active)]
            density = [*np.ones(len(active)), 2.0**-60]
            more = Features.of(len(active) + 1, density=density, signed=f.signed)
            bias = np.append(np.zeros(len(active)), b[i])
            total += float(exact_relu_errors(row, bias, more)[-1])
        expected[min(len(active), 2)] += float(q) * total
    none, one, many = loss_by_active(Weights(W, b), f, terms=256)
    assert [none, one] == pytest.approx(expected[:2], abs=1e-13)
    assert many == pytest.approx(expected[2], abs=1e-6)


def test_negative_interference_is_free_and_positive_is_not() -> None:
    f = Features.of(2, density=0.5)
    below, above = (np.array([[1.0, s * 1.0], [0.0, 0.5]]) for s in (-1, 1))
    losses = [one_sparse_losses(Weights(W, np.zeros(2)), f) for W in (below, above)]
    assert losses[0][0] == 0
    assert losses[1][0] == pytest.approx(1 / 3)  # int_0^1 (1 x)^2 dx
