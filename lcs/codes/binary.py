"""Codes of +-1 columns from quadratic and other polynomial forms over GF(2).

A column is (-1)^(Q(x) + l(x))/sqrt(d) on the d = 2^r points x of GF(2)^r, l linear. Two columns
have inner product 0 or +-2^(-h) where Q - Q' is quadratic with an alternating form of rank 2h, so
a set of forms whose differences all have large rank is a code of small coherence.
"""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import (
    MOST_INDEXED,
    Code,
    Indices,
    Maker,
    digits,
    is_integer,
    put_unit_vectors,
    require,
)
from lcs.codes.finite_fields import field
from lcs.codes.surd import Surd

Forms = Callable[[Indices], NDArray[np.int64]]

_WIDEST = 20  # 2^20 points: the largest field whose tables are built


def kerdock(r: int) -> Code:
    """Return the Kerdock code: d = 2^r, m = d(d/2 + 1), coherence 1/sqrt d, r even.

    d/2 + 1 orthonormal bases, every two of them mutually unbiased.
    Parameters: r even, 2 <= r <= 20. Raises ValueError elsewhere.
    Reference: Kerdock 1972; Calderbank, Cameron, Kantor, Seidel 1997.

    >>> kerdock(4).m
    144
    """
    require(is_integer(r) and r % 2 == 0 and 2 <= r <= _WIDEST, "r must be even, 2 <= r <= 20", r)
    return _delsarte_goethals("Kerdock", int(r), 0, "LCS-kerdock")


