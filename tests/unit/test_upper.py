"""Upper bounds on d: formulas to the last integer, and codes that live up to them."""

from fractions import Fraction
from itertools import count

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.bounds.lower import best_lower
from lcs.bounds.upper import (
    best_upper,
    edge_cases,
    existence,
    explicit,
    identity,
    lemma5,
    simplex,
    thm2,
    u0_exact,
    u0_hoeffding,
    u1,
    u2,
    u3,
    u5,
)
from lcs.claims import CLAIMS
from lcs.codes.random import rademacher
from lcs.linear.error import worst_case_error
from tests import references as ref
from tests.strategies import parameters

BOUNDS = (thm2, u0_hoeffding, u0_exact, identity, edge_cases, simplex, u1, u2, u3, u5)
# Few enough signs for an exact binomial sum in integers.
SMALL = [
    (m, k, eps)
    for m in (4, 10, 60, 1000)
    for k in (1, 2, 3)
    for eps in (Fraction(1, 2), Fraction(2, 3), Fraction(1), Fraction(3, 10))
]


# --- formulas ---------------------------------------------------------------------------------


@pytest.mark.claim("GKP26-thm2")
@given(where=parameters(max_m=10**9))
def test_theorem_2_is_its_formula(where):
    assert thm2(*where).d == ref.thm2(*where)


@pytest.mark.claim("GKP26-thm2")
def test_theorem_2_needs_226354_dimensions_for_a_million_features():
    assert thm2(10**6, 16, 0.25).d == 226354


@pytest.mark.claim("LCS-u0")
@given(where=parameters(max_m=10**9))
def test_hoeffding_bound_is_its_formula(where):
    m, k, _ = where
    assume(k < m)
    assert u0_hoeffding(*where).d == ref.u0_hoeffding(*where)


@pytest.mark.claim("GKP26-lem5")
@given(
    m=st.integers(2, 10**9),
    mu=st.fractions(Fraction(1, 100), 1, max_denominator=10**6),
    fail=st.fractions(Fraction(1, 10**6), Fraction(99, 100), max_denominator=10**6),
)
def test_lemma_5_is_the_least_integer(m, mu, fail):
    assert lemma5(m, mu, fail) == ref.lemma5(m, mu, fail)


def test_lemma_5_takes_floats_at_their_binary_value():
    assert lemma5(1000, 0.1, 0.01) == ref.lemma5(1000, Fraction(0.1), Fraction(0.01))
    assert lemma5(1000, "0.1", "1/100") == ref.lemma5(1000, Fraction(1, 10), Fraction(1, 100))


# --- the exact tail ---------------------------------------------------------------------------


@pytest.mark.claim("LCS-u0")
@pytest.mark.parametrize(("m", "k", "eps"), SMALL)
def test_exact_tail_holds_in_integer_arithmetic(m, k, eps):
    d = u0_exact(m, k, eps).d
    assert d is not None
    assert ref.u0_exact_holds(d, m, k, eps)


@pytest.mark.claim("LCS-u0")
@given(where=parameters(max_m=10**6, max_ratio=40))
def test_exact_tail_never_needs_more_than_hoeffding(where):
    m, k, eps = where
    assume(k < m)
    exact, hoeffding = u0_exact(m, k, eps).d, u0_hoeffding(m, k, eps).d
    assert exact is not None
    assert hoeffding is not None
    assert 1 <= exact <= hoeffding


@pytest.mark.claim("LCS-u0")
@pytest.mark.parametrize(("m", "k", "eps"), SMALL)
def test_hoeffding_dimension_satisfies_the_exact_tail(m, k, eps):
    d = u0_hoeffding(m, k, eps).d
    assert d is not None
    assert ref.u0_exact_holds(d, m, k, eps)


@pytest.mark.claim("LCS-u0")
@pytest.mark.parametrize(("m", "k", "eps"), [at for at in SMALL if ref.u0_hoeffding(*at) < 300])
def test_exact_tail_is_never_below_the_least_and_saves_what_it_can(m, k, eps):
    """Where the tail falls below 1 and rises again (S has steps of 2), a later d is as good."""
    exact, hoeffding = u0_exact(m, k, eps).d, u0_hoeffding(m, k, eps).d
    assert exact is not None
    assert hoeffding is not None
    holds = [ref.u0_exact_holds(d, m, k, eps) for d in range(1, hoeffding)]
    least = holds.index(True) + 1 if any(holds) else hoeffding
    assert least <= exact
    if all(holds[least - 1 :]):
        assert exact == least
    else:
        assert exact < hoeffding


@pytest.mark.parametrize("m", [1, 2, 5, 30])
@pytest.mark.parametrize("bound", [u0_hoeffding, u0_exact])
def test_union_bounds_at_k_equal_to_m_are_refused_or_valid(bound, m):
    """There is no support of m entries off the diagonal; the largest has m - 1."""
    d = bound(m, m, "1/2").d
    assert d is None or (d >= 1 and (m == 1 or ref.u0_exact_holds(d, m, m - 1, Fraction(1, 2))))


# --- edge cases, identity, best ---------------------------------------------------------------


@pytest.mark.parametrize(("m", "k", "eps", "d"), ref.EDGES)
def test_edge_cases_are_known_exactly(m, k, eps, d):
    assert edge_cases(m, k, eps).d == d
    assert best_upper(m, k, eps).d == d


@pytest.mark.parametrize(("m", "k", "eps"), ref.BESIDE_EDGES)
def test_edge_cases_say_nothing_beside_their_border(m, k, eps):
    assert edge_cases(m, k, eps).d is None


