"""The certified bracket: both sides checked again, and pairs that live up to it."""

from dataclasses import replace
from fractions import Fraction
from math import isqrt, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.bounds.bracket import bracket
from lcs.bounds.construct import Proof, _proof, construct
from lcs.bounds.improve import improve
from lcs.bounds.lower import best_lower, delsarte, nullspace, rank_monomial, volume
from lcs.bounds.problem import Bound, problem
from lcs.bounds.recheck import recheck_necessary, recheck_sufficient
from lcs.bounds.upper import edge_cases, existence, explicit, u0_exact, u1, u2, u3, u5
from lcs.codes.greedy import greedy
from lcs.linear.error import worst_case_error
from tests.references import gram
from tests.strategies import parameters

# The real equiangular tight frames of THEORY 3, beside (m-1, m): d(m, 1, eps) = d at the error
# mu/(1 + mu) of the frame, equality allowed.
FRAMES = [
    (2, 3),
    (3, 6),
    (5, 10),
    (7, 14),
    (6, 16),
    (10, 16),
    (7, 28),
    (21, 28),
    (15, 36),
    (21, 36),
    (28, 64),
    (36, 64),
    (21, 126),
    (22, 176),
    (23, 276),
]


@given(where=parameters(max_m=10**5, max_ratio=40), strict=st.booleans())
def test_both_certificates_hold_at_every_point(where, strict):
    found = bracket(*where, strict=strict)
    assert found.d_necessary <= found.d_sufficient <= where[0]
    assert all(check.holds for check in found.checks())
    assert (found.code is None) == found.question.trivial
    assert found.constructible or found.code is None or found.d_sufficient < found.code.d


@given(where=parameters(max_m=10**5, max_ratio=40), strict=st.booleans())
def test_a_bound_moved_by_one_is_not_confirmed(where, strict):
    """Each inequality is evaluated at the very d that the bound names."""
    found = bracket(*where, strict=strict)
    more = replace(found.lower, d=found.d_necessary + 1)
    if found.d_necessary < where[0] and found.lower.claim != "LCS-collapse":
        assert not recheck_necessary(more, found.question).holds


@pytest.mark.parametrize(("d", "m"), [*FRAMES, (4, 5), (30, 31), (99, 100)])
@pytest.mark.claim("LCS-etf-exact")
def test_d_is_known_exactly_at_equiangular_tight_frames(d, m):
    """Asked for the exact error where it is rational, else for a little more than it."""
    square = Fraction(m - d, d * (m - 1))
    mu = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    if mu**2 != square:
        mu = Fraction(sqrt(square)) + Fraction(1, 10**12)
    found = bracket(m, 1, mu / (1 + mu), strict=False)
    assert found.tight
    assert found.d_sufficient == d
    assert found.constructible


BOUNDS = [u0_exact, u1, u2, u3, u5, existence]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("m", "k", "eps"), [(60, 1, "2/5"), (200, 2, "2/3"), (4000, 1, "1/9")])
def test_existence_proofs_hold_at_their_d_and_fail_below(bound, m, k, eps, strict):
    question, found = problem(m, k, eps, strict=strict), bound(m, k, eps, strict=strict)
    assert recheck_sufficient(found, question).holds
    # The exact tail is not quite monotone, and the cone of U3 may be placed a little better.
    steps = 1 if bound in (u1, u5) else found.d // 10 + 1
    assert not recheck_sufficient(replace(found, d=found.d - steps), question).holds


