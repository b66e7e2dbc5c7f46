"""The bracket between the lower bounds and the smallest code, on the grid of the project."""

from collections.abc import Iterator
from fractions import Fraction
from statistics import median

import pytest

from lcs.bounds.lower import best_lower
from lcs.codes import smallest
from lcs.codes.code import Code
from lcs.codes.smallest import smallest_code

SIZES = (100, 1000, 10**4, 10**6)
RATIOS = [
    Fraction(k) / eps for k in (1, 2, 4, 8, 16) for eps in map(Fraction, ("0.1", "1/4", "1/2"))
]


@pytest.fixture(scope="module")
def codes() -> dict[tuple[int, Fraction], Code]:
    """The smallest code at every m and k/eps; a point of the grid is nothing more."""
    return {(m, r): smallest_code(m, 1, 1 / r) for m in SIZES for r in set(RATIOS)}


def test_the_largest_and_the_median_ratio(codes) -> None:
    lower = {(m, r): best_lower(m, 1, 1 / r).d for m, r in codes}
    bracket = [Fraction(codes[m, r].d, lower[m, r] or 1) for m in SIZES for r in RATIOS]
    assert len(bracket) == 60
    assert min(bracket) >= 1
    assert max(bracket) <= Fraction("4.55")
    assert median(bracket) <= Fraction("1.34")
    worst = max(codes, key=lambda at: Fraction(codes[at].d, lower[at] or 1))
    assert (worst, max(bracket)) == ((10**6, Fraction(10)), Fraction(codes[worst].d, 225))


def test_punctured_and_labelled_codes_only_add(codes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them no code is smaller; the rows where one is larger are those they improve."""

    def none(*_: object) -> Iterator[Code]:
        return iter(())

    monkeypatch.setattr(smallest, "_punctured", none)
    monkeypatch.setattr(smallest, "_labelled", none)
    # Finer errors take seconds, and both families have nothing to give there.
    some = {at: code for at, code in codes.items() if at[1] <= 20}
    before = {(m, r): smallest_code(m, 1, 1 / r).d for m, r in some}
    assert all(code.d <= before[at] for at, code in some.items())
    improved = {at for at, code in some.items() if code.d < before[at]}
    assert improved == {
        at for at, code in codes.items() if code.claim in {"LCS-puncture", "LCS-labelled"}
    }
    assert improved == {(1000, 4), (10**4, 4), (10**4, 8), (10**6, 4), (10**6, 8), (10**6, 10)}


def test_where_an_error_of_exactly_eps_will_do() -> None:
    """Two rows of a Kerdock code of 16, or eight of an odd quadratic one, reach mu = 1/3."""
    assert smallest_code(100, 1, "1/4", strict=False).d == 15
    assert smallest_code(10**6, 1, "1/4", strict=False).d <= 120
