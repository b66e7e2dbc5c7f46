"""Panels of linear against l1 access: the d that each needs, and the error that each leaves."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import (
    FixedLocator,
    LogLocator,
    NullFormatter,
    NullLocator,
    StrMethodFormatter,
)

# Linear is warm, l1 is blue; in grey, markers and line styles tell them apart.
LINEAR, PROBES, L1, FAINT = "#a63603", "#e6842a", "#08519c", "0.55"
POINTS: Mapping[str, dict[str, Any]] = {
    "B = cA": {"color": LINEAR, "marker": "o"},
    "best B": {"color": PROBES, "marker": "D", "ms": 3.2},
    "B = cA, 50 % of z": {"color": LINEAR, "marker": "o", "mfc": "white"},
    "l1, 50 % of z": {"color": L1, "marker": "o", "mfc": "white"},
    "l1, 99 % of z": {"color": L1, "marker": "s", "ms": 2.8},
}
CURVES: Mapping[str, dict[str, Any]] = {
    "necessary": {"color": LINEAR, "ls": "-", "lw": 0.8},
    "u0": {"color": LINEAR, "ls": ":", "lw": 0.9},
    "every": {"color": L1, "ls": (0, (4, 2)), "lw": 0.9},
    "weak": {"color": L1, "ls": "-", "lw": 0.8},
}
FITTED = {"B = cA": LINEAR, "l1, 50 % of z": L1}

Words = Sequence[tuple[str, int, str, tuple[float, float], str]]
"""What to write beside which point or curve: its name, its k, the text, offset in pt, side."""

LARGE: Words = (
    ("B = cA", 8, "linear, every $z$ (error < ½)\n{law}", (-12, 9), "right"),
    ("u0", 2, "proved\nenough (U0)", (-3, 50), "left"),
    ("B = cA, 50 % of z", 6, "linear, half of all $z$", (-7, 7), "right"),
    ("necessary", 32, "linear, every $z$:\nnot below (proved)", (2, 13), "right"),
    ("every", 24, "$\\ell_1$, every $z$:\nenough (proved)", (3, -20), "center"),
    ("l1, 50 % of z", 8, "$\\ell_1$, half of all $z$\n{law}", (5, -14), "left"),
)
SMALL: Words = (
    (
        "best B",
        2,
        "linear, every $z$, best $B$ (error < ½);\n$\\ell_1$ certified at the same $d$",
        (-3, 63),
        "left",
    ),
    ("l1, 50 % of z", 8, "$\\ell_1$: half, 99 % of $z$", (4, -12), "left"),
)
SPOTS: Words = (
    ("worst of B = cA", 120, "worst case of $B=cA$", (4, 17), "right"),
    ("worst of best B", 169, "worst case of best $B$", (-4, -5), "right"),
    ("mean of B = cA", 9, "linear, mean\n(band: to 99 %)", (-2, -16), "center"),
    ("mean of l1", 24, r"$\ell_1$, mean", (-5, -4), "right"),
    ("worst of l1", 110, r"$\ell_1$, every $z$: 0, proved", (2, -6), "center"),
)


def critical_d(
    ax: Axes,
    points: pl.DataFrame,
    curves: pl.DataFrame,
    fitted: pl.DataFrame,
    m: int,
    words: Words = (),
    room: float = 1.35,
) -> None:
    """Draw the d that each access needs against k, between the curves of theory.

    points: access, k, d, d_low, d_high, trivial; rows without a crossing below d = m, and shares
    of the signals that are not bounded from above, are left out. curves: curve, k, d.
    room: how far above m the axis reaches. fitted: access, text (its law with its constant), k, d.
    """
    places = {}
    law = dict(fitted.select("access", "text").unique().iter_rows())
    for access, colour in FITTED.items():
        rows = fitted.filter((pl.col("access") == access) & (pl.col("d") <= m)).sort("k")
        ax.plot(rows["k"], rows["d"], color=colour, lw=3.5, alpha=0.18, solid_capstyle="round")
    for name, look in CURVES.items():
        rows = curves.filter((pl.col("curve") == name) & (pl.col("d") <= m)).sort("k")
        ax.plot(rows["k"], rows["d"], **look)
        places[name] = dict(rows.select("k", "d").iter_rows())
    ax.axhline(m, color=FAINT, lw=0.6)
    kept = points.filter(~pl.col("trivial") & (pl.col("d_high") < m))
    for name, look in POINTS.items():
        rows = kept.filter(pl.col("access") == name).sort("k")
        ends = [rows["d"] - rows["d_low"], rows["d_high"] - rows["d"]]
        ax.errorbar(rows["k"], rows["d"], ends, ls="", lw=0.8, **look)
        places[name] = dict(rows.select("k", "d").iter_rows())
    _log_axes(ax, points["k"].unique().to_list(), m, room)
    for name, k, text, offset, side in words:
        if k in places[name]:
            look = POINTS.get(name) or CURVES[name]
            text = text.format(law=law.get(name, ""))
            _write(ax, (k, places[name][k]), text, offset, side, look["color"])


def errors(ax: Axes, table: pl.DataFrame, words: Words = ()) -> None:
    """Draw the error of each decoder against d: mean, 50 to 99 % of the signals, worst case.

    table: access ("B = cA", "best B", "l1"), d, mean, q50, q99, worst (null where not known).
    """
    looks = {"B = cA": (LINEAR, "-", "o"), "best B": (PROBES, "--", "D"), "l1": (L1, "-", "s")}
    for access, (colour, line, marker) in looks.items():
        rows = table.filter(pl.col("access") == access).sort("d")
        ax.plot(rows["d"], rows["mean"], color=colour, ls=line, lw=1.2)
        if access != "best B":
            ax.fill_between(rows["d"], rows["q50"], rows["q99"], color=colour, alpha=0.15, lw=0)
        proved = rows.drop_nulls("worst")
        ax.plot(proved["d"], proved["worst"], color=colour, ls="", marker=marker, ms=2.4)
        for spot, least, text, offset, side in words:
            column = {"worst": "worst", "99 %": "q99", "mean": "mean"}[spot.split(" of ")[0]]
            shown = rows.filter(pl.col("d") >= least).drop_nulls(column)
            if spot.endswith(f" of {access}") and shown.height:
                _write(ax, (shown["d"][0], shown[column][0]), text, offset, side, colour)
    ax.set_xscale("log")
    _plain_ticks(ax, [8, 16, 32, 64, 128, 256, 512])
    ax.set_ylim(-0.12, 1.25)
    ax.grid(color="0.93", lw=0.5)
    ax.set_xlabel("dimension $d$")
    ax.set_ylabel(r"error $\|\hat z - z\|_\infty$")


def _write(
    ax: Axes,
    at: tuple[float, float],
    text: str,
    offset: tuple[float, float],
    side: str,
    colour: str,
) -> None:
    """Write beside a point, in its colour."""
    ax.annotate(
        text, at, offset, textcoords="offset points", ha=side, va="center", color=colour,
        fontsize=6.5, linespacing=1.1, zorder=5,
    )  # fmt: skip


def _log_axes(ax: Axes, ks: Sequence[int], m: int, room: float) -> None:
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.grid(color="0.93", lw=0.5)
    _plain_ticks(ax, [k for k in sorted(ks) if k & (k - 1) == 0])
    ax.yaxis.set_major_locator(LogLocator(subs=(1,) if m > 1000 else (1, 2, 5)))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set_ylim(top=room * m)
    ax.text(max(ks), m, "$d=m$", color="0.4", fontsize=6.5, ha="right", va="bottom")
    ax.set_xlabel("active features $k$")
    ax.set_ylabel("dimension $d$")


def _plain_ticks(ax: Axes, ticks: Sequence[int]) -> None:
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
