"""The weak threshold of l1-minimisation: how many measurements a typical sparse signal needs.

The statement computed. Signals with k of m entries not zero, k = kappa m, are recovered from
d = delta m Gaussian measurements with a probability that jumps from 0 to 1, as m grows, where
delta m is the statistical dimension of the descent cone of ||.||_1 at the signal. Its polar is
spanned by the subdifferential, so that with g Gaussian
    delta = inf_{a >= 0} kappa (1 + a^2) + (1 - kappa) E (|g| - a)_+^2 .
At the minimum kappa a = 2 (1 - kappa)(phi(a) - a Q(a)), phi the normal density, Q its upper tail.
Put back, with E (|g| - a)_+^2 = 2((1 + a^2) Q - a phi), this leaves kappa + 2 (1 - kappa) Q:
    delta = 2 phi / (a + 2 (phi - a Q)),  rho = kappa/delta = (phi - a Q)/phi = 1 - a Q(a)/phi(a),
which is Donoho and Tanner's curve. a runs from 0 (delta = rho = 1) to infinity (0).
Reference: Donoho, Tanner 2009, Counting faces of randomly projected polytopes; Amelunxen, Lotz,
McCoy, Tropp 2014, Living on the edge, theorem II and proposition 4.5.
"""

import math
from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import erfcx

HIGHEST = 37.0  # delta(a) is below 1e-297 there
LEAST, LARGEST = 1e-290, 1e300


def weak_threshold(delta: float) -> float:
    """Return the largest k/d that l1-minimisation recovers for most signals, as m grows.

    Parameters: delta = d/m, 0 or in [1e-290, 1].
    Returns rho = k/d, to a relative error of about (1 + a^2) 2^-52, a^2 being about
    2 ln(1/delta). Raises ValueError for other delta.
    Reference: Donoho, Tanner 2009.

    >>> round(weak_threshold(0.5), 6)
    0.38569
    """
    if not _is_number(delta) or not (delta == 0 or LEAST <= delta <= 1):
        raise ValueError(f"delta = d/m must be 0 or a number in [{LEAST}, 1]; got {delta!r}")
    a = _where(_delta, float(delta))
    return _excess(a) if a < math.inf else 0.0


def weak_dimension(m: float, k: float) -> float:
    """Return the d at which l1-minimisation starts to recover most signals, as m grows.

    The inverse of `weak_threshold`: the d with k/d = weak_threshold(d/m).
    Parameters: m > 0 features, k = 0 or 1e-290 m <= k <= m of them active. Returns d, not rounded.
    Raises ValueError for other m and k.

    >>> round(weak_dimension(1000, 192.845))
    500
    """
    if not (_is_number(m) and _is_number(k) and 0 < m < LARGEST and 0 <= k <= m):
        raise ValueError(
            f"m and k must be numbers with 0 < m < {LARGEST} and 0 <= k <= m; got {m!r}, {k!r}"
        )
    m, share = float(m), float(k) / float(m)
    if k > 0 and share < LEAST:
        raise ValueError(f"k must be 0 or at least {LEAST} m; got k = {k!r}, m = {m!r}")
    a = _where(lambda a: _delta(a) * _excess(a), share)
    return m * _delta(a) if a < math.inf else 0.0


def _is_number(x: object) -> bool:
    return isinstance(x, int | float | np.integer | np.floating) and not isinstance(x, bool)


def _excess(a: float) -> float:
    """rho(a) = (phi(a) - a Q(a))/phi(a) = E(g - a)_+/phi(a)."""
    return 1 - a * math.sqrt(math.pi / 2) * float(erfcx(a / math.sqrt(2)))


def _delta(a: float) -> float:
    density = math.exp(-a * a / 2) / math.sqrt(2 * math.pi)
    return 2 * density / (a + 2 * density * _excess(a))


def _where(decreasing: Callable[[float], float], value: float) -> float:
    """The a >= 0 at which a function that falls from 1 to 0 takes the value; inf below HIGHEST."""
    if value >= 1:
        return 0.0
    if value <= decreasing(HIGHEST):
        return math.inf
    log = math.log(value)
    return float(
        brentq(lambda a: math.log(decreasing(a)) - log, 0.0, HIGHEST, xtol=1e-16, rtol=1e-15)  # pyright: ignore[reportArgumentType]
    )
