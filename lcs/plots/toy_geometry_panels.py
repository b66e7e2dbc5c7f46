"""Panels of how features share dimensions: arrows in the plane, angles, dimensionalities."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.ticker import FixedLocator, NullLocator, StrMethodFormatter

_DARK = ("#0b3c6f", "#a63603", "#00664d")
_LIGHT = ("#7fb2e5", "#f5a873", "#66c2a5")
_KINDS = {
    "correlated": "two correlated\npairs",
    "anticorrelated": "two anticorrelated\npairs",
    "side by side": "three correlated\npairs",
}
POLYTOPES = {
    "own dimension": 1.0,
    "tetrahedron": 3 / 4,
    "triangle": 2 / 3,
    "digon": 1 / 2,
    "pentagon": 2 / 5,
    "square antiprism": 3 / 8,
}
_COLOURS = {
    "tetrahedron": "#a63603",
    "triangle": "#e69f00",
    "digon": "#0b3c6f",
    "pentagon": "#00886b",
    "square antiprism": "#8b4fa8",
}
SLIDE = ((0, 0.02, 0.05), (1, 0.05, 0.15), (2, 0.15, 0.2), (3, 0.25, 1.0))
KEPT = 0.5  # of the longest feature; shorter ones are drawn pale


def arrows(ax: Axes, table: pl.DataFrame, x: str = "x", y: str = "y") -> None:
    """Draw W_i as arrows from 0: one colour per pair, partners dark and light, light ones wider.

    table: one row per feature: feature, pair, and both coordinates.
    """
    ax.add_patch(Circle((0, 0), 1, fill=False, color="0.85", lw=0.6))
    rows = sorted(table.select("feature", "pair", x, y).iter_rows(), key=lambda row: -(row[0] % 2))
    for feature, pair, across, up in rows:
        light = feature % 2 == 1
        look = {"color": (_LIGHT if light else _DARK)[pair], "lw": 2.6 if light else 1.0}
        ax.plot([0, across], [0, up], solid_capstyle="round", **look)
        ax.plot([across], [up], marker="o", ms=4.6 if light else 2.6, mew=0, color=look["color"])
    ax.set(xlim=(-1.2, 1.2), ylim=(-1.2, 1.2), aspect="equal", xticks=[], yticks=[])
    for side in ax.spines.values():
        side.set_visible(False)


def angles(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the angle within each pair against the density, sized by the share of starts.

    table: density, angle, share, one row per feature.
    """
    ax.axhline(90, color="0.8", lw=0.6)
    size = 3 + 22 * table["share"].to_numpy()
    ax.scatter(table["density"], table["angle"], s=size, color="#0b3c6f", alpha=0.55, lw=0)
    ax.set_xscale("log")
    ax.set_ylim(-12, 192)
    ax.set_yticks([0, 90, 180], ["0°", "90°", "180°"])
    ax.xaxis.set_major_locator(FixedLocator([0.02, 0.1, 0.5]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))


def orientations(figure: Figure, table: pl.DataFrame, densities: Sequence[float]) -> None:
    """Draw arrows by kind and density, and the angle within pairs at every density.

    table: kind, density and what `arrows` and `angles` take.
    """
    widths = [1.0] * len(densities) + [1.7]
    axes = figure.subplots(len(_KINDS), len(widths), width_ratios=widths)
    for number, (kind, words) in enumerate(_KINDS.items()):
        row = axes[number]
        rows = table.filter(pl.col("kind") == kind)
        for ax, density in zip(row, densities, strict=False):
            arrows(ax, rows.filter(pl.col("density") == density))
            ax.set_title(f"$1-S={density:g}$" if number == 0 else "")
        row[0].set_ylabel(words)
        angles(row[-1], rows.filter(pl.col("density") < 1))
    axes[0, -1].set_title("angle within a pair\n(area: share of starts)")
    axes[-1, -1].set_xlabel("density $1-S$ of a pair")


def collapse(figure: Figure, table: pl.DataFrame, densities: Sequence[float]) -> None:
    """Draw the strip of three pairs in a plane, the number collapsed, and PCA of the data.

    table: density, collapsed, likeness, share and what `arrows` takes, with pca_x and pca_y.
    """
    grid = figure.add_gridspec(2, len(densities), height_ratios=[1, 1.5])
    dense = [density for density in densities if density >= 0.5]
    for column, density in enumerate(densities):
        rows = table.filter(pl.col("density") == density)
        ax = figure.add_subplot(grid[0, column])
        arrows(ax, rows)
        ax.set_title(f"${'1-S=' if column == 0 else ''}{density:g}$")
        if column == 0:
            ax.set_ylabel("best found")
        if density in dense:
            ax = figure.add_subplot(grid[1, column])
            arrows(ax, rows, "pca_x", "pca_y")
            ax.set_title("PCA")
            tied = "all tie" if density == 1 else f"cos = {rows['likeness'][0]:.3f}"
            ax.set_xlabel(tied, fontsize=6)
    counts(figure.add_subplot(grid[1, : len(densities) - len(dense)]), table)


