"""The capacity formula held to account, apart from the library's own bounds."""

from math import cos, lgamma, log, log10, radians, sin

import numpy as np

from experiments import folklore
from lcs.bounds.enclose import sine
from lcs.codes.largest import largest_code

D = 12288


def most(degrees: float) -> float:
    """log10 of C(d+n-1, n) at the first n where Gegenbauer's polynomial of R^(d+2) is <= 0.

    Levenshtein's bound is at most that. In floats, the polynomials scaled to 1 at 1.
    """
    t = sin(radians(degrees))
    n, before, now = 1, 1.0, t
    while now > 0:
        before, now = now, ((2 * n + D) * t * now - n * before) / (n + D)
        n += 1
    return (lgamma(D + n) - lgamma(n + 1) - lgamma(D)) / log(10)


def greedy(degrees: float) -> float:
    """log10 of vectors that surely fit: two caps hold at most (1 - t^2)^((d-1)/2) of the sphere.

    A cap of angular radius r <= 90 degrees lies in a half ball of radius sin r.
    """
    return -(D - 1) * log10(cos(radians(degrees)))


def check_refuted(degrees: int) -> None:
    """The claim exceeds what is proved here, and the experiment says the same, more closely."""
    row = folklore.count(D, degrees)
    claimed, proved, achieved = (float(str(row[x])) for x in ("claimed", "proved", "achieved"))
    assert abs(claimed - D * degrees**2 / 1500) < 1e-9
    assert most(degrees) < claimed - 4
    assert proved <= most(degrees) < proved + 4  # one degree in n, a factor of about d/n
    assert max(greedy(degrees), log10(D)) - 1e-9 < achieved < proved
    # Vectors are pairs with A = B, so that what no pair does no vectors do.
    assert proved <= float(str(row["proved_any"]))


def check_code(degrees: int) -> None:
    """Some columns of the explicit code: unit length, and angles as the claim has them."""
    code = largest_code(D, sine(degrees)[0])
    assert code.m > D
    assert code.d <= D
    rng = np.random.default_rng(degrees)
    A = code.columns(np.unique(rng.integers(0, min(code.m, 2**63 - 1), 24)))
    G = np.abs(A.T @ A)
    rounding = code.d * np.finfo(float).eps  # of an inner product of unit columns
    assert np.abs(np.diag(G) - 1).max() <= rounding
    assert (G - np.diag(np.diag(G))).max() <= sin(radians(degrees)) + rounding
