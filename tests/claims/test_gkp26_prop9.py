"""Proposition 9: a small error does not constrain the geometry of features and probes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.codes.pairs import shifted_pair
from lcs.codes.random import rademacher
from lcs.linear.error import worst_case_error

pytestmark = pytest.mark.claim("GKP26-prop9")

DELTAS = [1.0, 0.5, 0.2, 0.05]


def spread(delta: float) -> float:
    """lam with 1 + lam^2 = 1/delta."""
    return np.sqrt(1 / delta - 1)


def construction(C: NDArray, delta: float) -> tuple[NDArray, NDArray]:
    """(A, B) from unit columns c_1, ..., c_m, a*, b*."""
    return shifted_pair(C[:, :-2], C[:, -2], C[:, -1], delta_0=delta)


def coherence(C: NDArray) -> float:
    return float(np.abs(C.T @ C - np.eye(C.shape[1])).max())


def equiangular(n: int, mu: float) -> NDArray:
    """n unit vectors, every two at inner product exactly +mu: the worst case of the proof."""
    return np.linalg.cholesky((1 - mu) * np.eye(n) + mu).T


def cosines(A: NDArray, B: NDArray) -> NDArray:
    return (A / np.linalg.norm(A, axis=0)).T @ (B / np.linalg.norm(B, axis=0))


@pytest.mark.parametrize("delta", DELTAS)
def test_the_pair_is_the_one_of_the_statement(delta: float) -> None:
    C = rademacher(6, 5, rng=np.random.default_rng(1))
    A, B = construction(C, delta)
    for i in range(3):
        for j in range(6):
            assert A[j, i] == pytest.approx(C[j, i] + spread(delta) * C[j, 3], abs=1e-14)
            assert B[j, i] == pytest.approx(C[j, i] + spread(delta) * C[j, 4], abs=1e-14)


@pytest.mark.parametrize("delta", DELTAS)
@pytest.mark.parametrize("k", [1, 3])
def test_error_stays_below_k_mu_times_one_plus_lam_squared(delta: float, k: int) -> None:
    C = rademacher(400, 42, rng=np.random.default_rng(k))
    eps = k * coherence(C) * (1 + spread(delta)) ** 2
    assert worst_case_error(*construction(C, delta), k=k).certifies(eps * (1 + 1e-12))


@pytest.mark.parametrize("delta", DELTAS)
def test_that_mu_cannot_be_larger(delta: float) -> None:
    """The equiangular system reaches k mu (1 + lam)^2, up to rounding of about 1e-15."""
    k, mu = 3, 0.01
    worst = worst_case_error(*construction(equiangular(12, mu), delta), k=k)
    assert worst.value == pytest.approx(k * mu * (1 + spread(delta)) ** 2, rel=1e-10)


def test_erratum_the_printed_mu_is_not_enough() -> None:
    """mu = eps/(k(1 + lam^2)) at lam = 1: incoherent as printed, yet the error is almost 2 eps."""
    k, eps, lam = 2, 0.1, 1.0
    printed = eps / (k * (1 + lam**2))
    C = equiangular(12, 0.999 * printed)
    assert coherence(C) < printed
    assert worst_case_error(*construction(C, 0.5), k=k).lower > 1.99 * eps

    corrected = eps / (k * (1 + lam) ** 2)
    C = equiangular(12, 0.999 * corrected)
    assert coherence(C) < corrected
    assert worst_case_error(*construction(C, 0.5), k=k).certifies(eps)


@pytest.mark.parametrize("delta", DELTAS)
def test_cosines_are_as_far_from_orthogonal_as_wished(delta: float) -> None:
    """o(1) written out: every inner product among c, a*, b* is at most mu in absolute value."""
    C = rademacher(4000, 22, rng=np.random.default_rng(0))
    A, B = construction(C, delta)
    mu, lam = coherence(C) * (1 + 1e-12), spread(delta)
    rounding = 1e-12
    own = (1 + mu * (2 * lam + lam**2)) / (1 + lam**2 - 2 * lam * mu)
    other = (lam**2 - mu * (1 + 2 * lam)) / (1 + lam**2 + 2 * lam * mu)
    assert np.diag(cosines(A, B)).max() <= own + rounding
    assert cosines(A, A).min() >= other - rounding
    assert cosines(B, B).min() >= other - rounding


@pytest.mark.parametrize("delta", DELTAS)
def test_cosines_are_exact_without_coherence(delta: float) -> None:
    A, B = construction(np.eye(12), delta)
    off = ~np.eye(10, dtype=bool)
    assert worst_case_error(A, B, k=5).upper < 1e-12
    np.testing.assert_allclose(np.diag(cosines(A, B)), delta, atol=1e-14)
    np.testing.assert_allclose(cosines(A, A)[off], 1 - delta, atol=1e-14)


def test_without_the_two_extra_directions_cosines_are_one() -> None:
    """lam = 0 is an ordinary code: probes along features, which are nearly orthogonal."""
    C = rademacher(4000, 22, rng=np.random.default_rng(0))
    A, B = construction(C, 1.0)
    np.testing.assert_allclose(np.diag(cosines(A, B)), 1, atol=1e-12)
    assert (cosines(A, A) - np.eye(20)).max() <= coherence(C) + 1e-12
