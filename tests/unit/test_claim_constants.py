"""The explicit constants of lower laws, against d that suffice: no law may ask for more."""

from fractions import Fraction
from itertools import product

import pytest

from lcs.bounds.bracket import bracket
from lcs.claims import CLAIMS, claim

GRID = [
    (m, k, Fraction(1, inverse))
    for m, k, inverse in product((100, 3000, 10**5), (1, 2, 3, 5, 9, 30), (2, 8))
]
REFUTED = 2.0  # with this constant each law asks for too much somewhere on the grid
LOWER = [name for name in CLAIMS if claim(name).side == "lower" and claim(name).constant]


def enough(name: str, m: int, k: int, eps: Fraction) -> int:
    """Some d in which an object that the claim speaks of is known to exist."""
    if name in ("GKP26-thm12", "GKP26-cor13"):  # an error below 1/2 is a threshold at 1/2
        return bracket(m, k, Fraction(1, 2)).d_sufficient
    if name == "GKP26-lem7":  # rows of B^T A over their diagonal, above 1 - e/(1 + e)
        e = eps / k
        return bracket(m, 1, e / (1 + e)).d_sufficient
    if name == "GKP26-cor8":  # diagonal above 1 - eps/k, so above 1 - eps
        return bracket(m, 1, eps / k).d_sufficient
    return bracket(m, k, eps).d_sufficient


@pytest.mark.parametrize("name", LOWER)
def test_no_lower_law_asks_for_more_than_suffices(name: str) -> None:
    one = claim(name)
    assert one.form is not None
    assert one.domain is not None
    assert one.constant is not None
    grid = [point for point in GRID if one.domain(point[0], point[1], float(point[2]))]
    asked = [one.constant * float(one.form(m, k, float(eps))) for m, k, eps in grid]
    known = [enough(name, *point) for point in grid]
    assert len(grid) >= 10
    assert all(low <= d for low, d in zip(asked, known, strict=True))
    assert any(low * REFUTED / one.constant > d for low, d in zip(asked, known, strict=True))


def test_the_laws_with_a_constant_are_these() -> None:
    assert {"GKP26-lem7", "GKP26-cor8", "GKP26-thm12", "GKP26-cor13"} <= set(LOWER)
