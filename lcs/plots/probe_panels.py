"""Panels of the collapse: errors of probes, and of single rows, against k alpha."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

_CURVE = "0.1"
_LOOKS = {
    "A": {"color": "#9ecae1", "marker": "^", "label": "$B=cA$"},
    "pseudo-inverse": {"color": "#4292c6", "marker": "s", "label": "$B=c(A^+)^T$"},
    "optimal": {"color": "#a63603", "marker": "o", "label": "optimal $B$"},
}


def probes_collapse(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the error of each kind of probes against k alpha_1, with the curve min(1, x).

    table: one row per code, probes ("A", "pseudo-inverse", "optimal") and k: x, error.
    """
    for probes, look in _LOOKS.items():
        rows = table.filter(pl.col("probes") == probes)
        ax.plot(rows["x"], rows["error"], ls="", ms=2, mew=0, rasterized=True, **look)
    _curve(ax, table["x"], r"$\min(1, k\alpha_1)$")
    ax.set_xlabel(r"$k\alpha_1(A)$")
    ax.set_ylabel(r"worst-case error at sparsity $k$")


def rows_below(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the optimum of each row against k times its own alpha_{1,i}, with min(1, x).

    table: one row per code, k and feature: x, row, worst (whether the row is the largest).
    """
    looks = {"color": "#9ecae1", "marker": "s"}, {"color": "#a63603", "marker": "o"}
    names = "a row of $I-B^TA$ by itself", "the largest row of a code"
    for worst, look, name in zip((False, True), looks, names, strict=True):
        rows = table.filter(pl.col("worst") == worst)
        ax.plot(rows["x"], rows["row"], ls="", ms=2.2, mew=0, rasterized=True, label=name, **look)
    _curve(ax, table["x"], r"$\min(1, k\alpha_{1,i})$")
    ax.set_xlabel(r"$k\alpha_{1,i}(A)$")
    ax.set_ylabel(r"least error over all $B$, one LP per $k$")


def _curve(ax: Axes, x: pl.Series, label: str) -> None:
    low, high = float(x.min()), float(x.max())  # pyright: ignore[reportArgumentType]
    points = np.array([low, 1, max(1, high)])
    ax.plot(points, np.minimum(1, points), color=_CURVE, lw=0.9, label=label)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.grid(color="0.92", lw=0.5)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(FixedLocator([0.05, 0.1, 0.2, 0.5, 1, 2, 5]))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.legend(loc="lower right", markerscale=1.8)
