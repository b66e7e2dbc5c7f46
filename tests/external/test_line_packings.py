"""Published packings of lines: Sloane's table, Cohn's records, closed forms; ours against them.

The full comparison, 62 sizes, is `make packing`; here are sizes that take a second or less.
"""

from fractions import Fraction
from itertools import pairwise
from math import sqrt

import numpy as np
import pytest

from experiments._best_known import COHN, SLOANE, best_known
from lcs.bounds.lower import best_lower
from lcs.codes.packing import pack

# Cosines with a closed form: Welch's bound where it is met; the others by Fejes Toth 1965 (3, m)
# and Conway, Hardin, Sloane 1996.
CLOSED = {
    **{(d, d + 1): 1 / d for d in range(3, 7)},
    (3, 5): 1 / sqrt(5),
    (3, 6): 1 / sqrt(5),
    (3, 7): 1 / sqrt(3),
    (4, 6): 1 / 3,
    (4, 8): sqrt(2) - 1,
    (4, 12): 1 / 2,
    (4, 16): (sqrt(5) - 1) / 2,
    (5, 10): 1 / 3,
    (5, 16): 1 / sqrt(5),
    (6, 12): 1 / sqrt(10),
    (6, 16): 1 / 3,
}


@pytest.mark.parametrize("size", CLOSED)
def test_the_table_has_the_closed_forms(size):
    known = best_known(*size)
    assert known is not None
    assert known[0] == pytest.approx(CLOSED[size], rel=0, abs=1e-12)


@pytest.mark.parametrize("d", SLOANE)
def test_the_table_is_whole_and_above_every_lower_bound(d):
    """More lines are no further apart, to the 13 digits that the sources are good for."""
    known = [best_known(d, m) for m in range(d + 1, 21)]
    assert len(SLOANE[d]) == 20 - d
    mus = [mu for mu, _ in filter(None, known)]
    assert all(b > a - 1e-12 for a, b in pairwise(mus))
    for m, mu in enumerate(mus, start=d + 1):
        level = Fraction(mu + 1e-12)
        bound = best_lower(m, 1, level / (1 + level), strict=False, scope="A = B").d
        assert bound is not None
        assert bound <= d


def test_later_records_improve_the_older_table():
    for (d, m), square in COHN.items():
        assert square > SLOANE[d][m - d - 1]
    assert best_known(7, 9) is None
    assert best_known(3, 21) is None


@pytest.mark.parametrize(
    ("d", "m", "restarts"),
    [(3, 8, 10), (3, 13, 10), (3, 19, 20), (4, 10, 10), (4, 13, 40), (5, 14, 20), (6, 20, 20)],
)
def test_ours_are_as_good(d, m, restarts):
    known = best_known(d, m)
    assert known is not None
    found = pack(d, m, rng=np.random.default_rng(1), restarts=restarts)
    assert found.coherence == pytest.approx(known[0], rel=0, abs=1e-10)
