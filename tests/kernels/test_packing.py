"""The smooth maximum and its descent, against a twin that is differentiated by complex steps."""

from math import log, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs._kernels.packing import descend, smooth_max
from tests.references import smooth_gradient, smooth_maximum
from tests.tolerances import gamma

SHAPES = [(1, 2), (2, 5), (3, 7), (5, 4)]
BETAS = [1.0, 30.0, 3000.0]


def points(d: int, m: int, tied: bool, seed: int) -> NDArray:
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(m * d)
    return x if tied else np.concatenate([x, x + 0.3 * rng.standard_normal(m * d)])


def sizes(x: NDArray, m: int, tied: bool) -> tuple[float, float]:
    """Bounds on sum |b_l a_l| over |X_ij|'s denominator, and on any derivative of an X_ij."""
    A = x[: x.size if tied else x.size // 2].reshape(m, -1)
    B = A if tied else x[x.size // 2 :].reshape(m, -1)
    a, b = (np.linalg.norm(V, axis=1) for V in (A, B))
    scale = a if tied else np.abs(np.sum(A * B, axis=1)) / b
    spread = float((a.max() if not tied else 1.0) / (scale.min() if not tied else 1.0))
    steep = max(1.0, spread) ** 2 * 2 / float(min(a.min(), b.min(), scale.min()))
    return max(1.0, spread), steep


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("beta", BETAS)
@pytest.mark.parametrize(("d", "m"), SHAPES)
@pytest.mark.parametrize("seed", [0, 1])
def test_value_and_gradient_are_those_of_the_slow_twin(d, m, beta, tied, seed):
    """Each X_ij is off by gamma_{d+4} of its size on either side, and moves F by no more.

    Relative errors of the weights are beta times that; they sum to 1. Left out: m^2 e^-45.
    """
    x = points(d, m, tied, seed)
    grad, X = np.empty_like(x), np.zeros((m, m))
    value = smooth_max(x, m, beta, tied, grad, X)
    size, steep = sizes(x, m, tied)
    entry = 2 * float(gamma(d + 4)) * size**2
    rounding = float(gamma(4 * m * m + 20)) * max(1.0, size)
    slack = entry + rounding + m * m * np.exp(-45.0)
    assert value == pytest.approx(
        float(np.real(smooth_maximum(x, m, beta, tied))), abs=slack, rel=0
    )
    expected = smooth_gradient(x, m, beta, tied)
    assert np.abs(grad - expected).max() <= (2 * beta + 2) * slack * steep


def test_a_probe_orthogonal_to_its_column_has_no_finite_value():
    x = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0])  # a_0 = e_1, b_0 = e_2
    assert smooth_max(x, 2, 8.0, False, np.empty(8), np.zeros((2, 2))) == np.inf


@pytest.mark.parametrize("tied", [True, False])
def test_descent_ends_lower_and_says_where(tied):
    d, m, betas = 3, 5, np.array([8.0, 64.0])
    x = points(d, m, tied, 3)
    before = float(np.real(smooth_maximum(x, m, betas[-1], tied)))
    value = descend(x, m, betas, tied, 4, 100)
    after = float(np.real(smooth_maximum(x, m, betas[-1], tied)))
    assert after < before
    assert value == pytest.approx(after, rel=0, abs=1e-12)


@pytest.mark.parametrize("tied", [True, False])
def test_descent_finds_the_icosahedron(tied):
    """F exceeds the maximum by at most log(number of terms)/beta; no code is below 1/sqrt 5."""
    beta = 2.0**12
    x = points(3, 6, tied, 0)
    value = descend(x, 6, np.array([8.0, 64.0, 512.0, beta]), tied, 8, 300)
    assert 1 / sqrt(5) <= value <= 1 / sqrt(5) + log(60) / beta


def test_no_stage_and_no_step_leave_the_points_alone():
    x = points(2, 3, True, 0)
    start = x.copy()
    descend(x, 3, np.array([8.0]), True, 2, 0)
    np.testing.assert_array_equal(x, start)
