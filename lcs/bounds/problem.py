"""The question a bound answers: d(m, k, eps), with eps held as an exact rational."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import arb, ctx

Eps = int | float | Fraction | str


@dataclass(frozen=True, slots=True)
class Problem:
    """How few neurons read k active ones of m features to within eps (error < eps)."""

    m: int
    k: int
    eps: Fraction

    @property
    def delta(self) -> Fraction:
        """eps/k: all that matters besides m (collapse theorem)."""
        return self.eps / self.k

    @property
    def mu(self) -> Fraction:
        """delta/(1 - delta): the off-diagonal bound once the diagonal is scaled to 1."""
        return self.delta / (1 - self.delta)


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of the bracket of d(m, k, eps): proved, with its reason.

    side "necessary": d(m, k, eps) >= d.  side "sufficient": d(m, k, eps) <= d.
    d is None where (m, k, eps) lies outside the domain of the statement.
    """

    name: str
    side: Literal["necessary", "sufficient"]
    d: int | None
    claim: str
    reason: str


def problem(m: int, k: int, eps: Eps) -> Problem:
    """Check (m, k, eps) and take eps at its exact value; "0.1" and Fraction(1, 10) are one tenth.

    Raises ValueError unless m and k are integers with 1 <= k <= m and eps is finite and > 0.

    >>> problem(100, 2, "0.1").mu
    Fraction(1, 19)
    """
    for name, n in (("m", m), ("k", k)):
        if not hasattr(n, "__index__") or isinstance(n, bool) or n < 1:
            raise ValueError(f"{name} must be an integer >= 1; got {n!r}")
    if k > m:
        raise ValueError(f"k must satisfy 1 <= k <= m = {m}; got {k!r}")
    try:
        exact = Fraction(eps)
    except (ValueError, OverflowError, TypeError, ZeroDivisionError):
        exact = Fraction(0)
    if exact <= 0:
        raise ValueError(f"eps must be a finite number > 0; got {eps!r}")
    return Problem(m.__index__(), k.__index__(), exact)


def least_above(enclose: Callable[[], arb]) -> int:
    """floor(x) + 1 for an irrational x, by ball arithmetic of rising precision.

    `enclose` evaluates x at the precision in force; balls tighten until one integer is left.
    """
    before = ctx.prec
    try:
        while ctx.prec <= 2**16:
            floor = enclose().floor().unique_fmpz()
            if floor is not None:
                return int(floor) + 1
            ctx.prec *= 2
    finally:
        ctx.prec = before
    raise ArithmeticError("the value is within 2^-65000 of an integer: it cannot be irrational")


def least_satisfying(holds: Callable[[int], bool], high: int) -> int:
    """The least d in [0, high] with holds(d), for a monotone predicate that holds at `high`."""
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def supports_and_signs(m: int, k: int) -> int:
    """m C(m-1, k) 2^k: a row, k other columns and their signs, the events of a union bound."""
    return m * math.comb(m - 1, k) * 2**k


def exact_value(question: Problem) -> tuple[int, str] | None:
    """d(m, k, eps) where it is known in closed form, with the reason; None elsewhere.

    By the collapse theorem only m and delta = eps/k matter.
    """
    if question.eps > 1:
        return 0, "eps > 1: reading out zero is never off by more than 1"
    if question.delta * question.m <= 1:
        return question.m, "k/eps >= m: only the identity is incoherent enough"
    if question.delta > Fraction(1, 2):
        return 1, "eps/k > 1/2: every feature on one line, read at half its strength"
    if question.delta == Fraction(1, 2):
        return 2, "eps/k = 1/2: one line is not enough, m directions in a plane are"
    return None
