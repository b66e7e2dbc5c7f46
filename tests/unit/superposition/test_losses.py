"""Exact losses against rational arithmetic, samples, and each other."""

from typing import Any

import numpy as np
import pytest

from lcs._kernels.toy_reach import half_period
from lcs.superposition.exact import exact_loss, exact_objective
from lcs.superposition.features import Features
from lcs.superposition.loss_linear import linear_optimum, loss_linear
from lcs.superposition.loss_relu import layout, loss_relu
from lcs.superposition.model import Weights, batch_loss
from tests.toys import exact_linear_errors, exact_relu_errors, random_weights

RULES = [
    Features.of(4, density=[0.3, 0.1, 0.5, 1.0], importance=[1, 0.7, 0.0, 2]),
    Features.of(3, density=[0.3, 0.1, 0.5], signed=True),
    Features.of(5, density=0.3, sets=[(0, 3), (4, 2)], rule="coactive"),
    Features.of(3, density=0.3, sets=[(2, 0)], rule="coactive", signed=True),
    Features.of(5, density=0.3, sets=[(0, 3), (1, 2)], rule="exclusive-one"),
    Features.of(4, density=[0.3, 0.4, 0.2, 0.1], sets=[(0, 3, 1)], rule="exclusive-fixed"),
    Features.of(3, density=0.5, sets=[(0, 1)], rule="exclusive-one", signed=True),
]
EVERY = pytest.mark.parametrize("f", RULES, ids=lambda f: f"{f.rule}{'-signed' * f.signed}")


@EVERY
@pytest.mark.parametrize("seed", [0, 1])
def test_the_linear_loss_is_exact(f: Features, seed: int) -> None:
    """Some hundred roundings of terms below 10."""
    W, b = random_weights(2, f.n, seed)
    exact = [float(e) for e in exact_linear_errors(W.T @ W, b, f)]
    found = loss_linear(Weights(W, b), f)
    np.testing.assert_allclose(found.by_feature, exact, rtol=0, atol=1e-12)
    assert found.value == pytest.approx(float(f.importance @ exact), abs=1e-12)


@EVERY
@pytest.mark.parametrize("terms", [1, 2, 8, 32])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_relu_loss_is_within_its_truncation(f: Features, terms: int, seed: int) -> None:
    W, b = random_weights(2, f.n, seed)
    W[:, 0] *= 1 - seed  # a feature that is not represented
    exact = np.array([float(e) for e in exact_relu_errors(W.T @ W, b, f)])
    found = loss_relu(Weights(W, b), f, terms=terms)
    assert abs(found.value - f.importance @ exact) <= found.truncation + 1e-12
    if terms == 32:  # and the bound is worth something
        assert found.truncation < 1e-3 * found.value
        np.testing.assert_allclose(found.by_feature, exact, rtol=0, atol=1e-5)


@pytest.mark.parametrize("size", [1e-2, 1e-3, 3e-4, 1e-4, 1e-5, 1e-9])
@pytest.mark.parametrize("seed", range(3))
def test_features_of_little_length_do_no_harm(size: float, seed: int) -> None:
    f = Features.of(4, density=0.3)
    W, b = random_weights(2, 4, seed)
    W[:, 2:] *= size
    exact = float(sum(exact_relu_errors(W.T @ W, b, f)))
    found = loss_relu(Weights(W, b), f)
    assert abs(found.value - exact) <= found.truncation + 1e-12
    assert found.value == pytest.approx(exact, rel=1e-5)


def test_the_bound_covers_what_short_features_are_replaced_by() -> None:
    """With so long a series their means are all that is wrong, and that can be seen."""
    W, b = random_weights(2, 4, 1)[0], np.full(4, -0.1)
    W[:, 2:] *= 2e-4 / np.linalg.norm(W[:, 2:], axis=0)
    f = Features.of(4, density=0.3, importance=[1, 1, 0, 0])
    errors = exact_relu_errors(W.T @ W, b, f)
    found = loss_relu(Weights(W, b), f, terms=4000)
    error = abs(found.value - float(errors[0] + errors[1]))
    assert 1e-10 < error <= found.truncation < 1e-5


