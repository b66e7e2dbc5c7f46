"""Theory's phases against the best of many exact descents."""

import numpy as np
import pytest

from lcs.superposition.phase import TRIPLE, Phase, pair_phases, theory_losses, theory_phase

pytestmark = pytest.mark.claim("TMS-phase-exact")


def test_they_agree_on_almost_all_of_the_diagram() -> None:
    p, r = 100 ** -np.linspace(0, 1, 60)[:, None], 10 ** np.linspace(-1, 1, 60)
    found = pair_phases(p, r, rng=np.random.default_rng(0))
    theory = theory_losses(p, r).min(axis=0)
    assert np.all(found.loss <= theory * (1 + 1e-12))
    assert 0.02 < np.mean(found.phase != theory_phase(p, r)) < 0.04
    triple = pair_phases(TRIPLE, 1.0, rng=np.random.default_rng(0))
    excess = theory_losses(TRIPLE, 1.0)[0] / triple.loss - 1
    assert 0.16 < excess < 0.17
    assert 0.1 < np.max(theory / found.loss - 1) <= excess


def test_equal_features_are_unequal_when_dense_and_jump_to_a_symmetric_pair() -> None:
    p = np.array([0.6, 0.7, 0.715, 0.8, 0.95])
    found = pair_phases(p, 1.0, rng=np.random.default_rng(0), starts=24)
    lengths = np.sort(np.abs(found.W), axis=1)
    ratio = lengths[:, 0] / lengths[:, 1]
    np.testing.assert_allclose(ratio[:2], 1, rtol=0, atol=1e-4)
    assert np.all(ratio[2:] < 0.6)
    assert np.all(found.W.prod(axis=1) < 0)


def test_dense_features_without_bias_are_best_read_as_their_mean() -> None:
    """min over w of E (x_1 - relu(w_1 w.x))^2 + ...: 1/12 at w = (1, 1)/sqrt 2, on a grid."""
    x = (np.arange(60) + 0.5) / 60
    a, b = (v.ravel() for v in np.meshgrid(x, x))

    def loss(w: np.ndarray) -> float:
        z = w[0] * a + w[1] * b
        one, two = np.maximum(w[0] * z, 0) - a, np.maximum(w[1] * z, 0) - b
        return float(np.mean(one**2 + two**2))

    best = np.array([1, 1]) / np.sqrt(2)
    # E((x_1 - x_2)/2)^2 twice is 1/12; the midpoint rule is off by 1/(24 60^2) per curvature.
    assert loss(best) == pytest.approx(1 / 12, abs=1e-4)
    lengths, angles = np.linspace(0, 1.5, 31), np.linspace(0, np.pi, 61)
    grid = [loss(l * np.array([np.cos(t), np.sin(t)])) for l in lengths for t in angles]
    assert min(grid) > 1 / 12 - 1e-4
    with_bias = pair_phases(1.0, 1.0, rng=np.random.default_rng(0), starts=24)
    assert with_bias.loss < 1 / 12 - 5e-5
    assert with_bias.phase == Phase.SUPERPOSITION
