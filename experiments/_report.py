"""How an experiment tells its result: verdict tables on the terminal, in files, in the README."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from lcs.findings import Finding
from lcs.plots import style
from lcs.runs.sections import has_markers, markdown, markers, replace_section
from lcs.scaling import Estimate, Fit

__all__ = ["has_markers", "markdown", "markers", "replace_section"]

Figures = Mapping[str, Callable[[Mapping[str, pl.DataFrame], Path, Sequence[str]], list[Path]]]
"""How each figure is drawn: from tables, to a stem with these suffixes; the files written."""

Shown = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""A table to print: its title, its heads, its rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What the scaling experiment found, computed from its tables."""

    bounds: pl.DataFrame
    fail: str  # the chance of failure at which upper bounds were tested
    theorem3: Mapping[str, Any]
    laws: Mapping[str, Sequence[Fit]]  # by probes
    cells: int
    trivial: int
    rejected: pl.DataFrame

    def bound_rows(self) -> list[list[str]]:
        """One line of text per bound."""
        rows = [
            [
                row["bound"],
                row["claim"],
                _side(row),
                f"{row['verdict']} ({row['failures']} of {row['tests']} tests fail)",
                f"× {row['margin']:.3f}",
                _point(row),
            ]
            for row in self.bounds.iter_rows(named=True)
        ]
        t = self.theorem3
        if t["cells"]:
            verdict = f"holds with c ≥ {t['constant']:.3f} ({t['cells']} cells, by the rank bounds)"
            rows.append(["Theorem 3", "GKP26-thm3", "d ≥ c·form", verdict, "", _point(t)])
        return rows

    def findings(self) -> list[Finding]:
        """One finding per bound, and that of Theorem 3."""
        found = [
            Finding(
                claim=row["claim"],
                says=f"{_side(row)} {row['bound']}, of every code",
                tests=row["tests"],
                failures=row["failures"],
                quantity="least margin, a factor of d:",
                value=row["margin"],
                at=_point(row),
            )
            for row in self.bounds.iter_rows(named=True)
        ]
        t = self.theorem3
        if t["cells"]:
            says = "the proved rank bounds are at least c times the form, inside the domain"
            place = (int(t["cells"]), 0, "c =", float(t["constant"]), _point(t))
            found.append(Finding("GKP26-thm3", says, *place))
        return found

    def law_rows(self) -> list[list[str]]:
        """One line of text per law and probes."""
        return [
            [
                f"B = {probes}",
                fit.law,
                fit.claim or "",
                "; ".join(f"{_at(name)}{_estimate(e)}" for name, e in fit.constants.items()),
                "; ".join(f"{name} = {_estimate(e)}" for name, e in fit.exponents.items()),
                f"{100 * fit.rms:.1f} %",
                f"{fit.aic - min(other.aic for other in fits):.0f}",
            ]
            for probes, fits in self.laws.items()
            for fit in fits
        ]

    def law_table(self) -> pl.DataFrame:
        """Every fitted number of every law, one row each."""
        return pl.DataFrame(
            [
                {"probes": probes, "law": fit.law, "claim": fit.claim}
                | {"parameter": kind, "level": name}
                | {"value": e.value, "low": e.low, "high": e.high}
                | {"rms": fit.rms, "aic": fit.aic, "bic": fit.bic, "rows": fit.residuals.size}
                for probes, fits in self.laws.items()
                for fit in fits
                for kind, estimates in (("constant", fit.constants), ("exponent", fit.exponents))
                for name, e in estimates.items()
            ]
        )

    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables to write, by name."""
        return {
            "rejected": self.rejected,
            "margins": self.bounds,
            "laws": self.law_table(),
            "verdict-scaling": findings_table(self.findings()),
        }


BOUND_HEADS = ["bound", "claim", "says", "verdict", "least margin", "at"]
LAW_HEADS = ["probes", "law", "claim", "constant (95 %)", "exponent (95 %)", "rms of ln d", "ΔAIC"]


def show(verdicts: Verdicts, written: Sequence[Path]) -> None:
    """Print the verdict tables, the rejected rows by reason, and where the files are."""
    lines = [
        "Upper bounds are tested at the d where a drawn code fails with probability at most "
        f"{verdicts.fail}.\n{verdicts.cells} cells (code, probes, k, ε), {verdicts.trivial} of "
        "them trivial: no crossing on the ladder below m, where the identity d = m suffices."
    ]
    rejected = verdicts.rejected.group_by("reason").len().sort("reason").iter_rows()
    lines += [f"  {count} rows outside the fit's window: {reason}" for reason, count in rejected]
    tables = [
        ("Bounds against measured codes", BOUND_HEADS, verdicts.bound_rows()),
        ("Laws fitted to Rademacher codes", LAW_HEADS, verdicts.law_rows()),
    ]
    show_tables(tables, lines, written)


def findings(title: str, found: Sequence[Finding]) -> Shown:
    """One line of text per finding, as `show_tables` takes them."""
    heads = ["claim", "says", "verdict", "extreme", "at"]
    rows = [
        [
            one.claim,
            one.says,
            f"{one.verdict} ({one.failures} of {one.tests} tests fail)",
            f"{one.quantity}: {one.value:.4g}",
            one.at,
        ]
        for one in found
    ]
    return title, heads, rows


def findings_table(found: Sequence[Finding]) -> pl.DataFrame:
    """Every finding, one row each."""
    return pl.DataFrame([asdict(one) | {"verdict": one.verdict} for one in found])


def show_tables(
    tables: Sequence[Shown],
    lines: Sequence[str],
    written: Sequence[Path],
) -> None:
    """Print tables, each with its title, heads and rows, then lines, then where the files are."""
    console = terminal()
    for title, heads, rows in tables:
        console.print(table(title, heads, rows))
    for line in lines:
        console.print(line)
    for path in written:
        console.print(f"wrote {path}", soft_wrap=True)


def write_tables(
    folder: Path, tables: Mapping[str, pl.DataFrame], origin: Mapping[str, str]
) -> list[Path]:
    """Write each table as Parquet with its provenance, by atomic rename."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables.items():
        target, partial = folder / f"{name}.parquet", folder / f"{name}.parquet.partial"
        try:
            table.write_parquet(partial, metadata={"lcs.provenance": json.dumps(dict(origin))})
            written.append(partial.replace(target))
        finally:
            partial.unlink(missing_ok=True)
    return written


