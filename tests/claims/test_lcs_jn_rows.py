"""Rows of I - B^T A of top-k norm below 1/2 certify recovery by l1-minimisation."""

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.codes.random import gaussian
from lcs.l1.nullspace import nullspace_constant
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes

pytestmark = pytest.mark.claim("LCS-jn-rows")

SOLVED = 1e-6  # what linprog may leave


def concentration(A: NDArray, k: int) -> float:
    """max ||z||_[k] over ker A with ||z||_1 <= 1, one programme for every support and its signs.

    l1-minimisation recovers every k-sparse z exactly when it is below 1/2.
    """
    d, m = A.shape
    best = 0.0
    for support in combinations(range(m), k):
        for signs in product((1, -1), repeat=k - 1):
            c = np.zeros(m)
            c[list(support)] = (1, *signs)
            lp = linprog(
                [*-c, *c],
                A_ub=np.ones((1, 2 * m)),
                b_ub=[1],
                A_eq=np.hstack([A, -A]),
                b_eq=np.zeros(d),
            )
            best = max(best, -lp.fun)
    return best


def recovers(A: NDArray, z: NDArray) -> bool:
    """Whether minimising ||w||_1 under Aw = Az returns z."""
    m = z.size
    lp = linprog(np.ones(2 * m), A_eq=np.hstack([A, -A]), b_eq=A @ z)
    return bool(np.max(np.abs(lp.x[:m] - lp.x[m:] - z)) < SOLVED)


CODES = [(6, 8, 2), (7, 8, 2), (8, 9, 3), (4, 8, 1), (5, 10, 2)]


@pytest.mark.parametrize(("d", "m", "k"), CODES)
def test_the_row_norm_bounds_how_much_a_kernel_vector_concentrates(d: int, m: int, k: int) -> None:
    A = gaussian(d, m, rng=np.random.default_rng(d + m))
    probes = optimal_probes(A)
    error = worst_case_error(A, probes.B, k=k)
    assert probes.error(k) <= error.upper
    share, proved = concentration(A, k), nullspace_constant(A, k)
    assert max(abs(share - proved.lower), abs(share - proved.upper)) < SOLVED
    if error.value < 1:  # otherwise it says nothing of the kernel
        assert share <= error.value + SOLVED


def test_below_one_half_every_sparse_signal_is_recovered() -> None:
    A = np.linalg.svd(np.ones((1, 9)) + np.eye(1, 9))[2][1:]  # alpha_1 = 2/10
    probes = optimal_probes(A)
    k = 2
    assert probes.alpha == pytest.approx(0.2, abs=1e-9)
    assert worst_case_error(A, probes.B, k=k).certifies(0.5)
    for support in combinations(range(9), k):
        for signs in product((1, -1), repeat=k):
            z = np.zeros(9)
            z[list(support)] = signs
            assert recovers(A, z)


def test_at_one_half_it_can_fail() -> None:
    """alpha_1 = 1/(2k): kernel (1, ..., 1) on 2k features, and k ones are as short as k others."""
    k = 2
    A = np.linalg.svd(np.ones((1, 2 * k)))[2][1:]
    assert optimal_probes(A).error(k) == pytest.approx(0.5, abs=1e-9)
    assert concentration(A, k) == pytest.approx(0.5, abs=SOLVED)


def test_it_is_sufficient_and_not_necessary() -> None:
    """Kernel (2, 1, 1, 1, 1, 1): two entries hold 3/7 of it, while 2 alpha_1 = 4/7."""
    A = np.linalg.svd(np.ones((1, 6)) + np.eye(1, 6))[2][1:]
    assert concentration(A, 2) == pytest.approx(3 / 7, abs=SOLVED)
    assert optimal_probes(A).error(2) == pytest.approx(4 / 7, abs=1e-9)
