"""Figure 1: features at 60 degrees, read without any error by probes of another direction."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.linear.error import worst_case_error

pytestmark = pytest.mark.claim("GKP26-fig1")

# (x, y) stands for the vector (x, y sqrt3), so that every inner product is rational.
Vector = tuple[Fraction, Fraction]
A: list[Vector] = [(Fraction(1, 2), Fraction(1, 2)), (Fraction(1), Fraction(0))]
B: list[Vector] = [(Fraction(0), Fraction(2, 3)), (Fraction(1), Fraction(-1, 3))]


def inner(u: Vector, v: Vector) -> Fraction:
    return u[0] * v[0] + 3 * u[1] * v[1]


def as_matrix(vectors: list[Vector]) -> np.ndarray:
    return np.array([[float(x), float(y) * np.sqrt(3)] for x, y in vectors]).T


def test_the_entries_are_those_of_the_figure() -> None:
    root = np.sqrt(3)
    np.testing.assert_allclose(as_matrix(A), np.array([[1 / 2, 1], [root / 2, 0]]), rtol=1e-15)
    np.testing.assert_allclose(as_matrix(B), np.array([[0, 1], [2 / root, -1 / root]]), rtol=1e-15)


def test_probes_read_both_features_exactly() -> None:
    assert [[inner(b, a) for a in A] for b in B] == [[1, 0], [0, 1]]


def test_features_are_not_orthogonal() -> None:
    assert inner(A[0], A[1]) == Fraction(1, 2)
    assert inner(B[0], B[1]) == Fraction(-2, 3)


def test_the_error_is_zero_for_all_z() -> None:
    worst = worst_case_error(as_matrix(A), as_matrix(B), k=2)
    assert worst.lower <= 0
    assert worst.upper < 1e-14


def test_reading_along_the_features_themselves_fails() -> None:
    assert worst_case_error(as_matrix(A), k=1).lower > 0.49
