"""The collapse theorem measured: with the best probes the error at sparsity k is min(1, k alpha_1).

Run as `python -m experiments.collapse --profile quick`. A probed code is measured exactly, at
every k until k alpha_1 = 2, with probes B = A, the pseudo-inverse and the optimal B, each at its
best scalar. A checked code is small: at every k a linear programme of its own finds the least
error of each row, and of all columns, over all B.
"""

import argparse
import math
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

from experiments import _command, _report
from lcs.codes.algebraic import catalogue
from lcs.codes.matrix import Matrix
from lcs.codes.packing import pack
from lcs.codes.partial_hadamard import annealed_hadamard
from lcs.codes.random import gaussian, rademacher, sparse_sign, unit_columns
from lcs.findings import SOLVED, judge_collapse, judge_optima
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.linear.simple_probes import pseudo_inverse_probes
from lcs.linear.top_k import column_optimum, row_optima
from lcs.plots import probe_panels, style
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run

Kind = Literal["gaussian", "rademacher", "sparse", "clustered", "algebraic", "annealed", "packed"]
REACH = 2  # k goes up to REACH/alpha_1, well past the end of the rise at 1


@dataclass(frozen=True, slots=True)
class Probed:
    """One code: drawn from a seed, or a member of the catalogue by name."""

    kind: Kind
    d: int
    m: int
    seed: int = 0
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Checked(Probed):
    """A small code, and the sparsities at which linear programmes over all B are solved."""

    ks: tuple[int, ...] = (1, 2, 3, 4, 5, 6)


RANDOM: tuple[Kind, ...] = ("gaussian", "rademacher", "sparse", "clustered")


def _drawn(sizes: Sequence[tuple[int, int]], seeds: int) -> tuple[Probed, ...]:
    return tuple(
        Probed(kind, d, m, seed) for d, m in sizes for kind in RANDOM for seed in range(seeds)
    )


def _annealed(sizes: Sequence[tuple[int, int]]) -> tuple[Probed, ...]:
    return tuple(Probed("annealed", d, m) for d, m in sizes)


def _packed(sizes: Sequence[tuple[int, int]]) -> tuple[Probed, ...]:
    return tuple(Probed("packed", d, m) for d, m in sizes)


def _algebraic(d_max: int, m_max: int, m_min: int = 10) -> tuple[Probed, ...]:
    """Every code of the catalogue in that range that is not wider than long, once."""
    codes = {code.name: code for code in catalogue(d_max, m_min=m_min) if code.m <= m_max}
    return tuple(
        Probed("algebraic", code.d, code.m, name=name)
        for name, code in sorted(codes.items(), key=lambda item: (item[1].m, item[0]))
        if code.d < code.m
    )


_DRAWN = [(8, 16), (12, 48), (32, 64), (24, 128), (64, 192), (96, 128), (120, 128)]
_SMALL = [(6, 16), (10, 16), (16, 64), (28, 64)]
_PACKED = [(3, 12), (4, 11), (5, 14), (6, 20)]
_CHECKS = [(3, 8), (5, 10), (8, 12), (6, 16), (10, 16)]
PROFILES: dict[str, tuple[Probed, ...]] = {
    "quick": _drawn(_DRAWN, 1)
    + _algebraic(32, 128)
    + _annealed([*_SMALL, (24, 128), (48, 128)])
    + _packed(_PACKED),
    "paper": _drawn([*_DRAWN, (128, 512), (240, 256)], 8)
    + _algebraic(64, 512)
    + _annealed([*_SMALL, (24, 128), (48, 128), (64, 256), (96, 512)])
    + _packed([*_PACKED, (8, 28), (12, 36)]),
}
CHECKS: dict[str, tuple[Checked, ...]] = {
    profile: tuple(
        Checked(kind, d, m, seed) for d, m in _CHECKS for kind in RANDOM for seed in range(seeds)
    )
    + tuple(Checked("algebraic", c.d, c.m, name=c.name) for c in _algebraic(12, 16, 4))
    + tuple(Checked("annealed", d, m) for d, m in _SMALL[:2])
    + tuple(Checked("packed", d, m) for d, m in _PACKED[:2])
    for profile, seeds in (("quick", 2), ("paper", 8))
}


