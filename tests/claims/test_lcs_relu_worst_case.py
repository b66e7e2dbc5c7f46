"""The worst case of a ReLU decoder, from sorted interference and one interior point."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs.linear.activations import affine_worst_case, relu_worst_case
from tests.references import binary_signals, gram
from tests.strategies import integer_matrices, matrices, ordinary_matrices, shapes

pytestmark = pytest.mark.claim("LCS-relu-worst-case")

# linprog is asked for 1e-9 in constraints and optimality, of data of size about 10.
LINPROG = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}


def missing(row: NDArray, c: float, k: int, i: int) -> float:
    """sup z_i - relu(<row, z> + c) = min(z_i, z_i - <row, z> - c): a programme per support."""
    m, best = row.size, 0.0
    e = np.eye(m)[i]
    for support in combinations(range(m), k):
        free = np.isin(np.arange(m), support)
        lp = linprog(
            [*np.zeros(m), -1.0],
            A_ub=[[*-e, 1.0], [*(row - e), 1.0]],
            b_ub=[0.0, -c],
            bounds=[*((0, float(f)) for f in free), (None, None)],
            options=LINPROG,
        )
        best = max(best, -lp.fun)
    return best


@st.composite
def decoders(draw: st.DrawFn) -> tuple[NDArray, NDArray, NDArray, int]:
    """(A, B, c, k) of entries of size about 1; gains on both sides of 1."""
    shape = draw(shapes(3, 5))
    kind = draw(st.sampled_from((integer_matrices, ordinary_matrices)))
    A, B = draw(kind(shape, np.float64)), draw(kind(shape, np.float64))
    c = draw(hnp.arrays(np.float64, shape[1], elements=st.floats(-2, 2, width=16)))
    return A, B, c, draw(st.integers(1, shape[1]))


def exact_error(A: NDArray, B: NDArray, c: NDArray, z: NDArray, i: int) -> Fraction:
    """|relu(<b_i, Az> + c_i) - z_i| of the stored numbers."""
    terms = (x * Fraction(float(y)) for x, y in zip(gram(A, B)[i], z, strict=True))
    return abs(max(sum(terms, Fraction(float(c[i]))), Fraction(0)) - Fraction(float(z[i])))


@given(decoders())
def test_the_witness_attains_the_value(problem) -> None:
    A, B, c, k = problem
    found = relu_worst_case(A, B, c, k=k)
    z, i = found.z, found.feature
    assert np.count_nonzero(z) <= k
    assert np.all((z >= 0) & (z <= 1))
    # A computed z_i = q/g, g > 1, is off by at most rounding/g, and g z_i by the rounding.
    slack = 3 * float(found.rounding[i])
    assert abs(float(exact_error(A, B, c, z, i)) - found.value) <= slack


@given(decoders(), st.data())
def test_no_signal_exceeds_the_value(problem, data) -> None:
    A, B, c, k = problem
    m = A.shape[1]
    found = relu_worst_case(A, B, c, k=k)
    z = np.zeros(m)
    support = data.draw(st.permutations(range(m)))[:k]
    z[support] = data.draw(hnp.arrays(np.float64, k, elements=st.floats(0, 1)))
    for i in range(m):
        bound = Fraction(float(found.values[i])) + Fraction(float(found.rounding[i]))
        assert exact_error(A, B, c, z, i) <= bound


@pytest.mark.parametrize("k", [1, 2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_against_all_binary_signals_and_a_programme_per_support(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    m = 4
    A, B = rng.standard_normal((2, 3, m))
    c = rng.standard_normal(m) / 2
    X, Z = B.T @ A, binary_signals(m, k)
    found = relu_worst_case(A, B, c, k=k)
    # relu(u) - z_i is convex in z: its supremum is at a binary signal.
    over = (np.maximum(X @ Z + c[:, None], 0) - Z).max(axis=1)
    np.testing.assert_allclose(found.over, np.maximum(over, 0), atol=1e-12)
    under = [missing(X[i], c[i], k, i) for i in range(m)]
    np.testing.assert_allclose(found.under, under, atol=1e-8)


def test_a_grid_finds_the_interior_point_that_binary_signals_miss() -> None:
    """Gain 2 and bias -1: relu(2t - 1) is 1/2 short at t = 1/2, and exact at 0 and 1."""
    A = np.array([[2.0]])
    found = relu_worst_case(A, np.array([[1.0]]), [-1.0], k=1)
    t = np.linspace(0, 1, 2001)
    grid = np.abs(np.maximum(2 * t - 1, 0) - t)
    assert found.value == grid.max() == 0.5
    assert found.z == [0.5]
    assert grid[[0, -1]].max() == 0


def test_antipodal_pairs_are_read_without_error_one_at_a_time() -> None:
    A = np.hstack([np.eye(5), -np.eye(5)])
    none = np.zeros(10)
    assert relu_worst_case(A, None, none, k=1).value == 0
    assert relu_worst_case(A, None, none, k=2).value == 1
    assert affine_worst_case(A, None, none, k=1).value == 1  # the ReLU is what frees them
    z = np.eye(10)[0] * -1.0  # outside the domain no ReLU is right
    assert np.max(np.abs(np.maximum(A.T @ A @ z, 0) - z)) >= 1


# --- the same rows without activation ----------------------------------------------------------


@given(decoders())
def test_without_activation_binary_signals_are_the_worst(problem) -> None:
    A, B, c, k = problem
    found = affine_worst_case(A, B, c, k=k)
    m = A.shape[1]
    X, Z = gram(A, B), binary_signals(m, k).T
    errors = [
        [sum((x for x, on in zip(X[i], z, strict=True) if on), Fraction(float(c[i]))) - int(z[i])
         for z in Z]
        for i in range(m)
    ]  # fmt: skip
    for i, row in enumerate(errors):
        slack = Fraction(float(found.rounding[i]))
        assert abs(max(row) - Fraction(float(found.over[i]))) <= slack
        assert abs(-min(row) - Fraction(float(found.under[i]))) <= slack
    attained = abs(errors[found.feature][[tuple(z) for z in Z].index(tuple(found.z))])
    assert abs(float(attained) - found.value) <= found.rounding[found.feature]


@given(st.data())
def test_any_code_gives_a_finite_value(data) -> None:
    """Also where columns repeat, vanish, or differ in size by hundreds of binary orders."""
    A = data.draw(matrices())
    k = data.draw(st.integers(1, A.shape[1]))
    c = data.draw(hnp.arrays(np.float64, A.shape[1], elements=st.floats(-2, 2)))
    relu, plain = (f(A, None, c, k=k) for f in (relu_worst_case, affine_worst_case))
    assert np.all(np.isfinite(relu.values) & np.isfinite(plain.values))
    assert np.all(relu.values <= np.maximum(plain.values, 0) + plain.rounding)
    assert np.all(relu.under <= 1)


def test_a_choice_of_features_and_blocks_of_rows_agree() -> None:
    rng = np.random.default_rng(0)
    A, c = rng.standard_normal((4, 3000)), rng.standard_normal(3000)
    every = relu_worst_case(A, None, c, k=5)  # several blocks
    some = relu_worst_case(A, None, c, k=5, features=[2999, 7])
    np.testing.assert_allclose(some.values, every.values[[2999, 7]], rtol=1e-12)
    assert some.feature == [2999, 7][int(np.argmax(some.values))]
