"""Real chirps: Weil sums, counted exactly as integers in a cyclotomic field."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.codes.characters import chirp
from tests.grams import assert_coherence

pytestmark = pytest.mark.claim("LCS-chirp")


def squared_sum(values: NDArray, p: int) -> NDArray[np.int64]:
    """|sum_x zeta^values[x]|^2 as coefficients of 1, zeta, ...; known up to a constant shift."""
    counts = np.bincount(values % p, minlength=p)
    return np.array([counts @ np.roll(counts, -s) for s in range(p)])


@pytest.mark.parametrize("p", [3, 5, 7, 11, 13])
def test_quadratic_gauss_sums_have_modulus_sqrt_p_exactly(p: int) -> None:
    """zeta, ..., zeta^(p-1) satisfy 1 + ... + zeta^(p-1) = 0 alone: equal tails mean a rational."""
    x = np.arange(p)
    for a in range(1, p):
        for b in range(p):
            square = squared_sum(a * x * x + b * x, p)
            assert np.all(square[1:] == square[1])
            assert square[0] - square[1] == p


@pytest.mark.parametrize("p", [5, 7, 13])
def test_phases_are_those_of_the_polynomials(p: int) -> None:
    x = np.arange(p)
    code = chirp(p)
    for a in range(p):
        for b in range(p):
            z = np.exp(2j * np.pi * ((a * x * x + b * x) % p) / p) / np.sqrt(p)
            A = code.columns(2 * (b + p * a) + np.arange(2))
            np.testing.assert_allclose(A[:p] + 1j * A[p:], np.stack([z, 1j * z], 1), atol=1e-13)


@pytest.mark.parametrize("q", [3, 5, 7, 9, 11, 13, 25, 27])
def test_every_pair_of_columns(q: int) -> None:
    code = chirp(q)
    assert (code.d, code.m) == (2 * q, 2 * q * q + 2 * q)
    assert code.coherence_squared.a == Fraction(1, q)
    assert_coherence(code)


@pytest.mark.parametrize("q", [5, 7, 11])
def test_cubic_chirps(q: int) -> None:
    code = chirp(q, 3)
    assert code.m == 2 * q**3 + 2 * q
    assert code.coherence_squared.a == Fraction(4, q)
    assert_coherence(code)


@pytest.mark.parametrize(("q", "t"), [(9, 3), (8, 2), (6, 2), (7, 4), (7, 1)])
def test_outside_the_domain(q: int, t: int) -> None:
    with pytest.raises(ValueError, match="must"):
        chirp(q, t)


def test_cubic_chirps_pass_the_bound_of_quadratic_ones() -> None:
    A = chirp(7, 3).columns(np.arange(2 * 7**3))
    assert np.abs(A.T @ A - np.eye(2 * 7**3)).max() > float(chirp(7).coherence) + 0.1


def test_the_characteristic_must_exceed_the_degree() -> None:
    """x^3 = x on the field of 3: x^3 - x is constant, and two chirps would be one and the same."""
    x = np.arange(3)
    square = squared_sum(x**3 - x, 3)
    assert square[0] - square[1] == 9
