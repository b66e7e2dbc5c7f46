"""The explicit code of least dimension that this library knows for a given (m, k, eps)."""

import math
from collections.abc import Iterator
from fractions import Fraction

from lcs.codes.algebraic import catalogue, sign_codes
from lcs.codes.code import Code, is_integer, require
from lcs.codes.combine import direct_sum, first_columns, punctured, repetition
from lcs.codes.elementary import circle, harmonic, identity, simplex
from lcs.codes.finite_fields import is_prime
from lcs.codes.labelled import labelled_chirp

MOST_COPIES = 1000
"""Blocks or copies of a code that are tried, at most: each is a search of its own."""


def smallest_code(
    m: int, k: int, eps: Fraction | float | int | str, *, strict: bool = True
) -> Code:
    """Return the explicit code of least d that reads k active of m features to error < eps.

    With probes A/(1 + mu) the error is at most k mu/(1 + mu). Searched: the catalogue, identity,
    simplex, circle, harmonic frames, punctured sign codes, labelled chirps, then blocks side by
    side and repeated kernels of these.
    Parameters: m features, k active, eps taken at its exact value, strict=False for error <= eps.
    Returns a code of exactly m columns. Raises ValueError unless 1 <= k <= m and eps > 0.

    >>> code = smallest_code(10**6, 16, "0.25")
    >>> code.name, code.d, code.m
    ('Kerdock(12)', 4096, 1000000)
    """
    require(is_integer(m) and m >= 1, "m must be an integer >= 1", m)
    require(is_integer(k) and 1 <= k <= m, f"k must satisfy 1 <= k <= m = {m}", k)
    try:
        delta = Fraction(eps) / int(k)
    except (ValueError, OverflowError, TypeError, ZeroDivisionError):
        delta = Fraction(0)
    require(delta > 0, "eps must be a finite number > 0", eps)
    if delta * m < 1 or (strict and delta * m == 1):
        return identity(m)  # no code of fewer dimensions has an error that small
    best = _single(int(m), delta, strict, int(m)) or identity(m)
    for code in _combined(int(m), delta, strict, best):
        best = min(best, code, key=lambda c: c.d)
    return first_columns(best, int(m))


def _single(m: int, delta: Fraction, strict: bool, d_max: int) -> Code | None:
    """The member of least d <= d_max with at least m columns and error < delta at k = 1."""
    level = delta / (1 - delta) if delta < 1 else Fraction(1)
    fits = (
        code
        for code in _everywhere(m, delta, strict)
        if code.d <= d_max and code.suffices(m, 1, delta, strict=strict)
    )
    best = min(fits, key=lambda code: code.d, default=None)
    # The catalogue grows fast with d: widen the search from Welch's bound until a code is found.
    level = min(level, Fraction(1))
    d, most = math.ceil(m / (1 + (m - 1) * level**2)), d_max if best is None else best.d - 1
    while d <= most:
        d = min(2 * d, most)
        for code in catalogue(d, m_min=m, mu_max=level, first=True):
            if code.d <= most and code.suffices(m, 1, delta, strict=strict):
                best, most = code, code.d - 1
        d += 1
    for more in (_punctured, _labelled):
        for code in more(m, delta, strict, most + 1):
            best, most = code, code.d - 1
    return best


def _everywhere(m: int, delta: Fraction, strict: bool) -> Iterator[Code]:
    """Codes that exist for every m, at the least d where their error is small enough."""
    yield identity(m)
    if m == 1:
        return
    yield harmonic(1, m)
    d = m - math.ceil(delta * m) + 1 if strict else m - math.floor(delta * m)
    if 1 <= d < m:
        yield harmonic(d, m)
    yield simplex(m)
    if m <= 10**6:
        yield circle(m)


def _punctured(m: int, delta: Fraction, strict: bool, below: int) -> Iterator[Code]:
    """Sign codes of m columns without as many rows as their coherence spares, each smaller."""
    level = delta / (1 - delta) if 2 * delta < 1 else Fraction(0)
    for base in sign_codes():
        mu = base.coherence.a
        if base.signs >= m and mu < level:
            # (d mu + p)/(d - p) <= level, or < level if strict.
            spare = base.d * (level - mu) / (1 + level)
            p = math.ceil(spare) - 1 if strict else math.floor(spare)
            if p >= 1 and base.d - p < below:
                yield punctured(base, p)
                below = base.d - p


def _labelled(m: int, delta: Fraction, strict: bool, below: int) -> Iterator[Code]:
    """Labelled chirps of m columns, small enough error and d < below, each smaller than before."""
    ratio = (1 - delta) / delta
    for t in (3, 4) if ratio > 1 else ():
        # Sums below 0.7 (t-1) sqrt p have not been seen: only from here on are they worth taking.
        least = max(11, math.ceil((0.7 * (t - 1) * (ratio - 1) + 1) ** 2))
        for p in filter(is_prime, range(least, below // 2 + 1)):
            groups = -(-m // (2 * p ** (t - 1)))
            # A group of more than 10^6 columns takes more than a second to bound.
            if groups < 2 or p ** (t - 1) > 10**6:
                break
            if groups <= p and 2 * p + groups < below:
                code = labelled_chirp(p, t, groups)
                if code.suffices(m, 1, delta, strict=strict):
                    yield code
                    below = code.d


def _combined(m: int, delta: Fraction, strict: bool, best: Code) -> Iterator[Code]:
    least = best.d
    for s in range(2, min(m, math.ceil(1 / delta), MOST_COPIES) + 1):
        part = -(-m // s)
        found = None
        if (s - 1) * part < least:
            found = _single(part, s * delta, strict, least - (s - 1) * part - 1)
        if found is not None:
            yield repetition(first_columns(found, part), s)
            least = (s - 1) * part + found.d
        found = _single(part, delta, strict, (least - 1) // s) if least > s else None
        if found is not None:
            yield direct_sum(found, s)
            least = s * found.d
