"""Lemma 7 (Alon): entries below e off a unit diagonal force rank Omega(ln n/(e^2 ln(1/e)))."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from flint import fmpz_mat
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from scipy.linalg import hadamard

from lcs.bounds.lower import rank_monomial
from lcs.claims import claim

pytestmark = pytest.mark.claim("GKP26-lem7")

LEM7 = claim("GKP26-lem7")
SMALL = st.integers(-3, 3)

# At e = 1/2 the monomial bound of degree p = log_4 n gives about C(2p-1, p) = n/2, so rank p and
# p / (4 ln n / ln 2) = 1/8: the limit, from above, of the least ratio of the bound to the form.
CONSTANT = 1 / 8


def form(n: int, e: float) -> float:
    assert LEM7.form is not None
    return float(LEM7.form(n, 1, e))


def integer_rank(X: NDArray) -> int:
    return fmpz_mat([[int(x) for x in row] for row in X]).rank()


def squares() -> st.SearchStrategy[NDArray]:
    """Integer matrices P^T Q of rank at most 3, and so seldom of full rank."""
    shape = st.tuples(st.integers(1, 3), st.integers(1, 8))
    factor = shape.flatmap(lambda s: hnp.arrays(np.int64, (2, *s), elements=SMALL))
    return factor.map(lambda F: F[0].T @ F[1])


@given(squares())
def test_rank_is_at_least_trace_squared_over_frobenius_squared(Y: NDArray) -> None:
    assert integer_rank(Y) * int((Y * Y).sum()) >= int(np.trace(Y)) ** 2


@given(squares(), st.integers(1, 4))
def test_an_entrywise_power_has_at_most_binomial_rank(X: NDArray, p: int) -> None:
    r = integer_rank(X)
    assert integer_rank(X.astype(object) ** p) <= comb(r + p - 1, p)


def identity_and_hadamard(s: int) -> tuple[NDArray, float]:
    """A code (4^s, 2 * 4^s) of unit columns with coherence 2^-s."""
    d = 4**s
    return np.hstack([np.eye(d), hadamard(d) / 2.0**s]), 2.0**-s


@pytest.mark.parametrize("s", [2, 3, 4])
def test_a_union_of_two_bases_obeys_it(s: int) -> None:
    A, coherence = identity_and_hadamard(s)
    D = A.T @ A
    n = len(D)
    e = coherence * (1 + 1e-9)
    assert np.abs(D - np.eye(n)).max() < e
    assert 1 / np.sqrt(n) < e < 1 / 2
    assert np.linalg.matrix_rank(D) == 4**s >= CONSTANT * form(n, e)


@pytest.mark.parametrize("n", [10, 100, 10**4, 10**8])
def test_the_identity_obeys_it(n: int) -> None:
    """Rank n, and the form is at most 2n at e = 1/sqrt n, its largest: a ratio of 1/2."""
    assert n >= CONSTANT * form(n, 1.001 / np.sqrt(n))
    assert n / form(n, 1 / np.sqrt(n)) == pytest.approx(0.5)


@pytest.mark.parametrize("seed", range(8))
def test_random_asymmetric_products_obey_the_finite_inequality(seed: int) -> None:
    """C(r+p-1, p) >= n/(1 + (n-1) e^{2p}), with e the largest entry itself."""
    rng = np.random.default_rng(seed)
    r, n = int(rng.integers(2, 12)), 40
    A = rng.standard_normal((r, n))
    B = A + 0.3 * rng.standard_normal((r, n))
    D = B.T @ A
    D /= np.diag(D)[:, None]
    e = np.abs(D - np.eye(n)).max()
    for p in range(1, 8):
        # The entries carry rounding of about 1e-14, far below the slack of 1e-9.
        assert comb(r + p - 1, p) >= n / (1 + (n - 1) * e ** (2 * p)) * (1 - 1e-9)


@pytest.mark.parametrize("n", [10, 100, 10**4, 10**8, 10**12])
@pytest.mark.parametrize("e", ["1/1000", "1/50", "1/10", "1/4", "2/5", "49/100"])
def test_the_finite_inequality_implies_the_law(n: int, e: str) -> None:
    level = Fraction(e)
    if level**2 * n > 1:
        # eps = mu/(1 + mu) at k = 1 puts the entry bound mu at e.
        necessary = rank_monomial(n, 1, level / (1 + level)).d
        assert necessary is not None
        assert necessary >= CONSTANT * form(n, float(level))


def test_the_range_of_e_is_needed() -> None:
    """Below 1/sqrt n the form outgrows rank n; beside 1 a circle has rank 2 for every n."""
    n = 1000
    assert n < CONSTANT / 100 * form(n, 1e-4 / np.sqrt(n))
    angles = np.pi * np.arange(n) / n
    circle = np.cos(angles[:, None] - angles)
    e = np.abs(circle - np.eye(n)).max()
    assert np.linalg.matrix_rank(circle, tol=1e-9) == 2
    assert e < 1
    assert CONSTANT / 100 * form(n, e) > 2
