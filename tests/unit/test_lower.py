"""Lower bounds on d: the least integers exactly, and never above what a code attains."""

from fractions import Fraction
from math import e, floor, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lcs.bounds.lower import (
    best_lower,
    edge_cases,
    nullspace,
    rank_chebyshev,
    rank_monomial,
    rate_chebyshev,
    rate_monomial,
    volume,
    welch,
)
from lcs.claims import CLAIMS
from lcs.linear.error import worst_case_error
from tests import references as ref
from tests.strategies import parameters, problems

RANK = (welch, rank_monomial, rank_chebyshev)
BOUNDS = (*RANK, edge_cases, volume, nullspace, rate_monomial, rate_chebyshev)


def inside(m: int, k: int, eps: Fraction) -> bool:
    """Where the rank bounds apply with mu < 1 and there is an off-diagonal entry to bound."""
    return m >= 2 and eps <= 1 and k / eps > 2


# --- least integers ---------------------------------------------------------------------------


@pytest.mark.claim("LCS-rank-l1")
@given(where=parameters(max_m=10**6))
def test_welch_is_the_least_integer(where):
    m, k, eps = where
    assume(inside(*where))
    mu = ref.incoherence(k, eps)
    assert welch(m, k, eps).d == floor(m / (1 + (m - 1) * mu**2)) + 1


@pytest.mark.claim("LCS-rank-l1")
@given(where=parameters(max_m=10**6))
def test_monomial_bound_holds_at_d_for_every_order_and_fails_below_for_one(where):
    m, k, eps = where
    assume(inside(*where))
    d, mu = rank_monomial(m, k, eps).d, ref.incoherence(k, eps)
    assert d is not None
    assert ref.is_least_for_all(d, lambda d, p: ref.monomial_holds(d, m, mu, p))


@pytest.mark.claim("LCS-rank-l2")
@given(where=parameters(max_m=10**6))
def test_chebyshev_bound_holds_at_d_for_every_order_and_fails_below_for_one(where):
    m, k, eps = where
    assume(inside(*where))
    d, mu = rank_chebyshev(m, k, eps).d, ref.incoherence(k, eps)
    assert d is not None
    assert ref.is_least_for_all(d, lambda d, p: ref.chebyshev_holds(d, m, mu, p))


@given(where=parameters(max_m=60, max_ratio=20))
def test_least_integers_equal_a_search_from_one(where):
    m, k, eps = where
    assume(inside(*where))
    mu = ref.incoherence(k, eps)
    for bound, holds in (
        (rank_monomial, ref.monomial_holds),
        (rank_chebyshev, ref.chebyshev_holds),
    ):
        assert bound(m, k, eps).d == ref.greatest_least(holds, m, mu)


@given(where=parameters(max_m=10**6))
def test_higher_orders_only_help(where):
    m, k, eps = where
    assume(inside(*where))
    first, monomial, chebyshev = (f(m, k, eps).d for f in (welch, rank_monomial, rank_chebyshev))
    assert first is not None
    assert monomial is not None
    assert chebyshev is not None
    assert first <= min(monomial, chebyshev)


@pytest.mark.parametrize("name", ["welch", "rank_monomial", "rank_chebyshev"])
@given(where=parameters())
def test_no_rank_bound_exceeds_an_exactly_known_d(name, where):
    """Also m = 1, and mu >= 1 or infinite, where the formulas do not apply."""
    m, k, eps = where
    bound = {"welch": welch, "rank_monomial": rank_monomial, "rank_chebyshev": rank_chebyshev}[name]
    d, known = bound(m, k, eps).d, ref.edge_case(m, k, eps)
    if d is not None:
        assert 0 <= d <= (m if known is None else known)


@given(where=parameters(), excess=st.fractions(Fraction(1, 1000), 3))
def test_no_rank_bound_claims_anything_beyond_eps_one(where, excess):
    """A = B = 0 has error 1, so d = 0 for every eps > 1."""
    m, k, _ = where
    for bound in BOUNDS:
        assert bound(m, k, 1 + excess).d in (None, 0)
    assert best_lower(m, k, 1 + excess).d == 0


# --- edge cases -------------------------------------------------------------------------------


@pytest.mark.parametrize(("m", "k", "eps", "d"), ref.EDGES)
def test_edge_cases_are_known_exactly(m, k, eps, d):
    assert edge_cases(m, k, eps).d == d
    assert best_lower(m, k, eps).d == d


@pytest.mark.parametrize(("m", "k", "eps"), ref.BESIDE_EDGES)
def test_edge_cases_say_nothing_beside_their_border(m, k, eps):
    assert edge_cases(m, k, eps).d is None