def test_the_bound_covers_interference_alone() -> None:
    """A feature that is almost never active reads the others: nothing is left of E x_i |z_i|."""
    f = Features.of(4, density=[1e-9, 0.5, 0.5, 0.5], importance=[1, 0, 0, 0])
    W, b = random_weights(2, 4, 1)
    exact = float(exact_relu_errors(W.T @ W, b, f)[0])
    for terms in (1, 2, 4):
        found = loss_relu(Weights(W, b), f, terms=terms)
        assert 1e-7 < abs(found.value - exact) <= found.truncation


def test_many_features_of_which_few_matter_lose_what_those_do() -> None:
    """Sixty features of which four have a direction: the others read their bias alone."""
    f = Features.of(60, density=1e-4)
    W, b = random_weights(2, 60, 3)
    W[:, 4:] = 0
    exact = sum(exact_relu_errors(W[:, :4].T @ W[:, :4], b[:4], Features.of(4, density=1e-4)))
    c = np.maximum(b[4:], 0)
    rest = np.sum(1e-4 / 3 - 2 * c * 1e-4 / 2 + c**2)
    found = loss_relu(Weights(W, b), f)
    assert abs(found.value - float(exact) - rest) <= found.truncation + 1e-12


@pytest.mark.parametrize("rule", ["independent", "coactive"])
def test_many_features_agree_with_a_longer_series(rule: Any) -> None:
    f = Features.of(60, density=0.1, sets=[] if rule == "independent" else [(3, 9)], rule=rule)
    W, b = random_weights(12, 60, 3, 0.3)
    short, long = (loss_relu(Weights(W, b), f, terms=t) for t in (32, 256))
    assert abs(short.value - long.value) <= short.truncation + long.truncation
    assert long.truncation < 1e-5 * long.value


def test_the_bound_covers_the_inputs_beyond_the_period() -> None:
    """Frequent features and a long series: what is left is the share of inputs out of reach."""
    f = Features.of(60, density=0.9)
    W, b = 0.2 * np.random.default_rng(0).choice([-1.0, 1.0], (1, 60)), np.zeros(60)
    groups, G = layout(f), W.T @ W
    beyond = [
        half_period(i, G[i], b[i], groups.starts, groups.joint, groups.p, False)[1]
        for i in range(60)
    ]
    assert loss_relu(Weights(W, b), f, terms=256).truncation >= sum(beyond) > 1e-9


@pytest.mark.parametrize("size", [0.0, 1e-9])
def test_the_gradient_of_a_feature_without_direction(size: float) -> None:
    """Its derivative is the mean of what any small change of it does, on either side."""
    f, h = Features.of(4, density=0.4), 1e-3
    W, b = random_weights(2, 4, 6)
    W[:, 3] *= size
    u = np.zeros_like(W)
    u[:, 3] = [0.6, -0.8]
    g = loss_relu(Weights(W, b), f, terms=256).gradient
    ahead, behind = (loss_relu(Weights(W + s * u, b), f, terms=256).value for s in (h, -h))
    assert np.sum(g.W * u) == pytest.approx((ahead - behind) / (2 * h), abs=1e-5)


@EVERY
@pytest.mark.parametrize("model", ["linear", "relu"])
def test_the_remainder_falls_with_the_square_of_the_step(f: Features, model: Any) -> None:
    W, b = random_weights(2, f.n, 2)
    rng = np.random.default_rng(0)
    U, v = rng.standard_normal(W.shape), rng.standard_normal(f.n)
    loss = exact_objective(f, model=model)
    start = loss(Weights(W, b))
    slope = np.sum(start.gradient.W * U) + start.gradient.b @ v
    rest = [
        abs(loss(Weights(W + t * U, b + t * v)).value - start.value - t * slope)
        for t in (1e-3, 1e-4)
    ]
    assert np.log10(rest[0] / rest[1]) == pytest.approx(2, abs=0.1)


