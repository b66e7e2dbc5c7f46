"""Geometry of features: known figures, and what rotations leave alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import ortho_group

from lcs.superposition.geometry import (
    aligned,
    antipodal_pairs,
    canonical,
    collapsed,
    dimensionality,
    dimensions_per_feature,
    directions,
    norms,
    principal,
    superposition,
)
from lcs.superposition.polytopes import POLYTOPES, antiprism, parts, recognise, simplex


def turned(m: int, seed: int) -> NDArray:
    """An orthogonal matrix; m = 1 has the sign alone."""
    rng = np.random.default_rng(seed)
    return np.array([[-1.0]]) if m == 1 else ortho_group.rvs(m, random_state=rng)


def vertices(cosines: NDArray, m: int, seed: int = 0) -> NDArray:
    """Unit columns in R^m with these inner products, in a random orientation and order."""
    values, vectors = np.linalg.eigh(cosines)
    keep = values > 1e-9
    V = np.zeros((m, cosines.shape[0]))
    V[: keep.sum()] = (vectors[:, keep] * np.sqrt(values[keep])).T
    order = np.random.default_rng(seed).permutation(cosines.shape[0])
    return turned(m, seed) @ V[:, order]


@pytest.mark.parametrize("name", POLYTOPES)
def test_every_polytope_is_recognised_in_any_position(name: str) -> None:
    dimension, cosines = POLYTOPES[name]
    for seed in range(3):
        rng = np.random.default_rng(seed)
        V = vertices(cosines, dimension + 1, seed)
        noisy = V * rng.uniform(0.9, 1.1, V.shape[1]) + 0.005 * rng.standard_normal(V.shape)
        assert recognise(noisy) == name
        expected = dimension / V.shape[1]
        if name not in ("triangular bipyramid", "pentagonal bipyramid", "square antiprism"):
            np.testing.assert_allclose(dimensionality(V), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("height", [0.45, 0.6])
def test_antiprisms_of_other_heights_and_things_that_are_none(height: float) -> None:
    assert recognise(vertices(antiprism(height), 3)) == "square antiprism"
    cube = np.array([[x, y, z] for x in (1, -1) for y in (1, -1) for z in (1, -1)]).T
    assert recognise(cube.astype(float)) is None
    assert recognise(np.array([[1.0, 1.0], [0.0, 1.0]])) is None


def test_parts_are_the_factors_of_a_tegum_product() -> None:
    triangle, digon = vertices(simplex(3), 2), np.array([[1.0, -1.0]])
    W = np.zeros((3, 6))
    W[:2, :3], W[2:, 3:5] = triangle, 0.9 * digon
    W[:, 5] = 0.01
    found = parts(turned(3, 1) @ W)
    assert [(p.name, p.members, p.dimension) for p in found] == [
        ("triangle", (0, 1, 2), 2),
        ("digon", (3, 4), 1),
    ]
    assert [p.dimensionality for p in found] == pytest.approx([2 / 3, 1 / 2], abs=1e-3)
    assert recognise(W[:, :5]) == "triangular bipyramid"
    assert parts(np.zeros((2, 3))) == []
    single = parts(np.eye(2))
    assert [(p.name, p.members) for p in single] == [(None, (0,)), (None, (1,))]


def test_what_the_sums_are() -> None:
    W = np.array([[2.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    np.testing.assert_allclose(norms(W), [2, np.sqrt(2), 0])
    np.testing.assert_allclose(superposition(W), [1, 2, 0])  # (e_1 . (1, 1))^2, 4/2
    np.testing.assert_allclose(superposition(W, squared=False), [1, np.sqrt(2), 0])
    assert dimensions_per_feature(W) == pytest.approx(2 / 6)
    assert dimensions_per_feature(np.zeros((2, 2))) == np.inf
    np.testing.assert_allclose(dimensionality(W), [4 / 5, 2 / 4, 0])
    np.testing.assert_allclose(directions(W)[:, 2], 0)


def test_pairs_and_collapsed_sets() -> None:
    W = np.array([[1.0, -0.9, 1.1, 0.0], [0.0, 0.1, 0.1, 1.0]])
    assert antipodal_pairs(W) == [(0, 1), (1, 2)]
    assert collapsed(W, [(0, 2), (0, 1), (1, 3)]) == [0]
    assert collapsed(np.zeros((2, 2)), [(0, 1)]) == []


@given(st.integers(1, 4), st.integers(1, 6), st.integers(0, 10**6))
def test_the_canonical_form_forgets_rotations_and_flips(m: int, n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    W = rng.standard_normal((m, n))
    W[:, rng.random(n) < 0.2] = 0
    Q = turned(m, seed)
    one, two = canonical(W), canonical(Q @ W)
    # Projections of random columns are short, and so amplify rounding, only rarely.
    np.testing.assert_allclose(one, two, rtol=0, atol=1e-9)
    np.testing.assert_allclose(one.T @ one, W.T @ W, rtol=0, atol=1e-9)
    np.testing.assert_allclose(aligned(Q @ W, W), W, rtol=0, atol=1e-12)


def test_canonical_puts_the_first_along_an_axis_and_the_next_above_it() -> None:
    W = turned(2, 3) @ np.array([[0.0, 2.0, 1.0], [0.0, 0.0, -3.0]])
    np.testing.assert_allclose(canonical(W), [[0, 2, 1], [0, 0, 3]], rtol=0, atol=1e-12)


@pytest.mark.parametrize("bad", [np.zeros(3), np.zeros((0, 2)), np.array([[np.nan]])])
def test_bad_matrices_are_refused(bad: NDArray) -> None:
    with pytest.raises(ValueError, match="W must be a non-empty finite"):
        norms(bad)
    with pytest.raises(ValueError, match="agree in shape"):
        aligned(np.eye(2), np.eye(3))


def test_principal_components_are_turned_towards_the_weights() -> None:
    rng = np.random.default_rng(4)
    Q = np.linalg.qr(rng.standard_normal((4, 4)))[0]
    W = rng.standard_normal((2, 4))
    distinct = principal(W, Q @ np.diag([4.0, 3.0, 2.0, 1.0]) @ Q.T)
    np.testing.assert_allclose(distinct @ distinct.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(distinct @ Q[:, 2:], 0, atol=1e-12)
    assert np.sum(distinct * W) >= np.linalg.norm(W @ Q[:, :2], "nuc") - 1e-12
    tied = principal(W, Q @ np.diag([3.0, 3.0, 3.0, 1.0]) @ Q.T)
    np.testing.assert_allclose(tied @ Q[:, 3], 0, atol=1e-12)
    # Of all orthonormal rows in the span of the three: von Neumann's bound is attained.
    assert np.sum(tied * W) == pytest.approx(np.linalg.norm(W @ Q[:, :3], "nuc"))


def test_principal_components_need_shapes_that_fit() -> None:
    with pytest.raises(ValueError, match=r"m <= n.*got \(2, 1\)"):
        principal(np.ones((2, 1)), np.eye(1))
    with pytest.raises(ValueError, match=r"got \(1, 2\), \(3, 3\)"):
        principal(np.ones((1, 2)), np.eye(3))
