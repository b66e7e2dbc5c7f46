"""The greedy choice: the share of a double cap, and codes chosen that way."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from scipy.special import betainc

from lcs.bounds.lower import best_lower, levenshtein
from lcs.bounds.upper import u1
from tests.strategies import incoherent_parameters, parameters

pytestmark = pytest.mark.claim("LCS-u1")


@given(where=incoherent_parameters(max_m=10**12, max_ratio=60))
def test_the_caps_leave_room_at_d_and_not_below(where):
    m, k, eps = where
    d, mu = u1(m, k, eps).d, float(eps / (k - eps))
    assert d is not None
    # betainc has a relative error of about 1e-12.
    assert (m - 1) * betainc((d - 1) / 2, 0.5, 1 - mu**2) < 1 + 1e-9
    assert d == 2 or (m - 1) * betainc((d - 2) / 2, 0.5, 1 - mu**2) > 1 - 1e-9
    assert d >= (best_lower(m, k, eps).d or 0)


@given(where=parameters(max_m=3000, max_ratio=30))
def test_it_is_above_the_lower_bounds_of_its_own_scope(where):
    m, k, eps = where
    d = u1(m, k, eps).d
    assert d is None or d >= (levenshtein(m, k, eps).d or 0)


def test_a_tie_with_one_does_not_suffice():
    """In three dimensions a double cap has the share 1 - mu: at m - 1 = 3, mu = 2/3 they cover."""
    assert u1(4, 1, Fraction(2, 5)).d == 4
    assert u1(4, 1, Fraction(2, 5) + Fraction(1, 10**12)).d == 3


@pytest.mark.parametrize(("d", "mu"), [(2, 0.3), (3, 0.5), (8, 0.25)])
def test_the_share_of_a_double_cap(d, mu):
    x = np.random.default_rng(d).standard_normal((d, 200_000))
    share = np.mean(np.abs(x[0]) >= mu * np.linalg.norm(x, axis=0))
    # Seven standard deviations of a mean of 200,000 coins.
    assert abs(share - betainc((d - 1) / 2, 0.5, 1 - mu**2)) < 7 * 0.5 / 200_000**0.5


@pytest.mark.parametrize(("m", "eps"), [(6, "1/3"), (12, "2/5"), (20, "1/4")])
def test_one_more_column_is_always_found(m, eps):
    """However the first columns were chosen, some point is outside all caps."""
    level = Fraction(eps)
    d, mu = u1(m, 1, eps).d, float(level / (1 - level))
    assert d is not None
    rng = np.random.default_rng(m)
    A = np.zeros((d, 0))
    for _ in range(m):
        x = rng.standard_normal((d, 4000))
        x /= np.linalg.norm(x, axis=0)
        free = np.flatnonzero((np.abs(A.T @ x) < mu).all(axis=0))
        assert free.size
        A = np.hstack([A, x[:, free[:1]]])
    assert np.abs(A.T @ A - np.eye(m)).max() < mu


def test_where_caps_cover_no_columns_need_exist() -> None:
    """One dimension fewer than best_lower allows: the condition fails there, as it must."""
    for m, eps in ((100, "1/4"), (10**4, "1/5")):
        d, level = (best_lower(m, 1, eps).d or 0) - 1, Fraction(eps)
        mu = float(level / (1 - level))
        assert (m - 1) * betainc((d - 1) / 2, 0.5, 1 - mu**2) > 1
