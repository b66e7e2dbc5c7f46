"""The weak phase transition of l1-minimisation, counted by certified decisions.

Run as `python -m experiments.transition --profile quick`. Three sweeps: a diagram over
(d/m, k/d) with few trials where the exact probability says 0 or 1; slices along k, at each d of
the diagram, for the sparsity recovered half of the time; the same slices for other random codes
and for algebraic ones. Gaussian means raw N(0, 1) entries, drawn in reduced coordinates; scaling
columns to unit length makes another code, which is among the others.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import polars as pl

from experiments import _command, _half_points, _report
from lcs.calibration import judge_counts, judge_half_points, judge_offsets
from lcs.codes.binary import kerdock
from lcs.codes.characters import chirp
from lcs.codes.matrix import Matrix
from lcs.codes.partial_hadamard import bent, partial_hadamard
from lcs.codes.random import rademacher, sparse_sign, spherical
from lcs.codes.reed_solomon import devore
from lcs.codes.steiner import steiner_pairs
from lcs.codes.two_graphs import paley
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict
from lcs.l1.reduced import reduced_gaussian
from lcs.l1.transition import recoverable_k, success_probability
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run

Ensemble = Literal[
    "Gaussian",
    "unit columns",
    "Rademacher",
    "8 signs per column",
    "4 signs per column",
    "partial Hadamard",
    "algebraic",
]
RANDOM: tuple[Ensemble, ...] = get_args(Ensemble)[1:-1]
CERTAIN = 2e-3  # of 0 or 1: such a point gets few trials
TAIL = 0.05  # slices run between the sparsities of exact success 1 - TAIL and TAIL
BATCH = 64  # codes held at a time


@dataclass(frozen=True, slots=True)
class Trials:
    """So many signals at one point, each with a code of its own, or all with the one named."""

    part: Literal["diagram", "slice"]
    ensemble: Ensemble
    d: int
    m: int
    k: int
    trials: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """How fine, and how many trials."""

    m: int
    grid: int
    few: int
    near: int  # trials of a point of the diagram, far from and near the transition
    sliced: int  # trials of a point of a slice
    others: int
    larger: tuple[tuple[int, int], ...]  # (d, m) of more slices, other m
    fractions: tuple[float, ...]  # d/m of the other random codes
    offsets: tuple[int, ...]  # m at which exact half points are compared with the curve


_LARGER = ((100, 1000), (250, 1000), (500, 1000), (750, 1000), (1000, 4000))
PROFILES = {
    "quick": Profile(256, 20, 20, 200, 200, 200, (), (0.25, 0.5), (64, 256, 1000)),
    "paper": Profile(
        256, 40, 20, 400, 4000, 4000, _LARGER, (0.25, 0.5, 0.75), (64, 256, 1000, 4000)
    ),
}
_CODES = (
    kerdock(6), chirp(13, 2), paley(241), bent(4, -1), steiner_pairs(16), devore(16, 1, 4)
)  # fmt: skip
CODES = {code.name: code for code in _CODES}
HEADS = ["code", "m", "d", "k50 (95 %)", "exact", "asymptotic", "fit without curvature"]
FRACTIONS = (0.1, 0.25, 0.5, 0.75)  # d/m at which half points of several m are compared


def centres(n: int) -> list[float]:
    """The middles of n equal parts of [0, 1]."""
    return [(i + 0.5) / n for i in range(n)]


def point(m: int, delta: float, rho: float) -> tuple[int, int]:
    """The integers (d, k) nearest to a place of the diagram."""
    d = max(1, round(m * delta))
    return d, min(d, max(1, round(d * rho)))


def places(profile: Profile) -> pl.DataFrame:
    """Every place (delta, rho) of the grid with its (d, k); several may share one."""
    middles = centres(profile.grid)
    rows = [(x, y, *point(profile.m, x, y)) for x in middles for y in middles]
    return pl.DataFrame(rows, schema=["delta", "rho", "d", "k"], orient="row")


def diagram(profile: Profile) -> tuple[Trials, ...]:
    """The points of the grid, each once, with many trials near the transition."""
    points = places(profile).select("d", "k").unique(maintain_order=True).rows()
    chances = {(d, k): success_probability(d, profile.m, k) for d, k in points}
    return tuple(
        Trials("diagram", "Gaussian", d, profile.m, k, profile.near if open_ else profile.few)
        for (d, k), p in chances.items()
        for open_ in (CERTAIN < p < 1 - CERTAIN,)
    )


def slices(profile: Profile) -> tuple[Trials, ...]:
    """Sparsities across the transition at each d of the diagram, where it is wide enough."""
    sizes = [(round(profile.m * x), profile.m) for x in centres(profile.grid)]
    return tuple(
        Trials("slice", "Gaussian", d, m, k, profile.sliced)
        for d, m in (*sizes, *profile.larger)
        for k in across(d, m)
    )


def others(profile: Profile) -> tuple[Trials, ...]:
    """The same for other codes; those of the catalogue may need more rows, so k starts lower."""
    m, n = profile.m, profile.others
    return tuple(
        Trials("slice", ensemble, round(m * x), m, k, n)
        for ensemble in RANDOM
        for x in profile.fractions
        for k in across(round(m * x), m)
    ) + tuple(
        Trials("slice", "algebraic", code.d, code.m, k, n, name)
        for name, code in CODES.items()
        for k in across(code.d, code.m, 0.75)
    )


def across(d: int, m: int, start: float = 1.0) -> list[int]:
    """At most seven sparsities across the transition; none where it has fewer than four."""
    low, high = recoverable_k(d, m, 1 - TAIL), recoverable_k(d, m, TAIL)
    if low <= 1:
        return []
    ks = np.linspace(max(1, int(low * start)), min(d, int(high) + 1), 7).round().astype(int)
    ks = np.unique(ks).tolist()
    return ks if len(ks) >= 4 else []


def measure(cell: Trials) -> pl.DataFrame:
    """Decide every trial of a cell and count the verdicts."""
    rng = generator(experiment="transition", **asdict(cell))
    ends: list[Verdict] = []
    for first in range(0, cell.trials, BATCH):
        n = min(BATCH, cell.trials - first)
        if cell.ensemble == "Gaussian":
            codes = [reduced_gaussian(cell.d, cell.m, cell.k, rng=rng) for _ in range(n)]
            supports, signs = np.zeros((n, 1), int), np.ones((n, 1))
        else:
            codes = fixed(cell.name) if cell.name else [drawn(cell, rng) for _ in range(n)]
            supports = np.array([rng.permutation(cell.m)[: cell.k] for _ in range(n)])
            signs = rng.choice([-1.0, 1.0], supports.shape)
        ends += recovers_each(codes, supports, signs).verdicts
    counts = {verdict.name.lower(): ends.count(verdict) for verdict in Verdict}
    return pl.DataFrame(counts | {"exact": success_probability(cell.d, cell.m, cell.k)})


@cache
def fixed(name: str) -> Matrix:
    """The code of the catalogue of that name."""
    return CODES[name].matrix()


def drawn(cell: Trials, rng: np.random.Generator) -> Matrix:
    """One code of a random ensemble."""
    d, m = cell.d, cell.m
    if cell.ensemble == "unit columns":
        return spherical(d, m, rng=rng)
    if cell.ensemble == "Rademacher":
        return rademacher(d, m, rng=rng)
    if cell.ensemble == "partial Hadamard":
        return partial_hadamard(d, m.bit_length() - 1, rng=rng).matrix()
    return sparse_sign(d, m, s=int(cell.ensemble[0]), rng=rng)


def sweep(profile: Profile, store: Store, workers: int, fresh: bool) -> Outcome:
    """Count every point of a profile."""
    cells = (*diagram(profile), *slices(profile), *others(profile))
    return run(cells, measure, store=store, workers=workers, fresh=fresh)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.transition", __doc__, PROFILES)
    parser.set_defaults(workers=os.cpu_count() or 1)  # small decisions: threads would only wait
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    profile = PROFILES[options.profile]
    outcome = sweep(profile, Store(options.results / "cells"), options.workers, options.fresh)
    counts = outcome.table
    if counts.is_empty():
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    fits = _half_points.half_points(counts.filter(part="slice"))
    gaussian = fits.filter(ensemble="Gaussian").drop_nulls("k50")
    other = fits.filter(pl.col("ensemble") != "Gaussian")
    distances = _half_points.offsets(FRACTIONS, profile.offsets)
    findings = [
        judge_offsets(distances),
        judge_counts(counts.filter(ensemble="Gaussian")),
        judge_half_points(gaussian, confidence=_half_points.CONFIDENCE),
    ]
    tables = {
        "counts": counts,
        "half-points": fits,
        "offsets": distances,
        "diagram": places(profile).join(
            _half_points.shares(counts.filter(part="diagram")), on=["d", "k"], maintain_order="left"
        ),
        "curves": _half_points.curves(profile.m),
        "verdict-transition": _report.findings_table(findings),
    }
    folder = options.results / f"transition-{options.profile}"
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin)
    written += _half_points.draw(tables, folder)
    if options.docs:
        written += _half_points.draw(tables, options.docs, suffixes=(".png",))
    shown = [
        _report.findings("The transition, counted", findings),
        ("Half points, Gaussian entries", HEADS, _half_points.lines(gaussian)),
        ("Other codes; exact: of Gaussian ones", HEADS, _half_points.lines(other)),
    ]
    undecided = f"{counts['trials'].sum()} decisions, {counts['undecided'].sum()} undecided"
    _report.show_tables(shown, [undecided], written)
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main())
