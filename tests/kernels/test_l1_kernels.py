"""The kernels of l1 recovery against plain NumPy.

Passes compiled and, with NUMBA_DISABLE_JIT=1, as plain Python.
"""

from typing import cast

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, linprog

from lcs._kernels import interior, proofs
from lcs._kernels.cholesky import factor, gram, solve
from lcs._kernels.exchange import exchange, leaving
from lcs._kernels.few_columns import few_columns
from lcs._kernels.first_proof import fresh_proof, prepared_proof, well_formed
from lcs._kernels.homotopy import append, follow, remove
from lcs._kernels.least_norm import (
    dual_search,
    largest_bits,
    measured_product,
    product,
    refine,
    rounded,
)
from lcs._kernels.passing import passing
from lcs._kernels.shared_proof import combined, shared_proof
from lcs.l1 import _rows, certificates


def positive(n: int, seed: int) -> np.ndarray:
    Q = np.random.default_rng(seed).standard_normal((n + 3, n))
    return Q.T @ Q


@pytest.mark.parametrize("n", [1, 47, 48, 49, 100])
def test_a_gram_matrix_has_its_upper_half(n):
    Q = np.random.default_rng(n).integers(-9, 10, (n, 5)).astype(float)
    G = np.full((n, n), np.nan)
    gram(Q, G)
    np.testing.assert_array_equal(np.triu(G), np.triu(Q @ Q.T))


@pytest.mark.parametrize("n", [1, 2, 7, 30, 60])
def test_factor_and_solve_invert_a_positive_matrix(n):
    G = positive(n, n)
    R = np.full((n, n), np.nan)
    assert factor(G, R, 0, n)
    np.testing.assert_allclose(np.triu(R).T @ np.triu(R), G, rtol=1e-12, atol=1e-12 * n)
    x = np.arange(1.0, n + 1)
    b = G @ x
    solve(R, n, b)
    np.testing.assert_allclose(b, x, rtol=1e-7)