@given(where=parameters())
def test_edge_cases_equal_the_definition(where):
    """By the collapse k = 2, eps = 1 is the edge k = 1, eps = 1/2, and may be known too."""
    m, k, eps = where
    known = ref.edge_case(m, k, eps)
    collapsed = {2} if (k, eps) == (2, 1) and m > 1 else set()
    assert edge_cases(m, k, eps).d in {known} | collapsed


def test_a_float_is_taken_at_its_binary_value_and_a_text_at_its_decimal_one():
    """0.1 as stored exceeds 1/10, so nine dimensions are not excluded for it."""
    assert Fraction(0.1) > Fraction(1, 10)
    assert best_lower(10, 1, 0.1).d == 9
    assert best_lower(10, 1, "0.1").d == best_lower(10, 1, "1/10").d == 10


@given(where=parameters())
def test_fraction_and_text_are_the_same_level(where):
    m, k, eps = where
    for bound in (*BOUNDS, best_lower):
        assert bound(m, k, eps) == bound(m, k, f"{eps.numerator}/{eps.denominator}")


# --- the best of them -------------------------------------------------------------------------


@given(where=parameters())
def test_the_best_lower_bound_is_the_largest(where):
    assert best_lower(*where).d == max(b.d for f in BOUNDS if (b := f(*where)).d is not None)


@given(where=parameters(), more=st.integers(1, 50), less=st.fractions(Fraction(1, 10), 1))
def test_best_lower_bound_grows_with_m_and_k_and_one_over_eps(where, more, less):
    m, k, eps = where
    d = best_lower(m, k, eps).d
    assert d is not None
    harder = [(m + more, k, eps), (m, k, eps * less)]
    harder += [(m, k + 1, eps)] if k < m else []
    for there in harder:
        after = best_lower(*there).d
        assert after is not None
        assert after >= d, there


@pytest.mark.claim("LCS-collapse")
@given(where=parameters(max_m=10**6))
def test_only_m_and_k_over_eps_matter_up_to_eps_one(where):
    """d(m, k, eps) = d(m, 1, eps/k), so a bound that saw more than k/eps would not be a bound."""
    m, k, eps = where
    for bound in (*RANK, volume, nullspace, rate_monomial, rate_chebyshev):
        assert bound(m, k, eps).d == bound(m, 1, eps / k).d


