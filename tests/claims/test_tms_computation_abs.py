"""Absolute values: what neurons of one feature can do, and that shared neurons do better."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from experiments._toy_dynamics_cells import Neurons, law_of, neurons
from lcs.superposition.features import Features
from lcs.superposition.model import Weights, batch_loss
from lcs.superposition.neurons import apart_loss, largest_shares

pytestmark = pytest.mark.claim("TMS-computation-abs")


def test_pairs_of_neurons_reach_the_formula() -> None:
    law = Features.of(3, density=0.4, importance=[0.5, 1.0, 0.2], signed=True)
    W = np.array([[0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])
    model = Weights(W, np.array([0.2, 0.0, 0.2]), np.abs(W.T))
    x = law.sample(200_000, rng=np.random.default_rng(0))
    parts = [
        batch_loss(model, part, model="absolute", importance=law.importance)
        for part in np.split(x, 50)
    ]
    error = np.std(parts) / np.sqrt(50)
    assert abs(np.mean(parts) - apart_loss(law, 2)) < 6 * error


@pytest.mark.parametrize("p", [1.0, 0.5, 0.1, 0.01])
def test_one_neuron_gains_at_most_half_of_what_two_do(p: float) -> None:
    """E (|x| - relu(a relu(x) + c))^2 on a grid of x, minimised over a and c from many starts."""
    u = (np.arange(2000) + 0.5) / 2000
    v = p / 3 - p**2 / 4

    def loss(t: np.ndarray) -> float:
        a, c = t
        y = np.maximum(a * u + c, 0)
        still = max(c, 0.0)
        left = p / 2 * np.mean((u - still) ** 2)
        return p / 2 * np.mean((u - y) ** 2) + left + (1 - p) * still**2

    starts = [(1.0, 0.0), (1.0, -0.1), (0.5, p / 2), (-0.5, 0.5), (0.0, p / 2), (1.2, -0.3)]
    least = min(minimize(loss, t, method="Nelder-Mead").fun for t in starts)
    assert least >= v / 2 * (1 - 1e-3)
    assert least <= v  # a constant


@given(st.lists(st.floats(0.01, 10), min_size=2, max_size=6), st.integers(0, 3))
def test_importances_in_any_order_and_neurons_to_spare(importance: list[float], half: int) -> None:
    law = Features.of(len(importance), density=1.0, importance=importance, signed=True)
    kept = sum(sorted(importance)[::-1][half:]) / 12
    assert apart_loss(law, 2 * half) == pytest.approx(kept)


def found(p: float) -> tuple[float, float]:
    cell = Neurons(p, "absolute", m=10, decay=0.8, chains=6, steps=2500, inputs=2048)
    table = neurons(cell)
    W = table.sort("neuron", "feature")["weight"].to_numpy().reshape(10, 10)
    relative = table["loss"][0] / apart_loss(law_of(cell), 10)
    return relative, float(np.mean(largest_shares(W) > 0.9))


def test_rare_features_are_computed_in_superposition_and_dense_ones_apart() -> None:
    assert found(0.1)[0] < 0.9
    relative, alone = found(0.03)
    assert relative < 0.9
    assert alone <= 0.5
    relative, alone = found(1.0)
    assert relative > 0.99  # 24 576 inputs judge a loss whose spread per input is below itself
    assert alone == 1


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="m must be even"):
        apart_loss(Features.of(2, density=1.0, signed=True), 1)
    with pytest.raises(ValueError, match="features must be signed"):
        apart_loss(Features.of(2, density=1.0), 2)
