"""Dimensionalities sum to the rank exactly where features are eigenvectors of their frame."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from lcs.superposition.geometry import dimensionality
from tests.references import gram

pytestmark = pytest.mark.claim("TMS-dimensionality-sum")

MATRICES = hnp.arrays(
    np.int8, st.tuples(st.integers(1, 3), st.integers(1, 5)), elements=st.integers(-3, 3)
)


def exact(W: NDArray) -> list[Fraction]:
    G = gram(W)
    shared = [sum((x * x for x in row), Fraction(0)) for row in G]
    return [G[i][i] ** 2 / s if s else Fraction(0) for i, s in enumerate(shared)]


def eigenvectors(W: NDArray) -> bool:
    """Whether every column is an eigenvector of W W^T, in integers: F w parallel to w."""
    F = W @ W.T
    return all(
        all(a * (F @ w)[j] == b * (F @ w)[i] for i, a in enumerate(w) for j, b in enumerate(w))
        for w in W.T
    )


@given(MATRICES)
def test_the_sum_is_at_most_the_rank_with_equality_for_eigenvectors(W: NDArray) -> None:
    W = W.astype(np.int64)
    rank = np.linalg.matrix_rank(W) if W.any() else 0
    total = sum(exact(W.astype(float)), Fraction(0))
    assert total <= rank
    assert (total == rank) == eigenvectors(W)
    found = dimensionality(W.astype(float))
    np.testing.assert_allclose(found, [float(x) for x in exact(W.astype(float))], atol=1e-13)


@pytest.mark.parametrize("n", [2, 3, 5, 8])
def test_polygons_meet_it_and_polygons_of_two_lengths_do_not(n: int) -> None:
    t = 2 * np.pi * np.arange(n) / n
    W = np.array([np.cos(t), np.sin(t)])
    rank = 1 if n == 2 else 2
    assert dimensionality(W).sum() == pytest.approx(rank, abs=1e-13)
    if n > 2:
        W[:, 0] *= 1.3
        assert dimensionality(W).sum() < rank - 1e-3
