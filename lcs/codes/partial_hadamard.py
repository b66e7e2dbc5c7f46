"""Rows of a Sylvester Hadamard matrix: linear codes whose coherence one transform gives.

Column u is (-1)^(r.u)/sqrt d over the kept rows r in GF(2)^n. The columns form a group, so the
inner products are the d-th part of the sums over r of (-1)^(r.u), u > 0: a Walsh-Hadamard
transform of the kept rows' indicator. Equality in the Welch bound means a difference set.
"""

import math
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lcs._kernels.anneal import anneal
from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.surd import Surd


def partial_hadamard(d: int, n: int, *, rng: np.random.Generator) -> Code:
    """Return d random rows of the Sylvester matrix of order m = 2^n; the coherence is computed.

    Parameters: 1 <= n <= 22, 1 <= d <= 2^n, rng. Raises ValueError outside, TypeError without rng.

    >>> partial_hadamard(8, 4, rng=np.random.default_rng(0)).m
    16
    """
    return _coded(f"partial Hadamard({d}, {n})", _drawn(d, n, rng)[:d], n)


def annealed_hadamard(d: int, n: int, *, rng: np.random.Generator, steps: int = 20_000) -> Code:
    """Return d rows of the Sylvester matrix of order 2^n, annealed towards small coherence.

    The energy adds |sum_u|^8 over the u > 0 where |sum_u| exceeds w, the least integer of the
    parity of d that Welch's bound allows; energy 0 is a code that meets w. The work is
    steps times m. Parameters: as `partial_hadamard`, and steps >= 0. Errors as there.

    >>> code = annealed_hadamard(6, 4, rng=np.random.default_rng(0))
    >>> code.coherence.a
    Fraction(1, 3)
    """
    require(is_integer(steps) and steps >= 0, "steps must be an integer >= 0", steps)
    drawn, m = _drawn(d, n, rng), 2**n
    rows, spare = drawn[:d].copy(), drawn[d:].copy()
    if spare.size:
        sums, cost = _sums(rows, n), _cost(d, m)
        energy = cost[np.abs(sums[1:])].sum()
        # Measured: starting near a tenth of one row's share and cooling thirtyfold works from
        # m = 16 to 4096; much hotter or colder ends a few per cent higher.
        cooling = energy / d * 0.1 * 0.03 ** np.linspace(0, 1, steps)
        levels = -np.log1p(-rng.random(steps)) * cooling
        leave, enter = rng.integers(0, d, steps), rng.integers(0, m - d, steps)
        anneal(rows, spare, sums, cost, leave, enter, levels)
    return _coded(f"annealed Hadamard({d}, {n})", rows, n)


def bent(n: int, sign: int) -> Code:
    """Return the frame of a bent function: m = 4^n, d = 2^(n-1)(2^n + sign), mu = 1/(2^n + sign).

    The rows are the zeros (sign 1) or the others (sign -1) of a hyperbolic quadratic form on
    GF(2)^(2n), a Hadamard difference set; equiangular and tight.
    Parameters: 2 <= n <= 10, sign 1 or -1. Raises ValueError elsewhere.
    Reference: Menon 1962; Rothaus 1976; Ding and Feng 2007.

    >>> code = bent(3, -1)
    >>> code.d, code.m, code.coherence.a
    (28, 64, Fraction(1, 7))
    """
    require(is_integer(n) and 2 <= n <= 10, "n must be an integer, 2 <= n <= 10", n)
    require(sign in (1, -1), "sign must be 1 or -1", sign)

    def columns(indices: Indices) -> NDArray[np.float64]:
        points = np.arange(4**n)
        odd = np.bitwise_count((points >> n) & points & (2**n - 1)) % 2 == 1
        return _columns(points[odd == (sign == -1)], indices)

    mu = Surd(Fraction(1, 2 ** int(n) + int(sign)))
    d, source = 2 ** (n - 1) * (2**n + sign), "Menon 1962; Rothaus 1976; Ding and Feng 2007"
    return Code(f"bent({n}, {sign:+d})", d, 4**n, mu, True, "LCS-etf-exact", source, columns, 4**n)


def _drawn(d: int, n: int, rng: np.random.Generator) -> Indices:
    require(is_integer(n) and 1 <= n <= 22, "n must be an integer, 1 <= n <= 22", n)
    require(is_integer(d) and 1 <= d <= 2**n, f"d must satisfy 1 <= d <= 2^n = {2**n}", d)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    return rng.permutation(2**n)


def _cost(d: int, m: int) -> NDArray[np.float64]:
    """(a/w)^8 for |sum| = a above the least value that Welch's bound and parity allow, else 0."""
    square, below = d * (m - d), m - 1
    least = math.isqrt(-(-square // below) - 1) + 1 if square else 0
    least += (least - d) % 2
    a = np.arange(d + 1)
    return np.where(a > least, (a / max(least, 1)) ** 8.0, 0.0)


def _coded(name: str, rows: Indices, n: int) -> Code:
    d, kept = int(rows.size), np.sort(rows)
    largest = int(np.abs(_sums(kept, n)[1:]).max())

    def columns(indices: Indices) -> NDArray[np.float64]:
        return _columns(kept, indices)

    mu = Surd(Fraction(largest, d))
    source = "Sylvester 1867"
    return Code(name, d, 2**n, mu, True, "LCS-partial-hadamard", source, columns, 2**n)


def _columns(rows: Indices, indices: Indices) -> NDArray[np.float64]:
    odd = np.bitwise_count(rows[:, None] & indices) & 1
    return np.where(odd == 1, -1.0, 1.0) / math.sqrt(rows.size)


def _sums(rows: Indices, n: int) -> Indices:
    """The sum over the rows r of (-1)^(r.u) for every u: a fast Walsh-Hadamard transform."""
    sums = np.zeros(2**n, np.int64)
    sums[rows] = 1
    for i in range(n):
        pairs = sums.reshape(-1, 2, 2**i)
        sums = np.stack([pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]], axis=1).ravel()
    return sums