@pytest.mark.parametrize("first", [0, 1, 23, 24, 25, 47, 60])
def test_a_factor_goes_on_from_the_columns_that_are_there(first):
    G = positive(60, 1)
    whole, R = np.zeros((60, 60)), np.full((60, 60), np.nan)
    assert factor(G, whole, 0, 60)
    R[:, :first] = whole[:, :first]
    assert factor(G, R, first, 60)
    np.testing.assert_allclose(np.triu(R), np.triu(whole), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("G", [[[0.0]], [[np.nan]], [[1.0, 2.0], [2.0, 1.0]]])
def test_what_is_not_positive_has_no_factor(G):
    assert not factor(np.array(G), np.empty((len(G), len(G))), 0, len(G))


@given(st.lists(st.floats(), min_size=1, max_size=5))
def test_the_largest_of_a_row_by_its_bits_is_by_its_size_with_nan_on_top(row):
    A, bits = np.array([row, [0.0] * len(row)]), np.empty(2, np.int64)
    largest_bits(A.view(np.int64), bits)
    largest = bits.view(np.float64)
    np.testing.assert_array_equal(largest, [np.max(np.abs(row)), 0.0])
    again, single = np.empty(2, np.int64), np.empty(A.shape, np.float32)
    with np.errstate(all="ignore"):
        ends = rounded(A, A.view(np.int64), single, again)
        np.testing.assert_array_equal(single, A.astype(np.float32))
    np.testing.assert_array_equal(again, bits)
    assert ends == (min(bits), max(bits))


@pytest.mark.parametrize("position", [0, 2, 4])
def test_a_factor_grows_by_a_column_and_shrinks_by_any(position):
    n = 5
    G = positive(n, 0)
    R = np.zeros((n, n))
    for i in range(n):
        assert append(R, i, G[:i, i].copy(), G[i, i], 1e-12)
    np.testing.assert_allclose(np.triu(R).T @ np.triu(R), G, rtol=1e-12)
    remove(R, n, position)
    kept = np.delete(np.arange(n), position)
    small = np.triu(R[: n - 1, : n - 1])
    np.testing.assert_allclose(small.T @ small, G[np.ix_(kept, kept)], rtol=1e-12)
    assert not append(np.array([[1.0, 0], [0, 0]]), 1, np.array([2.0]), 4.0, 1e-12)


@pytest.mark.parametrize("d", [1, 2, 3, 4, 5, 11])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_products_of_integers_are_exact(d, dtype):
    rng = np.random.default_rng(d)
    A, v = rng.integers(-9, 10, (d, 7)).astype(dtype), rng.integers(-9, 10, d).astype(dtype)
    c, again, squares = (np.full(7, np.nan, dtype) for _ in range(3))
    product(v, A, c)
    measured_product(v, A, again, squares)
    np.testing.assert_array_equal(c, v @ A)
    np.testing.assert_array_equal(again, v @ A)
    np.testing.assert_array_equal(squares, np.sum(A * A, axis=0))


@pytest.mark.parametrize("n", [0, 1, 4, 5, 11])
def test_sums_of_rows_of_integers_are_exact(n):
    rng = np.random.default_rng(n)
    X, w = rng.integers(-9, 10, (12, 7)).astype(np.float32), rng.integers(-9, 10, n) * 1.0
    rows, out = rng.choice(12, n, replace=False), np.full(7, np.nan)
    combined(w, rows, X, out)
    np.testing.assert_array_equal(out, w @ X[rows])


@pytest.mark.parametrize("k", [1, 3, 6])
def test_inner_products_alone_lead_to_the_same_proof(k):
    """Of one vector, but for the order of its sums, so that margins differ by single precision."""
    rng, both = np.random.default_rng(k), 0
    for _ in range(10):
        A = rng.standard_normal((30, 50))
        S, s = rng.choice(50, k, replace=False), rng.choice([-1.0, 1.0], k)
        reach = float(np.max(np.linalg.norm(A, axis=0))) * (1 + 1e-12)
        X = A.astype(np.float32)
        one = prepared_proof(A, X, reach, S, s)[0]
        other = shared_proof(A, A.T.copy(), X.T @ X, reach, S, s)
        both += one > 0
        assert (one > 0) == (other > 0)
        assert one == other or abs(one - other) < proofs.COARSE
        assert not shared_proof(A, A.T.copy(), X.T @ X, reach, S[:0], s[:0]) > 0
    assert both >= 3


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_dual_vector_that_is_found_meets_its_conditions(dtype):
    rng = np.random.default_rng(0)
    found = 0
    for k in (1, 2, 3, 5, 8):
        A = rng.standard_normal((20, 50)).astype(dtype)
        S, s = rng.choice(50, k, replace=False), rng.choice([-1.0, 1.0], k).astype(dtype)
        Q, squares = A[:, S].T.copy(), np.empty(50, dtype)
        level, below = np.float32(0.97), np.float32(0.995)
        ok, v, c, G, R = dual_search(A, Q, S, s, level, below, 12, squares)
        if ok:
            found += 1
            np.testing.assert_allclose(v @ A[:, S], s, atol=1e-3)
            assert np.max(np.abs(np.delete(v @ A, S))) < 0.995 + 1e-5
            np.testing.assert_allclose(c, v @ A, atol=20 * 8 * np.finfo(dtype).eps)
            np.testing.assert_allclose(G[:k, :k], Q @ Q.T, rtol=1e-5, atol=1e-4)
            np.testing.assert_allclose(squares, np.sum(A * A, axis=0), rtol=1e-5)
            B = A[:, S].T.astype(np.float64)
            np.testing.assert_allclose(B @ refine(B, 1.0 * s, R, v, 3), s, atol=1e-13)
    assert found >= 2


@pytest.mark.parametrize(
    ("support", "signs", "good"),
    [
        ([2, 0], [1.0, -1.0], True),
        ([], [], True),
        ([2, 0], [1.0], False),
        ([2, 2], [1.0, 1.0], False),
        ([3, 0], [1.0, 1.0], False),
        ([-1, 0], [1.0, 1.0], False),
        ([2, 0], [1.0, 0.5], False),
        ([2, 0], [np.nan, 1.0], False),
    ],
)
def test_a_support_and_signs_are_well_formed_or_not(support, signs, good):
    assert well_formed(np.array(support, np.intp), np.array(signs, np.float64), 3) is good


@pytest.mark.parametrize("seed", range(5))
def test_few_columns_hold_the_signal_or_none_are_found(seed):
    rng = np.random.default_rng(seed)
    A = (rng.standard_normal((60, 150)) / np.sqrt(60)).astype(np.float32)
    z, S = np.zeros(150, np.float32), rng.choice(150, 8, replace=False)
    z[S] = rng.standard_normal(8)
    asked = np.float32(1), 20, np.float32(1.4), 12, 7
    found, T, values = few_columns(A, A @ z, *asked, 1e-5)
    assert found
    assert len(set(T)) == 20
    assert set(S) <= set(T)
    np.testing.assert_allclose(A[:, T] @ values, A @ z, atol=1e-5 * float(np.linalg.norm(A @ z)))
    dense = A @ rng.standard_normal(150).astype(np.float32)
    assert not few_columns(A, dense, *asked, 1e-5)[0]
    assert not few_columns(A, np.float32(np.nan) * dense, *asked, 1e-5)[0]


# --- first proofs -------------------------------------------------------------------------------


@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(0, 8))
def test_a_first_proof_claims_no_more_than_its_vector_shows(seed, k, spoilt):
    """Against exact arithmetic: what v shows, moved to solve A_S^T v' = s."""
    rng = np.random.default_rng(seed)
    A = rng.integers(-4, 5, (8, 16)) * 2.0 ** rng.integers(-1, 2)
    if spoilt == 0:
        A[:, 1] = A[:, 0]
    S, s = rng.choice(16, k, replace=False), rng.choice([-1.0, 1.0], k)
    sized = certificates.sized(A, np.max(np.abs(A), axis=1) + 0.0) if A.any(1).all() else None
    proofs_of = [fresh_proof(A, S, s)]
    if sized is not None and np.all(sized.exponents == 0):
        proofs_of.append(prepared_proof(A, A.astype(np.float32), sized.reach, S, s))
    for i, (margin, v) in enumerate(proofs_of):
        if margin > 0:
            exact = fmpq_mat(8, 16, [fmpq(*x.as_integer_ratio()) for x in A.ravel()])
            w = fmpq_mat(1, 8, [fmpq(*x.as_integer_ratio()) for x in v])
            shown = [float(x) for x in (w * exact).entries()]
            np.testing.assert_allclose(np.array(shown)[S], s, atol=1e-12)
            off = max((abs(x) for j, x in enumerate(shown) if j not in S), default=0.0)
            # the bounds themselves are rounded up by 2^-30 of what they bound, at most 1
            lost = 2.0**-29 + (proofs.COARSE if i == 0 else 0)
            assert 1 - off - lost <= margin <= 1 - off + 2.0**-50


