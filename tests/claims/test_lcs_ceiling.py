"""No probes certify more than (1 + sqrt(d(m-1)/(m-d)))/2: rows, columns, and what escapes it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import null_space

from lcs.bounds.recovery import l1_sufficient_d
from lcs.bounds.strong import certificate_ceiling
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.l1.nullspace import nullspace_constant
from lcs.linear.probes import optimal_probes
from lcs.linear.top_k import column_optimum
from tests import references as ref

pytestmark = pytest.mark.claim("LCS-ceiling")

SOLVED = 1e-6  # what HiGHS may leave


def least(d: int, m: int, k: int) -> float:
    """min(1, k mu/(1 + mu)) at Welch's mu."""
    return min(1.0, k / (1 + (d * (m - 1) / (m - d)) ** 0.5))


def isotropic(N: NDArray) -> NDArray:
    """A basis N G of the same space with sum n_i n_i^T/|n_i|^2 a multiple of I, by iteration."""
    for _ in range(3000):
        U = N / np.linalg.norm(N, axis=1, keepdims=True)
        size, V = np.linalg.eigh(U.T @ U)
        if size[-1] - size[0] < 1e-12:
            break
        N = N @ (V / np.sqrt(size)) @ V.T
    return N


def dual_witness(N: NDArray) -> NDArray:
    """W_ij = <n_i, n_j>/|n_i|: its rows lie in the space spanned by the columns of N."""
    N = isotropic(N)
    return (N @ N.T) / np.linalg.norm(N, axis=1)[:, None]


@st.composite
def codes(draw: st.DrawFn) -> NDArray:
    """Gaussian codes with features of very different weight in the kernel."""
    m = draw(st.integers(3, 9))
    d = draw(st.integers(1, m - 1))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return gaussian(d, m, rng=rng) * 10.0 ** rng.uniform(-1, 1, m)


@settings(max_examples=40)
@given(A=codes(), data=st.data())
def test_rows_and_columns_stay_above_it(A, data):
    d, m = A.shape
    k = data.draw(st.integers(1, m - 1))
    assert column_optimum(A, k) >= least(d, m, k) - SOLVED
    assert optimal_probes(A).error(k) >= least(d, m, k) - SOLVED
    if k > certificate_ceiling(d, m):
        assert nullspace_constant(A, k, nodes=0).columns >= 0.5


@settings(max_examples=40)
@given(A=codes())
def test_the_witness_of_the_proof_is_dual_and_as_large(A):
    d, m = A.shape
    W = dual_witness(null_space(A))
    assert np.max(np.abs(A @ W.T)) < 1e-9 * np.max(np.abs(A)) * np.max(np.abs(W))
    for k in range(1, m):
        weight = np.maximum(np.max(np.abs(W), axis=0), np.sum(np.abs(W), axis=0) / k)
        value = np.trace(W) / np.sum(weight)
        assert value >= least(d, m, k) - SOLVED
        assert column_optimum(A, k) >= value - SOLVED


@pytest.mark.parametrize("A", [ref.icosahedron(), ref.simplex(6), ref.simplex(3)])
def test_equiangular_tight_frames_attain_it(A):
    d, m = A.shape
    for k in range(1, m):
        assert column_optimum(A, k) == pytest.approx(least(d, m, k), abs=SOLVED)
        assert optimal_probes(A).error(k) == pytest.approx(least(d, m, k), abs=SOLVED)


def test_climbing_down_does_not_cross_it():
    """(d, m, k) = (9, 11, 4), where the ceiling lies just below 4: the least of columns over A."""
    d, m, k = 9, 11, 4
    assert certificate_ceiling(d, m) == k - 1
    rng = np.random.default_rng(0)
    A, step = gaussian(d, m, rng=rng), 0.3
    best = column_optimum(A, k)
    for _ in range(25):
        B = A + step * rng.standard_normal(A.shape)
        value = column_optimum(B, k)
        A, best, step = (B, value, step * 1.3) if value < best else (A, best, step * 0.9)
    assert best >= least(d, m, k) - SOLVED >= 0.5 - SOLVED


def test_recovery_itself_is_not_held_by_it():
    """The erratum: some code of this shape recovers signals that no probes certify."""
    found = l1_sufficient_d(1000, 100)
    assert found.d == 832
    assert certificate_ceiling(832, 1000) == 35
    erratum = claim("LCS-ceiling").erratum
    assert erratum is not None
    for number in ("832", "1000", "100-sparse", "35"):
        assert number in erratum


def test_mu_in_place_of_mu_over_one_plus_mu_would_be_false() -> None:
    A = ref.icosahedron()
    mu = 5**-0.5
    assert optimal_probes(A).error(1) < mu - 0.1
    assert column_optimum(A, 1) < mu - 0.1
