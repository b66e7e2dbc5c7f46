"""Panels of the weak transition: the diagram, one slice of it, half points of other codes."""

from typing import Any

import numpy as np
import polars as pl
from matplotlib.axes import Axes

_MEASURED, _EXACT = "#a63603", "0.05"
_MARKS = "os^v"


def phase_diagram(ax: Axes, cells: pl.DataFrame, curves: pl.DataFrame, fits: pl.DataFrame) -> None:
    """Draw the share recovered over (d/m, k/d), with exact and asymptotic half points.

    cells: one row per place of a square grid on [0, 1]^2: delta, rho, share. curves: delta, exact,
    asymptotic (k/d). fits: d, m, k50, low, high.
    """
    grid = cells.pivot(on="delta", index="rho", values="share", maintain_order=True).drop("rho")
    edges = np.linspace(0, 1, grid.width + 1)
    mesh = ax.pcolormesh(
        edges, edges, grid.to_numpy(), cmap="Blues", vmin=0, vmax=1.25, rasterized=True
    )
    line = curves.sort("delta")
    ax.plot(line["delta"], line["asymptotic"], color=_EXACT, lw=0.9, ls="--", label="Donoho–Tanner")
    ax.plot(line["delta"], line["exact"], color=_EXACT, lw=0.9, label="exact, half recovered")
    k, d = fits["k50"], fits["d"]
    spread = [(k - fits["low"]) / d, (fits["high"] - k) / d]
    ax.errorbar(d / fits["m"], k / d, spread, label="measured, 95 %", **_points("o", 2.4))  # pyright: ignore[reportArgumentType]
    bar = ax.figure.colorbar(mesh, ax=ax, ticks=[0, 1], fraction=0.05, pad=0.02)  # pyright: ignore[reportAttributeAccessIssue]
    bar.ax.set_ylim(0, 1)
    bar.set_label("share recovered", labelpad=-4)
    bar.outline.set_linewidth(0.4)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xlabel("$d/m$")
    ax.set_ylabel("$k/d$")
    ax.set_title(f"Gaussian codes, $m={fits['m'][0]}$")
    ax.legend(loc="upper left")


def success_slice(ax: Axes, counts: pl.DataFrame, curve: pl.DataFrame, fit: dict[str, Any]) -> None:
    """Draw the share recovered against k at one d, with the exact curve and the fitted one.

    counts: k, share, low, high (95 %). curve: k, exact, fitted. fit: d, m, k50, low, high.
    """
    spread = [counts["share"] - counts["low"], counts["high"] - counts["share"]]
    ax.axhline(0.5, color="0.8", lw=0.5)
    ax.plot(curve["k"], curve["exact"], color=_EXACT, lw=0.9, label="exact")
    ax.plot(curve["k"], curve["fitted"], color=_MEASURED, lw=0.9, ls="--", label="fitted")
    ax.errorbar(counts["k"], counts["share"], spread, label="counted", **_points("o", 2.8))  # pyright: ignore[reportArgumentType]
    ax.set_xlabel("$k$")
    ax.set_ylabel("share recovered", labelpad=1)
    ax.set_ylim(-0.02, 1.02)
    ax.set_title(f"$d={fit['d']}$, $m={fit['m']}$")
    ax.legend(loc="lower left", borderaxespad=0.2)


def half_point_shifts(ax: Axes, fits: pl.DataFrame) -> None:
    """Draw how far the half points of codes lie from the exact ones of Gaussian codes.

    fits: ensemble, name, d, m, k50, low, high, exact; one line per ensemble or named code. The
    slices of one ensemble lie beside each other, each d/m with a mark of its own.
    """
    rows = fits.filter(pl.col("ensemble") != "Gaussian").drop_nulls("k50")
    rows = rows.with_columns(label=pl.coalesce("name", "ensemble"))
    labels = rows["label"].unique(maintain_order=True).to_list()
    ax.axvline(0, color=_EXACT, lw=0.9)
    sizes = rows.filter(pl.col("name").is_null())
    ranks = {d: rank for rank, d in enumerate(sizes["d"].unique().sort())}
    for height, label in enumerate(labels):
        group = rows.filter(pl.col("label") == label).sort("d")
        places = height + 0.22 * (np.arange(group.height) - (group.height - 1) / 2)
        for y, row in zip(places, group.iter_rows(named=True), strict=True):
            mark = "D" if row["name"] else _MARKS[ranks[row["d"]]]
            shift, low, high = (
                100 * (row[name] / row["exact"] - 1) for name in ("k50", "low", "high")
            )
            ax.errorbar(shift, y, xerr=[[shift - low], [high - shift]], **_points(mark, 2.6))
    ax.set_yticks(range(len(labels)), labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.set_xlabel("$k_{50}$ above Gaussian, %")
    ax.set_title("other codes")
    m = {d: m for d, m in sizes.select("d", "m").iter_rows()}
    for d, rank in ranks.items():
        ax.plot([], [], label=f"$d/m={d / m[d]:g}$", **_points(_MARKS[rank], 2.6))
    ax.legend(loc="upper left", handlelength=0.8, borderaxespad=0)


def _points(mark: str, size: float) -> dict[str, Any]:
    return {"color": _MEASURED, "marker": mark, "ms": size, "ls": "", "lw": 0.8, "mew": 0}
