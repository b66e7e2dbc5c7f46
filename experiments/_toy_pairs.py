"""Pairs of features in two dimensions: the best weights found, turned to one orientation."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from lcs.runs.rng import generator
from lcs.superposition.features import Features, Rule
from lcs.superposition.fit import SAME, fit_exact
from lcs.superposition.geometry import Array, canonical, collapsed, directions, principal

Kind = Literal["correlated", "anticorrelated", "side by side"]
LAWS: dict[Kind, tuple[int, Rule]] = {
    "correlated": (4, "coactive"),
    "anticorrelated": (4, "exclusive-one"),
    "side by side": (6, "coactive"),
}
COARSE = 1e-4
TURNED = 25  # degrees: the largest angle of a pair that counts as collapsed, cosine 0.9


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of features in two dimensions, each pair active with this probability."""

    kind: Kind
    density: float
    starts: int = 24
    seed: int = 0


def law(cell: Pairs) -> Features:
    """The features of a cell."""
    n, rule = LAWS[cell.kind]
    sets = [(i, i + 1) for i in range(0, n, 2)]
    return Features.of(n, density=cell.density, sets=sets, rule=rule)


def fit_pairs(cell: Pairs) -> pl.DataFrame:
    """The best weights found, turned to one orientation, beside principal components; n rows.

    `angle` is that to the partner and `nearest` that to the nearest feature of another pair, in
    degrees; `likeness` is the cosine between W and a projection to principal components.
    """
    features = law(cell)
    axes = {"kind": cell.kind, "density": cell.density, "seed": cell.seed}
    rng = generator(experiment="toy-geometry", **axes)
    found = fit_exact(features, 2, starts=cell.starts, rng=rng)
    order, W = _oriented(found.weights.W)
    P = principal(W, features.covariance)
    degrees = _degrees(W)
    i, pair = np.arange(features.n), features.set_of
    strangers = np.where(pair[:, None] == pair, np.inf, degrees)
    fallen = collapsed(W, features.sets)
    scale = np.linalg.norm(W) * np.linalg.norm(P)
    columns = {"feature": i, "pair": pair, "x": W[0], "y": W[1], "bias": found.weights.b[order]}
    columns |= {"pca_x": P[0], "pca_y": P[1], "angle": degrees[i, i ^ 1]}
    columns |= {"nearest": strangers.min(axis=1), "collapsed": np.isin(pair, fallen)}
    # Starts end coarsely: where the best loss is 0 they miss it by a part of that of W = 0.
    slack = SAME * found.loss.value + COARSE * features.importance @ features.active / 3
    share = np.mean(found.losses <= found.loss.value + slack)
    whole = {"likeness": np.sum(W * P) / scale, "loss": found.loss.value, "share": share}
    return pl.DataFrame(columns).with_columns(**{k: pl.lit(float(v)) for k, v in whole.items()})


def _degrees(W: Array) -> Array:
    V = directions(W)
    return np.degrees(np.arccos(np.clip(V.T @ V, -1, 1)))


def _oriented(W: Array) -> tuple[list[int], Array]:
    """An order of the features that changes no loss, and W in it, turned: (order, W).

    Pairs with the least angle come first, those of like angles counterclockwise, and partners
    too. Feature 0 lies along +e_1; its partner, or else what is farthest from that axis, above.
    """
    angles = _degrees(W)
    first = min(range(0, W.shape[1], 2), key=lambda i: angles[i, i + 1])
    order = [first, first + 1, *(i for i in range(W.shape[1]) if i // 2 != first // 2)]
    V = canonical(W[:, order])
    height = V[1] if abs(V[1, 1]) < 0.1 else V[1, 1:2]
    V[1] *= np.sign(height[np.argmax(np.abs(height).round(3))])

    def place(i: int) -> tuple[bool, float]:
        middle = V[:, i] + V[:, i + 1]
        return bool(angles[order[i], order[i + 1]] > TURNED), np.arctan2(-middle[1], -middle[0])

    chosen = [0, 1]
    for i in sorted(range(2, W.shape[1], 2), key=place):
        turn = np.linalg.det(directions(V[:, i : i + 2]))
        right = turn > 0 if abs(turn) > 1e-3 else V[1, i] > V[1, i + 1]  # opposite: upper first
        chosen += [i, i + 1] if right else [i + 1, i]
    return [order[i] for i in chosen], V[:, chosen]
