"""Theorem 12: thresholds on binary features do not help beyond a constant."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.lower import best_lower
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.linear.thresholds import threshold_margin
from tests.references import binary_signals, simplex

pytestmark = pytest.mark.claim("GKP26-thm12")

THM12 = claim("GKP26-thm12")
# HiGHS meets constraints and optimality to 1e-7, for data of size 1.
SOLVED = 1e-6
# At k = 2, eps = 1/2, mu = 1/3, the explicit rate behind LCS-rank-l2 is 0.56 of the form as m
# grows; larger k only gain. The rest is for the one dimension that is lost, and for small m.
CONSTANT = 1 / 4


def form(m: int, k: int) -> float:
    assert THM12.form is not None
    return float(THM12.form(m, k, 0.5))


def margin(A: NDArray, Z: NDArray, i: int) -> float:
    """The widest margin s of a probe |b| <= 1 and threshold t that tell z_i = 1 from z_i = 0."""
    d = len(A)
    side = np.where(Z[i] == 1, 1.0, -1.0)
    signed = (A @ Z * side).T
    lp = linprog(
        [*np.zeros(d + 1), -1.0],
        A_ub=np.column_stack([-signed, side, np.ones(len(side))]),
        b_ub=np.zeros(len(side)),
        bounds=[(-1, 1)] * d + [(None, None), (None, 1)],
    )
    return -lp.fun


def readable(A: NDArray, k: int) -> bool:
    """Whether thresholds read every feature of all k-sparse binary z."""
    Z = binary_signals(A.shape[1], k)
    return all(margin(A, Z, i) > SOLVED for i in range(A.shape[1]))


def moment_curve(d: int, m: int) -> NDArray[np.float64]:
    """Points whose convex hull is as neighbourly as d allows: a natural attack."""
    t = np.linspace(-1, 1, m)
    return np.array([t ** (p + 1) for p in range(d)])


def test_codes_below_the_bound_cannot_be_read() -> None:
    """d(8, 2, 1/2) >= 5, so thresholds need d >= 4: no code with d = 3 may work."""
    m, k, d = 8, 2, 3
    necessary = best_lower(m, k, "1/2").d
    assert necessary is not None
    assert d < necessary - 1
    rng = np.random.default_rng(0)
    attacks = [moment_curve(d, m), *(gaussian(d, m, rng=rng) for _ in range(30))]
    assert not any(readable(A, k) for A in attacks)


def test_the_linear_dimension_is_enough() -> None:
    """The simplex in d = m - 1 has linear error below 1/2 at k = 2, and thresholds read it."""
    assert readable(simplex(8), 2)


def test_thresholds_work_exactly_where_the_kernel_is_spread() -> None:
    """By all binary signals, and by the kernel: they agree."""
    readings = []
    for d in (3, 4, 5, 6):
        for seed in range(5):
            A = gaussian(d, 7, rng=np.random.default_rng(seed))
            for k in (1, 2):
                readings.append(readable(A, k))
                assert readings[-1] == threshold_margin(A, k=k).works
    assert 10 < sum(readings) < len(readings) - 10


def test_the_law_holds_up_to_k_below_sqrt_m() -> None:
    """Not only up to (m/4)^{1/3}: one row of ones turns thresholds into errors below 1/2."""
    for m in (10, 30, 100, 1000, 10**4, 10**6, 10**9, 10**12):
        for k in {2, 3, round(m**0.25), round((m / 4) ** (1 / 3)), int(np.sqrt(m) - 1e-9)}:
            if k >= 2 and k * k < m:
                necessary = best_lower(m, k, "1/2").d
                assert necessary is not None
                assert necessary - 1 >= CONSTANT * form(m, k)


def test_erratum_one_active_feature_needs_two_dimensions_only() -> None:
    """Points on a circle: the maximum of <a_i, x> tells feature i from all others, and from 0."""
    for m in (5, 50, 500):
        angles = 2 * np.pi * np.arange(m) / m
        A = np.array([np.cos(angles), np.sin(angles)])
        threshold = (1 + np.cos(2 * np.pi / m)) / 2
        gap = (1 - np.cos(2 * np.pi / m)) / 2  # at m = 500 it is 4e-5, rounding is 1e-16
        readout = A.T @ A - threshold
        assert np.diag(readout).min() > gap / 2
        assert (readout - 2 * np.diag(np.diag(readout))).max() < -gap / 2
        assert threshold > 0
    assert np.isnan(form(10**6, 1))


def test_erratum_range_of_the_proof() -> None:
    """Its rank lemma needs 1/sqrt n < e on n = m/(4k+1) features with e of order 1/k."""

    def lemma_applies(m: int, k: int) -> bool:
        return k**2 < m // (4 * k + 1)

    m = 10**6
    assert (m / 4) ** (1 / 3) == pytest.approx(63, abs=0.01)
    assert lemma_applies(m, 62)
    assert not lemma_applies(m, 64)
    assert not lemma_applies(m, 999)  # still below sqrt m
    assert THM12.domain is not None
    assert THM12.domain(m, 999, 0.5)


def test_dense_signals_break_the_law() -> None:
    """Beyond sqrt m: at k = m/2 the identity, d = m, is below any multiple of the form."""
    m = 10**6
    assert m < CONSTANT / 100 * form(m, m // 2)
    assert THM12.domain is not None
    assert not THM12.domain(m, m // 2, 0.5)
