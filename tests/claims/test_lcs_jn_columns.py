"""Columns of I - B^T A of top-k norm below 1/2 certify recovery: Juditsky and Nemirovski."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import circulant
from scipy.optimize import linprog

from lcs.codes.random import gaussian
from lcs.l1.nullspace import nullspace_constant
from lcs.linear.probes import optimal_probes
from lcs.linear.top_k import column_optimum
from tests.claims.test_lcs_jn_rows import concentration

pytestmark = pytest.mark.claim("LCS-jn-columns")

SOLVED = 1e-6  # what linprog may leave


def best_columns(A: NDArray, k: int) -> float:
    """min over B of the largest ||column of I - B^T A||_[k], one programme over all of B.

    Variables B (d m), S (m m), t (m) and the bound g: k t_j + sum_i S_ij <= g, with
    |M_ij| - t_j <= S_ij and S, t >= 0.
    """
    d, m = A.shape
    read = np.kron(np.eye(m), A.T)  # (B^T A)_ij, i-major, for B given column by column
    e = np.eye(m).ravel()
    slack, level = -np.eye(m * m), -np.tile(np.eye(m), (m, 1))
    none = np.zeros((m * m, 1))
    totals = np.hstack(
        [np.zeros((m, d * m)), np.tile(np.eye(m), m), k * np.eye(m), -np.ones((m, 1))]
    )
    lp = linprog(
        [*np.zeros(d * m + m * m + m), 1],
        A_ub=np.vstack(
            [
                np.hstack([read, slack, level, none]),
                np.hstack([-read, slack, level, none]),
                totals,
            ]
        ),
        b_ub=[*e, *-e, *np.zeros(m)],
        bounds=[(None, None)] * (d * m) + [(0, None)] * (m * m + m + 1),
    )
    return lp.fun


def shift_invariant(m: int) -> NDArray:
    """A code whose kernel is that of a circulant matrix, one line and one plane of frequencies."""
    first = np.ones(m) + 2 * np.cos(2 * np.pi * np.arange(m) / m)
    _, s, V = np.linalg.svd(circulant(first))
    return V[np.count_nonzero(s > 1e-9 * s[0]) :]


CODES = [(4, 7), (5, 7), (6, 7)]


@pytest.mark.parametrize(("d", "m"), CODES)
@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_best_columns_are_at_most_min_1_k_alpha(d: int, m: int, k: int) -> None:
    A = gaussian(d, m, rng=np.random.default_rng(10 * d + m))
    columns, rows = best_columns(A, k), optimal_probes(A).error(k)
    assert columns <= rows + SOLVED
    assert column_optimum(A, k) == pytest.approx(columns, abs=SOLVED), "its dual"
    certified = nullspace_constant(A, k, nodes=0)
    assert certified.columns == pytest.approx(columns, abs=SOLVED), "proved from one B"
    assert concentration(A, k) <= columns + SOLVED
    if k == 1:
        assert columns == pytest.approx(rows, abs=SOLVED)


def test_for_some_code_the_columns_are_strictly_better() -> None:
    A = gaussian(5, 7, rng=np.random.default_rng(57))
    assert best_columns(A, 2) < optimal_probes(A).error(2) - 0.01


@pytest.mark.parametrize("m", [6, 7, 8])
@pytest.mark.parametrize("k", [1, 2])
def test_shift_invariant_kernels_make_rows_and_columns_equal(m: int, k: int) -> None:
    A = shift_invariant(m)
    assert best_columns(A, k) == pytest.approx(optimal_probes(A).error(k), abs=SOLVED)


def test_at_one_half_a_signal_is_lost() -> None:
    """Two equal columns: the best columns reach 1/2 and no less, and nothing tells z from z'."""
    A = np.ones((1, 2))
    assert column_optimum(A, 1) == pytest.approx(0.5, abs=SOLVED)
    assert concentration(A, 1) == pytest.approx(0.5, abs=SOLVED)
