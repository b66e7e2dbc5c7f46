"""The series that turns a characteristic function into the loss of a ReLU."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from tests.toys import exact_relu_errors, random_weights

pytestmark = pytest.mark.claim("TMS-relu-loss-exact")


def test_the_two_waves_are_z_times_its_size_and_the_size() -> None:
    """Sums over odd k up to K leave out at most 1/(4 K^2) and 1/(2 K) of the coefficients."""
    M, K = 1.7, 20_001
    z, k = np.linspace(-M, M, 101), np.arange(1, K + 1, 2)
    w = k * np.pi / (2 * M)
    square = 2 * M * z - 32 * M**2 / np.pi**3 * np.sin(np.outer(z, w)) @ (1.0 / k**3)
    size = M - 8 * M / np.pi**2 * np.cos(np.outer(z, w)) @ (1.0 / k**2)
    assert np.abs(square - z * np.abs(z)).max() <= 32 * M**2 / np.pi**3 / (4 * K**2) + 1e-12
    assert np.abs(size - np.abs(z)).max() <= 8 * M / np.pi**2 / (2 * K) + 1e-12


@pytest.mark.parametrize("p", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_loss_is_that_of_rational_arithmetic(p: float, seed: int) -> None:
    W, b = random_weights(2, 5, seed, 0.5)
    f = Features.of(5, density=p)
    exact = float(sum(exact_relu_errors(W.T @ W, b, f)))
    errors = []
    for terms in (16, 128):
        found = loss_relu(Weights(W, b), f, terms=terms)
        assert abs(found.value - exact) <= found.truncation + 1e-12
        errors.append(abs(found.value - exact))
    # Terms fall like k^-4 at least: 8 times as many leave less than 8^-2 of the error.
    assert errors[1] <= errors[0] / 64 + 1e-8
