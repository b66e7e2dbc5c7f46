"""Codes of signs without some of their rows."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.codes.binary import delsarte_goethals, dual_bch, kerdock, odd_quadratic
from lcs.codes.code import Code
from lcs.codes.combine import direct_sum, first_columns, punctured
from lcs.codes.elementary import identity
from lcs.codes.partial_hadamard import bent, partial_hadamard
from tests.grams import decoded, exact_coherence, walsh_hadamard

pytestmark = pytest.mark.claim("LCS-puncture")

BASES = [
    kerdock(4),
    delsarte_goethals(4, 1),
    odd_quadratic(5, 1),
    dual_bch(4, 2),
    bent(2, -1),
    partial_hadamard(21, 5, rng=np.random.default_rng(1)),
]


@pytest.mark.parametrize("base", BASES, ids=lambda code: code.name)
def test_the_columns_said_to_be_signs_are(base: Code) -> None:
    assert base.signs > 0
    signs = decoded(base.columns(np.arange(base.signs)), base.d**-0.5)
    assert np.all(np.abs(signs) == 1)


@given(st.sampled_from(BASES), st.data())
def test_every_pair_of_columns(base: Code, data: st.DataObject) -> None:
    most = -(-base.d * (1 - base.coherence.a) // 2) - 1  # d mu + p < d - p
    p = data.draw(st.integers(1, int(most)))
    code = punctured(base, p)
    assert (code.d, code.m) == (base.d - p, base.signs)
    assert code.coherence.a == (base.d * base.coherence.a + p) / (base.d - p)
    assert exact_coherence(code.matrix(), code.d) <= code.coherence.a


def test_one_row_less_reaches_the_bound() -> None:
    """Both signs occur among the inner products, so one row lost adds one to some of them."""
    assert exact_coherence(punctured(odd_quadratic(5, 1), 1).matrix(), 31) == Fraction(9, 31)


def test_a_million_columns_below_a_third_in_121_dimensions() -> None:
    """A linear code: against the zero form one transform of every form gives all pairs."""
    base = odd_quadratic(7, 2)
    code, worst = punctured(base, 7), 0
    forms = np.arange(1, base.m >> 7)
    for some in np.array_split(forms, 8):
        signs = decoded(base.columns(some << 7), base.d**-0.5)
        signs[code.d :] = 0
        worst = max(worst, int(np.abs(walsh_hadamard(signs)).max()))
    assert code.d == 121
    assert Fraction(worst, 121) <= code.coherence.a == Fraction(39, 121) < Fraction(1, 3)
    first = code.columns(np.arange(300))
    np.testing.assert_allclose(first, base.columns(np.arange(300))[:121] * np.sqrt(128 / 121))


def test_who_has_signs_and_who_has_none() -> None:
    assert first_columns(kerdock(4), 130).signs == kerdock(4).signs == 128
    assert first_columns(kerdock(4), 100).signs == 100
    assert direct_sum(kerdock(2), 2).signs == 0
    with pytest.raises(ValueError, match=r"columns of signs \+-1/sqrt d; got 'identity\(4\)'"):
        punctured(identity(4), 1)
    with pytest.raises(ValueError, match="p must satisfy 1 <= p < 16; got 0"):
        punctured(kerdock(4), 0)
    with pytest.raises(ValueError, match="bounded below 1; got 6"):
        punctured(kerdock(4), 6)


def test_columns_that_are_no_signs_can_lose_everything() -> None:
    """The last columns of a Kerdock code are unit vectors: without its row one of them is 0."""
    base = kerdock(4)
    A = base.matrix()[:-1]
    assert base.signs < base.m
    assert np.min(np.linalg.norm(A, axis=0)) == 0
