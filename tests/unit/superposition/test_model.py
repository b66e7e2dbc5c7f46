"""Gradients by hand against Taylor's remainder, and outputs against their definition."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.superposition.model import (
    MODELS,
    UNTIED,
    Model,
    Weights,
    batch_loss,
    loss_and_gradient,
    output,
)

EVERY = pytest.mark.parametrize("model", MODELS)


def drawn(model: Model, m: int = 3, n: int = 5, seed: int = 0) -> Weights:
    rng = np.random.default_rng(seed)
    out = rng.standard_normal((n, m)) if model in UNTIED else None
    return Weights(rng.standard_normal((m, n)), rng.standard_normal(n) / 4, out)


def moved(w: Weights, along: Weights, t: float) -> Weights:
    out = None if w.W_out is None or along.W_out is None else w.W_out + t * along.W_out
    return Weights(w.W + t * along.W, w.b + t * along.b, out)


def inner(g: Weights, v: Weights) -> float:
    out = 0.0 if g.W_out is None or v.W_out is None else np.sum(g.W_out * v.W_out)
    return float(np.sum(g.W * v.W) + np.sum(g.b * v.b) + out)


def relu(z: float) -> float:
    return z if z > 0 else 0.0


def one_output(w: Weights, x: NDArray, model: Model) -> list[float]:
    """Read off the definition, one number at a time."""
    m, n = w.W.shape
    h = [sum(w.W[a, j] * x[j] for j in range(n)) for a in range(m)]
    h = h if model in ("linear", "relu") else [relu(v) for v in h]
    out = w.W.T if w.W_out is None else w.W_out
    z = [sum(out[i, a] * h[a] for a in range(m)) + w.b[i] for i in range(n)]
    return z if model == "linear" else [relu(v) for v in z]


@EVERY
def test_outputs_and_loss_are_those_of_the_definition(model: Model) -> None:
    w, rng = drawn(model), np.random.default_rng(1)
    x, I = rng.uniform(-1, 1, (4, 5)), rng.random(5)
    y = np.array([one_output(w, row, model) for row in x])
    np.testing.assert_allclose(output(w, x, model=model), y, rtol=0, atol=1e-13)
    target = np.abs(x) if model == "absolute" else x
    loss = sum(I[i] * (target[t, i] - y[t, i]) ** 2 for t in range(4) for i in range(5)) / 4
    assert batch_loss(w, x, model=model, importance=I) == pytest.approx(loss, rel=1e-13)
    mean = batch_loss(w, x, model=model, importance=I, reduction="mean")
    assert mean == pytest.approx(loss / 5, rel=1e-13)


@EVERY
@pytest.mark.parametrize("reduction", ["sum", "mean"])
@pytest.mark.parametrize("seed", range(3))
def test_the_remainder_falls_with_the_square_of_the_step(model: Model, reduction, seed) -> None:
    """L(w + tv) - L(w) - t <g, v> = O(t^2) while no ReLU changes sign, and O(t) for a wrong g."""
    w, v = drawn(model, seed=seed), drawn(model, seed=seed + 100)
    rng = np.random.default_rng(seed)
    x, I = rng.uniform(-1, 1, (7, 5)), rng.random(5)
    at = {"model": model, "importance": I, "reduction": reduction}
    loss, g = loss_and_gradient(w, x, **at)
    steps = np.array([1e-4, 1e-5])
    rest = [abs(batch_loss(moved(w, v, t), x, **at) - loss - t * inner(g, v)) for t in steps]
    slope = np.log10(rest[0] / rest[1])
    assert slope == pytest.approx(2, abs=0.05)


def test_the_shapes_and_names_are_checked_once() -> None:
    w, x = drawn("relu"), np.ones((2, 5))
    with pytest.raises(ValueError, match=r"model must be one of linear.*; got 'tanh'"):
        batch_loss(w, x, model="tanh")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="reduction must be sum or mean; got 'none'"):
        batch_loss(w, x, reduction="none")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match=r"x must have shape \(count >= 1, 5\); got \(2, 4\)"):
        batch_loss(w, np.ones((2, 4)))
    with pytest.raises(ValueError, match=r"W_out of 'absolute' must have shape \(5, 3\); got None"):
        batch_loss(w, x, model="absolute")
    with pytest.raises(ValueError, match=r"b must have shape \(5,\); got \(3,\)"):
        batch_loss(Weights(w.W, np.zeros(3)), x)
