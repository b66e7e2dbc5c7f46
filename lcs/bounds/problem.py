"""The question a bound answers: d(m, k, eps), with eps held as an exact rational."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from numbers import Rational, Real
from typing import Literal

from flint import arb, ctx

from lcs.codes.code import Code

Eps = int | float | Fraction | str
Scope = Literal["any A, B", "A = B"]


@dataclass(frozen=True, slots=True)
class Problem:
    """How few neurons read k active ones of m features to within eps.

    strict: the error has to be below eps; otherwise it may equal eps.
    """

    m: int
    k: int
    eps: Fraction
    strict: bool = True

    @property
    def delta(self) -> Fraction:
        """eps/k: all that matters besides m (collapse theorem)."""
        return self.eps / self.k

    @property
    def mu(self) -> Fraction:
        """delta/(1 - delta): the off-diagonal bound once the diagonal is scaled to 1."""
        return self.delta / (1 - self.delta)

    @property
    def trivial(self) -> bool:
        """A = B = 0, whose error is 1, is good enough; below that the collapse theorem holds."""
        return self.eps > 1 or (self.eps == 1 and not self.strict)

    @property
    def incoherent(self) -> bool:
        """At least two features, an error below that of A = B = 0, and mu < 1."""
        return self.m >= 2 and not self.trivial and self.delta < Fraction(1, 2)

    def below(self, x: Fraction | int, level: Fraction | int) -> bool:
        """Whether x < level if the question is strict, x <= level otherwise."""
        return x < level if self.strict else x <= level


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of the bracket of d(m, k, eps): proved, with its reason.

    side "necessary": d(m, k, eps) >= d.  side "sufficient": d(m, k, eps) <= d.
    scope "A = B" restricts a necessary bound to unit columns with |<a_i, a_j>| < mu for i != j
    (<= mu unless strict). At k = 1 that is the error of (A, cA) with the best scalar c; at k > 1
    it is more than the error asks of such a pair.
    d is None where (m, k, eps) lies outside the domain of the statement. degree is the integer a
    certificate needs beside d: p of a polynomial, K active features of U2. code is the explicit
    code that proves a sufficient bound, None for formulas and proofs of existence.
    """

    name: str
    side: Literal["necessary", "sufficient"]
    d: int | None
    claim: str
    reason: str
    scope: Scope = "any A, B"
    degree: int | None = None
    code: Code | None = field(default=None, repr=False, compare=False)


def problem(m: int, k: int, eps: Eps, *, strict: bool = True) -> Problem:
    """Check (m, k, eps) and take eps at its exact value; "0.1" and Fraction(1, 10) are one tenth.

    Raises ValueError unless m and k are integers with 1 <= k <= m and eps is finite and > 0, and
    TypeError unless strict is a bool.

    >>> problem(100, 2, "0.1").mu
    Fraction(1, 19)
    """
    for name, n in (("m", m), ("k", k)):
        if not hasattr(n, "__index__") or isinstance(n, bool) or n < 1:
            raise ValueError(f"{name} must be an integer >= 1; got {n!r}")
    if k > m:
        raise ValueError(f"k must satisfy 1 <= k <= m = {m}; got {k!r}")
    exact = positive("eps", eps)
    if not isinstance(strict, bool):
        raise TypeError(
            f"strict must be True (error < eps) or False (error <= eps); got {strict!r}"
        )
    return Problem(m.__index__(), k.__index__(), exact, strict)


def positive(name: str, x: Eps) -> Fraction:
    """Return a finite number > 0 at its exact value. Raises ValueError, with the name, elsewhere.

    >>> positive("mu", "0.1")
    Fraction(1, 10)
    """
    try:
        inexact = isinstance(x, Real) and not isinstance(x, Rational)  # NumPy's floats too
        exact = Fraction(0) if isinstance(x, bool) else Fraction(float(x) if inexact else x)
    except (ValueError, OverflowError, TypeError, ZeroDivisionError):
        exact = Fraction(0)
    if exact <= 0:
        raise ValueError(f"{name} must be a finite number > 0; got {x!r}")
    return exact


def ball(x: Fraction | int) -> arb:
    """Enclose a rational number."""
    exact = Fraction(x)
    return arb(exact.numerator) / arb(exact.denominator)


def rational(x: arb) -> Fraction:
    """The midpoint of a ball, exactly."""
    mantissa, exponent = x.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def surely(holds: Callable[[], bool], fails: Callable[[], bool], *, most: int = 2**12) -> bool:
    """Decide a comparison of balls, at rising precision until one side is proved.

    A comparison still open at `most` bits, an exact tie in effect, counts as failing: the bound
    that asks is then no smaller than it must be.
    """
    before = ctx.prec
    try:
        while ctx.prec <= most:
            if holds():
                return True
            if fails():
                return False
            ctx.prec *= 2
    finally:
        ctx.prec = before
    return False


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


def first_from(holds: Callable[[int], bool], start: int) -> int:
    """The least d >= start with holds(d), for a monotone predicate that holds in the end."""
    if holds(start):
        return start
    step = 1
    while not holds(start + step):
        step *= 2
    low = start + step // 2 + 1  # it fails at start + step/2 and before
    return low + least_satisfying(lambda n: holds(low + n), start + step - low)


def log_supports_and_signs(m: int, k: int) -> arb:
    """ln(m C(m-1, k) 2^k): a row, k other columns and their signs, the events of a union bound.

    Exact in integers for small k; by log-gamma beyond, where C(m-1, k) has too many digits.
    """
    if k <= 1000:
        return (arb(m) * math.comb(m - 1, k) * 2**k).log()
    supports = arb(m).lgamma() - arb(k + 1).lgamma() - arb(m - k).lgamma()
    return arb(m).log() + supports + k * arb.const_log2()


def exact_value(question: Problem) -> tuple[int, str] | None:
    """d(m, k, eps) where it is known in closed form, with the reason; None elsewhere.

    By the collapse theorem only m and delta = eps/k matter.
    """
    half, share = Fraction(1, 2), question.delta * question.m
    if question.trivial:
        return 0, "reading out zero is never off by more than 1"
    if share < 1 or (share == 1 and question.strict):
        return question.m, "one dimension less leaves a null vector, whose largest entry is >= 1/m"
    if question.delta > half or (question.delta == half and not question.strict):
        return 1, "every feature on one line, read at half its strength, is off by 1/2"
    if question.delta == half:
        return 2, "eps/k = 1/2: one line is not enough, m directions in a plane are"
    return None
