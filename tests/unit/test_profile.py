"""Profiles over (d, k) against recomputation, and crossings against a plain loop."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.codes.random import nested, unit_columns
from lcs.linear.error import worst_case_error
from lcs.linear.profile import Crossing, ErrorProfile, error_profile, minimal_d
from tests import references as ref
from tests.strategies import FLOATS, LAYOUTS, in_layout, raw_rows
from tests.tolerances import gamma, unit_columns_tolerance

FAMILIES: dict[str, dict[str, float]] = {
    "rademacher": {},
    "gaussian": {},
    "spherical": {},
    "sparse_sign": {"density": 0.25},
}
FIELDS = ("error", "scaled_error", "scale", "rounding")


def rows_of(family: Any, D: int, m: int, seed: int, dtype: type = np.float64) -> NDArray:
    rng = np.random.default_rng(seed)
    return nested(family, D, m, rng=rng, dtype=dtype, **FAMILIES[family])


def same_bits(one: ErrorProfile, other: ErrorProfile) -> bool:
    return all(getattr(one, f).tobytes() == getattr(other, f).tobytes() for f in FIELDS)


def assert_shapes(p: ErrorProfile, m: int, ds: list[int], ks: list[int]) -> None:
    assert p.m == m
    assert list(p.ds) == ds
    assert list(p.ks) == ks
    for name in FIELDS:
        assert getattr(p, name).shape == (len(ds), len(ks))
    assert (p.rounding >= 0).all()
    assert (p.scale >= 0).all()


def assert_point_exact(p: ErrorProfile, R: NDArray, i: int, j: int) -> None:
    """Both errors at (ds[i], ks[j]) are within rounding of the exact ones."""
    d, k = int(p.ds[i]), int(p.ks[j])
    error, scaled = ref.profile_point(R, d, k)
    room = Fraction(float(p.rounding[i, j])) + ref.ROOT_ERROR
    assert abs(Fraction(float(p.error[i, j])) - error) <= room, (d, k)
    assert abs(Fraction(float(p.scaled_error[i, j])) - scaled) <= room, (d, k)


# --- the profile ------------------------------------------------------------------------------


@pytest.mark.claim("LCS-worst-case")
@given(R=raw_rows())
def test_profile_is_within_its_rounding_of_the_exact_errors(R):
    """Zero columns stay zero and have error 1; the k largest of m include the diagonal."""
    D, m = R.shape
    ds, ks = list(range(1, D + 1)), list(range(1, m + 1))
    p = error_profile(R, ks=ks, ds=ds)
    assert_shapes(p, m, ds, ks)
    for i in range(D):
        for j in range(m):
            assert_point_exact(p, R, i, j)


@given(R=raw_rows(), data=st.data())
def test_some_checkpoints_and_ks_give_the_matching_part_of_all(R, data):
    D, m = R.shape
    ds = sorted(data.draw(st.sets(st.integers(1, D), min_size=1)))
    ks = sorted(data.draw(st.sets(st.integers(1, m), min_size=1)))
    p = error_profile(R, ks=ks, ds=ds)
    assert_shapes(p, m, ds, ks)
    i, j = data.draw(st.integers(0, len(ds) - 1)), data.draw(st.integers(0, len(ks) - 1))
    assert_point_exact(p, R, i, j)


@pytest.mark.claim("LCS-worst-case")
@given(R=raw_rows())
def test_the_scale_of_a_profile_attains_its_scaled_error(R):
    """c = 1/(1 + T_k - T_{k-1}) is at most 1 and off by at most c^2 times the error of T_k and
    of T_{k-1}, each within k entries of gamma_{d+8}; the objective has slope at most 1 + T_k.
    Where T_{k-1} is so close to 1 that c jumps to 0, the objective itself is that flat."""
    D, m = R.shape
    p = error_profile(R, ks=range(1, m + 1), ds=[D])
    G = ref.unit_gram(R)
    for j, k in enumerate(range(1, m + 1)):
        steepest = 1 + ref.error_of_gram(G, k)
        tolerance = 4 * steepest * k * gamma(D + 8 + k, R.dtype) + ref.ROOT_ERROR
        attained = ref.error_of_gram(G, k, Fraction(float(p.scale[0, j])))
        assert attained <= ref.best_scalar(G, k)[0] + tolerance


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_profile_equals_the_worst_case_of_the_unit_columns_of_each_prefix(family, dtype):
    D, m, ks = 60, 300, [1, 2, 3, 8, 300]
    R = rows_of(family, D, m, 1, dtype)
    ds = [4, 5, 8, 17, 32, 59, 60]
    p = error_profile(R, ks=ks, ds=ds)
    assert_shapes(p, m, ds, ks)
    for i, d in enumerate(ds):
        A = unit_columns(R[:d])
        given_scale = worst_case_error(A, k=ks)
        best_scale = worst_case_error(A, k=ks, scale="optimal")
        for j, k in enumerate(ks):
            room = p.rounding[i, j] + unit_columns_tolerance(d, k, dtype)
            plain, scaled = given_scale[j], best_scale[j]
            assert abs(p.error[i, j] - plain.value) <= room + plain.rounding, (d, k)
            # Twice: min and its computed minimiser each cost one rounding of the objective.
            assert abs(p.scaled_error[i, j] - scaled.value) <= room + 2 * scaled.rounding, (d, k)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("family", FAMILIES)
def test_profile_rounding_is_small_enough_to_be_of_use(family, dtype):
    """k cosines of error gamma_{d+8} each; four times that is ample for its own evaluation."""
    D, ks = 50, [1, 4, 16]
    p = error_profile(rows_of(family, D, 200, 2, dtype), ks=ks, ds=[10, D])
    for j, k in enumerate(ks):
        assert (p.rounding[:, j] <= 4 * k * float(gamma(D + k + 16, dtype)) * 2).all()


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("family", ["rademacher", "spherical"])
def test_the_number_of_threads_does_not_change_a_bit(family, dtype):
    R = rows_of(family, 40, 3000, 3, dtype)
    one, two, every = (
        error_profile(R, ks=[1, 2, 8, 64], ds=[1, 7, 40], threads=n) for n in (1, 2, None)
    )
    assert same_bits(one, two)
    assert same_bits(one, every)


def test_large_profile_agrees_with_numpy():
    R = rows_of("rademacher", 40, 3000, 4)
    p = error_profile(R, ks=[1, 8, 500], ds=[33])
    A = R[:33] / np.sqrt(33)
    for j, k in enumerate((1, 8, 500)):
        room = p.rounding[0, j] + float(gamma(33 + k + 8)) * (1 + k)
        assert abs(p.error[0, j] - ref.error_float(A, None, k)) <= room


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_may_come_in_any_layout_and_are_left_alone(layout, dtype):
    R = rows_of("gaussian", 6, 5, 5, dtype)
    given_R = in_layout(R, layout)
    p = error_profile(given_R, ks=[1, 3, 5], ds=[2, 6])
    assert np.array_equal(given_R, R)
    for i in range(2):
        for j in range(3):
            assert_point_exact(p, R, i, j)


@given(R=raw_rows(), factor=st.integers(-20, 20))
def test_the_length_of_raw_columns_is_irrelevant(R, factor):
    """Powers of two change no bit of a mantissa, so only the stated rounding may differ."""
    D, m = R.shape
    sizes = np.ldexp(1.0, factor * (np.arange(m) % 3 - 1) // 4).astype(R.dtype)
    one = error_profile(R, ks=[m], ds=[D])
    other = error_profile(R * sizes, ks=[m], ds=[D])
    room = one.rounding + other.rounding
    assert (np.abs(one.error - other.error) <= room).all()
    assert (np.abs(one.scaled_error - other.scaled_error) <= room).all()


@pytest.mark.parametrize(
    ("dtype", "exponent"),
    [(np.float64, 600), (np.float64, -600), (np.float32, 100), (np.float32, -100)],
)
def test_rows_whose_squares_leave_the_range_are_measured_right_or_refused(dtype, exponent):
    R = np.ldexp(rows_of("gaussian", 4, 4, 6), exponent).astype(dtype)
    p, refusal = None, ""
    try:
        p = error_profile(R, ks=[1, 2, 4], ds=[2, 4])
    except ValueError as error:
        refusal = str(error)
    if p is None:
        assert refusal
        return
    for i in range(2):
        for j in range(3):
            assert_point_exact(p, R, i, j)


def test_a_column_that_is_still_zero_has_error_at_least_one():
    p = error_profile(np.eye(5), ks=[1, 2, 5], ds=[1, 4, 5])
    assert (p.error[:2] + p.rounding[:2] >= 1).all()
    assert (p.scaled_error[:2] + p.rounding[:2] >= 1).all()
    assert (p.error[2] <= p.rounding[2]).all()


def test_errors_of_two_bases_land_exactly():
    """Coherence 1/2, so T_k = k/2 for k <= 4: scaled errors are 1/3, 2/3 and then 1."""
    p = error_profile(ref.two_bases(), ks=[1, 2, 3, 4], ds=[4])
    assert (np.abs(p.error[0] - [0.5, 1, 1.5, 2]) <= p.rounding[0]).all()
    assert (np.abs(p.scaled_error[0] - [1 / 3, 2 / 3, 1, 1]) <= p.rounding[0] + 1e-16).all()
    assert minimal_d(p, eps=0.5, scaled=False)[0].trivial, "1/2 is not < 1/2"
    k1 = minimal_d(p, eps=0.5 + 1e-9, scaled=False)[0]
    assert (k1.d_sufficient, k1.trivial) == (4, False)


def test_progress_counts_up_to_a_total():
    calls: list[tuple[int, int]] = []
    rows = rows_of("rademacher", 40, 500, 7)
    error_profile(
        rows, ks=[1], ds=range(1, 41), progress=lambda done, total: calls.append((done, total))
    )
    assert calls
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert all(0 <= done <= total for done, total in calls)
    assert len({total for _, total in calls}) == 1


def test_progress_does_not_change_a_bit():
    R = rows_of("gaussian", 20, 300, 8)
    plain = error_profile(R, ks=[1, 4], ds=[5, 20])
    assert same_bits(plain, error_profile(R, ks=[1, 4], ds=[5, 20], progress=lambda *_: None))


# --- crossings --------------------------------------------------------------------------------


@st.composite
def profiles(draw: st.DrawFn) -> ErrorProfile:
    """Errors and roundings that are multiples of 1/64, so levels are hit exactly and often."""
    ds = np.array(sorted(draw(st.sets(st.integers(1, 20), min_size=1, max_size=8))))
    m = draw(st.integers(2, 22))
    ks = np.array(sorted(draw(st.sets(st.integers(1, m), min_size=1, max_size=3))))

    def table(high: int) -> NDArray[np.float64]:
        cells = st.lists(
            st.integers(0, high), min_size=ds.size * ks.size, max_size=ds.size * ks.size
        )
        return np.array(draw(cells), dtype=np.float64).reshape(ds.size, ks.size) / 64

    error = table(40)
    return ErrorProfile(
        m=m,
        ds=ds,
        ks=ks,
        error=error,
        scaled_error=np.minimum(error, table(40)),
        scale=np.ones_like(error),
        rounding=table(2),
    )


@given(
    profile=profiles(),
    levels=st.lists(st.integers(1, 42).map(lambda n: n / 64), min_size=1, max_size=3),
    strict=st.booleans(),
    scaled=st.booleans(),
)
def test_crossings_equal_a_plain_loop(profile, levels, strict, scaled):
    found = minimal_d(profile, eps=levels, strict=strict, scaled=scaled)
    table = profile.scaled_error if scaled else profile.error
    ds = [int(d) for d in profile.ds]

    def crossing(j: int, eps: float) -> tuple[int, bool, int, int]:
        column = table[:, j], profile.rounding[:, j]
        return ref.crossing(ds, profile.m, *column, eps, strict)

    expected = [
        (profile.m, int(k), eps, *crossing(j, eps))
        for j, k in enumerate(profile.ks)
        for eps in levels
    ]
    assert [
        (c.m, c.k, c.eps, c.d_sufficient, c.trivial, c.d_before, c.last_violation) for c in found
    ] == expected


@given(profile=profiles(), level=st.integers(1, 42).map(lambda n: n / 64))
def test_one_level_and_a_list_of_one_are_the_same(profile, level):
    assert minimal_d(profile, eps=level) == minimal_d(profile, eps=[level])


@given(R=raw_rows(), eps=st.floats(0.05, 2), strict=st.booleans())
def test_a_sufficient_d_is_sufficient_exactly(R, eps, strict):
    D, m = R.shape
    p = error_profile(R, ks=range(1, m + 1), ds=range(1, D + 1))
    for scaled in (False, True):
        for c in minimal_d(p, eps=eps, strict=strict, scaled=scaled):
            assert isinstance(c, Crossing)
            assert c.d_before < c.d_sufficient <= m
            assert (c.d_sufficient == m) or not c.trivial
            if not c.trivial:
                true = ref.profile_point(R, c.d_sufficient, c.k)[scaled]
                assert true - ref.ROOT_ERROR <= Fraction(eps)
            if c.last_violation:
                true = ref.profile_point(R, c.last_violation, c.k)[scaled]
                assert true + ref.ROOT_ERROR >= Fraction(eps)


def test_the_identity_crosses_only_at_m_and_trivially():
    p = error_profile(np.eye(6), ks=[1, 3], ds=range(1, 7))
    for c in minimal_d(p, eps=0.75):
        assert (c.d_sufficient, c.trivial, c.d_before, c.last_violation) == (6, True, 5, 5)


def test_an_equiangular_frame_crosses_beyond_its_error_and_not_at_or_below():
    """(7, 28): least error k/4 at the best scale, so no smaller eps, and every larger one."""
    p = error_profile(ref.twenty_eight(), ks=[1, 2, 3], ds=range(1, 8))
    for k in (1, 2, 3):
        below = minimal_d(p, eps=k / 4 * (1 - 1e-9))[k - 1]
        above = minimal_d(p, eps=k / 4 * (1 + 1e-9))[k - 1]
        assert (below.d_sufficient, below.trivial, below.last_violation) == (28, True, 7)
        assert (above.d_sufficient, above.trivial, above.d_before) == (7, False, 6)
