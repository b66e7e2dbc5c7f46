"""Panels: each draws one table on one pair of axes, and computes nothing that is not in it."""

from itertools import cycle

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator, StrMethodFormatter

from lcs.plots.style import MARKERS, sequence

_MARK, _LINE, _BAND = "#a63603", "#08306b", "#deebf7"  # told apart in grey by their lightness


def d_against_k(ax: Axes, measured: pl.DataFrame, bounds: pl.DataFrame) -> None:
    """Draw d against k at one (m, eps): measured codes between the proved bounds.

    measured: m, k, d_low, d, d_high (over codes), trivial. bounds: k, lower, upper, best, paper;
    the band reaches from lower to best, the smaller of upper and m.
    Hollow markers on the line d = m: some code of the sweep does not reach eps below it.
    """
    band = bounds.sort("k")
    ax.fill_between(band["k"], band["lower"], band["best"], color=_BAND, lw=0)
    ax.plot(band["k"], band["lower"], color=_LINE, lw=0.9)
    ax.plot(band["k"], band["upper"], color=_LINE, lw=0.9, ls="--")
    ax.plot(band["k"], band["paper"], color=_LINE, lw=0.9, ls=":")
    ax.axhline(measured["m"][0], color="0.5", lw=0.6)
    rows = measured.sort("k")
    solid, hollow = rows.filter(~pl.col("trivial")), rows.filter(pl.col("trivial"))
    spread = [solid["d"] - solid["d_low"], solid["d_high"] - solid["d"]]
    ax.errorbar(solid["k"], solid["d"], spread, color=_MARK, marker="o", ls="", lw=0.8)
    ax.plot(hollow["k"], hollow["d"], color=_MARK, marker="o", ls="", mfc="white")
    _log_axes(ax, rows["k"].to_list())


def d_against_k_legend(figure: Figure) -> None:
    """Explain the lines and markers of `d_against_k` above a grid of them."""
    handles = [
        Line2D([], [], color=_MARK, marker="o", ls="", label="random code"),
        Line2D([], [], color=_MARK, marker="o", ls="", mfc="white", label="not below $d=m$"),
        Line2D([], [], color="0.5", lw=0.6, label="$d=m$ (identity)"),
        Line2D([], [], color=_LINE, ls=":", label="Theorem 2"),
        Line2D([], [], color=_LINE, ls="--", label="union bound U0"),
        Line2D([], [], color=_LINE, label="lower bound"),
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles))


def collapse(ax: Axes, measured: pl.DataFrame, bounds: pl.DataFrame) -> None:
    """Draw d against k/eps for every (k, eps), a colour per m, between the bounds of each m.

    measured: m, ratio, d (one row per cell that is not trivial). bounds: m, ratio, lower, paper.
    """
    levels = measured["m"].unique().sort().to_list()
    for colour, marker, m in zip(sequence(len(levels)), cycle(MARKERS), levels, strict=False):
        rows = measured.filter(pl.col("m") == m).sort("ratio", "d")
        band = bounds.filter(pl.col("m") == m).sort("ratio")
        ax.plot(rows["ratio"], rows["d"], color=colour, marker=marker, ls="", ms=3, label=f"{m}")
        ax.plot(band["ratio"], band["lower"], color=colour, lw=0.8)
        ax.plot(band["ratio"], band["paper"], color=colour, lw=0.8, ls=":")
    ax.set_xlabel(r"$k/\varepsilon$")
    ax.set_ylabel("dimension $d$")
    _log_axes(ax, [1, 2, 5, 10, 20, 50])
    handles, labels = ax.get_legend_handles_labels()
    handles += [Line2D([], [], color="0.3", lw=0.8), Line2D([], [], color="0.3", lw=0.8, ls=":")]
    labels = [f"$m={m}$" for m in labels] + ["lower bound", "Theorem 2"]
    ax.legend(handles, labels, loc="lower right", ncols=2)


def collapse_normalised(ax: Axes, measured: pl.DataFrame) -> None:
    """Draw d (eps/k)^2 / ln m against k/eps: a law k^2 ln m/eps^2 would be one horizontal line.

    measured: m, k, ratio, normalised.
    """
    levels = measured["k"].unique().sort().to_list()
    for colour, marker, k in zip(sequence(len(levels)), cycle(MARKERS), levels, strict=False):
        rows = measured.filter(pl.col("k") == k).sort("ratio", "normalised")
        look = {"color": colour, "marker": marker, "ls": "", "ms": 3}
        ax.plot(rows["ratio"], rows["normalised"], label=f"{k}", **look)
    ax.set_xlabel(r"$k/\varepsilon$")
    ax.set_ylabel(r"$d\,(\varepsilon/k)^2/\ln m$")
    ax.set_xscale("log")
    ax.set_ylim(bottom=0)
    _ticks(ax, [1, 2, 5, 10, 20, 50])
    handles, labels = ax.get_legend_handles_labels()
    ax.legend(handles, [f"$k={k}$" for k in labels], ncols=2)


def _log_axes(ax: Axes, ticks: list[int]) -> None:
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(LogLocator(numticks=12))
    ax.grid(color="0.92", lw=0.5)
    _ticks(ax, ticks)


def _ticks(ax: Axes, ticks: list[int]) -> None:
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
