"""Steiner equiangular tight frames: blocks of a design as rows, signs of a Hadamard matrix.

Every point lies on r blocks and any two points share one. The r blocks of a point carry the
columns of a Hadamard matrix of order r + 1 less one row: r + 1 columns of r entries +-1/sqrt r.
Two columns of one point, or of two points, have inner product +-1/r.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.hadamard import hadamard, has_hadamard
from lcs.codes.surd import Surd

Blocks = NDArray[np.int64]  # (points, r): the blocks that each point lies on


def steiner_pairs(v: int) -> Code:
    """Return the Steiner frame of all pairs of v points: d = v(v-1)/2, m = v^2, mu = 1/(v-1).

    Parameters: v >= 4, the order of a known Hadamard matrix. Raises ValueError elsewhere.
    Reference: Goethals and Seidel 1970; Fickus, Mixon, Tremain 2012.

    >>> steiner_pairs(4).matrix().shape
    (6, 16)
    """
    require(is_integer(v) and v >= 4 and has_hadamard(v), "v must be a Hadamard order >= 4", v)
    return _steiner(f"Steiner pairs({v})", v, v - 1, v * (v - 1) // 2, lambda: _pairs(v))


def steiner_triples(v: int) -> Code:
    """Return the Steiner frame of triples: d = v(v-1)/6, m = v(v+1)/2, mu = 2/(v-1).

    Parameters: v = 7 or 15 mod 24, (v+1)/2 the order of a known Hadamard matrix (v = 2^n - 1
    among them). Raises ValueError elsewhere.
    Reference: Fickus, Mixon, Tremain 2012; triples of Bose 1939 and Skolem 1958.

    >>> steiner_triples(7).coherence.a
    Fraction(1, 3)
    """
    holds = is_integer(v) and v >= 7 and v % 24 in (7, 15) and has_hadamard((v + 1) // 2)
    require(holds, "v must be 7 or 15 mod 24 with (v+1)/2 a Hadamard order", v)
    blocks = v * (v - 1) // 6
    return _steiner(f"Steiner triples({v})", v, (v - 1) // 2, blocks, lambda: _triples(v))


def _steiner(name: str, points: int, r: int, blocks: int, design: Callable[[], Blocks]) -> Code:
    def columns(indices: Indices) -> NDArray[np.float64]:
        point, sign = indices // (r + 1), indices % (r + 1)
        A = np.zeros((blocks, indices.size))
        places = design()[point].T
        A[places, np.arange(indices.size)] = hadamard(r + 1)[1:, sign] / math.sqrt(r)
        return A

    mu = Surd(Fraction(1, int(r)))
    source = "Goethals and Seidel 1970; Fickus, Mixon, Tremain 2012"
    return Code(name, blocks, points * (r + 1), mu, True, "LCS-steiner", source, columns)


@cache
def _pairs(v: int) -> Blocks:
    return _incidence(v, list(combinations(range(v), 2)))


@cache
def _triples(v: int) -> Blocks:
    return _incidence(v, _bose(v) if v % 6 == 3 else _skolem(v))


def _incidence(v: int, blocks: list[tuple[int, ...]]) -> Blocks:
    on: list[list[int]] = [[] for _ in range(v)]
    for number, block in enumerate(blocks):
        for point in block:
            on[point].append(number)
    return np.array(on)


def _bose(v: int) -> list[tuple[int, ...]]:
    """Triples on Z_n x Z_3, v = 3n, n odd, by the idempotent square (x + y)/2."""
    n = v // 3
    blocks: list[tuple[int, ...]] = [(x, x + n, x + 2 * n) for x in range(n)]
    for x, y in combinations(range(n), 2):
        z = (x + y) * (n + 1) // 2 % n
        blocks += [(x + i * n, y + i * n, z + (i + 1) % 3 * n) for i in range(3)]
    return blocks


def _skolem(v: int) -> list[tuple[int, ...]]:
    """Triples on Z_2n x Z_3 and one point more, v = 6n + 1, by a half-idempotent square."""
    n = v // 6
    infinity = v - 1
    half = [i // 2 if i % 2 == 0 else (i - 1) // 2 + n for i in range(2 * n)]
    blocks: list[tuple[int, ...]] = [(x, x + 2 * n, x + 4 * n) for x in range(n)]
    for i in range(3):
        after = (i + 1) % 3
        blocks += [(infinity, n + x + i * 2 * n, x + after * 2 * n) for x in range(n)]
        for x, y in combinations(range(2 * n), 2):
            z = half[(x + y) % (2 * n)]
            blocks.append((x + i * 2 * n, y + i * 2 * n, z + after * 2 * n))
    return blocks
