"""The exact probability of recovery, against counted recoveries of direct and reduced codes."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.stats import binom, ks_2samp

from lcs.codes.random import gaussian
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict
from lcs.l1.reduced import reduced_gaussian
from lcs.l1.transition import success_probability

pytestmark = pytest.mark.claim("CS-dt-finite-size")

RARE = 1e-6  # of a right theory: with a fixed seed a failure is a finding, not bad luck


def off_support_size(A: NDArray, k: int) -> float:
    """min ||A_off^T v||_inf over A_S^T v = 1 by linear programming, S the first k columns."""
    d, m = A.shape
    off = A[:, k:].T
    one = np.ones((m - k, 1))
    lp = linprog(
        [*np.zeros(d), 1],
        A_ub=np.block([[off, -one], [-off, -one]]),
        b_ub=np.zeros(2 * (m - k)),
        A_eq=np.block([A[:, :k].T, np.zeros((k, 1))]),
        b_eq=np.ones(k),
        bounds=[(None, None)] * d + [(0, None)],
    )
    return lp.fun


def direct(d: int, m: int, n: int, seed: int) -> list[NDArray]:
    rng = np.random.default_rng(seed)
    return [gaussian(d, m, rng=rng, unit_columns=False) for _ in range(n)]


def reduced(d: int, m: int, k: int, n: int, seed: int) -> list[NDArray]:
    rng = np.random.default_rng(seed)
    return [reduced_gaussian(d, m, k, rng=rng) for _ in range(n)]


def won(codes: list[NDArray], k: int) -> int:
    n = len(codes)
    decisions = recovers_each(codes, [list(range(k))] * n, [[1] * k] * n, threads=1)
    assert decisions.count(Verdict.UNDECIDED) == 0
    return decisions.count(Verdict.RECOVERED)


def agrees(count: int, n: int, p: float) -> bool:
    """Neither tail of the binomial law is rarer than RARE."""
    return bool(min(binom.cdf(count, n, p), binom.sf(count - 1, n, p)) > RARE)


@pytest.mark.parametrize(("d", "m", "k"), [(2, 3, 1), (3, 6, 1), (4, 6, 2), (5, 9, 2)])
def test_linear_programmes_recover_as_often_as_the_volumes_say(d: int, m: int, k: int) -> None:
    n = 250
    count = sum(off_support_size(A, k) < 1 for A in direct(d, m, n, d + m))
    assert agrees(count, n, success_probability(d, m, k))


@pytest.mark.parametrize(("d", "m", "k"), [(20, 40, 6), (32, 128, 8)])
def test_decisions_on_gaussian_codes_recover_as_often(d: int, m: int, k: int) -> None:
    assert agrees(won(direct(d, m, 400, m), k), 400, success_probability(d, m, k))


@pytest.mark.parametrize(
    ("d", "m", "k"), [(2, 3, 1), (5, 5, 4), (12, 12, 3), (6, 30, 2), (24, 48, 9), (64, 256, 17)]
)
def test_reduced_codes_recover_as_often(d: int, m: int, k: int) -> None:
    n = 300 if m > 200 else 600
    assert agrees(won(reduced(d, m, k, n, m + k), 1), n, success_probability(d, m, k))


@pytest.mark.parametrize(("d", "m", "k"), [(2, 3, 1), (4, 8, 2), (4, 7, 4)])
def test_reduced_and_direct_codes_have_one_law_of_the_dual_size(d: int, m: int, k: int) -> None:
    """Not only the verdict: min ||A_off^T v||_inf itself, by the two-sample Kolmogorov test."""
    n = 100
    one = [off_support_size(A, k) for A in direct(d, m, n, 1)]
    other = [off_support_size(A.astype(float), 1) for A in reduced(d, m, k, n, 2)]
    assert ks_2samp(one, other).pvalue > RARE  # pyright: ignore[reportAttributeAccessIssue]


def test_unit_columns_have_another_probability() -> None:
    """The claim is of raw Gaussian entries: at d = 2, k = 1 unit columns always recover."""
    n, d, m = 200, 2, 6
    rng = np.random.default_rng(0)
    codes = [gaussian(d, m, rng=rng) for _ in range(n)]
    assert won(codes, 1) == n
    assert success_probability(d, m, 1) < 0.6


@pytest.mark.parametrize(("d", "m", "k"), [(3, 9, 4), (3, 9, 0), (3, 2, 3)])
def test_the_reduced_code_needs_1_to_d_active_features(d: int, m: int, k: int) -> None:
    with pytest.raises(ValueError, match=f"k must satisfy 1 <= k <= d and k <= m; got k = {k}"):
        reduced_gaussian(d, m, k, rng=np.random.default_rng(0))


def test_the_reduced_code_refuses_what_are_no_numbers() -> None:
    with pytest.raises(ValueError, match=r"d must be an integer; got 3\.0"):
        reduced_gaussian(3.0, 4, 1, rng=np.random.default_rng(0))  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator; got int"):
        reduced_gaussian(3, 4, 1, rng=0)  # pyright: ignore[reportArgumentType]


def test_the_reduced_code_is_as_long_as_the_chi_law_says() -> None:
    d, k, n = 9, 4, 4000
    squares = np.array([A[0, 0] ** 2 * k for A in reduced(d, 6, k, n, 3)])
    freedom = d - k + 1
    assert abs(squares.mean() - freedom) < 5 * math.sqrt(2 * freedom / n)
