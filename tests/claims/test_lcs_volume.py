"""The volume bound: ((3-mu)/(1-mu))^d > 2m + 1."""

from fractions import Fraction
from math import cos, floor, pi

import numpy as np
import pytest
from hypothesis import given

from lcs.bounds.lower import rank_chebyshev, volume
from lcs.linear.error import worst_case_error
from tests import references as ref
from tests.strategies import incoherent_parameters, problems

pytestmark = pytest.mark.claim("LCS-volume")


@given(where=incoherent_parameters(max_m=10**12))
def test_it_is_the_least_integer(where):
    m, k, eps = where
    mu = ref.incoherence(k, eps)
    ratio = (3 - mu) / (1 - mu)
    assert volume(m, k, eps).d == ref.least_integer(lambda d: ratio**d > 2 * m + 1)
    if eps < 1:
        weak = ref.least_integer(lambda d: ratio**d >= 2 * m + 1)
        assert volume(m, k, eps, strict=False).d == weak


@given(problem=problems(tiny=False))
def test_no_code_has_fewer_dimensions(problem):
    A, B, k = problem
    scale = worst_case_error(A, B, k=k, scale="optimal").scale
    eps = Fraction(floor(ref.error_exact(A, B, k, scale) * 10**9) + 1, 10**9)
    assert (volume(A.shape[1], k, eps).d or 0) <= A.shape[0]


@pytest.mark.parametrize("m", [2, 3, 5, 17, 1000, 10**6])
def test_lines_in_a_plane_obey_it(m):
    """Angles pi/m apart: mu = cos(pi/m), as near to 1 as the bound ever has to go."""
    mu = Fraction(cos(pi / m)) + Fraction(1, 10**14)
    assert (volume(m, 1, mu / (1 + mu)).d or 0) <= 2


def test_it_is_the_best_bound_for_mu_near_one():
    where = (10**30, 1, Fraction(49999, 100000))
    assert (volume(*where).d or 0) > (rank_chebyshev(*where).d or 0) >= 1


def test_a_smaller_base_would_be_false() -> None:
    """With (2 - mu)/(1 - mu) an orthonormal basis of a plane, mu = 0, would have to have d = 3."""
    assert worst_case_error(np.eye(2), k=1).value == 0
    assert 2**2 < 2 * 2 + 1 < 3**2
