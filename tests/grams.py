"""Exact Gram matrices, decoded from the floating point columns that a code hands out."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from lcs.codes.code import Code
from lcs.codes.surd import Surd

Integers = NDArray[np.int64]


def decoded(A: NDArray, unit: float) -> Integers:
    """A/unit as integers; half a unit would be needed to mistake one, and 1e-6 is far less."""
    scaled = np.asarray(A, np.float64) / unit
    whole = np.rint(scaled)
    assert np.abs(scaled - whole).max(initial=0) < 1e-6
    return whole.astype(np.int64)


def largest(G: Integers) -> int:
    """The largest off-diagonal entry in absolute value."""
    return int(np.abs(G - np.diag(np.diag(G))).max(initial=0))


def exact_coherence(A: NDArray, square: int) -> Fraction:
    """The coherence of columns whose entries are integers over sqrt(square), length 1, exactly."""
    W = decoded(A, square**-0.5)
    G = W.T @ W
    assert np.all(np.diag(G) == square)
    return Fraction(largest(G), square)


def walsh_hadamard(F: Integers) -> Integers:
    """All sums over x of (-1)^(x.u) F[x, :], by the definition, one factor at a time."""
    for i in range(len(F).bit_length() - 1):
        pairs = F.reshape(-1, 2, 2**i, F.shape[-1])
        F = np.stack([pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]], axis=1)
    return F.reshape(-1, F.shape[-1])


def assert_equiangular_tight(code: Code) -> None:
    """Decode G = I + mu S and prove in integers that S has two eigenvalues, G has rank d.

    S is +-1 off a zero diagonal; (S + 1/mu)(S - a) = 0 with a = (m-1) mu makes -1/mu an eigenvalue
    and mu S + I a multiple of a projection, whose trace m gives its rank m/(1 + a mu) = d.
    """
    A, m, mu = code.matrix(), code.m, code.coherence
    assert A.shape == (code.d, m)
    S = decoded(A.T @ A - np.eye(m), float(mu))
    assert np.all(np.abs(S) + np.eye(m) == 1)
    # 1/mu - a is the integer t in S^2 = (m-1) I + t S up to sign, zero or not.
    t = (Surd(Fraction(1)) / mu + mu * -(m - 1)) * -1
    assert t.b == 0
    whole, below = t.a.numerator, t.a.denominator
    square = (S.astype(float) @ S).astype(int)  # sums of m signs: exact, and faster than integers
    assert np.array_equal(below * square, below * (m - 1) * np.eye(m, dtype=int) + whole * S)
    assert (mu * mu * (m - 1) + 1) * code.d == Surd(Fraction(m))


def assert_coherence(code: Code, *, slack: float = 1e-12) -> None:
    """Unit columns of the declared coherence, to rounding: reached if it says so, never passed."""
    A = code.matrix()
    assert A.shape == (code.d, code.m)
    G = A.T @ A
    np.testing.assert_allclose(np.diag(G), 1, atol=slack)
    seen = np.abs(G - np.diag(np.diag(G))).max(initial=0)
    assert seen <= float(code.coherence) + slack, code
    if code.attained:
        assert seen >= float(code.coherence) - slack, code
