"""Where a success probability crosses one half: logistic regression with likelihood intervals.

The model: ln P/(1 - P) = b_1 (x - c) + ... + b_r (x - c)^r, so that c is the point of even odds.
Its interval holds every c at which the likelihood, best over b, is within half the chi-squared
quantile of the largest. Degree 1 is the logistic curve; a success curve that is not one moves its
c, and degree 2 takes up the asymmetry that does so first.
Reference: McCullagh, Nelder 1989, Generalized linear models, section 4.4; for the likelihood
interval, Wilks 1938.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import chdtri, expit, xlogy

from lcs.scaling import Estimate

Array = NDArray[np.float64]

MOST_STEPS = 100
CERTAIN = 40.0  # log odds: where every point comes this close to 0 or 1, nothing is estimated
REACH = 10  # lengths of the range of x beyond which an interval counts as unbounded


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A fitted success curve: its point of even odds with an interval, and what is left over."""

    midpoint: Estimate
    coefficients: Array  # (degree,) of (x - midpoint)^1, ^2
    deviance: float  # chi-squared in law with `freedom` degrees where the model holds
    freedom: int

    def probability(self, x: ArrayLike) -> Array:
        """The fitted probability at x."""
        return expit(
            _powers(np.asarray(x, float) - self.midpoint.value, self.coefficients.size)
            @ self.coefficients
        )


def fit_logistic(
    x: ArrayLike,
    successes: ArrayLike,
    trials: ArrayLike,
    *,
    undecided: ArrayLike = 0,
    degree: int = 1,
    confidence: float = 0.95,
) -> Logistic:
    """Fit the success curve of counted trials, and where it crosses one half.

    Parameters
    ----------
    x: (n,) where trials were made. successes, trials: (n,) counts, or expected counts.
    undecided: (n,) trials, besides the successes, of unknown end. The interval joins that with
        all of them counted as successes and that with none; the value counts each as half.
    degree: 1, or 2 to allow for asymmetry. confidence: the level of the interval.

    Returns `Logistic`; an end of its interval is infinite where the counts do not bound it.
    Raises ValueError for counts that are none, for too few places, for successes and failures
    that some curve separates, and for a curve that does not cross one half among the x.
    Reference: Wilks 1938.

    >>> fit = fit_logistic([1, 2, 3, 4], [98, 80, 20, 2], [100] * 4)
    >>> round(fit.midpoint.value, 6), round(fit.midpoint.low, 2), round(fit.midpoint.high, 2)
    (2.5, 2.38, 2.62)
    """
    x, won, trials, open_ = _checked(x, successes, trials, undecided)
    if degree not in (1, 2):
        raise ValueError(f"degree must be 1 or 2; got {degree!r}")
    if np.unique(x).size <= degree:
        raise ValueError(f"degree {degree} needs counts at more than {degree} x; got {x.tolist()}")
    best = _Curve(x, won + open_ / 2, trials, degree)
    least = chdtri(1, 1 - confidence) / 2
    shares = (0.0, 1.0) if np.any(open_) else (0.5,)
    ends = [_Curve(x, won + share * open_, trials, degree).interval(least) for share in shares]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return Logistic(
        Estimate(best.midpoint, low, high),
        best.coefficients,
        2 * float(best.saturated - best.likelihood),
        x.size - degree - 1,
    )


