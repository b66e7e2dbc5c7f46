"""Weighted, nonnegative and denoising programmes against convex models; batches of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lcs.codes.random import gaussian, rademacher
from lcs.l1.basis_pursuit import Status, basis_pursuit, basis_pursuit_denoise
from lcs.l1.decision import Verdict, recovers
from lcs.l1.pursuits import basis_pursuit_each
from tests.convex import assert_proved, least_norm
from tests.strategies import integer_matrices, shapes

CLOSE = 1e-6  # the convex solver stops at a gap and residuals of 1e-8, in units of its own


@st.composite
def programmes(draw: st.DrawFn) -> tuple[NDArray, NDArray, dict]:
    """(A, x, options) of small integers: ties, dependent and zero columns, x in reach or not."""
    d, m = draw(shapes(4, 7))
    A = draw(integer_matrices((d, m), np.float64))
    whole = st.integers(-2, 2)
    x = A @ np.array(draw(st.lists(whole, min_size=m, max_size=m)), float)
    if draw(st.booleans()):
        x += np.array(draw(st.lists(whole, min_size=d, max_size=d)), float)
    weights = draw(
        st.none() | st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=m, max_size=m).map(np.array)
    )
    return A, x, {"weights": weights, "nonnegative": draw(st.booleans())}


@settings(max_examples=15)
@given(case=programmes(), share=st.sampled_from([0.0, 0.01, 0.3, 0.9, 1.0, 1.5]))
def test_degenerate_programmes_meet_the_convex_model_with_a_proof(case, share):
    A, x, options = case
    sigma = share * float(np.linalg.norm(x))
    found = basis_pursuit_denoise(A, x, sigma, **options)
    assert_proved(A, x, found, sigma=sigma, **options)
    expected = least_norm(A, x, sigma=sigma, **options)
    assert found.status is (Status.INFEASIBLE if expected == np.inf else Status.SOLVED)
    if expected < np.inf:
        assert found.norm == pytest.approx(expected, rel=CLOSE, abs=CLOSE)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("nonnegative", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.5])
def test_random_programmes_meet_the_convex_model_with_a_proof(weighted, nonnegative, share):
    rng = np.random.default_rng(3)
    for make, k in ((gaussian, 4), (rademacher, 4), (gaussian, 12)):
        A, z = make(20, 48, rng=rng), np.zeros(48)
        z[rng.choice(48, k, replace=False)] = rng.uniform(0.2, 1, k)
        x = A @ z
        options = {
            "weights": rng.uniform(0.3, 2, 48) if weighted else None,
            "nonnegative": nonnegative,
        }
        sigma = share * float(np.linalg.norm(x))
        found = basis_pursuit_denoise(A, x, sigma, **options)
        assert found.status is Status.SOLVED
        assert found.residual <= sigma + 1e-10 * np.linalg.norm(x)
        assert_proved(A, x, found, sigma=sigma, **options)
        assert found.norm == pytest.approx(least_norm(A, x, sigma=sigma, **options), rel=CLOSE)


def test_signals_of_one_sign_come_back_where_the_other_sign_would_be_shorter():
    rng = np.random.default_rng(0)
    gained = 0
    for _ in range(12):
        A, z = gaussian(20, 40, rng=rng), np.zeros(40)
        S = rng.choice(40, 9, replace=False)
        z[S] = rng.uniform(0.1, 1, 9)
        free = basis_pursuit(A, A @ z)
        found = basis_pursuit(A, A @ z, nonnegative=True)
        assert found.norm >= free.norm * (1 - 1e-9)
        if recovers(A, S, np.ones(9)).verdict is Verdict.RECOVERED:
            np.testing.assert_allclose(found.z, z, atol=1e-10)
        gained += np.allclose(found.z, z, atol=1e-10) and not np.allclose(free.z, z, atol=1e-6)
    assert gained >= 2


def test_weights_that_are_one_but_on_the_support_bring_a_signal_back():
    rng = np.random.default_rng(1)
    A, z = gaussian(12, 40, rng=rng), np.zeros(40)
    S = rng.choice(40, 8, replace=False)
    z[S] = 1.0
    weights = np.where(z > 0, 0.01, 1.0)
    assert not np.allclose(basis_pursuit(A, A @ z).z, z, atol=1e-3)
    np.testing.assert_allclose(basis_pursuit(A, A @ z, weights=weights).z, z, atol=1e-10)


@pytest.mark.parametrize(("d", "m", "k"), [(48, 160, 9), (48, 160, 16), (64, 120, 30)])
@pytest.mark.parametrize("weighted", [False, True])
def test_guesses_of_larger_codes_meet_the_path_and_their_proof(d, m, k, weighted, monkeypatch):
    rng = np.random.default_rng(7)
    A, z = gaussian(d, m, rng=rng), np.zeros(m)
    z[rng.choice(m, k, replace=False)] = rng.standard_normal(k)
    weights = rng.uniform(0.5, 1, m) if weighted else None
    found = basis_pursuit(A, A @ z, weights=weights)
    monkeypatch.setattr("lcs.l1._guess.SMALLEST", 10**9)
    walked = basis_pursuit(A, A @ z, weights=weights)
    for one in (found, walked):
        assert one.status is Status.SOLVED
        assert_proved(A, A @ z, one, weights=weights)
    assert found.z.tobytes() != walked.z.tobytes() or found.y.tobytes() != walked.y.tobytes()
    np.testing.assert_allclose(found.z, walked.z, atol=1e-10)


def test_what_is_as_near_as_sigma_is_zero():
    A, x = gaussian(5, 9, rng=np.random.default_rng(0)), np.arange(5.0)
    for sigma in (float(np.linalg.norm(x)), 100.0):
        found = basis_pursuit_denoise(A, x, sigma)
        assert (found.norm, found.gap, found.status) == (0.0, 0.0, Status.SOLVED)


def test_rows_of_any_sizes_keep_the_distance_that_was_asked_for():
    rng = np.random.default_rng(4)
    A = gaussian(8, 20, rng=rng) * np.logspace(-6, 6, 8)[:, None]
    x = A[:, 3] - A[:, 5]
    for scale in (1.0, 2.0**-300, 1e30):
        sigma = 0.1 * scale * float(np.linalg.norm(x))
        found = basis_pursuit_denoise(scale * A, scale * x, sigma)
        assert found.status is Status.SOLVED
        assert np.linalg.norm(scale * (A @ found.z - x)) == pytest.approx(sigma, rel=1e-9)


def test_each_of_a_batch_is_as_by_itself_on_any_threads():
    rng = np.random.default_rng(2)
    A, X = gaussian(40, 90, rng=rng), rng.standard_normal((7, 40))
    batches = [basis_pursuit_each(A, X, threads=t) for t in (1, 3)]
    seen: list[tuple[int, int]] = []
    own = basis_pursuit_each([A] * 7, list(X), threads=2, progress=lambda *c: seen.append(c))
    for i, x in enumerate(X):
        alone = basis_pursuit(A, x)
        for batch in (*batches, own):
            assert batch[i].z.tobytes() == alone.z.tobytes()
            assert batch[i].y.tobytes() == alone.y.tobytes()
    assert seen[-1] == (7, 7)
    options = {"weights": np.full(90, 2.0), "nonnegative": True}
    both = basis_pursuit_each(A, X[:2], sigma=1.0, **options)
    assert both[1].norm == basis_pursuit_denoise(A, X[1], 1.0, **options).norm
    assert basis_pursuit_each(A, []) == ()
    with pytest.raises(ValueError, match=r"as many; got \(1, 7\)"):
        basis_pursuit_each([A], X)
