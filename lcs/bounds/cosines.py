"""How much bounded lengths tie down the geometry: Proposition 11, printed, corrected and sharp.

All speak of pairs (A, B) with ||a_i||, ||b_i|| <= g and error at most eps < 1 at sparsity k, and
bound cos(a_i, a_j) and cos(b_i, b_j), i != j. Such pairs exist exactly for g^2 >= 1 - eps.
"""

import math

from lcs.codes.code import is_integer, require


def printed_cosine(eps: float, g: float) -> float:
    """Evaluate the bound as the paper prints it, eps g^2/(1 - eps) + sqrt(1 - (1 - eps)^2/g^4).

    It fails at k = 1, g < 1: see claim GKP26-prop11. Values above 1 say nothing.
    Parameters: error 0 < eps < 1, length g with g^2 >= 1 - eps. Raises ValueError outside.

    >>> round(printed_cosine(0.1, 1.0), 4)
    0.547
    """
    _check(eps, g)
    return eps * g * g / (1 - eps) + _tilt(eps, g)


def corrected_cosine(eps: float, g: float) -> float:
    """Evaluate eps/(1 - eps) + sqrt(1 - (1 - eps)^2/g^4), true at every k (GKP26-prop11).

    Parameters, errors as `printed_cosine`.

    >>> round(corrected_cosine(0.1, 0.95), 4)
    0.1855
    """
    _check(eps, g)
    return eps / (1 - eps) + _tilt(eps, g)


def sharp_cosine(eps: float, g: float, k: int) -> float:
    """Find the largest cosine that any pair attains (LCS-geometry-norms).

    k >= 2: sqrt(1 - (1 - eps)^2/g^4). k = 1: cos(arccos(eps/g^2) - arccos((1 - eps)/g^2)), and 1
    from eps = 1/2 on.
    Parameters: as `printed_cosine`, and the sparsity k >= 1. Raises ValueError outside.

    >>> round(sharp_cosine(0.1, 1.0, 1), 4), round(sharp_cosine(0.1, 1.0, 2), 4)
    (0.5237, 0.4359)
    """
    _check(eps, g)
    require(is_integer(k) and k >= 1, "k must be an integer >= 1", k)
    if k > 1:
        return _tilt(eps, g)
    if eps >= 0.5:
        return 1.0
    s = g * g
    return math.cos(math.acos(min(1.0, eps / s)) - math.acos(min(1.0, (1 - eps) / s)))


def _tilt(eps: float, g: float) -> float:
    """The sine of the largest angle between a feature and its own probe."""
    return math.sqrt(max(0.0, 1 - (1 - eps) ** 2 / g**4))


def _check(eps: float, g: float) -> None:
    require(0 < eps < 1, "eps must satisfy 0 < eps < 1", eps)
    # The square of a length that was itself computed may fall short of 1 - eps by rounding.
    least = (1 - eps) * (1 - 1e-12)
    require(least <= g * g < math.inf, f"g must be finite with g^2 >= 1 - eps = {1 - eps:g}", g)
