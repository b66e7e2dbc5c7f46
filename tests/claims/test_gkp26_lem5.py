"""Lemma 5: d >= (2/mu^2)(2 ln m - ln p) signs make m columns mu-incoherent, but for p."""

from fractions import Fraction
from math import ceil, comb

import numpy as np
import pytest
from scipy.stats import binom

from lcs.bounds.upper import lemma5
from lcs.codes.random import rademacher

pytestmark = pytest.mark.claim("GKP26-lem5")

TRIALS = 4000
FALSE_ALARM = 1e-9


def failures(d: int, m: int, mu: Fraction, seed: int) -> int:
    """Of TRIALS codes, how many have a pair of columns with |<c_i, c_j>| >= mu."""
    rng = np.random.default_rng(seed)
    off = ~np.eye(m, dtype=bool)
    count = 0
    for _ in range(TRIALS):
        signs = np.sign(rademacher(d, m, rng=rng))
        count += bool(np.abs((signs.T @ signs)[off]).max() >= mu * d)  # integers: exact
    return count


def contradicts(count: int, fail: Fraction) -> bool:
    """Whether so many failures have probability below FALSE_ALARM if each has at most `fail`."""
    return bool(binom.sf(count - 1, TRIALS, float(fail)) < FALSE_ALARM)


@pytest.mark.parametrize(
    ("m", "mu", "fail"), [(2, "1/2", "1/5"), (3, "1/2", "1/2"), (12, "1/2", "1/10")]
)
def test_failures_are_as_rare_as_stated(m: int, mu: str, fail: str) -> None:
    level, chance = Fraction(mu), Fraction(fail)
    d = lemma5(m, level, chance)
    assert not contradicts(failures(d, m, level, seed=m), chance)


@pytest.mark.parametrize(("m", "mu", "fail"), [(12, "1/2", "1/10"), (20, "2/3", "1/5")])
def test_a_quarter_of_that_dimension_is_found_out(m: int, mu: str, fail: str) -> None:
    level, chance = Fraction(mu), Fraction(fail)
    d = lemma5(m, level, chance) // 4
    assert contradicts(failures(d, m, level, seed=m), chance)


@pytest.mark.parametrize("m", [2, 5, 100, 10**4, 10**6])
@pytest.mark.parametrize("mu", ["1/30", "1/10", "1/3", "3/4"])
@pytest.mark.parametrize("fail", ["9/10", "1/10", "1/1000000"])
def test_exact_binomial_tails_stay_below_the_statement(m: int, mu: str, fail: str) -> None:
    """The pairs are exchangeable: their number times one exact tail bounds the failure."""
    level, chance = Fraction(mu), Fraction(fail)
    d = lemma5(m, level, chance)
    tail = 2 * binom.sf(ceil(d * (1 + level) / 2) - 1, d, 0.5)
    assert comb(m, 2) * float(tail) <= chance


def test_signs_must_be_independent() -> None:
    """A repeated column is never incoherent, at any dimension."""
    d = lemma5(3, "1/2", "1/10")
    A = rademacher(d, 3, rng=np.random.default_rng(0))
    A[:, 2] = A[:, 0]
    assert abs(A[:, 2] @ A[:, 0]) >= 0.5
