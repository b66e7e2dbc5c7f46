"""Minimal d of random codes against the bounds and laws of Theorems 1, 2, 3 and U0.

Run as `python -m experiments.scaling --profile quick`. One cell is one nested code: its exact
worst-case error at every (d, k) of a ladder. Everything after that (crossings, fits, verdicts,
figures) is computed from the stored tables and rebuilds in seconds.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

from experiments import _command, _report
from lcs.bounds import lower, upper
from lcs.claims import CLAIMS
from lcs.codes.matrix import Matrix
from lcs.codes.random import Family, nested
from lcs.linear.profile import ErrorProfile, error_profile, minimal_d
from lcs.plots import panels, style
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run
from lcs.scaling import Window, laws, select
from lcs.verdict import judge_lower, judge_rate, judge_upper

KS = (1, 2, 3, 4, 6, 8, 12, 16)
EPS = (0.25, 0.35, 0.5, 0.7, 0.95)
WINDOW = Window(k_least=2, d_least=32, resolution=1.1)
LADDER = 1.08  # ratio of neighbouring checkpoints of d
FAIL = "1e-4"  # the chance of failure at which upper bounds are tested

PROBES = ("A", "cA")
LOWER = (lower.edge_cases, lower.welch, lower.rank_monomial, lower.rank_chebyshev)
UPPER = (upper.thm2, upper.u0_hoeffding, upper.u0_exact)


@dataclass(frozen=True, slots=True)
class Code:
    """One nested random code, and the sparsities it is measured at."""

    family: Family
    m: int
    seed: int
    ks: tuple[int, ...] = KS
    density: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The points (k, eps) at one m at which every bound is evaluated."""

    m: int
    ks: tuple[int, ...] = KS
    epses: tuple[float, ...] = EPS


def _codes(
    sizes: dict[int, int], families: Sequence[tuple[Family, float | None]]
) -> tuple[Code, ...]:
    """The codes of every family at every m, sizes[m] seeds each, small m first."""
    return tuple(
        Code(family, m, seed, density=density)
        for m in sorted(sizes)
        for family, density in families
        for seed in range(sizes[m])
    )


_ALL: tuple[tuple[Family, float | None], ...] = (
    ("rademacher", None),
    ("spherical", None),
    ("sparse_sign", 0.125),
)
PROFILES = {
    "quick": _codes({512: 4, 1024: 4, 2048: 4, 4096: 4, 8192: 2, 16384: 1}, _ALL[:1]),
    "paper": _codes({2**n: 8 for n in range(9, 14)} | {16384: 4}, _ALL)
    + _codes({32768: 3, 65536: 2}, _ALL[:1]),
    "full": _codes({2**n: 32 for n in range(9, 14)} | {16384: 12, 32768: 6}, _ALL)
    + _codes({65536: 6, 131072: 2}, _ALL[:1]),
}


def ladder(m: int) -> list[int]:
    """Checkpoints of d from 1 to below m (to 16384 at most), each about 8 % above the last."""
    most = min(m - 1, 16384)
    steps = int(np.ceil(np.log(most) / np.log(LADDER)))
    return np.unique(np.rint(np.geomspace(1, most, steps + 1)).astype(int)).tolist()


def rows(code: Code, d: int) -> Matrix:
    """The first d rows of a nested code, not scaled.

    With independent entries they are the same numbers however many are asked for.
    """
    axes = {"family": code.family, "density": code.density, "m": code.m, "seed": code.seed}
    rng = generator(experiment="scaling", **axes)
    return nested(code.family, d, code.m, rng=rng, dtype=np.float32, density=code.density)


def measure(code: Code) -> pl.DataFrame:
    """The exact worst-case error of one nested code at every (d, k)."""
    ds = ladder(code.m)
    profile = error_profile(rows(code, ds[-1]), ks=code.ks, ds=ds)
    d, k = np.meshgrid(profile.ds, profile.ks, indexing="ij")
    columns = {"d": d, "k": k, "error": profile.error, "scaled_error": profile.scaled_error}
    columns |= {"scale": profile.scale, "rounding": profile.rounding}
    return pl.DataFrame({name: values.ravel() for name, values in columns.items()})


def crossings(table: pl.DataFrame) -> pl.DataFrame:
    """The minimal d of every code at every (k, eps), for the probes B = A and B = cA, best c."""
    rows = [
        {"family": family, "seed": seed, "probes": probes, **asdict(crossing)}
        for (family, m, seed), cell in table.group_by("family", "m", "seed", maintain_order=True)
        for probes in PROBES
        for crossing in minimal_d(_profile(int(m), cell), eps=EPS, scaled=probes == "cA")
    ]
    return pl.DataFrame(rows)


def _profile(m: int, cell: pl.DataFrame) -> ErrorProfile:
    ds, ks = (cell[name].unique().sort().to_numpy() for name in ("d", "k"))
    tables = (
        cell.sort("d", "k")[name].to_numpy().reshape(ds.size, ks.size)
        for name in ("error", "scaled_error", "scale", "rounding")
    )
    return ErrorProfile(m, ds, ks, *tables)


def bounds(grid: Grid) -> pl.DataFrame:
    """Every bound at every (k, eps) of a grid.

    bound_d is the bound; drawn_d, for upper bounds, the d at which a drawn code fails with
    probability at most FAIL.
    """
    rows = []
    for k, eps in itertools.product(grid.ks, grid.epses):
        # The grid's eps are decimals: as text, 0.95 is 19/20 and not its binary neighbour.
        point = (grid.m, k, repr(eps))
        necessary = [(f(*point), None) for f in LOWER]
        sufficient = [(f(*point), f(*point, fail=FAIL).d) for f in UPPER]
        rows += [
            {"k": k, "eps": eps, "bound": b.name, "side": b.side, "claim": b.claim}
            | {"bound_d": b.d, "drawn_d": drawn}
            for b, drawn in necessary + sufficient
        ]
    return pl.DataFrame(rows, schema_overrides={"bound_d": pl.Int64, "drawn_d": pl.Int64})


