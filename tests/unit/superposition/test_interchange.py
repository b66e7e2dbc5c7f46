"""Exchanges of columns: against all permutations, and what must not be exchanged."""

from itertools import permutations

import numpy as np
import pytest

from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features
from lcs.superposition.interchange import classes, exchanged
from lcs.superposition.model import Model, Weights
from tests.toys import random_weights


@pytest.mark.parametrize("model", ["linear", "relu"])
def test_no_order_of_the_columns_is_better(model: Model) -> None:
    f = Features.of(5, density=[0.2, 0.2, 0.5, 0.2, 0.2], importance=[0.4, 1.0, 0.7, 0.2, 0.6])
    W, b = random_weights(2, 5, 1)
    loss = exact_loss(Weights(W, b), f, model=model)
    best = exchanged(Weights(W, b), loss.by_feature, f)
    found = exact_loss(best, f, model=model).value
    every = []
    for order in permutations([0, 1, 3, 4]):
        j = np.array([order[0], order[1], 2, order[2], order[3]])
        every.append(exact_loss(Weights(W[:, j], b[j]), f, model=model).value)
    assert found == pytest.approx(min(every), rel=1e-12)
    assert found < loss.value * 0.999
    assert exchanged(best, exact_loss(best, f, model=model).by_feature, f) is best
    given = Weights(W, b)
    gained = 1 - found / loss.value
    assert exchanged(given, loss.by_feature, f, gain=1.01 * gained) is given
    assert exchanged(given, loss.by_feature, f, gain=0.99 * gained) is not given


def test_features_of_one_set_or_of_other_densities_stay() -> None:
    f = Features.of(6, density=[0.1, 0.2, 0.1, 0.2, 0.1, 0.1], sets=[(2, 4)], rule="coactive")
    assert sorted(tuple(one) for one in classes(f)) == [(0, 5), (1, 3)]
    W, b = random_weights(2, 6, 0)
    f = Features.of(6, density=0.1, sets=[(0, 1), (2, 3), (4, 5)], rule="coactive")
    given = Weights(W, b)
    assert exchanged(given, np.arange(6.0)[::-1], f) is given


def test_equal_importance_leaves_all_in_place() -> None:
    W, b = random_weights(2, 4, 0)
    given = Weights(W, b)
    assert exchanged(given, np.array([3.0, 1.0, 2.0, 0.0]), Features.of(4, density=0.1)) is given
