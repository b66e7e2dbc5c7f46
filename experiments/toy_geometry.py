"""How features share dimensions: correlated pairs, their collapse, dimensionalities, polytopes.

Run as `python -m experiments.toy_geometry --profile quick`. Pairs of features in two dimensions
are fitted by descents on the exact loss from many starts, of which the best is shown with the
share that reach it. Dimensionalities are those of trained models of many features, all equally
important. The pentagon and two digons are compared by their exact losses.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import brentq

from experiments import _command, _report
from experiments._toy_geometry_verdicts import judge_dimensions, judge_meeting, judge_pairs
from experiments._toy_pairs import Pairs, fit_pairs
from lcs.plots import style
from lcs.plots import toy_geometry_panels as panels
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features
from lcs.superposition.fit import FINE, fit_exact, fit_length
from lcs.superposition.geometry import Array, dimensionality, dimensions_per_feature, norms
from lcs.superposition.polytopes import parts
from lcs.superposition.train import train

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Many:
    """n features of one importance and density in m neurons: the best of several chains."""

    density: float
    n: int = 200
    m: int = 20
    chains: int = 1
    steps: int = 4000
    rate: float = 0.01
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Shapes:
    """Five features in two dimensions at one density: the pentagon against two digons."""

    density: float
    starts: int = 12
    seed: int = 0


SHOWN = (0.02, 0.1, 0.2, 0.3, 0.5)
STRIP = (0.02, 0.05, 0.1, 0.15, 0.25, 0.4, 0.5, 0.8, 1.0)
ANGLES = (0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7, 0.9)
COLLAPSE = (0.02, 0.03, 0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3, 0.35, 0.4)
COLLAPSE += (0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
STARTS = {"quick": (12, 24), "paper": (96, 96)}  # a third of starts reach the best two pairs
PAIRS = {
    profile: tuple(Pairs(kind, p, two) for kind in ("correlated", "anticorrelated") for p in ANGLES)
    + tuple(Pairs("side by side", p, three) for p in COLLAPSE)
    for profile, (two, three) in STARTS.items()
}
_SPARSITIES = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 7.0, 10.0)
MANY = {
    "quick": tuple(Many(1 / s) for s in _SPARSITIES),
    "paper": tuple(
        Many(float(p), 400, 30, chains=4, steps=20_000) for p in np.geomspace(1, 0.05, 24)
    ),
}
SHAPES = {
    "quick": tuple(Shapes(float(p)) for p in np.linspace(0.05, 0.4, 15)),
    "paper": tuple(Shapes(float(p), 48) for p in np.linspace(0.02, 0.5, 49)),
}
README = ("dimensionality", "collapse-strip")
EDGE = 0.2  # cosines of trained features below this are noise, not edges of a polytope
_TURNS = 2 * np.pi * np.arange(5) / 5
PENTAGON = np.array([np.cos(_TURNS), np.sin(_TURNS)])
DIGONS = np.array([[1.0, -1, 0, 0, 0], [0, 0, 1, -1, 0]])


def train_many(cell: Many) -> pl.DataFrame:
    """Length, dimensionality and polytope of each feature of the best of the chains, and D*."""
    features = Features.of(cell.n, density=cell.density)
    axes = {"n": cell.n, "m": cell.m, "density": cell.density, "seed": cell.seed}
    seed = int(generator(experiment="toy-geometry", **axes).integers(2**63))
    fall = (1 + np.cos(np.pi * np.arange(cell.steps) / cell.steps)) / 2
    made = train(
        features, cell.m, chains=cell.chains, steps=cell.steps,
        seed=seed, learning_rate=cell.rate * fall,
    )  # fmt: skip
    chains = [made.weights(j) for j in range(cell.chains)]
    losses = [exact_loss(one, features, terms=FINE).value for one in chains]
    W = chains[int(np.argmin(losses))].W
    names = {i: part.name or "" for part in parts(W, edge=EDGE) for i in part.members}
    columns = {"feature": np.arange(cell.n), "length": norms(W), "D": dimensionality(W)}
    columns["polytope"] = [names.get(i, "") for i in range(cell.n)]
    whole = {"D_star": dimensions_per_feature(W), "loss": min(losses)}
    return pl.DataFrame(columns).with_columns(**{k: pl.lit(v) for k, v in whole.items()})


def compare_shapes(cell: Shapes) -> pl.DataFrame:
    """Exact losses of both shapes, each at its best length and biases, and of the best found."""
    features = Features.of(5, density=cell.density)
    rng = generator(experiment="toy-geometry", shapes=cell.density, seed=cell.seed)
    found = fit_exact(features, 2, starts=cell.starts, rng=rng)
    names = [part.name or "single" for part in parts(found.weights.W)]
    losses = {"pentagon": length_loss(PENTAGON, cell.density)}
    losses |= {"digons": length_loss(DIGONS, cell.density), "best": found.loss.value}
    return pl.DataFrame([losses | {"found": " + ".join(names), "share": found.share}])


def length_loss(shape: Array, density: float) -> float:
    """The exact loss of a shape of five features at its best length and biases."""
    return fit_length(shape, Features.of(5, density=density))[1].value


def meeting() -> float:
    """The density at which the pentagon and two digons have the same loss."""
    return brentq(lambda p: length_loss(PENTAGON, p) - length_loss(DIGONS, p), 0.15, 0.3, xtol=1e-7)  # pyright: ignore[reportReturnType]


def _draw_pairs(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    with style.figure(style.DOUBLE_COLUMN, 3.9) as figure:
        panels.orientations(figure, tables["pairs"], SHOWN)
        return style.save(figure, stem, suffixes)


def _draw_strip(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    with style.figure(style.DOUBLE_COLUMN, 2.9) as figure:
        panels.collapse(figure, tables["pairs"].filter(pl.col("kind") == "side by side"), STRIP)
        return style.save(figure, stem, suffixes)


def _draw_dimensions(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    with style.figure(style.DOUBLE_COLUMN, 2.7) as figure:
        left, right = figure.subplots(1, 2, width_ratios=[1, 1.5])
        panels.dimensions_per_feature(left, tables["many"])
        panels.dimensionalities(right, tables["many"])
        return style.save(figure, stem, suffixes)


def _draw_crossover(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    with style.figure(style.SINGLE_COLUMN, 2.5) as figure:
        panels.crossover(figure.subplots(), tables["shapes"], tables["crossing"]["density"][0])
        return style.save(figure, stem, suffixes)


FIGURES: _report.Figures = {
    "pairs": _draw_pairs,
    "collapse-strip": _draw_strip,
    "dimensionality": _draw_dimensions,
    "pentagon-digons": _draw_crossover,
}
draw = partial(_report.draw_figures, FIGURES)


def sweep(profile: str, store: Store, workers: int, fresh: bool) -> tuple[Outcome, ...]:
    """Fit every pair, train every model and compare shapes at every density of a profile."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return (
        run(PAIRS[profile], fit_pairs, **settings),
        run(MANY[profile], train_many, **settings),
        run(SHAPES[profile], compare_shapes, **settings),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and figures."""
    parser = _command.parser("experiments.toy_geometry", __doc__, PAIRS, FIGURES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small models: threads would only wait
    parser.add_argument("--docs", type=Path, help="copy the README's figures to this folder")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    done = sweep(options.profile, Store(options.results / "cells"), options.workers, options.fresh)
    pairs, many, shapes = (one.table for one in done)
    if pairs.is_empty() or many.is_empty() or shapes.is_empty():
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    crossing = meeting()
    found = judge_pairs(pairs) + judge_dimensions(many) + judge_meeting(shapes, crossing)
    folder = options.results / f"toy-geometry-{options.profile}"
    tables = {"pairs": pairs, "many": many, "shapes": shapes}
    tables["crossing"] = pl.DataFrame({"density": [crossing]})
    tables["verdict-toy-geometry"] = _report.findings_table(found)
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin)
    written += draw(tables, folder, only=options.figure)
    if options.docs:
        written += _report.copy_figures(README, folder, options.docs)
    _report.show_tables([_report.findings("How features share dimensions", found)], [], written)
    return 1 if any(one.failed for one in done) else 0


if __name__ == "__main__":
    sys.exit(main())
