"""Bounds at the very places where their degree, or a limit of theirs, changes."""

import math
from fractions import Fraction

import pytest
from scipy.special import roots_gegenbauer

from lcs.bounds import levenshtein, rademacher
from lcs.bounds.inverse import least_coherence
from lcs.bounds.problem import problem
from lcs.bounds.rates import rate_chebyshev, rate_monomial
from lcs.claims import laws


@pytest.mark.parametrize("s", [3, 4, 9])
def test_degree_one_is_taken_where_it_is_only_just_one(s: int) -> None:
    """m mu^2 = 1 at m = s^2 and mu = 1/s; th = 2 sqrt m at mu = 4s/(4s^2 + 1)."""
    m = s * s
    mu = Fraction(1, s)
    assert rate_monomial(m, 1, mu / (1 + mu)).d == math.ceil(m / (2 * math.e))
    mu = Fraction(4 * s, 4 * m + 1)
    assert rate_chebyshev(m, 1, mu / (1 + mu)).d == math.ceil(4 * m / (8 * math.e) - 1)
    less = mu - Fraction(1, 10**9)
    assert rate_chebyshev(m, 1, less / (1 + less)).d is None


@pytest.mark.parametrize(("d", "s"), [(3, Fraction(9, 10)), (8, Fraction(4, 5))])
def test_lines_are_bounded_up_to_the_largest_degree_and_not_beyond(d, s, monkeypatch) -> None:
    """The degrees needed are those whose largest zero s has passed: C_n^(d/2)(s) > 0 till then."""
    n = 1
    while max(roots_gegenbauer(n + 1, d / 2)[0]) < s:
        n += 1
    monkeypatch.setattr(levenshtein, "MOST_DEGREE", n)
    assert levenshtein.most_lines(d, s) is not None
    monkeypatch.setattr(levenshtein, "MOST_DEGREE", n - 1)
    assert levenshtein.most_lines(d, s) is None


@pytest.mark.parametrize(("m", "k", "d"), [(1000, 1, 80), (1000, 16, 500), (10**6, 40, 4000)])
def test_the_floats_that_spare_balls_are_below_them_and_near(m: int, k: int, d: int) -> None:
    """They leave out the tail after its first term, a geometric series, and Stirling's rest."""
    question = problem(m, k, Fraction(1, 2))
    low = rademacher._log_failures(question, d)
    balls = rademacher.log_supports_and_signs(m, k) + rademacher._sign_tail(question, d).log()
    n, heads = k * d, rademacher._heads(question, d)
    rest = -math.log(1 - (n - heads) / (heads + 1))
    assert 0 <= float(balls) - low <= rest + 0.5


@pytest.mark.parametrize(("m", "d"), [(28, 7), (40, 5), (100, 9)])
def test_the_least_coherence_is_the_largest_multiple_of_its_step(m: int, d: int) -> None:
    assert (least_coherence(m, d).value * 2**40).denominator == 1
    fine, coarse = least_coherence(m, d, bits=50).value, least_coherence(m, d, bits=7).value
    assert coarse == Fraction(math.floor(fine * 2**7), 2**7)


@pytest.mark.parametrize("k", [1, 3])
def test_the_domains_of_lemma_7_and_corollary_8_end_where_they_are_said_to(k: int) -> None:
    """1/sqrt m < e < 1/2, and g/sqrt m < e < g/2 with g = 1 - eps, at e = eps/k and m = 100."""
    for share, inside in ((0.099, False), (0.101, True), (0.499, True), (0.501, False)):
        assert laws.lem7_domain(100, k, share * k) == inside
        eps = share * k / (1 + share * k)  # eps/k = share (1 - eps)
        assert laws.cor8_domain(100, k, eps) == inside


def test_two_features_are_the_fewest_that_collapse() -> None:
    assert [bool(laws.collapsible(m, m, 0.4)) for m in (1, 2, 3)] == [False, True, True]
    assert [bool(laws.collapsible(9, 2, eps)) for eps in (0.99, 1.0)] == [True, False]
