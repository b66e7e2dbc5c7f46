"""Linear against l1 access on the same nested codes: which d does each need for k of m features?

Run as `python -m experiments.linear_vs_l1 --profile quick`. One cell is one code with one question:
its worst-case error with probes B = cA (the cell of `experiments.scaling`), the least d at which
its best probes reach k/eps, the error on random signals, the critical d of l1 on random signals, or
the errors of all decoders at one d. Tables and figure rebuild from the stored cells in seconds.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from experiments import _access, _command, _report, scaling
from experiments._access_cells import (
    EPS,
    EPSES,
    LEVELS,
    BestProbes,
    ErrorCurve,
    Signals,
    Theory,
    TypicalError,
    best_probes,
    error_curve,
    signals,
    theory,
    typical_error,
)
from lcs.codes.random import Family
from lcs.plots import access_panels, style
from lcs.runs import provenance
from lcs.runs.store import Store
from lcs.runs.sweep import run


@dataclass(frozen=True, slots=True)
class Profile:
    """The cells of one run."""

    codes: tuple[scaling.Code, ...]
    probes: tuple[BestProbes, ...]
    typical: tuple[TypicalError, ...]
    signals: tuple[Signals, ...]
    curves: tuple[ErrorCurve, ...]
    theory: tuple[Theory, ...]


RATIOS = (2, 4, 6, 8, 12, 16, 24, 32)  # k/eps, for eps = 1/2 and 1/4
KS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)


def _profile(
    small: int,
    large: int,
    seeds: dict[tuple[Family, int], int],
    signals: dict[int, int],
    probed: int,
    curve: tuple[int, int],
) -> Profile:
    """All questions at the small m, all but the best probes at the large one.

    seeds: codes of each family and m; probed: how many of each at the small m get best probes.
    """
    codes: list[tuple[Family, int, int]] = [
        (family, m, seed) for (family, m), n in seeds.items() for seed in range(n)
    ]
    k, points = curve
    ds = np.unique(np.rint(np.geomspace(k + 1, small - 1, points)).astype(int)).tolist()
    return Profile(
        codes=tuple(scaling.Code(*code, ks=scaling.KS) for code in codes),
        probes=tuple(
            BestProbes(*code, r)
            for code in codes
            if code[1] == small and code[2] < probed and code[0] == "gaussian"
            for r in RATIOS
        ),
        typical=tuple(TypicalError(*code, k) for code in codes for k in scaling.KS),
        signals=tuple(Signals(*code, k, signals[code[1]]) for code in codes for k in KS),
        curves=tuple(ErrorCurve("gaussian", small, 0, k, d) for d in ds),
        theory=tuple(Theory(m, KS) for m in (small, large)),
    )


PROFILES = {
    "quick": _profile(
        256,
        8192,
        {("gaussian", 256): 3, ("rademacher", 256): 1, ("gaussian", 8192): 2},
        {256: 130, 8192: 12},  # 99 % of 3 x 130 signals can be bounded from both sides
        1,
        (4, 20),
    ),
    "paper": _profile(
        512,
        16384,
        {("gaussian", 512): 8, ("rademacher", 512): 8, ("gaussian", 16384): 4},
        {512: 200, 16384: 50},
        4,
        (6, 40),
    ),
}


def sweep(
    profile: Profile, store: Store, workers: int, fresh: bool
) -> tuple[dict[str, pl.DataFrame], int]:
    """Run every cell of a profile: the table of each question, and how many cells failed."""
    kinds: list[tuple[str, Any, Any]] = [
        ("codes", profile.codes, scaling.measure),
        ("theory", profile.theory, theory),
        ("probes", profile.probes, best_probes),
        ("signals", profile.signals, signals),
        ("typical", profile.typical, typical_error),
        ("curves", profile.curves, error_curve),
    ]
    settings = {"store": store, "workers": workers, "fresh": fresh}
    found = {name: run(cells, measure, **settings) for name, cells, measure in kinds}
    tables = {name: outcome.table for name, outcome in found.items()}
    return tables, sum(len(outcome.failed) for outcome in found.values())


def derive(measured: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Critical d by code, points to draw, fitted laws and verdicts, from the tables of `sweep`."""
    errors, found = measured["typical"], measured["signals"]
    parts = [
        _access.plain(scaling.crossings(measured["codes"])),
        _access.best(measured["probes"], EPSES),
        _access.typical(errors),
        _access.l1(found, LEVELS, EPS),
    ]
    critical = pl.concat(parts, how="vertical_relaxed")
    findings = _access.judge(critical, found, measured["theory"], EPS)
    return {
        "critical": critical,
        "points": _access.points(critical, errors, found, LEVELS, EPS),
        "laws": _access.law_table(_access.fits(critical, EPS)),
        "verdict-access": _report.findings_table(findings),
    }


def draw(
    table: dict[str, pl.DataFrame], folder: Path, suffixes: Sequence[str] = style.SUFFIXES
) -> list[Path]:
    """Draw the figure from tables alone: d against k at both m, and errors against d.

    k = 1 is left out: at error 1/2 any two different columns suffice (claim LCS-collapse).
    """
    here = (pl.col("k") > 1) & (pl.col("family") == "gaussian")
    points = table["points"].filter(here & (pl.col("eps") == EPS))
    plain = pl.col("access").str.starts_with("B = cA")
    bounds = table["theory"].filter(pl.col("k") > 1)
    fitted = _access.fitted_curves(table["laws"], np.geomspace(2, 32, 33).tolist(), EPS)
    fitted = fitted.filter(pl.col("family") == "gaussian")
    small, large = (int(m) for m in (points["m"].min(), points["m"].max()))  # pyright: ignore[reportArgumentType]
    with style.figure(style.DOUBLE_COLUMN, 4.4) as figure:
        grid = figure.add_gridspec(2, 2, width_ratios=(1.35, 1))
        for m, place, words, room, shown in (
            (large, grid[:, 0], access_panels.LARGE, 1.35, points),
            (small, grid[0, 1], access_panels.SMALL, 3, points.filter(~plain)),
        ):
            ax, of = figure.add_subplot(place), pl.col("m") == m
            parts = (shown.filter(of), bounds.filter(of), fitted.filter(of))
            access_panels.critical_d(ax, *parts, m, words, room)
            ax.set_title(f"dimension for $k$ of $m={m}$ features")
        ax, curves = figure.add_subplot(grid[1, 1]), table["curves"]
        access_panels.errors(ax, curves, access_panels.SPOTS)
        ax.set_title(f"error at $m={small}$, $k={curves['k'][0]}$")
        return style.save(figure, folder / "linear-vs-l1", suffixes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.linear_vs_l1", __doc__, PROFILES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small programmes: threads would only wait
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    measured, failed = sweep(PROFILES[options.profile], store, options.workers, options.fresh)
    if any(table.is_empty() for table in measured.values()):
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    tables = {**measured, **derive(measured)}
    folder = options.results / f"linear-vs-l1-{options.profile}"
    kept = {name: table for name, table in tables.items() if name not in ("codes", "theory")}
    kept["theory"] = tables["theory"].drop("ks")
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, kept, origin) + draw(tables, folder)
    if options.docs:
        written += draw(tables, options.docs, suffixes=(".png",))
    shown = [_access.verdict_rows(tables["verdict-access"]), _access.law_rows(tables["laws"])]
    _report.show_tables(shown, [], written)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