@EVERY
@pytest.mark.parametrize("model", ["linear", "relu"])
def test_the_loss_of_a_sample_tends_to_it(f: Features, model: Any) -> None:
    """Six standard deviations of the mean, measured on the parts of the sample."""
    W, b = random_weights(2, f.n, 7)
    weights = Weights(W, b)
    x = f.sample(40_000, rng=np.random.default_rng(1)).reshape(100, 400, f.n)
    losses = [batch_loss(weights, part, model=model, importance=f.importance) for part in x]
    spread = np.std(losses) / 10
    exact = exact_loss(weights, f, model=model)
    assert abs(np.mean(losses) - exact.value) <= 6 * spread + exact.truncation


def test_outputs_that_never_change_sign_need_no_series() -> None:
    f = Features.of(3, density=0.4)
    W = np.array([[1.0, 0.5, 0.2]])
    on, off = Weights(W, np.full(3, 0.1)), Weights(W, np.full(3, -3.0))
    assert loss_relu(on, f).value == pytest.approx(loss_linear(on, f).value, rel=1e-15)
    assert loss_relu(on, f).truncation == 0
    assert loss_relu(off, f).value == pytest.approx(3 * 0.4 / 3, rel=1e-15)
    assert not np.any(loss_relu(off, f).gradient.W)


def test_the_order_of_features_does_not_matter() -> None:
    W, b = random_weights(2, 5, 8)
    f = Features.of(5, density=0.3, sets=[(0, 3), (4, 2)], rule="coactive")
    turn = np.array([2, 0, 4, 3, 1])  # feature turn[i] of the first is feature i of the second
    place = np.argsort(turn)
    sets = [tuple(int(place[i]) for i in members) for members in f.sets]
    same = Features.of(5, density=0.3, sets=sets, rule="coactive")
    one, two = loss_relu(Weights(W, b), f), loss_relu(Weights(W[:, turn], b[turn]), same)
    np.testing.assert_allclose(two.by_feature, one.by_feature[turn], rtol=0, atol=1e-13)
    np.testing.assert_allclose(two.gradient.W, one.gradient.W[:, turn], rtol=0, atol=1e-13)


def test_reduction_divides_by_the_number_of_features() -> None:
    W, b = random_weights(2, 5, 9)
    f = Features.of(5, density=0.3)
    total, mean = (exact_loss(Weights(W, b), f, reduction=r) for r in ("sum", "mean"))
    assert mean.value == pytest.approx(total.value / 5, rel=1e-14)
    np.testing.assert_allclose(mean.gradient.W, total.gradient.W / 5, rtol=1e-12, atol=1e-15)


def test_groups_are_intervals_of_the_new_order() -> None:
    groups = layout(Features.of(4, density=0.5, sets=[(3, 1)], rule="exclusive-one"))
    assert groups.order.tolist() == [3, 1, 0, 2]
    assert groups.starts.tolist() == [0, 2, 3, 4]
    assert not groups.joint.any()
    np.testing.assert_array_equal(groups.p, [0.25, 0.25, 0.5, 0.5])


def test_bad_input_gets_one_clear_error() -> None:
    W, b = random_weights(2, 3, 0)
    f = Features.of(3, density=0.5)
    bad: list[tuple[Any, str]] = [
        (
            lambda: exact_loss(Weights(W, b), f, model="absolute"),
            "models linear and relu; got 'abs",
        ),
        (lambda: exact_loss(Weights(W, b), f, reduction="max"), "sum or mean; got 'max'"),  # pyright: ignore[reportArgumentType]
        (lambda: loss_relu(Weights(W, b), f, terms=0), "terms must be an integer >= 1; got 0"),
        (
            lambda: loss_relu(Weights(W[:, :2], b), f),
            r"W must be \(m, 3\) and b \(3,\); got \(2, 2\)",
        ),
        (lambda: loss_linear(Weights(W * np.nan, b), f), "weights must be finite"),
        (lambda: loss_linear(Weights(W, b, W.T), f), "tied models; got W_out"),
        (lambda: linear_optimum(f, -1), "m must be >= 0; got -1"),
        (lambda: linear_optimum(RULES[0], 1), "independent with one density"),
    ]
    for call, message in bad:
        with pytest.raises(ValueError, match=message):
            call()
