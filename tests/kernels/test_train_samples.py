"""The samples of the trainer: the law of every rule, by both ways of drawing them.

Counts of independent samples are held to binomial tails of 2e-9, values to a Kolmogorov test.
"""

import math

import numpy as np
import pytest
from scipy import stats

from lcs._kernels.train_samples import AHEAD, every_cell, exponentials, jumps
from lcs.superposition._streams import streams
from lcs.superposition.features import Features

RARE = 2e-9
LAWS = {
    "independent": Features.of(3, density=[0.3, 0.05, 0.6]),
    "signed": Features.of(2, density=0.2, signed=True),
    "coactive": Features.of(4, density=[0.3, 0.3, 0.1, 0.2], sets=[(0, 1)], rule="coactive"),
    "exclusive-one": Features.of(3, density=0.4, sets=[(0, 1, 2)], rule="exclusive-one"),
    "exclusive-fixed": Features.of(
        3, density=[0.1, 0.4, 0.3], sets=[(2, 0)], rule="exclusive-fixed"
    ),
}
WAYS = ["cells", "jumps"]


def drawn(law: Features, way: str, batch: int, T: int = 64, step: int = 0) -> np.ndarray:
    """A batch (batch, n); samples that `jumps` leaves out are put last, as zeros."""
    X = np.zeros((-(-batch // T), law.n, T), np.float32)
    s, key = streams(law), (np.uint64(step), np.uint64(0), np.uint64(1), np.uint64(2))
    what = (s.start, s.last, s.scale, s.offset, s.own)
    if way == "cells":
        one, two = np.empty((4, T // 4), np.uint32), np.empty((4, T // 4), np.uint32)
        space = one, one.reshape(T), two, two.reshape(T)
        for t, tile in enumerate(X):
            every_cell(tile, t, batch - t * T, s.stream, *what, *space, *key)
        columns = batch
    else:
        space = np.empty((4, AHEAD), np.uint32), np.empty(AHEAD)
        at = np.empty(AHEAD, np.int64), np.empty(AHEAD, np.int64)
        columns = jumps(X, batch, *what, s.ends, s.reach, s.head, s.order, *space, *at, *key)
    x = X.transpose(0, 2, 1).reshape(-1, law.n)
    assert not x[columns:].any()
    return x[:batch]


def batches(law: Features, way: str) -> np.ndarray:
    return np.concatenate([drawn(law, way, 400, step=step) for step in range(5)])


def likely(count: int, n: int, p: float) -> bool:
    if p == 0:
        return count == 0
    return bool(stats.binomtest(int(count), n, min(p, 1.0)).pvalue > RARE)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_pairs_are_active_as_often_as_the_rule_says(law, way):
    x = batches(law, way)
    on, owner = x != 0, law.set_of
    for i in range(law.n):
        assert likely(on[:, i].sum(), len(x), law.active[i])
        for j in range(i):
            p = law.active[i] * law.active[j]
            if owner[i] == owner[j] >= 0:
                p = law.active[i] if law.rule == "coactive" else 0.0
            assert likely((on[:, i] & on[:, j]).sum(), len(x), p)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_active_values_are_uniform_and_those_of_a_set_independent(law, way):
    x, low = batches(law, way), -1.0 if law.signed else 0.0
    for i in range(law.n):
        values = x[:, i][x[:, i] != 0]
        assert stats.kstest(values, "uniform", args=(low, 1 - low)).pvalue > RARE
    if law.rule == "coactive":
        a, b = x[x[:, 0] != 0][:, :2].T
        assert abs(np.mean((a - 0.5) * (b - 0.5))) < 6 / 12 / math.sqrt(a.size)


@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_both_ways_leave_as_many_samples_zero(law):
    zero = math.exp(-streams(law).ends[-1])
    for way in WAYS:
        x = batches(law, way)
        assert likely((~x.any(axis=1)).sum(), len(x), zero)


@pytest.mark.parametrize("way", WAYS)
def test_steps_differ_and_a_step_can_be_drawn_again(way):
    law = LAWS["independent"]
    one, two, again = (drawn(law, way, 300, step=step) for step in (4, 5, 4))
    assert (one == again).all()
    assert (one != two).any()


@pytest.mark.parametrize("batch", [1, 63, 64, 65, 130])
def test_a_batch_that_is_no_multiple_of_a_tile_ends_with_zeros(batch):
    law = Features.of(2, density=1.0)
    x = drawn(law, "cells", batch)
    assert x.all()
    assert x.shape == (batch, 2)


def test_features_that_are_always_active_are_never_jumped_to():
    always = streams(Features.of(2, density=[1.0, 0.01]))
    assert always.idle == 0
    assert not always.jumps(1)
    assert streams(Features.of(2, density=0.001)).jumps(1)


def test_exponentials_are_logarithms():
    rng = np.random.default_rng(0)
    edges = [0, 1, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1, 0xB504F333, 0xB504F334]
    w = np.array([*edges, *rng.integers(0, 2**32, 500)], dtype=np.uint32)
    words, out = np.zeros((4, w.size), np.uint32), np.empty(w.size)
    words[0] = w
    exponentials(words, out)
    np.testing.assert_allclose(out, -np.log((w + 0.5) / 2**32), rtol=1e-9, atol=0)


def test_a_feature_too_rare_to_be_drawn_is_refused():
    with pytest.raises(ValueError, match=r"2\^-20"):
        streams(Features.of(2, density=1e-7))
