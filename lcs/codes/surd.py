"""Numbers a + b sqrt(n), exact: the form of every coherence that a proof gives."""

import math
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Surd:
    """The real number a + b sqrt(n), n >= 0, held and compared without rounding.

    Sums, products and quotients ask for one n on both sides, or for a rational on one. n need not
    be free of squares, and == compares a, b and n as they are written.

    >>> mu = Surd.root(Fraction(1, 5))
    >>> mu < Fraction(9, 20), mu * mu == Surd(Fraction(1, 5)), round(float(mu), 3)
    (True, True, 0.447)
    """

    a: Fraction
    b: Fraction = Fraction(0)
    n: int = 0

    @classmethod
    def root(cls, square: Fraction | int) -> "Surd":
        """The square root of a rational >= 0; rational itself where the root is.

        >>> Surd.root(Fraction(4, 9))
        Surd(a=Fraction(2, 3), b=Fraction(0, 1), n=0)
        """
        square = Fraction(square)
        if square < 0:
            raise ValueError(f"a square must be >= 0; got {square}")
        above, below = square.numerator, square.denominator
        outside = math.isqrt(above)
        if outside * outside != above:
            outside, n = 1, above * below
        else:
            n = below
        root = math.isqrt(n)
        if root * root == n:
            return cls(Fraction(outside * root, below))
        return cls(Fraction(0), Fraction(outside, below), n)

    def __float__(self) -> float:
        """The nearest float, to rounding."""
        return float(self.a) + float(self.b) * math.sqrt(self.n)

    def __add__(self, other: "Surd | Fraction | int") -> "Surd":
        """The sum."""
        o, n = self._beside(other)
        return _tidy(self.a + o.a, self.b + o.b, n)

    def __mul__(self, other: "Surd | Fraction | int") -> "Surd":
        """The product."""
        o, n = self._beside(other)
        return _tidy(self.a * o.a + self.b * o.b * n, self.a * o.b + self.b * o.a, n)

    def __truediv__(self, other: "Surd | Fraction | int") -> "Surd":
        """The quotient. Raises ZeroDivisionError for a zero divisor."""
        o, n = self._beside(other)
        norm = o.a * o.a - o.b * o.b * n
        return self * Surd(o.a / norm, -o.b / norm, n)

    def __lt__(self, other: Fraction | int) -> bool:
        """Whether it is below a rational, exactly."""
        return self._sign_beyond(other) < 0

    def __le__(self, other: Fraction | int) -> bool:
        """Whether it is at most a rational, exactly."""
        return self._sign_beyond(other) <= 0

    def _beside(self, other: "Surd | Fraction | int") -> "tuple[Surd, int]":
        o = other if isinstance(other, Surd) else Surd(Fraction(other))
        if self.b and o.b and self.n != o.n:
            raise ValueError(f"surds must share one root; got sqrt({self.n}) and sqrt({o.n})")
        return o, self.n if self.b else o.n

    def _sign_beyond(self, x: Fraction | int) -> int:
        """The sign of a + b sqrt(n) - x, by comparing squares."""
        u, v = self.a - x, self.b if self.n else Fraction(0)
        sign_u, sign_v = (u > 0) - (u < 0), (v > 0) - (v < 0)
        if sign_u * sign_v >= 0:
            return sign_u or sign_v
        larger = u * u - v * v * self.n
        return 0 if larger == 0 else sign_u if larger > 0 else sign_v


def _tidy(a: Fraction, b: Fraction, n: int) -> Surd:
    return Surd(a, b, n) if b and n else Surd(a)
