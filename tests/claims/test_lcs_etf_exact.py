"""Equiangular tight frames: built, proved in integers, and met by the lower bound."""

from fractions import Fraction

import pytest

from lcs.bounds.lower import welch
from lcs.codes.code import Code
from lcs.codes.elementary import simplex
from lcs.codes.partial_hadamard import bent
from lcs.codes.steiner import steiner_pairs, steiner_triples
from lcs.codes.two_graphs import paley, symplectic, unitary
from lcs.codes.witt import leech
from tests.grams import assert_equiangular_tight

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


def test_two_constructions_give_one_frame() -> None:
    same = [steiner_pairs(8), bent(3, -1)], [steiner_triples(7), unitary(3), symplectic(3, -1)]
    for group in same:
        assert len({(code.d, code.m, code.coherence) for code in group}) == 1
