"""Samples of every rule against the probabilities that the rule names."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs.superposition.features import Features, geometric_importance

COUNT = 40_000


def frequency(event: NDArray) -> float:
    return float(np.mean(event))


def assert_probability(event: NDArray, p: float) -> None:
    """Six standard deviations: a fair sampler fails about twice in a thousand million tests."""
    assert abs(frequency(event) - p) <= 6 * np.sqrt(p * (1 - p) / event.size) + 1e-12


def drawn(f: Features, seed: int = 0) -> NDArray:
    return f.sample(COUNT, rng=np.random.default_rng(seed))


def test_independent_features_have_their_own_densities() -> None:
    p = np.array([1.0, 0.5, 0.1, 0.01])
    x = drawn(Features.of(4, density=p))
    for i in range(4):
        assert_probability(x[:, i] != 0, p[i])
    assert_probability((x[:, 1] != 0) & (x[:, 2] != 0), 0.05)


@pytest.mark.parametrize("signed", [False, True])
def test_active_values_are_uniform(signed: bool) -> None:
    x = drawn(Features.of(1, density=0.5, signed=signed))
    values = x[x != 0]
    low = -1.0 if signed else 0.0
    assert values.min() >= low
    assert values.max() <= 1
    for level in (0.25, 0.5, 0.75):
        assert_probability(values < low + level * (1 - low), level)


def test_a_coactive_set_is_active_together() -> None:
    x = drawn(
        Features.of(5, density=[0.2, 0.2, 0.6, 0.6, 0.4], sets=[(0, 1), (2, 3)], rule="coactive")
    )
    on = x != 0
    assert np.array_equal(on[:, 0], on[:, 1])
    assert np.array_equal(on[:, 2], on[:, 3])
    assert_probability(on[:, 0] & on[:, 2], 0.12)
    assert_probability(on[:, 4], 0.4)
    assert abs(np.corrcoef(x[on[:, 0], 0], x[on[:, 0], 1])[0, 1]) < 0.1


def test_exclusive_sets_have_one_active_member_at_most() -> None:
    one = Features.of(4, density=0.5, sets=[(0, 1), (2, 3)], rule="exclusive-one")
    fixed = Features.of(4, density=[0.5, 0.4, 0.3, 0.1], sets=[(0, 1)], rule="exclusive-fixed")
    for f in (one, fixed):
        on = drawn(f) != 0
        assert not np.any(on[:, 0] & on[:, 1])
        for i in range(4):
            assert_probability(on[:, i], f.active[i])
    np.testing.assert_array_equal(one.active, 0.25)
    np.testing.assert_array_equal(fixed.active, [0.5, 0.4, 0.3, 0.1])


def test_the_same_generator_draws_the_same_sample() -> None:
    f = Features.of(3, density=0.3)
    np.testing.assert_array_equal(drawn(f, 5), drawn(f, 5))


def test_geometric_importance() -> None:
    np.testing.assert_allclose(geometric_importance(4, 0.7), [1, 0.7, 0.49, 0.343], rtol=1e-15)


BAD: list[tuple[Callable[[], object], str]] = [
    (lambda: Features.of(2, density=0.0), r"density must lie in \(0, 1\]; got"),
    (lambda: Features.of(2, density=1.5), r"density must lie in \(0, 1\]; got"),
    (lambda: Features.of(2, density=np.nan), "density must be a non-empty list of finite numbers"),
    (lambda: Features.of(2, density=0.5, importance=-1.0), "importance must be >= 0"),
    (lambda: Features.of(2, density=0.5, importance=0.0), "importance must be >= 0"),
    (lambda: Features.of(0, density=0.5), "n must be an integer >= 1; got 0"),
    (lambda: Features.of(3, density=[0.5, 0.5]), "density must be one number or n = 3 of them"),
    (
        lambda: Features.of(3, density=0.5, sets=[(0, 1), (1, 2)], rule="coactive"),
        r"sets must not overlap; got \(\(0, 1\), \(1, 2\)\)",
    ),
    (lambda: Features.of(3, density=0.5, sets=[(0, 3)], rule="coactive"), "0 <= i < n = 3"),
    (lambda: Features.of(3, density=0.5, sets=[(0, 1)]), "'independent' does not go with sets"),
    (lambda: Features.of(3, density=0.5, rule="coactive"), "'coactive' does not go with sets"),
    (
        lambda: Features.of(2, density=[0.5, 0.4], sets=[(0, 1)], rule="coactive"),
        "members of a coactive set must have one density",
    ),
    (
        lambda: Features.of(2, density=[0.6, 0.5], sets=[(0, 1)], rule="exclusive-fixed"),
        "densities of an exclusive set must sum to <= 1",
    ),
    (lambda: geometric_importance(3, 0.0), "ratio must be finite and > 0; got 0.0"),
]


@pytest.mark.parametrize(("call", "message"), BAD)
def test_bad_input_gets_one_clear_error(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_zero_importance_of_one_feature_is_allowed() -> None:
    assert Features.of(2, density=0.5, importance=[1.0, 0.0]).importance[1] == 0
