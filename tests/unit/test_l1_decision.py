"""Verdicts of `recovers` against exact arithmetic, a linear programme, and what is known."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs._kernels.proofs import COARSE
from lcs.codes.random import gaussian, rademacher
from lcs.l1.check import check_decision
from lcs.l1.decision import Verdict, recovers
from tests import references as ref
from tests.strategies import FLOATS, LAYOUTS, in_layout, integer_matrices, matrices, shapes

REC, NOT, TIE = Verdict.RECOVERED, Verdict.NOT_RECOVERED, Verdict.UNDECIDED


@st.composite
def patterns(draw: st.DrawFn, m: int) -> tuple[list[int], list[float]]:
    """(support, signs) of any size up to m, in any order."""
    support = draw(st.lists(st.integers(0, m - 1), unique=True, max_size=m))
    return support, [draw(st.sampled_from((-1.0, 1.0))) for _ in support]


@st.composite
def instances(draw: st.DrawFn, exact_ties: bool) -> tuple[NDArray, list[int], list[float]]:
    """(A, support, signs); with exact_ties, small integers over a power of two."""
    shape = draw(shapes(4, 6))
    A = draw(integer_matrices(shape, np.float64) if exact_ties else matrices(shape, tiny=False))
    return A, *draw(patterns(shape[1]))


def assert_right(A: NDArray, support: list[int], signs: list[float]) -> tuple[Verdict, Fraction]:
    """A verdict that is proved is the exact one, and its certificate says so again."""
    decision = recovers(A, support, signs)
    gap = ref.recovery_gap(A, support, signs)
    if decision.verdict is not TIE:
        assert (gap > 0) if decision.verdict is REC else (gap < 0), f"{decision}, gap {gap}"
        proved = check_decision(A, support, signs, decision)
        assert 0 < decision.margin <= 1
        if decision.verdict is REC:
            assert -(2.0**-40) < proved - decision.margin < COARSE
        else:  # both are charged for h in single precision, by different proofs about the rows
            assert proved <= -gap + Fraction(1, 2**40)
            assert decision.margin <= -gap + Fraction(1, 2**40)
    else:
        assert decision.v is None
        assert decision.h is None
        assert decision.margin == 0
    return decision.verdict, gap


@given(case=instances(exact_ties=False))
def test_no_proved_verdict_is_wrong(case):
    assert_right(*case)


@given(case=instances(exact_ties=True))
@example(case=(np.zeros((2, 3)), [0, 1], [1.0, 1.0]))
@example(case=(np.array([[1.0, 1.0]]), [0], [1.0]))
@example(case=(np.array([[1.0, 2.0], [2.0, 4.0], [0.0, 0.0]]), [0], [1.0]))
def test_small_integers_are_decided_unless_they_tie(case):
    """Gaps of such codes are fractions of small numbers: none is small without being 0."""
    verdict, gap = assert_right(*case)
    assert verdict is (REC if gap > 0 else NOT if gap < 0 else TIE)


# --- against a linear programme -----------------------------------------------------------------


def gain(A: NDArray, support: NDArray, signs: NDArray) -> float:
    """max <s, h_S> - ||h_off||_1 over ker A, ||h||_inf <= 1: > 0 not recovered; else 0."""
    m = A.shape[1]
    off, sign = np.ones(m), np.zeros(m)
    off[support], sign[support] = 0.0, signs
    tight = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    solved = linprog(
        np.concatenate([off - sign, off + sign]),
        A_eq=np.hstack([A, -A]),
        b_eq=np.zeros(len(A)),
        bounds=(0, 1),
        options=tight,
    )
    assert solved.status == 0
    return -solved.fun


@pytest.mark.parametrize(("d", "m", "ks"), [(10, 20, range(1, 9)), (24, 60, range(6, 15, 2))])
@pytest.mark.parametrize("make", [gaussian, rademacher])
def test_verdicts_agree_with_a_linear_programme(make, d, m, ks):
    """Vertices of the programme have gains of order 1 or rounding: nothing lies near 1e-7."""
    rng = np.random.default_rng(d)
    seen = []
    for k, _ in product(ks, range(6)):
        A = make(d, m, rng=rng)
        support, signs = rng.choice(m, k, replace=False), rng.choice([-1.0, 1.0], k)
        decision = recovers(A, support, signs)
        check_decision(A, support, signs, decision)
        value = gain(A, support, signs)
        if decision.verdict is TIE:
            assert make is rademacher, "Gaussian codes have no ties"
        else:
            assert (decision.verdict is NOT) == (value > 1e-7)
        seen.append(decision.verdict)
    assert seen.count(REC) >= 8
    assert seen.count(NOT) >= 8


# --- what is known ------------------------------------------------------------------------------

WIDE = gaussian(6, 14, rng=np.random.default_rng(0))


def test_no_support_is_recovered():
    decision = recovers(WIDE, [], [])
    assert decision.verdict is REC
    assert decision.margin == 1


def test_one_feature_of_a_code_of_unit_columns_is_recovered():
    A = WIDE / np.linalg.norm(WIDE, axis=0)
    for i in range(14):
        assert recovers(A, [i], [-1]).verdict is REC


@pytest.mark.parametrize("k", [7, 10, 14])
def test_more_features_than_dimensions_are_not_recovered(k):
    assert recovers(WIDE, range(k), np.ones(k)).verdict is NOT


def test_as_many_features_as_dimensions_and_a_code_without_kernel():
    square = WIDE[:, :6]
    assert recovers(square, range(6), [1, -1, 1, -1, 1, 1]).verdict is REC
    assert recovers(WIDE.T, range(6), [1, -1, 1, -1, 1, 1]).verdict is REC


@pytest.mark.parametrize("factor", [1.0, -1.0])
def test_a_repeated_column_is_a_tie_or_worse(factor):
    """a_7 = +- a_0: moving weight between them costs nothing, if only one carries any."""
    A = WIDE.copy()
    A[:, 7] = factor * A[:, 0]
    assert recovers(A, [0], [1]).verdict is TIE
    assert recovers(A, [0, 7], [1, factor]).verdict is TIE
    assert recovers(A, [0, 7], [1, -factor]).verdict is NOT
    assert recovers(A, [2], [1]).verdict is REC
    A[:, 7] = 1.5 * factor * A[:, 0]
    assert recovers(A, [0], [1]).verdict is NOT
    assert recovers(A, [7], [1]).verdict is REC


def test_a_zero_column_off_the_support_changes_nothing_and_on_it_is_never_recovered():
    A = WIDE.copy()
    A[:, 3] = 0
    assert recovers(A, [0], [1]).verdict is recovers(np.delete(A, 3, 1), [0], [1]).verdict is REC
    assert recovers(A, [3], [1]).verdict is NOT


def test_a_tie_of_signs():
    """v is forced to (1, 1), and reads the third column at exactly 1."""
    A = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    assert recovers(A, [0, 1], [1, 1]).verdict is TIE
    assert recovers(A, [0, 1], [1, -1]).verdict is REC
    for off, verdict in ((-1e-8, REC), (1e-8, NOT)):
        A[0, 2] = 0.5 + off
        assert recovers(A, [0, 1], [1, 1]).verdict is verdict


@pytest.mark.parametrize("scale", [2.0**-900, 1e-200, 1e-30, 1e30, 1e200, 2.0**1000])
def test_scales_do_not_matter(scale):
    rng = np.random.default_rng(3)
    for k in range(1, 6):
        S, s = rng.choice(14, k, replace=False), rng.choice([-1.0, 1.0], k)
        decision = recovers(scale * WIDE, S, s)
        assert decision.verdict is recovers(WIDE, S, s).verdict is not TIE
        check_decision(scale * WIDE, S, s, decision)
    rows = WIDE * np.logspace(-200, 200, 6)[:, None]
    assert recovers(rows, [0, 4], [1, 1]).verdict is recovers(WIDE, [0, 4], [1, 1]).verdict


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", FLOATS)
def test_layout_and_order_do_not_matter_and_inputs_are_left_alone(layout, dtype):
    A = in_layout(WIDE.astype(dtype), layout)
    support, signs = np.array([9, 2, 5]), np.array([1, -1, 1])
    before = A.tobytes(), support.tobytes(), signs.tobytes()
    decision = recovers(A, support, signs)
    again = recovers(WIDE.astype(dtype), support[::-1], signs[::-1])
    assert decision.verdict is again.verdict is not TIE
    assert before == (A.tobytes(), support.tobytes(), signs.tobytes())


# --- certificates -------------------------------------------------------------------------------


def decided(verdict: Verdict) -> tuple[list[int], NDArray]:
    """The first of all sign patterns on the first features with this verdict."""
    patterns = (np.array(p) for k in range(2, 6) for p in product((1.0, -1.0), repeat=k))
    signs = next(s for s in patterns if recovers(WIDE, range(s.size), s).verdict is verdict)
    return list(range(signs.size)), signs


def test_spoiled_certificates_are_refused():
    for verdict in (REC, NOT):
        support, signs = decided(verdict)
        good = recovers(WIDE, support, signs)
        spoiled = [
            replace(good, margin=good.margin + 1e-6),
            replace(good, verdict=NOT if verdict is REC else REC),
            replace(good, v=np.zeros(6)) if verdict is REC else replace(good, h=np.ones(14)),
            replace(good, v=np.full(6, np.nan))
            if verdict is REC
            else replace(good, h=np.full(14, np.nan)),
        ]
        for bad in spoiled:
            with pytest.raises(ValueError, match=r"not proved|recorded"):
                check_decision(WIDE, support, signs, bad)
        with pytest.raises(ValueError, match="not proved"):
            check_decision(WIDE, support, -signs, replace(good, margin=0.0))
        other = replace(good, verdict=TIE, margin=0.0)
        with pytest.raises(ValueError, match="not proved"):
            check_decision(WIDE, support, signs, other)


def test_certificates_are_what_they_are_said_to_be():
    support, signs = decided(REC)
    v = recovers(WIDE, support, signs).v
    assert v is not None
    np.testing.assert_allclose(v @ WIDE[:, support], signs, atol=1e-13)
    assert np.max(np.abs(np.delete(v @ WIDE, support))) < 1
    support, signs = decided(NOT)
    h = recovers(WIDE, support, signs).h
    assert h is not None
    z = np.zeros(14)
    z[support] = signs
    step = 1e-3 / np.max(np.abs(h))
    np.testing.assert_allclose(WIDE @ (z - step * h), WIDE @ z, atol=1e-6)
    assert np.sum(np.abs(z - step * h)) < np.sum(np.abs(z))
