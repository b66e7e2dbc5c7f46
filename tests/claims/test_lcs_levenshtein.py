"""Levenshtein's bounds for lines: closed forms, codes that attain them, codes that must obey."""

from fractions import Fraction
from itertools import combinations, count, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.bounds.levenshtein import most_lines
from lcs.bounds.lower import best_lower, levenshtein
from tests import references as ref

pytestmark = pytest.mark.claim("LCS-levenshtein")

# (d, m, 1/mu) of sharp line systems: roots of E8, E7, E6, D4; minimal vectors of the Leech lattice
# and its section of dimension 23 (2300 lines, mu = 1/3); equiangular lines.
SHARP = [(8, 120, 2), (7, 63, 2), (6, 36, 2), (4, 12, 2), (24, 98280, 2), (23, 2300, 3)]
SHARP += [(7, 28, 3), (23, 276, 5), (6, 16, 3), (22, 176, 5), (9, 10, 9)]


def closed_form(d: int, s: Fraction) -> Fraction | None:
    """The most lines with squared cosine <= s by degrees 1 and 2, exactly."""
    bounds = []
    if d * s < 1:
        bounds.append(d * (1 - s) / (1 - d * s))
    if s <= Fraction(6, d + 4) and (d + 2) * s < 3:
        bounds.append(d * (d + 2) * (1 - s) / (3 - (d + 2) * s))
    return min(bounds, default=None)


def mean(f: list[Fraction], d: int) -> Fraction:
    """E f(y) for y the square of a coordinate of a random unit vector of R^d."""
    total, moment = Fraction(0), Fraction(1)
    for j, c in enumerate(f):
        total += c * moment
        moment *= Fraction(1 + 2 * j, d + 2 * j)
    return total


def times(f: list[Fraction], g: list[Fraction]) -> list[Fraction]:
    total = [Fraction(0)] * (len(f) + len(g) - 1)
    for (i, a), (j, b) in product(enumerate(f), enumerate(g)):
        total[i + j] += a * b
    return total


def zonal(most: int, d: int) -> list[list[Fraction]]:
    """The orthogonal polynomials of degrees 0 .. most in y, monic, so positive at 1."""
    found: list[list[Fraction]] = []
    for n in range(most + 1):
        power = [Fraction(0)] * n + [Fraction(1)]
        q = list(power)
        for p in found:
            share = mean(times(power, p), d) / mean(times(p, p), d)
            q = [a - share * (p[i] if i < len(p) else 0) for i, a in enumerate(q)]
        found.append(q)
    return found


def by_polynomial(n: int, d: int, sigma: Fraction) -> Fraction | None:
    """f(1)/f_0 for Levenshtein's f of degree n in y, if its coefficients are of the right sign.

    f = (y - sigma) g^2 w, g the reproducing kernel at sigma of the weight (1 - y) w, w = 1 or y.
    """
    w = [Fraction(1)] if n % 2 else [Fraction(0), Fraction(1)]
    size = (n + 1) // 2
    basis = [[Fraction(0)] * i + [Fraction(1)] for i in range(size)]
    weight = times([Fraction(1), Fraction(-1)], w)
    rows = [
        [mean(times(times(a, b), weight), d) for b in basis] + [-(sigma**i)]
        for i, a in enumerate(basis)
    ]
    (null,) = ref.kernel(rows)
    g = [x / null[-1] for x in null[:-1]]
    f = times(times([-sigma, Fraction(1)], times(g, g)), w)
    f_0 = mean(f, d)
    signs = [mean(times(f, q), d) for q in zonal(n, d)]
    return sum(f) / f_0 if f_0 > 0 and min(signs) >= 0 else None


def eight() -> NDArray[np.int64]:
    """The 120 lines of the roots of E8, doubled to be integers (norm 8)."""
    pairs = [
        [2 * s * (r == i) + 2 * (r == j) for r in range(8)]
        for i, j in combinations(range(8), 2)
        for s in (1, -1)
    ]
    halves = [list(z) for z in product((1, -1), repeat=8) if np.prod(z) == 1 and z[0] == 1]
    return np.array(pairs + halves).T


@given(
    m=st.integers(2, 10**4),
    ratio=st.fractions(Fraction(21, 10), 60, max_denominator=50),
    strict=st.booleans(),
)
def test_it_is_at_least_the_closed_forms(m, ratio, strict):
    """The d below is excluded by degrees 1 or 2 only if it is by the bound."""
    d, s = levenshtein(m, 1, 1 / ratio, strict=strict).d, 1 / (ratio - 1) ** 2
    assert d is not None
    most = closed_form(d, s)
    assert most is None or (m < most if strict else m <= most)


