"""The linear programming bound: never below Levenshtein's, never above a code that exists."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.special import eval_gegenbauer

from lcs.bounds.lower import delsarte, levenshtein
from tests import references as ref
from tests.claims.test_lcs_levenshtein import SHARP

pytestmark = pytest.mark.claim("LCS-delsarte")


def most_lines(d: int, mu: float, degree: int = 12) -> float:
    """The linear programme over even Gegenbauer polynomials in t on a grid, in floats."""
    t = np.linspace(0, mu, 3000)
    order = (d - 2) / 2
    n = 2 * np.arange(1, degree + 1)
    table = eval_gegenbauer(n, order, t[:, None]) / eval_gegenbauer(n, order, 1.0)
    scale = np.abs(table).max(axis=0)
    found = linprog(1 / scale, table / scale, -np.ones(len(t)), method="highs")
    return 1 + found.fun if found.status == 0 else np.inf


@pytest.mark.parametrize(("d", "m", "root"), SHARP)
def test_sharp_line_systems_are_not_excluded(d, m, root):
    assert delsarte(m, 1, Fraction(1, root + 1), strict=False).d == d


@pytest.mark.parametrize(("m", "ratio"), [(30, "7/3"), (50, "5/2"), (100, 3), (1000, 4), (500, 8)])
def test_it_is_the_programme_solved_in_floats(m, ratio):
    level = 1 / Fraction(ratio)
    d, mu = delsarte(m, 1, level).d, float(level / (1 - level))
    assert d is not None
    assert d >= (levenshtein(m, 1, level).d or 0)
    # No float is as sharp as the exact check: one part in 1000 is left between them.
    assert most_lines(d, mu) > m * 0.999
    assert most_lines(d - 1, mu) < m * 1.001


@pytest.mark.parametrize(("m", "d"), [(500, 9), (2000, 11)])
def test_it_can_exclude_more_than_levenshtein(m, d):
    """Higher degrees help at mu = 2/3; the programme in floats agrees with a margin."""
    assert levenshtein(m, 1, "2/5").d == d - 1
    assert delsarte(m, 1, "2/5").d == d
    assert most_lines(d - 1, 2 / 3) < m * 0.999


@pytest.mark.parametrize("m", range(3, 40, 4))
def test_lines_in_a_plane_are_not_excluded(m):
    mu = Fraction(float(np.cos(np.pi / m))) + Fraction(1, 10**9)
    assert (delsarte(m, 1, mu / (1 + mu)).d or 0) <= 2


def test_known_codes_are_not_excluded():
    for A in (ref.simplex(6), ref.icosahedron(), ref.twenty_eight(), ref.two_bases()):
        mu = Fraction(float(np.abs(A.T @ A - np.eye(A.shape[1])).max())) + Fraction(1, 10**12)
        assert (delsarte(A.shape[1], 1, mu / (1 + mu)).d or 0) <= A.shape[0]


def test_lines_beyond_the_angle_are_excluded() -> None:
    """30 lines of R^3 are there, but fewer than 7 of them can be within mu = 1/2 of orthogonal."""
    A = np.random.default_rng(0).standard_normal((3, 30))
    A /= np.linalg.norm(A, axis=0)
    assert np.abs(A.T @ A - np.eye(30)).max() > 0.5
    assert (delsarte(30, 1, Fraction(1, 3), strict=False).d or 0) > 3
    assert most_lines(3, 0.5) < 7
