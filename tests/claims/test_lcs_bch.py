"""Dual BCH and odd quadratic codes: linear, so one transform per form gives every pair."""

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest

from lcs.codes.binary import dual_bch, odd_quadratic
from lcs.codes.code import Code
from tests.grams import decoded, exact_coherence, walsh_hadamard

pytestmark = pytest.mark.claim("LCS-bch")


def largest_sum(code: Code) -> Fraction:
    """The coherence of a linear code: the largest transform of its non-zero forms."""
    r = code.d.bit_length() - 1
    worst = 0
    for start in range(1, code.m >> r, 2048):
        forms = np.arange(start, min(start + 2048, code.m >> r))
        F = decoded(code.columns(forms << r), code.d**-0.5)
        worst = max(worst, int(np.abs(walsh_hadamard(F)).max()))
    return Fraction(worst, code.d)


@pytest.mark.parametrize(
    "code", [dual_bch(3, 2), dual_bch(4, 2), dual_bch(5, 2), odd_quadratic(3, 1)]
)
def test_every_pair_of_columns(code: Code) -> None:
    assert exact_coherence(code.matrix(), code.d) == code.coherence.a
    assert code.attained


@pytest.mark.parametrize(("r", "t"), [(5, 3), (6, 2), (6, 3), (7, 2), (7, 3), (8, 2), (9, 2)])
def test_the_sharpened_bound_is_the_coherence(r: int, t: int) -> None:
    code = dual_bch(r, t)
    assert (code.d, code.m) == (2**r, 2 ** (r * t))
    assert float(code.coherence) <= (2 * t - 2) / sqrt(code.d)
    assert largest_sum(code) == code.coherence.a


@pytest.mark.parametrize(("r", "t"), [(5, 1), (5, 2), (7, 1), (7, 2), (9, 1)])
def test_odd_quadratic_codes(r: int, t: int) -> None:
    code = odd_quadratic(r, t)
    assert (code.d, code.m) == (2**r, 2 ** (r * (t + 1)))
    assert largest_sum(code) == Fraction(2**t, 2 ** ((r + 1) // 2)) == code.coherence.a


def test_published_coherences() -> None:
    assert dual_bch(9, 2).coherence_squared.a == Fraction(2, 2**9)
    assert dual_bch(8, 2).coherence_squared.a == Fraction(4, 2**8)
    assert dual_bch(9, 3).coherence_squared.a == Fraction(8, 2**9)


@pytest.mark.parametrize(("r", "t"), [(6, 4), (7, 4), (10, 3), (13, 4)])
def test_columns_drawn_from_a_large_code(r: int, t: int) -> None:
    code = dual_bch(r, t)
    chosen = np.unique(np.random.default_rng(r).integers(0, code.m, 100))
    assert exact_coherence(code.columns(chosen), code.d) <= code.coherence.a


def test_one_more_exponent_passes_the_bound() -> None:
    """d^t columns have the bound of t; the columns of t + 1 do not have it."""
    for fewer, more in (
        (dual_bch(6, 2), dual_bch(6, 3)),
        (odd_quadratic(5, 1), odd_quadratic(5, 2)),
    ):
        assert largest_sum(more) > fewer.coherence.a
