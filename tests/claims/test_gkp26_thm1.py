"""Theorem 1: O(k ln(m/k)) measurements let basis pursuit recover every k-sparse z."""

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.claims import claim
from lcs.codes.random import gaussian

pytestmark = pytest.mark.claim("GKP26-thm1")

# HiGHS meets its constraints to 1e-7; a recovered z is then right to about that times the
# conditioning of A on its support, while a failure is off by an entry of z, of size about 1.
SOLVED = 1e-4


def basis_pursuit(A: NDArray, x: NDArray) -> NDArray:
    """A z of least l1 norm with A z = x."""
    m = A.shape[1]
    u = linprog(np.ones(2 * m), A_eq=np.hstack([A, -A]), b_eq=x).x
    return u[:m] - u[m:]


def kernel_share(A: NDArray, k: int) -> float:
    """The largest part of its l1 norm that a kernel vector carries on k entries.

    Below 1/2 it proves that basis pursuit recovers every k-sparse z.
    """
    m = A.shape[1]
    split = np.hstack([A, -A])
    best = 0.0
    for support in combinations(range(m), k):
        for signs in product((1.0, -1.0), repeat=k - 1):
            gain = np.zeros(m)
            gain[list(support)] = 1.0, *signs
            lp = linprog(
                np.hstack([-gain, gain]),
                A_ub=np.ones((1, 2 * m)),
                b_ub=[1.0],
                A_eq=split,
                b_eq=np.zeros(len(A)),
            )
            best = max(best, -lp.fun)
    return best


def measurements(m: int, k: int, constant: float) -> int:
    form = claim("GKP26-thm1").form
    assert form is not None
    return int(np.ceil(constant * form(m, k, 1.0)))


@pytest.mark.parametrize(("m", "k"), [(60, 2), (120, 4), (200, 5)])
def test_generous_d_recovers_every_z_drawn(m: int, k: int) -> None:
    rng = np.random.default_rng(m)
    A = gaussian(measurements(m, k, 3.0), m, rng=rng)
    for _ in range(10):
        z = np.zeros(m)
        z[rng.choice(m, k, replace=False)] = rng.uniform(-1, 1, k)
        assert np.abs(basis_pursuit(A, A @ z) - z).max() < SOLVED


def test_some_code_recovers_every_z() -> None:
    """Not only those drawn: 240 linear programmes prove it for all supports and signs."""
    m, k = 16, 2
    d = measurements(m, k, 3.0)
    codes = (gaussian(d, m, rng=np.random.default_rng(seed)) for seed in range(5))
    assert d < m
    assert any(kernel_share(A, k) < 0.5 - SOLVED for A in codes)


def test_fewer_than_2k_measurements_never_suffice() -> None:
    """Then 2k columns are dependent: two k-sparse z share one image, whatever the decoder."""
    m, k = 20, 3
    rng = np.random.default_rng(0)
    A = gaussian(2 * k - 1, m, rng=rng)
    w = np.zeros(m)
    w[: 2 * k] = np.linalg.svd(A[:, : 2 * k])[2][-1]
    one, other = w * (np.arange(m) < k), -w * (np.arange(m) >= k)
    np.testing.assert_allclose(A @ one, A @ other, atol=1e-12)
    worst = max(np.abs(basis_pursuit(A, A @ z) - z).max() for z in (one, other))
    assert worst > np.abs(one - other).max() / 2 - SOLVED


def test_erratum_nearly_dense_signals() -> None:
    """At k = m - 1 the law is about 1, yet every kernel vector is a difference of two such z."""
    m = 20
    law = claim("GKP26-thm1")
    assert law.domain is not None
    assert measurements(m, m - 1, 1.0) == 1
    assert not law.domain(m, m - 1, 1.0)
    A = gaussian(m - 1, m, rng=np.random.default_rng(0))
    w = np.linalg.svd(A)[2][-1]
    one, other = w * (np.arange(m) < 1), -w * (np.arange(m) >= 1)
    np.testing.assert_allclose(A @ one, A @ other, atol=1e-12)
