"""error < eps beside error <= eps: the two questions, told apart exactly where they differ."""

from fractions import Fraction

import pytest
from hypothesis import assume, given

from lcs.bounds import lower, upper
from tests.strategies import parameters

LOWER = [
    lower.edge_cases,
    lower.welch,
    lower.rank_monomial,
    lower.rank_chebyshev,
    lower.volume,
    lower.nullspace,
    lower.levenshtein,
    lower.best_lower,
]
UPPER = [upper.edge_cases, upper.simplex, upper.u5, upper.u0_exact]


@pytest.mark.parametrize("bound", LOWER + UPPER, ids=lambda f: f.__name__)
@given(where=parameters(max_ratio=60))
def test_allowing_equality_is_allowing_a_little_more(bound, where):
    """error <= eps iff error < eps + h for all h > 0, and each bound is a step function."""
    m, k, eps = where
    beside = bound(m, k, eps + Fraction(1, 10**40)).d
    assert bound(m, k, eps, strict=False).d == beside


@given(where=parameters(max_m=10**6, max_ratio=60))
def test_the_weaker_question_has_the_smaller_bracket(where):
    m, k, eps = where
    low, high = (f(m, k, eps, strict=False).d for f in (lower.best_lower, upper.best_upper))
    LOW, HIGH = (f(m, k, eps).d for f in (lower.best_lower, upper.best_upper))
    assert None not in (low, high, LOW, HIGH)
    assert (low or 0) <= (LOW or 0)
    assert (high or 0) <= (HIGH or 0)
    assert 0 <= (low or 0) <= (high or 0) <= m


@pytest.mark.parametrize(
    ("m", "k", "eps", "strict", "weak"),
    [
        (5, 1, 1, 1, 0),
        (10, 10, 1, 10, 0),
        (9, 1, "1/2", 2, 1),
        (4, 2, 1, 2, 0),
        (1, 1, "1/2", 1, 1),
    ],
)
def test_edges_where_the_two_differ(m, k, eps, strict, weak):
    assert lower.edge_cases(m, k, eps).d == upper.edge_cases(m, k, eps).d == strict
    assert lower.best_lower(m, k, eps, strict=False).d == weak
    assert upper.best_upper(m, k, eps, strict=False).d == weak


@pytest.mark.parametrize("m", [2, 3, 10, 101])
def test_the_simplex_is_exactly_enough_for_equality(m):
    level = Fraction(1, m)
    assert lower.best_lower(m, 1, level, strict=False).d == m - 1
    assert upper.best_upper(m, 1, level, strict=False).d == m - 1
    assert lower.best_lower(m, 1, level).d == upper.best_upper(m, 1, level).d == m


@given(where=parameters(max_m=1000, max_ratio=12))
def test_a_limit_below_only_hides_what_is_not_below(where):
    m, k, eps = where
    assume(m > k)
    for bound in (upper.u1, upper.u0_exact, upper.u2):
        d = bound(m, k, eps).d
        if d is not None:
            assert bound(m, k, eps, below=d).d is None or bound is not upper.u1
            found = bound(m, k, eps, below=d + 1).d
            assert found is not None
            assert found <= d