@pytest.mark.parametrize("bound", [rank_monomial, best_lower, nullspace, volume])
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("m", "k", "eps"), [(28, 1, "1/4"), (100, 1, "1/32"), (10**6, 1, "49/100"), (1000, 3, "1/2")]
)
def test_necessary_bounds_exclude_one_dimension_less_and_not_their_own(bound, m, k, eps, strict):
    question, found = problem(m, k, eps, strict=strict), bound(m, k, eps, strict=strict)
    assert recheck_necessary(found, question).holds
    assert not recheck_necessary(replace(found, d=found.d + 1), question).holds


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("m", "k", "eps", "below", "at_most"),
    [
        (9, 1, 2, 0, 0),
        (9, 1, 1, 1, 0),
        (9, 2, 1, 2, 0),
        (9, 1, "1/2", 2, 1),
        (9, 1, "3/5", 1, 1),
        (9, 3, "1/9", 9, 9),
        (1, 1, 1, 1, 0),
    ],
)
def test_edge_cases_are_checked_by_the_errors_of_small_and_large_d(
    m, k, eps, below, at_most, strict
):
    question = problem(m, k, eps, strict=strict)
    low, high = best_lower(m, k, eps, strict=strict), edge_cases(m, k, eps, strict=strict)
    assert low.d == high.d == (below if strict else at_most)
    assert recheck_necessary(low, question).holds
    assert recheck_sufficient(high, question).holds
    if high.d:
        assert not recheck_sufficient(replace(high, d=0), question).holds


def test_bounds_of_another_kind_are_refused():
    question = problem(100, 1, "1/4")
    for bound in (u3(100, 1, "1/4"), delsarte(100, 1, "1/4"), volume(100, 1, 2)):
        with pytest.raises(ValueError, match="bound must be necessary for any A, B"):
            recheck_necessary(bound, question)
    for bound in (best_lower(100, 1, "1/4"), u3(100, 1, 2)):
        with pytest.raises(ValueError, match="bound must be sufficient"):
            recheck_sufficient(bound, question)
    found = bracket(28, 1, "1/4", strict=False).upper
    with pytest.raises(ValueError, match="code must have d = 6 and m = 28"):
        recheck_sufficient(replace(found, d=6), problem(28, 1, "1/4"))
    assert not recheck_sufficient(found, problem(28, 1, "1/4")).holds, "equal is not below"


# --- pairs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("m", "k", "eps"), [(28, 1, "1/4"), (64, 2, "1/4"), (300, 3, "1/2")])
def test_the_pair_that_is_built_has_the_error_that_was_asked_for(m, k, eps, strict):
    made = construct(bracket(m, k, eps, strict=strict))
    assert made.A.shape == made.B.shape == (explicit(m, k, eps, strict=strict).d, m)
    size = np.abs(made.B.T @ made.A - np.eye(m))
    again = np.sort(size, axis=1)[:, -k:].sum(axis=1).max()
    assert again <= float(Fraction(eps)) + 1e-12
    assert again == pytest.approx(made.error.value, abs=1e-12)
    if made.proof is Proof.MEASURED:
        assert made.error.certifies(float(Fraction(eps)), strict=strict)
    else:
        assert not strict
        assert made.error.value == pytest.approx(float(Fraction(eps)), abs=made.error.rounding)


def test_a_greedy_code_is_drawn_where_it_is_smaller_and_an_rng_is_given():
    found = bracket(500, 1, "12/25")
    assert found.upper.claim == "LCS-u1"
    drawn = construct(found, rng=np.random.default_rng(0))
    assert drawn.A.shape == (found.d_sufficient, 500)
    assert drawn.error.certifies(0.48)
    plain = construct(found)
    assert plain.A.shape[0] > found.d_sufficient


@pytest.mark.parametrize(
    ("m", "k", "eps", "why"),
    [(9, 1, 2, "d = 0"), (10**19, 1, "1/4", "no code"), (10**6, 16, "1/4", "at most 268435456")],
)
def test_what_cannot_be_built_is_refused(m, k, eps, why):
    with pytest.raises(ValueError, match=why):
        construct(bracket(m, k, eps))


