"""Dimensionalities at the fractions of polytopes: those of the polytopes, and of best weights."""

from fractions import Fraction

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.fit import fit_exact
from lcs.superposition.geometry import dimensionality
from lcs.superposition.polytopes import POLYTOPES, antiprism, parts

pytestmark = pytest.mark.claim("TMS-plateaus")

FRACTIONS = {
    "tetrahedron": Fraction(3, 4),
    "triangle": Fraction(2, 3),
    "digon": Fraction(1, 2),
    "pentagon": Fraction(2, 5),
}


def vertices(cosines: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(cosines)
    return (vectors * np.sqrt(np.maximum(values, 0))).T


@pytest.mark.parametrize(("name", "fraction"), FRACTIONS.items())
def test_vertices_have_the_dimensionality_of_their_polytope(name: str, fraction: Fraction) -> None:
    dimension, cosines = POLYTOPES[name]
    assert fraction == Fraction(dimension, cosines.shape[0])
    np.testing.assert_allclose(dimensionality(vertices(cosines)), float(fraction), atol=1e-12)


def test_an_antiprism_has_three_eighths_at_one_height_only() -> None:
    at = [dimensionality(vertices(antiprism(h)))[0] for h in (0.45, np.sqrt(1 / 3), 0.65)]
    assert at[1] == pytest.approx(3 / 8, abs=1e-12)
    assert max(at[0], at[2]) < 3 / 8 - 0.002


@pytest.mark.parametrize(
    ("n", "m", "p", "name", "low", "high"),
    [
        (4, 2, 0.3, "digon", 0.4999, 0.5001),
        (5, 2, 0.1, "pentagon", 0.3999, 0.4001),
        (8, 3, 0.05, "square antiprism", 0.365, 0.3749),
    ],
)
def test_best_weights_form_them(
    n: int, m: int, p: float, name: str, low: float, high: float
) -> None:
    f = Features.of(n, density=p)
    W = fit_exact(f, m, starts=8, rng=np.random.default_rng(0)).weights.W
    assert {part.name for part in parts(W)} == {name}
    D = dimensionality(W)
    assert low < D.min()
    assert D.max() < high
