"""Bounds proved from y and z alone: true for any y and z, tight for good ones."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from lcs.codes.random import gaussian
from lcs.linear.certificates import banded, certify, check_certificates, kernel_slack, scaled
from lcs.linear.probes import Probes, optimal_probes
from tests.references import absolute_gram, alphas, exact, gram, largest_sum, residual
from tests.strategies import integer_matrices, ordinary_matrices, shapes
from tests.tolerances import gamma, smallest_subnormal


def entries(shape: tuple[int, ...]) -> st.SearchStrategy[NDArray]:
    """Numbers of size about 1."""
    return hnp.arrays(np.float64, shape, elements=st.floats(-2, 2, allow_subnormal=False))


@st.composite
def guesses(draw: st.DrawFn) -> tuple[NDArray, NDArray, NDArray]:
    """A with any probes and any vectors, optimal ones disturbed or drawn at random."""
    shape = draw(shapes(3, 5))
    A = draw(st.one_of(integer_matrices(shape, np.float64), ordinary_matrices(shape, np.float64)))
    if draw(st.booleans()):
        return A, draw(entries(shape)), draw(entries((shape[1], shape[1])))
    probes = optimal_probes(A)
    size = 10.0 ** draw(st.integers(-17, -1))
    disturbed = probes.duals + size * draw(entries(probes.duals.shape))
    return A, probes.B + size * draw(entries(shape)), disturbed


@given(guesses())
def test_bounds_hold_whatever_they_are_made_from(guess) -> None:
    A, B, Z = guess
    m = A.shape[1]
    found = certify(A, B, Z, np.arange(m))
    errors = [largest_sum(row, 1) for row in residual(gram(A, B))]
    sizes = [max(row) for row in absolute_gram(A, B)]
    for i, value in enumerate(alphas(A)):
        assert errors[i] <= Fraction(float(found.upper[i]))
        # gamma_10 of |B|^T |A| + 1 covers d <= 3 products and what bounds the bound; and as much
        # again for the true error.
        loose = 2 * gamma(10) * (sizes[i] + 1) + smallest_subnormal(np.float64)
        assert Fraction(float(found.upper[i])) - errors[i] <= loose
        if np.isinf(found.reach):
            assert Fraction(float(found.lower[i])) <= value


@given(guesses(), st.lists(st.integers(-300, 300), min_size=3, max_size=3))
def test_rows_scaled_by_powers_of_two_change_nothing(guess, exponents) -> None:
    A, B, Z = guess
    e = np.array(exponents)[: A.shape[0], None]
    for X in (A, B):
        X[(np.abs(X) < 2.0**-600) | (np.abs(X) > 2.0**600)] = 0  # so that scaling is exact
    features = np.arange(A.shape[1])
    plain = certify(A, B, Z, features)
    scaled = certify(np.ldexp(A, e), np.ldexp(B, -e), Z, features)
    np.testing.assert_array_equal(scaled.upper, plain.upper)
    np.testing.assert_array_equal(scaled.lower, plain.lower)
    assert scaled.reach == plain.reach


@pytest.mark.parametrize("n", [1, 31, 32, 33, 200])
def test_every_addition_of_a_banded_product_may_round_down(n: int) -> None:
    """1 + u + u + ...: one after the other, each sum rounds to 1."""
    u = 2.0**-53
    product, g = banded(np.ones((1, n)), np.array([[1.0], *[[u]] * (n - 1)]))
    true = 1 + (n - 1) * Fraction(u)
    assert abs(Fraction(float(product[0, 0])) - true) <= Fraction(g) * true


@pytest.mark.parametrize("n", [1, 31, 32, 33, 200])
def test_a_banded_product_is_within_its_bound(n: int) -> None:
    rng = np.random.default_rng(n)
    X, Y = rng.standard_normal((3, n)), rng.standard_normal((n, 4))
    Y[-1] -= (X[0] @ Y) / X[0, -1]  # the first row cancels
    product, g = banded(X, Y)
    size = np.abs(X) @ np.abs(Y)
    for i, j in np.ndindex(3, 4):
        true = sum(
            (
                a * b
                for a, b in zip(exact(X[i : i + 1])[0], exact(Y[:, j : j + 1].T)[0], strict=True)
            ),
            Fraction(0),
        )
        assert abs(Fraction(float(product[i, j])) - true) <= Fraction(float(g * size[i, j])) * 2


def probes() -> tuple[NDArray, Probes]:
    A = gaussian(4, 9, rng=np.random.default_rng(7))
    return A, optimal_probes(A)


def test_what_optimal_probes_record_is_confirmed() -> None:
    A, found = probes()
    again = check_certificates(A, found)
    np.testing.assert_array_equal(again.upper, found.upper)
    np.testing.assert_array_equal(again.lower, found.lower)


@pytest.mark.parametrize("field", ["lower", "upper", "values"])
def test_a_bound_that_is_too_good_is_refused(field: str) -> None:
    A, found = probes()
    better = getattr(found, field).copy()
    better[3] += 1e-6 if field in ("lower", "values") else -1e-6
    with pytest.raises(ValueError, match="feature 3"):
        check_certificates(A, replace(found, **{field: better}))


def test_other_probes_duals_or_codes_are_refused() -> None:
    A, found = probes()
    for wrong in (
        replace(found, B=found.B * (1 + 1e-6)),
        replace(found, duals=np.roll(found.duals, 1, axis=0)),
        replace(found, features=found.features[::-1]),
    ):
        with pytest.raises(ValueError, match="feature"):
            check_certificates(A, wrong)
    with pytest.raises(ValueError, match="feature"):
        check_certificates(A[:, ::-1], found)
    with pytest.raises(ValueError, match=r"shape.*\(4, 9\).*\(4, 8\)"):
        check_certificates(A[:, :8], found)


def test_a_claim_about_all_probes_needs_independent_rows() -> None:
    A = np.vstack([G := gaussian(3, 7, rng=np.random.default_rng(1)), G[0] + G[1]])
    found = optimal_probes(A)
    assert np.isfinite(found.reach)
    assert check_certificates(A, found).reach == found.reach
    with pytest.raises(ValueError, match="feature"):
        check_certificates(A, replace(found, reach=np.inf))


# --- every term of the slack, where it alone keeps a bound true -------------------------------


def proved_lower(A: NDArray, z: NDArray, feature: int) -> Fraction:
    """The lower bound that z proves for one feature."""
    assert np.isinf(kernel_slack(A, z[None])[0]), "the rows are proved independent"
    found = certify(A, np.zeros((len(A), 1)), z[None], np.array([feature]))
    return Fraction(float(found.lower[0]))


def two_faint_features(n: int, faint: float) -> tuple[NDArray, NDArray]:
    """Features 0..n-1 told from two others by a faint second row alone, and a right inverse.

    Kernel vectors have z_0 + ... + z_{n-1} = 0 and z_n + z_{n+1} = 0: every value is 1/2.
    """
    A = np.vstack([np.zeros(n + 2), np.full(n + 2, faint)])
    A[:, n:] = 0.5  # rows of size 1/2 are not scaled before they are inverted
    W = np.zeros((n + 2, 2))
    W[:n] = [-1 / (n * faint), 1 / (n * faint)]
    W[n:, 0] = 1
    np.testing.assert_array_equal(A @ W, np.eye(2))
    return A, W


def test_a_right_inverse_may_be_rough(monkeypatch) -> None:
    """W = P (I + F) sends Az nearly to 0 where the exact P does not; only F is measured by h."""
    n, faint, t = 256, 2.0**-30, 2.0**-10
    A, P = two_faint_features(n, faint)
    z = np.zeros(n + 2)
    z[0], z[n] = 0.5, t  # not in the kernel, z/||z||_1 nearly 1 at feature 0
    F = np.array([[0, 0], [-faint / t, 0]])
    W = P @ (np.eye(2) + F)
    np.testing.assert_allclose(np.abs(W @ (A @ z)).sum(), t)
    monkeypatch.setattr(np.linalg, "pinv", lambda *_, **__: W)
    assert proved_lower(A, z, 0) <= Fraction(1, 2)


def test_a_residual_that_rounds_to_nothing_is_still_counted(monkeypatch) -> None:
    """The faint row's product is lost in 1 - 1, but the probes that matter are 1/faint long."""
    A, W = two_faint_features(2, 2.0**-80)
    z = np.array([0.5, 0, 2.0**-10, -(2.0**-10)])
    monkeypatch.setattr(np.linalg, "pinv", lambda *_, **__: W)
    assert proved_lower(A, z, 0) <= Fraction(1, 2)


