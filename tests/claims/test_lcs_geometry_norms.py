"""The sharp form of Proposition 11: bounded lengths against the cosine of two features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.bounds.cosines import corrected_cosine, printed_cosine, sharp_cosine
from lcs.linear.error import worst_case_error
from tests.strategies import reading_pairs

pytestmark = pytest.mark.claim("LCS-geometry-norms")

# eps and g are measured to 1e-15, and where g^2 is near 1 - eps a cosine moves by their root.
ROUNDING = 1e-7


def cosine(C: NDArray) -> float:
    u, v = C.T
    return float(u @ v / (np.linalg.norm(u) * np.linalg.norm(v)))


def extremal(eps: float, g: float, k: int) -> tuple[NDArray, NDArray]:
    """All four vectors of length g in a plane: as wide apart as b_1, a_1, a_2, b_2 may stand."""
    own = np.arccos((1 - eps) / g**2)
    other = np.arccos((eps if k == 1 else 0.0) / g**2)
    A, B = (
        g * np.array([np.cos(x), np.sin(x)])
        for x in (np.array([0, other - own]), np.array([-own, other]))
    )
    return A, B


EPS = [0.05, 0.1, 0.3, 0.5]
EXCESS = [1e-3, 0.05, 0.3, 1.0, 3.0]


@pytest.mark.parametrize("eps", EPS)
@pytest.mark.parametrize("excess", EXCESS)
@pytest.mark.parametrize("k", [1, 2])
def test_it_is_attained(eps: float, excess: float, k: int) -> None:
    g = float(np.sqrt(1 - eps + excess))
    A, B = extremal(eps, g, k)
    for features, probes in ((A, B), (B, A)):  # B^T A is symmetric: probes attain it too
        assert worst_case_error(features, probes, k=k).certifies(eps + 1e-12)
    assert np.linalg.norm(np.hstack([A, B]), axis=0).max() <= g + 1e-12
    assert cosine(A) == pytest.approx(sharp_cosine(eps, g, k), abs=1e-9)


@st.composite
def beside_extremal(draw: st.DrawFn) -> tuple[NDArray, NDArray, int]:
    """(A, B, k) near a pair that attains the bound, with error at most 0.95 by construction."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    k = draw(st.integers(1, 3))
    m = int(rng.integers(max(k, 2), 5))
    A, B = np.eye(m), np.eye(m)
    A[:2, :2], B[:2, :2] = extremal(rng.uniform(0.05, 0.5), rng.uniform(0.98, 2), min(k, 2))
    N = rng.uniform(-1, 1, (m, m))
    room = (0.95 - worst_case_error(A, B, k=k).upper) / (k * np.abs(N.T @ A).max())
    return A, B + room * 10 ** -draw(st.floats(0, 6)) * N, k


@given(st.one_of(reading_pairs(), beside_extremal()))
def test_no_pair_of_codes_beats_it(pair: tuple[NDArray, NDArray, int]) -> None:
    A, B, k = pair
    m = A.shape[1]
    eps = worst_case_error(A, B, k=k).upper
    g = float(np.linalg.norm(np.hstack([A, B]), axis=0).max()) * (1 + 1e-15)
    bound = sharp_cosine(eps, g, k)
    for i in range(m):
        for j in range(i):
            for C in (A, B):
                assert cosine(C[:, [i, j]]) <= bound + ROUNDING


@pytest.mark.parametrize("k", [1, 2])
def test_it_is_below_the_other_bounds(k: int) -> None:
    for eps in np.linspace(0.02, 0.9, 30):
        for g in np.sqrt(1 - eps) * np.geomspace(1, 3, 30):
            assert sharp_cosine(eps, g, k) <= corrected_cosine(eps, g) + ROUNDING
            if k > 1 or g >= 1:
                assert sharp_cosine(eps, g, k) <= printed_cosine(eps, g) + ROUNDING


def test_above_one_half_two_features_may_coincide() -> None:
    eps = 0.5
    A = np.full((1, 2), 0.5**0.5)
    assert worst_case_error(A, k=1).certifies(eps + 1e-12)
    assert cosine(A) == pytest.approx(1)
    assert sharp_cosine(0.6, 0.7, 1) == 1.0
    assert sharp_cosine(eps, 0.5**0.5, 1) == 1.0
    assert sharp_cosine(0.499, 0.708, 1) < 1


@pytest.mark.parametrize(
    ("eps", "g", "k", "rule"),
    [
        (0.0, 1.0, 1, "0 < eps < 1"),
        (1.0, 1.0, 1, "0 < eps < 1"),
        (float("nan"), 1.0, 1, "0 < eps < 1"),
        (0.1, 0.9, 1, "g must be finite"),
        (0.1, float("inf"), 1, "g must be finite"),
        (0.1, 1.0, 0, "k must be an integer"),
        (0.1, 1.0, 1.5, "k must be an integer"),
    ],
)
def test_bad_input_is_one_clear_error(eps: float, g: float, k: int, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        sharp_cosine(eps, g, k)


def test_longer_columns_pass_the_bound() -> None:
    """The pair of lengths g exceeds what lengths 0.95 g would allow."""
    A, B = extremal(0.1, 1.2, 2)
    assert worst_case_error(A, B, k=2).certifies(0.1 + 1e-12)
    assert cosine(A) > sharp_cosine(0.1, 0.95 * 1.2, 2) + 0.01
