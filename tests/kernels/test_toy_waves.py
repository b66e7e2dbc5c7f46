"""Functions of odd frequencies: moments of a uniform variable by quadrature, products, sums."""

import numpy as np
import pytest

from lcs._kernels.toy_waves import (
    add,
    at,
    constant,
    copy,
    imaginary,
    odd_moments,
    odd_powers,
    second_moments,
    times,
)

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)
UNIT = 2.0**-52


def complex_of(x: np.ndarray) -> np.ndarray:
    return x[0] + 1j * x[1]


@pytest.mark.parametrize("terms", [1, 2, 5, 32, 33])
@pytest.mark.parametrize("theta", [0.0, 1e-9, -0.3, 2.0])
def test_powers(terms: int, theta: float) -> None:
    """An angle that doubles doubles its error: at most 2k roundings at frequency k."""
    x, k = np.empty((1, 2, terms)), 2 * np.arange(terms) + 1
    odd_powers(theta, x, 0)
    assert np.all(np.abs(complex_of(x[0]) - np.exp(1j * k * theta)) <= 4 * k * UNIT)


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("theta", [0.0, 1e-9, 0.01, 0.0499, 0.2499, 0.2501, -0.7, 3.0])
def test_moments_of_a_uniform_variable(theta: float, signed: bool) -> None:
    """Divisions by t^3 beyond t = 1/4 cost at most 64 units in the last place, thrice."""
    k = 2 * np.arange(12) + 1
    g = np.full((3, 2, 12), np.nan)
    odd_moments(theta, 1 / k, signed, g, 0, 1)
    second_moments(theta, 1 / k, signed, g, 1, 2)
    low = -1.0 if signed else 0.0
    x = (low + 1) / 2 + NODES * (1 - low) / 2
    for r in range(3):
        exact = np.exp(1j * theta * np.outer(k, x)) @ (WEIGHTS / 2 * x**r)
        assert np.all(np.abs(complex_of(g[r]) - exact) <= 3 * 64 * k * UNIT)


@pytest.mark.parametrize("terms", [1, 3, 4, 11])
def test_products_and_sums(terms: int) -> None:
    waves = np.random.default_rng(terms).standard_normal((4, 2, terms))
    x, y = complex_of(waves[0]), complex_of(waves[1])
    assert imaginary(waves, 0, 1) == pytest.approx(np.sum((x * y).imag), abs=1e-14 * terms)
    copy(waves, 1, 2)
    times(waves, 2, 0)
    np.testing.assert_allclose(complex_of(waves[2]), x * y, rtol=0, atol=1e-14)
    add(0.5, waves, 0, 2)
    np.testing.assert_allclose(complex_of(waves[2]), x * y + x / 2, rtol=0, atol=1e-14)
    assert at(waves, 2, terms - 1) == complex_of(waves[2])[-1]
    constant(0.5, waves, 3)
    np.testing.assert_array_equal(complex_of(waves[3]), 0.5)
    np.testing.assert_array_equal(complex_of(waves[1]), y)
