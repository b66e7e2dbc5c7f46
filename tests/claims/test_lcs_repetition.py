"""A kernel repeated s times: 1/s of the error, in as many dimensions below m."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.codes.code import Code
from lcs.codes.combine import repetition
from lcs.codes.elementary import circle, harmonic, identity, simplex
from lcs.codes.steiner import steiner_triples
from lcs.codes.two_graphs import paley
from tests.grams import assert_coherence

pytestmark = pytest.mark.claim("LCS-repetition")

BASES = [
    simplex(2),
    simplex(5),
    paley(13),
    steiner_triples(7),
    circle(5),
    harmonic(4, 9),
    identity(3),
]


@given(st.sampled_from(BASES), st.integers(2, 6))
def test_size_and_coherence(base: Code, s: int) -> None:
    code = repetition(base, s)
    assert (code.m, code.m - code.d) == (s * base.m, base.m - base.d)
    assert code.attained
    assert_coherence(code)
    assert np.isclose(code.error_bound(), base.error_bound() / s, rtol=1e-14)


@pytest.mark.parametrize("s", [1, 0, 2.0, True])
def test_fewer_copies_are_refused(s) -> None:
    with pytest.raises(ValueError, match="s must be an integer >= 2"):
        repetition(simplex(5), s)


def test_the_kernel_is_the_old_one_repeated() -> None:
    base = steiner_triples(7)
    kernel = np.linalg.svd(base.matrix())[2][7:]
    repeated = np.hstack([kernel, kernel, kernel])
    A = repetition(base, 3).matrix()
    assert np.abs(A @ repeated.T).max() < 1e-13
    assert np.linalg.matrix_rank(A) == 84 - 21


def test_columns_repeated_instead_of_the_kernel_gain_nothing() -> None:
    A = np.hstack([paley(5).matrix()] * 2)
    G = np.abs(A.T @ A) - np.eye(12)
    assert np.max(G) > 0.99 > float(repetition(paley(5), 2).coherence)
