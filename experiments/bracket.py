"""The certified bracket of d(m, k, eps): a grid, curves against k/eps, and where d is known.

Run as `python -m experiments.bracket --profile quick`. One cell is one question (m, k, eps): both
bounds, each certificate checked again, beside what the paper's own constants and random codes
give. The random codes in the figure are cells of `experiments.scaling`, measured exactly.
"""

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl

from experiments import _command, _report, scaling
from lcs.bounds.bracket import bracket
from lcs.bounds.upper import thm2
from lcs.codes.algebraic import frames
from lcs.findings import Finding, judge_bracket, judge_frames
from lcs.plots import bracket_panels, style
from lcs.runs import provenance
from lcs.runs.store import Store
from lcs.runs.sweep import Outcome, run

GRID = tuple(
    itertools.product((100, 10**3, 10**4, 10**6), (1, 2, 4, 8, 16), ("1/10", "1/4", "1/2"))
)
SIZES = (276, 4096, 10**6)  # of the figure; random codes are measured at those below MEASURED
MEASURED = 10**4
SEEDS = 4
POINTS = {"quick": 60, "paper": 240}  # of a curve
FRAME_FEATURES = {"quick": 300, "paper": 1100}


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the bracket; eps is exact, as text."""

    m: int
    k: int
    eps: str
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """An equiangular tight frame of the catalogue, by name: d is exact at its own error."""

    name: str
    d: int
    m: int


def answer(question: Question) -> pl.DataFrame:
    """Both bounds at one question, with their checks, and the random codes' bounds beside them."""
    point = (question.m, question.k, question.eps)
    found = bracket(*point, strict=question.strict)
    checks = found.checks()
    return pl.DataFrame(
        {
            "ratio": float(question.k / Fraction(question.eps)),
            "lower": found.d_necessary,
            "upper": found.d_sufficient,
            "lower_by": found.lower.name,
            "upper_by": found.upper.name,
            "claim": found.upper.claim,
            "explicit": found.constructible,
            "lower_checked": checks[0].holds,
            "upper_checked": checks[1].holds,
            "paper": thm2(*point, strict=question.strict).d,
        }
    )


def cells(m_max: int) -> list[Frame]:
    """The frames with 2 < d < m - 1, one per size, up to m_max features and at the figure's m."""
    tight = {
        (code.m, code.d): Frame(code.name, code.d, code.m)
        for code in frames(max(m for m in SIZES if m < MEASURED))
        if (code.m <= m_max or code.m in SIZES) and 2 < code.d < code.m - 1
    }
    return [tight[size] for size in sorted(tight)]


def meet(frame: Frame) -> pl.DataFrame:
    """The bracket where a frame's own error, mu/(1 + mu), is allowed.

    An irrational error is asked for rounded up, at a relative 10^-15.
    """
    code = next(code for code in frames(frame.m) if code.name == frame.name)
    mu = code.coherence
    error = mu.a / (1 + mu.a)
    if mu.b:
        error = Fraction(float(mu) / (1 + float(mu))) * (1 + Fraction(1, 10**15))
    found = bracket(code.m, 1, error, strict=False)
    return pl.DataFrame(
        {
            "mu": float(mu),
            "mu_squared": str(code.coherence_squared.a),
            "ratio": float(1 / error),
            "lower": found.d_necessary,
            "upper": found.d_sufficient,
            "lower_by": found.lower.name,
            "checked": all(check.holds for check in found.checks()),
        }
    )


def curve(m: int, points: int) -> list[Question]:
    """Questions at one m for k/eps from 2 to m (to 1000 at most), error <= eps."""
    ratios = np.geomspace(2, min(m, 1000), points)
    return [Question(m, 1, str(1 / Fraction(round(1000 * r), 1000)), False) for r in ratios]


def draw(
    curves: pl.DataFrame,
    tight: pl.DataFrame,
    measured: pl.DataFrame,
    folder: Path,
    suffixes: Sequence[str] = style.SUFFIXES,
) -> list[Path]:
    """Draw the band between the bounds at each m, from tables alone."""
    sizes = curves["m"].unique().sort().to_list()
    with style.figure(style.DOUBLE_COLUMN, 2.9) as figure:
        axes = figure.subplots(1, len(sizes), squeeze=False)[0]
        for ax, m in zip(axes, sizes, strict=True):
            here = pl.col("m") == m
            random = measured.filter(here)
            bracket_panels.band(
                ax,
                curves.filter(here),
                tight.filter(here),
                random if random.height else None,
            )
            ax.set_xlabel(r"$k/\varepsilon$")
        axes[0].set_ylabel("dimension $d$")
        bracket_panels.band_legend(figure)
        return style.save(figure, folder / "bracket", suffixes)


def random_codes(store: Store, workers: int, fresh: bool) -> tuple[Outcome, pl.DataFrame]:
    """The least d of Rademacher codes with the best scalar, at every k/eps of `scaling`."""
    cells = [
        scaling.Code("rademacher", m, seed) for m in SIZES if m < MEASURED for seed in range(SEEDS)
    ]
    outcome = run(cells, scaling.measure, store=store, workers=workers, fresh=fresh)
    found = scaling.crossings(outcome.table)
    scaled = found.filter((pl.col("probes") == "cA") & ~pl.col("trivial"))
    return outcome, scaled.select(
        "m", "seed", "k", "eps", ratio=pl.col("k") / pl.col("eps"), d=pl.col("d_sufficient")
    )


