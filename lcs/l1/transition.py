"""How often l1-minimisation recovers a k-sparse signal from d Gaussian measurements, exactly.

Let C be the descent cone of ||.||_1 at a signal with k of m entries not zero. The signal is
recovered iff ker A meets C in 0 alone, and ker A is a uniform random subspace of codimension d,
so that by the conic kinematic formula, with V_j the intrinsic volumes,
    P(recovered) = 1 - 2 (V_{d+1}(C) + V_{d+3}(C) + ...) = 2 (V_{d-1}(C) + V_{d-3}(C) + ...).
Their values. The polar of C is {(t s, y) : t >= 0, |y_i| <= t}. With n = m - k, its faces of
dimension l + 1 leave l entries of y free and hold q = n - l at +-t; with p = k + q,
    internal angle  I = E[(2 Phi(g/sqrt p) - 1)^l ; g > 0],
    external angle  P(q given coordinates of a Gaussian in R^p are >= 0 | its coordinates sum to 0)
                    = 2^-q f(0) sqrt(2 pi p),   f the density of sqrt k g_0 + |g_1| + ... + |g_q|,
and there are 2^q C(n, l) of them: V_{m-l-1}(C) = C(n, l) sqrt(2 pi p) I f(0). The vertex of the
polar leaves V_m(C) = P(sqrt k g_0 + |g_1| + ... + |g_n| <= 0). Both f(0) and this probability are
left tails: integrals of exp(k z^2/2) w(-i z/sqrt 2)^q, w the Faddeeva function, along a vertical
line through the saddle point on the left of 0, where nothing cancels.
Reference: Affentranger, Schneider 1992, Random projections of regular simplices; Amelunxen, Lotz,
McCoy, Tropp 2014, Living on the edge, fact 2.1.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray
from scipy.special import gammaln, log_ndtr, ndtr, wofz

Array = NDArray[np.float64]

FAR = 9.0  # standard deviations: exp(-FAR^2/2) = 2.6e-18
PERIOD = 48.0  # in units of sqrt k: what the trapezoidal rule wraps round is below exp(-PERIOD)
NODES = 128
MOST = 2**15


@dataclass(frozen=True, slots=True, eq=False)
class IntrinsicVolumes:
    """The intrinsic volumes of the descent cone of the l1 norm at a signal with k of m entries."""

    m: int
    k: int
    log: Array  # (m + 1,) ln V_j, j = 0..m; -inf where V_j = 0
    error: float  # estimate: of quadrature, and of what even and odd sums are off 1/2

    @property
    def values(self) -> Array:
        """V_0..V_m, (m + 1,); they sum to 1."""
        return np.exp(self.log)

    @property
    def statistical_dimension(self) -> float:
        """The mean of j under V_j: where, in d, recovery sets in."""
        return float(np.arange(self.m + 1) @ self.values)

    def success(self, d: int) -> float:
        """P(recovered) from d Gaussian measurements, its smaller side summed; 0 <= d <= m."""
        if not _is_integer(d) or not 0 <= d <= self.m:
            raise ValueError(f"d must be an integer in 0..m = {self.m}; got {d!r}")
        if self.k == 0:
            return 1.0
        volumes = self.values
        below = 2 * float(np.sum(volumes[(d + 1) % 2 : d : 2]))
        above = 2 * float(np.sum(volumes[d + 1 :: 2]))
        return below if below < above else 1.0 - above


@lru_cache(maxsize=1024)
def intrinsic_volumes(m: int, k: int) -> IntrinsicVolumes:
    """Compute the intrinsic volumes of the descent cone of ||.||_1 at a signal; see the module.

    Parameters: 1 <= m <= 2^15 entries (time and memory grow with m), 0 <= k <= m of them not zero.
    Returns `IntrinsicVolumes`. Raises ValueError for other m and k.
    Reference: Affentranger, Schneider 1992.

    >>> intrinsic_volumes(2, 1).values.round(12)  # a right angle
    array([0.25, 0.5 , 0.25])
    """
    for name, value, least in (("m", m, 1), ("k", k, 0)):
        if not _is_integer(value) or value < least:
            raise ValueError(f"{name} must be an integer >= {least}; got {value!r}")
    if m > MOST:
        raise ValueError(f"m must be at most {MOST}, for time and memory; got {m!r}")
    if k > m:
        raise ValueError(f"k must be at most m = {m}; got {k!r}")
    log = np.full(m + 1, -np.inf)
    if k == 0:  # the cone is {0}
        log[0] = 0.0
        log.flags.writeable = False
        return IntrinsicVolumes(m, k, log, 0.0)
    n = m - k
    q = np.arange(n + 1)  # l = n - q entries are free: V_{k + q - 1}
    p = k + q
    density, off_density = _left_tail(k, q, at_most=False)
    tail, off_tail = _left_tail(k, np.array([n]), at_most=True)
    faces = gammaln(n + 1) - gammaln(q + 1) - gammaln(n - q + 1)
    log[k - 1 : m] = faces + 0.5 * np.log(2 * math.pi * p) + _log_internal(n - q, p) + density
    log[m] = tail[0]
    log.flags.writeable = False
    off_half = (abs(float(np.sum(np.exp(log[side::2]))) - 0.5) for side in (0, 1))
    error = max(*off_half, off_density, off_tail)
    return IntrinsicVolumes(m, k, log, error)


def success_probability(d: int, m: int, k: int) -> float:
    """Return the probability that l1-minimisation recovers a k-sparse signal from Gaussian A.

    P(argmin {||y||_1 : A y = A z} = {z}) for any z in R^m with k entries not zero and A (d, m)
    with independent N(0, 1) entries; `intrinsic_volumes(m, k).error` estimates its error.
    Parameters: 0 <= d <= m measurements, m >= 1 entries, 0 <= k <= m of them not zero.
    Raises ValueError for other numbers.
    Reference: Amelunxen, Lotz, McCoy, Tropp 2014, fact 2.1.

    >>> round(success_probability(1, 2, 1), 12), round(success_probability(64, 256, 17), 4)
    (0.5, 0.5555)
    """
    return intrinsic_volumes(m, k).success(d)


def recoverable_k(d: int, m: int, probability: float = 0.5) -> float:
    """Return the sparsity at which d Gaussian measurements recover with the given probability.

    The real k at which P(recovered), its log odds interpolated linearly between integers, is
    the probability; at 1/2 it is called k50.
    Parameters: 1 <= d <= m; 0 < probability < 1.
    Returns k in [0, d]: d where even k = d is recovered more often; where float64 tells a chance
    beside it from 0 or 1 no more, the integer on the other side.
    Raises ValueError for other numbers.

    >>> round(recoverable_k(64, 256), 3)
    17.375
    """
    if not _is_integer(d) or not _is_integer(m) or not 1 <= d <= m:
        raise ValueError(f"d and m must be integers with 1 <= d <= m; got {d!r}, {m!r}")
    if isinstance(probability, str) or not 0 < probability < 1:
        raise ValueError(f"probability must lie in (0, 1); got {probability!r}")
    # Success falls with k, from 1 at k = 0 to 0 at k = d + 1.
    k = bisect_left(range(d + 1), True, key=lambda k: success_probability(d, m, k) < probability)
    if k == d + 1:
        return float(d)
    before, after = (_log_odds(success_probability(d, m, j)) for j in (k - 1, k))
    if before == math.inf or after == -math.inf:
        return float(k if before == math.inf else k - 1)
    return k - 1 + (before - _log_odds(probability)) / (before - after)


def _is_integer(x: object) -> bool:
    return isinstance(x, int | np.integer) and not isinstance(x, bool)


def _log_odds(p: float) -> float:
    if p in (0.0, 1.0):
        return math.inf if p else -math.inf
    return math.log(p / (1 - p))


def _log_internal(l: NDArray[np.integer], p: NDArray[np.integer]) -> Array:
    """ln E[(2 Phi(g/sqrt p) - 1)^l ; g > 0].

    The logarithm of the integrand is concave with second derivative at most -1: beyond FAR from
    its peak nothing is left.
    """
    root = np.sqrt(p)

    def slope(t: Array) -> Array:
        x = t / root
        density = np.exp(-x * x / 2) * math.sqrt(2 / math.pi)
        return l * density / (root * (2 * ndtr(x) - 1)) - t

    # The slope falls from at least 0 as t > 0 grows, and l/t bounds its first term.
    low, high = np.zeros(l.shape), np.sqrt(l + 1)
    for _ in range(30):
        middle = (low + high) / 2
        rising = slope(middle) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    start, end = np.maximum(low - FAR, 0), low + FAR
    nodes, weights = leggauss(NODES)
    half = (end - start)[:, None] / 2
    t = start[:, None] + half * (1 + nodes)
    power = np.where(l[:, None] == 0, 0.0, l[:, None] * np.log(2 * ndtr(t / root[:, None]) - 1))
    power = power - t * t / 2
    top = np.max(power, axis=1)
    integral = np.sum(weights * half * np.exp(power - top[:, None]), axis=1)
    return top + np.log(integral / math.sqrt(2 * math.pi))


def _left_tail(k: int, q: NDArray[np.integer], *, at_most: bool) -> tuple[Array, float]:
    """ln f(0), or ln P(X <= 0) if at_most, of X = sqrt k g_0 + |g_1| + ... + |g_q|; and its error.

    E exp(z X) = exp(k z^2/2) w(-i z/sqrt 2)^q. The integral over z = theta + i u runs through the
    saddle theta < 0; at_most has another factor 1/(-z). |E exp(z X)| falls with u at least like
    exp(-k u^2/2). Two trapezoidal rules, shifted by half a step, wrap round with opposite signs.
    """
    pole = 1.0 if at_most else 0.0
    theta = _saddle(k, q, pole)
    step = 2 * math.pi / (PERIOD * math.sqrt(k))
    u = np.arange(math.ceil(FAR / math.sqrt(k) / step) * 2 + 1) * step / 2
    z = theta[:, None] + 1j * u
    powers = k * z * z / 2 + q[:, None] * np.log(wofz(-1j * z / math.sqrt(2)))
    if at_most:
        powers = powers - np.log(-z)
    top = powers[:, 0].real
    terms = np.exp(powers - top[:, None]).real
    whole = (terms[:, 0] + 2 * np.sum(terms[:, 2::2], axis=1)) * step
    shifted = 2 * np.sum(terms[:, 1::2], axis=1) * step
    log = top + np.log((whole + shifted) / (4 * math.pi))
    return log, float(np.max(np.abs(whole / shifted - 1)))


def _saddle(k: int, q: NDArray[np.integer], pole: float) -> Array:
    """The theta < 0 where k theta^2/2 + q ln w(-i theta/sqrt 2) - pole ln(-theta) is least.

    Its derivative (k + q) theta + q phi/Phi(theta) - pole/theta rises through 0 between
    -sqrt((q + pole)/k) and 0, since phi/Phi(theta) < -theta - 1/theta.
    """
    low, high = -np.sqrt((q + pole) / k), np.zeros(q.shape)
    for _ in range(30):
        theta = (low + high) / 2
        hazard = np.exp(-theta * theta / 2 - log_ndtr(theta)) / math.sqrt(2 * math.pi)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = (k + q) * theta + q * hazard - (pole / theta if pole else 0.0)
        low, high = np.where(slope < 0, theta, low), np.where(slope < 0, high, theta)
    return low
