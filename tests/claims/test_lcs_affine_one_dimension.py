"""A bias, a threshold and any monotone activation save at most one dimension."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.bounds.lower import best_lower
from lcs.codes.random import gaussian, rademacher, spherical
from lcs.linear.affine import affine_error
from lcs.linear.probes import optimal_probes
from lcs.linear.thresholds import Reading, threshold_margin
from tests.references import (
    binary_signals,
    icosahedron,
    integer_code,
    simplex,
    twenty_eight,
    two_bases,
)
from tests.strategies import integer_matrices, ordinary_matrices, shapes

pytestmark = pytest.mark.claim("LCS-affine-one-dimension")

GAP = 1e-9
# linprog is asked for 1e-9 in constraints and optimality, of data of size about 1.
LINPROG = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}


def with_ones(A: NDArray) -> NDArray:
    """A and one row of ones."""
    return np.vstack([A, np.ones(A.shape[1])])


def circle(m: int) -> NDArray:
    """m points on a circle."""
    angles = 2 * np.pi * np.arange(m) / m
    return np.array([np.cos(angles), np.sin(angles)])


def moment_curve(d: int, m: int) -> NDArray:
    """Points whose hull is as neighbourly as d allows."""
    t = np.linspace(-1, 1, m)
    return np.array([t ** (p + 1) for p in range(d)])


def random_codes() -> list[NDArray]:
    """Codes of the sizes at which thresholds begin to work."""
    makers, shapes = (gaussian, rademacher, spherical), [(3, 5), (4, 6), (5, 7), (6, 9)]
    return [
        make(d, m, rng=np.random.default_rng(seed)).astype(np.float64)
        for make in makers
        for d, m in shapes
        for seed in range(2)
    ]


STRUCTURED = [
    simplex(6),
    icosahedron(),
    two_bases(),
    twenty_eight(),
    circle(7),
    moment_curve(4, 7),
    moment_curve(5, 8),
    np.vstack([circle(6), simplex(6)[:2]]),
    integer_code(np.array([[1, 1, 1, -1, -1]])),
    np.hstack([np.eye(3), np.ones((3, 1))]),
    np.hstack([np.eye(3), -np.ones((3, 1))]),
]
CODES = STRUCTURED + random_codes()


def widest(A: NDArray, Z: NDArray, i: int) -> float:
    """max s with s <= <b, Az> - t <= 1 - s where z_i = 1 and the same of -(...) where z_i = 0."""
    d = A.shape[0]
    side = np.where(Z[i] == 1, 1.0, -1.0)
    data = np.column_stack([(A @ Z * side).T, -side])
    one = np.ones((len(side), 1))
    lp = linprog(
        [*np.zeros(d + 1), -1],
        A_ub=np.block([[-data, one], [data, one]]),
        b_ub=[*np.zeros(len(side)), *np.ones(len(side))],
        bounds=[(None, None)] * (d + 2),
        options=LINPROG,
    )
    return -lp.fun


# --- thresholds and affine errors --------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_widest_margin_over_all_binary_signals_is_half_less_the_affine_error(k: int) -> None:
    readings = []
    for A in CODES:
        if A.shape[1] <= 8:
            found = threshold_margin(A, k=k)
            Z = binary_signals(A.shape[1], k)
            for i, status in enumerate(found.status):
                margin = widest(A, Z, i)
                assert found.lower[i] == pytest.approx(margin, abs=1e-8)
                assert found.upper[i] == pytest.approx(margin, abs=1e-8)
                assert status is (Reading.WORKS if margin > 1e-8 else Reading.FAILS)
                readings.append(status)
    assert min(readings.count(status) for status in (Reading.WORKS, Reading.FAILS)) > 10


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_thresholds_found_read_every_binary_signal(k: int) -> None:
    for A in CODES:
        if A.shape[1] <= 9:
            found = threshold_margin(A, k=k)
            Z = binary_signals(A.shape[1], k)
            distance = found.probes.B.T @ A @ Z - found.t[:, None]
            reads = [status is Reading.WORKS for status in found.status]
            np.testing.assert_array_equal((distance > 0)[reads], (Z == 1)[reads])
            low, high = np.abs(distance).min(axis=1), np.abs(distance).max(axis=1)
            # The distances are products of d terms of size about 1.
            assert np.all((low >= found.lower - 1e-12)[reads])
            assert np.all((high <= 1 - found.lower + 1e-12)[reads])


def test_where_none_works_two_mixtures_of_signals_look_alike() -> None:
    for A in CODES:
        found = threshold_margin(A, k=3)
        for n, status in enumerate(found.status):
            if status is Reading.FAILS:
                z, other = found.confused(n)
                assert z[n] == pytest.approx(1, abs=GAP)
                assert other[n] == 0
                assert max(z.max(), other.max(), z.sum() / 3, other.sum() / 3) <= 1 + 1e-14
                np.testing.assert_allclose(A @ z, A @ other, atol=1e-13)


# --- one row of ones ---------------------------------------------------------------------------


def ladder(A: NDArray, k: int) -> None:
    """min(1/2, linear error of A and a row of ones) <= affine error of A <= linear error of A.

    The first is the affine error of A and a row of ones. On its kernel sum w = 0: both parts of w
    sum to ||w||_1/2, so w_i <= 1 binds, or ||w||_1 <= 2k does as for the probes.
    """
    affine, more = affine_error(A, k=k), affine_error(with_ones(A), k=k)
    linear, taller = optimal_probes(A), optimal_probes(with_ones(A))
    assert more.error_lower <= affine.error
    assert affine.error_lower <= k * linear.alpha
    assert min(0.5, k * taller.alpha_lower) <= affine.error
    assert more.error == pytest.approx(min(0.5, k * taller.alpha), abs=(k + 1) * GAP)


@pytest.mark.parametrize("k", [1, 2, 3, 5])
@pytest.mark.parametrize("A", CODES)
def test_affine_errors_lie_between_the_linear_ones(A: NDArray, k: int) -> None:
    ladder(A, min(k, A.shape[1]))


@given(st.data())
def test_so_they_do_for_any_small_code(data) -> None:
    shape = data.draw(shapes(4, 6))
    kind = data.draw(st.sampled_from((integer_matrices, ordinary_matrices)))
    A = data.draw(kind(shape, np.float64))
    # Ill-conditioned codes are left out: their bounds need not meet.
    rank = np.linalg.svd(with_ones(A), compute_uv=False)
    if kind is integer_matrices or rank[-1] > 1e-3 * rank[0]:
        ladder(A, data.draw(st.integers(1, shape[1])))


@pytest.mark.parametrize(("d", "m", "k"), [(3, 5, 2), (3, 8, 2), (5, 8, 3), (2, 4, 2)])
def test_climbing_does_not_reach_a_code_that_the_bound_excludes(d: int, m: int, k: int) -> None:
    """d + 1 < d(m, k, 1/2): the least affine error at k, found by climbing, stays at 1/2."""
    necessary = best_lower(m, k, "1/2").d
    assert necessary is not None
    assert d + 1 < necessary or (d, m, k) == (3, 5, 2)  # there d(5, 2, 1/2) = 4, and 3 fails too
    rng = np.random.default_rng(0)
    A, size = rng.standard_normal((d, m)), 0.5
    least = first = affine_error(A, k=1).error
    for _ in range(40):
        trial = A + size * rng.standard_normal(A.shape)
        error = affine_error(trial, k=1)
        if error.error < least:
            A, least, size = trial, error.error, 1.3 * size
        else:
            size *= 0.93
        assert k * error.error >= 0.5  # which is the error at k unless that is 1/2
    assert least < first


# --- both ends occur ---------------------------------------------------------------------------


@pytest.mark.parametrize("m", [2, 3, 4, 7])
def test_one_dimension_is_saved_from_half_of_the_features_on(m: int) -> None:
    """m/2 <= k < m: d(m, k, 1/2) = m, and the kernel (1, ..., 1) has a sum m > k."""
    for k in range(-(-m // 2), m):
        assert best_lower(m, k, "1/2").d == m
        found = threshold_margin(simplex(m), k=k)
        assert found.works
        assert found.margin == pytest.approx(0.5 - k / (2 * m), abs=GAP)


@pytest.mark.parametrize("m", [1, 2, 3, 6])
def test_none_is_saved_where_every_feature_can_be_active(m: int) -> None:
    """k = m: any kernel vector confuses, so d = m = d(m, m, 1/2)."""
    assert threshold_margin(np.eye(m), k=m).works
    if m > 1:
        for A in (simplex(m), gaussian(m - 1, m, rng=np.random.default_rng(m))):
            assert Reading.FAILS in threshold_margin(A, k=m).status


def test_none_is_saved_for_one_active_feature_of_three_or_more() -> None:
    """d(m, 1, 1/2) = 2: circles work, and on a line a point is inside the hull of 0 and others."""
    assert best_lower(3, 1, "1/2").d == 2
    for m in (3, 8, 40):
        found = threshold_margin(circle(m), k=1)
        assert found.works
        assert not threshold_margin(gaussian(1, m, rng=np.random.default_rng(m)), k=1).works
    assert threshold_margin(np.array([[1.0, -1.0]]), k=1).works  # of two features one is saved
    assert best_lower(2, 1, "1/2").d == 2


def test_signals_with_fewer_active_features_must_count() -> None:
    """Exactly 4 active of 5: the missing one is read from 2 dimensions, though d(5,4,1/2) = 5."""
    A, signals = circle(5), np.ones((5, 5)) - np.eye(5)
    assert all(widest(A, signals, i) > 0.05 for i in range(5))
    assert best_lower(5, 4, "1/2").d == 5
    assert not threshold_margin(A, k=4).works


def test_a_step_reads_without_error_what_thresholds_read() -> None:
    """Hence errors below 1/2 are all that an activation cannot improve on by more."""
    A, k = simplex(4), 3
    found = threshold_margin(A, k=k)
    Z = binary_signals(4, k)
    assert np.array_equal(np.heaviside(found.probes.B.T @ A @ Z - found.t[:, None], 0), Z)
    assert optimal_probes(A).error(k) > 0.5 > affine_error(A, k=k).error > 0.3


def test_pairs_of_features_are_all_told_apart_only_if_thresholds_work() -> None:
    """The converse of being told apart is false: distinct A z need not have disjoint hulls."""
    A = np.array([[1.0, 2.0, 4.0, 8.0]])
    Z = binary_signals(4, 4)
    assert all(x != y for x, y in combinations((A @ Z)[0], 2))
    assert Reading.WORKS not in threshold_margin(A, k=4).status[:3]
