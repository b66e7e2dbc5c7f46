"""Multi-start fits: what they promise, and what they refuse."""

import numpy as np
import pytest

from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, SAME, fit_exact, fit_from, fit_length, polish, random_starts
from lcs.superposition.loss_linear import linear_optimum
from lcs.superposition.loss_relu import loss_relu
from lcs.superposition.model import Weights
from lcs.superposition.phase import pair_phases


def test_two_features_reach_the_search_that_is_exact() -> None:
    f = Features.of(2, density=0.4, importance=[1, 0.7])
    best = pair_phases(0.4, 0.7, rng=np.random.default_rng(0))
    found = fit_exact(f, 1, starts=6, rng=np.random.default_rng(1))
    assert abs(found.loss.value - float(best.loss)) <= found.loss.truncation + 1e-9
    assert 0 < found.share <= 1
    assert found.losses.shape == (6,)


def test_the_linear_model_reaches_its_optimum_from_every_start() -> None:
    f = Features.of(6, density=0.2, importance=geometric_importance(6, 0.7))
    found = fit_exact(f, 3, model="linear", starts=5, rng=np.random.default_rng(0))
    assert found.loss.value == pytest.approx(linear_optimum(f, 3), rel=1e-8)
    assert found.loss.value >= linear_optimum(f, 3) * (1 - 1e-12)
    assert found.share == 1


def test_the_same_generator_gives_the_same_bits_and_progress_counts_starts() -> None:
    f = Features.of(4, density=0.2)
    seen: list[tuple[int, int]] = []
    one, two = (
        fit_exact(
            f, 2, starts=3, rng=np.random.default_rng(5), progress=lambda a, b: seen.append((a, b))
        )
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.weights.W, two.weights.W)
    np.testing.assert_array_equal(one.losses, two.losses)
    assert seen == [(1, 3), (2, 3), (3, 3)] * 2


def test_polish_lowers_the_loss_and_says_by_how_much() -> None:
    f = Features.of(4, density=0.2)
    rng = np.random.default_rng(0)
    start = Weights(rng.standard_normal((2, 4)) / 2, np.zeros(4))
    end, loss = polish(start, f)
    assert loss.value < exact_loss(start, f).value
    assert exact_loss(end, f, terms=FINE).value == loss.value
    size = max(np.abs(loss.gradient.W).max(), np.abs(loss.gradient.b).max())
    assert size < 1e-4 * loss.value


def test_no_start_is_better_than_the_fit() -> None:
    """The first start is an optimum: a series of few terms would lead a descent away from it."""
    f = Features.of(6, density=1.0, importance=geometric_importance(6, 0.7))
    ideal = Weights(np.eye(2, 6), np.array([0, 0, 0.5, 0.5, 0.5, 0.5]))
    rng = np.random.default_rng(0)
    starts = [ideal, *(Weights(rng.standard_normal((2, 6)), np.zeros(6)) for _ in range(3))]
    for some in (starts, starts[:1], starts[1:]):
        found = fit_from(some, f)
        given = [exact_loss(one, f, terms=FINE).value for one in some]
        assert found.loss.value <= min(given)
        assert np.all(found.losses <= given)
    with pytest.raises(ValueError, match="starts must hold at least one model; got none"):
        fit_from([], f)


def test_starts_that_are_given_up_count_with_their_hasty_ends() -> None:
    f = Features.of(8, density=0.05, importance=geometric_importance(8, 0.8))
    starts = random_starts(f, 2, 10, rng=np.random.default_rng(0))
    every, three = (fit_from(starts, f, keep=keep) for keep in (None, 3))
    assert np.sum(three.losses > every.losses * 1.0001) >= 5
    assert three.loss.value <= every.loss.value * (1 + SAME)
    again = fit_from(starts, f, keep=10)
    np.testing.assert_array_equal(again.losses, every.losses)
    with pytest.raises(ValueError, match="keep must be None or >= 1; got 0"):
        fit_from(starts, f, keep=0)


def test_a_fit_keeps_the_most_important_though_started_at_the_least() -> None:
    """A local minimum with its columns in the wrong order: descents alone stay there."""
    f = Features.of(6, density=0.1, importance=geometric_importance(6, 0.5))
    wrong = Weights(np.eye(2, 6)[:, ::-1].copy(), np.array([0.05, 0.05, 0.05, 0.05, 0, 0]))
    stuck = polish(wrong, f)[1].value
    found = fit_from([wrong], f)
    assert found.loss.value < 0.9 * stuck
    assert np.all(np.diff(found.loss.by_feature) > -1e-6)


def test_more_neurons_than_features_are_allowed() -> None:
    found = fit_exact(Features.of(2, density=0.3), 3, starts=3, rng=np.random.default_rng(0))
    assert found.weights.W.shape == (3, 2)
    assert found.loss.value < 1e-6


def test_bad_input_gets_one_clear_error() -> None:
    f, rng = Features.of(2, density=0.3), np.random.default_rng(0)
    with pytest.raises(ValueError, match="m must be an integer >= 1; got 0"):
        fit_exact(f, 0, rng=rng)
    with pytest.raises(ValueError, match="starts must be an integer >= 1; got 0"):
        fit_exact(f, 1, starts=0, rng=rng)
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator; got int"):
        fit_exact(f, 1, rng=0)  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="models linear and relu; got 'absolute'"):
        fit_exact(f, 1, model="absolute", rng=rng)


def test_a_shape_is_fitted_in_length_and_biases() -> None:
    """Two digons and a feature left out, against a grid: the last bias is that of no input."""
    f, shape = Features.of(3, density=0.3), np.array([[1.0, -1.0, 0.0]])
    weights, loss = fit_length(shape, f)
    assert np.linalg.matrix_rank(np.vstack([weights.W, shape])) == 1
    grid = [
        loss_relu(Weights(t * shape, np.array([a, a, 0.15])), f, terms=FINE).value
        for t in np.linspace(0.8, 1.2, 21)
        for a in np.linspace(-0.1, 0.1, 21)
    ]
    assert loss.value <= min(grid) <= loss.value * 1.002
    assert weights.b[2] == pytest.approx(0.15, abs=1e-6)  # E x_i
