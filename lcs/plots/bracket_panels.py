"""Panels of the bracket: the band between the proved bounds on d against k/eps."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

_MARK, _LINE, _BAND, _CODE = "#a63603", "#08306b", "#c6dbef", "#2171b5"


def band(
    ax: Axes, curve: pl.DataFrame, frames: pl.DataFrame, measured: pl.DataFrame | None = None
) -> None:
    """Draw the proved bounds on d at one m against k/eps, and what random codes need.

    curve: m, ratio (k/eps), lower, upper, explicit (whether a code proves upper), paper (Theorem
    2). frames: ratio, d where the two bounds meet at an equiangular tight frame. measured:
    ratio, d of random codes.
    """
    rows, m = curve.sort("ratio"), curve["m"][0]
    ax.fill_between(rows["ratio"], rows["lower"], rows["upper"], color=_BAND, lw=0)
    ax.plot(rows["ratio"], rows["lower"], color=_LINE, lw=0.9)
    ax.plot(rows["ratio"], rows["paper"], color=_LINE, lw=0.8, ls=":")
    ax.axhline(m, color="0.5", lw=0.6)
    # A code serves a range of k/eps: its point is the last one, where it is used to the full.
    last = rows.filter((pl.col("upper") != pl.col("upper").shift(-1)) & pl.col("explicit"))
    ax.plot(last["ratio"], last["upper"], color=_CODE, marker="s", ls="", ms=1.9, mew=0)
    if measured is not None:
        ax.plot(measured["ratio"], measured["d"], color=_MARK, marker="o", ls="", ms=2, mew=0)
    ax.plot(frames["ratio"], frames["d"], color="0.1", marker="*", ls="", ms=5, mew=0, zorder=3)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(rows["ratio"][0], rows["ratio"][-1])
    ax.set_ylim(1.5, 2.5 * m)
    ax.grid(color="0.92", lw=0.5)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(10))
        axis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_title(f"$m={m}$" if m < 10**5 else f"$m=10^{{{len(str(m)) - 1}}}$")


def band_legend(figure: Figure) -> None:
    """Explain `band` above a row of panels."""
    handles = [
        Patch(color=_BAND, label="open"),
        Line2D([], [], color=_LINE, label="necessary"),
        Line2D([], [], color=_CODE, marker="s", ls="", ms=3, label="explicit code"),
        Line2D([], [], color="0.1", marker="*", ls="", ms=6, label="tight frame, $d$ exact"),
        Line2D([], [], color=_MARK, marker="o", ls="", ms=3, label="random code, measured"),
        Line2D([], [], color=_LINE, ls=":", label="Theorem 2"),
        Line2D([], [], color="0.5", lw=0.6, label="$d=m$"),
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=4)
