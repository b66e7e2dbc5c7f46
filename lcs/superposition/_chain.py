"""One chain of a trainer: its start, its layout in memory, its steps between records."""

import math
import threading
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from lcs._kernels.philox import normals
from lcs._kernels.train import descend
from lcs._kernels.train_gradient import LANES
from lcs.superposition._streams import Streams
from lcs.superposition.model import UNTIED, Model

Floats = NDArray[np.float32]

SEGMENT = 1000  # steps between two looks at whether a chain is finite, or an interrupt has come
_BLAS = 64  # products n m from which BLAS takes less time than loops
_START = np.uint64(2**32 - 2)  # the counter of initial weights: no stream of samples has it


class Status(Enum):
    """How a chain ended; the value is the sentence shown to the user."""

    TRAINED = "trained for all its steps"
    DIVERGED = "stopped: its weights or losses are no longer finite"


@dataclass(frozen=True, slots=True, eq=False)
class Runner:
    """What all chains share."""

    m: int
    n: int
    model: Model
    batch: int
    seed: int
    std: float
    rates: NDArray[np.float64]
    records: NDArray[np.int64]
    share: float
    optimizer: tuple[int, float, float, float, float]  # rule, decay, betas, eps

    @property
    def size(self) -> int:
        """The number of parameters."""
        return self.m * self.n * (2 if self.model in UNTIED else 1) + self.n

    def split(self, theta: Floats) -> tuple[Floats, Floats | None, Floats]:
        """W, W_out and b out of parameters (..., size)."""
        mn, shape = self.m * self.n, theta.shape[:-1]
        W, b = theta[..., :mn].reshape(*shape, self.m, self.n), theta[..., -self.n :]
        untied = self.model in UNTIED
        out = theta[..., mn : 2 * mn].reshape(*shape, self.n, self.m) if untied else None
        return W, out, b

    def key(self, chain: int) -> tuple[np.uint64, np.uint64, np.uint64]:
        """The counter word of a chain and the two key words of the seed."""
        return np.uint64(chain), np.uint64(self.seed % 2**32), np.uint64(self.seed // 2**32)

    def start(self, chain: int) -> Floats:
        """Initial parameters: normal weights, zero biases."""
        theta = np.zeros(self.size)
        zero = np.uint64(0)
        normals(theta[: -self.n], _START, zero, *self.key(chain))
        return (self.std * theta).astype(np.float32)

    def layout(self, law: Streams) -> tuple[bool, bool, int]:
        """Whether to jump, whether to use BLAS, and the samples of a tile."""
        sparse, blas = law.jumps(self.m), self.n * self.m >= _BLAS
        expected = self.batch * (1 - law.idle if sparse else 1)
        rows = (
            math.ceil((expected + 3 * math.sqrt(expected)) / LANES)
            if sparse
            else self.batch / LANES
        )
        most = 16 if self.n <= 32 else 1  # what a tile holds stays in the nearest cache
        return sparse, blas, LANES * max(1, min(most, math.ceil(rows)))

    def run(
        self,
        law: Streams,
        importance: Floats,
        chain: int,
        theta_at: Floats,
        losses: NDArray[np.float64],
        stop: threading.Event,
    ) -> Status:
        """Train one chain, into theta_at (records, size) and losses (records,)."""
        theta, state = self.start(chain), np.zeros((2, self.size), np.float32)
        sparse, blas, tile = self.layout(law)
        hidden = self.model not in ("linear", "relu")
        model = (
            self.model not in UNTIED,
            hidden,
            self.model != "linear",
            self.model == "absolute",
            blas,
        )
        done = 0
        for record, end in enumerate(self.records.tolist()):
            sums, since = 0.0, end - done
            while done < end:
                if stop.is_set():
                    return Status.TRAINED  # never shown: the call raises
                rates = self.rates[done : min(end, done + SEGMENT)]
                seen = descend(
                    theta, self.m, self.n, state, done, rates, self.optimizer,
                    law.arguments(sparse), importance, model, self.batch, tile, self.share,
                    self.key(chain),
                )  # fmt: skip
                done += rates.size
                sums += float(np.sum(seen))
                if not (np.all(np.isfinite(theta)) and math.isfinite(sums)):
                    return Status.DIVERGED
            theta_at[record], losses[record] = theta, sums / max(since, 1)
        return Status.TRAINED