@pytest.mark.claim("LCS-rank-l1")
@pytest.mark.claim("LCS-rank-l2")
@pytest.mark.parametrize(("ratio", "expected"), ref.LOWER_TABLE)
def test_theory_table_of_lower_bounds(ratio, expected):
    """Ranks and edges give the table; the null-space bound adds one at m = 100 and 32, 40."""
    for m, d in zip(ref.TABLE_SIZES, expected, strict=True):
        bounds = (f(m, 1, Fraction(1, ratio)).d for f in (rank_chebyshev, rank_monomial))
        assert max(bound or 0 for bound in bounds) == d
        more = 1 if (m, ratio) in ((100, 32), (100, 40)) else 0
        assert best_lower(m, 1, Fraction(1, ratio)).d == d + more
        if ratio % 4 == 0:
            assert best_lower(m, ratio // 4, "1/4").d == d + more


# --- theorems against measured codes ----------------------------------------------------------


@pytest.mark.claim("LCS-rank-l1")
@pytest.mark.claim("LCS-rank-l2")
@pytest.mark.claim("LCS-collapse")
@given(problem=problems(tiny=False))
def test_no_code_has_fewer_dimensions_than_the_bound_at_its_own_error(problem):
    """The exact error of (A, cB) is below eps, so d(m, k, eps) <= d."""
    A, B, k = problem
    w = worst_case_error(A, B, k=k, scale="optimal")
    eps = Fraction(floor(ref.error_exact(A, B, k, w.scale) * 10**9) + 1, 10**9)
    bound = best_lower(A.shape[1], k, eps).d
    assert bound is not None
    assert bound <= A.shape[0]


@pytest.mark.claim("LCS-rank-l1")
@pytest.mark.parametrize(
    ("A", "square"),
    [(ref.simplex(6), 25), (ref.icosahedron(), 5), (ref.twenty_eight(), 9)],
    ids=["5 of 6", "3 of 6", "7 of 28"],
)
def test_equiangular_tight_frames_meet_the_bound(A, square):
    """mu* = 1/sqrt(square): d + 1 is necessary up to eps = k mu*/(1 + mu*), and just above it d
    is, which the frame attains."""
    d, m = A.shape
    mu = 1 / sqrt(square)
    for k in range(1, floor(1 / mu + 1e-9) + 2):
        if k > m - 1 or (k - 1) * mu >= 1 - 1e-9:
            continue
        at = k * mu / (1 + mu)
        below, above = at * (1 - 1e-9), at * (1 + 1e-9)
        assert welch(m, k, below).d == d + 1
        assert welch(m, k, above).d == d
        assert best_lower(m, k, above).d == d
        assert worst_case_error(A, k=k, scale="optimal").certifies(above)
        assert not worst_case_error(A, k=k, scale="optimal").certifies(below)


@pytest.mark.claim("LCS-rank-l1")
@pytest.mark.parametrize(("m", "d", "root"), [(6, 5, 5), (28, 7, 3), (16, 6, 3), (276, 23, 5)])
def test_at_a_rational_mu_the_strict_inequality_needs_one_more(m, d, root):
    """mu* = 1/root exactly: m/(1 + (m-1)/root^2) = d, and d itself does not satisfy >."""
    for k in (1, 2, 3):
        eps = Fraction(k, root + 1)
        assert welch(m, k, eps).d == d + 1
        assert welch(m, k, eps + Fraction(1, 10**40)).d == d


@pytest.mark.claim("LCS-rank-l1")
@given(where=parameters(max_m=10**9))
def test_monomial_bound_is_at_least_its_explicit_rate(where):
    """d >= p (2^{-1/p} mu^{-2}/e - 1) + 1, p = floor(ln m/(2 ln 1/mu)), of THEORY section 3."""
    m, k, eps = where
    assume(inside(*where))
    mu = float(ref.incoherence(k, eps))
    p = floor(log(m) / (2 * log(1 / mu)))
    assume(1 <= p <= 60)
    d = rank_monomial(m, k, eps).d
    assert d is not None
    assert d >= (p * (2 ** (-1 / p) / (e * mu**2) - 1) + 1) * (1 - 1e-9)


@pytest.mark.claim("LCS-rank-l2")
@given(where=parameters(max_m=10**9))
def test_chebyshev_bound_is_at_least_its_explicit_rate(where):
    """d >= p (8^{-1/p} th^2/e - 1), th = (1 + sqrt(1 - mu^2))/mu, p = floor(ln 4m/(2 ln th))."""
    m, k, eps = where
    assume(inside(*where))
    mu = float(ref.incoherence(k, eps))
    th = (1 + sqrt(1 - mu**2)) / mu
    assume(th > 1)
    p = floor(log(4 * m) / (2 * log(th)))
    assume(1 <= p <= 60)
    d = rank_chebyshev(m, k, eps).d
    assert d is not None
    assert d >= p * (8 ** (-1 / p) * th**2 / e - 1) * (1 - 1e-9)


@pytest.mark.parametrize("m", [10**6, 10**9, 10**15])
@pytest.mark.parametrize(("k", "eps"), [(1, "1/4"), (16, "1/10"), (1000, "1/100")])
def test_large_sizes_do_not_overflow(m, k, eps):
    mu = ref.incoherence(k, Fraction(eps))
    d = max(f(m, k, eps).d or 0 for f in RANK)
    best = best_lower(m, k, eps).d
    assert best is not None
    assert d <= best <= m
    assert all(ref.monomial_holds(d, m, mu, p) for p in ref.ORDERS)
    assert all(ref.chebyshev_holds(d, m, mu, p) for p in ref.ORDERS)
    below = [ref.monomial_holds(d - 1, m, mu, p) for p in ref.ORDERS]
    below += [ref.chebyshev_holds(d - 1, m, mu, p) for p in ref.ORDERS]
    assert not all(below)


@pytest.mark.parametrize("exponent", [100, 400])
@pytest.mark.parametrize("eps", ["1/10", "1/1000000"])
def test_huge_sizes_are_exact_too(exponent, eps):
    """The bound holds at d and fails below, at the degree it names."""
    m, mu = 10**exponent, ref.incoherence(1, Fraction(eps))
    for f, holds in (
        (rank_monomial, ref.monomial_holds),
        (rank_chebyshev, ref.chebyshev_holds),
    ):
        bound = f(m, 1, eps)
        assert bound.d is not None
        p = int(bound.reason.split()[-1])
        assert holds(bound.d, m, mu, p)
        assert not holds(bound.d - 1, m, mu, p)
        others = (p - 1, p + 1) if p < 60 else (p - 1,)
        assert all(holds(bound.d, m, mu, q) for q in others if q >= 1)
    assert best_lower(m, 1, eps).d == rank_chebyshev(m, 1, eps).d


# --- what a bound says of itself --------------------------------------------------------------


@given(where=parameters())
def test_a_bound_names_itself_its_side_its_claim_and_its_reason(where):
    for f in (*BOUNDS, best_lower):
        bound = f(*where)
        assert bound.name
        assert bound.side == "necessary"
        assert bound.claim in CLAIMS
        assert bound.reason
        assert bound.d is None or type(bound.d) is int


def test_numpy_integers_are_integers():
    m, k = np.array([100, 2])
    assert best_lower(m, k, "1/2").d == best_lower(100, 2, "1/2").d
