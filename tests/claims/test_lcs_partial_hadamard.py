"""Rows of a Sylvester matrix: one transform gives the coherence, annealing lowers it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import hadamard

from lcs.codes.hadamard import conference
from lcs.codes.partial_hadamard import annealed_hadamard, bent, partial_hadamard
from tests.grams import exact_coherence

pytestmark = pytest.mark.claim("LCS-partial-hadamard")


@given(st.integers(1, 7), st.data())
def test_the_declared_coherence_is_exact(n: int, data: st.DataObject) -> None:
    d = data.draw(st.integers(1, 2**n))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    code = data.draw(
        st.sampled_from(
            [partial_hadamard(d, n, rng=rng), annealed_hadamard(d, n, rng=rng, steps=9)]
        )
    )
    A = code.matrix()
    assert A.shape == (d, 2**n)
    assert exact_coherence(A, d) == code.coherence.a


def test_columns_are_those_of_the_sylvester_matrix() -> None:
    rows = {tuple(row) for row in hadamard(16)}
    A = partial_hadamard(6, 4, rng=np.random.default_rng(1)).matrix() * np.sqrt(6)
    kept = {tuple(row) for row in np.rint(A).astype(int)}
    assert len(kept) == 6
    assert kept <= rows


@pytest.mark.parametrize(("n", "sign"), [(2, -1), (2, 1), (3, -1), (3, 1)])
def test_annealing_finds_the_bent_frames(n: int, sign: int) -> None:
    frame = bent(n, sign)
    found = annealed_hadamard(frame.d, 2 * n, rng=np.random.default_rng(0))
    assert found.coherence == frame.coherence


@pytest.mark.parametrize(("d", "n"), [(24, 6), (40, 8), (120, 8), (100, 10)])
def test_annealing_takes_a_quarter_off_the_coherence(d: int, n: int) -> None:
    rng = np.random.default_rng(0)
    drawn = np.median([float(partial_hadamard(d, n, rng=rng).coherence) for _ in range(9)])
    found = annealed_hadamard(d, n, rng=rng)
    assert float(found.coherence) <= 0.75 * drawn


def test_the_seed_decides() -> None:
    one, other = (annealed_hadamard(20, 6, rng=np.random.default_rng(5)) for _ in range(2))
    np.testing.assert_array_equal(one.matrix(), other.matrix())


def test_rows_of_another_hadamard_matrix_are_not_read_off_one_column() -> None:
    """Order 12 has no characters: the products with the first column miss the largest of all."""
    H = conference(11) + np.eye(12, dtype=int)
    assert np.array_equal(H @ H.T, 12 * np.eye(12, dtype=int))
    H = H * H[:, :1]  # a first column of ones, as the statement has it
    missed = 0
    for seed in range(20):
        A = H[np.random.default_rng(seed).choice(12, 5, replace=False)]
        G = np.abs(A.T @ A) - 5 * np.eye(12, dtype=int)
        missed += G[0].max() < G.max()
    assert missed > 0
