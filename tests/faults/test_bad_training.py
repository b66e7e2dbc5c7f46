"""What the trainer refuses, with the rule and the value received."""

import numpy as np
import pytest

from lcs.superposition.features import Features
from lcs.superposition.train import train
from tests.faults.test_bad_input import refused

LAW = Features.of(3, density=0.5)
BAD = [
    ({"steps": 0}, 0),
    ({"steps": True}, True),
    ({"batch": -1}, -1),
    ({"chains": 1.5}, 1.5),
    ({"model": "softmax"}, "softmax"),
    ({"optimizer": "lion"}, "lion"),
    ({"reduction": "max"}, "max"),
    ({"learning_rate": -1.0}, -1.0),
    ({"learning_rate": np.ones(7), "steps": 5}, (7,)),
    ({"learning_rate": np.nan}, np.nan),
    ({"weight_decay": -0.1}, -0.1),
    ({"adam_eps": np.inf}, np.inf),
    ({"init_std": -1.0}, -1.0),
    ({"betas": (0.9, 1.0)}, 1.0),
    ({"seed": -1}, -1),
    ({"seed": 2**64}, 2**64),
    ({"first": 2**32}, 2**32),
    ({"record": [7], "steps": 5}, 7),
    ({"record": [0.5]}, 0.5),
    ({"threads": 0}, 0),
]


@pytest.mark.parametrize(("settings", "value"), BAD)
def test_settings_out_of_range_are_a_value_error(settings, value) -> None:
    refused(lambda: train(LAW, 2, **settings), ValueError, value)


@pytest.mark.parametrize("m", [0, -1, 1.0, True])
def test_a_number_of_neurons_that_is_none_is_a_value_error(m) -> None:
    refused(lambda: train(LAW, m), ValueError, m)


def test_what_are_no_features_and_features_that_differ_in_number_are_refused() -> None:
    refused(lambda: train([], 2), TypeError, "none")
    refused(lambda: train([LAW, 3], 2), TypeError, "int")  # pyright: ignore[reportArgumentType]
    refused(lambda: train([LAW, Features.of(4, density=0.5)], 2), ValueError, "3, 4")


def test_features_too_rare_to_be_drawn_are_refused() -> None:
    refused(lambda: train(Features.of(2, density=1e-9), 1), ValueError, "1e-09")
