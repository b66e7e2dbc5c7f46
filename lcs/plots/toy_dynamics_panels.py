"""Panels of the toy models' dynamics, attacks and neurons."""

import matplotlib as mpl
import numpy as np
import polars as pl
from matplotlib.axes import Axes

from lcs.plots import style


def course(above: Axes, below: Axes, table: pl.DataFrame) -> None:
    """Draw D_i of every feature, and the loss, against the step. table: step, feature, D, loss."""
    features = sorted(table["feature"].unique())
    for i, colour in zip(features, _colours(len(features)), strict=True):
        rows = table.filter(pl.col("feature") == i).sort("step")
        above.plot(rows["step"], rows["D"], color=colour, linewidth=1.2)
    rows = table.unique("step").sort("step")
    below.plot(rows["step"], rows["loss"], color="black", linewidth=1.2)
    above.set_ylim(0, 1.05)
    above.set_xscale("log")
    below.set_xscale("log")
    below.set_yscale("log")
    above.set_yticks([0, 0.25, 0.5, 0.75, 1])
    above.tick_params(labelbottom=False)
    below.set_xlabel("training step")


def leaps(axes: tuple[Axes, Axes], spans: list[tuple[float, float]]) -> None:
    """Shade the windows (begin, end) in which features jump, in both panels of a course."""
    for ax in axes:
        for begin, end in spans:
            ax.axvspan(begin, end, color="#e69f00", alpha=0.12, linewidth=0)


def attacks(left: Axes, right: Axes, table: pl.DataFrame) -> None:
    """Draw the vulnerability, and 1/D*, against 1/(1 - S).

    table: density, seen, seen_error, bound, reach, features_per_dimension.
    """
    rows = table.sort("density", descending=True)
    x = 1 / rows["density"].to_numpy()
    seen, error = rows["seen"].to_numpy(), rows["seen_error"].to_numpy()
    left.fill_between(x, seen, rows["bound"].to_numpy(), color="#cc3311", alpha=0.12, linewidth=0)
    left.errorbar(x, seen, yerr=2 * error, color="#cc3311", marker="o", markersize=3)
    left.set_yscale("log")
    left.set_ylabel("vulnerability, relative")
    right.plot(x, rows["reach"], color="#0077bb", linestyle="--", marker="s", markersize=3)
    right.plot(x, rows["features_per_dimension"], color="black", marker="o", markersize=3)
    right.set_ylim(bottom=0)
    for ax in (left, right):
        ax.set_xscale("log")
        ax.set_xlabel("$1/(1 - S)$")
        ax.axhline(1, color="0.7", linewidth=0.7, zorder=0)


def stack(ax: Axes, table: pl.DataFrame) -> None:
    """Stack the weights of each neuron, one colour per feature, ordered by their largest.

    table: neuron, feature, weight.
    """
    n = table["feature"].n_unique()
    m = table["neuron"].n_unique()
    W = table.sort("neuron", "feature")["weight"].to_numpy().reshape(m, n)
    W = W[np.argsort(np.abs(W).argmax(axis=1), kind="stable")]
    for sign in (1, -1):
        part = np.where(sign * W > 0, W, 0)
        base = np.cumsum(part, axis=1) - part
        for i, colour in enumerate(_colours(n)):
            ax.bar(range(m), part[:, i], bottom=base[:, i], color=colour, edgecolor="white", lw=0.3)
    ax.axhline(0, color="black", linewidth=0.5)
    ax.set_xticks([])


def against_sparsity(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the loss relative to that without superposition. table: density, relative."""
    rows = table.sort("density")
    ax.plot(1 / rows["density"], rows["relative"], color="#0b3c6f", marker="o", markersize=3)
    ax.axhline(1, color="0.5", linewidth=0.8, linestyle="--")
    ax.set_xscale("log")
    ax.set_ylim(0, 1.1)
    ax.set_xlabel("$1/(1 - S)$")


def _colours(n: int) -> list[tuple[float, float, float, float]]:
    """Neighbours are told apart up to ten, an ordered scale beyond."""
    wheel = mpl.colormaps["tab10"]
    return [wheel(i) for i in range(n)] if n <= 10 else style.sequence(n)
