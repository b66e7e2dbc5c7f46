"""Brackets of the null-space constant against exact enumeration, and the proofs behind them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import circulant, null_space

from lcs.codes.random import gaussian, rademacher
from lcs.l1 import _tree
from lcs.l1._rows import independent_rows
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict, recovers
from lcs.l1.null_certificates import column_bound, concentration, row_basis
from lcs.l1.nullspace import TOLERANCE, Status, nullspace_constant
from lcs.linear.probes import optimal_probes
from tests import references as ref
from tests.strategies import integer_matrices, matrices, shapes

SHAPES = shapes(4, 6)


def signs_code(shape: tuple[int, int]) -> st.SearchStrategy[NDArray]:
    return st.integers(0, 10**6).map(
        lambda seed: rademacher(*shape, rng=np.random.default_rng(seed))
    )


def circulant_codes(m: int) -> st.SearchStrategy[NDArray]:
    """Circulant matrices of small integers, of any rank."""
    row = st.lists(st.integers(-2, 2), min_size=m, max_size=m)
    return row.map(lambda x: circulant(np.array(x, np.float64)))


@st.composite
def codes(draw: st.DrawFn) -> NDArray:
    """Small exact codes: integers with ties, signs, circulants; columns repeated or zero."""
    shape = draw(SHAPES)
    kinds = (integer_matrices(shape, np.float64), signs_code(shape), circulant_codes(shape[1]))
    A = np.array(draw(st.one_of(*kinds)))
    column = st.integers(0, A.shape[1] - 1)
    if draw(st.booleans()):
        A[:, draw(column)] = A[:, draw(column)]
    if draw(st.integers(0, 4)) == 4:
        A[:, draw(column)] = 0
    return A


def codes_of_any_kind() -> st.SearchStrategy[NDArray]:
    return SHAPES.flatmap(lambda shape: matrices(shape, tiny=False))


def exact_columns(A: NDArray, B: NDArray, k: int) -> Fraction:
    """max_j ||(I - B^T A)_j||_[k] for the numbers stored."""
    M = ref.residual(ref.gram(A, B))
    return max(ref.largest_sum([row[j] for row in M], k) for j in range(A.shape[1]))


@settings(max_examples=40)
@given(A=codes(), data=st.data())
@example(A=np.zeros((2, 3)), data=None)
@example(A=np.eye(3), data=None)
@example(A=np.array([[1.0, 1.0], [1.0, 1.0]]), data=None)
def test_small_integers_are_solved_and_right(A, data):
    m = A.shape[1]
    k = 1 if data is None else data.draw(st.integers(1, m))
    found, truth = nullspace_constant(A, k), ref.nullspace_constants(A)[k - 1]
    assert found.lower <= truth <= found.upper <= found.columns
    assert found.status is Status.SOLVED
    assert found.upper - found.lower <= TOLERANCE
    assert min(Fraction(1), exact_columns(A, found.B, k)) <= found.columns


@settings(max_examples=40)
@given(A=codes_of_any_kind(), data=st.data())
def test_no_bound_is_wrong_whatever_the_code(A, data):
    """Rows dependent to rounding, columns nearly equal or of very different sizes."""
    k = data.draw(st.integers(1, A.shape[1]))
    found = nullspace_constant(A, k, nodes=200)
    truth = ref.nullspace_constants(A)[k - 1]
    assert found.lower <= truth <= found.upper
    if found.verdict is not Verdict.UNDECIDED:
        assert (truth < 0.5) == (found.verdict is Verdict.RECOVERED)


@settings(max_examples=30)
@given(A=codes(), seed=st.integers(0, 10**6), data=st.data())
def test_certificates_prove_nothing_untrue_of_any_h_and_B(A, seed, data):
    k = data.draw(st.integers(1, A.shape[1]))
    truth = ref.nullspace_constants(A)
    rng = np.random.default_rng(seed)
    noise = 10.0 ** rng.integers(-17, 1)
    N = null_space(A)
    h = N @ rng.standard_normal(N.shape[1]) + noise * rng.standard_normal(A.shape[1])
    assert concentration(independent_rows(A), h, k) <= truth[k - 1]
    B = rng.standard_normal(A.shape)
    assert column_bound(A, B, k) >= min(Fraction(1), exact_columns(A, B, k)) >= truth[k - 1]


@pytest.mark.parametrize("apart", [0, 20, 40])
def test_readings_act_on_the_exact_kernel_as_they_are_charged_to(apart):
    """Rows 2^-apart from dependent: Q spans them only to about 2^(apart - 52)."""
    rng = np.random.default_rng(apart)
    A = rng.integers(-8, 9, (3, 6)) / 8.0
    A[1] = A[0] + A[1] * 2.0**-apart
    basis = row_basis(A)
    signs, y = rng.choice([-1.0, 0.0, 1.0], 6), 4 * rng.standard_normal(3)
    left, charge = basis.residual(signs, y)
    moved = []
    for h in ref.kernel(ref.exact(A)):
        parts = zip(signs, left, h, strict=True)
        change = sum((Fraction(s) - Fraction(v)) * x for s, v, x in parts)
        moved.append(abs(change) / sum(map(abs, h)))
    assert 0 < max(moved) <= charge
    assert charge < 2.0 ** (apart - 40)


# --- values known by hand ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("A", "values"),
    [
        (np.eye(3), [0, 0, 0]),
        (np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), [1 / 2, 1]),  # a repeated column
        (np.array([[1.0, 0.0], [0.0, 0.0]]), [1]),  # a zero column
        (null_space(np.array([[2.0, 1, 1, 1, 1, 1]])).T, [2 / 7, 3 / 7, 4 / 7]),
        (ref.icosahedron(), [1 / (1 + 5**0.5)]),  # an equiangular tight frame
        (ref.simplex(5), [1 / 5, 2 / 5, 3 / 5, 4 / 5, 1]),
    ],
)
def test_values_by_hand(A, values):
    for k, value in enumerate(values, 1):
        found = nullspace_constant(A, k)
        assert found.lower - 1e-12 <= value <= found.upper + 1e-12
        assert found.upper - found.lower <= TOLERANCE


def test_one_feature_is_alpha_of_the_best_probes():
    """k = 1: the columns, the rows and alpha_1 are one number, and so is each alpha_{1,i}."""
    A = gaussian(6, 12, rng=np.random.default_rng(0))
    found, probes = nullspace_constant(A, 1), optimal_probes(A)
    assert found.nodes == 0
    assert found.lower <= probes.alpha + 1e-9
    assert max(abs(found.columns - probes.alpha), abs(found.lower - probes.alpha_lower)) < 1e-6


# --- a code of moderate size ------------------------------------------------------------------


@pytest.fixture(scope="module")
def code() -> NDArray:
    return gaussian(9, 14, rng=np.random.default_rng(3))


def test_bounds_are_ordered_and_the_witness_shows_it(code):
    alpha, before = optimal_probes(code).alpha, 0.0
    for k in (1, 2, 3):
        found = nullspace_constant(code, k)
        assert found.status is Status.SOLVED
        assert before < found.lower
        assert found.upper <= found.columns <= k * alpha + 1e-6
        h = found.h
        assert np.sum(np.abs(h)) == pytest.approx(1, abs=1e-12)
        assert np.max(np.abs(code @ h)) < 1e-12
        assert np.sum(np.sort(np.abs(h))[-k:]) == pytest.approx(found.lower, abs=1e-9)
        before = found.upper


def test_columns_are_better_than_rows_and_the_search_than_columns(code):
    found = nullspace_constant(code, 3)
    assert found.columns < 3 * optimal_probes(code).alpha - 0.01
    assert found.upper < found.columns - 0.01
    assert found.nodes > 0


def test_verdicts_agree_with_decisions(code):
    """Recovered: every signal drawn. Not recovered: the k largest of the witness."""
    rng = np.random.default_rng(1)
    seen = set()
    for k in (1, 2, 3, 4):
        found = nullspace_constant(code, k, target=0.5)
        seen.add(found.verdict)
        if found.verdict is Verdict.RECOVERED:
            supports = [rng.choice(14, k, replace=False) for _ in range(100)]
            signs = rng.choice([-1.0, 1.0], (100, k))
            assert recovers_each(code, supports, signs).count(Verdict.RECOVERED) == 100
        else:
            top = np.argsort(-np.abs(found.h))[:k]
            decision = recovers(code, top, np.sign(found.h[top]))
            assert decision.verdict is found.verdict is Verdict.NOT_RECOVERED
    assert seen == {Verdict.RECOVERED, Verdict.NOT_RECOVERED}


def test_what_is_proved_early_holds(code):
    full = nullspace_constant(code, 4)
    calls = []

    def interrupt(done: int, allowed: int) -> None:
        calls.append((done, allowed))
        if done == 4:
            raise KeyboardInterrupt

    early = [
        nullspace_constant(code, 4, nodes=3),
        nullspace_constant(code, 4, nodes=0),
        nullspace_constant(code, 4, progress=interrupt, nodes=100),
        nullspace_constant(code, 4, target=full.lower - 0.05),
    ]
    states = [Status.STOPPED, Status.STOPPED, Status.INTERRUPTED, Status.DECIDED]
    assert [found.status for found in early] == states
    assert calls == [(n, 100) for n in range(1, 5)]
    for found in early:
        assert found.lower <= full.upper
        assert full.lower <= found.upper
        assert found.upper > full.upper + TOLERANCE


def test_an_interrupt_before_the_first_bound_proves_nothing(code, monkeypatch):
    def interrupted(*_: object) -> NDArray:
        raise KeyboardInterrupt

    monkeypatch.setattr(_tree, "best_readout", interrupted)
    found = nullspace_constant(code, 2)
    assert found.status is Status.INTERRUPTED
    assert found.upper == 1
    monkeypatch.undo()
    assert 0 < found.lower <= nullspace_constant(code, 2).upper


def test_few_rows_leave_a_vector_of_few_entries(monkeypatch):
    """k/(d+1) is proved without any h, and attained: here alpha_k = k/(d+1), rounded down."""
    monkeypatch.setattr(_tree, "concentration", lambda *_: 0.0)
    for d in (1, 2, 4, 9):
        A = np.hstack([np.eye(d), np.ones((d, 1))])
        for k in range(1, d + 2):
            lower = nullspace_constant(A, k, nodes=0).lower
            assert Fraction(k, d + 1) * (1 - Fraction(1, 2**50)) <= lower <= Fraction(k, d + 1)


def test_readings_of_each_first_index_reach_the_same_value(code, monkeypatch):
    full = nullspace_constant(code, 3)
    monkeypatch.setattr(_tree, "RESTART", 1)
    again = nullspace_constant(code, 3)
    assert again.status is Status.SOLVED
    assert again.nodes > code.shape[1]
    assert max(abs(again.upper - full.upper), abs(again.lower - full.lower)) <= TOLERANCE


def test_rows_may_be_of_any_size_and_repeat(code):
    plain = nullspace_constant(code, 2)
    scaled = np.ldexp(code, np.arange(9)[:, None] * 60 - 200)
    for A in (scaled, np.vstack([code, code[::-1]]), code.astype(np.float32)):
        found = nullspace_constant(A, 2)
        assert abs(found.upper - plain.upper) < 1e-5
        assert found.upper - found.lower <= TOLERANCE
    assert column_bound(scaled, nullspace_constant(scaled, 2).B, 2) < plain.columns + 1e-6


@pytest.mark.parametrize(
    ("options", "received"),
    [
        ({"k": 0}, "0"),
        ({"k": 15}, "15"),
        ({"k": True}, "True"),
        ({"k": 1.0}, "1.0"),
        ({"k": 1, "target": 1.5}, "1.5"),
        ({"k": 1, "target": "half"}, "half"),
        ({"k": 1, "nodes": -1}, "-1"),
        ({"k": 1, "tolerance": float("nan")}, "nan"),
    ],
)
def test_options_out_of_range_are_refused(code, options, received):
    with pytest.raises(ValueError, match=received):
        nullspace_constant(code, **options)


def test_codes_that_are_no_matrix_are_refused():
    with pytest.raises(TypeError, match="int64"):
        nullspace_constant(np.ones((2, 3), np.int64), 1)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="nan"):
        nullspace_constant(np.array([[1.0, np.nan]]), 1)
