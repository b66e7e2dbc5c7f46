"""The slides' sum for the linear model is its loss, at every density, with the best bias."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.loss_linear import loss_linear
from lcs.superposition.model import Weights
from tests.toys import exact_linear_errors

pytestmark = pytest.mark.claim("TMS-linear-loss-exact")


def slides(W: np.ndarray, I: np.ndarray) -> float:
    n = I.size
    benefit = sum(I[i] * (1 - W[:, i] @ W[:, i]) ** 2 for i in range(n))
    return benefit + sum(
        I[j] * (W[:, j] @ W[:, i]) ** 2 for i in range(n) for j in range(n) if i != j
    )


@pytest.mark.parametrize("p", [1e-3, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", [0, 1])
def test_it_is_an_equality_for_the_best_bias_and_no_other(p: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    W, I = rng.standard_normal((2, 4)), rng.random(4)
    f = Features.of(4, density=p, importance=I)
    b = p / 2 * (1 - (W.T @ W).sum(axis=1))  # the mean of x_i less that of the rest of z_i
    expected = (p / 3 - p**2 / 4) * slides(W, I)
    exact = float(I @ np.array([float(e) for e in exact_linear_errors(W.T @ W, b, f)]))
    # Some hundred roundings of terms below 100.
    assert exact == pytest.approx(expected, rel=1e-12)
    found = loss_linear(Weights(W, b), f)
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert np.abs(found.gradient.b).max() < 1e-13
    assert loss_linear(Weights(W, b + 0.01), f).value > expected
