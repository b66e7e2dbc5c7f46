"""Enclosures: rationals on the right side of decimals computed apart."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import acos, degrees, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.bounds.enclose import angle, log10, outward, sine
from lcs.codes.surd import Surd

WIDTH = Fraction(1, 2**38)


@given(x=st.fractions(0, 90, max_denominator=1000))
def test_sines_are_enclosed_and_angles_come_back(x):
    below, above = sine(x)
    assert below <= above < below + WIDTH
    assert float(below) == pytest.approx(sin(radians(x)), abs=1e-12)
    # The cosine of 90 - x degrees: the angle lies between those of the ends.
    if above <= 1:
        assert angle(above)[0] <= 90 - x <= angle(below)[1]


@given(x=st.fractions(-1, 1, max_denominator=1000))
def test_angles_are_those_of_floats(x):
    below, above = angle(x)
    assert below <= above < below + WIDTH
    assert float(below) == pytest.approx(degrees(acos(x)), abs=1e-5 if abs(x) > 0.99 else 1e-10)


@given(n=st.integers(1, 10**60))
def test_logarithms_are_enclosed(n):
    below, above = log10(n)
    with localcontext(prec=60):
        exact = Fraction(Decimal(n).log10())
    assert below - Fraction(1, 10**50) <= exact <= above + Fraction(1, 10**50)
    low, high = outward((below, above))
    assert Fraction(low) < below
    assert above < Fraction(high)


def test_known_angles():
    for cosine, known in ((Surd.root(Fraction(1, 2)), 45), (Fraction(1, 2), 60), (Fraction(0), 90)):
        below, above = angle(cosine)
        assert below <= known <= above


def test_what_is_no_cosine_or_integer_is_refused():
    for x in (Fraction(11, 10), Fraction(-2), Surd.root(2)):
        with pytest.raises(ValueError, match="cosine must lie in"):
            angle(x)
    with pytest.raises(ValueError, match="n must be an integer >= 1"):
        log10(0)
