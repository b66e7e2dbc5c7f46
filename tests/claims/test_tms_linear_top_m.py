"""No linear model beats the one that keeps the m most important features."""

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import fit_exact
from lcs.superposition.loss_linear import linear_optimum, loss_linear
from lcs.superposition.model import Weights

pytestmark = pytest.mark.claim("TMS-linear-top-m")


def kept(n: int, m: int, p: float) -> Weights:
    b = np.full(n, p / 2)
    b[:m] = 0
    return Weights(np.eye(m, n), b)


@pytest.mark.parametrize("p", [0.01, 0.3, 1.0])
def test_the_top_features_attain_the_bound_and_searches_end_there(p: float) -> None:
    n, m, I = 8, 3, geometric_importance(8, 0.7)
    f = Features.of(n, density=p, importance=I)
    least = (p / 3 - p**2 / 4) * I[m:].sum()
    assert linear_optimum(f, m) == pytest.approx(least, rel=1e-14)
    assert loss_linear(kept(n, m, p), f).value == pytest.approx(least, rel=1e-14)
    found = fit_exact(f, m, model="linear", starts=4, rng=np.random.default_rng(0))
    assert found.losses.min() >= least * (1 - 1e-12)
    # Losses within 1e-9 of the least leave G within about the root of that.
    goal = np.zeros((n, n))
    goal[:m, :m] = np.eye(m)
    np.testing.assert_allclose(found.weights.W.T @ found.weights.W, goal, rtol=0, atol=1e-3)


def test_no_random_model_is_below_it() -> None:
    rng, p = np.random.default_rng(0), 0.3
    for _ in range(200):
        m, n = rng.integers(1, 4), 5
        f = Features.of(n, density=p, importance=rng.random(n))
        W = rng.standard_normal((m, n)) * rng.random()
        b = p / 2 * (1 - (W.T @ W).sum(axis=1))
        assert loss_linear(Weights(W, b), f).value >= linear_optimum(f, int(m))


def test_ties_leave_a_choice() -> None:
    f = Features.of(2, density=0.3)
    diagonal = np.array([[1.0, 1.0]]) / np.sqrt(2)
    b = 0.15 * (1 - (diagonal.T @ diagonal).sum(axis=1))
    mixed = loss_linear(Weights(diagonal, b), f).value
    assert mixed == pytest.approx(linear_optimum(f, 1), rel=1e-14)
