"""The annealing kernel against a slow twin that recomputes every sum from its definition."""

import numpy as np
import pytest
from numpy.typing import NDArray

from lcs._kernels.anneal import anneal, parity


def sums_of(rows: NDArray, m: int) -> NDArray[np.int64]:
    return np.array([sum((-1) ** (int(r) & u).bit_count() for r in rows) for u in range(m)])


def slow(rows: NDArray, spare: NDArray, m: int, cost: NDArray, moves: list) -> tuple:
    kept, others = list(rows), list(spare)
    energy = sum(cost[abs(s)] for s in sums_of(rows, m)[1:])
    for out, new, level in moves:
        if energy == 0:
            break
        tried = [*kept[:out], others[new], *kept[out + 1 :]]
        then = sum(cost[abs(s)] for s in sums_of(np.array(tried), m)[1:])
        if then - energy <= level:
            others[new], kept, energy = kept[out], tried, then
    return kept, others, energy


@pytest.mark.parametrize(("d", "n"), [(1, 2), (5, 3), (6, 4), (13, 4)])
@pytest.mark.parametrize("seed", [0, 1])
def test_it_does_what_the_slow_twin_does(d: int, n: int, seed: int) -> None:
    rng, m, steps = np.random.default_rng(seed), 2**n, 60
    drawn = rng.permutation(m)
    rows, spare = drawn[:d].copy(), drawn[d:].copy()
    cost = np.maximum(np.arange(d + 1) - 1, 0.0) ** 2  # integers: every order of sums is exact
    leave, enter = rng.integers(0, d, steps), rng.integers(0, m - d, steps)
    levels = rng.integers(-1, 3, steps).astype(float)
    moves = list(zip(leave, enter, levels, strict=True))
    expected = slow(rows, spare, m, cost, moves)
    sums = sums_of(rows, m)
    energy = anneal(rows, spare, sums, cost, leave, enter, levels)
    assert (list(rows), list(spare), energy) == expected
    np.testing.assert_array_equal(sums, sums_of(rows, m))
    assert sorted([*rows, *spare]) == list(range(m))


@pytest.mark.parametrize("x", [0, 1, 3, 255, 2**20 - 1, 2**40 + 2**33 + 1, 2**62])
def test_parity(x: int) -> None:
    assert parity(np.int64(x)) == x.bit_count() % 2
