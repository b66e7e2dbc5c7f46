"""Exact numbers a + b sqrt(n), against ball arithmetic and against squares."""

from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from lcs.codes.surd import Surd

FRACTIONS = st.fractions(min_value=-9, max_value=9, max_denominator=60)
SURDS = st.builds(Surd, FRACTIONS, FRACTIONS, st.sampled_from([0, 2, 3, 5, 7, 12]))


def ball(x: Surd | Fraction) -> arb:
    if isinstance(x, Fraction):
        return arb(x.numerator) / x.denominator
    return ball(x.a) + ball(x.b) * arb(x.n).sqrt()


@given(SURDS, FRACTIONS)
def test_order_is_that_of_the_reals(x: Surd, y: Fraction) -> None:
    """At 200 bits a ball of such a difference holds 0 only if it is 0."""
    before, ctx.prec = ctx.prec, 200
    gap = ball(x) - ball(y)
    ctx.prec = before
    assert (x < y) == bool(gap < 0)
    assert (x <= y) == (not bool(gap > 0))


@given(FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS, st.sampled_from([2, 3, 5, 7]))
def test_field_operations(a: Fraction, b: Fraction, c: Fraction, e: Fraction, n: int) -> None:
    x, y = Surd(a, b, n), Surd(c, e, n)
    assert float(x + y) == pytest.approx(float(x) + float(y), abs=1e-12)
    assert float(x * y) == pytest.approx(float(x) * float(y), abs=1e-12)
    if c or e:
        assert x / y * y == x * 1


@given(st.fractions(0, 50, max_denominator=99))
def test_root_squares_back(square: Fraction) -> None:
    root = Surd.root(square)
    assert root * root == Surd(square)
    assert not root < 0


def test_equality_is_not_below() -> None:
    root = Surd.root(Fraction(4, 9))
    assert root <= Fraction(2, 3)
    assert not root < Fraction(2, 3)


def test_two_roots_do_not_mix() -> None:
    with pytest.raises(ValueError, match="share one root"):
        _ = Surd.root(2) + Surd.root(3)
    with pytest.raises(ValueError, match="must be >= 0; got -1"):
        Surd.root(-1)
