"""10,000 vectors in R^100 within a degree of orthogonal: refuted three times over."""

from fractions import Fraction
from math import acos, cos, degrees, radians, sqrt

import numpy as np
import pytest

from experiments import folklore
from lcs.bounds.enclose import sine
from lcs.bounds.inverse import least_coherence, most_features
from lcs.codes.algebraic import catalogue
from lcs.codes.reed_solomon import rs_simplex

pytestmark = pytest.mark.claim("FOLK-packing-demo")

M, D = 10**4, 100


def test_welch_leaves_few_vectors_at_that_angle():
    """The squares of a Gram matrix of rank 100 sum to m^2/100 at least: m <= 103."""
    s = cos(radians(89)) ** 2
    most = D * (1 - s) / (1 - D * s)
    assert 103 < most < 104
    found = most_features(D, sine(1)[1], strict=False, scope="A = B").value
    assert D <= found <= most


def test_a_simplex_fits():
    """101 vectors at cosine -1/100, which is 89.4 degrees: the claim is right about those."""
    assert sine(1)[0] > 1 / D
    assert most_features(D, sine(1)[1], strict=False, scope="A = B").value >= D + 1


def test_the_least_angle_is_that_of_the_fourth_moment():
    """m = d(d+2)(1-s)/(3-(d+2)s) solved for s, the squared cosine of some pair."""
    s = (3 * M - D * (D + 2)) / ((D + 2) * (M - D))
    row = folklore.least_angle(M, D, list(catalogue(D, m_min=M)))
    assert float(str(row["proved"])) == pytest.approx(degrees(acos(sqrt(s))), abs=1e-9)
    assert float(least_coherence(M, D, scope="A = B").value) == pytest.approx(sqrt(s), abs=1e-11)


def test_random_vectors_obey_the_fourth_moment():
    """Sum of fourth powers of inner products >= 3 m^2/(d(d+2)): the inequality behind it."""
    A = np.random.default_rng(5).standard_normal((D, 2000))
    A /= np.linalg.norm(A, axis=0)
    assert np.sum((A.T @ A) ** 4) >= 3 * 2000**2 / (D * (D + 2))


def test_the_code_behind_what_is_achieved_has_these_angles():
    """Every column against some: d = 100, 14641 columns, 76.7 degrees."""
    code = rs_simplex(11, 3, 10)
    row = folklore.least_angle(M, D, list(catalogue(D, m_min=M)))
    assert row["achieved_by"] == code.name
    A = code.matrix()
    some = np.random.default_rng(6).integers(0, code.m, 40)
    G = np.abs(A[:, some].T @ A)
    G[np.arange(40), some] = 0
    assert code.m >= M
    assert A.shape[0] == D
    assert G.max() == pytest.approx(float(Fraction(23, 100)), abs=D * np.finfo(float).eps)
    assert float(str(row["achieved"])) == pytest.approx(degrees(acos(0.23)), abs=1e-9)
