"""Toy models as codes: worst errors, the best codes of their shape, and l1 recovery.

Run as `python -m experiments.toy_codes --profile quick`. Each model is trained on samples or fitted
to its exact loss; the features it keeps are then read in the worst case by its own ReLU and bias,
by the best bias and by the best linear probes, and W is used as the sensing matrix of l1.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from experiments import _command, _report
from experiments._toy_code_cells import Model, measure
from experiments._toy_code_findings import judge
from lcs.plots import code_panels, style
from lcs.runs import provenance
from lcs.runs.store import Store
from lcs.runs.sweep import run

DENSITIES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
DRAWN = (  # n, m, density and title of the models in the figure
    (5, 2, 0.05, "pentagon: $n=5$, $m=2$"),
    (10, 5, 0.05, "pairs: $n=10$, $m=5$"),
    (20, 5, 0.01, "$n=20$, $m=5$, $I_i=0.7^i$"),
)

SHARES = ("positive_trained", "positive_gaussian", "signed_trained", "signed_gaussian")


def _models(starts: int, chains: int, steps: int, trials: int) -> tuple[Model, ...]:
    exact = [
        *(Model("exact", 20, 5, 0.7, p, 2 * starts) for p in DENSITIES),
        *(Model("exact", 5, 2, 1.0, p, starts) for p in (0.1, 0.05, 0.01)),
        *(Model("exact", 10, 5, 1.0, p, starts) for p in (0.3, 0.1, 0.05, 0.01)),
    ]
    exact = [replace(one, trials=trials) for one in exact]
    # Only fitted models are drawn: sampled ones need fewer trials.
    sampled = [
        replace(one, how="sampled", starts=chains, steps=steps, trials=trials // 4) for one in exact
    ]
    return (*exact, *sampled)


PROFILES = {"quick": _models(6, 2, 4000, 100), "paper": _models(60, 16, 10_000, 2000)}


def _draw(tables: Mapping[str, pl.DataFrame], stem: Path, suffixes: Sequence[str]) -> list[Path]:
    """Worst errors above and l1 shares below, one column per model."""
    k = pl.col("k")
    rows = (
        tables["toy-codes"]
        .filter(pl.col("how") == "exact")
        .with_columns(
            linear_best=pl.min_horizontal(1.0, k * pl.col("alpha")),
            linear_low=pl.min_horizontal(1.0, k * pl.col("alpha_least")),
            linear_high=pl.min_horizontal(1.0, k * pl.col("alpha_packed")),
            pairs_relu=pl.when(pl.col("kept") <= 2 * pl.col("m")).then((k > 1).cast(pl.Float64)),
            relu_least=pl.when(pl.col("relu_least") > 0).then(pl.col("relu_least")),
        )
    )
    with style.figure(style.DOUBLE_COLUMN, 4.5) as figure:
        axes = figure.subplots(2, len(DRAWN), sharey="row")
        for (n, m, density, title), above, below in zip(DRAWN, *axes, strict=True):
            table = rows.filter((pl.col("n") == n) & (pl.col("m") == m), density=density)
            if table.is_empty():
                continue
            code_panels.worst_errors(above, table)
            code_panels.l1_shares(below, table)
            above.set_title(f"{title}\n$p={density:g}$, {table['kept'][0]} kept")
        axes[0, 0].set_ylabel("worst error")
        axes[1, 0].set_ylabel("share recovered by $\\ell_1$")
        code_panels.legends(figure)
        return style.save(figure, stem, suffixes)


FIGURES: _report.Figures = {"toy-codes": _draw}
draw = partial(_report.draw_figures, FIGURES)


def summary(measured: pl.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the README's table: one row per fitted model."""
    heads = ["n", "m", "p", "starts at best", "kept", "pairs", "ReLU k = 1", "k = 2",
             "best bias k = 2", "α₁", "packing", "bound", "d that suffices",
             "l1 k = 2, positive", "Gaussian", "signed", "Gaussian", "certified k"]  # fmt: skip
    rows = []
    for model in measured.filter(pl.col("how") == "exact").partition_by(
        "n", "m", "density", maintain_order=True
    ):
        one, two = (model.row(by_predicate=pl.col("k") == k, named=True) for k in (1, 2))
        shares = [
            two[f"l1_{z}_{A}"] for z in ("positive", "signed") for A in ("trained", "gaussian")
        ]
        rows.append(
            [f"{one[name]:.2g}" for name in ("n", "m", "density", "share", "kept", "pairs")]
            + [f"{x:.3f}" for x in (one["relu"], two["relu"], two["best_bias"])]
            + [f"{one[name]:.3f}" for name in ("alpha", "alpha_packed", "alpha_least")]
            + [str(one["d_sufficient"])]
            + [f"{share:.2f}" for share in shares]
            + [str(one["certified"])]
        )
    return heads, rows


def _undecided(measured: pl.DataFrame) -> str:
    """How many random signals l1 left open, of all."""
    shares = measured.select(pl.col("trials") * pl.sum_horizontal("^l1_.*_open_.*$")).to_series()
    signals = 4 * int(measured["trials"].sum())
    return f"{round(shares.sum())} of {signals} random signals undecided, counted as not recovered."


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the models of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.toy_codes", __doc__, PROFILES, FIGURES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small models: threads would only wait
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    models = run(
        PROFILES[options.profile], measure, store=Store(options.results / "cells"),
        workers=options.workers, fresh=options.fresh,
    )  # fmt: skip
    measured = models.table
    if measured.is_empty():
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    found = judge(measured)
    tables = {"toy-codes": measured, "verdict-toy-codes": _report.findings_table(found)}
    origin = provenance.collect(seconds=time.perf_counter() - began)
    folder = options.results / f"toy-codes-{options.profile}"
    written = _report.write_tables(folder, tables, origin) + draw(
        tables, folder, only=options.figure
    )
    if options.docs:
        written += draw(tables, options.docs, suffixes=(".png",))
    shown = [
        ("Fitted models as codes", *summary(measured)),
        _report.findings("Toy models as codes", found),
    ]
    _report.show_tables(shown, [_undecided(measured)], written)
    return 1 if models.failed else 0


if __name__ == "__main__":
    sys.exit(main())
