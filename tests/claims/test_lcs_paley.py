"""Conference frames: I + C/sqrt q with C C^T = q I."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.codes.hadamard import conference
from lcs.codes.two_graphs import paley
from tests.grams import assert_equiangular_tight

pytestmark = pytest.mark.claim("LCS-paley")


@pytest.mark.parametrize("q", [5, 9, 13, 17, 25, 29, 37, 49, 81, 125, 509])
def test_it_is_equiangular_and_tight(q: int) -> None:
    code = paley(q)
    assert (code.d, code.m) == ((q + 1) // 2, q + 1)
    assert code.coherence_squared.a == Fraction(1, q)
    assert_equiangular_tight(code)


@pytest.mark.parametrize("q", [3, 5, 7, 9, 13, 27])
def test_conference_matrices(q: int) -> None:
    C = conference(q)
    assert np.array_equal(C @ C.T, q * np.eye(q + 1, dtype=int))
    assert np.array_equal(C.T, C if q % 4 == 1 else -C)


@pytest.mark.parametrize("q", [3, 7, 27, 15, 21])
def test_other_orders_are_refused(q: int) -> None:
    with pytest.raises(ValueError, match=f"1 mod 4; got {q}"):
        paley(q)


def test_at_3_mod_4_the_matrix_has_full_rank() -> None:
    """There C is skew: I + C/sqrt q is no Gram matrix, and its rank is twice that of the frame."""
    for q, rank in ((13, 7), (7, 8)):
        G = np.eye(q + 1) + conference(q) / np.sqrt(q)
        assert np.linalg.matrix_rank(G) == rank
        assert np.allclose(G, G.T) == (q % 4 == 1)
