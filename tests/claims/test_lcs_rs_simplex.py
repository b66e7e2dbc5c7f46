"""Reed-Solomon codes whose symbols are corners of a simplex."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.codes.reed_solomon import devore, rs_simplex
from tests.grams import decoded

pytestmark = pytest.mark.claim("LCS-rs-simplex")


def exact_gram(A: NDArray, q: int, n: int) -> NDArray[np.int64]:
    """n(q-1) times the Gram matrix: integers, since c agreements give cq - n."""
    return decoded(A.T @ A, 1 / (n * (q - 1)))


@pytest.mark.parametrize("q", [2, 3, 4, 5, 7, 8, 9])
@pytest.mark.parametrize("r", [1, 2, 3])
def test_every_pair_of_columns(q: int, r: int) -> None:
    for n in range(r + 1, q + 2):
        code = rs_simplex(q, r, n)
        if code.m > 1000:
            continue
        G = exact_gram(code.matrix(), q, n)
        assert G.shape == (q ** (r + 1),) * 2
        assert np.all(np.diag(G) == n * (q - 1))
        np.fill_diagonal(G, 0)
        assert Fraction(int(np.abs(G).max()), n * (q - 1)) == code.coherence.a
        stated = max(Fraction(r * q - n, n * (q - 1)), Fraction(1, q - 1))
        assert code.coherence.a == (Fraction(1, q * q - 1) if (r, n) == (1, q + 1) else stated)


@given(st.sampled_from([3, 5, 7, 11, 13]), st.data())
def test_agreements_are_those_of_the_polynomials(p: int, data: st.DataObject) -> None:
    """Over a prime field, evaluated here by plain powers modulo p."""
    r = data.draw(st.integers(1, min(3, p - 1)))
    n = data.draw(st.integers(r + 1, p))
    numbers = data.draw(st.lists(st.integers(0, p ** (r + 1) - 1), min_size=2, max_size=6))
    words = [
        [sum(f // p**i % p * x**i for i in range(r + 1)) % p for x in range(n)] for f in numbers
    ]
    G = exact_gram(rs_simplex(p, r, n).columns(numbers), p, n)
    for i, f in enumerate(words):
        for j, g in enumerate(words):
            assert G[i, j] == p * sum(a == b for a, b in zip(f, g, strict=True)) - n


def test_columns_drawn_from_a_large_code() -> None:
    code = rs_simplex(32, 3, 33)
    chosen = np.random.default_rng(0).choice(code.m, 400, replace=False)
    G = exact_gram(code.columns(chosen), 32, 33)
    np.fill_diagonal(G, 0)
    assert Fraction(int(np.abs(G).max()), 33 * 31) <= code.coherence.a


def test_unit_vectors_in_place_of_corners_are_more_coherent() -> None:
    assert devore(5, 2, 6).coherence.a > rs_simplex(5, 2, 6).coherence.a


def test_one_more_degree_passes_the_coherence() -> None:
    G = exact_gram(rs_simplex(5, 3, 6).matrix(), 5, 6)
    np.fill_diagonal(G, 0)
    assert Fraction(int(np.abs(G).max()), 24) > rs_simplex(5, 2, 6).coherence.a
