"""The losses of the three outcomes, where they cross, and the point where they meet."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.phase import TRIPLE, Phase, boundary, theory_losses, theory_phase
from tests.toys import exact_relu_errors

pytestmark = pytest.mark.claim("TMS-phase-theory")

MODELS = {
    Phase.IGNORED: ([1.0, 0.0], [0, 1]),
    Phase.SUPERPOSITION: ([1.0, -1.0], [0, 0]),
    Phase.DEDICATED: ([0.0, 1.0], [1, 0]),
}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("p", [0.03, 0.4, 1.0])
@pytest.mark.parametrize("r", [0.2, 1.0, 3.0])
def test_the_losses_are_those_of_the_models_they_stand_for(phase: Phase, p: float, r: float):
    w, unrepresented = MODELS[phase]
    b = p / 2 * np.array(unrepresented, dtype=float)
    errors = exact_relu_errors(np.outer(w, w), b, Features.of(2, density=p))
    exact = float(errors[0] + Fraction(r) * errors[1])
    assert theory_losses(p, r)[phase] == pytest.approx(exact, rel=1e-14)


@pytest.mark.parametrize("p", [0.01, 0.2, 0.5, 0.571])
def test_superposition_begins_at_the_boundary(p: float) -> None:
    r = 2 * p / (4 - 5 * p)
    assert boundary(p) == pytest.approx(r, rel=1e-14)
    assert theory_phase(p, r * (1 - 1e-9)) == Phase.IGNORED
    assert theory_phase(p, r * (1 + 1e-9)) == Phase.SUPERPOSITION
    assert theory_phase(p, 1 / r * (1 - 1e-9)) == Phase.SUPERPOSITION
    assert theory_phase(p, 1 / r * (1 + 1e-9)) == Phase.DEDICATED


def test_beyond_the_triple_point_there_is_no_superposition() -> None:
    assert pytest.approx(4 / 7, rel=1e-15) == TRIPLE
    np.testing.assert_allclose(theory_losses(TRIPLE, 1.0), theory_losses(TRIPLE, 1.0)[0])
    r = np.geomspace(0.1, 10, 101)
    assert np.any(theory_phase(TRIPLE - 1e-6, r) == Phase.SUPERPOSITION)
    assert not np.any(theory_phase(TRIPLE + 1e-6, r) == Phase.SUPERPOSITION)
    assert boundary(0.9) == 1
    assert theory_phase(0.9, 1.01) == Phase.DEDICATED
