"""Collapsed pairs are a projection to principal components; pairs apart are not."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact

pytestmark = pytest.mark.claim("TMS-pca-like")

# The principal components of three pairs are their sums, whose variances tie.
SUMS = np.kron(np.eye(3), [1.0, 1.0]) / np.sqrt(2)


def best(p: float) -> np.ndarray:
    f = Features.of(6, density=p, sets=[(0, 1), (2, 3), (4, 5)], rule="coactive")
    values, vectors = np.linalg.eigh(f.covariance)
    np.testing.assert_allclose(values[3:], p / 3 + p / 4 - p * p / 2, rtol=1e-12)
    np.testing.assert_allclose(vectors[:, 3:] @ vectors[:, 3:].T, SUMS.T @ SUMS, atol=1e-12)
    return fit_exact(f, 2, starts=12, rng=np.random.default_rng(2)).weights.W


def likeness(W: np.ndarray) -> float:
    """The largest cosine of W and orthonormal rows in the span of the sums: a nuclear norm."""
    return float(np.linalg.norm(W @ SUMS.T, "nuc") / (np.sqrt(2) * np.linalg.norm(W)))


@pytest.mark.parametrize("p", [0.5, 0.7, 0.9])
def test_frequent_pairs_are_projected_as_by_pca(p: float) -> None:
    assert likeness(best(p)) > 0.999


@pytest.mark.parametrize("p", [0.02, 0.1, 0.3])
def test_rare_pairs_are_not(p: float) -> None:
    assert likeness(best(p)) < 0.9
