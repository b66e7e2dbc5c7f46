"""The bias of least worst-case error for ReLU decoders."""

import numpy as np
import pytest

from lcs.linear.activations import relu_worst_case
from lcs.linear.best_biases import relu_biases

pytestmark = pytest.mark.claim("TMS-best-bias")

STEP = 2.0**-5
# Gains below, around and above 1; interference small enough, and so large that the error is 1.
CASES = [(seed, size, k) for seed in (0, 1) for size in (0.3, 0.6, 1.2) for k in (1, 2, 4)]


@pytest.mark.parametrize(("seed", "size", "k"), CASES)
def test_no_bias_on_a_grid_is_better_and_one_is_as_good(seed: int, size: float, k: int) -> None:
    """The error is Lipschitz in the bias, of constant 1: some point of the grid is within STEP."""
    rng = np.random.default_rng(seed)
    A = size * rng.standard_normal((3, 5))
    B = A + 0.2 * rng.standard_normal((3, 5)) * (seed % 2)
    found = relu_worst_case(A, B, relu_biases(A, B, k=k), k=k).values
    reach = float(np.abs(B.T @ A).sum(axis=1).max()) + 2
    biases = np.arange(-reach, reach, STEP)
    grid = np.min([relu_worst_case(A, B, np.full(5, c), k=k).values for c in biases], axis=0)
    assert np.all(found <= grid + 1e-13)
    assert np.all(grid <= found + STEP)


def closed_form(G: np.ndarray, k: int) -> np.ndarray:
    """(P_k + N_{k-1})/2 row by row."""
    rows = np.sort(G - np.diag(np.diag(G)), axis=1)
    P = np.maximum(rows[:, ::-1][:, :k], 0).sum(axis=1)
    N = np.maximum(-rows[:, : k - 1], 0).sum(axis=1)
    return (P + N) / 2


@pytest.mark.parametrize("k", [1, 2, 3, 5, 8])
def test_at_unit_gain_the_error_is_half_the_interference_up_to_one(k: int) -> None:
    A = np.random.default_rng(1).standard_normal((2, 12))
    A /= np.linalg.norm(A, axis=0)
    found = relu_worst_case(A, None, relu_biases(A, k=k), k=k).values
    claimed = closed_form(A.T @ A, k)
    np.testing.assert_allclose(found, np.minimum(1, claimed), atol=1e-13)
    assert k < 3 or claimed.max() > 1  # as stated, without the minimum, it fails


def test_bad_input_is_refused() -> None:
    with pytest.raises(ValueError, match="1 <= k <= m = 2; got 3"):
        relu_biases(np.eye(2), k=3)