def grid_rows(grid: pl.DataFrame) -> list[list[str]]:
    """One line of text per k/eps: necessary and sufficient d at every m."""
    cells = {(row["ratio"], row["m"]): row for row in grid.iter_rows(named=True)}
    return [
        [f"{ratio:g}"]
        + [
            f"{row['lower']} – {row['upper']} ({row['paper']})"
            if row["lower"] < row["upper"]
            else f"**{row['lower']}** ({row['paper']})"
            for m in sorted({m for _, m in cells})
            for row in [cells[ratio, m]]
        ]
        for ratio in sorted({ratio for ratio, _ in cells})
    ]


def grid_heads() -> list[str]:
    """The columns of `grid_rows`."""
    return ["k/ε", *(f"m = {m}" for m in sorted({m for m, _, _ in GRID}))]


def ratios(grid: pl.DataFrame) -> str:
    """How far the two sides are apart, over the grid."""
    ratio = grid["upper"] / grid["lower"]
    return (
        f"{grid.height} points (m, k, ε): sufficient/necessary at most {ratio.max():.3f}, "
        f"median {ratio.median():.3f}."
    )


def summary(grid: pl.DataFrame, tight: pl.DataFrame, findings: Sequence[Finding]) -> str:
    """The README's section: the grid, the frames at which d is exact, the verdicts."""
    exact = tight.filter((pl.col("lower") == pl.col("d")) & (pl.col("upper") == pl.col("d")))
    named = exact.filter(~pl.col("name").str.starts_with("Paley"))
    pairs = ", ".join(f"({d}, {m})" for d, m in named.select("d", "m").rows())
    conferences = exact.height - named.height
    known = (
        f"d is exact at the error of {exact.height} of {tight.height} equiangular tight frames: "
    )
    known += f"(d, m) = {pairs}, and {conferences} conference frames ((q + 1)/2, q + 1); "
    known += "so it is for the simplex, (m - 1, m)."
    _, heads, rows = _report.findings("", findings)
    return "\n\n".join(
        [
            _report.markdown(grid_heads(), grid_rows(grid)),
            ratios(grid),
            known,
            _report.markdown(heads, rows),
        ]
    )


def frame_rows(tight: pl.DataFrame) -> list[list[str]]:
    """One line of text per frame."""
    return [
        [
            str(row["m"]),
            str(row["d"]),
            row["mu_squared"],
            f"{row['ratio']:.6g}",
            row["name"],
            "d exact" if row["lower"] == row["upper"] == row["d"] else "open",
        ]
        for row in tight.iter_rows(named=True)
    ]


FRAME_HEADS = ["m", "d", "μ²", "k/ε", "frame", "verdict"]


def sweep(profile: str, store: Store, workers: int, fresh: bool) -> list[Outcome]:
    """Answer the grid and the curves, and meet every frame."""
    settings = {"store": store, "workers": workers, "fresh": fresh}
    lines = [question for m in SIZES for question in curve(m, POINTS[profile])]
    return [
        run([Question(*point) for point in GRID], answer, **settings),
        run(lines, answer, **settings),
        run(cells(FRAME_FEATURES[profile]), meet, **settings),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer every question of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.bracket", __doc__, POINTS)
    parser.add_argument("--readme", type=Path, help="renew this README's table and figure")
    options = parser.parse_args(arguments)
    if options.readme and not _report.has_markers(options.readme, "bracket"):
        parser.error(f"{options.readme} must be a README with the markers of the bracket")
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    outcomes = sweep(options.profile, store, options.workers, options.fresh)
    drawn, measured = random_codes(store, options.workers, options.fresh)
    if any(outcome.table.is_empty() for outcome in (*outcomes, drawn)):
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    grid, curves, tight = (outcome.table for outcome in outcomes)
    findings = judge_bracket(pl.concat([grid, curves])) + judge_frames(tight)
    folder = options.results / f"bracket-{options.profile}"
    tables = {"grid": grid, "curves": curves, "frames": tight, "random": measured}
    tables |= {"verdict-bracket": _report.findings_table(findings)}
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, tables, origin) + draw(curves, tight, measured, folder)
    shown = [
        ("d necessary – sufficient (Theorem 2)", grid_heads(), grid_rows(grid)),
        ("Equiangular tight frames", FRAME_HEADS, frame_rows(tight)),
        _report.findings("The bracket", findings),
    ]
    if options.readme:
        _report.replace_section(options.readme, summary(grid, tight, findings), "bracket")
        written += draw(curves, tight, measured, options.readme.parent / "docs", (".png",))
    _report.show_tables(shown, [ratios(grid)], written)
    return 1 if any(outcome.failed for outcome in (*outcomes, drawn)) else 0


if __name__ == "__main__":
    sys.exit(main())
