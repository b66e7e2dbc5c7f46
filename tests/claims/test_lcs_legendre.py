"""Quadratic forms under the quadratic character, and the affine statement that fails."""

from math import isqrt, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.codes.characters import legendre
from tests.grams import assert_coherence, exact_coherence

pytestmark = pytest.mark.claim("LCS-legendre")


@pytest.mark.parametrize("q", [7, 9, 11, 13, 17, 19, 23, 25, 27, 49])
def test_all_forms(q: int) -> None:
    code = legendre(q)
    assert (code.d, code.m) == (q + 1, q * q)
    assert_coherence(code)
    assert np.all(np.isin(np.count_nonzero(code.matrix(), axis=0), (q - 1, q + 1)))


@pytest.mark.parametrize("q", [7, 9, 11, 13, 17, 19, 23, 25, 27, 49])
def test_forms_without_roots(q: int) -> None:
    code = legendre(q, irreducible=True)
    assert (code.d, code.m) == (q + 1, q * (q - 1) // 2 + 1)
    seen = exact_coherence(code.matrix(), q + 1)
    assert seen <= code.coherence.a
    assert seen * (q + 1) <= 2 * isqrt(q)


def affine(p: int) -> NDArray[np.int64]:
    """chi(x^2 + bx + c) on the p points of the line, for all p(p-1) squarefree ones."""
    x = np.arange(p)
    chi = np.where(np.isin(x, x[1:] ** 2 % p), 1, -1)
    chi[0] = 0
    forms = [(b, c) for b in range(p) for c in range(p) if (b * b - 4 * c) % p]
    return np.array([chi[(x * x + b * x + c) % p] for b, c in forms]).T


def coherence(A: NDArray) -> float:
    A = A / np.linalg.norm(A, axis=0)
    return float(np.abs(A.T @ A - np.eye(A.shape[1])).max())


def test_erratum_the_affine_statement_fails() -> None:
    A = affine(11)
    assert A.shape == (11, 110)
    assert coherence(A) > (2 * sqrt(11) + 1) / 11 + 0.009
    filled = affine(7)
    filled[filled == 0] = 1
    assert coherence(filled) == pytest.approx(1)


@pytest.mark.parametrize("p", [7, 11, 13, 19])
def test_the_affine_statement_with_the_shorter_length(p: int) -> None:
    assert coherence(affine(p)) <= (2 * sqrt(p) + 1) / (p - 2)
