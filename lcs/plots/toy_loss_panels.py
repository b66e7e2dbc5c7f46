"""Panels of the losses of toy models: by active features, and sampled against exact."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator, StrMethodFormatter


def loss_shares(ax: Axes, table: pl.DataFrame) -> None:
    """Stack the shares of the loss by the number of active features, against the density.

    table: density, none, one and many, which add up to 1.
    """
    rows = table.sort("density")
    base = np.zeros(rows.height)
    names = {"one": "one active feature", "many": "two and more", "none": "none"}
    x = np.arange(rows.height)
    for (name, label), colour in zip(names.items(), ("#e69f00", "#0b3c6f", "0.8"), strict=True):
        share = rows[name].to_numpy()
        ax.bar(x, share, bottom=base, color=colour, width=0.8, label=label)
        base += share
    ax.set_xticks(x, [f"{p:g}" for p in rows["density"]])
    ax.set_xlabel("density $1-S$")
    ax.set_ylabel("share of the loss")
    ax.set_ylim(0, 1)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, columnspacing=1)


def sampled(ax: Axes, table: pl.DataFrame) -> None:
    """Draw losses of fresh inputs over exact ones, with two standard errors.

    table: density, model, ratio, error.
    """
    ax.axhline(1, color="0.7", lw=0.7, zorder=0)
    looks = {"relu": ("#a63603", "o", 0.97), "linear": ("#0b3c6f", "s", 1.03)}
    for name, (colour, marker, shift) in looks.items():
        rows = table.filter(pl.col("model") == name).sort("density")
        ax.errorbar(
            rows["density"] * shift, rows["ratio"], yerr=2 * rows["error"], color=colour, ls="",
            marker=marker, ms=3, lw=0.8, label="ReLU" if name == "relu" else "linear, best bias",
        )  # fmt: skip
    ax.set_xscale("log")
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_xlabel("density $1-S$")
    ax.set_ylabel("sampled loss / exact")
    ax.legend()
