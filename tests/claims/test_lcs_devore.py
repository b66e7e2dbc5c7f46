"""DeVore's binary codes: the graphs of polynomials."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.codes.reed_solomon import devore
from tests.grams import exact_coherence

pytestmark = pytest.mark.claim("LCS-devore")


@pytest.mark.parametrize("q", [2, 3, 4, 5, 7, 8, 9])
@pytest.mark.parametrize("r", [1, 2])
def test_every_pair_of_columns(q: int, r: int) -> None:
    for n in range(r + 1, q + 2):
        code = devore(q, r, n)
        if code.m <= 1000:
            assert (code.d, code.m) == (n * q, q ** (r + 1))
            assert exact_coherence(code.matrix(), n) == Fraction(r, n) == code.coherence.a


def test_the_shape_of_the_paper() -> None:
    code = devore(7, 2)
    assert (code.d, code.m, code.coherence.a) == (49, 343, Fraction(2, 7))


def test_over_integers_mod_4_lines_meet_twice() -> None:
    """The symbols must form a field: 2x and 0 agree at x = 0 and 2, more than r = 1 times."""
    x = np.arange(4)
    assert np.count_nonzero(2 * x % 4 == 0) == 2


def test_one_more_degree_passes_the_coherence() -> None:
    more = devore(5, 2, 5)
    assert exact_coherence(more.matrix(), 5) > devore(5, 1, 5).coherence.a