def test_the_length_of_a_kernel_vector_is_rounded_up() -> None:
    """1 + 2^-54 + 2^-54 + ... in any order of summation; the value is 1/(1 + n 2^-54)."""
    n, small = 1000, 2.0**-54
    A = np.ones((1, n + 1))
    A[0, 0] = n * small
    z = np.array([1.0, *[-small] * n])
    Z = np.asfortranarray([z, z])  # here NumPy sums one after the other
    found = certify(A, np.zeros((1, 2)), Z, np.array([0, 0]))
    value = 1 / (1 + n * Fraction(small))
    assert all(Fraction(float(lower)) <= value for lower in found.lower)
    assert np.all(found.lower > 1 - 4 * float(gamma(n)))


def test_repeated_rows_are_still_proved_independent() -> None:
    G = gaussian(3, 7, rng=np.random.default_rng(1))
    A = np.vstack([G, 4 * G[0], np.zeros(7)])
    found, plain = optimal_probes(A), optimal_probes(G)
    assert np.isinf(found.reach)
    assert np.all(found.gap < 1e-9)
    np.testing.assert_allclose(found.values, plain.values, atol=1e-9)


@pytest.mark.parametrize("size", [0.0, 1e-16, 1e-9])
def test_with_dependent_rows_the_bound_holds_up_to_the_reach(size: float) -> None:
    """lower ||z||_1 <= z_i - reach ||Az||_2 for every z, in rational arithmetic."""
    rng = np.random.default_rng(0)
    for _ in range(15):
        G = rng.uniform(-1, 1, (2, 5))
        A = np.vstack([G, (G[0] + G[1]) / 2])
        Z = optimal_probes(A).duals + size * rng.standard_normal((5, 5))
        found = certify(A, np.zeros((3, 5)), Z, np.arange(5))
        reach = Fraction(found.reach)
        units = exact(scaled(A, A)[0])
        for i, z in enumerate(exact(Z)):
            residuals = [
                sum((a * x for a, x in zip(row, z, strict=True)), Fraction(0)) for row in units
            ]
            room = z[i] - Fraction(float(found.lower[i])) * sum(map(abs, z))
            if found.lower[i] > 0:
                assert room >= 0
                assert room**2 >= reach**2 * sum(r * r for r in residuals)