def matrix(cell: Probed) -> Matrix:
    """The unit columns of a cell's code, (d, m)."""
    if cell.kind == "algebraic":
        (code,) = (c for c in catalogue(cell.d, m_min=cell.m) if c.name == cell.name)
        return code.matrix()
    rng = generator(experiment="collapse", kind=cell.kind, d=cell.d, m=cell.m, seed=cell.seed)
    if cell.kind == "annealed":
        return annealed_hadamard(cell.d, cell.m.bit_length() - 1, rng=rng).matrix()
    if cell.kind == "packed":
        return pack(cell.d, cell.m, rng=rng, restarts=20).A
    if cell.kind == "sparse":
        return sparse_sign(cell.d, cell.m, s=max(2, cell.d // 4), rng=rng)
    if cell.kind == "rademacher":
        return rademacher(cell.d, cell.m, rng=rng)
    C = gaussian(cell.d, cell.m, rng=rng)
    if cell.kind == "clustered":  # half of the features lean on one: their alphas are larger
        C[:, : cell.m // 2] = unit_columns(C[:, : cell.m // 2] + 2 * C[:, [-1]])
    return C


def measure(cell: Probed) -> pl.DataFrame:
    """The exact worst-case error at every k of three kinds of probes, and bounds on alpha_1."""
    A = matrix(cell)
    best = optimal_probes(A)
    ks = list(range(1, min(cell.m, math.ceil(REACH / best.alpha)) + 1))
    probes = {"A": None, "pseudo-inverse": pseudo_inverse_probes(A), "optimal": best.B}
    rows = [
        {"probes": name, "k": case.k, "error": case.value, "rounding": case.rounding}
        | {"scale": case.scale, "alpha_lower": best.alpha_lower, "alpha": best.alpha}
        for name, B in probes.items()
        for case in worst_case_error(A, B, k=ks, scale="optimal")
    ]
    return pl.DataFrame(rows)


def check(cell: Checked) -> pl.DataFrame:
    """At every k the least error over all B of each row, and of all columns of I - B^T A."""
    A = matrix(cell)
    alphas = optimal_probes(A).values
    return pl.concat(
        pl.DataFrame({"feature": np.arange(cell.m), "alpha": alphas, "row": row_optima(A, k)})
        .with_columns(k=pl.lit(k), columns=pl.lit(column_optimum(A, k)))
        for k in cell.ks
        if k <= cell.m
    )  # fmt: skip


def columns_against_rows(checked: pl.DataFrame) -> pl.DataFrame:
    """The column optimum over k alpha_1, by kind of code and k, where k alpha_1 < 1."""
    code = ["kind", "name", "d", "m", "seed", "k"]
    each = checked.group_by(code, maintain_order=True).agg(
        pl.col("columns").first(), rows=pl.col("k").first() * pl.col("alpha").max()
    )
    ratio = pl.col("columns") / pl.col("rows")
    return (
        each.filter((pl.col("rows") > SOLVED) & (pl.col("rows") < 1))
        .group_by("kind", "k", maintain_order=True)
        .agg(codes=pl.len(), least=ratio.min(), median=ratio.median(), greatest=ratio.max())
        .sort("kind", "k")
    )


def draw(
    measured: pl.DataFrame,
    checked: pl.DataFrame,
    folder: Path,
    suffixes: Sequence[str] = style.SUFFIXES,
) -> list[Path]:
    """Draw the figure from tables alone: three kinds of probes, and rows against their maximum."""
    x = pl.col("k") * pl.col("alpha")
    code = ["kind", "name", "d", "m", "seed", "k"]
    worst = pl.col("alpha") == pl.col("alpha").max().over(code)
    rows = checked.filter(x > SOLVED).with_columns(x=x, worst=worst)  # others are read exactly
    with style.figure(style.DOUBLE_COLUMN, 2.9) as figure:
        left, right = figure.subplots(1, 2, sharex=True, sharey=True)
        probe_panels.probes_collapse(left, measured.with_columns(x=x))
        left.set_title("all features of a code, three choices of $B$")
        probe_panels.rows_below(right, rows)
        right.set_title("single features of small codes")
        return style.save(figure, folder / "probes", suffixes)


def sweep(profile: str, store: Store, workers: int, fresh: bool) -> tuple[Outcome, Outcome]:
    """Measure every code of a profile, and check the small ones."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return run(PROFILES[profile], measure, **settings), run(CHECKS[profile], check, **settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.collapse", __doc__, PROFILES)
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    codes, checks = sweep(options.profile, store, options.workers, options.fresh)
    if codes.table.is_empty() or checks.table.is_empty():
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    checked = checks.table.drop("ks")
    columns = columns_against_rows(checked)
    findings = judge_collapse(codes.table) + judge_optima(checked)
    folder = options.results / f"collapse-{options.profile}"
    verdicts = _report.findings_table(findings)
    tables = {
        "probes": codes.table,
        "optima": checked,
        "columns": columns,
        "verdict-collapse": verdicts,
    }
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin)
    written += draw(codes.table, checked, folder)
    if options.docs:
        written += draw(codes.table, checked, options.docs, suffixes=(".png",))
    ratios = [[f"{x:.3f}" if isinstance(x, float) else str(x) for x in r] for r in columns.rows()]
    shown = [
        _report.findings("The collapse, measured", findings),
        ("Column optimum over k α₁, codes with k α₁ < 1 (LCS-jn-columns)", columns.columns, ratios),
    ]
    _report.show_tables(shown, [], written)
    return 1 if codes.failed or checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