def delsarte_goethals(r: int, s: int) -> Code:
    """Return the Delsarte-Goethals code: d = 2^r, coherence 2^s/sqrt d, r even.

    m = 2^(r + (r-1)(s+1)) + 2^r columns, the unit vectors among them; s = 0 is `kerdock`.
    Parameters: r even, 4 <= r <= 20, 1 <= s <= r/2 - 1. Raises ValueError elsewhere.
    Reference: Delsarte and Goethals 1975.

    >>> delsarte_goethals(6, 1).m
    65600
    """
    require(is_integer(r) and r % 2 == 0 and 4 <= r <= _WIDEST, "r must be even, 4 <= r <= 20", r)
    require(is_integer(s) and 1 <= s <= r // 2 - 1, f"s must satisfy 1 <= s <= {r // 2 - 1}", s)
    return _delsarte_goethals("Delsarte-Goethals", int(r), int(s), "LCS-dg")


def odd_quadratic(r: int, t: int) -> Code:
    """Return the code of Tr(b_1 x^3 + b_2 x^5 + ... + b_t x^(2^t + 1)) + linear, r odd.

    d = 2^r, m = 2^(r(t+1)), coherence 2^(t - (r+1)/2); t = 1 is the Gold code.
    Parameters: r odd, 3 <= r <= 19, 1 <= t <= (r-1)/2. Raises ValueError elsewhere.
    Reference: Gold 1968; MacWilliams and Sloane 1977, chapter 15.

    >>> odd_quadratic(5, 1).coherence
    Surd(a=Fraction(1, 4), b=Fraction(0, 1), n=0)
    """
    require(is_integer(r) and r % 2 == 1 and 3 <= r <= _WIDEST, "r must be odd, 3 <= r <= 19", r)
    require(is_integer(t) and 1 <= t <= r // 2, f"t must satisfy 1 <= t <= {r // 2}", t)
    coherence = Fraction(2 ** int(t), 2 ** ((r + 1) // 2))
    forms = _traces(int(r), [2**i + 1 for i in range(1, t + 1)])
    name, source = f"odd quadratic({r}, {t})", "Gold 1968; MacWilliams and Sloane 1977, ch. 15"
    return Code(
        name,
        2**r,
        2 ** (r * (t + 1)),
        Surd(coherence),
        True,
        "LCS-bch",
        source,
        _signs(int(r), forms),
        signs=2 ** (r * (t + 1)),
    )


def dual_bch(r: int, t: int) -> Code:
    """Return the dual of the BCH code that corrects t errors: d = 2^r, m = 2^(rt).

    Coherence at most (t-1) floor(2 sqrt d)/d (Weil, Serre), rounded down to a multiple of
    2^ceil(r/w)/d, w the most binary digits 1 in an exponent (McEliece, Moreno and Moreno).
    Parameters: 3 <= r <= 20, 2 <= t <= 2^(ceil(r/2) - 1). Raises ValueError elsewhere, and where
    the bound on the coherence is not below 1.
    Reference: MacWilliams and Sloane 1977, chapter 9, Theorem 18.

    >>> float(dual_bch(7, 3).coherence)
    0.25
    """
    require(is_integer(r) and 3 <= r <= _WIDEST, "r must be an integer, 3 <= r <= 20", r)
    most = 2 ** (-(-r // 2) - 1)
    require(is_integer(t) and 2 <= t <= most, f"t must satisfy 2 <= t <= {most}", t)
    d, exponents = 2 ** int(r), [2 * i + 1 for i in range(1, t)]
    unit = 2 ** -(-r // max(e.bit_count() for e in exponents))
    largest = (t - 1) * math.isqrt(4 * d) // unit * unit
    require(largest < d, "the coherence must be bounded below 1", (r, t))
    source = "MacWilliams and Sloane 1977, ch. 9, Thm 18; Serre 1983; Moreno and Moreno 1993"
    # For t = 2 the forms b x^3 take every rank the bound allows.
    return Code(
        f"dual BCH({r}, {t})",
        d,
        2 ** int(r * t),
        Surd(Fraction(largest, d)),
        t == 2,
        "LCS-bch",
        source,
        _signs(int(r), _traces(int(r), exponents)),
        signs=2 ** int(r * t),
    )


def _delsarte_goethals(family: str, r: int, s: int, claim: str) -> Code:
    name = f"{family}({r})" if s == 0 else f"{family}({r}, {s})"
    d, signs = 2**r, 2 ** (r + (r - 1) * (s + 1))
    make = _signs(r, _alternating_sets(r, s))

    def columns(indices: Indices) -> NDArray[np.float64]:
        A = make(np.minimum(indices, min(signs, MOST_INDEXED) - 1))
        put_unit_vectors(A, indices, signs)
        return A

    source = "Kerdock 1972; Delsarte and Goethals 1975; Calderbank et al. 1997"
    mu = Surd(Fraction(2**s, 2 ** (r // 2)))
    return Code(name, d, signs + d, mu, True, claim, source, columns, signs)


def _signs(r: int, forms: Forms) -> Maker:
    """Columns (-1)^(Q + l)/sqrt d: index = 2^r times the form, plus the linear function."""

    def columns(indices: Indices) -> NDArray[np.float64]:
        points = np.arange(2**r)[:, None]
        used, place = np.unique(indices >> r, return_inverse=True)
        linear = np.bitwise_count(points & (indices & (2**r - 1)))
        odd = (forms(used)[:, place] + linear) & 1
        return np.where(odd == 1, -1.0, 1.0) / math.sqrt(2**r)

    return columns


def _alternating_sets(r: int, s: int) -> Forms:
    """The forms on (y, u), y in GF(2^n), n = r - 1, u in GF(2); point = 2y + u.

    sum_{j <= (n-1)/2} Tr((ay)^(2^j + 1)) + u Tr(ay) + sum_{i <= s} Tr(b_i y^(2^i + 1)).
    """
    n = r - 1

    def forms(numbers: Indices) -> NDArray[np.int64]:
        F = field(2**n)
        y = F.elements[:, None]
        ay = F.mul(numbers & (2**n - 1), y)
        value = np.zeros_like(ay)
        for j in range(1, (n - 1) // 2 + 1):
            value ^= F.power(ay, 2**j + 1)
        for i, b in enumerate(digits(numbers >> n, 2**n, s), start=1):
            value ^= F.mul(b, F.power(y, 2**i + 1))
        rows = np.stack([F.trace(value), F.trace(value ^ ay)], axis=1)
        return rows.reshape(2**r, -1)

    return forms


def _traces(r: int, exponents: Sequence[int]) -> Forms:
    """The forms Tr(b_1 x^e_1 + b_2 x^e_2 + ...) on GF(2^r)."""

    def forms(numbers: Indices) -> NDArray[np.int64]:
        F = field(2**r)
        x = F.elements[:, None]
        value = np.zeros((2**r, numbers.size), np.int64)
        for b, e in zip(digits(numbers, 2**r, len(exponents)), exponents, strict=True):
            value ^= F.mul(b, F.power(x, e))
        return F.trace(value)

    return forms