@given(where=parameters(max_m=10**9))
def test_the_identity_needs_m(where):
    assert identity(*where).d == where[0]


@given(where=parameters(max_ratio=40))
def test_the_best_upper_bound_is_the_smallest(where):
    formula = min(b.d for f in BOUNDS if (b := f(*where)).d is not None)
    code = explicit(*where).d
    assert existence(*where).d == formula
    assert best_upper(*where).d == (formula if code is None else min(code, formula))


@given(where=parameters(max_m=300, max_ratio=12))
def test_only_what_is_below_is_looked_for(where):
    d = existence(*where).d
    assert d is not None
    assert existence(*where, below=d + 1).d == d
    assert existence(*where, below=d).d is None


@given(where=parameters(max_m=10**6, max_ratio=40))
def test_the_lower_bound_never_exceeds_the_upper_bound(where):
    low, high = best_lower(*where).d, best_upper(*where).d
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= where[0]
    if (known := ref.edge_case(*where)) is not None:
        assert low == high == known


@given(
    where=parameters(max_m=10**6), more=st.integers(1, 50), less=st.fractions(Fraction(1, 10), 1)
)
def test_formulas_grow_with_m_and_one_over_eps(where, more, less):
    m, k, eps = where
    assume(k < m)
    for bound in (thm2, u0_hoeffding, identity):
        d = bound(m, k, eps).d
        assert d is not None
        for there in ((m + more, k, eps), (m, k, eps * less)):
            after = bound(*there).d
            assert after is not None
            assert after >= d


@pytest.mark.claim("LCS-collapse")
@given(where=parameters(max_m=10**9))
def test_theorem_2_sees_only_m_and_k_over_eps(where):
    m, k, eps = where
    assert thm2(m, k, eps).d == thm2(m, 1, eps / k).d


def test_the_random_constructions_of_the_headline_case_are_ordered():
    case = (10**6, 16, "1/4")
    exact, hoeffding, paper = u0_exact(*case).d, u0_hoeffding(*case).d, thm2(*case).d
    assert exact is not None
    assert hoeffding is not None
    assert paper is not None
    assert 3954 <= exact <= hoeffding == ref.u0_hoeffding(10**6, 16, Fraction(1, 4)) < paper
    assert existence(*case).d == u3(*case).d == 27187 < exact
    assert best_upper(*case).d == explicit(*case).d == 4096


@pytest.mark.parametrize("m", [10**6, 10**9, 10**15])
@pytest.mark.parametrize(("k", "eps"), [(1, "1/4"), (2, "1/2"), (4, "1/4")])
def test_large_sizes_do_not_overflow(m, k, eps):
    level = Fraction(eps)
    assert thm2(m, k, eps).d == ref.thm2(m, k, level)
    assert u0_hoeffding(m, k, eps).d == ref.u0_hoeffding(m, k, level)
    exact, best = u0_exact(m, k, eps).d, best_upper(m, k, eps).d
    assert exact is not None
    assert best is not None
    assert best < exact < ref.u0_hoeffding(m, k, level)


@given(where=parameters(max_m=100, max_ratio=20))
def test_a_bound_names_itself_its_side_its_claim_and_its_reason(where):
    for f in (*BOUNDS, best_upper):
        bound = f(*where)
        assert bound.name
        assert bound.side == "sufficient"
        assert bound.claim in CLAIMS
        assert bound.reason
        assert bound.d is None or type(bound.d) is int


# --- codes of that size -----------------------------------------------------------------------


def first_success(d: int, m: int, k: int, eps: float, tries: int) -> NDArray | None:
    """The first of so many Rademacher codes certified below eps."""
    codes = (rademacher(d, m, rng=np.random.default_rng([d, n])) for n in range(tries))
    return next((A for A in codes if worst_case_error(A, k=k).certifies(eps)), None)


def tries_for(chance_of_failure: Fraction) -> int:
    """So many draws all fail with chance below 1e-9."""
    return next(n for n in count(1) if chance_of_failure**n < Fraction(1, 10**9))


@pytest.mark.claim("GKP26-thm2")
@pytest.mark.parametrize(("m", "k", "eps"), [(30, 2, 0.5), (100, 1, 0.25), (200, 3, 1.0)])
def test_theorem_2_dimension_has_a_rademacher_code(m, k, eps):
    """Each draw fails with chance at most m (m - 1) P(S_d >= mu d), mu = eps/k."""
    d = thm2(m, k, eps).d
    assert d is not None
    fail = m * (m - 1) * ref.sign_sum_tail(d, Fraction(eps) / k * d)
    assert fail < 1
    assert first_success(d, m, k, eps, tries_for(fail)) is not None


@pytest.mark.claim("LCS-u0")
@pytest.mark.parametrize("bound", [u0_exact, u0_hoeffding])
@pytest.mark.parametrize(("m", "k", "eps"), [(30, 2, 0.5), (100, 1, 0.25), (200, 3, 1.0)])
def test_union_bound_dimension_has_a_rademacher_code(bound, m, k, eps):
    """Each draw fails with chance at most m C(m-1, k) 2^k P(S_kd >= eps d) < 1; where that is too
    close to 1 for few draws, 200 are tried: single draws then succeed in practice."""
    d = bound(m, k, eps).d
    assert d is not None
    fail = ref.union_size(m, k) * ref.sign_sum_tail(k * d, Fraction(eps) * d)
    assert fail < 1
    tries = 200 if fail > Fraction(9, 10) else tries_for(fail)
    assert first_success(d, m, k, eps, tries) is not None
