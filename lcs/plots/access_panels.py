"""Panels of linear against l1 access: the d that each needs, and the error that each leaves."""

from collections.abc import Mapping

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

# Linear is warm, l1 is blue; in grey, markers and line styles tell them apart.
LINEAR, PROBES, L1, FAINT = "#a63603", "#e6842a", "#08519c", "0.55"
POINTS: Mapping[str, dict[str, object]] = {
    "B = cA": {"color": LINEAR, "marker": "o"},
    "best B": {"color": PROBES, "marker": "D", "ms": 3.4},
    "B = cA, 99 % of z": {"color": LINEAR, "marker": "s", "mfc": "white", "ms": 3.4},
    "l1, 50 % of z": {"color": L1, "marker": "o", "mfc": "white"},
    "l1, 99 % of z": {"color": L1, "marker": "s", "ms": 3.4},
}
CURVES: Mapping[str, dict[str, object]] = {
    "necessary": {"color": LINEAR, "ls": "-", "lw": 0.9},
    "u0": {"color": LINEAR, "ls": ":", "lw": 0.9},
    "every": {"color": L1, "ls": "--", "lw": 0.9},
    "weak": {"color": L1, "ls": "-", "lw": 0.9},
    "fit": {"color": "0.35", "ls": (0, (1, 1)), "lw": 0.7},
}


def critical_d(ax: Axes, points: pl.DataFrame, curves: pl.DataFrame, m: int) -> None:
    """Draw the d that each access needs against k, between the curves of theory.

    points: access, k, d, d_low, d_high, trivial; rows without a crossing below d = m are left out.
    curves: curve, k, d.
    """
    for name, look in CURVES.items():
        rows = curves.filter((pl.col("curve") == name) & (pl.col("d") <= m)).sort("k")
        ax.plot(rows["k"], rows["d"], **look)  # pyright: ignore[reportArgumentType]
    ax.axhline(m, color=FAINT, lw=0.6)
    for name, look in POINTS.items():
        rows = points.filter((pl.col("access") == name) & ~pl.col("trivial")).sort("k")
        ends = [rows["d"] - rows["d_low"], rows["d_high"] - rows["d"]]
        ax.errorbar(rows["k"], rows["d"], ends, ls="", lw=0.8, **look)  # pyright: ignore[reportArgumentType]
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.grid(color="0.93", lw=0.5)
    ticks = points["k"].unique().sort().to_list()
    ax.xaxis.set_major_locator(FixedLocator([k for k in ticks if k & (k - 1) == 0]))
    ax.xaxis.set_minor_locator(NullLocator())
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_xlabel("active features $k$")
    ax.set_ylabel("dimension $d$")


def label(ax: Axes, x: float, y: float, text: str, access: str, **how: object) -> None:
    """Write beside a curve what it is, in its colour."""
    look = POINTS.get(access) or CURVES.get(access) or {"color": FAINT}
    ax.text(x, y, text, color=look["color"], fontsize=6.5, linespacing=1.15, **how)  # pyright: ignore[reportArgumentType]


def errors(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the error of each decoder against d: mean, 50 to 99 % of the signals, worst case.

    table: access ("B = cA", "best B", "l1"), d, mean, q50, q99, worst (null where not known).
    """
    looks = {"B = cA": (LINEAR, "-"), "best B": (PROBES, "--"), "l1": (L1, "-")}
    for access, (colour, style) in looks.items():
        rows = table.filter(pl.col("access") == access).sort("d")
        ax.plot(rows["d"], rows["mean"], color=colour, ls=style, lw=1.2)
        ax.fill_between(rows["d"], rows["q50"], rows["q99"], color=colour, alpha=0.15, lw=0)
        proved = rows.drop_nulls("worst")
        marker = {"B = cA": "o", "best B": "D", "l1": "s"}[access]
        ax.plot(proved["d"], proved["worst"], color=colour, ls="", marker=marker, ms=2.6)
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_locator(FixedLocator([8, 16, 32, 64, 128, 256, 512]))
    ax.set_ylim(-0.03, 1.25)
    ax.grid(color="0.93", lw=0.5)
    ax.set_xlabel("dimension $d$")
    ax.set_ylabel(r"error $\|\hat z - z\|_\infty$")
