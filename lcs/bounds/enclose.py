"""Sines, angles and logarithms as exact rationals, rounded to the side that keeps a proof."""

import math
from fractions import Fraction

from flint import arb

from lcs.bounds.problem import ball, rational
from lcs.codes.surd import Surd

Ends = tuple[Fraction, Fraction]
"""Rationals (below, above) around a real number, within about 2^-45 of its size."""


def sine(degrees: Fraction | int) -> Ends:
    """Enclose sin of an angle: the |cosine| of vectors so many degrees off orthogonal.

    >>> below, above = sine(30)
    >>> below <= Fraction(1, 2) <= above < below + Fraction(1, 2**45)
    True
    """
    return _ends((ball(degrees) / 180).sin_pi())


def angle(cosine: Fraction | Surd) -> Ends:
    """Enclose the angle in degrees of a given cosine. Raises ValueError outside [-1, 1].

    >>> [round(float(end), 9) for end in angle(Surd.root(Fraction(3, 4)))]
    [30.0, 30.0]
    """
    x = cosine if isinstance(cosine, Surd) else Surd(Fraction(cosine))
    if not (x <= 1 and Surd(-x.a, -x.b, x.n) <= 1):
        raise ValueError(f"cosine must lie in [-1, 1]; got {cosine!r}")
    return _ends((ball(x.a) + ball(x.b) * arb(x.n).sqrt()).acos() * 180 / arb.pi())


def log10(n: int) -> Ends:
    """Enclose the decimal logarithm of an integer >= 1 of any size.

    >>> [round(float(end), 9) for end in log10(10**400)]
    [400.0, 400.0]
    """
    if n < 1:
        raise ValueError(f"n must be an integer >= 1; got {n!r}")
    return _ends(arb(n).log() / arb(10).log())


def outward(ends: Ends) -> tuple[float, float]:
    """The ends as floats, still on their sides."""
    below, above = ends
    return math.nextafter(float(below), -math.inf), math.nextafter(float(above), math.inf)


def _ends(x: arb) -> Ends:
    return rational(x.lower()), rational(x.upper())
