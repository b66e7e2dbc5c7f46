"""The exact worst case error, held against exact rational arithmetic on the stored floats."""

from dataclasses import FrozenInstanceError, fields
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.linear.error import WorstCase, worst_case_error
from tests import references as ref
from tests.strategies import (
    FLOATS,
    LAYOUTS,
    dtypes,
    in_layout,
    matrices,
    pairs,
    problems,
    scalars,
)
from tests.tolerances import error_tolerance, gamma, objective_tolerance, unit_roundoff

LARGE = (40, 3000)


def random_code(d: int, m: int, seed: int, dtype: type = np.float64) -> NDArray:
    A = np.random.default_rng(seed).normal(size=(d, m))
    return (A / np.linalg.norm(A, axis=0)).astype(dtype)


def solve(A: NDArray, B: NDArray | None = None, **options) -> WorstCase:
    """worst_case_error at a single k."""
    found = worst_case_error(A, B, **options)
    assert isinstance(found, WorstCase)
    return found


def bits(w: WorstCase) -> tuple:
    """Every field, to the bit."""
    return tuple(np.asarray(getattr(w, f.name)).tobytes() for f in fields(w))


def assert_guaranteed(w: WorstCase, A: NDArray, B: NDArray | None) -> None:
    """Everything a WorstCase promises, checked without rounding."""
    truth = ref.error_exact(A, B, w.k, w.scale)
    value, rounding = Fraction(w.value), Fraction(w.rounding)
    assert rounding >= 0
    assert abs(value - truth) <= rounding, f"{w.value} +- {w.rounding} misses {float(truth)}"
    assert Fraction(w.lower) <= truth <= Fraction(w.upper)
    assert_witness(w, A.shape[1])
    attained = ref.row_error_of(A, B, w.z, w.feature, w.scale)
    assert attained >= value - rounding
    assert attained <= truth


def assert_witness(w: WorstCase, m: int) -> None:
    assert w.m == m
    assert 0 <= w.feature < m
    assert w.support.shape == w.signs.shape == (w.k,)
    assert w.support.dtype == np.int64
    assert w.signs.dtype == np.int8
    assert len(set(w.support.tolist())) == w.k
    assert set(w.support.tolist()) <= set(range(m))
    assert set(w.signs.tolist()) <= {-1, 0, 1}
    assert w.z.shape == (m,)
    assert w.z.dtype == np.float64
    assert np.array_equal(w.z[w.support], w.signs)
    assert np.count_nonzero(np.delete(w.z, w.support)) == 0


# --- the references agree with one another ----------------------------------------------------


@pytest.mark.claim("LCS-worst-case")
@given(problem=problems(), c=scalars())
def test_sorting_rows_equals_enumerating_every_sparse_sign_vector(problem, c):
    A, B, k = problem
    assert ref.error_exact(A, B, k, c) == ref.error_enumerated(A, B, k, c)


# --- value, rounding and witness --------------------------------------------------------------


@pytest.mark.claim("LCS-worst-case")
@given(problem=problems(), c=scalars())
def test_value_rounding_and_witness_hold_exactly(problem, c):
    A, B, k = problem
    w = solve(A, B, k=k, scale=c)
    assert w.k == k
    assert w.scale == c
    assert_guaranteed(w, A, B)


@given(problem=problems())
def test_value_rounding_and_witness_hold_exactly_at_the_optimal_scale(problem):
    """Where the best scale is beyond the largest float, refusing is the other right answer."""
    A, B, k = problem
    try:
        w = solve(A, B, k=k, scale="optimal")
    except ValueError:
        smallest = min((abs(x) for row in ref.gram(A, B) for x in row if x), default=Fraction(1))
        assert smallest * Fraction(float(np.finfo(A.dtype).max)) < 2**20
        return
    assert np.isfinite(w.scale)
    assert w.scale >= 0
    assert_guaranteed(w, A, B)


@pytest.mark.claim("LCS-worst-case")
@given(problem=problems(), data=st.data())
def test_no_sparse_vector_in_the_cube_does_worse(problem, data):
    A, B, k = problem
    w = solve(A, B, k=k)
    m = A.shape[1]
    support = data.draw(st.permutations(range(m)))[:k]
    z = np.zeros(m)
    z[support] = data.draw(st.lists(st.floats(-1, 1), min_size=k, max_size=k))
    row = data.draw(st.integers(0, m - 1))
    assert ref.row_error_of(A, B, z, row, 1) <= Fraction(w.value) + Fraction(w.rounding)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (7, 17), (33, 16)])
