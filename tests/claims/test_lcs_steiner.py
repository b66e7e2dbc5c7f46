"""Steiner frames of pairs and of triples."""

import numpy as np
import pytest

from lcs.codes.steiner import steiner_pairs, steiner_triples
from tests.grams import assert_equiangular_tight

pytestmark = pytest.mark.claim("LCS-steiner")


@pytest.mark.parametrize("v", [4, 8, 12, 16, 20])
def test_pairs(v: int) -> None:
    code = steiner_pairs(v)
    assert (code.d, code.m, 1 / code.coherence.a) == (v * (v - 1) // 2, v * v, v - 1)
    assert_equiangular_tight(code)


@pytest.mark.parametrize("v", [7, 15, 31, 39, 55])
def test_triples(v: int) -> None:
    code = steiner_triples(v)
    assert (code.d, code.m) == (v * (v - 1) // 6, v * (v + 1) // 2)
    assert 2 / code.coherence.a == v - 1
    assert_equiangular_tight(code)


@pytest.mark.parametrize("v", [9, 13, 19, 25])
def test_triples_ask_for_a_hadamard_matrix(v: int) -> None:
    with pytest.raises(ValueError, match=f"7 or 15 mod 24.*got {v}"):
        steiner_triples(v)


def test_one_column_less_is_no_frame() -> None:
    """Equiangular still, but neither tight nor at Welch's bound."""
    code = steiner_pairs(4)
    A = code.matrix()[:, 1:]
    d, m = A.shape
    assert np.abs(A @ A.T - m / d * np.eye(d)).max() > 0.1
    assert float(code.coherence) > np.sqrt((m - d) / (d * (m - 1))) + 0.005
