"""Hadamard matrices of the orders that Sylvester, Paley and their products reach."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lcs.codes.finite_fields import field, prime_power

Signs = NDArray[np.int64]


def has_hadamard(n: int) -> bool:
    """Whether `hadamard` can build order n: 1, 2, q + 1, 2(q + 1) and their doubles.

    >>> [n for n in range(4, 130, 4) if not has_hadamard(n)]
    [92, 116]
    """
    return n in (1, 2) or (n % 4 == 0 and (_paley(n) is not None or has_hadamard(n // 2)))


@cache
def hadamard(n: int) -> Signs:
    """An n x n matrix of +-1 with orthogonal rows.

    Raises ValueError where `has_hadamard` is False. Reference: Sylvester 1867; Paley 1933.

    >>> H = hadamard(12)
    >>> bool(np.all(H @ H.T == 12 * np.eye(12)))
    True
    """
    if not has_hadamard(n):
        raise ValueError(f"n must be the order of a Sylvester or Paley Hadamard matrix; got {n!r}")
    if n == 1:
        return np.ones((1, 1), np.int64)
    kind = _paley(n)
    two = np.array([[1, 1], [1, -1]])
    if kind is None:
        return np.kron(two, hadamard(n // 2))
    q, times = kind
    C, one = conference(q), np.eye(q + 1, dtype=np.int64)
    return C + one if times == 1 else np.kron(two, C) + np.kron([[1, -1], [-1, -1]], one)


@cache
def conference(q: int) -> Signs:
    """The Paley conference matrix of order q + 1, q an odd prime power: C C^T = q I.

    Symmetric for q = 1 mod 4, skew for q = 3 mod 4; zero diagonal, +-1 off it.
    """
    F = field(q)
    x = F.elements
    C = np.ones((q + 1, q + 1), np.int64)
    C[1:, 1:] = F.character(F.add(x[:, None], F.neg(x)))
    C[0, 0] = 0
    C[1:, 0] = 1 if q % 4 == 1 else -1
    return C


def _paley(n: int) -> tuple[int, int] | None:
    """(q, 1) with n = q + 1, q = 3 mod 4, or (q, 2) with n = 2(q + 1), q = 1 mod 4, or None."""
    for q, times, residue in ((n - 1, 1, 3), (n // 2 - 1, 2, 1)):
        if q > 2 and q % 4 == residue and prime_power(q) is not None:
            return q, times
    return None