@pytest.mark.parametrize("same", [True, False])
def test_guarantee_holds_at_awkward_shapes(shape, dtype, same):
    A = random_code(*shape, seed=1, dtype=dtype)
    B = None if same else random_code(*shape, seed=2, dtype=dtype)
    for k in {1, (shape[1] + 1) // 2, shape[1]}:
        assert_guaranteed(solve(A, B, k=k, scale=0.75), A, B)


@pytest.mark.parametrize("dtype", FLOATS)
def test_guarantee_holds_where_inner_products_cancel(dtype):
    """b_i^T a_j is a difference of numbers 10^7 times its size."""
    rng = np.random.default_rng(3)
    A, noise = rng.normal(size=(2, 6, 5))
    B = np.vstack([A[:3], -A[:3] * (1 + 1e-7 * noise[:3])]).astype(dtype)
    A = np.vstack([A[:3], A[:3]]).astype(dtype)
    for k in range(1, 6):
        assert_guaranteed(solve(A, B, k=k, scale=1e6), A, B)


@pytest.mark.parametrize(("dtype", "exponent"), [(np.float32, -70), (np.float64, -525)])
def test_guarantee_holds_where_products_are_subnormal_and_the_scale_is_huge(dtype, exponent):
    A = np.ldexp(random_code(4, 5, seed=4), exponent).astype(dtype)
    c = 2.0 ** min(-2 * exponent, 1000)
    for k in (1, 3, 5):
        assert_guaranteed(solve(A, k=k, scale=c), A, None)


@pytest.mark.parametrize("dtype", FLOATS)
def test_zero_code_has_error_exactly_one(dtype):
    A = np.zeros((3, 4), dtype)
    for k in (1, 4):
        w = solve(A, k=k)
        assert w.lower <= 1 <= w.upper
        assert_guaranteed(w, A, None)


@pytest.mark.parametrize("dtype", FLOATS)
def test_identity_has_no_error(dtype):
    w = solve(np.eye(6, dtype=dtype), k=3)
    assert_guaranteed(w, np.eye(6, dtype=dtype), None)
    assert w.value <= w.rounding
    assert w.certifies(0.01)


@pytest.mark.claim("LCS-worst-case")
def test_figure_1_has_no_error_although_its_representations_are_not_orthogonal():
    """GKP26 figure 1: B^T A = I; sqrt 3 and 1/sqrt 3 are rounded, hence the tolerance."""
    r = np.sqrt(3)
    A = np.array([[1 / 2, 1], [r / 2, 0]])
    B = np.array([[0, 1], [2 / r, -1 / r]])
    w = solve(A, B, k=2)
    assert abs(A[:, 0] @ A[:, 1]) >= 0.5
    assert w.value <= 2 * error_tolerance(A, B, 2)


@pytest.mark.parametrize("dtype", FLOATS)
def test_rounding_is_small_enough_to_be_of_use(dtype):
    """No standard analysis of a sum of k inner products of length d needs four times this."""
    d, k = 40, 8
    A, B = random_code(d, 200, 5, dtype), random_code(d, 200, 6, dtype)
    for other in (None, B):
        w = solve(A, other, k=k)
        assert w.rounding <= 4 * k * float(gamma(d + k + 8, dtype)) * 2.001


@pytest.mark.parametrize("same", [True, False])
def test_large_float32_agrees_with_float64_within_its_rounding(same):
    A = random_code(*LARGE, seed=7, dtype=np.float32)
    B = None if same else random_code(*LARGE, seed=8, dtype=np.float32)
    wide_A, wide_B = A.astype(np.float64), None if B is None else B.astype(np.float64)
    for w in worst_case_error(A, B, k=(1, 8, 100), scale=0.5):
        truth = ref.error_float(A, B, w.k, 0.5)
        assert abs(w.value - truth) <= w.rounding + error_tolerance(wide_A, wide_B, w.k, 0.5)
        probe = (wide_A if wide_B is None else wide_B)[:, w.feature]
        assert abs(0.5 * probe @ (wide_A @ w.z) - w.z[w.feature]) >= w.lower - error_tolerance(
            wide_A, wide_B, w.k, 0.5
        )
        assert_witness(w, LARGE[1])


@pytest.mark.parametrize("same", [True, False])
def test_large_float64_agrees_with_numpy(same):
    A = random_code(*LARGE, seed=9)
    B = None if same else random_code(*LARGE, seed=10)
    for w in worst_case_error(A, B, k=(1, 8, 3000)):
        truth = ref.error_float(A, B, w.k)
        assert abs(w.value - truth) <= w.rounding + error_tolerance(A, B, w.k)


# --- one k and many, one thread and two -------------------------------------------------------


@given(pair=pairs(), scale=st.one_of(scalars(), st.just("optimal")), data=st.data())
def test_many_k_at_once_equal_each_k_alone_to_the_bit(pair, scale, data):
    A, B = pair
    ks = data.draw(st.permutations(range(1, A.shape[1] + 1)))
    try:
        together = worst_case_error(A, B, k=ks, scale=scale)
    except ValueError:
        assume(False)
        return
    assert isinstance(together, tuple)
    assert [w.k for w in together] == ks
    for w in together:
        assert bits(w) == bits(solve(A, B, k=w.k, scale=scale))


@pytest.mark.parametrize("scale", [1.0, 0.3, "optimal"])
@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("case", ["same", "passed", "other"])
def test_the_number_of_threads_does_not_change_a_bit(case, dtype, scale):
    A = random_code(*LARGE, seed=11, dtype=dtype)
    B = {"same": None, "passed": A, "other": random_code(*LARGE, seed=12, dtype=dtype)}[case]
    one, two, every = (
        worst_case_error(A, B, k=(1, 5, 64), scale=scale, threads=n) for n in (1, 2, None)
    )
    for first, second, third in zip(one, two, every, strict=True):
        assert bits(first) == bits(second) == bits(third)


def test_many_k_at_once_equal_each_k_alone_to_the_bit_over_several_blocks():
    A = random_code(*LARGE, seed=13)
    for scale in (1.0, "optimal"):
        for w in worst_case_error(A, k=(64, 1, 5), scale=scale):
            assert bits(w) == bits(solve(A, k=w.k, scale=scale))


@pytest.mark.parametrize("dtype", FLOATS)
def test_passing_b_equal_to_a_agrees_with_leaving_it_out(dtype):
    A = random_code(*LARGE, seed=14, dtype=dtype)
    for B in (A, A.copy()):
        one, other = solve(A, k=8), solve(A, B, k=8)
        assert max(one.lower, other.lower) <= min(one.upper, other.upper)


# --- the best scale ---------------------------------------------------------------------------


def slack(A: NDArray, B: NDArray | None, k: int, c: Fraction) -> Fraction:
    """How far a computed E_k(A, cB) can be from the exact one."""
    return objective_tolerance(ref.absolute_gram(A, B), A.shape[0], k, c, A.dtype)


@pytest.mark.claim("LCS-worst-case")
@given(problem=problems(tiny=False))
def test_no_scale_is_better_than_the_optimal_one(problem):
    """The computed objective is within slack(c) of the exact f at each c, so its minimiser c has
    f(c) <= min f + slack(c) + slack(c*). The lines that meet there have slopes of opposite sign,
    so rounding moves c by at most 8 u c, and f by at most 8 u c times its steepest slope."""
    A, B, k = problem
    G, size = ref.gram(A, B), ref.absolute_gram(A, B)
    least, best = ref.best_scalar(G, k)
    w = solve(A, B, k=k, scale="optimal")
    c = Fraction(w.scale)
    slope = max(ref.largest_sum(row, k) for row in size)
    tolerance = slack(A, B, k, c) + slack(A, B, k, best) + 8 * unit_roundoff(A.dtype) * c * slope
    assert c >= 0
    assert ref.error_of_gram(G, k, c) <= least + tolerance
    assert Fraction(w.value) >= least - Fraction(w.rounding)


@given(problem=problems(tiny=False), c=scalars())
def test_optimal_scale_is_no_worse_than_any_given_scale(problem, c):
    A, B, k = problem
    w, other = solve(A, B, k=k, scale="optimal"), solve(A, B, k=k, scale=c)
    u = unit_roundoff(A.dtype)
    slope = max(ref.largest_sum(row, k) for row in ref.absolute_gram(A, B))
    at = Fraction(w.scale)
    tolerance = slack(A, B, k, at) + slack(A, B, k, Fraction(c)) + 8 * u * at * slope
    assert Fraction(w.lower) <= Fraction(other.upper) + tolerance


@pytest.mark.parametrize(
    ("A", "mu"),
    [(ref.simplex(5), 1 / 4), (ref.icosahedron(), 5**-0.5), (ref.twenty_eight(), 1 / 3)],
    ids=["simplex", "icosahedron", "28 in 7"],
)
def test_optimal_scale_of_an_equiangular_frame_is_one_over_one_plus_mu(A, mu):
    """Error k mu/(1 + mu) as long as (k - 1) mu < 1; the frames are rounded, hence tolerances."""
    for k in range(1, int(np.ceil(1 / mu)) + 1):
        w = solve(A, k=k, scale="optimal")
        tolerance = 2 * error_tolerance(A, None, k)
        assert abs(w.value - k * mu / (1 + mu)) <= w.rounding + tolerance
        assert abs(w.scale - 1 / (1 + mu)) <= 4 * (w.rounding + tolerance)


@given(problem=problems(tiny=False))
def test_optimal_error_is_at_most_one(problem):
    """c = 0 has error exactly 1, and is among the scales."""
    A, B, k = problem
    w = solve(A, B, k=k, scale="optimal")
    assert w.lower <= 1


# --- what any E_k must satisfy ----------------------------------------------------------------


@pytest.mark.claim("LCS-worst-case")
@given(pair=pairs(), c=scalars())
def test_error_grows_with_k_and_at_most_in_proportion(pair, c):
    A, B = pair
    found = worst_case_error(A, B, k=range(1, A.shape[1] + 1), scale=c)
    for w, after in pairwise(found):
        assert w.lower <= after.upper
    for w in found:
        assert Fraction(w.lower) <= w.k * Fraction(found[0].upper)


@given(problem=problems(), c=scalars(), data=st.data())
def test_error_ignores_the_order_and_signs_of_features(problem, c, data):
    A, B, k = problem
    m = A.shape[1]
    order = data.draw(st.permutations(range(m)))
    signs = np.array(data.draw(st.lists(st.sampled_from((-1, 1)), min_size=m, max_size=m)))
    one = solve(A, B, k=k, scale=c)

    def moved(X: NDArray) -> NDArray:
        return (X * signs.astype(X.dtype))[:, order]

    other = solve(moved(A), None if B is None else moved(B), k=k, scale=c)
    assert max(one.lower, other.lower) <= min(one.upper, other.upper)


@given(problem=problems(tiny=False), e=st.integers(-3, 3))
def test_scaling_the_probes_by_a_power_of_two_is_the_same_as_the_scale(problem, e):
    A, B, k = problem
    probes = ((A if B is None else B) * 2.0**e).astype(A.dtype)
    one, other = solve(A, B, k=k, scale=2.0**e), solve(A, probes, k=k)
    assert max(one.lower, other.lower) <= min(one.upper, other.upper)


@given(A=matrices(), layout=st.sampled_from(LAYOUTS), other=st.sampled_from(LAYOUTS))
def test_any_memory_layout_is_read_right_and_left_alone(A, layout, other):
    B = np.array(A[:, ::-1])
    given_A, given_B = in_layout(A, layout), in_layout(B, other)
    for probes, theirs in ((given_B, B), (None, None)):
        assert_guaranteed(solve(given_A, probes, k=A.shape[1]), A, theirs)
    assert np.array_equal(given_A, A)
    assert np.array_equal(given_B, B)


# --- certificates -----------------------------------------------------------------------------


@given(problem=problems(), eps=st.floats(2**-20, 4), strict=st.booleans())
def test_a_certificate_is_never_wrong(problem, eps, strict):
    A, B, k = problem
    w = solve(A, B, k=k)
    truth, level = ref.error_exact(A, B, k), Fraction(eps)
    if w.certifies(eps, strict=strict):
        assert truth < level or (truth == level and not strict)
    else:
        assert Fraction(w.upper) * (1 + 4 * unit_roundoff(np.float64)) >= level


@given(problem=problems())
def test_a_certificate_is_strict_unless_asked_otherwise(problem):
    A, B, k = problem
    w = solve(A, B, k=k)
    assert not w.certifies(w.upper)
    assert w.certifies(w.upper, strict=False)
    assert w.certifies(np.nextafter(w.upper, np.inf))


def test_an_error_that_lands_exactly_on_eps_is_not_certified():
    """Identity beside Hadamard/2: every sum is exact, E_k = k/2 for k <= 4."""
    for w in worst_case_error(ref.two_bases(), k=(1, 2, 3, 4)):
        assert w.lower <= w.k / 2 <= w.upper
        assert not w.certifies(w.k / 2)
        assert w.certifies(w.k / 2 + 1e-9)


def test_the_result_cannot_be_changed():
    w = solve(np.eye(3), k=1)
    with pytest.raises(FrozenInstanceError):
        w.value = 0.0  # pyright: ignore[reportAttributeAccessIssue]
    assert not hasattr(w, "__dict__")


# --- products at the end of the range ---------------------------------------------------------


@given(dtype=dtypes(), d=st.integers(1, 4), m=st.integers(1, 5), data=st.data())
def test_near_overflow_the_answer_is_guaranteed_or_refused(dtype, d, m, data):
    """Refused only if k <= 8 products of columns come within a factor of 1/u of overflow."""
    top, spare = int(np.finfo(dtype).maxexp), int(np.finfo(dtype).nmant) + 1
    exponent = data.draw(st.integers(top // 2 - spare, top // 2 + 4))
    A = np.ldexp(random_code(d, m, seed=m), exponent).astype(dtype)
    k = data.draw(st.integers(1, m))
    w, refusal = None, ""
    try:
        w = solve(A, k=k)
    except ValueError as error:
        refusal = str(error)
    if w is None:
        assert refusal
        assert 2 * exponent + 3 >= top - spare, refusal
    else:
        assert np.isfinite([w.value, w.rounding]).all()
        assert_guaranteed(w, A, None)
