"""U0: the union bound over rows, supports and signs, for a Rademacher code read by itself."""

from fractions import Fraction
from math import ceil, comb, exp, floor, log

import numpy as np
import pytest
from scipy.stats import binom

from lcs.bounds.upper import thm2, u0_hoeffding
from lcs.claims import claim
from lcs.codes.random import rademacher
from lcs.linear.error import worst_case_error

pytestmark = pytest.mark.claim("LCS-u0")

U0 = claim("LCS-u0")
CASES = [(30, 2, "1/2"), (60, 4, "4/5"), (200, 3, "9/10"), (12, 11, "9/10")]
DRAWS = 12


def dimension(m: int, k: int, eps: Fraction) -> int:
    assert U0.form is not None
    assert U0.constant is not None
    return floor(U0.constant * U0.form(m, k, float(eps))) + 1


def chance_of_failure(d: int, m: int, k: int, eps: Fraction) -> float:
    """m C(m-1, k) 2^k P(sum of kd signs >= eps d), with the exact tail."""
    first = ceil((k * d + eps * d) / 2)
    log_events = log(m * comb(m - 1, k)) + k * log(2)
    return exp(log_events + float(binom.logsf(first - 1, k * d, 0.5)))


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_some_rademacher_code_of_that_dimension_succeeds(m: int, k: int, eps: str) -> None:
    level = Fraction(eps)
    d = dimension(m, k, level)
    # All draws failing would be a false alarm with probability below 1e-6.
    assert chance_of_failure(d, m, k, level) ** DRAWS < 1e-6
    rng = np.random.default_rng(d)
    assert any(
        worst_case_error(rademacher(d, m, rng=rng), k=k).certifies(float(level))
        for _ in range(DRAWS)
    )


@pytest.mark.parametrize("m", [3, 20, 1000, 10**6])
@pytest.mark.parametrize("k", [1, 2, 8, 16])
@pytest.mark.parametrize("eps", ["1/10", "1/2", "1"])
def test_exact_tails_stay_below_one(m: int, k: int, eps: str) -> None:
    if k < m:
        d = dimension(m, k, Fraction(eps))
        assert chance_of_failure(d, m, k, Fraction(eps)) < 1


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_the_ledger_and_the_bound_name_one_number(m: int, k: int, eps: str) -> None:
    assert u0_hoeffding(m, k, eps).d == dimension(m, k, Fraction(eps))


def test_it_is_below_theorem_2_when_many_are_active() -> None:
    """2 k^2 ln(2em/k) against 4 k^2 ln m."""
    one, other = u0_hoeffding(10**6, 64, "1/2").d, thm2(10**6, 64, "1/2").d
    assert one is not None
    assert other is not None
    assert one < 0.5 * other


def test_a_fifth_of_that_dimension_fails() -> None:
    m, k, eps = 60, 4, Fraction(4, 5)
    d = dimension(m, k, eps) // 5
    rng = np.random.default_rng(0)
    for _ in range(DRAWS):
        assert worst_case_error(rademacher(d, m, rng=rng), k=k).lower >= float(eps)


def test_columns_must_be_independent() -> None:
    """A repeated column has inner product 1 with its copy."""
    d = dimension(30, 2, Fraction(1, 2))
    A = rademacher(d, 30, rng=np.random.default_rng(0))
    A[:, 1] = A[:, 0]
    assert worst_case_error(A, k=2).lower >= 1


def test_all_features_active_is_outside() -> None:
    """C(m-1, m) = 0: the formula has nothing to say at k = m."""
    assert U0.form is not None
    assert U0.domain is not None
    assert np.isnan(U0.form(10, 10, 0.5))
    assert not U0.domain(10, 10, 0.5)
    assert u0_hoeffding(10, 10, "1/2").d is None
