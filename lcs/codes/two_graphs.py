"""Equiangular tight frames from matrices of signs with two eigenvalues.

S is symmetric with zero diagonal and +-1 off it, and S^2 = (m-1) I + t S. Its eigenspaces of
dimension d and m - d carry two equiangular tight frames, one the complement of the other.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.finite_fields import field, prime_power
from lcs.codes.surd import Surd

Signature = NDArray[np.int64]


def paley(q: int) -> Code:
    """Return the Paley conference frame: d = (q+1)/2, m = q + 1, mu = 1/sqrt q.

    In closed form: the additive characters of GF(q) at the squares, cosines and sines, and one
    row that ties the point at infinity to the others.
    Parameters: q a prime power, q = 1 mod 4. Raises ValueError elsewhere.
    Reference: Paley 1933; Strohmer and Heath 2003.

    >>> paley(5).matrix().shape
    (3, 6)
    """
    holds = is_integer(q) and q % 4 == 1 and prime_power(q) is not None
    require(holds, "q must be a prime power, q = 1 mod 4", q)

    def columns(indices: Indices) -> NDArray[np.float64]:
        F = field(q)
        # g^0, g^2, ...: half of the squares, one of each pair +-s, since -1 = g^((q-1)/2).
        squares = F.exp[: (q - 1) // 2 : 2][:, None]
        x = np.minimum(indices, q - 1)
        phase = 2 * np.pi / F.p * F.trace(F.mul(squares, x))
        ripple = np.vstack([np.cos(phase), np.sin(phase)]) * (2 / math.sqrt(q))
        infinite = indices == q
        tie = np.where(infinite, 1.0, 1 / math.sqrt(q))
        # The sign of the Gauss sum only exchanges S and -S, which share their coherence.
        return np.vstack([tie, np.where(infinite, 0.0, ripple)])

    mu, source = Surd.root(Fraction(1, int(q))), "Paley 1933; Strohmer and Heath 2003"
    return Code(f"Paley({q})", (q + 1) // 2, q + 1, mu, True, "LCS-paley", source, columns)


def symplectic(n: int, sign: int, *, complement: bool = False) -> Code:
    """Return the frame of the quadrics of GF(2)^(2n): m = 2^(n-1)(2^n + sign).

    d = (2^n + sign)(2^(n-1) + sign)/3, or (4^n - 1)/3 with complement=True; equiangular tight.
    S_vw = (-1)^B(v,w) on the zeros (sign 1) or the others (sign -1) of a hyperbolic form.
    Parameters: 2 <= n <= 6 (3 <= n for sign -1 without complement). Raises ValueError elsewhere.
    Reference: Seidel 1976; Taylor 1977.

    >>> code = symplectic(3, -1)
    >>> code.d, code.m, code.coherence.a
    (7, 28, Fraction(1, 3))
    """
    require(sign in (1, -1), "sign must be 1 or -1", sign)
    least = 3 if sign == -1 and not complement else 2
    require(is_integer(n) and least <= n <= 6, f"n must satisfy {least} <= n <= 6", n)
    m = 2 ** (n - 1) * (2**n + sign)
    d = (4**n - 1) // 3 if complement else (2**n + sign) * (2 ** (n - 1) + sign) // 3
    name = f"symplectic({n}, {sign:+d}{', complement' if complement else ''})"
    return _frame(name, d, m, lambda: _quadric(int(n), sign), "Seidel 1976; Taylor 1977")


def unitary(q: int, *, complement: bool = False) -> Code:
    """Return Taylor's frame of the Hermitian curve: m = q^3 + 1, d = q^2 - q + 1, mu = 1/q.

    With complement=True, d = q(q^2 - q + 1) and mu = 1/q^2.
    S_xy = chi(h(x, y)) on the isotropic points of GF(q^2)^3, chi the quadratic character.
    Parameters: q an odd prime power, q <= 13. Raises ValueError elsewhere.
    Reference: Taylor 1977.

    >>> code = unitary(5)
    >>> code.d, code.m
    (21, 126)
    """
    holds = is_integer(q) and 3 <= q <= 13 and q % 2 == 1 and prime_power(q) is not None
    require(holds, "q must be an odd prime power, q <= 13", q)
    d, m = q * q - q + 1, q**3 + 1
    name = f"unitary({q}{', complement' if complement else ''})"
    return _frame(name, q * d if complement else d, m, lambda: _hermitian(int(q)), "Taylor 1977")


def _frame(name: str, d: int, m: int, signature: Callable[[], Signature], source: str) -> Code:
    @cache
    def matrix() -> NDArray[np.float64]:
        values, vectors = np.linalg.eigh(signature().astype(np.float64))
        # Two eigenvalues of opposite sign: d of one, m - d of the other.
        low = int(np.count_nonzero(values < 0))
        space = vectors[:, :low] if low == d else vectors[:, low:]
        if space.shape[1] != d:
            raise AssertionError(f"{name}: eigenspaces of {low} and {m - low}, not {d}")
        return space.T * math.sqrt(m / d)

    def columns(indices: Indices) -> NDArray[np.float64]:
        return matrix()[:, indices]

    mu = Surd.root(Fraction(m - d, d * (m - 1)))
    return Code(name, d, m, mu, True, "LCS-etf-exact", source, columns)


def _quadric(n: int, sign: int) -> Signature:
    v = np.arange(4**n)
    x, y = v >> n, v & (2**n - 1)
    on = v[np.bitwise_count(x & y) % 2 == (sign == -1)]
    x, y = on >> n, on & (2**n - 1)
    form = np.bitwise_count(x[:, None] & y) + np.bitwise_count(y[:, None] & x)
    S = 1 - 2 * (form % 2).astype(np.int64)
    np.fill_diagonal(S, 0)
    return S


def _hermitian(q: int) -> Signature:
    """Chi(h(x, y)), h = x1 y3^q + x3 y1^q + x2 y2^q, on the isotropic points."""
    F = field(q * q)
    a, b = (grid.ravel() for grid in np.meshgrid(F.elements, F.elements))
    # (1, b, a) is isotropic iff a + a^q + b^(q+1) = 0; besides these (0, 0, 1) alone.
    on = F.add(F.add(a, F.power(a, q)), F.power(b, q + 1)) == 0
    first = np.append(np.ones(np.count_nonzero(on), np.int64), 0)
    second, third = np.append(b[on], 0), np.append(a[on], 1)
    total = F.add(
        F.mul(first[:, None], F.power(third, q)), F.mul(third[:, None], F.power(first, q))
    )
    return F.character(F.add(total, F.mul(second[:, None], F.power(second, q))))
