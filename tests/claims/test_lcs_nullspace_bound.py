"""The null-space bound: q/lam(q) < m eps/k, and lam(q) itself, attacked."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.lower import best_lower, nullspace, rank_chebyshev, welch
from lcs.l1.nullspace import nullspace_constant
from tests import references as ref
from tests.strategies import parameters

pytestmark = pytest.mark.claim("LCS-nullspace-bound")


def constant(q: int) -> Decimal:
    with localcontext(prec=60):
        return (1 + (q - 1) * Decimal(q + 2).sqrt() / 2) * 2 / (q + 1)


def allowed(q: int, share: Fraction) -> bool:
    """q/lam(q) < share, with 60 digits."""
    with localcontext(prec=60):
        return q / constant(q) < Decimal(share.numerator) / Decimal(share.denominator)


def alpha(A: NDArray) -> float:
    """max over ker A of ||z||_inf/||z||_1: one linear programme per entry."""
    d, m = A.shape
    both = np.hstack([A, -A])
    best = 0.0
    for i in range(m):
        c = np.zeros(2 * m)
        c[i], c[m + i] = -1, 1
        found = linprog(c, np.ones((1, 2 * m)), [1.0], both, np.zeros(d), method="highs")
        best = max(best, -found.fun)
    return best


def weight(U: NDArray) -> float:
    """max over unit t of sum t_i t_j |P_ij|, P the projection onto the columns of U (m, q)."""
    Q = np.linalg.qr(U)[0]
    return float(np.linalg.eigvalsh(np.abs(Q @ Q.T))[-1])


@pytest.mark.parametrize(
    ("q", "value"), [(1, 1), (2, 4 / 3), (3, (1 + 5**0.5) / 2), (7, 5 / 2), (23, 14 / 3)]
)
def test_the_printed_constants(q, value):
    assert float(constant(q)) == pytest.approx(value, abs=1e-15)


@given(where=parameters(max_m=3000, max_ratio=3000))
def test_it_is_the_largest_null_space_that_is_allowed(where):
    m, k, eps = where
    # Beside q/lam(q) = share exactly, where 60 digits decide nothing.
    eps = eps if (eps / k * m).denominator > 1 else eps * (1 - Fraction(1, 10**9))
    share = eps / k * m
    q = max((q for q in range(1, m + 1) if allowed(q, share)), default=0)
    assert nullspace(m, k, eps).d == m - q


@given(q=st.integers(1, 400), more=st.integers(1, 10**6))
def test_ties_are_excluded_by_strictness_alone(q, more):
    """q + 2 a square makes q/lam(q) rational, and it is at most q."""
    q = q * q - 2 if q > 1 else 1
    root = round((q + 2) ** 0.5) if q > 1 else 0
    share = Fraction(q * (q + 1), 2 + (q - 1) * root)
    m = q + more
    at = share / m
    strict, weak = nullspace(m, 1, at).d, nullspace(m, 1, at, strict=False).d
    assert (strict, weak) == (m - q + 1, m - q)


@pytest.mark.parametrize(("m", "q"), [(4, 1), (5, 2), (9, 2), (12, 3), (14, 5), (20, 7)])
def test_null_spaces_obey_it(m, q):
    rng = np.random.default_rng(m)
    for _ in range(3):
        A = np.linalg.svd(rng.standard_normal((q, m)))[2][q:]
        at = alpha(A)
        proved = nullspace_constant(A, 1)
        assert proved.lower <= at + 1e-7, "one number on the l1 side and here"
        assert at <= proved.upper + 1e-7
        assert proved.upper * m * float(constant(q)) >= q
        assert at * m * float(constant(q)) >= q * (1 - 1e-9)
        assert (nullspace(m, 1, at * (1 + 1e-9)).d or 0) <= m - q


def test_the_hexagon_repeated_attains_it():
    """q = 2: directions 60 degrees apart, each s times: alpha_1 = 2/(m lam(2)) = 3/(2m)."""
    for s in (1, 2, 4):
        angle = np.repeat(np.arange(3) * np.pi / 3, s)
        N = np.array([np.cos(angle), np.sin(angle)])
        A = np.linalg.svd(N)[2][2:]
        m = 3 * s
        assert alpha(A) == pytest.approx(3 / (2 * m), abs=1e-9)
        at = Fraction(3, 2 * m)
        assert nullspace(m, 1, at, strict=False).d == m - 2
        assert nullspace(m, 1, at).d == m - 1


@given(seed=st.integers(0, 10**6), q=st.integers(1, 8), more=st.integers(0, 30))
def test_no_projection_is_heavier_than_the_constant(seed, q, more):
    """max sum t_i t_j |P_ij| over all P and t is the largest projection constant."""
    U = np.random.default_rng(seed).standard_normal((q + more, q))
    for _ in range(10):  # climb: for weights t the best P spans the top of t_i t_j sign(P_ij)
        Q = np.linalg.qr(U)[0]
        t = np.abs(np.linalg.eigh(np.abs(Q @ Q.T))[1][:, -1])
        U = np.linalg.eigh(t[:, None] * np.sign(Q @ Q.T) * t)[1][:, -q:]
    assert weight(U) <= float(constant(q)) * (1 + 1e-9)


def test_frames_of_most_lines_attain_the_constant():
    for A, q in ((ref.icosahedron(), 3), (ref.twenty_eight(), 7), (ref.simplex(3), 2)):
        assert weight(A.T) == pytest.approx(float(constant(q)), abs=1e-9)


@pytest.mark.parametrize("q", [2, 3, 5, 10])
def test_it_beats_the_welch_bound_beyond_q_q_plus_1_over_2(q):
    """Largest level that the bounds still exclude, as real numbers."""
    for m in (q * (q + 1) // 2 + 1, q * (q + 1), 10 * q * q):
        here = q / (m * float(constant(q)))
        mu = (q / ((m - q) * (m - 1))) ** 0.5
        assert here > mu / (1 + mu)
        between = (here + mu / (1 + mu)) / 2
        assert (nullspace(m, 1, between).d or 0) > m - q >= (welch(m, 1, between).d or 0)


def test_the_table_gains_one_dimension_twice():
    for ratio, d in ((32, 92), (40, 95)):
        level = Fraction(1, ratio)
        assert best_lower(100, 1, level).d == d == (rank_chebyshev(100, 1, level).d or 0) + 1


def test_a_smaller_constant_would_be_false() -> None:
    """With 0.99 lam(3) the icosahedron's own kernel would be excluded."""
    q, m = 3, 6
    at = alpha(ref.icosahedron())
    assert at * m * float(constant(q)) == pytest.approx(q, abs=1e-6)
    assert at * m * float(constant(q)) * 0.99 < q
