"""What moves one output, and the whole loss, against the number of features per dimension."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from lcs.superposition.attack import loss_bounds, reach, seen_losses
from lcs.superposition.features import Features
from lcs.superposition.geometry import dimensions_per_feature
from lcs.superposition.model import Weights, batch_loss

pytestmark = pytest.mark.claim("TMS-adversarial-dstar")

ROUNDING = 1e-12


@given(m=st.integers(1, 4), n=st.integers(1, 8), seed=st.integers(0, 10**6))
def test_the_reach_of_outputs_is_at_least_the_features_per_dimension(
    m: int, n: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    W = rng.normal(size=(m, n)) * rng.uniform(0.1, 3, size=(m, 1))
    steepest = [np.linalg.norm(W.T @ w) ** 2 for w in W.T]  # max (G_i . delta)^2, |delta| = 1
    assert reach(W) == pytest.approx(sum(steepest) / np.sum(W**2), rel=ROUNDING)
    assert reach(W) * dimensions_per_feature(W) >= 1 - ROUNDING


def test_equality_is_that_of_tight_frames_alone() -> None:
    pentagon = np.array([np.cos(np.arange(5) * 0.4 * np.pi), np.sin(np.arange(5) * 0.4 * np.pi)])
    assert reach(pentagon) == pytest.approx(2.5, rel=ROUNDING)
    assert reach(np.diag([2.0, 1.0]) @ pentagon) * 2 / (2.5 * 5) > 1.3  # (16 + 1)/5 over 2.5
    idle = np.vstack([pentagon, np.zeros(5)])  # a neuron that nothing uses
    assert reach(idle) * dimensions_per_feature(idle) == pytest.approx(1.5, rel=ROUNDING)


def relu_model(rng: np.random.Generator, m: int = 3, n: int = 6) -> Weights:
    return Weights(rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n) * 0.2)


@pytest.mark.parametrize("seed", range(4))
def test_no_attack_passes_the_bound_and_an_optimiser_sees_little_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    model, eps = relu_model(rng), 0.2
    x = Features.of(6, density=0.5).sample(5, rng=rng)
    seen = seen_losses(model, x, eps=eps, rng=rng)
    bound = loss_bounds(model, x, eps=eps)
    assert np.all(seen <= bound * (1 + 1e-9))
    for one, loss, most in zip(x, seen, bound, strict=True):
        best = max(slsqp(model, one, eps, rng) for _ in range(8))
        assert best <= most * (1 + 1e-9)
        assert best <= loss * 1.01 + 1e-9


def slsqp(model: Weights, x: np.ndarray, eps: float, rng: np.random.Generator) -> float:
    """An attack by another way: loss under ||delta||^2 <= eps^2, from one random start."""
    G = model.W.T @ model.W

    def loss(delta: np.ndarray) -> float:
        return -float(np.sum((np.maximum(G @ (x + delta) + model.b, 0) - x) ** 2))

    inside = {"type": "ineq", "fun": lambda delta: eps**2 - delta @ delta}
    start = rng.normal(size=x.size)
    start *= eps / np.linalg.norm(start)
    end = minimize(loss, start, method="SLSQP", constraints=[inside], options={"maxiter": 60}).x
    return -loss(end * min(1.0, eps / np.linalg.norm(end)))


def test_without_superposition_the_loss_rises_by_eps_squared() -> None:
    rng = np.random.default_rng(5)
    W = np.eye(2, 4)
    model = Weights(W, np.array([0.0, 0.0, 0.25, 0.25]))
    x = Features.of(4, density=0.5).sample(20, rng=rng)
    clean = [batch_loss(model, one[None]) for one in x]
    seen = seen_losses(model, x, eps=0.1, starts=24, rng=rng)
    assert np.all(seen - clean <= 0.01 * (1 + 1e-9))
    assert np.all(seen - clean >= 0.01 * 0.99)


def test_rare_features_are_guarded_by_their_biases() -> None:
    """The erratum: inputs that are 0 are safe, however many features share a dimension."""
    pentagon = np.array([np.cos(np.arange(5) * 0.4 * np.pi), np.sin(np.arange(5) * 0.4 * np.pi)])
    model = Weights(1.2 * pentagon, np.full(5, -0.25))
    assert 1 / dimensions_per_feature(model.W) > 3
    assert loss_bounds(model, np.zeros((1, 5)), eps=0.1)[0] == 0


def test_bad_input_is_refused() -> None:
    model, rng = Weights(np.eye(2), np.zeros(2)), np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"eps must be >= 0; got -0\.1"):
        seen_losses(model, np.zeros((1, 2)), eps=-0.1, rng=rng)
    with pytest.raises(ValueError, match=r"x must be \(count, 2\)"):
        loss_bounds(model, np.zeros((1, 3)), eps=0.1)
    with pytest.raises(ValueError, match="needs x >= 0"):
        loss_bounds(model, -np.ones((1, 2)), eps=0.1)
    with pytest.raises(ValueError, match="W must not be 0"):
        reach(np.zeros((1, 2)))
