"""The half period of the series: certain for few features, by Chernoff's bound for many."""

from math import ceil, exp, log, log2

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs._kernels.toy_reach import half_period
from lcs.superposition.features import Features
from lcs.superposition.loss_relu import layout

NODES, WEIGHTS = np.polynomial.legendre.leggauss(30)


def found(f: Features, a: NDArray, b: float) -> tuple[float, float]:
    groups = layout(f)
    return half_period(0, a, b, groups.starts, groups.joint, groups.p, f.signed)


def log_mean(f: Features, a: NDArray, b: float, theta: float) -> float:
    """log E e^(theta z), group by group, by Gauss's rule."""
    x = NODES if f.signed else (1 + NODES) / 2
    means = [float(np.sum(WEIGHTS * np.exp(theta * v * x))) / 2 for v in a]
    loose = [(j,) for j in range(f.n) if f.set_of[j] < 0]
    total = theta * b
    for group in [*f.sets, *loose]:
        q = f.active[group[0]]
        if f.rule == "coactive":
            total += log(1 - q + q * np.prod([means[j] for j in group]))
        else:
            total += log(1 + sum(f.active[j] * (means[j] - 1) for j in group))
    return total


@pytest.mark.parametrize("n", [3, 39])
def test_few_features_are_covered_for_certain(n: int) -> None:
    a = np.linspace(-0.5, 1, n)
    reach = max(-(a[a < 0].sum() - 0.1), a[a > 0].sum() - 0.1)
    M, beyond = found(Features.of(n, density=0.1), a, -0.1)
    assert beyond == 0
    assert reach <= M <= 2 ** (1 / 8) * reach
    assert 2.0 ** ((ceil(8 * log2(reach) - 0.5) + 0.5) / 8) == M


@pytest.mark.parametrize(
    "f",
    [
        Features.of(60, density=0.05),
        Features.of(60, density=0.05, signed=True),
        Features.of(60, density=0.05, sets=[(0, 1), (2, 3, 4)], rule="coactive"),
        Features.of(60, density=0.05, sets=[(0, 1), (2, 3, 4)], rule="exclusive-one"),
    ],
    ids=lambda f: f"{f.rule}{'-signed' * f.signed}",
)
def test_many_features_leave_a_share_that_is_proved(f: Features) -> None:
    """The bound at its best theta, among those tried, from means computed another way."""
    a, b = np.random.default_rng(0).uniform(-0.4, 0.6, 60), -0.05
    M, beyond = found(f, a, b)
    assert 0.5 * (np.abs(a).sum() if f.signed else a[a > 0].sum()) > M
    assert 0 < beyond <= 1e-9 * f.active[0]
    thetas = [2.0**k / np.abs(a).max() for k in range(6)]
    bounds = [
        (2 * M**2 + 3 * M)
        * (exp(log_mean(f, a, b, t) - t * M) + exp(min(log_mean(f, a, b, -t) - t * M, 1)))
        for t in thetas
        if t * M >= 2
    ]
    # Means below t = 1/1000 are rounded up to 1 + t; M is the first that any theta allows.
    assert beyond >= min(bounds) * (1 - 1e-9)
