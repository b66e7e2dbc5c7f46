"""Chebyshev rank bound: the monomial bound with the polynomial that is smallest on (-mu, mu)."""

from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from numpy.polynomial import Chebyshev
from numpy.typing import NDArray

from lcs.bounds.lower import rank_chebyshev, rank_monomial
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.linear.error import worst_case_error
from tests.references import icosahedron, simplex, twenty_eight

pytestmark = pytest.mark.claim("LCS-rank-l2")

RANK_L2 = claim("LCS-rank-l2")
DEGREES = range(1, 9)
# Errors below are computed to about 1e-14, which T_p(1/mu) magnifies by p/mu < 100.
ROUNDING = 1e-10


def chebyshev(p: int, x: float) -> float:
    return float(Chebyshev.basis(p)(x))


def monomials(d: int, p: int) -> int:
    """How many monomials of degree j <= p, j = p mod 2, there are in d variables."""
    return sum(comb(d + j - 1, j) for j in range(p % 2, p + 1, 2))


def slack(d: int, m: int, mu: float) -> float:
    """min over p of monomials / (m/(1 + (m-1)/T_p(1/mu)^2)): at least 1 if the bound is true."""
    return min(monomials(d, p) * (1 + (m - 1) / chebyshev(p, 1 / mu) ** 2) / m for p in DEGREES)


def eight_dimensional_lines() -> NDArray[np.float64]:
    """The 120 lines of the root system E8: (8, 120), coherence 1/2."""
    pairs = [np.eye(8)[i] + s * np.eye(8)[j] for i, j in combinations(range(8), 2) for s in (1, -1)]
    halves = [np.array([1, *s]) / 2 for s in product((1, -1), repeat=7) if np.prod(s) > 0]
    return np.array(pairs + halves).T / np.sqrt(2)


@pytest.mark.parametrize(
    "A",
    [simplex(7), icosahedron(), twenty_eight(), eight_dimensional_lines()],
    ids=["6,7", "3,6", "7,28", "8,120"],
)
def test_the_best_codes_known_obey_it(A: NDArray) -> None:
    d, m = A.shape
    eps = worst_case_error(A, k=1, scale="optimal").value
    assert slack(d, m, eps / (1 - eps)) >= 1 - ROUNDING


def test_the_lines_of_e8_leave_it_no_room_at_degree_two() -> None:
    """37 monomials against 35, and with eps/k = 1/3 in place of mu = 1/2 it would be false."""
    A = eight_dimensional_lines()
    eps = worst_case_error(A, k=1, scale="optimal").value
    assert eps == pytest.approx(1 / 3)
    assert monomials(8, 2) == 37
    assert 120 / (1 + 119 / chebyshev(2, 2) ** 2) == pytest.approx(35)
    assert 120 / (1 + 119 / chebyshev(2, 3) ** 2) > 2 * 37
    assert slack(8, 120, eps) < 0.5


@pytest.mark.parametrize(("d", "m"), [(4, 8), (6, 12), (8, 20)])
def test_random_codes_with_other_probes_obey_it(d: int, m: int) -> None:
    """B^T A is the projection on the rows of A, scaled to unit diagonal: B differs from A."""
    for seed in range(20):
        A = gaussian(d, m, rng=np.random.default_rng(seed))
        B = np.linalg.pinv(A).T
        B = np.ascontiguousarray(B / np.einsum("ij,ij->j", A, B))
        eps = worst_case_error(A, B, k=1, scale="optimal").value
        assert slack(d, m, eps / (1 - eps)) >= 1 - ROUNDING


def test_entries_beyond_mu_are_not_covered() -> None:
    """Outside (-mu, mu) T_p grows: one line, all entries 1, against mu = 1/2 and m = 100."""
    assert np.linalg.matrix_rank(np.ones((100, 100))) == 1
    assert slack(1, 100, 0.5) < 0.1


@pytest.mark.parametrize("m", [10, 1000, 10**6, 10**12])
@pytest.mark.parametrize("k", [3, 10, 40, 400])
def test_the_inequality_implies_the_form(m: int, k: int) -> None:
    """For large m the ratio is at least 0.31, its limit at mu = 1/2; small m costs the rest."""
    assert RANK_L2.form is not None
    assert RANK_L2.domain is not None
    if k <= m and RANK_L2.domain(m, k, 1.0):
        bound = rank_chebyshev(m, k, 1).d
        assert bound is not None
        assert bound >= 0.15 * RANK_L2.form(m, k, 1.0)


@pytest.mark.parametrize(("m", "k"), [(10**6, 8), (10**9, 16), (10**12, 64)])
def test_it_gains_on_the_monomial_bound(m: int, k: int) -> None:
    chebyshev_d, monomial_d = rank_chebyshev(m, k, 1).d, rank_monomial(m, k, 1).d
    assert chebyshev_d is not None
    assert monomial_d is not None
    assert chebyshev_d > monomial_d


@pytest.mark.parametrize("m", [100, 10**6, 10**12])
def test_the_explicit_rate_is_weaker_than_the_inequality(m: int) -> None:
    """d >= p (8^{-1/p} th^2/e - 1) at p = floor(ln(4m)/(2 ln th)) >= 1, th + 1/th = 2/mu."""
    for ratio in (3, 5, 8, 20, 60):
        mu = 1 / (ratio - 1)
        th = (1 + np.sqrt(1 - mu**2)) / mu
        p = int(np.log(4 * m) / (2 * np.log(th)))
        bound = rank_chebyshev(m, 1, f"1/{ratio}").d
        if p >= 1 and bound is not None:
            assert bound >= p * (8 ** (-1 / p) * th**2 / np.e - 1)