class _Curve:
    """The best curve through one table of counts, and the likelihood of other midpoints."""

    def __init__(self, x: Array, won: Array, trials: Array, degree: int) -> None:
        self.x, self.won, self.trials, self.degree = x, won, trials, degree
        self.range = float(np.ptp(x))
        share = won / trials
        self.saturated = float(np.sum(xlogy(won, share) + xlogy(trials - won, 1 - share)))
        centre = float(np.mean(x))
        powers = _powers(x - centre, degree)
        beta, self.likelihood = _maximum(np.column_stack([np.ones(x.size), powers]), won, trials)
        self.midpoint = centre + _crossing(beta, x - centre)
        self.coefficients, _ = self.at(self.midpoint)

    def at(self, c: float) -> tuple[Array, float]:
        """The best coefficients with midpoint c, and their log-likelihood."""
        return _maximum(_powers(self.x - c, self.degree), self.won, self.trials)

    def interval(self, least: float) -> tuple[float, float]:
        """The midpoints around the best one whose log-likelihood is within `least` of it."""

        def short(c: float) -> float:
            return self.likelihood - self.at(c)[1] - least

        return self._end(short, -self.range), self._end(short, self.range)

    def _end(self, short: Callable[[float], float], way: float) -> float:
        inside, step = self.midpoint, way / 16
        while short(outside := inside + step) < 0:
            inside, step = outside, 2 * step
            if abs(inside - self.midpoint) > REACH * self.range:
                return math.copysign(math.inf, way)
        return float(brentq(short, inside, outside, xtol=1e-12 * self.range))  # pyright: ignore[reportArgumentType]


def _powers(t: Array, degree: int) -> Array:
    return t[..., None] ** np.arange(1, degree + 1)


def _maximum(design: Array, won: Array, trials: Array) -> tuple[Array, float]:
    """Maximise sum(won eta - trials ln(1 + e^eta)), eta = design @ beta, which is concave."""
    scale = np.max(np.abs(design), axis=0)
    design = design / scale

    def likelihood(beta: Array) -> float:
        eta = design @ beta
        return float(won @ eta - trials @ np.logaddexp(0, eta))

    beta = np.zeros(design.shape[1])
    value = likelihood(beta)
    for _ in range(MOST_STEPS):
        eta = design @ beta
        p = expit(eta)
        if np.all(np.abs(eta) > CERTAIN):
            break
        gradient = design.T @ (won - trials * p)
        hessian = (design.T * (trials * p * (1 - p))) @ design
        step = np.linalg.lstsq(hessian, gradient)[0]
        decrement = float(gradient @ step)
        while (moved := likelihood(beta + step)) < value - 1e-12 * abs(value):
            step = step / 2
        beta, value = beta + step, moved
        if decrement < 1e-18 * (1 + abs(value)):
            return beta / scale, value
    raise ValueError(f"no curve is best: successes {won} of {trials} are separated by one")


def _crossing(beta: Array, t: Array) -> float:
    """The root nearest to 0 of beta_0 + beta_1 t + ... among the t."""
    roots = np.roots(np.trim_zeros(beta[::-1], "f"))
    real = roots[np.abs(roots.imag) <= 1e-12 * np.abs(roots)].real
    among = real[(real >= np.min(t)) & (real <= np.max(t))]
    if not among.size:
        raise ValueError(f"the curve must cross one half among the x; its odds are {beta.tolist()}")
    return float(among[np.argmin(np.abs(among))])


def _checked(
    x: ArrayLike, successes: ArrayLike, trials: ArrayLike, undecided: ArrayLike
) -> tuple[Array, Array, Array, Array]:
    """The four as (n,) arrays where trials were made; ValueError for what is no count."""
    arrays = np.broadcast_arrays(*(np.asarray(a, float) for a in (x, successes, trials, undecided)))
    x, won, trials, open_ = (np.atleast_1d(a) for a in arrays)
    good = (won >= 0) & (open_ >= 0) & (won + open_ <= trials) & (trials < np.inf) & np.isfinite(x)
    if x.ndim != 1 or not np.all(good):
        bad = np.flatnonzero(~good.ravel())[:1]
        got = [a.ravel()[bad].tolist() for a in (x, won, trials, open_)]
        raise ValueError(
            "x, successes, trials, undecided must be lists of numbers with 0 <= successes + "
            f"undecided <= trials; got {got} in shape {x.shape}"
        )
    used = trials > 0
    return x[used], won[used], trials[used], open_[used]
