"""The explicit code of most columns that this library knows for a given dimension and coherence."""

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial

from lcs.codes.algebraic import prime_powers
from lcs.codes.binary import delsarte_goethals, dual_bch, kerdock, odd_quadratic
from lcs.codes.characters import chirp, legendre
from lcs.codes.code import Code, is_integer, require
from lcs.codes.elementary import identity
from lcs.codes.finite_fields import prime_power
from lcs.codes.reed_solomon import rs_simplex

Candidate = tuple[int, Callable[[], Code]]
"""A number of columns, and what makes the code."""


def largest_code(d: int, mu: Fraction) -> Code:
    """Return the explicit code of most columns with at most d dimensions and coherence <= mu.

    Searched: identity, chirps, Legendre, Kerdock, Delsarte-Goethals, dual BCH, odd quadratic and
    Reed-Solomon simplex codes, of any number of columns.
    Parameters: d >= 1, 0 < mu < 1 a rational. Raises ValueError elsewhere.

    >>> code = largest_code(12288, Fraction(1, 12))
    >>> code.name, code.d, len(str(code.m))
    ('chirp(6143, 7)', 12286, 27)
    """
    require(is_integer(d) and d >= 1, "d must be an integer >= 1", d)
    level = Fraction(mu)
    require(0 < level < 1, "mu must satisfy 0 < mu < 1", mu)
    candidates = [
        candidate
        for family in (_binary, _chirps, _legendre, _reed_solomon)
        for candidate in family(int(d), level)
    ]
    for _, make in sorted(candidates, key=lambda candidate: -candidate[0]):
        code = make()
        if code.coherence <= level and code.m > d:
            return code
    return identity(int(d))


def _binary(d: int, mu: Fraction) -> Iterator[Candidate]:
    for r in range(2, min(d.bit_length(), 21)):
        half = (r + 1) // 2
        # The largest s with 2^s/2^half <= mu.
        s = math.floor(mu * 2**half).bit_length() - 1
        if s >= 0 and r % 2 == 0:
            s = min(s, half - 1)
            make = partial(delsarte_goethals, r, s) if s else partial(kerdock, r)
            yield 2 ** (r + (r - 1) * (s + 1)) + 2**r, make
        elif s >= 1:
            s = min(s, r // 2)
            yield 2 ** (r * (s + 1)), partial(odd_quadratic, r, s)
        # Near 2(t-1)/sqrt d <= mu; the bound is rounded down, at times by one more t.
        most = min(math.isqrt(math.floor(mu**2 * 2**r / 4)) + 2, 2 ** (half - 1))
        for t in range(max(2, most - 1), most + 1):
            if (t - 1) * math.isqrt(4 * 2**r) < 2**r:
                yield 2 ** (r * t), partial(dual_bch, r, t)


def _chirps(d: int, mu: Fraction) -> Iterator[Candidate]:
    for q in prime_powers(d // 2):
        p = prime_power(q)
        # (t - 1)/sqrt q <= mu.
        t = min(p[0] - 1 if p else 0, math.isqrt(math.floor(mu**2 * q)) + 1)
        if t >= 2:
            yield 2 * q**t + 2 * q, partial(chirp, q, t)


def _legendre(d: int, mu: Fraction) -> Iterator[Candidate]:
    for q in reversed(prime_powers(d - 1)):
        if q % 2 and q >= 7 and 2 * math.isqrt(q) <= mu * (q - 1):
            yield q**2, partial(legendre, q)
            return


def _reed_solomon(d: int, mu: Fraction) -> Iterator[Candidate]:
    for q in prime_powers(d // 2 + 1):
        n = min(q + 1, d // (q - 1))
        # (rq - n)/(n(q - 1)) <= mu and 1/(q - 1) <= mu, or the simplex.
        r = min(math.floor((mu * (q - 1) + 1) * n / q), n - 1, q)
        r = r if mu * (q - 1) >= 1 else 1 if n == q + 1 else 0
        if r >= 1:
            yield q ** (r + 1), partial(rs_simplex, q, r, n)