def draw(
    found: pl.DataFrame,
    bound: pl.DataFrame,
    folder: Path,
    suffixes: Sequence[str] = style.SUFFIXES,
) -> list[Path]:
    """Draw both figures from tables alone: d against k between the bounds, and the collapse."""
    best, plain = (_spread(found, probes) for probes in ("cA", "A"))
    envelope = bound.group_by("m", "k", "eps", maintain_order=True).agg(
        lower=pl.col("bound_d").filter(pl.col("side") == "necessary").max(),
        upper=pl.col("bound_d").filter(pl.col("bound") == "U0, exact tail").first(),
        paper=pl.col("bound_d").filter(pl.col("bound") == "Theorem 2").first(),
    )
    envelope = envelope.with_columns(best=pl.min_horizontal("upper", "m"))
    sizes = best["m"].unique().sort().to_list()
    shown, levels = sizes[1::2][-3:] or sizes, sorted(best["eps"].unique())[::2]
    written = []
    with style.figure(style.DOUBLE_COLUMN, 5) as figure:
        axes = figure.subplots(len(levels), len(shown), sharex=True, sharey=True, squeeze=False)
        for (row, eps), (column, m) in itertools.product(enumerate(levels), enumerate(shown)):
            here, ax = (pl.col("m") == m) & (pl.col("eps") == eps), axes[row, column]
            panels.d_against_k(ax, best.filter(here), envelope.filter(here))
            ax.set_title(rf"$m={m}$, $\varepsilon={eps:g}$")
        figure.supxlabel("active features $k$", size="medium")
        figure.supylabel("dimension $d$", size="medium")
        panels.d_against_k_legend(figure)
        written += style.save(figure, folder / "scaling", suffixes)
    ratio = pl.col("k") / pl.col("eps")
    cells = plain.filter(~pl.col("trivial")).with_columns(ratio=ratio)
    envelope = envelope.with_columns(ratio=ratio).filter(ratio <= cells["ratio"].max())
    normalised = pl.col("d") / pl.col("ratio") ** 2 / pl.col("m").log()
    above = cells.filter(pl.col("d") >= WINDOW.d_least).with_columns(normalised=normalised)
    with style.figure(style.DOUBLE_COLUMN, 2.7) as figure:
        left, right = figure.subplots(1, 2)
        panels.collapse(left, cells, envelope)
        panels.collapse_normalised(right, above)
        written += style.save(figure, folder / "collapse", suffixes)
    return written


def _spread(found: pl.DataFrame, probes: str) -> pl.DataFrame:
    """The least, median and largest d over the Rademacher codes, at every (m, k, eps)."""
    codes = found.filter((pl.col("family") == "rademacher") & (pl.col("probes") == probes))
    return codes.group_by("m", "k", "eps", maintain_order=True).agg(
        d_low=pl.col("d_sufficient").min(),
        d=pl.col("d_sufficient").median(),
        d_high=pl.col("d_sufficient").max(),
        trivial=pl.col("trivial").any(),
    )


def sweep(
    cells: Sequence[Code], store: Store, workers: int, fresh: bool
) -> tuple[Outcome, Outcome]:
    """Measure every code, and evaluate every bound at its points."""
    grids = [Grid(m) for m in sorted({cell.m for cell in cells})]
    settings = {"store": store, "workers": workers, "fresh": fresh}
    return run(cells, measure, **settings), run(grids, bounds, **settings)


def judge(measured: pl.DataFrame, found: pl.DataFrame, bound: pl.DataFrame) -> _report.Verdicts:
    """Hold bounds and laws against what was measured."""
    kept, rejected = select(found.filter(pl.col("family") == "rademacher"), WINDOW)
    return _report.Verdicts(
        bounds=pl.concat([judge_lower(found, bound), judge_upper(measured, found, bound)]),
        fail=FAIL,
        theorem3=judge_rate(bound, CLAIMS["GKP26-thm3"]),
        laws={
            probes: laws(kept.filter(pl.col("probes") == probes), rng=generator(fit=probes))
            for probes in PROBES
        },
        cells=found.height,
        trivial=int(found["trivial"].sum()),
        rejected=rejected,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and figures."""
    parser = _command.parser("experiments.scaling", __doc__, PROFILES)
    parser.add_argument("--readme", type=Path, help="renew this README's verdicts and figures")
    options = parser.parse_args(arguments)
    if options.readme and not _report.has_markers(options.readme, "verdicts"):
        parser.error(f"{options.readme} must be a README with the markers of the verdicts")
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    codes, points = sweep(PROFILES[options.profile], store, options.workers, options.fresh)
    if codes.table.is_empty() or points.failed:
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    found, bound = crossings(codes.table), points.table.drop("ks", "epses")
    verdicts = judge(codes.table, found, bound)
    folder = options.results / f"scaling-{options.profile}"
    tables = {"crossings": found, "bounds": bound, **verdicts.tables()}
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin) + draw(found, bound, folder)
    if options.readme:
        _report.update_readme(options.readme, verdicts, options.profile)
        written += draw(found, bound, options.readme.parent / "docs", suffixes=(".png",))
    _report.show(verdicts, written)
    return 1 if codes.failed else 0


if __name__ == "__main__":
    sys.exit(main())
