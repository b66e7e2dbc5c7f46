"""The best packings found for small (d, m), against proved lower bounds and published records.

Run as `python -m experiments.packing --profile quick`. One cell is one search, or one lower bound;
both are stored, so that an interrupted run goes on and tables rebuild in seconds.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from experiments._best_known import best_known
from experiments._report import write_tables
from lcs.bounds.lower import best_lower
from lcs.bounds.problem import Scope
from lcs.codes.packing import pack
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import run

BITS = 14  # lower bounds on the coherence are bisected to 2^-14
LEVELS = (4, 6, 8, 12)  # k/eps of the table of least d


@dataclass(frozen=True, slots=True)
class Search:
    """One packing to look for."""

    d: int
    m: int
    restarts: int
    tied: bool = True


@dataclass(frozen=True, slots=True)
class Floor:
    """One lower bound on the coherence."""

    d: int
    m: int
    scope: Scope = "A = B"


_LINES = [(d, m) for d in range(3, 7) for m in range(d + 1, 21)]
# Sizes around the least d at each level, by the bounds; and one more where both are in doubt.
_LEAST = {
    16: (5, 6, 9, 10, 12, 13, 14, 15),
    28: (6, 7, 13, 14, 18, 19, 23, 24),
    36: (8, 9, 14, 15, 20, 21, 27, 28),
    64: (8, 9, 10, 11, 19, 20, 21, 27, 28, 42, 43, 44),
}


def _searches(restarts: int, free: int, least: dict[int, int]) -> tuple[Search, ...]:
    """Lines at every (d, m) with that many restarts, free pairs, and the table of least d."""
    searches = [Search(d, m, restarts) for d, m in _LINES]
    searches += [Search(d, m, free, tied=False) for d, m in _LINES if free]
    for m, n in least.items():
        searches += [Search(d, m, n) for d in _LEAST[m] if (d, m) not in _LINES]
        searches += [Search(d, m, max(1, n // 4), tied=False) for d in _LEAST[m] if free]
    return tuple(dict.fromkeys(searches))


PROFILES = {
    "quick": _searches(600, 0, {16: 60}),
    "paper": _searches(5000, 1000, {16: 1000, 28: 400, 36: 200, 64: 48}),
}


def measure(search: Search) -> pl.DataFrame:
    """The best packing of one search: its proved coherence, how often it was met, its columns."""
    axes = {"d": search.d, "m": search.m, "tied": search.tied}
    rng = generator(experiment="packing", **axes)
    found = pack(search.d, search.m, rng=rng, restarts=search.restarts, tied=search.tied)
    row = {"coherence": found.coherence, "share": found.share, "status": found.status.value}
    row |= {"A": found.A.T.ravel().tolist(), "B": found.B.T.ravel().tolist()}
    return pl.DataFrame([row])


def floor(floor: Floor) -> pl.DataFrame:
    """The largest multiple of 2^-14 that the bounds on d prove to be no coherence at (d, m)."""
    low, high = 0, 2**BITS
    while high - low > 1:
        middle = (low + high) // 2
        mu = Fraction(middle, 2**BITS)
        bound = best_lower(floor.m, 1, mu / (1 + mu), strict=False, scope=floor.scope)
        low, high = (middle, high) if (bound.d or 0) > floor.d else (low, middle)
    return pl.DataFrame({"proved": [low / 2**BITS]})


def summary(found: pl.DataFrame, floors: pl.DataFrame, seconds: Sequence[float]) -> pl.DataFrame:
    """One row per search: coherence, lower bound, record, share of restarts, seconds."""
    scope = pl.when("tied").then(pl.lit("A = B")).otherwise(pl.lit("any A, B")).alias("scope")
    table = found.drop("A", "B").with_columns(scope, seconds=pl.Series(seconds, dtype=pl.Float64))
    table = table.join(floors, on=["d", "m", "scope"], how="left", maintain_order="left")
    known = [best_known(d, m) for d, m in table.select("d", "m").iter_rows()]
    table = table.with_columns(
        best_known=pl.Series([k and k[0] for k in known], dtype=pl.Float64),
        source=pl.Series([k and k[1] for k in known], dtype=pl.String),
    )
    return table.with_columns(above_known=pl.col("coherence") - pl.col("best_known"))


def least_d(table: pl.DataFrame) -> pl.DataFrame:
    """The least d whose packing has error <= eps at sparsity k, per (m, k/eps), and the bound."""
    rows = []
    for (m,), cell in table.filter(pl.col("m").is_in(list(_LEAST))).group_by("m"):
        for level in LEVELS:
            eps = Fraction(1, level)
            bound = best_lower(int(m), 1, eps, strict=False).d
            # To rounding: a search meets a tight frame only from above.
            good = cell.filter(pl.col("coherence") <= 1 / (level - 1) + 1e-9)
            rows.append({"m": m, "k/eps": level, "proved": bound, "found": good["d"].min()})
    return pl.DataFrame(rows, schema_overrides={"found": pl.Int64}).sort("m", "k/eps")


def show(table: pl.DataFrame, least: pl.DataFrame, written: Sequence[Path]) -> None:
    """Print both tables, and where the files are."""
    console = Console()
    heads = ["d", "m", "probes", "coherence", "proved ≥", "record", "excess", "share", "s"]
    lines = Table(title="Packings, and how far above the record", title_justify="left")
    for head in heads:
        lines.add_column(head, no_wrap=True)
    for row in table.iter_rows(named=True):
        above = row["above_known"]
        lines.add_row(
            *(str(row["d"]), str(row["m"]), "A = B" if row["tied"] else "free"),
            *(f"{row['coherence']:.9f}", f"{row['proved']:.5f}"),
            *(("", "") if above is None else (row["source"], f"{above:+.1e}")),
            *(f"{row['share']:.3f}", f"{row['seconds']:.1f}"),
        )
    console.print(lines)
    if not least.is_empty():
        title = "Least d with error ≤ ε at sparsity k, to 1e-9"
        console.print(_plain(title, least))
    listed = table.filter(pl.col("tied") & pl.col("best_known").is_not_null())
    behind = listed.filter(pl.col("above_known") > 1e-4)
    console.print(
        f"{listed.height - behind.height} of {listed.height} listed sizes within 1e-4 of the best "
        f"known coherence, {listed.filter(pl.col('above_known') < -1e-9).height} below it."
    )
    for path in written:
        console.print(f"wrote {path}", soft_wrap=True)


def _plain(title: str, table: pl.DataFrame) -> Table:
    lines = Table(*table.columns, title=title, title_justify="left")
    for row in table.iter_rows():
        lines.add_row(*("none" if value is None else str(value) for value in row))
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the searches of a profile, then print and write the tables."""
    parser = argparse.ArgumentParser(prog="python -m experiments.packing", description=__doc__)
    parser.add_argument("--profile", choices=PROFILES, default="quick")
    parser.add_argument("--results", type=Path, default=Path("results"), help="folder of tables")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes, one search each"
    )
    parser.add_argument("--fresh", action="store_true", help="recompute what is stored too")
    options = parser.parse_args(arguments)
    searches = PROFILES[options.profile]
    floors = [Floor(s.d, s.m, "A = B" if s.tied else "any A, B") for s in searches]
    store = Store(options.results / "cells")
    settings = {"store": store, "workers": options.workers, "fresh": options.fresh}
    try:
        proved, found = run(floors, floor, **settings), run(searches, measure, **settings)
        if found.table.is_empty() or proved.failed:
            print("error: nothing to show; see the failures above", file=sys.stderr)
            return 1
        done = [s for s in searches if s not in found.failed]
        origins = [store.provenance(s) or {} for s in done]
        seconds = [float(origin.get("seconds", "nan")) for origin in origins]
        table = summary(found.table, proved.table, seconds)
        tables = {"packings": table, "columns": found.table, "least-d": least_d(table)}
        folder = options.results / f"packing-{options.profile}"
        origin = provenance.collect(seconds=sum(seconds))
        written = write_tables(folder, tables, origin)
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted: finished cells are stored; the same command goes on", file=sys.stderr)
        return 130
    show(table, tables["least-d"], written)
    return 1 if found.failed else 0


if __name__ == "__main__":
    sys.exit(main())
