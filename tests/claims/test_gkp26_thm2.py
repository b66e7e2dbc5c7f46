"""Theorem 2: a Rademacher code of dimension floor(4 (k/eps)^2 ln m) + 1 has error below eps."""

from fractions import Fraction
from math import ceil, comb, floor

import numpy as np
import pytest
from scipy.stats import binom

from lcs.bounds.lower import best_lower
from lcs.bounds.upper import thm2
from lcs.claims import claim
from lcs.codes.random import rademacher
from lcs.linear.error import worst_case_error

pytestmark = pytest.mark.claim("GKP26-thm2")

CASES = [(30, 1, "1/4"), (40, 2, "1/2"), (30, 3, "9/10"), (100, 2, "2/3")]
DRAWS = 12


def dimension(m: int, k: int, eps: Fraction) -> int:
    law = claim("GKP26-thm2")
    assert law.form is not None
    assert law.constant is not None
    return floor(law.constant * law.form(m, k, float(eps))) + 1


def chance_of_failure(d: int, m: int, mu: Fraction) -> float:
    """Union bound, with exact binomial tails, that some |<a_i, a_j>| reaches mu."""
    first = ceil(d * (1 + mu) / 2)  # so many of d signs must agree
    return comb(m, 2) * 2 * float(binom.sf(first - 1, d, 0.5))


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_some_rademacher_code_of_that_dimension_succeeds(m: int, k: int, eps: str) -> None:
    level = Fraction(eps)
    d = dimension(m, k, level)
    # All draws failing would be a false alarm with probability below 1e-6.
    assert chance_of_failure(d, m, level / k) ** DRAWS < 1e-6
    rng = np.random.default_rng(d)
    assert any(
        worst_case_error(rademacher(d, m, rng=rng), k=k).certifies(float(level))
        for _ in range(DRAWS)
    )


@pytest.mark.parametrize("m", [2, 10, 1000, 10**6])
@pytest.mark.parametrize("mu", ["1/2", "1/5", "1/16", "9/10"])
def test_the_union_bound_behind_it_is_below_one(m: int, mu: str) -> None:
    d = dimension(m, 1, Fraction(mu))
    assert chance_of_failure(d, m, Fraction(mu)) < 1


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_the_ledger_and_the_bound_name_one_number(m: int, k: int, eps: str) -> None:
    assert thm2(m, k, eps).d == dimension(m, k, Fraction(eps))


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_no_code_succeeds_below_the_lower_bound(m: int, k: int, eps: str) -> None:
    d = best_lower(m, k, eps).d
    assert d is not None
    rng = np.random.default_rng(1)
    for _ in range(DRAWS):
        assert worst_case_error(rademacher(d - 1, m, rng=rng), k=k).lower >= float(Fraction(eps))


def test_signs_must_be_balanced() -> None:
    """With 4 of 5 signs positive two columns meet at 0.36 on average, above eps/k = 1/4."""
    m, k, eps = 40, 2, Fraction(1, 2)
    d = dimension(m, k, eps)
    rng = np.random.default_rng(0)
    A = np.where(rng.random((d, m)) < 0.8, 1.0, -1.0) / np.sqrt(d)
    assert worst_case_error(A, k=k).lower >= eps
