"""The worst case over k-sparse signals is a sum of the k largest entries of one row."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from lcs.codes.random import spherical
from lcs.linear.error import worst_case_error
from tests.references import error_exact
from tests.strategies import problems

pytestmark = pytest.mark.claim("LCS-worst-case")

# Eighths of size at most 2: every sum of products below is exact in float64.
EIGHTHS = st.integers(-16, 16).map(lambda n: n / 8)


def pairs() -> st.SearchStrategy[NDArray]:
    """(A, B) stacked, d <= 3 and m <= 6."""
    shape = st.tuples(st.just(2), st.integers(1, 3), st.integers(1, 6))
    return shape.flatmap(lambda s: hnp.arrays(np.float64, s, elements=EIGHTHS))


def vertices(m: int, k: int) -> NDArray[np.float64]:
    """Every z in {-1, 0, 1}^m with k entries that are not 0, in columns."""
    columns = []
    for support in combinations(range(m), k):
        for signs in product((-1.0, 1.0), repeat=k):
            z = np.zeros(m)
            z[list(support)] = signs
            columns.append(z)
    return np.array(columns).T


def residual(A: NDArray, B: NDArray) -> NDArray:
    return B.T @ A - np.eye(A.shape[1])


@given(pairs(), st.data())
def test_equals_the_maximum_over_all_extreme_signals(AB: NDArray, data: st.DataObject) -> None:
    A, B = AB
    k = data.draw(st.integers(1, A.shape[1]))
    exact = np.abs(residual(A, B) @ vertices(A.shape[1], k)).max()
    worst = worst_case_error(A, B, k=k)
    assert worst.lower <= exact <= worst.upper
    assert abs((residual(A, B) @ worst.z)[worst.feature]) == pytest.approx(worst.value, abs=1e-12)


@given(problems())
def test_the_interval_holds_at_any_scale(problem: tuple[NDArray, NDArray | None, int]) -> None:
    """Columns repeated, zero, nearly equal, or of sizes hundreds of binary orders apart."""
    A, B, k = problem
    worst = worst_case_error(A, B, k=k)
    exact = error_exact(A, B, k)
    assert Fraction(worst.lower) <= exact <= Fraction(worst.upper)


@given(pairs(), st.data())
def test_no_signal_in_the_cube_exceeds_it(AB: NDArray, data: st.DataObject) -> None:
    A, B = AB
    m = A.shape[1]
    k = data.draw(st.integers(1, m))
    z = np.zeros(m)
    support = data.draw(st.permutations(range(m)))[:k]
    z[support] = data.draw(hnp.arrays(np.float64, k, elements=st.floats(-1, 1)))
    seen = np.abs(residual(A, B) @ z).max()
    assert seen <= worst_case_error(A, B, k=k).upper + 1e-12  # rounding of seen, entries <= 14


def test_signals_outside_the_hypotheses_exceed_it() -> None:
    A = spherical(4, 12, rng=np.random.default_rng(0))
    at_two, at_three = worst_case_error(A, k=(2, 3))
    assert at_three.lower > at_two.upper  # one more active feature
    larger = np.abs(residual(A, A) @ (1.5 * at_two.z)).max()
    assert larger > at_two.upper  # values beyond [-1, 1]


def test_signs_matter() -> None:
    """Without them, the k largest entries of a row of mixed signs add up to less."""
    A = spherical(4, 12, rng=np.random.default_rng(0))
    worst = worst_case_error(A, k=3)
    unsigned = np.sort(residual(A, A), axis=1)[:, -3:].sum(axis=1).max()
    assert unsigned < worst.lower


def test_a_sampled_maximum_is_not_the_worst_case() -> None:
    rng = np.random.default_rng(0)
    A = spherical(64, 512, rng=rng)
    Z = np.zeros((512, 2000))
    for z in Z.T:
        z[rng.choice(512, 8, replace=False)] = rng.choice([-1.0, 1.0], 8)
    assert np.abs(residual(A, A) @ Z).max() < 0.75 * worst_case_error(A, k=8).lower
