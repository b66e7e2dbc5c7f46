"""Two extra dimensions make any geometry; fewer make less."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.codes.algebraic import catalogue
from lcs.codes.elementary import simplex
from lcs.codes.pairs import lifted_pair
from lcs.codes.random import gaussian
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from tests.strategies import integer_matrices, shapes

pytestmark = pytest.mark.claim("LCS-geometry-2d")

DELTAS = [1.0, 0.5, 0.2, 1e-3]
ROUNDING = 1e-13  # of a cosine: sums of d <= 20 products of full relative precision


def cosines(A: NDArray, B: NDArray) -> NDArray:
    return (A / np.linalg.norm(A, axis=0)).T @ (B / np.linalg.norm(B, axis=0))


def off_diagonal(X: NDArray) -> NDArray:
    return X[~np.eye(X.shape[0], dtype=bool)]


def pair(d: int, m: int) -> tuple[NDArray, NDArray]:
    A = gaussian(d, m, rng=np.random.default_rng(d + m))
    return A, optimal_probes(A).B


@pytest.mark.parametrize("delta", DELTAS)
def test_cosines_are_the_ones_stated(delta: float) -> None:
    for A, B in ((pair(6, 15)[0],) * 2, pair(6, 15)):
        lifted_A, lifted_B = lifted_pair(A, B, delta_0=delta)
        np.testing.assert_allclose(
            np.diag(cosines(lifted_A, lifted_B)), delta * np.diag(cosines(A, B)), atol=ROUNDING
        )
        for before, after in ((A, lifted_A), (B, lifted_B)):
            np.testing.assert_allclose(
                1 - cosines(after, after), delta * (1 - cosines(before, before)), atol=ROUNDING
            )


@pytest.mark.parametrize("delta", DELTAS)
def test_for_unit_columns_the_own_cosine_is_delta(delta: float) -> None:
    A, B = lifted_pair(pair(6, 15)[0], delta_0=delta)
    np.testing.assert_allclose(np.diag(cosines(A, B)), delta, atol=ROUNDING)


@given(st.data())
def test_the_products_are_exactly_the_same(data: st.DataObject) -> None:
    """Integer entries over a power of two: every product and sum is exact; zeros add nothing."""
    shape = data.draw(shapes())
    A, B = (data.draw(integer_matrices(shape, np.float64)) for _ in range(2))
    lifted_A, lifted_B = lifted_pair(A, B, delta_0=data.draw(st.floats(1e-6, 1)))
    assert np.array_equal(lifted_B.T @ lifted_A, B.T @ A)
    assert lifted_A.shape == lifted_B.shape == (shape[0] + 2, shape[1])


@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("k", [1, 2, 5])
def test_the_error_does_not_change_beyond_rounding(delta: float, k: int) -> None:
    A, B = pair(12, 20)
    before = worst_case_error(A, B, k=k)
    after = worst_case_error(*lifted_pair(A, B, delta_0=delta), k=k)
    assert abs(after.value - before.value) <= after.rounding + before.rounding


def test_no_coherence_is_asked_for() -> None:
    """Proposition 9 on a code of coherence 1/2 loses the error; here every code keeps it."""
    A, B = pair(4, 9)
    assert worst_case_error(*lifted_pair(A, B, delta_0=0.01), k=1).value < 0.5


# --- lower limit: is it two? --------------------------------------------------------------------


def one_dimension(A: NDArray, B: NDArray, stretch: float) -> tuple[NDArray, NDArray]:
    """The attack: probes stretched along one direction f, features given the new dimension.

    Features with <f, b_i> < 0 change sign with their probes: the error stays the same.
    """
    f = np.linalg.qr(np.random.default_rng(0).standard_normal((A.shape[0], 1)))[0]
    signs = np.sign(f.T @ B)
    squeezed = A - (1 - 1 / stretch) * f @ (f.T @ A)
    stretched = B + (stretch - 1) * f @ (f.T @ B)
    new = stretch * np.linalg.norm(A, axis=0, keepdims=True) * signs
    return np.vstack([squeezed, new]) * signs, np.vstack([stretched, np.zeros_like(new)]) * signs


@pytest.mark.parametrize("k", [1, 2, 5])
def test_one_dimension_is_enough_where_features_may_change_sign(k: int) -> None:
    """The error is kept, own cosines go to 0 and the others to 1: 2 is a cost, not a need.

    Stretching by s = 10^4 costs digits: entries of B^T A are off by about s u ||a|| ||b|| s.
    """
    A, B = pair(6, 15)
    bent_A, bent_B = one_dimension(A, B, 1e4)
    assert bent_A.shape == (7, 15)
    before, after = worst_case_error(A, B, k=k), worst_case_error(bent_A, bent_B, k=k)
    assert after.value == pytest.approx(before.value, abs=1e-6)
    assert cosines(bent_A, bent_A).min() > 0.999
    assert cosines(bent_B, bent_B).min() > 0.999
    assert np.abs(np.diag(cosines(bent_A, bent_B))).max() < 0.001


def test_one_dimension_cannot_keep_the_signs_where_columns_sum_to_zero() -> None:
    """In d + 1 dimensions one side is G [C; 0] for an invertible G, as B'^T A' has rank d.

    Its columns still sum to 0, so some two of them have a negative inner product.
    """
    C = simplex(6).matrix()
    assert np.abs(C.sum(axis=1)).max() < 1e-14
    rng = np.random.default_rng(0)
    for _ in range(200):
        flat = rng.standard_normal((C.shape[0] + 1, C.shape[0])) * 10.0 ** rng.uniform(-3, 3)
        assert off_diagonal(cosines(flat @ C, flat @ C)).min() < 0
    A, _ = lifted_pair(C, delta_0=0.01)
    assert off_diagonal(cosines(A, A)).min() > 0.98, "two dimensions can"


def least_own(d: int) -> float:
    """The least delta that (1 - delta) sqrt d <= delta leaves."""
    return d**0.5 / (1 + d**0.5)


@given(st.integers(0, 2**32 - 1), st.floats(0, 4))
def test_no_dimension_is_not_enough_for_a_tight_frame(seed: int, decades: float) -> None:
    """All pairs of B^T A = C^T C in d dimensions are (G C, G^-T C), up to signs.

    sum_i a_i b_i^T = (m/d) I bounds how far own cosines and the others can part.
    """
    (code,) = (c for c in catalogue(6, m_min=16) if c.name == "Steiner pairs(4)")
    C = code.matrix()
    rng = np.random.default_rng(seed)
    U, V = (np.linalg.qr(rng.standard_normal((6, 6)))[0] for _ in range(2))
    sizes = 10.0 ** rng.uniform(-decades / 2, decades / 2, 6)
    A, B = (U * sizes) @ V.T @ C, (U / sizes) @ V.T @ C
    signs = np.where(A.sum(axis=0) < 0, -1, 1)
    A, B = A * signs, B * signs
    own = np.diag(cosines(A, B)).max()
    others = min(off_diagonal(cosines(X, X)).min() for X in (A, B))
    assert max(own, 1 - others) >= least_own(6) - 1e-9
    lifted = lifted_pair(C, delta_0=0.1)
    assert np.diag(cosines(*lifted)).max() < 0.11 < least_own(6), "two dimensions do"
