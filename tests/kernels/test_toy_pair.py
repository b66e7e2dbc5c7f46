"""Two features in one dimension, against rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs._kernels.toy_pair import descend_pair, pair_loss, pair_optima, positive_moments
from lcs.superposition.features import Features
from tests.toys import exact_relu_errors


def drawn(seed: int) -> tuple[NDArray, float, float, float]:
    """Weights on a grid of 1/16, so that their products are the stored ones, and p, q, r."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(-1.5, 1.5, 4) * 16) / 16
    x[rng.integers(0, 4)] *= rng.integers(0, 2)
    p, q, r = rng.random(3)
    return x, float(p), float(q), float(r)


def at(x: NDArray, p: float, q: float, r: float) -> float:
    return float(pair_loss(x, p, q, r, np.empty(4)))


@pytest.mark.parametrize("seed", range(12))
def test_the_loss_is_exact_to_rounding(seed: int) -> None:
    """About 60 roundings of terms whose sizes sum to at most (|b| + 2 a)^2 + ... < 60."""
    x, p, q, r = drawn(seed)
    f = Features.of(2, density=[p, q])
    errors = exact_relu_errors(np.outer(x[:2], x[:2]), x[2:], f)
    exact = errors[0] + Fraction(r) * errors[1]
    assert abs(Fraction(at(x, p, q, r)) - exact) <= 60 * 60 * 2.0**-53


@pytest.mark.parametrize("seed", range(6))
def test_the_remainder_falls_with_the_square_of_the_step(seed: int) -> None:
    x, p, q, r = drawn(seed)
    x = x + 0.01  # off the kinks of the grid
    g, v = np.empty(4), np.random.default_rng(seed + 100).standard_normal(4)
    loss = pair_loss(x, p, q, r, g)
    rest = [abs(at(x + t * v, p, q, r) - loss - t * float(g @ v)) for t in (1e-3, 1e-4)]
    assert rest[1] <= rest[0] / 10**1.9 + 1e-14


@pytest.mark.parametrize(
    ("b", "a", "low", "high"), [(1, 1, 0, 1), (-1, 2, 0.5, 1), (1, -4, 0, 0.25), (-1, 0.5, 0, 0)]
)
def test_moments_are_those_of_the_positive_part(b, a, low, high) -> None:
    expected = [(high**r - low**r) / r for r in (1, 2, 3)]
    np.testing.assert_allclose(positive_moments(float(b), float(a)), expected, rtol=0, atol=1e-16)


def test_descents_end_at_stationary_points_below_their_start() -> None:
    starts = np.array([[1.0, 0.2, 0.0, 0.1], [0.5, -0.5, 0.0, 0.0]])
    values, best, g = np.empty((1, 2)), np.empty((1, 4)), np.empty(4)
    one = np.array([0.3])
    pair_optima(one, one, np.array([0.6]), starts, 200, 1e-10, values, best)
    for s, start in enumerate(starts):
        x = start.copy()
        value = descend_pair(x, 0.3, 0.3, 0.6, 200, 1e-10, np.empty((10, 4)))
        assert value == values[0, s] == pair_loss(x, 0.3, 0.3, 0.6, g)
        assert value < at(start, 0.3, 0.3, 0.6)
        assert np.abs(g).max() < 1e-6
    assert at(best[0], 0.3, 0.3, 0.6) == values.min()
