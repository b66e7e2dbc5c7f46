"""Finite fields of a few thousand elements, by tables of logarithms.

An element of GF(p^n) is the integer whose digits in base p are its coefficients: 0 is zero, 1 is
one, and below p lies the prime field. All operations act entry by entry on integer arrays.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Elements = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """GF(q), q = p^n: exp[i] = g^i for a generator g, and log its inverse (log[0] is unused)."""

    q: int
    p: int
    n: int
    exp: Elements
    log: Elements

    @property
    def elements(self) -> Elements:
        """All q elements, zero first."""
        return np.arange(self.q)

    def add(self, x: Elements, y: Elements) -> Elements:
        """x + y, digit by digit modulo p."""
        if self.p == 2:
            return np.bitwise_xor(x, y)
        if self.n == 1:
            return (np.asarray(x) + y) % self.p
        total, power = np.zeros(np.broadcast_shapes(np.shape(x), np.shape(y)), np.int64), 1
        for _ in range(self.n):
            total += (x // power + y // power) % self.p * power
            power *= self.p
        return total

    def mul(self, x: Elements, y: Elements) -> Elements:
        """The product x y, by logarithms."""
        product = self.exp[(self.log[x] + self.log[y]) % (self.q - 1)]
        return np.where((np.asarray(x) == 0) | (np.asarray(y) == 0), 0, product)

    def power(self, x: Elements, e: int) -> Elements:
        """The power x^e, e >= 1, by logarithms."""
        return np.where(np.asarray(x) == 0, 0, self.exp[self.log[x] * e % (self.q - 1)])

    def neg(self, x: Elements) -> Elements:
        """-x: the product with -1, whose digits are p - 1, 0, 0, ..."""
        return self.mul(x, np.array(self.p - 1))

    def trace(self, x: Elements) -> Elements:
        """The trace x + x^p + ... + x^(p^(n-1)), in 0..p-1."""
        total = np.asarray(x)
        for i in range(1, self.n):
            total = self.add(total, self.power(x, self.p**i))
        return total

    def character(self, x: Elements) -> Elements:
        """The quadratic character, q odd: 0 at zero, 1 at squares, -1 at the others."""
        return np.where(np.asarray(x) == 0, 0, 1 - 2 * (self.log[x] % 2))


@cache
def prime_power(q: int) -> tuple[int, int] | None:
    """(p, n) with q = p^n and p prime, or None.

    >>> prime_power(81), prime_power(12)
    ((3, 4), None)
    """
    if q < 2:
        return None
    p = next((f for f in range(2, int(q**0.5) + 2) if q % f == 0 and f < q), q)
    n = 0
    while q % p == 0:
        q, n = q // p, n + 1
    return (p, n) if q == 1 else None


def is_prime(p: int) -> bool:
    """Whether p is a prime number."""
    found = prime_power(p)
    return found is not None and found[1] == 1


@cache
def field(q: int) -> Field:
    """GF(q) with its tables, built once.

    Raises ValueError unless q is a prime power.

    >>> F = field(9)
    >>> bool(np.all(F.power(F.elements[1:], 8) == 1)), int(F.character(F.elements).sum())
    (True, 0)
    """
    found = prime_power(q)
    if found is None:
        raise ValueError(f"q must be a prime power; got {q!r}")
    p, n = found
    for tail in range(1, q):
        powers = _powers_of_x(p, n, tail)
        if powers is not None:
            exp = np.array(powers, np.int64)
            log = np.zeros(q, np.int64)
            log[exp] = np.arange(q - 1)
            exp.flags.writeable = log.flags.writeable = False
            return Field(q, p, n, exp, log)
    raise AssertionError("every finite field has a primitive polynomial")


def _powers_of_x(p: int, n: int, tail: int) -> list[int] | None:
    """1, x, x^2, ... modulo x^n - tail(x), if x generates all q - 1 units; else None."""
    q = p**n
    # c x^n reduces to c tail(x): one row of this table per leading coefficient c.
    digits = [tail // p**i % p for i in range(n)]
    reduced = [sum(c * t % p * p**i for i, t in enumerate(digits)) for c in range(p)]
    powers, x = [1], 1
    for _ in range(q - 1):
        top, rest = divmod(x * p, q)
        x = _sum(rest, reduced[top], p)
        if x <= 1:
            break
        powers.append(x)
    return powers if x == 1 and len(powers) == q - 1 else None


def _sum(x: int, y: int, p: int) -> int:
    if p == 2:
        return x ^ y
    total, power = 0, 1
    while x or y:
        total += (x + y) % p * power
        x, y, power = x // p, y // p, power * p
    return total