@given(d=st.integers(2, 12), s=st.fractions(Fraction(1, 20), Fraction(3, 5), max_denominator=40))
def test_the_closed_form_is_the_best_of_the_polynomials(d, s):
    """Each polynomial solved for and expanded, exactly, up to the degree where they rise again."""
    found = most_lines(d, s)
    assert found is not None
    best = None
    for n in count(1):
        value = by_polynomial(n, d, s * s)
        if value is not None and best is not None and value > best:
            break
        best = value if best is None else min(best, value or best)
        if n == 9:
            return  # beyond the reach of a slow check
    assert found == best


@given(d=st.integers(1, 60), s=st.fractions(Fraction(1, 50), Fraction(9, 10), max_denominator=60))
def test_it_grows_with_the_angle_and_the_dimension(d, s):
    found = [most_lines(d, s), most_lines(d, s + Fraction(1, 10**6)), most_lines(d + 1, s)]
    here, wider, higher = (x or Fraction(0) for x in found)
    assert 1 <= here <= higher
    assert here < wider or d == 1


@pytest.mark.parametrize("m", range(3, 60, 7))
def test_in_a_plane_it_is_the_number_of_lines(m):
    """m lines at equal angles, cos(pi/m) rounded up and down."""
    at = Fraction(float(np.cos(np.pi / m)))
    assert m <= (most_lines(2, at + Fraction(1, 10**12)) or 0) < m + Fraction(1, 10**6)
    assert m - Fraction(1, 10**6) < (most_lines(2, at - Fraction(1, 10**12)) or 0) < m


@pytest.mark.parametrize(("m", "ratio"), [(100, 8), (1000, 16), (10**4, 32), (1000, 40), (50, 4)])
def test_where_degree_two_is_enough_it_is_the_closed_form(m, ratio):
    d, s = levenshtein(m, 1, Fraction(1, ratio)).d, Fraction(1, (ratio - 1) ** 2)
    least = ref.least_integer(lambda d: (most := closed_form(d, s)) is None or m < most)
    assert d == least


@pytest.mark.parametrize(("d", "m", "root"), SHARP)
def test_sharp_line_systems_attain_it(d, m, root):
    """With <= the bound is d itself; with < one dimension more."""
    level = Fraction(1, root + 1)
    assert levenshtein(m, 1, level, strict=False).d == d
    assert levenshtein(m, 1, level).d == d + 1
    # One line more does not fit either.
    assert levenshtein(m + 1, 1, level, strict=False).d == d + 1


def test_the_lines_of_e8_exist():
    V = eight()
    G = V.T @ V
    assert V.shape == (8, 120)
    assert (np.diag(G) == 8).all()
    assert set(np.abs(G[~np.eye(120, dtype=bool)])) == {0, 4}


@given(
    d=st.integers(2, 6), m=st.integers(2, 12), seed=st.integers(0, 10**6), steps=st.integers(0, 30)
)
def test_no_unit_columns_are_more_incoherent(d, m, seed, steps):
    """Random lines, pushed apart."""
    A = np.random.default_rng(seed).standard_normal((d, m))
    for _ in range(steps):
        A /= np.linalg.norm(A, axis=0)
        G = A.T @ A - np.eye(m)
        A -= 0.05 * A @ (np.sign(G) * np.abs(G) ** 9)
    A /= np.linalg.norm(A, axis=0)
    mu = Fraction(float(np.abs(A.T @ A - np.eye(m)).max())) + Fraction(1, 10**12)
    bound = levenshtein(m, 1, mu / (1 + mu)).d
    assert bound is None or bound <= d


def test_it_is_above_the_bounds_for_every_pair_where_m_is_large():
    for ratio, m in ((4, 10**4), (8, 10**6), (16, 10**6)):
        level = Fraction(1, ratio)
        same, every = best_lower(m, 1, level, scope="A = B"), best_lower(m, 1, level)
        assert (same.d or 0) > (every.d or 0)
        assert same.scope == "A = B"
        assert every.scope == "any A, B"


def test_at_more_active_features_a_small_error_does_not_need_incoherent_columns():
    """Pairs at cosine x, orthogonal otherwise: error x at k = 2, where mu = x/(2 - x) < x."""
    x = 0.25
    A = np.kron(np.eye(3), np.linalg.cholesky(np.array([[1, x], [x, 1]])).T)
    assert ref.error_float(A, None, 2) == pytest.approx(x, abs=1e-15)
    assert np.abs(A.T @ A - np.eye(6)).max() > 0.26 / (2 - 0.26)
