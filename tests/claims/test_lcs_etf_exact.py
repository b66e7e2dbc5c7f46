"""Equiangular tight frames: built, proved in integers, and met by the lower bound."""

from fractions import Fraction
from math import isqrt

import numpy as np
import pytest

from lcs.bounds.lower import best_lower, welch
from lcs.codes.binary import kerdock
from lcs.codes.code import Code
from lcs.codes.combine import complement, is_frame
from lcs.codes.elementary import circle, harmonic, identity, simplex
from lcs.codes.partial_hadamard import bent
from lcs.codes.steiner import steiner_pairs, steiner_triples
from lcs.codes.two_graphs import paley, symplectic, unitary
from lcs.codes.witt import leech
from lcs.linear.error import worst_case_error
from tests import references as ref
from tests.grams import assert_coherence, assert_equiangular_tight

pytestmark = pytest.mark.claim("LCS-etf-exact")

FRAMES = {
    (2, 3): simplex(3),
    (8, 9): simplex(9),
    (3, 6): paley(5),
    (5, 10): symplectic(2, 1),
    (7, 14): paley(13),
    (6, 16): bent(2, -1),
    (10, 16): bent(2, 1),
    (7, 28): unitary(3),
    (21, 28): unitary(3, complement=True),
    (15, 36): symplectic(3, 1),
    (21, 36): symplectic(3, 1, complement=True),
    (28, 64): bent(3, -1),
    (36, 64): bent(3, 1),
    (21, 126): unitary(5),
    (22, 176): leech(22),
    (23, 276): leech(23),
}
MORE = [
    symplectic(2, 1, complement=True),
    symplectic(3, -1),
    symplectic(3, -1, complement=True),
    symplectic(4, 1),
    symplectic(4, 1, complement=True),
    symplectic(4, -1),
    symplectic(4, -1, complement=True),
    unitary(5, complement=True),
    unitary(7),
    bent(4, 1),
    bent(4, -1),
]
EVERY = pytest.mark.parametrize("code", [*FRAMES.values(), *MORE], ids=lambda code: code.name)


def test_the_table_has_the_frames_it_names() -> None:
    assert all(size == (code.d, code.m) for size, code in FRAMES.items())


@EVERY
def test_it_is_equiangular_and_tight(code: Code) -> None:
    assert_equiangular_tight(code)


@EVERY
def test_no_smaller_dimension_has_that_coherence(code: Code) -> None:
    """The bound asks for coherence below mu; a hair above mu it must still say d."""
    mu = code.coherence
    hair = Fraction(1, 10**12)
    above = Fraction(float(mu)) + hair
    assert mu < above
    assert welch(code.m, 1, above / (1 + above)).d == code.d
    below = above - 2 * hair
    assert not mu <= below
    assert (welch(code.m, 1, below / (1 + below)).d or 0) > code.d


@pytest.mark.parametrize(
    "base", [identity(5), simplex(2), circle(5), kerdock(4), harmonic(4, 9)], ids=lambda c: c.name
)
def test_only_a_frame_has_a_complement(base: Code) -> None:
    assert not is_frame(base)
    with pytest.raises(ValueError, match="base must be an equiangular tight frame"):
        complement(base)


def test_a_complement_is_offered_up_to_4096_columns() -> None:
    code = complement(bent(6, -1))
    assert (code.d, code.m) == (2080, 4096)
    assert code.coherence_squared.a == Fraction(2016, 2080 * 4095)
    with pytest.raises(ValueError, match="at most 4096 columns"):
        complement(bent(7, -1))


@pytest.mark.parametrize("base", [paley(5), steiner_triples(7), simplex(4)], ids=lambda c: c.name)
def test_the_complement_is_a_frame_in_the_other_dimensions(base: Code) -> None:
    code = complement(base)
    A, rest = base.matrix(), code.matrix()
    assert code.d + base.d == code.m == base.m
    assert np.abs(A @ rest.T).max() < 1e-12
    assert_coherence(code)


def test_two_constructions_give_one_frame() -> None:
    same = [steiner_pairs(8), bent(3, -1)], [steiner_triples(7), unitary(3), symplectic(3, -1)]
    for group in same:
        assert len({(code.d, code.m, code.coherence) for code in group}) == 1


TABLE = [(3, 6), (5, 10), (7, 14), (6, 16), (10, 16), (7, 28), (21, 28), (15, 36), (21, 36)]
TABLE += [(28, 64), (36, 64), (21, 126), (22, 176), (23, 276), (2, 3), (4, 5), (99, 100)]


def level(d: int, m: int, below: bool) -> Fraction:
    """mu/(1 + mu) for mu = sqrt((m-d)/(d(m-1))), rounded to 2^-100 to either side if irrational."""
    square = Fraction(m - d, d * (m - 1))
    size = 2**100
    root = isqrt(square.numerator * size**2 // square.denominator)
    mu = Fraction(root, size)
    mu += 0 if below or mu**2 == square else Fraction(1, size)
    return mu / (1 + mu)


@pytest.mark.parametrize(("d", "m"), TABLE)
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


def test_a_code_that_is_no_frame_leaves_room_below() -> None:
    """Mutually unbiased bases are neither equiangular nor least: Welch's d is well below theirs."""
    code = kerdock(4)
    level = code.coherence.a
    assert (welch(code.m, 1, level / (1 + level), strict=False).d or 0) < code.d
