"""The series of a ReLU loss against a twin that sums over all patterns of active features."""

import cmath
from math import ceil, log2, pi, prod

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs._kernels.toy_few import alone_probabilities
from lcs._kernels.toy_moments import sign_moments
from lcs._kernels.toy_series import odd_losses
from lcs.superposition.features import Features
from lcs.superposition.loss_relu import layout
from tests.toys import patterns, random_weights

NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)
RULES = [
    Features.of(3, density=[0.3, 1.0, 0.2]),
    Features.of(3, density=0.4, signed=True),
    Features.of(4, density=0.3, sets=[(0, 1, 2)], rule="coactive"),
    Features.of(4, density=[0.5, 0.3, 0.1, 0.2], sets=[(0, 1)], rule="exclusive-fixed"),
]


def mean(function, signed: bool, low: float = 0.0, high: float = 1.0) -> complex:
    """The mean over x in [0, 1], or [-1, 1], by Gauss's rule of 40 points."""
    low = -high if signed else low
    x = (low + high) / 2 + NODES * (high - low) / 2
    return complex(np.sum(WEIGHTS * function(x))) / 2


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize(("b", "a"), [(1.0, 2.0), (-1.0, 2.0), (1.0, -4.0), (0.0, 0.0), (0.0, 1.0)])
def test_moments_of_a_sign(b: float, a: float, signed: bool) -> None:
    grid = (np.arange(400_000) + 0.5) / 400_000
    x = np.concatenate([grid, -grid]) if signed else grid
    for r, found in enumerate(sign_moments(b, a, signed)):
        # The midpoint rule is off by at most one cell at the jump.
        assert found == pytest.approx(float(np.mean(x**r * np.sign(b + a * x))), abs=1e-5)


def slow_odd(row: NDArray, b: float, i: int, f: Features, terms: int) -> float:
    """Patterns with one active feature or none by quadrature, the others by the series."""
    reach = [float(v) for v in row]
    low = b - sum(map(abs, reach)) if f.signed else b + sum(min(v, 0) for v in reach)
    high = b + sum(map(abs, reach)) if f.signed else b + sum(max(v, 0) for v in reach)
    M = 2.0 ** ((ceil(8 * log2(max(-low, high)) - 0.5) + 0.5) / 8)
    total = 0.0
    for q, active in patterns(f):
        total += float(q) * (few if len(active) < 2 else many)(
            row, b, i, active, f.signed, M, terms
        )
    return total


def few(row, b, i, active, signed, M, terms) -> float:
    """z|z|/2 - x_i|z| over one active feature, piece by piece."""
    if not active:
        return b * abs(b) / 2
    a = float(row[active[0]])
    own = float(active[0] == i)
    low = -1.0 if signed else 0.0
    cut = min(max(-b / a, low), 1.0) if a else low
    total = 0.0
    for start, end in ((low, cut), (cut, 1.0)):
        x = (start + end) / 2 + NODES * (end - start) / 2
        z = b + a * x
        total += (end - start) / 2 * np.sum(WEIGHTS * (z * abs(z) / 2 - own * x * abs(z)))
    return total / (2 if signed else 1)


def many(row, b, i, active, signed, M, terms) -> float:
    half = 0.0 if signed else 0.5
    total = M * (b + half * sum(float(row[j]) for j in active)) - M * half * (i in active)
    for k in range(1, 2 * terms, 2):
        w = k * pi / (2 * M)

        def moment(j: int, r: int, w: float = w) -> complex:
            return mean(lambda x: x**r * np.exp(1j * w * row[j] * x), signed)

        start = cmath.exp(1j * w * b)
        total -= 16 * M**2 / (pi * k) ** 3 * (start * prod(moment(j, 0) for j in active)).imag
        if i in active:
            weighted = start * prod(moment(j, int(j == i)) for j in active)
            total += 8 * M / (pi * k) ** 2 * weighted.real
    return total


def run(G: NDArray, b: NDArray, f: Features, terms: int) -> tuple[NDArray, ...]:
    n = f.n
    value, db, tail, dG = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros((n, n))
    groups = layout(f)
    order = groups.order
    assert np.array_equal(order, np.arange(n))
    odd_losses(
        G, b, np.arange(n), groups.starts, groups.joint, groups.p, f.signed, terms,
        value, dG, db, tail,
    )  # fmt: skip
    return value, dG, db, tail


@pytest.mark.parametrize("f", RULES, ids=lambda f: f"{f.rule}{'-signed' * f.signed}")
def test_the_series_is_the_sum_over_patterns(f: Features) -> None:
    """Some thousand roundings of terms up to M^2 and M, M <= 4 here."""
    W, b = random_weights(2, f.n, 3)
    G = W.T @ W
    value, _, _, tail = run(G, b, f, 6)
    slow = [slow_odd(G[i], b[i], i, f, 6) for i in range(f.n)]
    np.testing.assert_allclose(value, slow, rtol=0, atol=1e-12)
    assert np.all(tail > 0)


@pytest.mark.parametrize("f", RULES, ids=lambda f: f"{f.rule}{'-signed' * f.signed}")
def test_the_gradient_is_that_of_the_truncated_series(f: Features) -> None:
    """Central differences: h^2 of curvature, 1e-16/h of rounding, each below 1e-8 here."""
    W, b = random_weights(2, f.n, 4)
    G, h = W.T @ W, 1e-5
    rng = np.random.default_rng(0)
    U, v = rng.standard_normal(G.shape), rng.standard_normal(f.n)
    _, dG, db, _ = run(G, b, f, 6)
    ahead, behind = run(G + h * U, b + h * v, f, 6)[0], run(G - h * U, b - h * v, f, 6)[0]
    change = (ahead - behind) / (2 * h)
    np.testing.assert_allclose(np.sum(dG * U, axis=1) + db * v, change, rtol=0, atol=1e-7)


def test_the_probability_of_being_alone() -> None:
    f = RULES[3]
    groups, alone = layout(f), np.empty(4)
    used = np.ones(groups.joint.size, dtype=bool)
    nobody = alone_probabilities(groups.starts, groups.joint, groups.p, used, alone)
    expected = {active: float(q) for q, active in patterns(f) if len(active) < 2}
    assert nobody == pytest.approx(expected[()], abs=1e-15)
    np.testing.assert_allclose(alone, [expected[(j,)] for j in range(4)], rtol=0, atol=1e-15)