@pytest.mark.parametrize("away", [0.0, 1e-7, 1e-3, 1.0])
@pytest.mark.parametrize("k", [1, 4, 12])
def test_a_found_margin_is_that_of_its_vector_less_how_far_the_products_are_from_it(k, away):
    """Within twice the reach times |v - near|, and never above what v shows."""
    rng = np.random.default_rng(k)
    A, S, s = rng.standard_normal((40, 60)) / 9, np.arange(k), rng.choice([-1.0, 1.0], k)
    Q, reach = A[:, S].T.copy(), float(np.max(np.linalg.norm(A, axis=0))) * (1 + 1e-12)
    v = np.linalg.pinv(Q) @ s
    near = (v + away * rng.standard_normal(40) / 40).astype(np.float32)
    G = (Q.astype(np.float32) @ Q.astype(np.float32).T).astype(np.float32)
    margin = proofs.found_margin(Q, G, near @ A, near, reach, S, s, v)
    shown = 1 - float(np.max(np.abs(np.delete(v @ A, S))))
    if margin > -np.inf:
        lost = 2 * reach * float(np.linalg.norm(v - near))
        assert shown - lost - 2.0**-29 <= margin <= shown
    else:
        assert k == 12 or away >= 1e-3
    assert proofs.found_margin(Q, G, near @ A, near, reach, S, s, v + 1.0) < 0


