"""The weak curve, the intrinsic volumes of the descent cone, the probability of recovery."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import minimize_scalar
from scipy.stats import chi2

from lcs.l1.transition import intrinsic_volumes, recoverable_k, success_probability
from lcs.l1.weak_curve import weak_dimension, weak_threshold

# Logarithms of size up to 4000 round by 4000 u = 4e-13, a handful of them.
ROUNDING = 4e-12
SIZES = [(1, 1), (2, 1), (7, 3), (40, 1), (64, 60), (256, 17), (1000, 67), (1000, 999), (4000, 9)]


def closed_form(m: int, k: int) -> dict[int, float]:
    """V_j for m - k <= 2: angles of wedges, of pyramids over a square, and of orthants.

    Two coordinates of a Gaussian whose p coordinates sum to 0 have correlation -1/(p - 1).
    """
    if m == k:
        return {m - 1: 1 / 2}
    if m == k + 1:
        return {m - 2: math.atan(1 / math.sqrt(k)) / math.pi, m - 1: 1 / 2}
    free = math.asin(1 / (k + 1)) / math.pi  # |y_1|, |y_2| < t/sqrt k
    edge = math.atan(1 / math.sqrt(k + 1)) / math.pi / 2
    corner = (1 / 4 - math.asin(1 / (m - 1)) / (2 * math.pi)) / 2
    return {m - 3: free, m - 2: 4 * edge, m - 1: 4 * corner}


@pytest.mark.parametrize("k", [1, 2, 3, 10, 1000])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_up_to_two_entries_off_the_support_angles_are_known(k: int, n: int) -> None:
    m = k + n
    volumes, known = intrinsic_volumes(m, k).values, closed_form(m, k)
    for j, value in known.items():
        assert volumes[j] == pytest.approx(value, rel=ROUNDING)
    assert volumes[m] == pytest.approx(1 - sum(known.values()), abs=ROUNDING)
    assert np.all(volumes[: m - len(known)] == 0)


@pytest.mark.parametrize(("m", "k"), SIZES)
def test_even_and_odd_volumes_sum_to_a_half_each(m: int, k: int) -> None:
    volumes = intrinsic_volumes(m, k)
    for side in (0, 1):
        assert math.fsum(volumes.values[side::2]) == pytest.approx(1 / 2, abs=ROUNDING)
    assert volumes.error < ROUNDING
    assert np.all(volumes.values >= 0)


def distances(g: NDArray[np.float64], k: int) -> tuple[NDArray, NDArray]:
    """Squared distances of the rows of g from the polar cone {(t s, y) : |y_i| <= t}, s = 1, and
    the dimensions of the faces their projections lie in: by trying every number of clipped |y_i|.
    """
    on, off = g[:, :k], -np.sort(-np.abs(g[:, k:]), axis=1)
    n = off.shape[1]
    sums = np.concatenate([np.zeros((len(g), 1)), np.cumsum(off, axis=1)], axis=1)
    t = np.maximum((on.sum(axis=1)[:, None] + sums) / (k + np.arange(n + 1)), 0)
    cost = ((on[:, None, :] - t[:, :, None]) ** 2).sum(axis=2)
    cost += (np.maximum(off[:, None, :] - t[:, :, None], 0) ** 2).sum(axis=2)
    best = np.argmin(cost, axis=1)
    at, least = (np.take_along_axis(a, best[:, None], 1)[:, 0] for a in (t, cost))
    free = (off < at[:, None]).sum(axis=1)
    return least, np.where(at > 0, free + 1, 0)


@pytest.mark.parametrize(("m", "k"), [(3, 1), (5, 2), (8, 1), (8, 5)])
def test_volumes_are_how_often_a_gaussian_projects_into_faces_of_that_dimension(
    m: int, k: int
) -> None:
    draws = 40_000
    g = np.random.default_rng([m, k]).standard_normal((draws, m))
    faces = np.bincount(distances(g, k)[1], minlength=m + 1)[::-1]  # polar: j is m - j
    expected = intrinsic_volumes(m, k).values * draws
    seen = expected > 5
    assert faces[expected == 0].sum() == 0
    statistic = np.sum((faces - expected)[seen] ** 2 / expected[seen])
    assert statistic < chi2.ppf(1 - 1e-6, np.count_nonzero(seen))  # a seed in a million


@pytest.mark.parametrize(("m", "k"), [(12, 3), (256, 17), (256, 120)])
def test_the_mean_volume_is_the_mean_squared_distance_from_the_polar(m: int, k: int) -> None:
    draws = 600 if m > 100 else 40_000
    g = np.random.default_rng(m + k).standard_normal((draws, m))
    squares = np.concatenate([distances(part, k)[0] for part in np.array_split(g, draws // 50)])
    deviation = squares.std() / math.sqrt(draws)
    mean = intrinsic_volumes(m, k).statistical_dimension
    assert abs(squares.mean() - mean) < 5 * deviation


@pytest.mark.parametrize(("m", "k"), SIZES)
def test_the_statistical_dimension_is_the_weak_one_to_within_its_proved_error(
    m: int, k: int
) -> None:
    """Amelunxen, Lotz, McCoy, Tropp 2014, theorem 4.3: 0 <= inf E - E inf <= 2 sqrt(m/k)."""
    gap = weak_dimension(m, k) - intrinsic_volumes(m, k).statistical_dimension
    assert -m * ROUNDING <= gap <= 2 * math.sqrt(m / k)


def test_success_in_cases_known_by_hand() -> None:
    third = 1 / 3  # d = k = 1: a_1 is the longest of three independent N(0, 1)
    assert success_probability(1, 3, 1) == pytest.approx(third, rel=ROUNDING)
    for m in (1, 2, 5, 20):
        assert [success_probability(d, m, 0) for d in range(m + 1)] == [1.0] * (m + 1)
        full = [success_probability(d, m, m) for d in range(m + 1)]
        assert full[:-1] == pytest.approx([0.0] * m, abs=ROUNDING)
        assert full[-1] == pytest.approx(1, rel=ROUNDING)
        for k in range(1, m + 1):
            assert success_probability(m, m, k) == pytest.approx(1, rel=ROUNDING)
            assert all(success_probability(d, m, k) == 0.0 for d in range(min(k, m)))


@pytest.mark.parametrize(("m", "k"), [(2, 1), (5, 2), (9, 3)])
def test_one_measurement_less_than_entries_by_quadrature(m: int, k: int) -> None:
    """d = m - 1: ker A is a random line, and fails where |sum over S| >= sum of the others."""
    draws = 200_000
    h = np.random.default_rng(m).standard_normal((draws, m))
    won = np.mean(np.abs(h[:, :k].sum(axis=1)) < np.abs(h[:, k:]).sum(axis=1))
    p = success_probability(m - 1, m, k)
    assert abs(won - p) < 5 * math.sqrt(p * (1 - p) / draws)


@pytest.mark.parametrize(("m", "k"), [(4, 1), (30, 4), (200, 20)])
def test_as_many_measurements_as_active_entries_by_quadrature(m: int, k: int) -> None:
    """d = k: v is the only solution, of length sqrt k/|g|, and must stay below 1 on the others."""

    def integrand(t: float) -> float:
        return math.exp(-t * t / 2) * math.erf(t / math.sqrt(2 * k)) ** (m - k)

    value = math.sqrt(2 / math.pi) * quad(integrand, 0, 60, epsabs=0, epsrel=1e-11, limit=500)[0]
    assert success_probability(k, m, k) == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize("m", [6, 60, 200])
def test_success_rises_with_d_and_falls_with_k(m: int) -> None:
    ks = range(0, m + 1, max(1, m // 10))
    table = np.array([[success_probability(d, m, k) for d in range(m + 1)] for k in ks])
    assert np.all(np.diff(table, axis=1) >= -ROUNDING)
    assert np.all(np.diff(table, axis=0) <= ROUNDING)
    assert np.all((table >= 0) & (table <= 1))


def test_rare_failures_keep_their_digits() -> None:
    """Both sides are sums of positive terms: 1 - P is not lost where P rounds to 1."""
    volumes = intrinsic_volumes(256, 10)
    failure = 2 * np.exp(np.logaddexp.reduce(volumes.log[131::2]))
    assert volumes.success(130) == 1.0
    assert 0 < failure < 1e-12
    assert success_probability(12, 256, 10) < 1e-6


def test_k50_interpolates_the_log_odds() -> None:
    d, m = 64, 256
    k50 = recoverable_k(d, m)
    k = math.floor(k50)
    odds = [math.log(p / (1 - p)) for p in (success_probability(d, m, j) for j in (k, k + 1))]
    assert (k + 1 - k50) * odds[0] + (k50 - k) * odds[1] == pytest.approx(0, abs=ROUNDING)
    levels = [recoverable_k(d, m, p) for p in (0.9, 0.75, 0.5, 0.25, 0.1)]
    assert levels == sorted(levels)
    assert recoverable_k(m, m) == m
    assert recoverable_k(1, 100, 0.999) == 1.0  # only k = 0 is recovered so often


def by_minimum(kappa: float) -> float:
    """The least kappa (1 + a^2) + (1 - kappa) E(|g| - a)_+^2 by quadrature and search."""

    def expected(a: float) -> float:
        def integrand(x: float) -> float:
            return (x - a) ** 2 * math.exp(-x * x / 2) * math.sqrt(2 / math.pi)

        return kappa * (1 + a * a) + (1 - kappa) * quad(integrand, a, a + 12)[0]

    return float(minimize_scalar(expected, bounds=(0, 6), method="bounded").fun)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("kappa", [0.001, 0.05, 0.2, 0.5, 0.9])
def test_the_curve_is_the_statistical_dimension_of_the_descent_cone(kappa: float) -> None:
    delta = weak_dimension(1, kappa)
    # A search to 1e-5 in a leaves 1e-10 at a minimum.
    assert delta == pytest.approx(by_minimum(kappa), rel=1e-8)
    assert weak_threshold(delta) == pytest.approx(kappa / delta, rel=1e-13)


def test_ends_of_the_curve() -> None:
    assert (weak_threshold(0), weak_threshold(1)) == (0.0, 1.0)
    assert (weak_dimension(50, 0), weak_dimension(50, 50)) == (0.0, 50.0)
    small = [weak_threshold(10.0**-e) * 2 * math.log(10.0**e) for e in (20, 100, 250)]
    assert small == sorted(small, reverse=True)  # rho 2 ln(1/delta) falls to 1 there
    assert 1 < small[-1] < 1.01
    values = [weak_threshold(x) for x in np.linspace(0, 1, 400)]
    assert np.all(np.diff(values) > 0)


@pytest.mark.parametrize("delta", [-0.1, 1.1, math.nan])
def test_fractions_outside_0_1_are_a_value_error(delta: float) -> None:
    with pytest.raises(ValueError, match=r"delta = d/m must be 0 or a number in"):
        weak_threshold(delta)


def test_other_bad_numbers_are_a_value_error() -> None:
    for m, k in ((10, 11), (10, -1), (0, 0), (math.inf, 1), (math.nan, 1), (10, math.nan)):
        with pytest.raises(ValueError, match="m and k must be numbers with 0 < m"):
            weak_dimension(m, k)
    with pytest.raises(ValueError, match="m must be an integer >= 1; got 0"):
        intrinsic_volumes(0, 0)
    with pytest.raises(ValueError, match=r"k must be an integer >= 0; got 1\.5"):
        intrinsic_volumes(4, 1.5)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="k must be at most m = 4; got 5"):
        intrinsic_volumes(4, 5)
    with pytest.raises(ValueError, match=r"d must be an integer in 0\.\.m = 4; got 5"):
        success_probability(5, 4, 1)
    with pytest.raises(ValueError, match=r"d and m must be integers with 1 <= d <= m; got 0, 4"):
        recoverable_k(0, 4)
    with pytest.raises(ValueError, match=r"probability must lie in \(0, 1\); got 1"):
        recoverable_k(2, 4, 1)
