"""Train toy models on fresh samples, thousands of chains side by side.

Each chain follows PyTorch's AdamW, Adam or SGD on the loss
    mean over a batch of sum_i I_i (target_i - y_i)^2
in float32, every batch drawn anew. Each number drawn is a function of the seed, the chain, the step
and its place (Philox), so that a chain has the same bits alone, in any company and on any number of
threads. Samples that are zero are counted, not computed.
Reference: Elhage et al. 2022, Toy models of superposition, and its notebook.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.train_update import RULES
from lcs.superposition import _train_checks as checks
from lcs.superposition._chain import Floats, Runner, Status
from lcs.superposition._streams import streams
from lcs.superposition.features import Features
from lcs.superposition.model import Model, Reduction, Weights
from lcs.threads import Progress, run_tasks, thread_count

Optimizer = Literal["adamw", "adam", "sgd"]


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """The weights of every chain at every recorded step, of which the last is the end.

    `losses` holds the mean of the batch losses since the record before; what a chain that diverged
    no longer reached is NaN.
    """

    steps: NDArray[np.int64]  # (records,)
    W_at: Floats  # (chains, records, m, n)
    b_at: Floats  # (chains, records, n)
    W_out_at: Floats | None  # (chains, records, n, m) where the model is untied
    losses: NDArray[np.float64]  # (chains, records)
    status: tuple[Status, ...]

    @property
    def W(self) -> Floats:
        """The final weights, (chains, m, n)."""
        return self.W_at[:, -1]

    @property
    def b(self) -> Floats:
        """The final biases, (chains, n)."""
        return self.b_at[:, -1]

    def weights(self, chain: int, record: int = -1) -> Weights:
        """The weights of one chain at one record, in float64, as the exact losses take them."""
        out = None if self.W_out_at is None else self.W_out_at[chain, record].astype(np.float64)
        W, b = self.W_at[chain, record], self.b_at[chain, record]
        return Weights(W.astype(np.float64), b.astype(np.float64), out)


def train(
    features: Features | Sequence[Features],
    m: int,
    *,
    model: Model = "relu",
    steps: int = 10_000,
    batch: int = 1024,
    optimizer: Optimizer = "adamw",
    learning_rate: float | ArrayLike = 1e-3,
    weight_decay: float = 0.01,
    betas: tuple[float, float] = (0.9, 0.999),
    adam_eps: float = 1e-8,
    init_std: float | None = None,
    reduction: Reduction = "sum",
    chains: int = 1,
    seed: int = 0,
    first: int = 0,
    record: Sequence[int] = (),
    threads: int | None = None,
    progress: Progress | None = None,
) -> Training:
    """Train chains of a toy model from independent normal weights and zero biases.

    Parameters
    ----------
    features: the law of the inputs and the importances; or several of the same n, as in a phase
        diagram, of which each gets its own chains, one after the other.
    m: hidden neurons, >= 1; more than n are allowed.
    model: one of `MODELS`.
    steps, batch: how many steps, and samples in each.
    optimizer, weight_decay, betas, adam_eps: as PyTorch's; "sgd" is without momentum. Where
        features are rare, gradients reach the size of adam_eps.
    learning_rate: one, or one for each step, (steps,).
    init_std: of the initial weights; None is sqrt(2/(n + m)), Xavier's for one matrix. The paper's
        notebook applies Xavier's rule to a whole (instances, n, m) array, which makes it
        sqrt(2/(m (n + instances))): give that number to start as it does.
    reduction: "sum" over features, or "mean", as in the notebook.
    chains: how many for each law.
    seed, first: chain j of those asked for is number first + j of this seed, so that chunks of a
        large set have the bits of the whole. 0 <= seed < 2^64.
    record: steps after which weights and losses are kept; the last step always is.
    threads: None for as many as BLAS has; the bits do not depend on it.
    progress: called as progress(chains done, chains in all).

    Returns `Training`. Raises ValueError, with the value received, for what breaks these rules.
    Reference: Kingma, Ba 2015; Loshchilov, Hutter 2019.

    >>> dense = Features.of(3, density=1.0, importance=[1.0, 0.5, 0.1])
    >>> kept = train(dense, 2, steps=2000, batch=128, learning_rate=0.01)
    >>> np.linalg.norm(kept.W[0], axis=0).round(1)
    array([1., 1., 0.], dtype=float32)
    """
    laws = checks.checked_laws(features)
    checks.check_counts(m=m, steps=steps, batch=batch, chains=chains)
    n, total = laws[0].n, chains * len(laws)
    std = math.sqrt(2 / (n + m)) if init_std is None else init_std
    checks.check_choices(model, optimizer, reduction)
    checks.check_numbers(betas, weight_decay=weight_decay, adam_eps=adam_eps, init_std=std)
    checks.check_seed(seed, first, total)
    runner = Runner(
        m=m,
        n=n,
        model=model,
        batch=batch,
        seed=seed,
        std=std,
        rates=checks.checked_rates(learning_rate, steps),
        records=checks.checked_records(record, steps),
        share=1.0 / batch / (n if reduction == "mean" else 1),
        optimizer=(RULES.index(optimizer), weight_decay, betas[0], betas[1], adam_eps),
    )
    made = [(streams(law), law.importance.astype(np.float32)) for law in laws]
    shape = (total, runner.records.size)
    theta = np.full((*shape, runner.size), np.nan, np.float32)
    losses = np.full(shape, np.nan)
    status = [Status.TRAINED] * total
    stop = threading.Event()

    def work(_: None, j: int) -> None:
        try:
            status[j] = runner.run(*made[j // chains], first + j, theta[j], losses[j], stop)
        except BaseException:
            stop.set()  # the other threads need not finish their chains first
            raise

    run_tasks(range(total), lambda: None, work, threads=thread_count(threads), progress=progress)
    W, W_out, b = runner.split(theta)
    return Training(runner.records, W, b, W_out, losses, tuple(status))
