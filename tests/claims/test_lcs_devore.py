"""DeVore's binary codes: the graphs of polynomials."""

from fractions import Fraction

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
