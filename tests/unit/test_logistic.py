"""Logistic fits of success curves: against an independent search, and their coverage."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import binom, chi2

from lcs.logistic import fit_logistic

X = np.arange(10.0, 24.0, 2.0)
N = np.full(X.size, 60.0)


def deviance(parameters: np.ndarray, won: np.ndarray) -> float:
    """-2 ln likelihood of midpoint, slope, curvature."""
    c, *slopes = parameters
    odds = sum(b * (X - c) ** (i + 1) for i, b in enumerate(slopes))
    return 2 * float(np.sum(N * np.logaddexp(0, odds) - won * odds))


def counts(seed: int, c: float = 16.7, slope: float = -0.5, curvature: float = 0.0) -> np.ndarray:
    p = expit(slope * (X - c) + curvature * (X - c) ** 2)
    return np.random.default_rng(seed).binomial(N.astype(int), p).astype(float)


@pytest.mark.parametrize("degree", [1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_the_fit_is_the_most_likely_and_its_ends_lie_on_the_level(degree: int, seed: int) -> None:
    won = counts(seed, curvature=0.02 * (degree - 1))
    fit = fit_logistic(X, won, N, degree=degree)
    start = [16.0, -0.4, 0.0][: degree + 1]
    best = minimize(deviance, start, (won,), "Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12})
    assert fit.midpoint.value == pytest.approx(best.x[0], abs=1e-5)
    np.testing.assert_allclose(fit.coefficients, best.x[1:], atol=1e-5)
    for end in (fit.midpoint.low, fit.midpoint.high):
        profile = minimize(
            lambda rest, end=end: deviance(np.array([end, *rest]), won),
            start[1:], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12},
        )  # fmt: skip
        assert profile.fun - best.fun == pytest.approx(chi2.ppf(0.95, 1), abs=1e-5)
    assert fit.midpoint.low < fit.midpoint.value < fit.midpoint.high
    assert fit.freedom == X.size - degree - 1
    assert fit.probability(fit.midpoint.value) == 0.5


def test_exact_counts_give_back_their_curve() -> None:
    p = expit(-0.5 * (X - 16.7) + 0.02 * (X - 16.7) ** 2)
    fit = fit_logistic(X, N * p, N, degree=2)
    assert fit.midpoint.value == pytest.approx(16.7, abs=1e-9)
    np.testing.assert_allclose(fit.coefficients, [-0.5, 0.02], atol=1e-9)
    assert fit.deviance == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(fit.probability(X), p, atol=1e-9)


def test_intervals_cover_as_often_as_they_say() -> None:
    n = 50
    held = 0
    for seed in range(n):
        middle = fit_logistic(X, counts(100 + seed), N).midpoint
        held += middle.low <= 16.7 <= middle.high
    assert binom.cdf(held, n, 0.95) > 1e-4  # Wilks's level is asymptotic: 60 trials are enough
    assert binom.sf(held - 1, n, 0.95) > 1e-4


def test_the_deviance_tells_a_wrong_shape() -> None:
    p = np.array([0.95, 0.9, 0.2, 0.9, 0.2, 0.1, 0.05])
    fit = fit_logistic(X, N * p, N)
    assert fit.deviance > chi2.ppf(1 - 1e-6, fit.freedom)


def test_undecided_trials_widen_the_interval_to_both_of_their_ends() -> None:
    won, open_ = counts(1), np.array([0, 0, 3, 5, 2, 0, 0.0])
    won = np.minimum(won, N - open_)
    low, high = (fit_logistic(X, won + s * open_, N).midpoint for s in (0, 1))
    half = fit_logistic(X, won + open_ / 2, N).midpoint
    fit = fit_logistic(X, won, N, undecided=open_).midpoint
    assert (fit.low, fit.value, fit.high) == (low.low, half.value, high.high)
    assert fit.low < half.low
    assert fit.high > half.high


def test_success_that_rises_is_fitted_too_and_order_does_not_matter() -> None:
    won = counts(2)
    falling, rising = fit_logistic(X, won, N), fit_logistic(X, N - won, N)
    assert rising.midpoint.value == pytest.approx(falling.midpoint.value, abs=1e-9)
    np.testing.assert_allclose(rising.coefficients, -falling.coefficients, atol=1e-9)
    shuffled = np.random.default_rng(0).permutation(X.size)
    again = fit_logistic(X[shuffled], won[shuffled], N[shuffled]).midpoint
    assert again.low == pytest.approx(falling.midpoint.low, abs=1e-9)


def test_counts_that_bound_nothing_have_infinite_ends() -> None:
    fit = fit_logistic([0, 1, 2], [2, 1, 1], [3, 2, 3])
    assert (fit.midpoint.low, fit.midpoint.high) == (-math.inf, math.inf)


def test_places_without_trials_count_for_nothing() -> None:
    won = counts(3)
    fit = fit_logistic([*X, 99.0], [*won, 0.0], [*N, 0.0])
    assert fit.midpoint == fit_logistic(X, won, N).midpoint


def test_what_cannot_be_fitted_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no curve is best"):
        fit_logistic([1, 2, 3], [9, 9, 0], [9, 9, 9])
    with pytest.raises(ValueError, match="must cross one half among the x"):
        fit_logistic([1, 2, 3], [9, 8, 7], [9, 9, 9])
    with pytest.raises(ValueError, match="degree must be 1 or 2; got 3"):
        fit_logistic(X, N / 2, N, degree=3)
    with pytest.raises(ValueError, match="degree 2 needs counts at more than 2 x"):
        fit_logistic([1, 2], [5, 1], [9, 9], degree=2)
    for won, trials, open_ in (([-1], [3], 0), ([4], [3], 0), ([2], [3], 2), ([math.nan], [3], 0)):
        with pytest.raises(ValueError, match="0 <= successes"):
            fit_logistic([1.0], won, trials, undecided=open_)
    with pytest.raises(ValueError, match="0 <= successes"):
        fit_logistic([math.inf, 1], [1, 2], [3, 3])
