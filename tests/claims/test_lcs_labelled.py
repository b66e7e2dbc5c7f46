"""Chirps in groups, each with a coordinate of its own: every pair, and every exponential sum."""

import cmath
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from lcs.codes.characters import chirp
from lcs.codes.labelled import exponential_sums, labelled_chirp
from tests.grams import assert_coherence

pytestmark = pytest.mark.claim("LCS-labelled")


def largest_sum(p: int, t: int, A: int) -> float:
    """max |sum_x exp(2 pi i (A x^t + c_{t-1} x^{t-1} + ... + c_1 x)/p)| over all lower terms."""
    turn = [cmath.exp(2j * cmath.pi * n / p) for n in range(p)]
    table = np.array([[x**i for x in range(p)] for i in range(1, t)])
    lower = np.array(list(product(range(p), repeat=t - 1))) @ table
    top = A * np.arange(p) ** t
    return float(np.abs(np.array(turn)[(lower + top) % p].sum(axis=1)).max())


@pytest.mark.parametrize(("p", "t"), [(5, 3), (7, 3), (13, 3), (19, 3), (31, 3), (7, 4), (13, 4)])
def test_sums_are_bounded_for_every_polynomial(p: int, t: int) -> None:
    classes = exponential_sums(p, t)
    bounds = {A: bound for bound, some in classes for A in some}
    assert sorted(bounds) == list(range(1, p))
    assert sum(len(some) for _, some in classes) == p - 1
    for A, bound in bounds.items():
        seen = largest_sum(p, t, A)
        assert seen - 1e-12 * p <= bound <= seen + p * p / 2**49
        assert bound <= (t - 1) * p**0.5


@pytest.mark.parametrize(
    ("p", "t", "s"), [(11, 3, 1), (11, 3, 4), (13, 3, 3), (13, 3, 13), (19, 3, 2), (11, 4, 1)]
)
def test_every_pair_of_columns(p: int, t: int, s: int) -> None:
    code = labelled_chirp(p, t, s)
    assert (code.d, code.m) == (2 * p + s, 2 * p ** (t - 1) * s)
    assert_coherence(code)


def test_the_two_kinds_of_pairs_are_level() -> None:
    """At p = 2 mod 3 every difference is in the one class, so both kinds reach the bound."""
    code = labelled_chirp(11, 3, 3)
    A = code.matrix()
    G = np.abs(A.T @ A) - np.eye(code.m)
    same = np.kron(np.eye(3), np.ones((242, 242))) > 0
    mu = float(code.coherence)
    # The bound on the sums is p^2/2^50 above them.
    assert G[~same].max() == pytest.approx(mu, abs=1e-10)
    assert G[same].max() == pytest.approx(mu, abs=1e-10)
    assert mu < float(chirp(11, 3).coherence)


@pytest.mark.parametrize(
    ("p", "t", "s", "level"), [(277, 3, 7, 9), (53, 4, 4, 3), (23, 3, 10, 3), (293, 3, 6, 9)]
)
def test_those_used_read_a_million_or_ten_thousand_features(p, t, s, level) -> None:
    """Columns drawn at random, and the pairs of groups and coefficients that meet in most."""
    code = labelled_chirp(p, t, s)
    assert code.coherence < Fraction(1, level)
    rng = np.random.default_rng(p)
    chosen = rng.integers(0, code.m, 1500)
    chosen = np.unique(np.append(chosen, np.arange(s) * (code.m // s)))
    A = code.columns(chosen)
    G = A.T @ A
    np.testing.assert_allclose(np.diag(G), 1, atol=1e-12)
    assert np.abs(G - np.diag(np.diag(G))).max() <= float(code.coherence) + 1e-12
    # Against f = a x^t of every group, all b x^2 + c x of every group: one column is enough of a.
    size, both = code.m // s, 2 * p * p
    for first in range(s):
        others = np.setdiff1d(np.arange(s), [first])[:, None] * size + np.arange(0, both, 2)
        few = code.columns(rng.choice(others.ravel(), 20_000 // p))
        assert np.abs(code.columns([first * size])[:, 0] @ few).max() <= float(code.coherence)


def test_differences_lie_in_the_classes_of_smallest_sums() -> None:
    """At p = 277 two of the three classes hold the differences of seven residues."""
    bounds = [bound for bound, _ in exponential_sums(277, 3)]
    code = labelled_chirp(277, 3, 7)
    B, b = float(bounds[1]), 277**0.5
    assert float(code.coherence) == pytest.approx(B / (277 + B - b), rel=1e-14)
    assert float(labelled_chirp(277, 3, 60).coherence) > float(code.coherence)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((9, 3, 1), "p must be a prime >= 11; got 9"),
        ((7, 3, 1), "p must be a prime >= 11; got 7"),
        ((11, 2, 1), "t must be 3 or 4; got 2"),
        ((257, 4, 1), "must be at most 16777216; got 16974593"),
        ((11, 3, 12), "1 <= s <= 11; got 12"),
    ],
)
def test_one_clear_error(args, message) -> None:
    with pytest.raises(ValueError, match=message):
        labelled_chirp(*args)


def test_without_the_labels_the_bound_is_passed() -> None:
    code = labelled_chirp(11, 3, 4)
    A = code.matrix()[: 2 * 11]
    A = A / np.linalg.norm(A, axis=0)
    assert np.abs(A.T @ A - np.eye(code.m)).max() > float(code.coherence) + 0.05
