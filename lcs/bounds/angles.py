"""Angles in degrees and cosines as exact rationals, rounded to the side that keeps a proof."""

from fractions import Fraction

from flint import arb

from lcs.bounds.problem import ball


def sine(degrees: Fraction | int) -> tuple[Fraction, Fraction]:
    """Enclose sin of an angle: the |cosine| of vectors so many degrees off orthogonal.

    Parameters: degrees, exact. Returns rationals (below, above), about 2^-50 apart.

    >>> below, above = sine(30)
    >>> below <= Fraction(1, 2) <= above < below + Fraction(1, 2**45)
    True
    """
    return _ends((ball(degrees) / 180).sin_pi())


def angle(cosine: Fraction) -> tuple[Fraction, Fraction]:
    """Enclose the angle in degrees of a given cosine in [-1, 1].

    Returns rationals (below, above). Raises ValueError for a cosine outside [-1, 1].

    >>> below, above = angle(Fraction(1, 2))
    >>> below <= 60 <= above < below + Fraction(1, 2**40)
    True
    """
    if not -1 <= cosine <= 1:
        raise ValueError(f"cosine must lie in [-1, 1]; got {cosine!r}")
    return _ends(ball(cosine).acos() * 180 / arb.pi())


def _ends(x: arb) -> tuple[Fraction, Fraction]:
    return _exact(x.lower()), _exact(x.upper())


def _exact(x: arb) -> Fraction:
    mantissa, exponent = x.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
