"""Quadratic forms over GF(2) as bits, and their largest sums with any linear function."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code
from lcs.codes.finite_fields import Elements, Field

Bits = NDArray[np.int64]


def forms(code: Code, numbers: NDArray[np.int64]) -> Bits:
    """The forms of those numbers, without linear part, on all points: (d, n) bits."""
    return (code.columns(numbers * code.d) < 0).astype(np.int64)


def polar(q: Bits) -> Bits:
    """B(p, p') = q(p + p') + q(p) + q(p') of one form on all points, (d, d) bits."""
    p = np.arange(len(q))
    return q[p[:, None] ^ p] ^ q[:, None] ^ q


def linearised(F: Field, coefficients: Sequence[int]) -> Elements:
    """L(y) = sum_i b_i y^(2^i) + (b_i y)^(2^-i), i = 1, 2, ..., for all y of GF(2^n)."""
    y, value = F.elements, np.zeros(F.q, np.int64)
    for i, b in enumerate(coefficients, start=1):
        back = F.power(F.mul(np.array(b), y), 2 ** (F.n - i))
        value = value ^ F.mul(np.array(b), F.power(y, 2**i)) ^ back
    return value


def largest_sum(bits: Bits) -> int:
    """max over forms Q and linear l of |sum_x (-1)^(Q(x) + l(x))|, in integers."""
    d = len(bits)
    points = np.arange(d)
    characters = 1 - 2.0 * (np.bitwise_count(points[:, None] & points) & 1)
    return int(np.abs(characters @ (1 - 2.0 * bits)).max())  # sums of signs: no rounding


def gram(code: Code) -> NDArray[np.int64]:
    """d times the inner products of the columns of signs of a code."""
    S = np.where(code.columns(np.arange(code.signs)) > 0, 1.0, -1.0)
    return (S.T @ S).astype(np.int64)  # sums of d <= 2^53 signs: no rounding


def off_diagonal(G: NDArray[np.int64]) -> NDArray[np.int64]:
    """The absolute values off the diagonal."""
    return np.abs(G[~np.eye(len(G), dtype=bool)])
