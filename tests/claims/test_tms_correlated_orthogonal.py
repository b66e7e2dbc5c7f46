"""Pairs that are active together: orthogonal within, while they are rare."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import collapsed, directions

pytestmark = pytest.mark.claim("TMS-correlated-orthogonal")

PAIRS = [(0, 1), (2, 3)]


def angles(p: float) -> tuple[list[float], list[float], int]:
    """In degrees within pairs, and across; the number of pairs collapsed."""
    f = Features.of(4, density=p, sets=PAIRS, rule="coactive")
    W = fit_exact(f, 2, starts=8, rng=np.random.default_rng(0)).weights.W
    V = directions(W)
    degrees = np.degrees(np.arccos(np.clip(V.T @ V, -1, 1)))
    within = [float(degrees[pair]) for pair in PAIRS]
    across = [float(degrees[i, j]) for i in (0, 1) for j in (2, 3)]
    return within, across, len(collapsed(W, PAIRS))


@pytest.mark.parametrize("p", [0.02, 0.1, 0.2])
def test_rare_pairs_are_orthogonal_within_and_opposite_across(p: float) -> None:
    within, across, number = angles(p)
    assert within == pytest.approx([90, 90], abs=4)
    assert sorted(across)[2:] == pytest.approx([180, 180], abs=12)
    assert number == 0


def test_frequent_pairs_collapse() -> None:
    assert angles(0.35)[2] == 2
