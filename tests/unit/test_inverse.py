"""The inverse bounds against the forward ones asked for every m, and against what exists."""

from fractions import Fraction
from math import log10, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lcs.bounds import inverse, lower, upper
from lcs.bounds.enclose import sine
from lcs.bounds.inverse import greedy_features, least_coherence, most_features
from lcs.codes.algebraic import catalogue

FORWARD = (lower.rank_chebyshev, lower.rank_monomial, lower.nullspace, lower.volume)
SCOPES = ("any A, B", "A = B")


def needs(m: int, mu: Fraction, strict: bool, scope: str) -> int:
    """The d that the forward bounds prove necessary."""
    bounds = (*FORWARD, lower.levenshtein) if scope == "A = B" else FORWARD
    return max(f(m, 1, mu / (1 + mu), strict=strict).d or 0 for f in bounds)


@given(
    d=st.integers(1, 40),
    mu=st.fractions(Fraction(1, 100), Fraction(17, 20), max_denominator=400),
    strict=st.booleans(),
    scope=st.sampled_from(SCOPES),
)
def test_it_is_the_last_m_that_the_forward_bounds_allow(d, mu, strict, scope):
    most = most_features(d, mu, strict=strict, scope=scope).value
    assert most >= d
    assert needs(most, mu, strict, scope) <= d < needs(most + 1, mu, strict, scope)


@given(d=st.integers(1, 6), mu=st.fractions(Fraction(1, 20), Fraction(1, 2), max_denominator=60))
def test_no_smaller_m_is_excluded(d, mu):
    """Brute force: the forward bounds one m after the other."""
    most = most_features(d, mu).value
    assume(most < 200)
    assert all(needs(m, mu, True, "any A, B") <= d for m in range(1, most + 1))


@given(d=st.integers(1, 2000), mu=st.fractions(Fraction(1, 10**4), Fraction(99, 100)))
def test_a_smaller_scope_holds_no_more_and_strictness_excludes_more(d, mu):
    level = mu.limit_denominator(10**4)
    most = {
        (s, t): most_features(d, level, strict=s, scope=t).value
        for s in (True, False)
        for t in SCOPES
    }
    for strict in (True, False):
        assert d <= most[strict, "A = B"] <= most[strict, "any A, B"]
    for scope in SCOPES:
        assert most[True, scope] <= most[False, scope]


@pytest.mark.parametrize("d", range(1, 12))
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("mu", [Fraction(1, 2), Fraction(1, 3), Fraction(4, 5)])
def test_the_volume_alone_comes_back_at_its_ties(d, strict, mu):
    """At mu = 1/2 the ratio is 5, and 2m + 1 = 5^d has a solution for every d."""
    most = inverse._by_volume(d, mu, strict).value
    level = mu / (1 + mu)
    assert (lower.volume(most, 1, level, strict=strict).d or 0) <= d
    assert (lower.volume(most + 1, 1, level, strict=strict).d or 0) > d


@pytest.mark.parametrize("code", list(catalogue(40, mu_max=Fraction(3, 4))), ids=lambda c: c.name)
def test_no_code_that_exists_is_excluded(code):
    """The coherence rounded up; the two lists of codes and bounds come from different proofs."""
    mu = Fraction(float(code.coherence)) + Fraction(1, 10**12)
    for scope in SCOPES:
        assert code.m <= most_features(code.d, mu, scope=scope).value
        assert least_coherence(code.m, code.d, scope=scope).value <= mu


@pytest.mark.parametrize(("d", "m", "root"), [(7, 28, 3), (23, 276, 5), (6, 16, 3), (22, 176, 5)])
def test_equiangular_tight_frames_are_the_limit(d, m, root):
    mu = Fraction(1, root)
    assert most_features(d, mu, strict=False).value == m
    assert most_features(d, mu).value == m - 1
    found = least_coherence(m, d, bits=30)
    assert found.value <= mu < found.value + Fraction(2, 2**30)


@given(m=st.integers(2, 10**9), d=st.integers(1, 300))
def test_least_coherence_is_where_the_forward_bounds_begin_to_exclude(m, d):
    found = least_coherence(m, d, bits=24).value
    if m <= d:
        assert found == 0
        return
    step = Fraction(1, 2**24)
    above = most_features(d, found + step).value if found + step < 1 else m
    assert above >= m
    assert found == 0 or most_features(d, found).value < m
    assert float(found) >= sqrt(max(0, (m - d) / (d * (m - 1)))) - float(step)


# --- huge numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("degrees", "log"), [(2, 34.73), (3, 69.72), (5, 170.68), (10, 543.01)], ids=str
)
def test_the_rank_bounds_at_the_folklore_dimensions(degrees, log):
    """The figures of the theory notes at d = 12288, by the Chebyshev rank bound alone."""
    most = most_features(12288, sine(degrees)[1], strict=False)
    assert most.claim == "LCS-rank-l2"
    assert log10(most.value) == pytest.approx(log, abs=0.005)


@pytest.mark.parametrize("exponent", [20, 100, 400])
def test_huge_m_come_back(exponent):
    m, mu = 10**exponent, Fraction(1, 9)
    d = lower.levenshtein(m, 1, "1/10").d
    assert d is not None
    assert most_features(d, mu, scope="A = B").value >= m
    assert most_features(d - 1, mu, scope="A = B").value < m


# --- greedy choice ------------------------------------------------------------------------------


@given(d=st.integers(2, 400), mu=st.fractions(Fraction(1, 20), Fraction(9, 10), max_denominator=99))
def test_greedy_is_the_last_m_that_u1_allows(d, mu):
    m = greedy_features(d, mu).value
    level = mu / (1 + mu)
    assert m >= d
    after = upper.u1(m + 1, 1, level).d
    assert after is not None
    assert after > d
    if m > d:
        there = upper.u1(m, 1, level).d
        assert there is not None
        assert there <= d
    assert m <= most_features(d, mu, scope="A = B").value


# --- what is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize("d", [0, -1, 2.5, True, "3"])
def test_d_must_be_a_positive_integer(d):
    for ask in (most_features, greedy_features):
        with pytest.raises(ValueError, match=r"d must be an integer >= 1; got"):
            ask(d, "1/2")
    with pytest.raises(ValueError, match=r"d must be an integer >= 1; got"):
        least_coherence(10, d)


@pytest.mark.parametrize("mu", [0, -1, 1, 2.5, float("nan"), float("inf"), "x", None, True])
def test_mu_must_lie_between_zero_and_one(mu):
    for ask in (most_features, greedy_features):
        with pytest.raises(ValueError, match=r"mu must .* got"):
            ask(10, mu)


def test_the_rest_is_checked_too():
    with pytest.raises(ValueError, match="d must be an integer >= 2"):
        greedy_features(1, "1/2")
    with pytest.raises(TypeError, match="strict must be"):
        most_features(10, "1/2", strict=1)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="scope must be one of"):
        most_features(10, "1/2", scope="B = A")  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="bits must be"):
        least_coherence(10, 5, bits=0)
    with pytest.raises(ValueError, match="m must be"):
        least_coherence(0, 5)
