"""Steps of the trainer against a twin in float64 that is given the same samples.

The twin is the batch loss of `model` and PyTorch's own update rules. A gradient of float32 sums is
off by gamma_N of the sum of absolute terms; signs of Adam's steps blow that up, so that updates are
held to a twin of their own, by given gradients.
"""

import numpy as np
import pytest

from lcs._kernels.train import descend
from lcs._kernels.train_update import RULES, update
from lcs.superposition._streams import streams
from lcs.superposition.features import Features
from lcs.superposition.model import MODELS, UNTIED, Model, Weights, loss_and_gradient
from tests.kernels.test_train_samples import drawn

U = 2.0**-24
LAWS = {
    "dense": Features.of(3, density=[1.0, 0.4, 0.7], importance=[1.0, 0.3, 0.0]),
    "sparse": Features.of(4, density=0.02, importance=[1, 2, 3, 4]),
    "signed": Features.of(2, density=0.3, signed=True),
    "coactive": Features.of(3, density=0.1, sets=[(0, 2)], rule="coactive"),
}

# What is always active is never jumped to.
DRAWN = [
    (law, way) for law in LAWS for way in ("cells", "jumps") if (law, way) != ("dense", "jumps")
]


def one_step(law, model: Model, m: int, batch: int, way: str, blas: bool, theta):
    """One step of SGD of rate 1 without decay: the gradient is what theta lost."""
    after = theta.copy()
    hidden = model not in ("linear", "relu")
    kind = (model not in UNTIED, hidden, model != "linear", model == "absolute", blas)
    losses = descend(
        after, m, law.n, np.zeros((2, theta.size), np.float32), 7, np.ones(1),
        (RULES.index("sgd"), 0.0, 0.9, 0.999, 1e-8), streams(law).arguments(way == "jumps"),
        law.importance.astype(np.float32), kind, batch, 64, 1 / batch,
        (np.uint64(0), np.uint64(1), np.uint64(2)),
    )  # fmt: skip
    return losses[0], theta.astype(float) - after


def weights(theta, m: int, n: int, model: Model) -> Weights:
    W, b = theta[: m * n].reshape(m, n), theta[-n:]
    return Weights(W, b, theta[m * n : 2 * m * n].reshape(n, m) if model in UNTIED else None)


@pytest.mark.parametrize("blas", [False, True])
@pytest.mark.parametrize(("law", "way"), DRAWN)
@pytest.mark.parametrize("model", MODELS)
def test_losses_and_gradients_are_those_of_the_model(model: Model, law, way, blas):
    """The bound is gamma_N of the same sums with every term absolute, and the rounding of theta.

    No pre-activation here is so near 0 that a rounding could change its sign.
    """
    features, m, batch = LAWS[law], 3, 150
    n = features.n
    size = m * n * (2 if model in UNTIED else 1) + n
    theta = np.random.default_rng(3).normal(0.3, 0.6, size).astype(np.float32)
    x = drawn(features, way, batch, step=7)
    w = weights(theta.astype(float), m, n, model)
    loss, expected = loss_and_gradient(w, x, model=model, importance=features.importance)
    found, lost = one_step(features, model, m, batch, way, blas, theta)
    gamma = (batch + 4 * (n + m) + 20) * U
    most, bound = absolute_terms(w, np.abs(x), features.importance)
    assert found == pytest.approx(loss, abs=gamma * most, rel=0)
    flat = np.concatenate(
        [p.ravel() for p in (expected.W, expected.W_out, expected.b) if p is not None]
    )
    slack = gamma * bound + 2 * U * (np.abs(theta) + np.abs(flat))
    assert np.all(np.abs(lost - flat) <= slack)
    assert slack.max() < 1e-3 * np.abs(flat).max(), "lets little through but the right gradient"


def absolute_terms(w: Weights, x, importance) -> tuple[float, np.ndarray]:
    """The loss and the gradient (size,) with every product taken as positive."""
    W, C = np.abs(w.W), np.abs(w.W.T if w.W_out is None else w.W_out)
    h = x @ W.T
    error = h @ C.T + np.abs(w.b) + x
    dz = 2 * importance * error / len(x)
    dW, dC, db = (dz @ C).T @ x, dz.T @ h, dz.sum(axis=0)
    first = [dW + dC.T] if w.W_out is None else [dW, dC]
    return float(np.sum(dz * error)), np.concatenate([p.ravel() for p in (*first, db)])


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("decay", [0.0, 0.1])
def test_updates_are_those_of_a_twin_in_double(rule, decay):
    """PyTorch's formulas: a step of rate r moves theta by at most about r, each off by a few u."""
    rng, rate, eps, steps = np.random.default_rng(0), 1e-2, 1e-8, 60
    theta = rng.normal(size=20).astype(np.float32)
    twin, first, second = theta.astype(float), np.zeros(20), np.zeros(20)
    mine, one, two = theta.copy(), np.zeros(20, np.float32), np.zeros(20, np.float32)
    sizes = 10.0 ** rng.integers(-8, 2, 20)
    for step in range(1, steps + 1):
        g = (sizes * rng.normal(size=20)).astype(np.float32)
        update(mine, g.copy(), one, two, step, RULES.index(rule), rate, decay, 0.9, 0.999, eps)
        g = g.astype(float)
        if rule == "adamw":
            twin *= 1 - rate * decay
        else:
            g += decay * twin
        if rule == "sgd":
            twin -= rate * g
            continue
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
        root = np.sqrt(second / (1 - 0.999**step))
        twin -= rate * first / (1 - 0.9**step) / (root + eps)
    moved = rate * (1.0 if rule != "sgd" else 10 * sizes)
    # first is a mean of g's: where they cancel, its roundings count by the largest of them, 40 u
    slack = steps * U * (4 * (np.abs(twin) + np.abs(theta)) + 100 * moved)
    assert np.all(np.abs(mine - twin) <= slack)
    assert np.all(slack < 0.1 * np.abs(mine - theta) + 1e-4)
