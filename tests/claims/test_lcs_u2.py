"""The union bound at K active features with the best probes: exact tails, and drawn codes."""

import re
from fractions import Fraction

import numpy as np
import pytest

from lcs.bounds.lower import best_lower
from lcs.bounds.upper import u0_exact, u2
from lcs.codes.random import rademacher
from tests import references as ref
from tests.claims.test_lcs_nullspace_bound import alpha

pytestmark = pytest.mark.claim("LCS-u2")

CASES = [
    (20, 1, "1/2"),
    (60, 1, "2/5"),
    (100, 2, "2/3"),
    (1000, 1, "1/4"),
    (50, 3, "1"),
    (9, 1, "1/7"),
]


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_it_holds_in_integer_arithmetic_at_the_K_it_names(m, k, eps):
    bound, level = u2(m, k, eps), Fraction(eps) / k
    assert bound.d is not None
    K = int(re.findall(r"at (\d+) active", bound.reason)[0])
    assert level * K <= 1
    assert m > K
    assert ref.u0_exact_holds(bound.d, m, K, level * K)


@pytest.mark.parametrize(("m", "k", "eps"), CASES)
def test_it_is_above_the_lower_bound_and_no_worse_than_its_largest_K(m, k, eps):
    d, level = u2(m, k, eps).d, Fraction(eps) / k
    K = min(int(1 / level), m - 1)
    there = u0_exact(m, K, K * level).d
    assert d is not None
    assert there is not None
    assert (best_lower(m, k, eps).d or 0) <= d <= there


def test_an_error_of_exactly_one_is_no_success():
    """error <= 1/4 at k = 1 asks for error < 1 at k = 4 (A = B = 0 has error 1), or <= 3/4 at 3."""
    d = u2(12, 1, "1/4", strict=False).d
    assert d is not None
    assert d >= (best_lower(12, 1, "1/4", strict=False).d or 0)
    assert u2(12, 1, 1, strict=False).d is None


@pytest.mark.parametrize(("m", "k", "eps"), [(30, 1, "1/2"), (40, 1, "9/20"), (40, 2, "7/8")])
def test_a_drawn_code_of_that_dimension_has_such_probes(m, k, eps):
    """The best probes of A have error k alpha_1(A)."""
    d = u2(m, k, eps).d
    assert d is not None
    rng = np.random.default_rng(m)
    level = float(Fraction(eps))
    assert any(k * alpha(rademacher(d, m, rng=rng)) < level for _ in range(5))