@pytest.mark.parametrize(
    ("strict", "tied", "value", "rounding", "proof"),
    [
        (True, False, 0.25, 0.125, Proof.MEASURED),
        (False, True, 0.25, 0.125, Proof.MEASURED),
        (True, False, 0.375, 0.125, None),  # the error may be eps, or may be less
        (False, False, 0.375, 0.125, Proof.MEASURED),
        (False, False, 0.4375, 0.125, None),
        (False, True, 0.4375, 0.125, Proof.TIED),
        (False, True, 0.625, 0.125, Proof.TIED),
        (False, True, 0.6875, 0.125, None),
    ],
)
def test_a_pair_is_believed_only_when_its_measured_error_is_within_eps(
    strict, tied, value, rounding, proof
):
    """At eps = 1/2; every number is a dyadic, so that the ties are exact."""
    found = bracket(28, 1, "1/2", strict=strict)
    measured = replace(worst_case_error(np.eye(2), k=1), value=value, rounding=rounding)
    if proof:
        assert _proof(found, measured, tied) is proof
    else:
        with pytest.raises(ArithmeticError, match="within 1/2"):
            _proof(found, measured, tied)


def test_a_code_for_less_than_eps_is_no_tie(monkeypatch):
    """A measured error above eps is then an error of the code, whatever its rounding."""
    large = replace(worst_case_error(np.eye(2), k=1), value=0.26, rounding=0.02)
    monkeypatch.setattr("lcs.bounds.construct.worst_case_error", lambda *_, **__: large)
    assert construct(bracket(28, 1, "1/4", strict=False)).proof is Proof.TIED
    for question in (bracket(28, 1, "1/4"), bracket(28, 1, "6/23", strict=False)):
        with pytest.raises(ArithmeticError, match="must have an error within"):
            construct(question)


def test_the_largest_pair_is_built_and_a_larger_one_refused(monkeypatch):
    found = bracket(28, 1, "1/4", strict=False)
    monkeypatch.setattr("lcs.bounds.construct.LARGEST", 7 * 28)
    assert construct(found).A.size == 7 * 28
    monkeypatch.setattr("lcs.bounds.construct.LARGEST", 7 * 28 - 1)
    with pytest.raises(ValueError, match="at most 195 entries; got 7 x 28"):
        construct(found)


@given(
    d=st.integers(1, 12),
    m=st.integers(1, 40),
    mu=st.floats(0.5, 1.0),
    seed=st.integers(0, 2**32 - 1),
)
def test_greedy_codes_have_unit_columns_below_the_level_or_say_how_far_they_got(d, m, mu, seed):
    try:
        A = greedy(d, m, mu, rng=np.random.default_rng(seed), most=8)
    except ValueError:
        assert d < m or mu < 0.7, "m random directions of R^d, d >= m, are not that close"
        return
    gram = A.T @ A
    assert A.shape == (d, m)
    assert np.abs(np.diag(gram) - 1).max() < 1e-14
    assert np.abs(gram - np.diag(np.diag(gram))).max() < mu


class Chosen(np.random.Generator):
    """Rows chosen beforehand, over and over, in place of normal ones."""

    def __init__(self, rows):
        super().__init__(np.random.PCG64(0))
        self.rows = rows

    def standard_normal(self, size):  # pyright: ignore[reportIncompatibleMethodOverride]
        return np.resize(self.rows, size)


def test_columns_at_the_very_level_are_refused_or_below_it_exactly():
    """Cosines within a few units of rounding of mu, in rational arithmetic."""
    draw = np.random.default_rng(0)
    for n in range(800):
        mu, (a, b) = draw.uniform(0.2, 0.9), draw.standard_normal((2, 3))
        a /= np.linalg.norm(a)
        b -= (a @ b) * a
        c = mu * (1 + (-100, -1, 0, 1)[n % 4] * 2.0**-53)
        pair = np.array([a, c * a + np.sqrt(1 - c * c) * b / np.linalg.norm(b)])
        try:
            A = greedy(3, 2, mu, rng=Chosen(pair))
        except ValueError:
            continue
        G = gram(A)
        assert G[0][1] ** 2 < Fraction(mu) ** 2 * G[0][0] * G[1][1]


@pytest.mark.parametrize(
    ("d", "m", "mu", "rule"),
    [(0, 3, 0.5, "d must"), (3, 0, 0.5, "m must"), (3, 3, 0, "mu must"), (3, 3, 1.5, "mu must")],
)
def test_greedy_codes_refuse_other_parameters(d, m, mu, rule):
    with pytest.raises(ValueError, match=rule):
        greedy(d, m, mu, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match="rng must be"):
        greedy(3, 3, 0.5, rng=0)  # pyright: ignore[reportArgumentType]


