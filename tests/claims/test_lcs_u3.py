"""Gordon's escape theorem: its ingredients by other means, and drawn codes."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import minimize_scalar
from scipy.special import gammaln
from scipy.stats import norm

from lcs.bounds.lower import best_lower
from lcs.bounds.upper import u3
from tests.claims.test_lcs_nullspace_bound import alpha
from tests.strategies import incoherent_parameters

pytestmark = pytest.mark.claim("LCS-u3")


def statistical(t: float, m: int, mu: float) -> float:
    return float(1 + t**2 / mu**2 + 2 * (m - 1) * ((1 + t**2) * norm.sf(t) - t * norm.pdf(t)))


def least_statistical(m: int, mu: float) -> float:
    found: Any = minimize_scalar(statistical, bounds=(0, 12), args=(m, mu), method="bounded")
    return found.fun


def margin(d: int, m: int, mu: float) -> float:
    """lam_d - sqrt(sd) - sqrt(2 ln m), in floats."""
    best = least_statistical(m, mu)
    mean = np.sqrt(2) * np.exp(gammaln((d + 1) / 2) - gammaln(d / 2))
    return mean - np.sqrt(best) - np.sqrt(2 * np.log(m))


@given(where=incoherent_parameters(max_m=10**9, max_ratio=100))
def test_it_is_the_least_integer(where):
    m, k, eps = where
    d, mu = u3(m, k, eps).d, float(eps / (k - eps))
    assert d is not None
    # 1e-5 of the radius covers minimize_scalar and log-gamma; one dimension moves it by 1/(2 r).
    slack = 1e-5 * np.sqrt(d)
    assert margin(d, m, mu) > -slack
    assert margin(d - 1, m, mu) < slack if d > 1 else True
    assert d >= (best_lower(m, k, eps).d or 0)


@pytest.mark.parametrize(("m", "ratio"), [(20, 3), (60, 6), (300, 10)])
def test_the_statistical_dimension_of_the_cone(m, ratio):
    """E dist(g, polar)^2, the polar being the multiples t/mu of (-1, [-mu, mu]^(m-1))."""
    mu = 1 / (ratio - 1)
    rng = np.random.default_rng(m)
    t = np.linspace(0, 5, 500)
    draws = []
    for _ in range(400):
        g = rng.standard_normal(m)
        over = np.maximum(np.abs(g[1:])[:, None] - t, 0)
        draws.append(((g[0] + t / mu) ** 2 + (over**2).sum(axis=0)).min())
    bound = least_statistical(m, mu)
    mean, deviation = np.mean(draws), np.std(draws) / len(draws) ** 0.5
    assert mean < bound + 5 * deviation
    # One t for all g costs little.
    assert mean > 0.7 * bound


@pytest.mark.parametrize("seed", range(5))
def test_the_polar_is_polar(seed):
    """<u, z> <= 0 for z with z_1 >= delta ||z||_1 and u = (t/mu)(-1, [-mu, mu])."""
    rng = np.random.default_rng(seed)
    delta = rng.uniform(0.05, 0.45)
    mu = delta / (1 - delta)
    z = rng.standard_normal(10)
    z[0] = mu * np.abs(z[1:]).sum()
    assert z[0] == pytest.approx(delta * np.abs(z).sum())
    u = np.append(-1.0, mu * np.sign(z[1:]))
    assert u @ z == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("m", "eps"), [(60, "2/5"), (80, "3/10")])
def test_a_gaussian_code_of_that_dimension_has_such_probes(m, eps):
    d = u3(m, 1, eps).d
    assert d is not None
    assert d < m
    rng = np.random.default_rng(m)
    assert any(alpha(rng.standard_normal((d, m))) < float(Fraction(eps)) for _ in range(5))


def test_table_entry_that_no_code_gives():
    assert u3(10**4, 1, "1/40").d == 3516


@pytest.mark.parametrize("m", [60])
def test_a_third_of_that_dimension_fails(m):
    d = u3(m, 1, "2/5").d
    assert d is not None
    rng = np.random.default_rng(m)
    assert all(alpha(rng.standard_normal((d // 3, m))) > 0.4 for _ in range(5))
