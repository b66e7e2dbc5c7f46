"""Panels of the toy models' dynamics, attacks and neurons."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator, StrMethodFormatter

from lcs.plots import style


def course(above: Axes, below: Axes, table: pl.DataFrame) -> None:
    """Draw D_i of every feature, and the loss, against the step. table: step, feature, D, loss."""
    features = sorted(table["feature"].unique())
    for number, i in enumerate(features):
        rows = table.filter(pl.col("feature") == i).sort("step")
        dash = "-" if number % 2 == 0 else "--"
        above.plot(rows["step"], rows["D"], dash, linewidth=1.2, color=f"C{number % 10}")
    rows = table.unique("step").sort("step")
    below.plot(rows["step"], rows["loss"], color="black", linewidth=1.2)
    above.set_ylim(0, 1.05)
    above.set_xscale("log")
    below.set_xscale("log")
    below.set_yscale("log")
    for ax in (above, below):
        ax.xaxis.set_minor_locator(NullLocator())
        ax.label_outer()
    below.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    below.yaxis.set_minor_locator(NullLocator())
    below.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    above.set_yticks([0, 1 / 4, 1 / 2, 3 / 4, 1], ["0", "1/4", "1/2", "3/4", "1"])
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
    left.fill_between(
        x, seen, rows["bound"].to_numpy(), color="#f2d5cc", linewidth=0, label="up to the bound"
    )
    left.errorbar(
        x, seen, yerr=2 * error, color="#a63603", marker="o", markersize=3,
        label="attacks seen, ± 2 standard errors",
    )  # fmt: skip
    left.set_yscale("log")
    left.set_ylabel("rise of the loss over $\\epsilon^2$")
    left.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    hollow = {"color": "#0077bb", "ls": "", "marker": "s", "markersize": 5, "mfc": "none"}
    right.plot(x, rows["reach"], label="squared reach of an output", **hollow)
    right.plot(
        x, rows["features_per_dimension"], color="black", marker="o", markersize=3,
        label="features per dimension, $1/D^*$",
    )  # fmt: skip
    right.set_ylim(bottom=0)
    right.set_ylabel("relative to no superposition")
    left.legend(loc="lower center")
    right.legend(loc="lower right")
    for ax in (left, right):
        ax.set_xlabel("$1/(1-S)$")
        ax.axhline(1, color="0.7", linewidth=0.7, zorder=0)
        _logarithmic(ax, [1, 3, 10, 30, 100])


def stack(ax: Axes, table: pl.DataFrame, *, unit: bool = False) -> None:
    """Stack the weights of each neuron, dark for important features, ordered by their largest.

    A dot below marks each neuron with most of its squared weights on one feature. Weights of unit
    neurons are divided by their root sum of squares. table: neuron, feature, weight, alone.
    """
    n, m = table["feature"].n_unique(), table["neuron"].n_unique()
    rows = table.sort("neuron", "feature")
    W = rows["weight"].to_numpy().reshape(m, n)
    alone = rows["alone"].to_numpy().reshape(m, n)[:, 0]
    if unit:
        W = W / np.maximum(np.linalg.norm(W, axis=1, keepdims=True), 1e-300)
    order = np.argsort(np.abs(W).argmax(axis=1), kind="stable")
    W, alone = W[order], alone[order]
    colours = np.array(style.sequence(n))
    corners, faces = [], []
    for sign in (1, -1):
        part = np.where(sign * W > 0, W, 0)
        top = np.cumsum(part, axis=1)
        left = np.broadcast_to(np.arange(m)[:, None] - 0.4, W.shape)
        x = np.stack([left, left + 0.8, left + 0.8, left], axis=-1)
        y = np.stack([top - part, top - part, top, top], axis=-1)
        corners.append(np.stack([x, y], axis=-1).reshape(-1, 4, 2))
        faces.append(np.broadcast_to(colours, (m, n, 4)).reshape(-1, 4))
    bars = PolyCollection(list(np.concatenate(corners)), edgecolors="white", linewidths=0.3)
    bars.set_facecolor(list(np.concatenate(faces)))
    ax.add_collection(bars)
    ax.autoscale_view()
    marks = np.flatnonzero(alone)
    frame = ax.get_xaxis_transform()
    (dots,) = ax.plot(marks, np.full(marks.size, -0.03), "ko", ms=2.5, transform=frame)
    dots.set(clip_on=False, in_layout=False)
    ax.axhline(0, color="black", linewidth=0.5)
    ax.set_xlim(-0.7, m - 0.3)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def stack_legend(figure: Figure, axes: Sequence[Axes], n: int, words: str) -> None:
    """Explain the colours of stacks, features by falling importance, and the dots below them."""
    colours = ListedColormap(style.sequence(n))
    scale = ScalarMappable(BoundaryNorm(np.arange(n + 1) - 0.5, n), colours)
    bar = figure.colorbar(scale, ax=list(axes), aspect=18, pad=0.01, ticks=[0, n - 1])
    bar.set_ticklabels(["1", str(n)])
    bar.ax.tick_params(length=0)
    bar.set_label("feature, by importance", labelpad=0)
    dot = Line2D([], [], color="black", ls="", marker="o", ms=2.5)
    figure.legend([dot], [words], loc="outside lower center")


def against_sparsity(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the loss relative to that without superposition. table: density, relative."""
    rows = table.sort("density")
    ax.plot(1 / rows["density"], rows["relative"], color="#0b3c6f", marker="o", markersize=3)
    ax.axhline(1, color="0.5", linewidth=0.8, linestyle="--")
    ax.set_ylim(0, 1.1)
    ax.set_xlabel("$1/(1-S)$")
    _logarithmic(ax, [1, 3, 10, 30, 100, 300])


def _logarithmic(ax: Axes, ticks: list[int]) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
