"""d is known where equiangular tight frames exist: bounds from both sides meet their error."""

from fractions import Fraction
from math import isqrt

import pytest

from lcs.bounds.lower import best_lower, welch
from lcs.linear.error import worst_case_error
from tests import references as ref

pytestmark = pytest.mark.claim("LCS-etf-exact")

FRAMES = [(3, 6), (5, 10), (7, 14), (6, 16), (10, 16), (7, 28), (21, 28), (15, 36), (21, 36)]
FRAMES += [(28, 64), (36, 64), (21, 126), (22, 176), (23, 276), (2, 3), (4, 5), (99, 100)]


def level(d: int, m: int, below: bool) -> Fraction:
    """mu/(1 + mu) for mu = sqrt((m-d)/(d(m-1))), rounded to 2^-100 to either side if irrational."""
    square = Fraction(m - d, d * (m - 1))
    size = 2**100
    root = isqrt(square.numerator * size**2 // square.denominator)
    mu = Fraction(root, size)
    mu += 0 if below or mu**2 == square else Fraction(1, size)
    return mu / (1 + mu)


@pytest.mark.parametrize(("d", "m"), FRAMES)
def test_the_lower_bound_is_the_dimension_of_the_frame_and_one_more_below(d, m):
    for k in (1, 2, 3):
        above, below = k * level(d, m, False), k * level(d, m, True)
        if above < 1:
            assert best_lower(m, k, above + Fraction(1, 10**20)).d == d
            assert best_lower(m, k, above, strict=False).d == d
            assert best_lower(m, k, below).d == d + 1
            assert welch(m, k, below).d == d + 1


@pytest.mark.parametrize(
    "A",
    [ref.simplex(3), ref.simplex(6), ref.icosahedron(), ref.twenty_eight()],
    ids=["2 of 3", "5 of 6", "3 of 6", "7 of 28"],
)
def test_frames_with_the_best_scalar_have_that_error(A):
    d, m = A.shape
    for k in range(1, m):
        at = float(k * level(d, m, False))
        # Where (k-1) mu exceeds 1 the bound is above the error of A = B = 0.
        if at < 1:
            found = worst_case_error(A, k=k, scale="optimal")
            assert found.value == pytest.approx(at, abs=1e-12)


def test_seven_of_twenty_eight_is_one_quarter():
    assert best_lower(28, 1, "1/4", strict=False).d == 7
    assert best_lower(28, 1, "1/4").d == 8
