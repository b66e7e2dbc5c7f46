"""Corollary 13: a bias and an increasing activation are thresholds in disguise."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.claims import claim
from lcs.codes.random import gaussian

pytestmark = pytest.mark.claim("GKP26-cor13")

Activation = Callable[[NDArray], NDArray]

# Each with the level u at which it becomes positive.
INCREASING: dict[str, tuple[Activation, float]] = {
    "relu": (lambda u: np.maximum(u, 0), 0.0),
    "tanh": (np.tanh, 0.0),
    "cube": (lambda u: u**3, 0.0),
    "sigmoid above 9/10": (lambda u: 1 / (1 + np.exp(-u)) - 0.9, float(np.log(9))),
}


def binary_signals(m: int) -> NDArray[np.float64]:
    """All z in {0,1}^m, in columns."""
    return ((np.arange(2**m) >> np.arange(m)[:, None]) & 1).astype(float)


@pytest.mark.parametrize("name", INCREASING)
def test_an_increasing_activation_is_a_threshold(name: str) -> None:
    """sigma(W^T x + b) > 0 says what W^T x + b > u says, on every signal."""
    sigma, level = INCREASING[name]
    rng = np.random.default_rng(0)
    X = gaussian(4, 9, rng=rng) @ binary_signals(9)
    U = rng.standard_normal((9, 4)) @ X
    b = rng.standard_normal((9, 1))
    assert np.abs(U + b - level).min() > 1e-9  # no case so close that rounding decides
    np.testing.assert_array_equal(sigma(U + b) > 0, U + b > level)


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=30), st.integers(0, 2**32 - 1))
def test_any_increasing_function_on_finitely_many_inputs_has_a_threshold(
    inputs: list[float], seed: int
) -> None:
    """Steps and plateaus included: the inputs called positive lie above all others."""
    u = np.unique(inputs)
    values = np.sort(np.random.default_rng(seed).integers(-3, 4, u.size))
    positive = values > 0
    highest_off = u[~positive].max(initial=-np.inf)
    assert np.array_equal(positive, u > highest_off)


def test_an_oscillating_activation_reads_everything_from_one_neuron() -> None:
    """Hence increasing is needed: x = sum 2^i z_i + 1/2, and -sin(pi x/2^i) > 0 iff z_i = 1."""
    m = 10
    Z = binary_signals(m)
    powers = 2.0 ** np.arange(m)[:, None]
    x = powers.T @ Z
    W, b = np.pi / powers.T, np.pi / (2 * powers)
    readout = -np.sin(W.T @ x + b)
    # |sin| is at least sin(pi/2^m) = 3e-3, against an argument of at most 4e3 in rounding 1e-12.
    assert np.abs(readout).min() > 1e-3
    np.testing.assert_array_equal(readout > 0, Z == 1)
    form = claim("GKP26-cor13").form
    assert form is not None
    assert form(2**40, 2, 0.5) > 100  # what one neuron would have to exceed


def test_erratum_a_plain_sigmoid_never_says_no() -> None:
    u = np.linspace(-700, 700, 1001)
    assert (1 / (1 + np.exp(-u)) > 0).all()