def draw_figures(
    figures: Figures,
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    suffixes: Sequence[str] = style.SUFFIXES,
    only: str | None = None,
) -> list[Path]:
    """Draw every figure, or one alone, from tables; one whose tables are empty is left out."""
    drawn = [only] if only else list(figures)
    return [path for name in drawn for path in figures[name](tables, folder / name, suffixes)]


def copy_figures(names: Sequence[str], folder: Path, docs: Path) -> list[Path]:
    """Copy the PNG files of these figures to another folder, by atomic rename."""
    docs.mkdir(parents=True, exist_ok=True)
    written = []
    for name in names:
        target, partial = docs / f"{name}.png", docs / f"{name}.png.partial"
        try:
            partial.write_bytes((folder / f"{name}.png").read_bytes())
            written.append(partial.replace(target))
        finally:
            partial.unlink(missing_ok=True)
    return written


def update_readme(readme: Path, verdicts: Verdicts, profile: str) -> None:
    """Put the verdict tables between the README's markers. Raises ValueError when it has none."""
    parts = [
        f"Profile `{profile}`: {verdicts.cells} cells, {verdicts.trivial} trivial (d = m).",
        markdown(BOUND_HEADS, verdicts.bound_rows()),
        markdown(LAW_HEADS, verdicts.law_rows()),
    ]
    replace_section(readme, "\n\n".join(parts), "verdicts")


def terminal() -> Console:
    """The terminal, or 160 columns where there is none."""
    return Console(width=None if Console().is_terminal else 160)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table for the terminal."""
    table = Table(*heads, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    return table


def _side(row: Mapping[str, object]) -> str:
    return "d ≥" if row["side"] == "necessary" else "d ≤"


def _point(row: Mapping[str, object]) -> str:
    return f"m = {row['m']}, k = {row['k']}, ε = {row['eps']:g}"


def _estimate(e: Estimate) -> str:
    return f"{e.value:.3g} [{e.low:.3g}, {e.high:.3g}]"


def _at(level: str) -> str:
    return "" if level == "all" else f"ε = {level}: "
