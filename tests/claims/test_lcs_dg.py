"""Delsarte-Goethals codes: more forms, of smaller rank."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.codes.binary import delsarte_goethals
from tests.grams import decoded, exact_coherence, walsh_hadamard

pytestmark = pytest.mark.claim("LCS-dg")


def test_every_pair_of_columns() -> None:
    code = delsarte_goethals(4, 1)
    assert (code.d, code.m) == (16, 2**10 + 16)
    assert exact_coherence(code.matrix(), 16) == Fraction(1, 2) == code.coherence.a


def test_every_pair_of_forms_at_64() -> None:
    code = delsarte_goethals(6, 1)
    assert code.m == 2**16 + 64
    forms = decoded(code.columns(np.arange(2**10) << 6), 1 / 8)
    worst = max(
        int(np.abs(walsh_hadamard(forms[:, [i]] * forms[:, i + 1 :])).max()) for i in range(1023)
    )
    assert Fraction(worst, 64) == Fraction(1, 4) == code.coherence.a


@pytest.mark.parametrize(("r", "s"), [(6, 2), (8, 1), (8, 2), (10, 1)])
def test_columns_drawn_from_a_large_code(r: int, s: int) -> None:
    code = delsarte_goethals(r, s)
    chosen = np.random.default_rng(r).choice(code.m, 150)
    chosen = np.unique(np.append(chosen, code.m - 1))
    assert exact_coherence(code.columns(chosen), code.d) <= Fraction(2**s, 2 ** (r // 2))


def test_the_forms_beyond_kerdock_are_twice_as_coherent() -> None:
    """At s = 1 the coherence of s = 0 is passed: forms of smaller rank cost that much."""
    code = delsarte_goethals(4, 1)
    assert exact_coherence(code.matrix(), 16) > Fraction(1, 4)
