"""The trainer: the same bits in any company, what it learns, and what it does with what breaks."""

from typing import Any

import numpy as np
import pytest

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.train import Status, Training, train

SPARSE = Features.of(4, density=0.03, importance=geometric_importance(4, 0.7))
DENSE = Features.of(4, density=0.5, importance=geometric_importance(4, 0.7))
WIDE = Features.of(70, density=0.2)  # large enough for BLAS


def bits(training: Training) -> tuple[bytes, ...]:
    return training.W_at.tobytes(), training.b_at.tobytes(), training.losses.tobytes()


@pytest.mark.parametrize("law", [SPARSE, DENSE, WIDE], ids=["jumps", "cells", "blas"])
def test_threads_change_no_bit(law):
    one, two = (train(law, 2, steps=40, batch=100, chains=5, threads=t) for t in (1, 2))
    assert bits(one) == bits(two)
    assert len({w.tobytes() for w in one.W}) == 5, "chains differ"


def test_a_chain_has_the_same_bits_alone_and_in_chunks_of_a_set():
    laws = [SPARSE, DENSE, DENSE]
    settings: dict[str, Any] = {"steps": 30, "batch": 64, "seed": 9}
    whole = train(laws, 2, chains=2, **settings)
    parts = [train(laws[j // 2], 2, first=j, **settings) for j in range(6)]
    assert b"".join(w.tobytes() for part in parts for w in part.W) == whole.W.tobytes()
    assert train(laws, 2, chains=2, steps=30, batch=64, seed=10).W.tobytes() != whole.W.tobytes()


def test_records_are_the_path_whichever_else_are_kept():
    kept = train(DENSE, 2, steps=700, batch=64, record=[0, 30, 600], init_std=0.5)
    assert kept.steps.tolist() == [0, 30, 600, 700]
    assert kept.W_at.shape == (1, 4, 2, 4)
    for end, W in zip((30, 600), kept.W_at[0, 1:], strict=False):
        assert train(DENSE, 2, steps=end, batch=64, init_std=0.5).W[0].tobytes() == W.tobytes()
    assert kept.losses[0, 0] == 0
    assert not kept.b_at[0, 0].any()
    assert kept.weights(0, 1).W.dtype == np.float64


def test_initial_weights_have_the_standard_deviation_asked_for():
    start = train(Features.of(200, density=0.1), 20, steps=1, record=[0], init_std=0.3, batch=1)
    W = start.W_at[0, 0]
    assert abs(W.std() / 0.3 - 1) < 6 / np.sqrt(2 * W.size)
    assert abs(W.mean()) < 6 * 0.3 / np.sqrt(W.size)


@pytest.mark.parametrize("model", ["hidden-relu", "absolute", "hidden-relu-tied"])
def test_every_model_lowers_its_loss(model):
    law = Features.of(4, density=0.3, signed=model == "absolute")
    settings: dict[str, Any] = {"steps": 1500, "batch": 128, "learning_rate": 0.01, "record": [100]}
    kept = train(law, 8, model=model, chains=4, **settings)
    assert kept.losses[:, 1].min() < 0.4 * kept.losses[:, 0].min()  # units may die in a chain
    assert (kept.W_out_at is None) == (model == "hidden-relu-tied")


def test_a_linear_model_keeps_the_most_important_and_reaches_its_optimum():
    """The optimum is s2 sum_{i >= m} I_i, s2 = p/3 - p^2/4, with b the mean where W is 0."""
    importance = geometric_importance(5, 0.6)
    law = Features.of(5, density=0.5, importance=importance)
    kept = train(law, 2, model="linear", steps=3000, batch=256, learning_rate=0.01, weight_decay=0)
    W, b = kept.W[0].astype(float), kept.b[0].astype(float)
    R, s2, mean = W.T @ W - np.eye(5), 0.5 / 3 - 0.25 / 4, 0.25
    exact = importance @ (s2 * np.sum(R**2, axis=1) + (b + mean * R.sum(axis=1)) ** 2)
    optimum = s2 * importance[2:].sum()
    assert optimum - 1e-12 <= exact < 1.01 * optimum


def test_dense_relu_models_keep_the_first_m_and_the_best_of_sparse_ones_more():
    importance = geometric_importance(5, 0.9)
    laws = [Features.of(5, density=p, importance=importance) for p in (1.0, 0.05)]
    kept = train(laws, 2, steps=2500, batch=256, learning_rate=5e-3, chains=4, init_std=0.3)
    lengths = np.linalg.norm(kept.W, axis=1)
    np.testing.assert_allclose(lengths[:4, :2], 1, atol=0.1)
    assert lengths[:4, 2:].max() < 0.2
    best = 4 + int(np.argmin(kept.losses[4:, -1]))
    assert np.sum(lengths[best] > 0.5) >= 4


def test_a_chain_that_diverges_is_recorded_and_the_others_go_on():
    huge = Features.of(4, density=0.5, importance=[1e30, 1, 1, 1])
    kept = train(
        [DENSE, huge, DENSE],
        2,
        optimizer="sgd",
        learning_rate=0.1,
        steps=1200,
        record=[1200],
        batch=64,
    )
    assert kept.status == (Status.TRAINED, Status.DIVERGED, Status.TRAINED)
    assert np.isnan(kept.W[1]).all()
    assert np.isnan(kept.losses[1]).all()
    assert np.isfinite(kept.W[[0, 2]]).all()


def test_more_neurons_than_features_learn_everything():
    kept = train(
        Features.of(2, density=0.5), 3, steps=2000, batch=64, learning_rate=0.01, weight_decay=0
    )
    np.testing.assert_allclose(kept.W[0].T @ kept.W[0], np.eye(2), atol=0.05)


def test_schedules_are_rates_by_step():
    still = train(DENSE, 2, steps=20, learning_rate=np.zeros(20), weight_decay=0, record=[0])
    assert (still.W_at[0, 0] == still.W_at[0, 1]).all()
    ramp = train(DENSE, 2, steps=20, learning_rate=np.full(20, 1e-3))
    assert bits(ramp) == bits(train(DENSE, 2, steps=20, learning_rate=1e-3))


def test_progress_and_an_interrupt():
    seen: list[tuple[int, int]] = []
    train(DENSE, 2, steps=5, chains=4, threads=2, progress=lambda *c: seen.append(c))
    assert seen[-1] == (4, 4)

    def stop(done: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(DENSE, 2, steps=5, chains=4, progress=stop)
