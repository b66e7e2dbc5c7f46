"""The catalogue of algebraic codes, listed without building a matrix."""

import math
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import chain

from lcs.codes.binary import delsarte_goethals, dual_bch, kerdock, odd_quadratic
from lcs.codes.characters import chirp, legendre
from lcs.codes.code import Code, is_integer, require
from lcs.codes.combine import complement, is_frame
from lcs.codes.finite_fields import prime_power
from lcs.codes.hadamard import has_hadamard
from lcs.codes.partial_hadamard import bent
from lcs.codes.reed_solomon import devore, rs_simplex
from lcs.codes.steiner import steiner_pairs, steiner_triples
from lcs.codes.two_graphs import paley, symplectic, unitary
from lcs.codes.witt import leech


def catalogue(
    d_max: int, *, m_min: int = 2, mu_max: Fraction | None = None, first: bool = False
) -> Iterator[Code]:
    """List every algebraic code with d <= d_max, m >= m_min and coherence <= mu_max.

    Families are parametrised by themselves; what exists for every (d, m) - identity, simplex,
    circle, harmonic - is not listed, and neither are random codes and `lcs.codes.combine`.
    Parameters: d_max >= 1, m_min >= 1, mu_max a rational (None: below 1, all); first: of the codes
    over one field only those of least d with coherence <= mu_max and below it.
    Returns an iterator in no particular order. Raises ValueError for other parameters.

    >>> best = min(catalogue(64, m_min=1000, mu_max=Fraction(3, 16)), key=lambda code: code.d)
    >>> best.name, best.d, best.m
    ('chirp(29, 2)', 58, 1740)
    """
    require(is_integer(d_max) and d_max >= 1, "d_max must be an integer >= 1", d_max)
    require(is_integer(m_min) and m_min >= 1, "m_min must be an integer >= 1", m_min)
    level = Fraction(1) if mu_max is None else Fraction(mu_max)
    return (
        code
        for family in (_signs, _prime_powers, _reed_solomon, _frames)
        for code in family(int(d_max), int(m_min), level, first)
        if code.d <= d_max and code.m >= m_min and code.coherence <= level
    )


@cache
def sign_codes() -> tuple[Code, ...]:
    """All codes of signs +-1/sqrt d with d <= 2^20: the bases of `lcs.codes.combine.punctured`.

    >>> [code.name for code in sign_codes()][:3]
    ['Kerdock(2)', 'odd quadratic(3, 1)', 'dual BCH(3, 2)']
    """
    return tuple(_binary())


