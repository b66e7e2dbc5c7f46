"""Toy models of superposition: jumps as they learn, attacks on them, and what neurons carry.

Run as `python -m experiments.toy_dynamics --profile quick`. Trained models are judged by their
exact loss, those with a hidden ReLU by fresh inputs; each is the best of several chains. What an
attack has seen is no worst case: a bound stands beside it.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import polars as pl

from experiments import _command, _report
from experiments import _toy_dynamics_verdicts as verdicts
from experiments._toy_dynamics_cells import Attack, Course, Neurons, attack, course, neurons
from lcs.plots import style
from lcs.plots import toy_dynamics_panels as panels
from lcs.runs import provenance
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run

Tables = Mapping[str, pl.DataFrame]

HIDDEN, FREE, ABSOLUTE = "hidden-relu-tied", "relu", "absolute"
DOTS = f"neuron with more than {verdicts.MONOSEMANTIC:g} of its squared weights on one feature"
_STACKED = (1.0, 0.3, 0.1, 0.03)
_RARE = (0.01, 0.003)
_ATTACKED = (1.0, 0.7, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05, 0.03, 0.01)


def _models(**settings: int) -> tuple[Neurons, ...]:
    kinds = [Neurons(p, model, **settings) for model in (HIDDEN, FREE) for p in _STACKED]
    signed = [Neurons(p, ABSOLUTE, m=10, decay=0.8, **settings) for p in _STACKED + _RARE]
    return (*kinds, *signed)


COURSES = {"quick": (Course(),), "paper": (Course(), Course(density=0.3, n=16, m=8, chains=100))}
ATTACKS = {
    "quick": tuple(Attack(p) for p in _ATTACKED),
    "paper": tuple(Attack(p, n=100, m=20, chains=8, steps=10_000) for p in _ATTACKED),
}
MODELS = {"quick": _models(chains=12, steps=4000), "paper": _models(chains=48)}


def _draw_courses(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """The three chains with the most jumps, of the first law."""
    courses = tables["courses"]
    law = pl.struct("density", "n", "m")
    first = courses.filter(law == law.first())
    chains = verdicts.by_jumps(first)[:3]
    with style.figure(style.DOUBLE_COLUMN, 3.4) as figure:
        axes = figure.subplots(2, len(chains), squeeze=False, sharex=True, sharey="row")
        for above, below, (chain, found) in zip(*axes, chains, strict=True):
            panels.course(above, below, first.filter(pl.col("chain") == chain))
            panels.leaps((above, below), [(jump.begin, jump.end) for jump in found])
            above.set_title(f"chain {chain}: {len(found)} jumps")
        axes[0, 0].set_ylabel("dimensionality $D_i$")
        axes[1, 0].set_ylabel("expected loss")
        return style.save(figure, stem, suffixes)


def _draw_attacks(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    with style.figure(style.DOUBLE_COLUMN, 2.7) as figure:
        left, right = figure.subplots(1, 2, sharex=True)
        panels.attacks(left, right, tables["attacks"])
        return style.save(figure, stem, suffixes)


def _draw_basis(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    kinds = {HIDDEN: "hidden ReLU", FREE: "no hidden ReLU"}
    rows = verdicts.with_alone(tables["neurons"])
    densities = sorted(rows.filter(pl.col("model") == HIDDEN)["density"].unique(), reverse=True)
    with style.figure(style.DOUBLE_COLUMN, 3.2) as figure:
        axes = figure.subplots(2, len(densities), squeeze=False, sharey=True)
        for line, (model, name) in zip(axes, kinds.items(), strict=True):
            line[0].set_ylabel(f"{name}\nweights of a neuron")
            for ax, density in zip(line, densities, strict=True):
                here = (pl.col("model") == model) & (pl.col("density") == density)
                panels.stack(ax, rows.filter(here))
        for ax, density in zip(axes[0], densities, strict=True):
            ax.set_title(f"$1-S={density:g}$")
        panels.stack_legend(figure, axes.ravel().tolist(), rows["n"][0], DOTS)
        return style.save(figure, stem, suffixes)


def _draw_absolute(tables: Tables, stem: Path, suffixes: Sequence[str]) -> list[Path]:
    rows = verdicts.with_alone(tables["neurons"].filter(pl.col("model") == ABSOLUTE))
    densities = sorted(rows["density"].unique(), reverse=True)
    with style.figure(style.DOUBLE_COLUMN, 3.8) as figure:
        above, below = figure.subfigures(2, 1, height_ratios=[1.1, 1])  # pyright: ignore[reportGeneralTypeIssues]
        axes = above.subplots(1, len(densities), squeeze=False, sharey=True)[0]
        for ax, density in zip(axes, densities, strict=True):
            panels.stack(ax, rows.filter(pl.col("density") == density), unit=True)
            ax.set_title(f"$1-S={density:g}$")
        axes[0].set_ylabel("weights of a neuron\nover its norm")
        panels.stack_legend(above, axes.tolist(), rows["n"][0], DOTS)
        left, right = below.subplots(1, 2)
        table = verdicts.neuron_table(rows)
        panels.against_sparsity(left, table)
        left.set_ylabel("loss over that\nwithout superposition")
        panels.against_sparsity(right, table.with_columns(relative=pl.col("monosemantic")))
        right.set_ylabel("share of neurons\nwith one feature")
        return style.save(figure, stem, suffixes)


FIGURES: _report.Figures = {
    "dynamics": _draw_courses,
    "attacks": _draw_attacks,
    "basis": _draw_basis,
    "absolute": _draw_absolute,
}
draw = partial(_report.draw_figures, FIGURES)


def sweep(profile: str, store: Store, workers: int, fresh: bool) -> tuple[Outcome, ...]:
    """Train and measure everything of a profile."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return (
        run(COURSES[profile], course, **settings),
        run(ATTACKS[profile], attack, **settings),
        run(MODELS[profile], neurons, **settings),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and figures."""
    parser = _command.parser("experiments.toy_dynamics", __doc__, COURSES, FIGURES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small models: threads would only wait
    parser.add_argument("--docs", type=Path, help="write the figures as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    outcomes = sweep(options.profile, store, options.workers, options.fresh)
    if any(one.table.is_empty() for one in outcomes):
        print("error: nothing to draw; see the failures above", file=sys.stderr)
        return 1
    names = ("courses", "attacks", "neurons")
    tables = {name: one.table for name, one in zip(names, outcomes, strict=True)}
    found = verdicts.judge(tables)
    folder = options.results / f"toy-dynamics-{options.profile}"
    origin = provenance.collect(seconds=time.perf_counter() - began)
    verdict = {"verdict-toy-dynamics": _report.findings_table(found)}
    written = _report.write_tables(folder, tables | verdict, origin)
    written += draw(tables, folder, only=options.figure)
    if options.docs:
        written += draw(tables, options.docs, suffixes=(".png",), only=options.figure)
    shown = _report.findings("Toy models: dynamics, attacks, neurons", found)
    _report.show_tables([shown], [], written)
    return 1 if any(one.failed for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
