"""The 276 and 176 equiangular lines of the Leech lattice, from the blocks of the Golay code."""

from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, require
from lcs.codes.surd import Surd

_GENERATOR = 0b101011100011  # x^11 + x^9 + x^7 + x^6 + x^5 + x + 1 divides x^23 + 1 over GF(2)


def leech(d: int = 23) -> Code:
    """Return the equiangular tight frame of 276 lines in R^23, or 176 in R^22; coherence 1/5.

    For a Leech vector x of type 3 there are 276 pairs of minimal vectors with y + z = x; the
    lines are their differences y - z. Those orthogonal to one coordinate difference are 176.
    Parameters: d is 23 or 22. Raises ValueError elsewhere.
    Reference: Lemmens and Seidel 1973; Goethals and Seidel 1975.

    >>> leech().matrix().shape
    (23, 276)
    """
    require(d in (22, 23), "d must be 22 or 23", d)

    def columns(indices: Indices) -> NDArray[np.float64]:
        return _frame(d)[:, indices]

    mu, source = Surd(Fraction(1, 5)), "Lemmens and Seidel 1973; Goethals and Seidel 1975"
    return Code(
        f"Leech({d})", d, 276 if d == 23 else 176, mu, True, "LCS-etf-exact", source, columns
    )


@cache
def _frame(d: int) -> NDArray[np.float64]:
    blocks = _blocks()
    on_block = np.vstack([np.full(253, -1), 4 * blocks - 1])  # (24, 253), coordinate 0 first
    normals = [np.append(5, np.ones(23))]
    if d == 23:
        on_point = np.vstack([np.full(23, 3), 8 * np.eye(23, dtype=np.int64) - 1])
        lines = np.hstack([on_point, on_block])
    else:
        lines = on_block[:, blocks[0] == 0]
        normals.append(np.append([1, -1], np.zeros(22)))
    # Coordinates in the space orthogonal to the normals; every line has square length 80.
    complete = np.linalg.svd(np.array(normals))[2][len(normals) :]
    return complete @ lines / np.sqrt(80)


@cache
def _blocks() -> NDArray[np.int64]:
    """The 253 words of weight 7 of the binary Golay code of length 23, in columns."""
    words = np.zeros(1, np.int64)
    for shift in range(12):
        words = np.concatenate([words, words ^ (_GENERATOR << shift)])
    sevens = words[np.bitwise_count(words) == 7]
    return sevens >> np.arange(23)[:, None] & 1
