"""Proposition 11: bounded lengths do constrain the geometry."""

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from lcs.bounds.cosines import corrected_cosine, printed_cosine, sharp_cosine
from lcs.linear.error import worst_case_error
from tests.strategies import reading_pairs

pytestmark = pytest.mark.claim("GKP26-prop11")

ROUNDING = 1e-9  # of cosines of vectors of length about 1, in at most 4 dimensions


def own_floor(eps: float, g: float) -> float:
    """(i): cos(a_i, b_i) is at least this."""
    return (1 - eps) / g**2


def tilt(eps: float, g: float) -> float:
    return np.sqrt(max(0.0, 1 - own_floor(eps, g) ** 2))


def printed(eps: float, g: float) -> float:
    """(ii) as printed: cos(a_i, a_j) is at most this."""
    return eps * g**2 / (1 - eps) + tilt(eps, g)


def corrected(eps: float, g: float) -> float:
    """(ii) with a cross term that does not grow with g: smaller for g > 1, true for every g."""
    return eps / (1 - eps) + tilt(eps, g)


def largest_cosine(eps: float, g: float, k: int) -> float:
    """The largest cos(a_i, a_j) that any pair of features can have, over a grid of lengths.

    A probe b_i of length at most g with <b_i, a_i> >= p and <b_i, a_j> <= o exists if and only if
    the angle between a_i and a_j is at least arccos(o/(g|a_j|)) - arccos(p/(g|a_i|)), or the
    shortest probe along a_i already meets o. At k >= 2 diagonal and off-diagonal share eps.
    """
    best = 0.0
    for s in np.linspace(0, eps, 21) if k > 1 else [eps]:
        p, o = 1 - s, eps - s if k > 1 else eps
        if p <= g * g:
            length = np.linspace(p / g, g, 61)
            first, second = np.meshgrid(length, length, indexing="ij")
            angle = np.arccos(np.minimum(1, o / (g * second))) - np.arccos(
                np.minimum(1, p / (g * first))
            )
            along = o * first / (p * second)
            reach = np.maximum(np.cos(np.maximum(0, angle)), np.minimum(1, along))
            best = max(best, float(np.minimum(reach, reach.T).max()))
    return best


def cosine(u: NDArray, v: NDArray) -> float:
    return float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))


@given(reading_pairs())  # about as long as each other: the least g, the strongest statement
def test_no_pair_of_codes_violates_it(pair: tuple[NDArray, NDArray, int]) -> None:
    A, B, k = pair
    eps = worst_case_error(A, B, k=k).upper
    g = float(np.linalg.norm(np.hstack([A, B]), axis=0).max())
    for i in range(A.shape[1]):
        assert cosine(A[:, i], B[:, i]) >= own_floor(eps, g) - ROUNDING
        for j in range(i):
            largest = max(cosine(A[:, i], A[:, j]), cosine(B[:, i], B[:, j]))
            assert largest <= corrected(eps, g) + ROUNDING
            if k > 1 or g >= 1:
                assert largest <= printed(eps, g) + ROUNDING


@pytest.mark.parametrize("k", [1, 2])
def test_the_exact_optimum_obeys_it_on_a_grid(k: int) -> None:
    for eps in np.linspace(0.02, 0.9, 20):
        for g in np.linspace(np.sqrt(1 - eps) * 1.0001, 2.5, 21):
            largest = largest_cosine(eps, g, k)
            assert largest <= corrected(eps, g) + ROUNDING
            if k > 1 or g >= 1:
                assert largest <= printed(eps, g) + ROUNDING
            # The grid ends at feasible points below the optimum, and comes close to it.
            assert largest <= sharp_cosine(eps, g, k) + ROUNDING
            assert largest >= sharp_cosine(eps, g, k) - 0.1
            assert printed_cosine(eps, g) == pytest.approx(printed(eps, g))
            assert corrected_cosine(eps, g) == pytest.approx(corrected(eps, g))


def test_erratum_the_cross_term_of_the_proof() -> None:
    """At eps = 1/10, g = 1, k = 1 some cos(b_i, a_j) = 0.122 exceeds eps g^2/(1-eps) = 0.111."""
    eps, length = 0.1, 0.91
    cross = eps / (0.9 * length)
    A = np.array([[1.0, length * cross], [0.0, length * np.sqrt(1 - cross**2)]])
    B = np.linalg.solve(A.T, np.array([[0.9, 0.1], [0.1, 0.9]]).T)
    assert worst_case_error(A, B, k=1).certifies(eps + 1e-12)
    assert np.linalg.norm(np.hstack([A, B]), axis=0).max() <= 1 + 1e-12
    assert eps / (1 - eps) + 0.01 < cosine(B[:, 0], A[:, 1]) < eps / (1 - eps) ** 2


def test_erratum_the_printed_bound_fails_for_one_active_feature_and_short_vectors() -> None:
    """a_i = b_i, |a_i|^2 = 0.7, <a_1, a_2> = 0.3: error 0.3, cosine 3/7, printed bound 0.302."""
    A = np.linalg.cholesky(np.array([[0.7, 0.3], [0.3, 0.7]])).T
    eps, g = 0.3 + 1e-6, np.sqrt(0.7) + 1e-15
    assert worst_case_error(A, k=1).certifies(eps)
    assert cosine(A[:, 0], A[:, 1]) == pytest.approx(3 / 7)
    assert printed(eps, g) < 0.31
    assert corrected(eps, g) >= 3 / 7


def test_unbounded_lengths_leave_nothing() -> None:
    """Proposition 9 at lam = 10: no error at all, own cosine 1/101, cosine of two features 0.99."""
    unit, lam = np.eye(4), 10.0
    A, B = unit[:, :2] + lam * unit[:, 2:3], unit[:, :2] + lam * unit[:, 3:]
    assert worst_case_error(A, B, k=2).upper < 1e-12
    assert cosine(A[:, 0], B[:, 0]) < own_floor(0.01, 1.0)
    assert cosine(A[:, 0], A[:, 1]) > printed(0.01, 1.0)
