"""Stacks of toy models over densities: trained on samples, and the best that is known.

A trained model is the best of several chains by its exact loss. The best known is the least exact
loss that descents reach, from those chains, from antipodal pairs and at random; it proves no bound.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from lcs.runs.rng import generator
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, SAME, fit_from, random_starts
from lcs.superposition.geometry import antipodal_pairs, canonical, norms, superposition
from lcs.superposition.loss_linear import linear_optimum
from lcs.superposition.model import Model, Weights
from lcs.superposition.train import train

KEPT = 0.5  # length from which a feature counts as kept: half way from 0 to 1
ALONE = 0.01  # superposition below which a kept feature counts as orthogonal: cosines below 0.1


@dataclass(frozen=True, slots=True)
class Stack:
    """One density of n features of importance decay^i in m neurons.

    Descents begin at the best `polished` of the trained chains, at `starts` random points and at
    antipodal pairs, and the best `survivors` of them go on to their end; with no `starts` and
    no `polished`, nothing but the trained model is known.
    """

    density: float
    n: int = 20
    m: int = 5
    decay: float = 0.7
    model: Model = "relu"
    chains: int = 8
    polished: int = 4
    starts: int = 40
    survivors: int | None = 6
    steps: int = 10_000
    batch: int = 1024
    rate: float = 1e-3
    falling: bool = False
    seed: int = 0


def schedule(cell: Any) -> dict[str, Any]:
    """The settings of `train` for a cell; a falling rate goes to 0 over the second half.

    Each step shrinks weights as AdamW does in the paper's notebook, rate 1e-3 and decay 0.01.
    """
    left = 1 - np.arange(cell.steps) / cell.steps
    rate = cell.rate * np.minimum(1, 2 * left) if cell.falling else cell.rate
    settings = {"chains": cell.chains, "steps": cell.steps, "batch": cell.batch}
    return settings | {"learning_rate": rate, "weight_decay": 1e-5 / cell.rate}


def stack(cell: Stack) -> pl.DataFrame:
    """One row per feature of the best trained model and of the best known.

    Columns: code (m,), gram (n,), bias, length and shared (the superposition) of the feature; loss
    of the model; reached, the share of chains or of descents within 1 % of the best known.
    """
    importance = geometric_importance(cell.n, cell.decay)
    law = Features.of(cell.n, density=cell.density, importance=importance)
    axes = {"experiment": "toys", "kind": "stack", "density": cell.density, "seed": cell.seed}
    rng = generator(**axes, n=cell.n, model=cell.model)
    settings: dict[str, Any] = {"model": cell.model, "terms": FINE}
    seed = int(rng.integers(2**63))
    kept = train(law, cell.m, model=cell.model, seed=seed, **schedule(cell))
    chains = [kept.weights(j) for j in range(cell.chains)]
    losses = np.array([exact_loss(one, law, **settings).value for one in chains])
    order = np.argsort(losses)
    trained = chains[order[0]], float(losses[order[0]])
    starts = [chains[j] for j in order[: cell.polished]]
    starts += stack_starts(cell, law, rng) if cell.starts else []
    if not starts:
        return _rows("trained", *trained, float(np.mean(losses <= trained[1] * (1 + SAME))))
    best = fit_from(starts, law, model=cell.model, keep=cell.survivors)
    reached = float(np.mean(losses <= best.loss.value * (1 + SAME)))
    return pl.concat(
        [
            _rows("trained", *trained, reached),
            _rows("best", best.weights, best.loss.value, best.share),
        ]
    )


def stack_starts(cell: Stack, law: Features, rng: np.random.Generator) -> list[Weights]:
    """Where descents begin: at random, and for ReLU at the most important features in pairs.

    The first few are alone, and the next ones in antipodal pairs, the first of them with the last.
    """
    starts = random_starts(law, cell.m, cell.starts, rng=rng)
    if cell.model == "relu":
        least = max(0, 2 * cell.m - cell.n)
        starts += [_in_pairs(law, cell.m, alone) for alone in range(least, cell.m + 1)]
    return starts


def _in_pairs(law: Features, m: int, alone: int) -> Weights:
    """The first `alone` features orthogonal to all, and the next 2 (m - alone) in pairs."""
    held, rows = 2 * m - alone, np.arange(m)
    W, b = np.zeros((m, law.n)), law.mean.copy()
    W[rows, rows] = 1
    W[rows[alone:], held - 1 - np.arange(m - alone)] = -1
    b[:held] = 0
    return Weights(W, b)


def _rows(source: str, weights: Weights, loss: float, reached: float) -> pl.DataFrame:
    W = canonical(weights.W)
    columns = {"i": np.arange(weights.n), "bias": weights.b, "length": norms(W)}
    return pl.DataFrame(
        columns
        | {"shared": superposition(W), "code": W.T.tolist(), "gram": (W.T @ W).tolist()}
        | {"loss": loss, "reached": reached, "source": source}
    )


def summary(stacks: pl.DataFrame) -> pl.DataFrame:
    """One row per model: what it keeps, in which arrangement, and its loss over the linear one's.

    kept: features of length >= KEPT; alone: those orthogonal to all others; pairs: antipodal ones
    of the kept; interference: the largest inner product of two kept; lowest: the least bias of
    one; extreme: the largest deviation of a bias from 0 where kept, p/2 elsewhere, over p.
    """
    keys = ["n", "m", "decay", "model", "density", "source"]
    groups = stacks.group_by(keys, maintain_order=True)
    return pl.DataFrame([dict(zip(keys, key, strict=True)) | _one(rows) for key, rows in groups])


def _one(rows: pl.DataFrame) -> dict[str, object]:
    rows = rows.sort("i")
    n, m, p, decay = rows.row(0, named=True)["n"], rows["m"][0], rows["density"][0], rows["decay"]
    length, shared, b = (rows[name].to_numpy() for name in ("length", "shared", "bias"))
    W, kept = np.array(rows["code"].to_list()).T, np.flatnonzero(length >= KEPT)
    least = linear_optimum(
        Features.of(n, density=p, importance=geometric_importance(n, decay[0])), m
    )
    inner = W[:, kept].T @ W[:, kept] - np.diag(length[kept] ** 2)
    pairs = antipodal_pairs(W[:, kept]) if kept.size else []
    expected = np.where(length >= KEPT, 0, p / 2)
    ideal = np.diag((np.arange(n) < m).astype(float))
    return {
        "kept": kept.size,
        "top": bool(np.array_equal(kept, np.arange(kept.size))),
        "alone": int(np.sum(shared[kept] < ALONE)),
        "pairs": [f"{kept[i]}-{kept[j]}" for i, j in pairs],
        "interference": float(inner.max(initial=0.0)),
        "lowest": float(b[kept].min(initial=0.0)),
        "off": float(np.abs(W.T @ W - ideal).max()),
        "extreme": float(np.abs(b - expected).max() / p),
        "loss": rows["loss"][0],
        "linear": rows["loss"][0] / least,
        "reached": rows["reached"][0],
    }
