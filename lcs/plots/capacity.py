"""Panels of the folklore experiment: what is claimed, proved and achieved, from tables alone."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

_CLAIM, _LINE, _BAND = "#a63603", "#08306b", "#deebf7"  # told apart in grey by their lightness


def capacity(ax: Axes, curves: pl.DataFrame, claims: pl.DataFrame) -> None:
    """Draw log10 of the number of vectors against the degrees they may be off orthogonal.

    curves: degrees, claimed, proved, proved_any, achieved. claims: degrees, claimed.
    """
    rows = curves.sort("degrees")
    x = rows["degrees"]
    ax.fill_between(x, rows["achieved"], rows["proved"], color=_BAND, lw=0)
    ax.plot(x, rows["claimed"], color=_CLAIM, lw=1.2, label="folklore, $dF^2/1500$")
    ax.plot(claims["degrees"], claims["claimed"], color=_CLAIM, marker="o", ls="")
    ax.plot(
        x, rows["proved_any"], color=_LINE, lw=0.9, ls=":", label="proved, with separate probes"
    )
    ax.plot(x, rows["proved"], color=_LINE, label="at most (proved)")
    ax.plot(x, rows["achieved"], color=_LINE, lw=0.9, ls="--", label="at least (codes, greedy)")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_ylim(bottom=3)
    ax.grid(color="0.92", lw=0.5)
    _plain(ax, [1, 2, 3, 5, 10])
    ax.set_xlabel("$F$: all angles within $F$ of 90°")
    ax.set_ylabel(r"$\log_{10}$ of the number of vectors")
    ax.legend(loc="upper left")


def least_angles(ax: Axes, curves: pl.DataFrame, claims: pl.DataFrame) -> None:
    """Draw the least angle in a set of m vectors against m: at most this, at least that.

    curves: m, proved, achieved, in degrees. claims: m, claimed.
    """
    rows = curves.sort("m")
    ax.fill_between(rows["m"], rows["achieved"], rows["proved"], color=_BAND, lw=0)
    ax.plot(rows["m"], rows["proved"], color=_LINE, label="at most (proved)")
    ax.plot(rows["m"], rows["achieved"], color=_LINE, lw=0.9, ls="--", label="at least (codes)")
    ax.plot(claims["m"], claims["claimed"], color=_CLAIM, marker="o", ls="", label="folklore")
    ax.set_xscale("log")
    ax.set_xlim(left=0.8 * rows["m"][0])
    ax.set_ylim(top=90.5)
    ax.grid(color="0.92", lw=0.5)
    ax.set_xlabel("number of vectors $m$")
    ax.set_ylabel("least angle of $m$ vectors (degrees)")
    ax.legend(loc="lower left")


def _plain(ax: Axes, ticks: list[int]) -> None:
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
