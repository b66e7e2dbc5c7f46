"""Reading one active feature without error: unit lengths, no bias, no positive product."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.optimize import minimize

from lcs.linear.activations import relu_worst_case
from lcs.superposition.features import Features
from lcs.superposition.geometry import antipodal_pairs
from lcs.superposition.model import Weights
from lcs.superposition.one_sparse import loss_by_active

pytestmark = pytest.mark.claim("TMS-k1-two-m")


def worst(W: NDArray, b: NDArray) -> float:
    return float(relu_worst_case(W, None, b, k=1).values.max())


@pytest.mark.parametrize("m", [1, 2, 3, 5])
def test_antipodal_pairs_read_twice_as_many_features_as_dimensions(m: int) -> None:
    W = np.hstack([np.eye(m), -np.eye(m)])
    b = np.zeros(2 * m)
    assert worst(W, b) == 0
    none, one, many = loss_by_active(Weights(W, b), Features.of(2 * m, density=0.3))
    assert (none, one) == (0, 0)
    # Of each pair, x and y active together lose min(x, y)^2, with mean 1/6, twice.
    assert many == pytest.approx(m * 0.3**2 / 3, abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_each_condition_is_needed(seed: int) -> None:
    rng = np.random.default_rng(seed)
    W, b = np.hstack([np.eye(2), -np.eye(2)]), np.zeros(4)
    i, size = rng.integers(0, 4), rng.uniform(0.01, 0.2)
    longer, moved, turned = W.copy(), b.copy(), W.copy()
    longer[:, i] *= 1 + rng.choice([-1, 1]) * size
    moved[i] = rng.choice([-1, 1]) * size
    turned[:, i] = np.array([[np.cos(size), -np.sin(size)], [np.sin(size), np.cos(size)]]) @ W[:, i]
    for bad in (worst(longer, b), worst(W, moved), worst(turned, b)):
        assert bad > size / 2


@pytest.mark.parametrize("m", [1, 2, 3])
def test_one_more_feature_has_a_positive_product(m: int) -> None:
    """2m + 1 unit vectors: descents on the sum of positive products never reach 0.

    A sum of squares below 1e-4 would need every product below 0.01.
    """
    n, rng = 2 * m + 1, np.random.default_rng(m)

    def positive(x: NDArray) -> float:
        V = x.reshape(m, n)
        V = V / np.linalg.norm(V, axis=0)
        return float(np.sum(np.maximum(np.triu(V.T @ V, 1), 0) ** 2))

    ends = [minimize(positive, rng.standard_normal(m * n)).fun for _ in range(6)]
    assert min(ends) > 1e-4


def test_twice_m_features_without_positive_products_are_orthogonal_pairs() -> None:
    """Descents to 0 from random starts end in antipodal pairs, whatever the start."""
    m, n = 2, 4

    def positive(x: NDArray) -> float:
        V = x.reshape(m, n)
        V = V / np.linalg.norm(V, axis=0)
        return float(np.sum(np.maximum(np.triu(V.T @ V, 1), 0) ** 2))

    for seed in range(6):
        end = minimize(positive, np.random.default_rng(seed).standard_normal(m * n))
        assert end.fun < 1e-6
        assert len(antipodal_pairs(end.x.reshape(m, n), tolerance=0.01)) == 2


def simplex(m: int) -> NDArray:
    """m + 1 unit columns in R^m of products -1/m."""
    G = (np.eye(m + 1) * (m + 1) - 1) / m
    values, vectors = np.linalg.eigh(G)
    return np.sqrt(values[1:, None]) * vectors[:, 1:].T


@pytest.mark.parametrize("sizes", [(1,), (2,), (3, 1), (2, 2, 1), (4, 2)])
def test_orthogonal_simplices_read_every_number_between(sizes: tuple[int, ...]) -> None:
    """n = m + (number of simplices): from m + 1 up to the 2m of segments."""
    W = np.asarray(block_diag(*map(simplex, sizes)))
    assert W.shape == (sum(sizes), sum(sizes) + len(sizes))
    found = relu_worst_case(W, None, np.zeros(W.shape[1]), k=1)
    # Gains are 1, and products at most 0, to the roundings of eigh.
    assert found.value < 1e-13