def test_a_matrix_that_holds_no_number_proves_nothing():
    S, s = np.array([0]), np.ones(1)
    assert fresh_proof(np.array([[1.0, 0.5]]), S, s)[0] == pytest.approx(0.5, abs=2.0**-30)
    with np.errstate(all="ignore"):
        for bad in (np.nan, np.inf, 2.0**30):
            assert not fresh_proof(np.array([[1.0, 0.5], [0.0, bad]]), S, s)[0] > 0
    assert not fresh_proof(np.array([[1.0, 0.5]]), np.arange(2), np.ones(2))[0] > 0  # k > d


@pytest.mark.parametrize("p", [1, 3, 30])
def test_independence_is_proved_from_a_gram_matrix_in_single_precision(p):
    Q = np.random.default_rng(p).standard_normal((p, 2 * p + 8))
    G = Q.astype(np.float32) @ Q.astype(np.float32).T
    least = proofs.least_of_gram(G, p, Q.shape[1])
    assert 0 < least <= np.linalg.svd(Q)[1][-1]
    near = np.vstack([Q, Q[:1] * (1 + 2.0**-20)])  # told apart in float64 alone
    G = near.astype(np.float32) @ near.astype(np.float32).T
    assert proofs.least_of_gram(G, p + 1, Q.shape[1]) == 0


# --- proofs, against the same ones in NumPy -----------------------------------------------------


@pytest.mark.parametrize(("p", "n"), [(1, 1), (3, 9), (30, 40), (12, 11)])
def test_independence_is_proved_where_numpy_proves_it_and_never_above_the_truth(p, n):
    """A shift of 2^-7 of the mean eigenvalue is 2^-6 of what NumPy's proof can reach, or more."""
    Q = np.random.default_rng(p).standard_normal((p, n))
    least = proofs.least_singular(Q)
    assert least >= 2.0**-3 * _rows.least_singular(np.ascontiguousarray(Q.T)) * (1 - 1e-9)
    assert least <= np.linalg.svd(Q)[1][-1] * (1 + 1e-12)
    assert (least > 0) == (p <= n)


@pytest.mark.parametrize("dependent", [False, True])
@pytest.mark.parametrize("d", [2, 20, 60])
def test_rows_are_proved_independent_from_single_precision_only_where_they_are(d, dependent):
    A = np.random.default_rng(d).standard_normal((d, 4 * d))
    if dependent:
        A[0] = A[-1]
    least = proofs.least_of_rounded(A.astype(np.float32), 2 * d)
    if dependent:
        assert least == 0
    else:
        assert 0 < least <= np.linalg.svd(A)[1][-1]


def test_rows_that_differ_by_less_than_single_precision_are_not_told_apart():
    A = np.random.default_rng(0).standard_normal((3, 40))
    A[2] = A[1] + 2.0**-30 * A[0]
    assert proofs.least_of_rounded(A.astype(np.float32), 40) == 0


def test_margins_are_those_of_numpy():
    rng = np.random.default_rng(0)
    A, S, s = rng.standard_normal((12, 30)), np.array([4, 20, 7]), np.array([1.0, -1.0, 1.0])
    case = certificates.sized(A, np.max(np.abs(A), axis=1))
    v = np.asarray(np.linalg.pinv(A[:, S].T) @ s, np.float64)
    h = np.linalg.svd(A)[2][12:].T @ rng.standard_normal(18)
    rows = _rows.independent_rows(A)
    for spoil in (0.0, 1e-3, np.nan):
        ours = proofs.dual_margin(A, A[:, S].T.copy(), case.reach, S, s, v + spoil)
        theirs = certificates.dual_margin(case, S, s, v + spoil)
        shown = 1 - np.max(np.abs(np.delete((v + spoil) @ A, S)))
        # charged for A_S^T v - s by a bound up to 2^3 times smaller: see the test above
        assert shown - 8 * (shown - theirs) - 1e-12 <= ours <= shown or np.isnan(spoil)
        assert np.isfinite(ours) == np.isfinite(theirs) == np.isfinite(spoil)
        ours = proofs.kernel_gain(A, rows.least, rows.reach, S, s, h + spoil)
        np.testing.assert_allclose(ours, certificates.kernel_gain(rows, S, s, h + spoil), rtol=1e-9)


