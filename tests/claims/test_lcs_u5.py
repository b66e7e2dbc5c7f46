"""U5: near d = m, the complement of a projection with equal diagonal."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from lcs.bounds.lower import best_lower
from lcs.bounds.upper import simplex, u5
from lcs.codes.elementary import harmonic
from lcs.linear.error import worst_case_error
from tests.strategies import parameters

pytestmark = pytest.mark.claim("LCS-u5")

SIZES = [(1, 2), (1, 5), (2, 4), (5, 8), (6, 8), (7, 8), (6, 7), (9, 40), (30, 41), (63, 64)]


@pytest.mark.parametrize(("d", "m"), SIZES)
def test_columns_are_alike_and_the_frame_is_tight(d: int, m: int) -> None:
    A = harmonic(d, m).matrix()
    np.testing.assert_allclose(np.sum(A * A, axis=0), 1, atol=1e-13)
    np.testing.assert_allclose(A @ A.T, m / d * np.eye(d), atol=1e-11)


@pytest.mark.parametrize(("d", "m"), SIZES)
def test_the_error_is_the_missing_share(d: int, m: int) -> None:
    """B = (d/m) A leaves the projection P, whose diagonal is (m-d)/m and its largest entry."""
    A = harmonic(d, m).matrix()
    missing = (m - d) / m
    worst = worst_case_error(A, d / m * A, k=1)
    assert worst.lower <= missing + 1e-13
    assert worst.upper >= missing - 1e-13
    if d > m / 2:
        assert harmonic(d, m).coherence.a == Fraction(m - d, d)


@pytest.mark.parametrize("m", [7, 20])
def test_the_bound_names_the_least_of_these(m: int) -> None:
    for delta in (Fraction(n, 60) for n in range(1, 60)):
        if delta * m > 1:
            d = m - ceil(delta * m) + 1
            assert Fraction(m - d, m) < delta
            assert Fraction(m - d + 1, m) >= delta


def complement(m: int, q: int) -> NDArray[np.float64]:
    """Rows orthogonal to q real Fourier modes, whose projection has a constant diagonal."""
    i = np.arange(m)
    modes = [np.ones(m)] if q % 2 else []
    for n in range(1, q // 2 + 1):
        modes += [np.cos(2 * np.pi * n * i / m), np.sin(2 * np.pi * n * i / m)]
    return np.linalg.svd(np.array(modes))[2][q:]


@pytest.mark.parametrize(("m", "q"), [(5, 1), (9, 2), (16, 3), (31, 7), (40, 9)])
def test_a_code_of_that_dimension_has_that_error(m, q):
    for k in (1, 2):
        A = complement(m, q)
        found = worst_case_error(A, k=1)
        assert found.value == pytest.approx(q / m, abs=1e-12)
        level = Fraction(k * q, m)
        assert u5(m, k, level, strict=False).d == A.shape[0] == m - q
        assert u5(m, k, level).d == m - q + 1
        assert worst_case_error(A, k=k).value <= k * q / m + 1e-12


@given(where=parameters(max_m=10**12, max_ratio=1000))
def test_it_is_its_formula_and_above_the_lower_bound(where):
    m, k, eps = where
    q = max(q for q in range(-(-m * eps // k) + 2) if q < m * eps / k) if m < 2000 else None
    d = u5(m, k, eps).d
    assert d is not None
    assert q is None or d == m - q
    assert (best_lower(m, k, eps).d or 0) <= d <= m


@given(where=parameters(max_m=1000, max_ratio=2000))
def test_the_simplex_is_its_first_case(where):
    m, k, eps = where
    d, one = u5(m, k, eps).d, simplex(m, k, eps).d
    assert d is not None
    assert (one is None) == (d == m)
    assert one is None or (d <= one == m - 1)


def test_the_diagonal_must_be_equal() -> None:
    """Leaving out coordinates has the same rank and error 1."""
    m, q = 8, 2
    A = np.eye(m)[q:]
    assert worst_case_error(A, k=1).value == 1 > q / m
