"""Success is monotone in nested rows, and halving finds the one critical number of rows."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.codes.random import gaussian, nested, unit_columns
from lcs.l1 import critical
from lcs.l1.check import check_decision
from lcs.l1.critical import critical_d
from lcs.l1.decision import Decision, Verdict, recovers
from tests.strategies import integer_matrices, ordinary_matrices

pytestmark = pytest.mark.claim("CS-monotone-in-d")

ORDER = {Verdict.NOT_RECOVERED: 0, Verdict.UNDECIDED: 1, Verdict.RECOVERED: 2}


@st.composite
def signals(draw: st.DrawFn) -> tuple[NDArray, list[int], list[int]]:
    shape = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    A = draw(st.one_of(integer_matrices(shape, np.float64), ordinary_matrices(shape, np.float64)))
    A = np.where(np.abs(A) < 2.0**-20, 0.0, A)  # a row's smallest entries may not vanish
    support = draw(st.lists(st.integers(0, shape[1] - 1), min_size=1, max_size=4, unique=True))
    return (
        A,
        support,
        draw(st.lists(st.sampled_from((-1, 1)), min_size=len(support), max_size=len(support))),
    )


@given(signals())
def test_hunt_verdicts_never_fall_as_rows_are_added(case: tuple) -> None:
    """Refuted, then undecided (ties), then recovered; and halving finds both ends of the ties."""
    A, support, signs = case
    verdicts = [recovers(A[:d], support, signs).verdict for d in range(1, len(A) + 1)]
    order = [ORDER[verdict] for verdict in verdicts]
    assert order == sorted(order)
    rows = critical_d(A, support, signs)
    assert rows.d_before == order.count(0)
    assert rows.d_sufficient == (None if 2 not in order else order.index(2) + 1)
    assert rows.exact == (order.count(1) == 0 and 2 in order)


@pytest.mark.parametrize("k", [1, 4, 9])
def test_both_neighbours_are_certified(k: int) -> None:
    A = nested("gaussian", 60, 60, rng=np.random.default_rng(k))
    support, signs = np.arange(k), np.ones(k)
    rows = critical_d(A, support, signs)
    assert rows.exact
    assert rows.refutation is not None
    assert rows.proof is not None
    assert k <= rows.d_before < 60
    assert rows.refutation.verdict is Verdict.NOT_RECOVERED
    assert rows.proof.verdict is Verdict.RECOVERED
    assert check_decision(A[: rows.d_before], support, signs, rows.refutation) > 0
    assert check_decision(A[: rows.d_before + 1], support, signs, rows.proof) > 0


@pytest.mark.parametrize("lost", [{7}, {8}, {6, 7}, {7, 8, 9}, {1, 12}, set(range(4, 13))])
def test_what_is_not_decided_widens_the_bracket(
    lost: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The critical d is 8: 7 rows do not suffice. Some numbers of rows are made undecidable."""
    verdict = {d: Verdict.RECOVERED if d >= 8 else Verdict.NOT_RECOVERED for d in range(1, 13)}
    verdict |= dict.fromkeys(lost, Verdict.UNDECIDED)

    def decide(A: NDArray, *_: object) -> Decision:
        return Decision(verdict[len(A)], 0.0, None, None)

    monkeypatch.setattr(critical, "recovers", decide)
    rows = critical_d(np.ones((12, 3)), [0], [1])
    assert rows.d_before < 8 <= (rows.d_sufficient or 12)
    assert rows.d_before == 0 or verdict[rows.d_before] is Verdict.NOT_RECOVERED
    assert rows.d_sufficient is None or verdict[rows.d_sufficient] is Verdict.RECOVERED
    assert rows.exact == lost.isdisjoint({7, 8})
    assert set(rows.undecided) <= lost


def test_ends_without_a_certificate() -> None:
    rows = critical_d(np.array([[2.0, 1.0], [0.0, 1.0]]), [0], [1])  # one row suffices
    assert (rows.d_before, rows.d_sufficient, rows.refutation) == (0, 1, None)
    rows = critical_d(np.array([[1.0, 2.0]]), [0], [1])  # no number of rows does
    assert (rows.d_before, rows.d_sufficient, rows.proof, rows.exact) == (1, None, None, False)
    rows = critical_d(np.ones((3, 2)), [0], [1])  # a tie for ever
    assert (rows.d_before, rows.d_sufficient, rows.exact) == (0, None, False)
    assert 3 in rows.undecided


def test_columns_scaled_anew_at_each_d_need_not_be_monotone() -> None:
    """Of 300 signals some are recovered from d rows of unit columns and not from d + 1."""
    rng, falls = np.random.default_rng(0), 0
    for _ in range(300):
        R = gaussian(5, 8, rng=rng, unit_columns=False)
        won = [recovers(unit_columns(R[:d]), [0, 1], [1, 1]).verdict for d in range(2, 6)]
        falls += any(ORDER[a] > ORDER[b] for a, b in pairwise(won))
    assert falls > 0


def test_an_empty_support_and_a_bad_code_are_refused() -> None:
    with pytest.raises(ValueError, match="support must hold at least one index"):
        critical_d(np.eye(2), [], [])
    with pytest.raises(ValueError, match=r"A\[1, 1\] is nan"):
        critical_d(np.array([[1.0, 0.0], [0.0, np.nan]]), [0], [1])
