"""Panels: each draws one table on one pair of axes, and computes nothing that is not in it."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

from lcs.plots.style import MARKERS, sequence


def d_against_k(ax: Axes, measured: pl.DataFrame, bounds: pl.DataFrame) -> None:
    """Draw d against k at one m, a colour per eps: measured codes between the bounds.

    measured: k, eps, d_low, d, d_high (over codes), trivial. bounds: k, eps, lower, upper, paper.
    Hollow markers on the line d = m: no code of the sweep reached eps below it.
    """
    m = measured["m"][0]
    levels = measured["eps"].unique().sort().to_list()
    for n, eps in enumerate(levels):
        colour, marker = sequence(len(levels))[n], MARKERS[n]
        aside = 1.05 ** (n - (len(levels) - 1) / 2)  # so that markers on d = m stay apart
        rows = measured.filter(pl.col("eps") == eps).sort("k").with_columns(x=pl.col("k") * aside)
        band = bounds.filter(pl.col("eps") == eps).sort("k")
        ax.plot(band["k"], band["lower"], color=colour, ls="-", lw=0.8)
        ax.plot(band["k"], band["upper"], color=colour, ls="--", lw=0.8)
        ax.plot(band["k"], band["paper"], color=colour, ls=":", lw=0.8)
        solid, hollow = rows.filter(~pl.col("trivial")), rows.filter(pl.col("trivial"))
        spread = [solid["d"] - solid["d_low"], solid["d_high"] - solid["d"]]
        ax.errorbar(solid["x"], solid["d"], spread, color=colour, marker=marker, ls="", lw=0.8)
        ax.plot(hollow["x"], hollow["d"], color=colour, marker=marker, ls="", mfc="white")
    ax.axhline(m, color="0.6", lw=0.8, zorder=0)
    ax.set_title(f"$m={m}$")
    ax.set_xlabel("active features $k$")
    ax.set_ylabel("dimension $d$")
    _log_axes(ax, measured["k"].unique().sort().to_list())


def d_against_k_legend(ax: Axes, levels: list[float]) -> None:
    """Explain colours and lines of `d_against_k` on axes of their own."""
    handles = [
        Line2D([], [], color=colour, marker=marker, ls="", label=rf"$\varepsilon={eps:g}$")
        for colour, marker, eps in zip(sequence(len(levels)), MARKERS, levels, strict=False)
    ]
    handles += [
        Line2D([], [], color="0.3", marker="o", ls="", mfc="white", label="none below $d=m$"),
        Line2D([], [], color="0.6", lw=0.8, label="$d=m$ (identity)"),
        Line2D([], [], color="0.3", ls=":", label="Theorem 2"),
        Line2D([], [], color="0.3", ls="--", label="union bound U0"),
        Line2D([], [], color="0.3", ls="-", label="lower bound"),
    ]
    ax.legend(handles=handles, loc="center left")
    ax.set_axis_off()


def collapse(ax: Axes, measured: pl.DataFrame, bounds: pl.DataFrame) -> None:
    """Draw d against k/eps for every (k, eps), a colour per m, between the bounds of each m.

    measured: m, ratio, d (one row per cell that is not trivial). bounds: m, ratio, lower, paper.
    """
    levels = measured["m"].unique().sort().to_list()
    for colour, marker, m in zip(sequence(len(levels)), MARKERS, levels, strict=False):
        rows, band = (table.filter(pl.col("m") == m).sort("ratio") for table in (measured, bounds))
        ax.plot(rows["ratio"], rows["d"], color=colour, marker=marker, ls="", ms=3, label=f"{m}")
        ax.plot(band["ratio"], band["lower"], color=colour, lw=0.8)
        ax.plot(band["ratio"], band["paper"], color=colour, lw=0.8, ls=":")
    ax.set_xlabel(r"$k/\varepsilon$")
    ax.set_ylabel("dimension $d$")
    _log_axes(ax, [1, 2, 5, 10, 20, 50])
    ax.legend(title="$m$", loc="lower right", ncols=2)


def collapse_normalised(ax: Axes, measured: pl.DataFrame) -> None:
    """Draw d (eps/k)^2 / ln m against k/eps: a law k^2 ln m/eps^2 would be one horizontal line.

    measured: m, k, ratio, normalised.
    """
    levels = measured["k"].unique().sort().to_list()
    for colour, marker, k in zip(sequence(len(levels)), MARKERS, levels, strict=False):
        rows = measured.filter(pl.col("k") == k).sort("ratio")
        ax.plot(
            rows["ratio"],
            rows["normalised"],
            color=colour,
            marker=marker,
            ls="",
            ms=3,
            label=f"{k}",
        )
    ax.set_xlabel(r"$k/\varepsilon$")
    ax.set_ylabel(r"$d\,(\varepsilon/k)^2/\ln m$")
    ax.set_xscale("log")
    ax.set_ylim(bottom=0)
    _ticks(ax, [1, 2, 5, 10, 20, 50])
    ax.legend(title="$k$", ncols=2)


def _log_axes(ax: Axes, ticks: list[int]) -> None:
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.grid(color="0.92", lw=0.5)
    _ticks(ax, ticks)


def _ticks(ax: Axes, ticks: list[int]) -> None:
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