def test_the_greedy_bound_is_constructive():
    """At U1's d a random draw is refused with probability below 1, so the draws end."""
    d = u1(200, 1, "2/5").d or 0
    A = greedy(d, 200, Fraction(2, 3), rng=np.random.default_rng(1))
    assert worst_case_error(A, k=1, scale="optimal").certifies(0.4)


# --- packings ---------------------------------------------------------------------------------


def test_a_packing_lowers_the_upper_side_and_is_measured():
    before = bracket(9, 1, "0.31")
    after = improve(before, rng=np.random.default_rng(0), restarts=20)
    assert before.d_necessary == after.d_necessary <= after.d_sufficient < before.d_sufficient
    assert after.constructible
    assert after.code is not None
    assert after.code.d == after.d_sufficient
    assert all(check.holds for check in after.checks())
    made = construct(after)
    assert made.error.certifies(0.31)
    assert made.A.shape == (after.d_sufficient, 9)


def test_a_bracket_that_is_closed_or_cannot_be_improved_stays_as_it_is():
    closed = bracket(10, 1, "1/4", strict=False)
    assert closed.tight
    assert improve(closed, rng=np.random.default_rng(0), restarts=1) is closed
    trivial = bracket(10, 1, 2)
    assert improve(trivial, rng=np.random.default_rng(0), restarts=1) is trivial
    # At the error of the frame (6, 16) itself no packing gets there, strictly or not.
    strict = bracket(16, 1, "1/4")
    assert strict.d_sufficient > 6
    assert improve(strict, rng=np.random.default_rng(0), restarts=3).d_sufficient > 6


def test_what_cannot_be_searched_is_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="m must be at most 256; got 257"):
        improve(bracket(257, 1, "1/4"), rng=rng)
    with pytest.raises(ValueError, match="restarts must be an integer >= 1; got 0"):
        improve(bracket(20, 1, "1/4"), rng=rng, restarts=0)


# --- the numbers of the inequalities, by hand -------------------------------------------------


def test_the_two_numbers_of_each_necessary_inequality():
    """At mu = 1/3, d - 1 = 5 and m = 28: T_2(3) = 17, five variables have 15 + 1 even monomials."""
    question = problem(28, 1, "1/4")
    chebyshev = Bound("", "necessary", 6, "LCS-rank-l2", "", degree=2)
    check = recheck_necessary(chebyshev, question)
    assert (check.left, check.right) == (15 + 1, 28 / (1 + Fraction(27, 17**2)))
    check = recheck_necessary(replace(chebyshev, claim="LCS-rank-l1"), question)
    assert (check.left, check.right) == (15, 28 / (1 + Fraction(27, 3**4)))
    check = recheck_necessary(replace(chebyshev, claim="LCS-volume"), question)
    assert (check.left, check.right) == (4**5, 2 * 28 + 1)
    # lam(2) = 4/3 and lam(7) = 5/2, where maximal sets of equiangular lines exist.
    for q, constant in ((2, Fraction(4, 3)), (7, Fraction(5, 2)), (23, Fraction(14, 3))):
        bound = replace(chebyshev, claim="LCS-nullspace-bound", d=28 - q + 1)
        check = recheck_necessary(bound, question)
        assert (check.left, check.right) == (7, q / constant)


@pytest.mark.parametrize(
    ("m", "k", "eps"),
    [(10**6, 10**6, "1/2"), (100, 1, Fraction(1, 10**300)), (10**5, 1, "1/40000"), (10, 3, "1e-9")],
)
def test_errors_near_and_below_one_mth_are_answered_at_once(m, k, eps):
    """Copies and blocks are searched up to a fixed number; below 1/m only the identity is left."""
    found = bracket(m, k, eps)
    assert found.d_necessary <= found.d_sufficient <= m
    assert m - found.d_necessary <= 10
    assert found.constructible
    assert all(check.holds for check in found.checks())
