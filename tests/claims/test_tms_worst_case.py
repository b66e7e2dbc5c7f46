"""The table of worst cases of W^T W with a bias: each row against all vertices, and the toolkit."""

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.linear.activations import affine_worst_case, relu_worst_case
from lcs.linear.error import worst_case_error
from tests.references import binary_signals
from tests.tolerances import error_tolerance

pytestmark = pytest.mark.claim("TMS-worst-case")

CASES = [(seed, k) for seed in range(6) for k in (1, 2, 3)]


def model(seed: int) -> tuple[NDArray, NDArray]:
    """W (2, 4) of gains on both sides of 1, and b."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((2, 4)), rng.standard_normal(4) / 2


def ternary(n: int, k: int) -> NDArray:
    """All vertices of the k-sparse signals in [-1, 1]^n, one in each column."""
    found: set[tuple[float, ...]] = {(0.0,) * n}
    for support in combinations(range(n), k):
        for signs in product((-1, 0, 1), repeat=k):
            x = np.zeros(n)
            x[list(support)] = signs
            found.add(tuple(x.tolist()))
    return np.array(sorted(found)).T


def largest(v: NDArray, k: int) -> NDArray:
    """The sum of the k largest entries of every row."""
    return np.sort(v, axis=1)[:, ::-1][:, :k].sum(axis=1)


def parts(W: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """R, and the off-diagonal positive and negative parts of W^T W."""
    G = W.T @ W
    off = G - np.diag(np.diag(G))
    return G - np.eye(len(G)), np.maximum(off, 0), np.maximum(-off, 0)


@pytest.mark.parametrize(("seed", "k"), CASES)
def test_linear_on_signed_values(seed: int, k: int) -> None:
    W, b = model(seed)
    R = parts(W)[0]
    claimed = np.abs(b) + largest(np.abs(R), k)
    X = ternary(4, k)
    brute = np.abs(R @ X + b[:, None]).max(axis=1)
    np.testing.assert_allclose(claimed, brute, atol=1e-13)
    worst = worst_case_error(W, k=k)
    assert abs(largest(np.abs(R), k).max() - worst.value) <= 2 * error_tolerance(W, None, k)


@pytest.mark.parametrize(("seed", "k"), CASES)
def test_linear_on_positive_values(seed: int, k: int) -> None:
    W, b = model(seed)
    R = parts(W)[0]
    claimed = np.maximum(b + largest(np.maximum(R, 0), k), -b + largest(np.maximum(-R, 0), k))
    brute = np.abs(R @ binary_signals(4, k) + b[:, None]).max(axis=1)
    np.testing.assert_allclose(claimed, brute, atol=1e-13)
    np.testing.assert_allclose(claimed, affine_worst_case(W, None, b, k=k).values, atol=1e-13)


@pytest.mark.parametrize(("seed", "k"), CASES)
def test_relu_on_positive_values_as_the_table_writes_it(seed: int, k: int) -> None:
    W, b = model(seed)
    _, P, N = parts(W)
    c = np.sum(W**2, axis=0)
    over = np.maximum(0, b + np.maximum(largest(P, k), c - 1 + largest(P, k - 1)))
    q = largest(N, k - 1) - b
    under = np.where(c <= 1, np.clip(1 - c + q, 0, 1), np.clip(q / c, 0, 1))
    found = relu_worst_case(W, None, b, k=k)
    np.testing.assert_allclose(found.over, over, atol=1e-13)
    np.testing.assert_allclose(found.under, under, atol=1e-13)


@pytest.mark.parametrize(("seed", "k"), CASES)
def test_relu_on_signed_values_errs_by_one_or_more(seed: int, k: int) -> None:
    """relu(u) - x_i is convex, so vertices attain it; x_i - relu(u) is never above 1."""
    W, b = model(seed)
    claimed = np.maximum(1, b + largest(np.abs(parts(W)[0]), k))
    X = ternary(4, k)
    brute = (np.maximum(W.T @ W @ X + b[:, None], 0) - X).max(axis=1)
    np.testing.assert_allclose(claimed, brute, atol=1e-13)
    assert np.all(brute >= 1)