def counts(ax: Axes, table: pl.DataFrame) -> None:
    """Draw how many pairs are collapsed against their density, over the ranges of the slide.

    table: density < 1 and collapsed, one row per feature, two per pair.
    """
    for number, low, high in SLIDE:
        label = "said on the slide" if number == 0 else None
        ax.plot(
            [low, high], [number] * 2, lw=7, color="#e5e5e5", solid_capstyle="butt", label=label
        )
    rows = table.filter(pl.col("density") < 1).group_by("density", maintain_order=True)
    found = rows.agg(number=pl.col("collapsed").sum() / 2).sort("density")
    look = {"color": "#0b3c6f", "marker": "o", "lw": 0.7, "ms": 3}
    ax.plot(found["density"], found["number"], drawstyle="steps-mid", label="best found", **look)
    ax.set_xscale("log")
    ax.set_ylim(-0.4, 3.4)
    ax.set_yticks(range(4))
    ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1]
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_xlabel("density $1-S$ of a pair")
    ax.set_ylabel("pairs collapsed")
    ax.legend(loc="upper left")


def dimensions_per_feature(ax: Axes, table: pl.DataFrame) -> None:
    """Draw D* = m/||W||_F^2 against 1/(1-S). table: density, D_star."""
    for level in (1.0, 1 / 2):
        ax.axhline(level, color="0.8", lw=0.6)
    rows = table.unique("density").sort("density")
    ax.plot(1 / rows["density"], rows["D_star"], "o-", color="#0b3c6f", ms=3)
    _sparsity(ax)
    ax.set_ylim(0, 1.08)
    ax.set_yticks([0, 1 / 2, 1], ["0", "1/2", "1"])
    ax.set_ylabel(r"$D^* = m/||W||_F^2$")


def dimensionalities(ax: Axes, table: pl.DataFrame) -> None:
    """Draw D_i of every feature against 1/(1-S), with the values of polytopes.

    table: density, length, D, polytope. Features of a polytope have the colour of its name, others
    are grey, short ones pale.
    """
    names = {1.0: "1", 3 / 4: "3/4", 2 / 3: "2/3", 1 / 2: "1/2", 2 / 5: "2/5", 3 / 8: "3/8"}
    shift = {2 / 5: 2, 3 / 8: -2}  # points: their names would overlap
    for name, level in POLYTOPES.items():
        ax.axhline(level, color="0.8", lw=0.6)
        ax.annotate(
            f"{names[level]}  {name}", (1, level), (3, shift.get(level, 0)),
            xycoords=("axes fraction", "data"), textcoords="offset points", fontsize=6,
            va="center", annotation_clip=False, color=_COLOURS.get(name, "0.1"),
        )  # fmt: skip
    group = ["density", "kept"]
    rows = table.with_columns(
        kept=pl.col("length") >= KEPT * pl.col("length").max().over("density")
    ).with_columns(
        # Side by side in the order of D: features of one value lie on a line, not on a point.
        turn=pl.col("D").rank("ordinal").over(group) / pl.len().over(group) - 0.5
    )
    x = (1 / rows["density"]).to_numpy() * np.exp(0.1 * rows["turn"].to_numpy())
    colours = [
        _COLOURS.get(polytope, "0.45" if kept else "0.85")
        for polytope, kept in rows.select("polytope", "kept").iter_rows()
    ]
    ax.scatter(x, rows["D"], s=4, lw=0, color=colours)
    _sparsity(ax)
    ax.set_ylim(0, 1.08)
    ax.set_ylabel("dimensionality $D_i$")


def crossover(ax: Axes, table: pl.DataFrame, crossing: float) -> None:
    """Draw the losses of a pentagon and of two digons over the best loss found, against density.

    table: density, pentagon, digons, best.
    """
    rows = table.sort("density")
    looks = {"pentagon": ("#0b3c6f", "-"), "digons": ("#e69f00", "--")}
    for name, (colour, line) in looks.items():
        label = "pentagon" if name == "pentagon" else "two digons, one left out"
        ax.plot(rows["density"], rows[name] / rows["density"], line, color=colour, label=label)
    ax.plot(
        rows["density"],
        rows["best"] / rows["density"],
        "o",
        ms=2.6,
        color="0.1",
        label="best found",
    )
    ax.axvline(crossing, 0.3, color="0.6", lw=0.6)
    ax.annotate(
        f"$1-S={crossing:.4f}$",
        (crossing, 0.96),
        (3, 0),
        xycoords=("data", "axes fraction"),
        textcoords="offset points",
        fontsize=7,
    )
    ax.set_xlabel("density $1-S$")
    ax.set_ylabel("loss / density")
    ax.legend(loc="lower right")


def _sparsity(ax: Axes) -> None:
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator([1, 2, 3, 5, 10, 20]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    ax.set_xlabel("$1/(1-S)$")
