"""How many nearly orthogonal vectors there are: folklore against proved bounds and known codes.

Run as `python -m experiments.folklore`. Every number is computed here and now, in exact or ball
arithmetic, in seconds: upper bounds on the number of vectors are rounded up, codes down.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from experiments import _report
from lcs.bounds.enclose import angle, log10, outward, sine
from lcs.bounds.inverse import greedy_features, least_coherence, most_features
from lcs.claims.folklore import exponent
from lcs.codes.algebraic import catalogue
from lcs.codes.code import Code
from lcs.codes.largest import largest_code
from lcs.plots import capacity, style
from lcs.runs import provenance
from lcs.verdict import judge_capacity


@dataclass(frozen=True, slots=True)
class Formula:
    """That R^d holds 10^(d F^2/1500) unit vectors within F degrees of orthogonal."""

    claim: str
    degrees: int
    d: int = 12288


@dataclass(frozen=True, slots=True)
class Demo:
    """That m unit vectors in R^d are pairwise within some degrees of orthogonal."""

    claim: str
    degrees: int
    m: int
    d: int


FORMULAS = (
    Formula("FOLK-jl-formula-2", 2),
    Formula("FOLK-jl-formula-3", 3),
    Formula("FOLK-jl-formula-5", 5),
    Formula("FOLK-jl-formula-10", 10),
)
DEMO = Demo("FOLK-packing-demo", degrees=1, m=10**4, d=100)

SWEEP = tuple(Fraction(n, 4) for n in range(4, 49))  # degrees
HEADS = ["claim", "in", "claimed", "most proved", "achieved", "verdict", "margin", "corrected"]


def count(d: int, degrees: Fraction | int) -> dict[str, object]:
    """How many unit vectors of R^d have all angles within so many degrees of 90, as log10."""
    below, above = sine(degrees)
    lines = most_features(d, above, strict=False, scope="A = B")
    pairs = most_features(d, above, strict=False)
    greedy, code = greedy_features(d, below), largest_code(d, below)
    achieved, name = max((greedy.value, greedy.name), (code.m, code.name))
    return {
        "degrees": float(degrees),
        "claimed": float(exponent(d, degrees)),
        "achieved": outward(log10(achieved))[0],
        "proved": outward(log10(lines.value))[1],
        "proved_any": outward(log10(pairs.value))[1],
        "achieved_by": name,
        "proved_by": lines.name,
    }


def least_angle(m: int, d: int, codes: Sequence[Code]) -> dict[str, object]:
    """The largest least angle of m unit vectors of R^d, in degrees; the codes are candidates."""
    lines = least_coherence(m, d, scope="A = B")
    best = min((code for code in codes if code.m >= m), key=lambda code: float(code.coherence))
    return {
        "m": m,
        "achieved": outward(angle(best.coherence))[0],
        "proved": outward(angle(lines.value))[1],
        "achieved_by": best.name,
        "proved_by": lines.name,
    }


def measure() -> dict[str, pl.DataFrame]:
    """The tables of the experiment: claims with their verdicts, and the curves around them."""
    formulas = [
        {"claim": f.claim, "quantity": "log10 of the vectors", **count(f.d, f.degrees)}
        for f in FORMULAS
    ]
    codes = _records(catalogue(DEMO.d, m_min=DEMO.d + 1))
    demo = {"claim": DEMO.claim, "quantity": "least angle, degrees"}
    demo |= {"degrees": float(DEMO.degrees), "claimed": 90.0 - DEMO.degrees}
    demo |= least_angle(DEMO.m, DEMO.d, codes)
    demo["proved_any"] = outward(angle(least_coherence(DEMO.m, DEMO.d).value))[1]
    most = most_features(DEMO.d, sine(DEMO.degrees)[1], strict=False, scope="A = B")
    table = judge_capacity(pl.DataFrame([demo, *formulas]))
    corrected = [_corrected(row, most.value) for row in table.iter_rows(named=True)]
    table = table.with_columns(corrected=pl.Series(corrected))
    return {
        "verdicts": table,
        "verdict-folklore": _findings(table),
        "capacity": pl.DataFrame([count(FORMULAS[0].d, degrees) for degrees in SWEEP]),
        "least-angle": pl.DataFrame([least_angle(m, DEMO.d, codes) for m in _sizes(codes)]),
    }


def _findings(table: pl.DataFrame) -> pl.DataFrame:
    """The verdicts as findings, as `_report.findings_table` has them."""
    return table.select(
        "claim",
        says=pl.format("{} claimed: {}", "quantity", pl.col("claimed").round(2)),
        tests=pl.lit(1),
        failures=(pl.col("verdict") == "fails as stated").cast(pl.Int64),
        quantity=pl.lit("distance from what decides it"),
        value="margin",
        at=pl.when(pl.col("corrected") != "").then("corrected").otherwise(pl.lit("its value")),
        verdict="verdict",
    )


def _records(codes: Iterable[Code]) -> list[Code]:
    """The codes that no other one beats in columns and coherence at once."""
    found: list[Code] = []
    for code in sorted(codes, key=lambda code: (float(code.coherence), -code.m)):
        if not found or code.m > found[-1].m:
            found.append(code)
    return found


def _sizes(codes: Sequence[Code]) -> list[int]:
    """Sizes from d + 1 to 10^6, with those at which the best code changes."""
    ends = {m for code in codes for m in (code.m, code.m + 1) if m <= 10**6}
    return sorted(ends.union(np.rint(np.geomspace(DEMO.d + 1, 10**6, 49)).astype(int).tolist()))


def _corrected(row: dict[str, Any], most: int) -> str:
    """What is true instead; empty unless the claim fails."""
    if row["verdict"] != "fails as stated":
        return ""
    if row["claim"] == DEMO.claim:
        return (
            f"some angle is at most {_up(row['proved'])}°, {_down(row['achieved'])}° is reached; "
            f"within {DEMO.degrees}° at most {most} vectors"
        )
    return f"at most 10^{_up(row['proved'])}; 10^{_down(row['achieved'])} is reached"


def _up(x: float) -> str:
    return f"{np.ceil(100 * x) / 100:.2f}"


def _down(x: float) -> str:
    return f"{np.floor(100 * x) / 100:.2f}"


def draw(
    tables: dict[str, pl.DataFrame], folder: Path, suffixes: Sequence[str] = style.SUFFIXES
) -> list[Path]:
    """Draw both panels from tables alone."""
    verdicts = tables["verdicts"]
    demo = pl.col("claim") == DEMO.claim
    with style.figure(style.DOUBLE_COLUMN, 2.9) as figure:
        left, right = figure.subplots(1, 2)
        capacity.capacity(left, tables["capacity"], verdicts.filter(~demo))
        left.set_title(f"$d = {FORMULAS[0].d}$")
        capacity.least_angles(right, tables["least-angle"], verdicts.filter(demo))
        right.set_title(f"$d = {DEMO.d}$")
        return style.save(figure, folder / "folklore", suffixes)


def rows(verdicts: pl.DataFrame) -> list[list[str]]:
    """One line of text per claim."""
    return [
        [
            row["claim"],
            row["quantity"],
            f"{row['claimed']:.2f}",
            f"{_up(row['proved'])} ({row['proved_by']})",
            f"{_down(row['achieved'])} ({row['achieved_by']})",
            row["verdict"],
            _down(row["margin"]),
            row["corrected"],
        ]
        for row in verdicts.iter_rows(named=True)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Compute, judge, print, and write tables and the figure."""
    parser = argparse.ArgumentParser(prog="python -m experiments.folklore", description=__doc__)
    parser.add_argument("--results", type=Path, default=Path("results"), help="folder of tables")
    parser.add_argument("--readme", type=Path, help="renew this README's table and figure")
    options = parser.parse_args(arguments)
    if options.readme and not _report.has_markers(options.readme, "folklore"):
        parser.error(f"{options.readme} must be a README with the markers of the folklore")
    began = time.perf_counter()
    try:
        tables = measure()
        folder = options.results / "folklore"
        origin = provenance.collect(seconds=time.perf_counter() - began)
        written = _report.write_tables(folder, tables, origin) + draw(tables, folder)
        lines = rows(tables["verdicts"])
        if options.readme:
            _report.replace_section(options.readme, _report.markdown(HEADS, lines), "folklore")
            written += draw(tables, options.readme.parent / "docs", suffixes=(".png",))
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    _report.show_tables([("Folklore against proved bounds", HEADS, lines)], [], written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
