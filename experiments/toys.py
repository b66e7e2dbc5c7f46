"""Toy models of superposition: what trained models keep, by density and importance.

Run as `python -m experiments.toys --profile quick`. A stack is one model of n = 20 features and
m = 5 neurons at one density, the best of several chains by its exact loss. A phase row is one
density of the diagram of n = 2, m = 1: at each relative importance, again the best of several.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from experiments import _command, _report
from lcs.plots import style, toy_panels
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.geometry import superposition
from lcs.superposition.train import train


@dataclass(frozen=True, slots=True)
class Stack:
    """One density of the stack of n features in m neurons, importance decay^i."""

    density: float
    n: int = 20
    m: int = 5
    decay: float = 0.7
    chains: int = 4
    steps: int = 10_000
    seed: int = 0


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One density of the phase diagram, at several importances of the second feature."""

    density: float
    ratios: int
    chains: int = 4
    steps: int = 10_000
    seed: int = 0


DENSITIES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)


def _phase_rows(size: int) -> tuple[PhaseRow, ...]:
    return tuple(PhaseRow(float(p), size) for p in np.geomspace(1, 0.01, size))


STACKS = {
    "quick": tuple(Stack(p) for p in DENSITIES),
    "paper": tuple(Stack(p, chains=32) for p in DENSITIES),
}
PHASES = {"quick": _phase_rows(16), "paper": _phase_rows(100)}


def _seed(kind: str, cell: Stack | PhaseRow) -> int:
    """A seed of its own for each cell: with one for all, neighbours would start alike."""
    axes = {"experiment": "toys", "kind": kind, "density": cell.density, "seed": cell.seed}
    return int(generator(**axes).integers(2**63))


def stack(cell: Stack) -> pl.DataFrame:
    """The entries of W^T W of the best chain, with the bias, length and superposition of row i."""
    importance = geometric_importance(cell.n, cell.decay)
    law = Features.of(cell.n, density=cell.density, importance=importance)
    seed = _seed("stack", cell)
    kept = train(law, cell.m, chains=cell.chains, steps=cell.steps, seed=seed)
    losses = [exact_loss(kept.weights(j), law).value for j in range(cell.chains)]
    best = kept.weights(int(np.argmin(losses)))
    i, j = (index.ravel() for index in np.indices((cell.n, cell.n)))
    return pl.DataFrame(
        {
            "i": i,
            "j": j,
            "gram": (best.W.T @ best.W).ravel(),
            "bias": best.b[i],
            "length": np.linalg.norm(best.W, axis=0)[i],
            "shared": superposition(best.W)[i],
            "loss": min(losses),
        }
    )


def phase_row(cell: PhaseRow) -> pl.DataFrame:
    """The length and superposition of the second of two features, at each relative importance."""
    ratios = np.geomspace(0.1, 10, cell.ratios)
    laws = [Features.of(2, density=cell.density, importance=[1.0, r]) for r in ratios]
    seed = _seed("phases", cell)
    kept = train(laws, 1, chains=cell.chains, steps=cell.steps, seed=seed)
    rows = []
    for number, (law, ratio) in enumerate(zip(laws, ratios, strict=True)):
        chains = [kept.weights(number * cell.chains + j) for j in range(cell.chains)]
        losses = [exact_loss(one, law).value for one in chains]
        W = chains[int(np.argmin(losses))].W
        shared = float(superposition(W)[1])
        rows.append({"ratio": ratio, "length": abs(W[0, 1]), "shared": shared, "loss": min(losses)})
    return pl.DataFrame(rows)


def draw(stacks: pl.DataFrame, phases: pl.DataFrame, folder: Path) -> list[Path]:
    """Draw the stack and the phase diagram from tables alone."""
    densities = sorted(stacks["density"].unique(), reverse=True)
    with style.figure(style.DOUBLE_COLUMN, 2.6) as figure:
        axes = figure.subplots(2, len(densities))
        for density, above, below in zip(densities, *axes, strict=True):
            table = stacks.filter(pl.col("density") == density)
            toy_panels.gram_and_bias(above, table)
            toy_panels.lengths(below, table)
            above.set_title(f"$1 - S = {density:g}$")
        written = style.save(figure, folder / "stack")
    with style.figure(style.SINGLE_COLUMN, 2.9) as figure:
        ax = figure.subplots()
        toy_panels.phases(ax, phases)
        ax.set_title("grey: not kept, orange: shared, blue: alone")
        return written + style.save(figure, folder / "phases")


def sweep(profile: str, store: Store, workers: int, fresh: bool) -> tuple[Outcome, Outcome]:
    """Train every stack and every row of the phase diagram of a profile."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return run(STACKS[profile], stack, **settings), run(PHASES[profile], phase_row, **settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then write its tables and figures."""
    options = _command.parser("experiments.toys", __doc__, STACKS).parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    stacks, phases = sweep(options.profile, store, options.workers, options.fresh)
    if stacks.table.is_empty() or phases.table.is_empty():
        print("error: nothing to draw; see the failures above", file=sys.stderr)
        return 1
    folder = options.results / f"toys-{options.profile}"
    origin = provenance.collect(seconds=time.perf_counter() - began)
    tables = {"stacks": stacks.table, "phases": phases.table}
    written = _report.write_tables(folder, tables, origin)
    written += draw(stacks.table, phases.table, folder)
    _report.show_tables([], [], written)
    return 1 if stacks.failed or phases.failed else 0


if __name__ == "__main__":
    sys.exit(main())