def _binary() -> Iterator[Code]:
    for r in range(2, 21):
        if r % 2 == 0:
            yield kerdock(r)
            yield from (delsarte_goethals(r, s) for s in range(1, r // 2) if _fits(r, r - 1, s + 1))
        elif r > 2:
            yield from (odd_quadratic(r, t) for t in range(1, r // 2 + 1) if _fits(r, r, t))
        for t in range(2, 2 ** (-(-r // 2) - 1) + 1 if r > 2 else 0):
            # The bound (t-1) 2/sqrt d, less its rounding, must stay below 1.
            if not _fits(0, r, t) or (t - 1) ** 2 * 4 >= 2**r:
                break
            yield dual_bch(r, t)


def _signs(d_max: int, m_min: int, level: Fraction, first: bool) -> Iterator[Code]:
    return iter(sign_codes())


def _fits(first: int, each: int, times: int) -> bool:
    return first + each * times < 62


def _prime_powers(d_max: int, m_min: int, level: Fraction, first: bool) -> Iterator[Code]:
    least = math.floor(1 / level**2) if level else 2 * d_max + 1
    for q in prime_powers(2 * d_max):
        if q % 2 == 0 or q < least:
            continue
        if q % 4 == 1 and q < 2 * d_max and q + 1 >= m_min:
            yield paley(q)
        if 2 * q <= d_max:
            yield from _chirps(q, m_min, level, first)
        if 7 <= q < d_max and q * (q + 1) >= m_min:
            yield legendre(q)
            yield legendre(q, irreducible=True)


def _chirps(q: int, m_min: int, level: Fraction, first: bool) -> Iterator[Code]:
    t, most = 2, math.isqrt(math.floor(level**2 * q)) + 1
    while t <= most and (t - 1) ** 2 < q and 2 * q**t < 2**62:
        if 2 * q**t + 2 * q >= m_min:
            found = prime_power(q)
            if found is None or t >= found[0]:
                return
            yield chirp(q, t)
            if first:
                return
        t += 1


def _reed_solomon(d_max: int, m_min: int, level: Fraction, first: bool) -> Iterator[Code]:
    a, b = level.numerator, level.denominator
    for q in prime_powers(d_max + 1):
        r = 1
        while q ** (r + 1) < m_min:
            r += 1
        while r <= q and q ** (r + 1) < 2**62 and a:
            # (rq - n)/(n(q-1)) <= level from the least n on, and r/n <= level = a/b.
            simplices = max(r + 1, -(-r * q * b // (b + (q - 1) * a)))
            binaries = max(r + 1, -(-r * b // a))
            most = min(q + 1, d_max // (q - 1)), min(q + 1, d_max // q)
            if simplices > q + 1:
                break
            if (q - 1) * a >= b or r == 1:
                yield from (rs_simplex(q, r, n) for n in _some(simplices, most[0], first))
            yield from (devore(q, r, n) for n in _some(binaries, most[1], first))
            if first:
                break
            r += 1


def _some(least: int, most: int, first: bool) -> range:
    """All lengths, or the first two: at the first the coherence may be the level itself."""
    return range(least, min(most, least + 1 if first else most) + 1)


def _frames(d_max: int, m_min: int, level: Fraction, first: bool) -> Iterator[Code]:
    for code in _made_frames(d_max):
        yield code
        if code.m <= 4096 and code.m != 2 * code.d:
            yield complement(code)


def _made_frames(d_max: int) -> Iterator[Code]:
    v = 4
    while (v - 1) * (v - 2) <= 6 * d_max:
        if has_hadamard(v) and v * (v - 1) <= 2 * d_max:
            yield steiner_pairs(v)
        if (v - 1) % 24 in (7, 15) and has_hadamard(v // 2):
            yield steiner_triples(v - 1)
        v += 4
    for n in range(2, 7):
        for sign in (1, -1):
            yield bent(n, sign)
            if n > 2 or sign == 1:
                yield symplectic(n, sign)
    yield from (unitary(q) for q in (3, 5, 7, 9, 11, 13))
    yield leech(23)
    yield leech(22)


def frames(m_max: int) -> Iterator[Code]:
    """List the equiangular tight frames of the catalogue with at most m_max columns.

    The simplex, which exists for every m, is not listed. Raises ValueError unless m_max >= 1.

    >>> sorted({(code.d, code.m) for code in frames(28)})[:4]
    [(3, 6), (5, 10), (6, 16), (7, 14)]
    """
    require(is_integer(m_max) and m_max >= 1, "m_max must be an integer >= 1", m_max)
    conferences = (paley(q) for q in prime_powers(int(m_max)) if q % 4 == 1)
    listed = chain(conferences, _frames(int(m_max), 1, Fraction(1), False))
    return (code for code in listed if code.m <= m_max and is_frame(code))


@cache
def prime_powers(q_max: int) -> tuple[int, ...]:
    """All prime powers up to q_max.

    >>> prime_powers(11)
    (2, 3, 4, 5, 7, 8, 9, 11)
    """
    composite = bytearray(q_max + 1)
    found = []
    for p in range(2, q_max + 1):
        if not composite[p]:
            composite[p * p :: p] = b"\1" * len(range(p * p, q_max + 1, p))
            q = p
            while q <= q_max:
                found.append(q)
                q *= p
    return tuple(sorted(found))