def test_a_vector_too_small_to_square_is_no_certificate():
    A, S, s = np.array([[1.0, 1.0, 0.5]]), np.array([0]), np.ones(1)
    h = np.array([2.0**-600, 0.0, 0.0])  # A h is not 0, but its square is
    rows = _rows.independent_rows(A)
    assert not certificates.kernel_gain(rows, S, s, h) > 0
    assert not proofs.kernel_gain(A, rows.least, rows.reach, S, s, h) > 0


# --- the interior-point method ------------------------------------------------------------------


@pytest.mark.parametrize("k", [0, 1, 4, 7])
def test_the_reduction_holds_the_equations_and_loses_nothing_else(k):
    rng = np.random.default_rng(k)
    A, s = rng.standard_normal((8, 20)), rng.choice([-1.0, 1.0], k)
    S, off = np.arange(k), np.arange(k, 20)
    ok, c, Gt, first, R, X, T = interior.reduce(A, S, s, off)
    assert ok
    w = rng.standard_normal(8 - k)
    v = interior.lifted(first, w, X, T)
    np.testing.assert_allclose(v @ A[:, S], s, atol=1e-12)
    np.testing.assert_allclose(v @ A[:, off], c + w @ Gt, atol=1e-12)
    u = rng.standard_normal(8 - k)
    apart = interior.lifted(first, u, X, T) - v
    assert np.linalg.norm(apart) == pytest.approx(np.linalg.norm(u - w), rel=1e-12)
    z = rng.standard_normal(k)
    where = np.arange(20)
    np.testing.assert_allclose(
        interior.on_support(A, where, np.append(z, np.zeros(20 - k)), R, X, T), z, atol=1e-11
    )
    if k > 1:
        A[:, 1] = A[:, 0]
        assert not interior.reduce(A, S, s, off)[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_steps_close_on_the_optimum_of_a_linear_programme(seed):
    rng = np.random.default_rng(seed)
    c, Gt = rng.standard_normal(14), rng.standard_normal((5, 14))
    ones = np.ones((14, 1))
    solved = linprog(
        np.append(np.zeros(5), 1.0),
        A_ub=np.block([[Gt.T, -ones], [-Gt.T, -ones]]),
        b_ub=np.append(-c, c),
        bounds=(None, None),
    )
    lower, upper, w, y = interior.descend(c, Gt, np.inf, 50)
    assert lower == pytest.approx(solved.fun, rel=1e-7)
    assert upper == pytest.approx(solved.fun, rel=1e-7)
    assert np.max(np.abs(c + w @ Gt)) == pytest.approx(upper, rel=1e-12)
    assert np.sum(np.abs(y)) == pytest.approx(1.0, rel=1e-12)
    assert c @ y == pytest.approx(lower, rel=1e-12)
    np.testing.assert_allclose(Gt @ y, 0, atol=1e-12)


def on_the_path(A, x, T, signs, t):
    """z on T with A_T^T (x - A z) = t signs, and the correlations of its residual."""
    Q = A[:, T]
    z = np.zeros(A.shape[1])
    z[T] = np.linalg.solve(Q.T @ Q, Q.T @ x - t * signs)
    return z, A.T @ (x - A @ z)


@pytest.mark.parametrize("one_sided", [False, True])
def test_the_path_ends_at_a_signal_with_the_image_and_a_dual_vector_of_size_one(one_sided):
    rng = np.random.default_rng(0)
    for _ in range(5):
        A = rng.standard_normal((6, 15))
        x = A @ rng.uniform(0, 1, 15)
        finished, _, n, T, signs = follow(A, x, 0.0, one_sided, 200, 2.0**-40)
        assert finished
        z, c = on_the_path(A, x, T[:n], signs[:n], 0.0)
        np.testing.assert_allclose(c, 0, atol=1e-9)
        np.testing.assert_array_equal(np.sign(z[T[:n]]), signs[:n])
        assert not one_sided or np.all(z >= 0)
        y = np.linalg.lstsq(A[:, T[:n]].T, signs[:n], rcond=None)[0]
        size = y @ A
        assert np.max(size if one_sided else np.abs(size)) <= 1 + 1e-9


@pytest.mark.parametrize("one_sided", [False, True])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.9])
def test_the_path_stops_on_the_support_where_the_residual_meets_sigma(one_sided, share):
    rng = np.random.default_rng(1)
    A, x = rng.standard_normal((6, 15)), rng.standard_normal(6)
    x += A @ np.ones(15)
    sigma = share * np.linalg.norm(x)
    finished, _, n, T, signs = follow(A, x, sigma, one_sided, 200, 2.0**-40)
    assert finished

    def over(t: float) -> float:  # grows with t, along the segment extended too
        return float(np.linalg.norm(x - A @ on_the_path(A, x, T[:n], signs[:n], t)[0])) - sigma

    t = cast(float, brentq(over, 0.0, 1e3, xtol=1e-14))
    z, c = on_the_path(A, x, T[:n], signs[:n], t)
    np.testing.assert_array_equal(np.sign(z[T[:n]]), signs[:n])
    assert np.max(c if one_sided else np.abs(c)) <= t * (1 + 1e-9)


