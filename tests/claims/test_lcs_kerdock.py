"""Kerdock codes: d/2 + 1 mutually unbiased bases of R^d."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.codes.binary import kerdock
from tests.grams import decoded, exact_coherence, walsh_hadamard

pytestmark = pytest.mark.claim("LCS-kerdock")


@pytest.mark.parametrize("r", [2, 4, 6])
def test_every_pair_of_columns(r: int) -> None:
    code, d = kerdock(r), 2**r
    assert (code.d, code.m) == (d, d * (d // 2 + 1))
    assert exact_coherence(code.matrix(), d) == Fraction(1, 2 ** (r // 2)) == code.coherence.a


def test_every_pair_of_forms_at_256() -> None:
    """Within one form the columns are a basis, so differences of forms are all there is."""
    code = kerdock(8)
    forms = decoded(code.columns(np.arange(128) << 8), 1 / 16)
    for i in range(127):
        rest = forms[:, [i]] * forms[:, i + 1 :]
        assert np.all(np.abs(walsh_hadamard(rest)) == 16)


def test_bases_are_orthonormal_and_unbiased() -> None:
    code = kerdock(4)
    bases = np.split(decoded(code.matrix(), 1 / 4), 9, axis=1)
    for i, U in enumerate(bases):
        for j, V in enumerate(bases):
            assert np.all(16 * np.eye(16) == U.T @ V) if i == j else np.all(np.abs(U.T @ V) == 4)


@pytest.mark.parametrize("r", [10, 12, 14])
def test_columns_drawn_from_a_large_code(r: int) -> None:
    code = kerdock(r)
    chosen = np.random.default_rng(r).choice(code.m, 120, replace=False)
    assert exact_coherence(code.columns(chosen), code.d) <= code.coherence.a


def test_a_form_of_smaller_rank_breaks_it() -> None:
    """x_0 x_1 on 4 bits has rank 2: with the characters it reaches 1/2, above 1/4."""
    x = np.arange(16)
    signs = (1 - 2 * (x & 1) * (x >> 1 & 1))[:, None]
    assert np.abs(walsh_hadamard(signs)).max() == 8 > 16 * kerdock(4).coherence.a
