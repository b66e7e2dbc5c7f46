"""Three pairs that are active together: next to each other on a circle, but not nearest."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import directions

pytestmark = pytest.mark.claim("TMS-correlated-side-by-side")


def on_the_circle(p: float) -> tuple[list[int], list[float]]:
    """The pairs of the features in the order of their angles, and the gaps in degrees."""
    f = Features.of(6, density=p, sets=[(0, 1), (2, 3), (4, 5)], rule="coactive")
    W = fit_exact(f, 2, starts=12, rng=np.random.default_rng(1)).weights.W
    V = directions(W)
    angle = np.degrees(np.arctan2(V[1], V[0]))
    order = np.argsort(angle)
    gaps = np.diff(angle[order], append=angle[order[0]] + 360)
    return [int(i) // 2 for i in order], gaps.tolist()


@pytest.mark.parametrize("p", [0.02, 0.05])
def test_partners_are_next_to_each_other_and_strangers_nearer(p: float) -> None:
    pairs, gaps = on_the_circle(p)
    inside = [pairs[i] == pairs[(i + 1) % 6] for i in range(6)]
    assert inside in ([True, False] * 3, [False, True] * 3)
    partners = [gap for gap, same in zip(gaps, inside, strict=True) if same]
    strangers = [gap for gap, same in zip(gaps, inside, strict=True) if not same]
    assert all(63 < gap < 65.5 for gap in partners)
    assert all(54.5 < gap < 57 for gap in strangers)


def test_two_pairs_would_be_orthogonal_instead() -> None:
    """They are side by side only because three pairs do not fit: two in two dimensions do."""
    f = Features.of(4, density=0.05, sets=[(0, 1), (2, 3)], rule="coactive")
    W = fit_exact(f, 2, starts=8, rng=np.random.default_rng(1)).weights.W
    V = directions(W)
    assert abs(V[:, 0] @ V[:, 1]) < 0.05
    assert abs(V[:, 2] @ V[:, 3]) < 0.05
