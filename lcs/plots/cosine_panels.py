"""Panels of the geometry: the largest cosines found against what the bounds allow."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

_BOUNDS = {
    "sharp": {"ls": "-", "label": "sharp bound"},
    "corrected": {"ls": "--", "label": "corrected bound"},
    "printed": {"ls": ":", "label": "bound as printed"},
}
_COLOURS, _MARKERS = ("#08306b", "#e6550d", "#4292c6", "#a63603", "#9ecae1"), "osD^v"


def largest_cosines(ax: Axes, found: pl.DataFrame, bounds: pl.DataFrame) -> None:
    """Draw the largest cosine found against the length g, and the bounds, a colour per eps.

    found: eps, g, cosine. bounds: eps, g, printed, corrected, sharp; cut off above 1.
    """
    levels = found["eps"].unique().sort().to_list()
    for eps, colour, marker in zip(levels, _COLOURS, _MARKERS, strict=False):
        here = pl.col("eps") == eps
        curves, points = bounds.filter(here).sort("g"), found.filter(here)
        for name, look in _BOUNDS.items():
            ax.plot(curves["g"], curves[name], color=colour, lw=0.9, ls=look["ls"])
        ax.plot(
            points["g"], points["cosine"], color=colour, marker=marker, ls="", ms=3.5,
            label=rf"found, $\varepsilon={eps:g}$",
        )  # fmt: skip
    ax.axvline(1, color="0.8", lw=0.6, zorder=0)
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("greatest length $g$ of a feature or probe")
    ax.legend(loc="lower right")


def legend(figure: Figure) -> None:
    """Explain the lines of `largest_cosines` above its panels."""
    handles = [
        Line2D([], [], color="0.2", lw=0.9, ls=look["ls"], label=look["label"])
        for look in _BOUNDS.values()
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles))
