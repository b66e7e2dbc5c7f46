"""The largest explicit code: what it promises, and that no listed code of its families beats it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.codes.algebraic import catalogue
from lcs.codes.largest import largest_code

FAMILIES = {"LCS-kerdock", "LCS-dg", "LCS-bch", "LCS-chirp", "LCS-legendre", "LCS-rs-simplex"}


@given(d=st.integers(1, 90), mu=st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=60))
def test_it_keeps_its_promise_and_no_listed_code_has_more_columns(d, mu):
    code = largest_code(d, mu)
    assert code.d <= d
    assert code.m >= d
    assert code.coherence <= mu
    listed = (c.m for c in catalogue(d, mu_max=mu) if c.claim in FAMILIES)
    assert code.m >= max(listed, default=d)


@pytest.mark.parametrize(("d", "mu"), [(64, "1/4"), (100, "1/4"), (128, "1/4"), (60, "1/3")])
def test_its_columns_are_as_incoherent(d, mu):
    code = largest_code(d, Fraction(mu))
    A = code.columns(np.unique(np.random.default_rng(d).integers(0, code.m, 400)))
    G = np.abs(A.T @ A)
    rounding = code.d * np.finfo(float).eps
    assert np.abs(np.diag(G) - 1).max() <= rounding
    assert (G - np.diag(np.diag(G))).max() <= Fraction(mu) + rounding


def test_beyond_what_an_index_can_number_the_first_columns_are_there():
    code = largest_code(4096, Fraction(1, 5))
    assert code.m > 2**63
    A = code.columns([0, 1, 2**40 + 7, 2**63 - 1])
    G = np.abs(A.T @ A) - np.eye(4)
    assert G.max() <= 0.2
    with pytest.raises(ValueError, match="indices must lie in"):
        code.columns(np.array([2**63], dtype=np.uint64))


@pytest.mark.parametrize(
    ("d", "mu", "rule"),
    [
        (0, "1/2", "d must be"),
        (2.5, "1/2", "d must be"),
        (8, 0, "0 < mu < 1"),
        (8, 1, "0 < mu < 1"),
    ],
)
def test_other_questions_are_refused(d, mu, rule):
    with pytest.raises(ValueError, match=rule):
        largest_code(d, Fraction(mu))
