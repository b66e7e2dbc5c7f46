"""A ReLU on the hidden layer gives neurons features of their own, while features are dense."""

import numpy as np
import polars as pl
import pytest

from experiments._toy_dynamics_cells import Neurons, neurons
from experiments._toy_dynamics_verdicts import neuron_table
from lcs.superposition.model import Model
from lcs.superposition.neurons import largest_shares

pytestmark = pytest.mark.claim("TMS-privileged-basis")


def alone(p: float, model: Model) -> float:
    cell = Neurons(p, model, chains=4, steps=2500, inputs=1024)
    axes = {name: pl.lit(getattr(cell, name)) for name in ("model", "density", "n", "m", "decay")}
    return neuron_table(neurons(cell).with_columns(**axes))["monosemantic"][0]


def test_dense_features_have_neurons_of_their_own_behind_a_relu_alone() -> None:
    assert alone(1.0, "hidden-relu-tied") == 1
    assert alone(1.0, "relu") <= 0.5


@pytest.mark.parametrize("p", [0.1, 0.03])
def test_rare_features_share_neurons(p: float) -> None:
    assert alone(p, "hidden-relu-tied") <= 0.5


def test_shares_are_of_squares_and_do_not_depend_on_the_scale_of_a_neuron() -> None:
    W = np.array([[2.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.1, -0.1, 0.0]])
    assert largest_shares(W) == pytest.approx([0.8, 0.0, 0.5])
    assert largest_shares(np.diag([5.0, 1.0, -3.0]) @ W) == pytest.approx([0.8, 0.0, 0.5])
