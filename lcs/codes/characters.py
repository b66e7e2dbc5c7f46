"""Codes from characters of GF(q): chirps (additive) and Legendre symbols (multiplicative)."""

import math
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import (
    MOST_INDEXED,
    Code,
    Indices,
    digits,
    is_integer,
    put_unit_vectors,
    require,
)
from lcs.codes.finite_fields import Elements, field, prime_power
from lcs.codes.surd import Surd


def chirp(q: int, t: int = 2) -> Code:
    """Return the real chirps of degree t: d = 2q, m = 2q^t + 2q, coherence (t-1)/sqrt q.

    Columns psi(f(x)) and i psi(f(x)) of C^q read as R^(2q), f without constant term, of degree at
    most t, and the unit vectors. Two chirps meet in a Weil sum of size <= (t-1) sqrt q; at t = 2
    the coherence is reached (by the unit vectors), beyond it is a bound.
    Parameters: q a power of a prime p > t, 2 <= t. Raises ValueError elsewhere.
    Reference: Alltop 1980; Weil 1948.

    >>> code = chirp(5)
    >>> code.d, code.m, code.coherence_squared.a
    (10, 60, Fraction(1, 5))
    """
    found = prime_power(q) if is_integer(q) else None
    require(found is not None and found[0] > 2, "q must be an odd prime power", q)
    most = min(found[0] - 1, math.isqrt(q - 1) + 1) if found else 0
    require(is_integer(t) and 2 <= t <= most, f"t must satisfy 2 <= t <= {most}", t)
    chirps = 2 * q**t

    def columns(indices: Indices) -> NDArray[np.float64]:
        F = field(q)
        number, x = np.minimum(indices, min(chirps, MOST_INDEXED) - 1) // 2, F.elements[:, None]
        value = np.zeros((q, indices.size), np.int64)
        for degree, coefficient in enumerate(digits(number, q, t), start=1):
            value = F.add(value, F.mul(coefficient, F.power(x, degree)))
        phase = 2 * np.pi / F.p * F.trace(value) + np.pi / 2 * (indices % 2)
        A = np.vstack([np.cos(phase), np.sin(phase)]) / math.sqrt(q)
        put_unit_vectors(A, indices, chirps)
        return A

    mu = Surd.root(Fraction(int(t - 1) ** 2, int(q)))
    source = "Alltop 1980; Weil 1948"
    return Code(f"chirp({q}, {t})", 2 * q, chirps + 2 * q, mu, t == 2, "LCS-chirp", source, columns)


def legendre(q: int, *, irreducible: bool = False) -> Code:
    """Return the quadratic forms on the projective line under the quadratic character: d = q + 1.

    All q^2 forms of two distinct roots, up to scalars: coherence <= 2 floor(sqrt q)/(q - 1).
    With irreducible=True those without roots and the constant, entries +-1/sqrt d alone:
    m = q(q-1)/2 + 1, coherence <= 2 floor(sqrt q)/(q + 1).
    Two forms meet in q + 1 minus the points of a curve of genus 1, of size <= 2 sqrt q (Hasse),
    an even integer since an even number of points adds +-1.
    Parameters: q an odd prime power, q >= 7. Raises ValueError elsewhere.
    Reference: Hasse 1936; Weil 1948.

    >>> code = legendre(7)
    >>> code.d, code.m, code.coherence.a
    (8, 49, Fraction(2, 3))
    """
    holds = is_integer(q) and q % 2 == 1 and q >= 7 and prime_power(q) is not None
    require(holds, "q must be an odd prime power >= 7", q)

    def columns(indices: Indices) -> NDArray[np.float64]:
        F = field(q)
        b, c = _quadratics(q, irreducible)
        x = F.elements[:, None]
        at = np.minimum(indices, b.size - 1)
        values = F.add(F.mul(F.add(x, b[at]), x), c[at])
        # Past the monic quadratics: one root at infinity, or the constant.
        late = indices >= b.size
        other = np.ones_like(values) if irreducible else F.add(x, np.maximum(indices - b.size, 0))
        signs = F.character(np.where(late, other, values))
        infinity = np.where(late & (not irreducible), 0, 1)
        A = np.vstack([signs, infinity]).astype(np.float64)
        return A / np.sqrt(np.sum(A * A, axis=0))

    m = q * (q - 1) // 2 + 1 if irreducible else q * q
    mu = Surd(Fraction(2 * math.isqrt(q), int(q) + (1 if irreducible else -1)))
    name = f"Legendre({q}{', irreducible' if irreducible else ''})"
    return Code(name, q + 1, m, mu, False, "LCS-legendre", "Hasse 1936; Weil 1948", columns)


@cache
def _quadratics(q: int, irreducible: bool) -> tuple[Elements, Elements]:
    """All (b, c) with x^2 + bx + c of two distinct roots, or of none in GF(q)."""
    F = field(q)
    b, c = (grid.ravel() for grid in np.meshgrid(F.elements, F.elements, indexing="ij"))
    two = F.add(np.ones(1, np.int64), np.ones(1, np.int64))
    four = F.mul(two, two)
    kind = F.character(F.add(F.mul(b, b), F.neg(F.mul(four, c))))
    kept = kind == -1 if irreducible else kind != 0
    return b[kept], c[kept]
