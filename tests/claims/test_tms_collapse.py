"""Three pairs active together in two dimensions: how many share one direction."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import canonical, collapsed, directions

pytestmark = pytest.mark.claim("TMS-collapse")

PAIRS = [(0, 1), (2, 3), (4, 5)]


def best(p: float, starts: int = 12) -> np.ndarray:
    f = Features.of(6, density=p, sets=PAIRS, rule="coactive")
    return canonical(fit_exact(f, 2, starts=starts, rng=np.random.default_rng(3)).weights.W)


@pytest.mark.parametrize(
    ("p", "number"), [(0.03, 0), (0.05, 0), (0.1, 1), (0.2, 2), (0.4, 3), (0.8, 3)]
)
def test_the_number_of_collapsed_pairs_rises_with_the_density(p: float, number: int) -> None:
    assert len(collapsed(best(p), PAIRS)) == number


def test_rare_partners_are_neighbours_in_a_hexagon() -> None:
    V = directions(best(0.03))
    partners = [float(np.degrees(np.arccos(V[:, i] @ V[:, j]))) for i, j in PAIRS]
    assert all(60 < angle < 68 for angle in partners)
