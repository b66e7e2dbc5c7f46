"""Toy models of superposition: what models keep, by density and importance.

Run as `python -m experiments.toys --profile quick`. A stack is one model (of 20 features in 5
neurons, linear or ReLU; of 5 in 2; of 80 in 20) at several densities, trained on samples and the
best that is known by exact losses. A phase row is one density of the diagram of n = 2, m = 1 or
n = 3, m = 2: trained, in theory and the best known, at each relative importance.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from experiments import (
    _command,
    _report,
    _toy_losses,
    _toy_phases,
    _toy_stack_findings,
    _toy_stacks,
)
from experiments._toy_phases import PhaseRow, phase_row
from experiments._toy_stacks import Stack, stack
from lcs.plots import style, toy_loss_panels, toy_panels
from lcs.runs import provenance
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run

Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Profile:
    """The cells of one run."""

    stacks: tuple[Stack, ...]
    phases: tuple[PhaseRow, ...]


DENSITIES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
INTRO = tuple(float(p) for p in 20 ** -np.linspace(0, 1, 10))
_FAST = {"steps": 3000, "batch": 512, "rate": 0.01, "falling": True}
_SLOW = {"chains": 10, "steps": 10_000, "batch": 1024, "rate": 1e-3, "falling": False}


def _phase_rows(n: int, size: int, **settings: Any) -> tuple[PhaseRow, ...]:
    return tuple(PhaseRow(float(p), size, n, **settings) for p in np.geomspace(1, 0.01, size))


def _stacks(chains: int, starts: int, **settings: Any) -> tuple[Stack, ...]:
    """The stacks of 20 features, ReLU and linear, and the one of 5 features in a plane."""
    search: dict[str, Any] = {"chains": chains, "starts": starts, **settings}
    few: dict[str, Any] = {**settings, "survivors": None}
    alike: dict[str, Any] = {"chains": 2, "polished": 1, "starts": 4, **few}
    plane: dict[str, Any] = {"chains": 4, "starts": 12, **few}
    relu = tuple(Stack(p, **search) for p in DENSITIES)
    linear = tuple(Stack(p, model="linear", **alike) for p in DENSITIES)
    return relu + linear + tuple(Stack(p, 5, 2, 0.9, **plane) for p in INTRO)


def _wide(chains: int, **settings: Any) -> tuple[Stack, ...]:
    """The stack of 80 features, from training alone."""
    more: dict[str, Any] = {"chains": chains, "polished": 0, "starts": 0, **settings}
    return tuple(Stack(p, 80, 20, 0.9, **more) for p in DENSITIES)


PROFILES = {
    "quick": Profile(
        _stacks(6, 40, **_FAST) + _wide(2, **_FAST),
        _phase_rows(2, 24, chains=4) + _phase_rows(3, 12),
    ),
    "paper": Profile(
        _stacks(64, 256, survivors=64) + _wide(8),
        _phase_rows(2, 100, **_SLOW) + _phase_rows(3, 50, **_SLOW),
    ),
}


README = ("toy-stack", "toy-phases")


Blocks = Sequence[tuple[str, pl.DataFrame]]
BOTH = {"trained": "trained", "best": "best known"}


def _blocks(stacks: pl.DataFrame, sources: Mapping[str, str]) -> Blocks:
    """The stacks by source, each with its label; nothing where one is missing."""
    blocks = [(sources[one], stacks.filter(pl.col("source") == one)) for one in sources]
    return blocks if all(table.height for _, table in blocks) else []


def _relu(tables: Tables, n: int) -> pl.DataFrame:
    return tables["stacks"].filter((pl.col("n") == n) & (pl.col("model") == "relu"))


def _linear(tables: Tables) -> pl.DataFrame:
    return tables["stacks"].filter(pl.col("model") == "linear")


def _draw_stack(blocks: Blocks, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """Two rows for each source: W^T W with b, and lengths; one column for each density."""
    if not blocks:
        return []
    densities = sorted(blocks[0][1]["density"].unique(), reverse=True)
    n = blocks[0][1]["n"][0]
    with style.figure(style.DOUBLE_COLUMN, 0.3 + 2.0 * len(blocks)) as figure:
        axes = figure.subplots(2 * len(blocks), squeeze=False)[:, 0]
        for number, (label, table) in enumerate(blocks):
            above, below = axes[2 * number], axes[2 * number + 1]
            models = [table.filter(pl.col("density") == density) for density in densities]
            toy_panels.grams_and_biases(above, models)
            toy_panels.lengths(below, models)
            above.set_ylabel(f"{label}\nfeature $i$")
            below.set_ylabel("$\\Vert W_i\\Vert$")
            toy_panels.stack_legend(figure, above, below)
        toy_panels.column_titles(axes[0], [f"$1-S={p:g}$" for p in densities], n)
        return style.save(figure, stem, suffixes)


def _draw_vectors(blocks: Blocks, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """The features of a plane, one row for each source and one column for each density."""
    if not blocks:
        return []
    densities = sorted(blocks[0][1]["density"].unique(), reverse=True)
    with style.figure(style.DOUBLE_COLUMN, 0.5 + 0.72 * len(blocks)) as figure:
        axes = figure.subplots(len(blocks), len(densities), squeeze=False)
        for (label, table), row in zip(blocks, axes, strict=True):
            for density, ax in zip(densities, row, strict=True):
                toy_panels.vectors(ax, table.filter(pl.col("density") == density))
            row[0].set_ylabel(label)
        for density, ax in zip(densities, axes[0], strict=True):
            ax.set_title(f"${density:.2g}$")
        axes[0, 0].set_title(f"$1-S={densities[0]:.2g}$")
        toy_panels.vectors_legend(figure, blocks[0][1]["n"][0])
        return style.save(figure, stem, suffixes)


def _draw_losses(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """What one active feature carries of the loss, and exact losses against fresh inputs."""
    losses = tables["losses"]
    if losses.is_empty():
        return []
    with style.figure(style.DOUBLE_COLUMN, 2.4) as figure:
        left, right = figure.subplots(1, 2)
        toy_loss_panels.loss_shares(left, losses.filter(pl.col("model") == "relu"))
        ratio = losses.with_columns(
            ratio=pl.col("sampled") / pl.col("exact"), error=pl.col("error") / pl.col("exact")
        )
        toy_loss_panels.sampled(right, ratio)
        return style.save(figure, stem, suffixes)


def _draw_phases(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """Trained, theory, best known and their difference, one row for each n."""
    names = {"trained": "trained on samples", "theory": "theory", "best": "best known, exact loss"}
    sizes = sorted(tables["phases"]["n"].unique())
    with style.figure(style.DOUBLE_COLUMN, 0.5 + 1.9 * len(sizes)) as figure:
        axes = figure.subplots(len(sizes), 4, sharex=True, sharey=True, squeeze=False)
        mesh = None
        for n, row in zip(sizes, axes, strict=True):
            phases, cells, edges = (
                tables[name].filter(pl.col("n") == n) for name in ("phases", "cells", "boundaries")
            )
            for ax, source in zip(row, names, strict=False):
                toy_panels.phases(ax, phases.filter(pl.col("source") == source))
            mesh = toy_panels.difference(row[3], cells)
            for ax in row:
                toy_panels.boundary(ax, edges)
            row[0].set_ylabel(f"$n={n}$, $m={n - 1}$\nrelative importance $r$")
        for ax, title in zip(axes[0], [*names.values(), "theory above the best"], strict=True):
            ax.set_title(title)
        for ax in axes[-1]:
            ax.set_xlabel("density $p = 1-S$")
        if mesh is not None:
            bar = figure.colorbar(mesh, ax=axes[:, 3], aspect=30, ticks=[0, 1, 4, 9, 16])
            bar.set_label("excess of loss, %")
        toy_panels.phase_legend(figure)
        return style.save(figure, stem, suffixes)


FIGURES: _report.Figures = {
    "toy-stack": lambda tables, *to: _draw_stack(_blocks(_relu(tables, 20), BOTH), *to),
    "toy-linear": lambda tables, *to: _draw_stack(
        _blocks(_linear(tables), {"best": "linear, best"}), *to
    ),
    "toy-stack-80": lambda tables, *to: _draw_stack(
        _blocks(_relu(tables, 80), {"trained": "trained"}), *to
    ),
    "toy-features": lambda tables, *to: _draw_vectors(_blocks(_relu(tables, 5), BOTH), *to),
    "toy-losses": _draw_losses,
    "toy-phases": _draw_phases,
}
draw = partial(_report.draw_figures, FIGURES)


def sweep(profile: Profile, store: Store, workers: int, fresh: bool) -> tuple[Outcome, Outcome]:
    """Train and fit every stack and every row of the phase diagrams of a profile."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return run(profile.stacks, stack, **settings), run(profile.phases, phase_row, **settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and figures."""
    parser = _command.parser("experiments.toys", __doc__, PROFILES, FIGURES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small models: threads would only wait
    parser.add_argument("--docs", type=Path, help="copy the README's figures to this folder")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    stacks, phases = sweep(PROFILES[options.profile], store, options.workers, options.fresh)
    if stacks.table.is_empty() or phases.table.is_empty():
        print("error: nothing to draw; see the failures above", file=sys.stderr)
        return 1
    models, cells = _toy_stacks.summary(stacks.table), _toy_phases.compare(phases.table)
    losses = _toy_losses.losses(stacks.table)
    findings = (
        _toy_stack_findings.judge(models) + _toy_losses.judge(losses) + _toy_phases.judge(cells)
    )
    tables = {
        "stacks": stacks.table,
        "models": models,
        "losses": losses,
        "phases": phases.table,
        "cells": cells,
        "boundaries": _toy_phases.boundaries(),
        "verdict-toys": _report.findings_table(findings),
    }
    folder = options.results / f"toys-{options.profile}"
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin)
    written += draw(tables, folder, only=options.figure)
    if options.docs:
        written += _report.copy_figures(README, folder, options.docs)
    shown = [
        ("What models keep", _toy_stack_findings.HEADS, _toy_stack_findings.lines(models)),
        _report.findings("Claims of the toy models", findings),
    ]
    _report.show_tables(shown, _toy_phases.lines(cells), written)
    return 1 if stacks.failed or phases.failed else 0


if __name__ == "__main__":
    sys.exit(main())