def test_repeated_and_zero_columns_do_not_stop_the_path():
    A = np.array([[1.0, 1.0, 0.0, 2.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0]])
    finished, _, n, T, signs = follow(A, np.array([3.0, -1.0]), 0.0, False, 50, 2.0**-40)
    assert finished
    assert list(T[:n]) == [3, 2]
    assert list(signs[:n]) == [1, -1]


def test_message_passing_is_its_two_lines():
    dtype = np.float32
    rng = np.random.default_rng(0)
    A, x = rng.standard_normal((20, 50)).astype(dtype), rng.standard_normal(20).astype(dtype)
    unit, level = dtype(1 / np.sqrt(20)), dtype(1.5)
    B, b = A.astype(float) * float(unit), x.astype(float) * float(unit)
    z, r = np.zeros(50), b.copy()
    for _ in range(3):
        v, t = z + B.T @ r, float(level) * np.linalg.norm(r) / np.sqrt(20)
        z = np.sign(v) * np.maximum(np.abs(v) - t, 0)
        r = b - B @ z + np.count_nonzero(z) / 20 * r
    found = passing(A, x, unit, level, 3)
    assert found.dtype == dtype
    np.testing.assert_allclose(found, z + B.T @ r, atol=1e4 * float(np.finfo(dtype).eps))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("k", [1, 5])
def test_exchanges_of_columns_end_at_the_least_norm(dtype, k):
    rng = np.random.default_rng(k)
    for _ in range(4):
        A = rng.standard_normal((5, 12)).astype(dtype)
        x = A[:, :k] @ np.ones(k, dtype)
        T = np.arange(4, 9)  # k = 1: z_T does not vanish, but the best has 4 zeros on T
        inverse = np.ascontiguousarray(np.linalg.inv(A[:, T]))
        rounding = np.finfo(dtype).eps
        finished, _, s = exchange(A, x, T, inverse, 100, 256 * rounding, 64 * rounding)
        assert finished
        assert np.unique(T).size == 5
        np.testing.assert_allclose(inverse @ A[:, T], np.eye(5), atol=1e4 * rounding)
        z, y = inverse @ x, s @ inverse
        np.testing.assert_allclose(np.sum(np.abs(z)), s @ z, atol=1e3 * rounding)
        assert np.max(np.abs(y @ A)) <= 1 + 1e4 * rounding


def test_an_exchange_turns_the_signs_of_the_entries_that_it_passes():
    z, s = np.array([1.0, -2.0, 3.0, 0.0]), np.array([1.0, -1.0, 1.0, 1.0])
    u = np.array([1.0, -1.0, 1.0, -5.0])
    theta, p = leaving(z, s, u, -3.0, 1e-12)  # -3, then -1 from 1 on, then 1 from 2 on
    assert (theta, p) == (2.0, 1)
    assert list(s) == [-1, -1, 1, 1]
    assert leaving(z, s.copy(), np.array([0.0, 0.0, 0.0, -1.0]), -1.0, 1e-12)[1] == -1
