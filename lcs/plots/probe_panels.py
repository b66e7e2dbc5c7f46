"""Panels of the collapse: errors of probes, and of single rows, against k alpha."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

_LOOKS = {
    "A": {"color": "#9ecae1", "marker": "^", "label": "$B=cA$, best $c$"},
    "pseudo-inverse": {"color": "#4292c6", "marker": "s", "label": r"$B^T=cA^+$, best $c$"},
    "optimal": {"color": "#a63603", "marker": "o", "label": "optimal $B$"},
}
_TICKS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]


def probes_collapse(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the error of each kind of probes against k alpha_1, with the curve min(1, x).

    table: one row per code, probes ("A", "pseudo-inverse", "optimal") and k: x, error.
    """
    _curve(ax, table["x"], r"$\min(1, k\alpha_1)$")
    for probes, look in _LOOKS.items():
        _points(ax, table.filter(pl.col("probes") == probes), "error", look)
    ax.set_xlabel(r"$k\alpha_1(A)$")
    ax.set_ylabel(r"worst-case error $E_k$")
    ax.legend(loc="lower right", markerscale=1.8)


def rows_below(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the optimum of each row against k times its own alpha_{1,i}, with min(1, x).

    table: one row per code, k and feature, x > 0: x, row, worst (whether its alpha_{1,i} is the
    largest of the code).
    """
    _curve(ax, table["x"], r"$\min(1, k\alpha_{1,i})$")
    looks = (
        {"color": "#4292c6", "marker": "s", "label": "every other feature"},
        {"color": "#a63603", "marker": "o", "label": "the worst feature of each code"},
    )
    for worst, look in zip((False, True), looks, strict=True):
        _points(ax, table.filter(pl.col("worst") == worst), "row", look)
    ax.set_xlabel(r"$k\alpha_{1,i}(A)$")
    ax.set_ylabel(r"least error of feature $i$ over all $b_i$")
    ax.legend(loc="lower right", markerscale=1.8)


def _points(ax: Axes, rows: pl.DataFrame, y: str, look: dict[str, str]) -> None:
    ax.plot(rows["x"], rows[y], ls="", ms=2.2, mew=0, **look)  # pyright: ignore[reportArgumentType]


def _curve(ax: Axes, x: pl.Series, label: str) -> None:
    low, high = float(x.min()), float(x.max())  # pyright: ignore[reportArgumentType]
    points = np.array([low, 1, max(1, high)])
    ax.plot(points, np.minimum(1, points), color="0.1", lw=0.7, label=label)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.grid(color="0.92", lw=0.5)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(FixedLocator(_TICKS))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
