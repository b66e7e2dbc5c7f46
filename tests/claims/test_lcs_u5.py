"""U5: near d = m, the complement of a projection with equal diagonal."""

from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from lcs.codes.elementary import harmonic
from lcs.linear.error import worst_case_error

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
