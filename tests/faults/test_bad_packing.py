"""What `pack` refuses, once and with the value received."""

from typing import Any

import numpy as np
import pytest

from lcs.codes.packing import pack

GOOD: dict[str, Any] = {"d": 3, "m": 5, "restarts": 2, "threads": 1, "tied": True, "keep": False}


def call(**changes: Any) -> object:
    return pack(**{**GOOD, "rng": np.random.default_rng(0), **changes})


@pytest.mark.parametrize("name", ["d", "m", "restarts", "threads"])
@pytest.mark.parametrize("value", [0, -3, 2.0, "2", None, True])
def test_counts_are_integers_of_at_least_one(name, value):
    with pytest.raises(ValueError, match=rf"{name} must be an integer >= 1; got {value!r}"):
        call(**{name: value})


@pytest.mark.parametrize("rng", [None, 0, np.random.RandomState(0)])
def test_rng_is_a_generator(rng):
    with pytest.raises(TypeError, match=f"Generator; got {type(rng).__name__}"):
        call(rng=rng)


@pytest.mark.parametrize("name", ["tied", "keep"])
@pytest.mark.parametrize("value", [1, None, "yes"])
def test_switches_are_bools(name, value):
    with pytest.raises(TypeError, match=f"{name} must be True or False; got {value!r}"):
        call(**{name: value})


@pytest.mark.parametrize("k", [0, -1, 6, 1.0, None, True])
def test_sparsity_is_between_one_and_m(k):
    found = pack(3, 5, rng=np.random.default_rng(0), restarts=1)
    with pytest.raises(ValueError, match=rf"1 <= k <= m = 5; got {k!r}"):
        found.suffices(k, 0.5)


@pytest.mark.parametrize("eps", [0, -1, float("nan"), float("inf"), "one", None])
def test_eps_is_a_positive_number(eps):
    found = pack(3, 5, rng=np.random.default_rng(0), restarts=1)
    with pytest.raises(ValueError, match=f"eps must be a finite number > 0; got {eps!r}"):
        found.suffices(1, eps)
