"""The cells of the experiment on dynamics, attacks and neurons: what is trained and measured."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize

from lcs.runs.rng import generator
from lcs.superposition.attack import loss_bounds, reach, seen_losses
from lcs.superposition.exact import exact_objective
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import FINE, SAME
from lcs.superposition.geometry import dimensionality, dimensions_per_feature
from lcs.superposition.model import UNTIED, Model, Weights, loss_and_gradient
from lcs.superposition.train import train

Array = NDArray[np.float64]

NOT_RARE = 0.1
"""Models of rarer features descend from one trained here: outputs that are 0 at the start of a
training see no gradient until several features are active at once."""


@dataclass(frozen=True, slots=True)
class Course:
    """Chains of one law, followed from small weights on."""

    density: float = 0.2
    n: int = 8
    m: int = 4
    init_std: float = 0.001
    chains: int = 24
    steps: int = 10_000
    records: int = 40  # per decade of steps, from step 10
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Attack:
    """One density of the attack on models of equal features."""

    density: float
    n: int = 40
    m: int = 10
    eps: float = 0.1
    chains: int = 2
    steps: int = 6_000
    inputs: int = 400
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Neurons:
    """One density of a model whose neurons are looked at one by one."""

    density: float
    model: Model
    n: int = 10
    m: int = 5
    decay: float = 0.75
    chains: int = 12
    steps: int = 6_000
    inputs: int = 8192  # of a descent, and twelve times as many to judge it
    seed: int = 0


def course(cell: Course) -> pl.DataFrame:
    """D_i of every feature and the exact loss of every chain, at steps in equal ratios."""
    law = Features.of(cell.n, density=cell.density)
    decades = np.log10(cell.steps) - 1
    at = np.rint(np.geomspace(10, cell.steps, 1 + round(cell.records * decades)))
    seed = _seed("course", cell)
    kept = train(
        law,
        cell.m,
        chains=cell.chains,
        steps=cell.steps,
        seed=seed,
        init_std=cell.init_std,
        record=np.unique(at.astype(int)).tolist(),
    )
    objective = exact_objective(law, terms=FINE)
    rows = []
    for chain in range(cell.chains):
        for record, step in enumerate(kept.steps.tolist()):
            one = kept.weights(chain, record)
            loss = objective(one).value
            for i, d in enumerate(dimensionality(one.W).tolist()):
                rows.append({"chain": chain, "step": step, "feature": i, "D": d, "loss": loss})
    return pl.DataFrame(rows)


def attack(cell: Attack) -> pl.DataFrame:
    """The vulnerability of the best of a few trained models, beside 1/D*."""
    law = Features.of(cell.n, density=cell.density)
    seed = _seed("attack", cell)
    rates = _rates(cell.steps, 1e-3)
    kept = train(law, cell.m, chains=cell.chains, steps=cell.steps, seed=seed, learning_rate=rates)
    objective = exact_objective(law, terms=FINE)
    losses = np.array([objective(kept.weights(j)).value for j in range(cell.chains)])
    best = kept.weights(int(np.argmin(losses)))
    rng = np.random.default_rng(seed)
    x = law.sample(cell.inputs, rng=rng)
    clean = seen_losses(best, x, eps=0.0, starts=1, steps=0, rng=rng)
    # Without superposition the loss rises by eps^2 exactly: ||relu(x + delta) - x|| <= eps.
    seen = (seen_losses(best, x, eps=cell.eps, rng=rng) - clean) / cell.eps**2
    bound = (loss_bounds(best, x, eps=cell.eps) - clean) / cell.eps**2
    return pl.DataFrame(
        {
            "features_per_dimension": 1 / dimensions_per_feature(best.W),
            "reach": reach(best.W),
            "seen": seen.mean(),
            "seen_error": seen.std() / np.sqrt(cell.inputs),
            "bound": bound.mean(),
            "crossed": int(np.sum(seen > bound * (1 + 1e-6) + 1e-6)),
            "loss": losses.min(),
            "share": float(np.mean(losses <= losses.min() * (1 + SAME))),
        }
    )


def neurons(cell: Neurons) -> pl.DataFrame:
    """The weights of the best model found, by neuron and feature, and its loss on fresh inputs."""
    law = law_of(cell)
    start = law_of(replace(cell, density=max(cell.density, NOT_RARE)))
    seed = _seed("neurons", cell)
    rng = np.random.default_rng(seed)
    kept = train(
        start,
        cell.m,
        model=cell.model,
        chains=cell.chains,
        steps=cell.steps,
        seed=seed,
        learning_rate=_rates(cell.steps, 5e-3),
    )
    chains = [kept.weights(j) for j in range(cell.chains)]
    judge = Sampled(start, cell.model, cell.inputs, rng)
    order = np.argsort([judge(one)[0] for one in chains])[:3]
    descent, fresh = (
        Sampled(law, cell.model, count, rng) for count in (cell.inputs, 12 * cell.inputs)
    )
    ends = [descent.descend(chains[j]) for j in order]
    losses = np.array([fresh(one)[0] for one in ends])
    best = ends[int(np.argmin(losses))]
    W = best.W
    if best.W_out is not None:  # relu(c h)/c = relu(h): give W and W_out one length per neuron
        lengths = [np.linalg.norm(W, axis=1), np.linalg.norm(best.W_out, axis=0)]
        W = W * np.sqrt(lengths[1] / np.maximum(lengths[0], 1e-300))[:, None]
    neuron, feature = (index.ravel() for index in np.indices(W.shape))
    return pl.DataFrame({"neuron": neuron, "feature": feature, "weight": W.ravel()}).with_columns(
        loss=losses.min(), share=float(np.mean(losses <= losses.min() * (1 + SAME)))
    )


def law_of(cell: Neurons) -> Features:
    """The features of a cell: signed where their absolute values are to be computed."""
    importance = geometric_importance(cell.n, cell.decay)
    signed = cell.model == "absolute"
    return Features.of(cell.n, density=cell.density, importance=importance, signed=signed)


class Sampled:
    """The loss of a model on inputs drawn once: those that are 0 counted, the others drawn."""

    def __init__(self, law: Features, model: Model, count: int, rng: np.random.Generator) -> None:
        self.law, self.model = law, model
        self.idle = float(np.prod(1 - law.density))
        drawn = [np.zeros((0, law.n))]
        while sum(map(len, drawn)) < count:
            x = law.sample(min(10**5, int(count / (1 - self.idle)) + 1), rng=rng)
            drawn.append(x[np.any(x != 0, axis=1)])
        self.inputs = np.concatenate(drawn)[:count]

    def __call__(self, weights: Weights) -> tuple[float, Array]:
        """The loss, and its gradient in all parameters as one vector."""
        value, total = 0.0, 0.0
        for share, x in ((1 - self.idle, self.inputs), (self.idle, np.zeros((1, self.law.n)))):
            loss, slope = loss_and_gradient(
                weights,
                x,
                model=self.model,  # pyright: ignore[reportArgumentType]
                importance=self.law.importance,
            )
            value, total = value + share * loss, total + share * _flat(slope)
        return value, np.asarray(total)

    def descend(self, weights: Weights, iterations: int = 200) -> Weights:
        """A local minimum below these weights, by L-BFGS."""
        m, n = weights.W.shape
        scale = 1 / self(weights)[0]

        def shaped(v: Array) -> Weights:
            W, b, out = np.split(v, [m * n, m * n + n])
            return Weights(W.reshape(m, n), b, out.reshape(n, m) if self.model in UNTIED else None)

        def scaled(v: Array) -> tuple[float, Array]:
            value, slope = self(shaped(v))
            return scale * value, scale * slope

        options = {"maxiter": iterations, "maxcor": 20}
        start = _flat(weights)
        return shaped(minimize(scaled, start, jac=True, method="L-BFGS-B", options=options).x)


def _flat(weights: Weights) -> Array:
    parts = [weights.W.ravel(), weights.b]
    return np.concatenate(parts if weights.W_out is None else [*parts, weights.W_out.ravel()])


def _rates(steps: int, rate: float) -> Array:
    """One rate for two thirds of the steps, then falling to a hundredth of it."""
    rest = steps // 3
    return np.concatenate([np.full(steps - rest, rate), rate * np.geomspace(1, 0.01, rest)])


def _seed(kind: str, cell: Course | Attack | Neurons) -> int:
    """A seed of its own for each cell."""
    axes = {"experiment": "toy-dynamics", "kind": kind, "density": cell.density, "seed": cell.seed}
    if isinstance(cell, Neurons):
        axes["model"] = cell.model
    return int(generator(**axes).integers(2**63))
