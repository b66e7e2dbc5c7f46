"""Theorem 3: d = Omega_eps((k^2/ln k) ln(m/k)) for k^{3/2} sqrt5/sqrt m < eps < 1."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.bounds.lower import best_lower
from lcs.claims import claim
from lcs.linear.error import worst_case_error

pytestmark = pytest.mark.claim("GKP26-thm3")

THM3 = claim("GKP26-thm3")

# The explicit rate behind LCS-rank-l2 is (th^2/e - 1) ln m / (2 ln th) as m grows, with
# th = (1 + sqrt(1 - mu^2))/mu. Divided by form/eps^2 it is least, over the k and eps below, at
# k = 2, eps = 9/10, where it is 0.039.
CONSTANT = 1 / 30


def form(m: int, k: int, eps: float = 0.5) -> float:
    assert THM3.form is not None
    return float(THM3.form(m, k, eps))


def in_domain(m: int, k: int, eps: Fraction) -> bool:
    assert THM3.domain is not None
    return bool(THM3.domain(m, k, float(eps)))


def polynomial_code(q: int) -> NDArray[np.float64]:
    """q^3 graphs of polynomials of degree <= 2 over F_q, as vectors in R^{q^2}: they agree in
    at most 2 points, so the coherence is 2/q (DeVore)."""
    a, b, c = (x.ravel() for x in np.meshgrid(*3 * [np.arange(q)], indexing="ij"))
    x = np.arange(q)[:, None]
    A = np.zeros((q * q, q**3))
    A[x * q + (a * x * x + b * x + c) % q, np.arange(q**3)] = 1 / np.sqrt(q)
    return A


@pytest.mark.parametrize("eps", ["1/10", "1/4", "1/2", "9/10"])
def test_every_code_is_above_the_law_on_its_whole_domain(eps: str) -> None:
    level = Fraction(eps)
    for k in (2, 3, 4, 8, 16, 64):
        for m in (10, 30, 100, 1000, 10**4, 10**6, 10**9, 10**12):
            if k <= m and in_domain(m, k, level):
                d = best_lower(m, k, level).d
                assert d is not None
                assert d >= CONSTANT * form(m, k) / float(level) ** 2


@pytest.mark.parametrize(("q", "k"), [(5, 2), (7, 2), (7, 3), (11, 2), (11, 3), (11, 5)])
def test_a_good_code_stays_above_the_lower_bound(q: int, k: int) -> None:
    """The polynomial code reaches error 2k/q in d = q^2 < m: it may not beat the bound."""
    A = polynomial_code(q)
    d, m = A.shape
    eps = Fraction(2 * k, q) + Fraction(1, 10**9)
    assert worst_case_error(A, k=k).certifies(float(eps))
    assert in_domain(m, k, eps)
    necessary = best_lower(m, k, eps).d
    assert necessary is not None
    assert CONSTANT * form(m, k) / float(eps) ** 2 <= necessary <= d < m


def test_erratum_eps_above_one_needs_no_dimension() -> None:
    """A = B = 0 has error exactly 1: for eps > 1 it is within eps for every m, the law is not."""
    for m in (10, 1000):
        assert worst_case_error(np.zeros((1, m)), k=3).certifies(1.0001)
    assert best_lower(10**9, 3, "1.0001").d == 0
    assert form(10**9, 3) > 100
    assert not in_domain(10**9, 3, Fraction("1.0001"))


def test_erratum_k_one_is_outside() -> None:
    """One neuron reads one of any m features to within 1/2, and ln k = 0 leaves no law."""
    for m in (10, 1000):
        one = np.ones((1, m))
        assert worst_case_error(one, one / 2, k=1).certifies(0.51)
    assert np.isnan(form(10**6, 1))
    assert not in_domain(10**6, 1, Fraction(1, 2))


def test_dense_signals_break_the_law() -> None:
    """At k = m/2 the identity needs d = m, and k^2/ln k grows past any multiple of m."""
    shares = [m / form(m, m // 2) for m in (10, 10**3, 10**6)]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < CONSTANT / 10
    assert not in_domain(10**6, 10**6 // 2, Fraction(1, 2))
