"""Monomial rank bound: C(d+p-1, p) > m/(1 + (m-1) mu^{2p}) for every code and every p."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.lower import rank_monomial
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.linear.error import worst_case_error
from tests.references import icosahedron, simplex, twenty_eight
from tests.strategies import beside, equiangular_frames

pytestmark = pytest.mark.claim("LCS-rank-l1")

RANK_L1 = claim("LCS-rank-l1")
DEGREES = range(1, 9)
# Errors below are computed to 1e-14 or, by HiGHS, to 1e-7; the bound is smooth in mu.
ROUNDING = 1e-5


def least_count(m: int, mu: float, p: int) -> float:
    return m / (1 + (m - 1) * mu ** (2 * p))


def slack(d: int, m: int, mu: float) -> float:
    """min over p of C(d+p-1, p) / (m/(1 + (m-1) mu^{2p})): at least 1 if the bound is true."""
    return min(comb(d + p - 1, p) / least_count(m, mu, p) for p in DEGREES)


def best_probes(A: NDArray) -> NDArray:
    """B with the least max |B^T A - I|, one linear programme for each feature."""
    d, m = A.shape
    ones = np.ones((m, 1))
    columns = []
    for e in np.eye(m):
        lp = linprog(
            [*np.zeros(d), 1.0],
            A_ub=np.block([[A.T, -ones], [-A.T, -ones]]),
            b_ub=[*e, *-e],
            bounds=(None, None),
        )
        columns.append(lp.x[:d])
    return np.array(columns).T


FRAMES = [simplex(7), icosahedron(), twenty_eight()]
NAMES = ["6,7", "3,6", "7,28"]


@pytest.mark.parametrize("A", FRAMES, ids=NAMES)
@pytest.mark.parametrize("k", [1, 2])
def test_equiangular_tight_frames_obey_it(A: NDArray, k: int) -> None:
    d, m = A.shape
    eps = worst_case_error(A, k=k, scale="optimal").value
    assert eps <= 1
    assert slack(d, m, eps / (k - eps)) >= 1 - ROUNDING


@pytest.mark.parametrize("A", FRAMES, ids=NAMES)
def test_equiangular_tight_frames_attain_it(A: NDArray) -> None:
    d, m = A.shape
    eps = worst_case_error(A, k=1, scale="optimal").value
    assert d == pytest.approx(least_count(m, eps / (1 - eps), 1), abs=ROUNDING)


@pytest.mark.parametrize("A", FRAMES, ids=NAMES)
def test_eps_over_k_in_place_of_mu_would_be_false(A: NDArray) -> None:
    """The diagonal may fall to 1 - eps/k: with mu = eps/k these codes contradict the bound."""
    d, m = A.shape
    eps = worst_case_error(A, k=1, scale="optimal").value
    assert slack(d, m, eps) < 0.97


@pytest.mark.parametrize(("d", "m"), [(4, 8), (6, 12), (8, 20)])
def test_random_codes_with_the_best_probes_obey_it(d: int, m: int) -> None:
    for seed in range(3):
        A = gaussian(d, m, rng=np.random.default_rng(seed))
        eps = worst_case_error(A, best_probes(A), k=1).value
        assert slack(d, m, eps / (1 - eps)) >= 1 - ROUNDING


@given(equiangular_frames().flatmap(lambda A: st.tuples(st.just(A), beside(A))))
def test_frames_of_any_size_attain_it_and_codes_beside_them_obey_it(
    codes: tuple[NDArray, NDArray],
) -> None:
    """Turned, from 2^-200 to 2^150 in size, moved by 2^-50 to 1/8 of their largest entry."""
    for A, attained in zip(codes, (True, False), strict=True):
        d, m = A.shape
        A = A / np.linalg.norm(A, axis=0)
        eps = worst_case_error(A, k=1, scale="optimal").value
        count = least_count(m, eps / (1 - eps), 1)
        assert d >= count - ROUNDING
        assert not attained or d == pytest.approx(count, abs=ROUNDING)


def test_no_perturbation_beats_the_icosahedron() -> None:
    """It attains the bound, so neither moving features nor freeing the probes may gain."""
    A, rng = icosahedron(), np.random.default_rng(0)
    for size in np.geomspace(1e-3, 1, 12):
        moved = A + size * rng.standard_normal(A.shape)
        eps = worst_case_error(moved, best_probes(moved), k=1).value
        assert eps > 1 / (1 + np.sqrt(5)) - ROUNDING


@pytest.mark.parametrize("m", [10, 1000, 10**6, 10**12])
@pytest.mark.parametrize("eps", ["1/3", "1/10", "1/40"])
def test_the_inequality_implies_the_form(m: int, eps: str) -> None:
    """The least ratio is at mu = 1/2: log_4 m for large m, 0.088 of the form 9 ln m/ln 3."""
    level = Fraction(eps)
    assert RANK_L1.form is not None
    if level**2 * m >= 1:
        bound = rank_monomial(m, 1, level).d
        assert bound is not None
        assert bound >= RANK_L1.form(m, 1, float(level)) / 12


@pytest.mark.parametrize("m", [100, 10**4, 10**8])
@pytest.mark.parametrize("ratio", [3, 5, 8, 20, 60])
def test_the_explicit_rate_is_weaker_than_the_inequality(m: int, ratio: int) -> None:
    """d >= p (2^{-1/p} mu^{-2}/e - 1) + 1 at p = floor(ln m/(2 ln(1/mu))) >= 1."""
    mu = 1 / (ratio - 1)
    p = int(np.log(m) / (2 * np.log(1 / mu)))
    bound = rank_monomial(m, 2, Fraction(2, ratio)).d
    assert bound is not None
    assert p < 1 or bound >= p * (2 ** (-1 / p) / (mu**2 * np.e) - 1) + 1


@pytest.mark.parametrize("m", [10**3, 10**6, 10**9])
def test_beyond_the_domain_of_the_form_it_is_not_a_law(m: int) -> None:
    """At k = 1, eps = 0.6 one neuron serves every m, and the form grows with ln m."""
    assert RANK_L1.form is not None
    assert RANK_L1.domain is not None
    assert worst_case_error(np.ones((1, 50)), np.full((1, 50), 0.5), k=1).certifies(0.6)
    assert RANK_L1.form(m, 1, 0.6) / 12 > 1
    assert not RANK_L1.domain(m, 1, 0.6)


def test_a_single_feature_is_excluded() -> None:
    """At m = 1 the strict inequality would ask for C(d+p-1, p) > 1, although d = 1 suffices."""
    assert worst_case_error(np.ones((1, 1)), k=1).value == 0
    assert not comb(1 + 2 - 1, 2) > least_count(1, 1 / 3, 2)
    assert RANK_L1.domain is not None
    assert not RANK_L1.domain(1, 1, 0.25)
