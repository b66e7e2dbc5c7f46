"""Panels of the toy models: what a trained model keeps, and in which phase a feature is."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize, PowerNorm, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullFormatter, StrMethodFormatter

GRAM, SHARED, EXCESS = "RdBu_r", "viridis", "Greys"
_COLOURS = ("#e5e5e5", "#e69f00", "#0b3c6f")
_PHASES = np.array([to_rgb(colour) for colour in _COLOURS])
_NAMES = ("not represented", "superposition", "dedicated dimension")


def gram_and_bias(ax: Axes, table: pl.DataFrame) -> None:
    """Draw W^T W as a colour map from -1 to 1, and b beside it. table: i, gram (n,), bias."""
    rows = table.sort("i")
    n = rows.height
    G, b = np.array(rows["gram"].to_list()), rows["bias"].to_numpy()[:, None]
    gap = np.full((n, max(1, n // 20)), np.nan)
    wide = np.repeat(b, max(1, n // 20), axis=1)
    shown = np.hstack([G, gap, wide])
    ax.imshow(shown, cmap=GRAM, vmin=-1, vmax=1, interpolation="nearest")
    ax.set_xticks([(n - 1) / 2, shown.shape[1] - 1], ["$W^T W$", "$b$"])
    ax.tick_params(length=0)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)


def lengths(ax: Axes, table: pl.DataFrame) -> None:
    """Draw ||W_i|| as bars, coloured by the superposition of i. table: i, length, shared."""
    rows = table.sort("i")
    colours = ScalarMappable(Normalize(0, 1), SHARED).to_rgba(rows["shared"].to_numpy())
    ax.barh(rows["i"], rows["length"], color=colours, height=0.85 if rows.height <= 40 else 1)
    ax.set_ylim(rows.height - 0.5, -0.5)
    ax.set_xlim(0, 1.3)
    ax.set_xticks([0, 1])
    ax.set_yticks([])


def stack_legend(figure: Figure, maps: list[Axes], bars: list[Axes]) -> None:
    """Put the two colour scales of a stack at its right: beside maps, and beside bars."""
    norm = Normalize(-1, 1)
    first = figure.colorbar(ScalarMappable(norm, GRAM), ax=maps, aspect=14, pad=0.01)
    first.set_ticks([-1, 0, 1])
    first.set_label("entry")
    second = figure.colorbar(ScalarMappable(Normalize(0, 1), SHARED), ax=bars, aspect=14, pad=0.01)
    second.set_ticks([0, 0.5, 1], labels=["0", "½", "≥ 1"])
    second.set_label("superposition")


def vectors(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the features of a plane as vectors, dark for important ones. table: i, code (2,)."""
    rows = table.sort("i")
    W = np.array(rows["code"].to_list())
    scale = ScalarMappable(Normalize(0, rows.height * 1.15), SHARED)
    shades = scale.to_rgba(np.arange(rows.height))
    for (x, y), colour in zip(W, shades, strict=True):
        ax.plot([0, x], [0, y], color=colour, lw=1.1, solid_capstyle="round")
        ax.plot(x, y, color=colour, marker="o", ms=3, clip_on=False)
    ax.set_xlim(-1.35, 1.35)
    ax.set_ylim(-1.35, 1.35)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    ax.axhline(0, color="0.85", lw=0.5, zorder=0)
    ax.axvline(0, color="0.85", lw=0.5, zorder=0)


def phases(ax: Axes, table: pl.DataFrame) -> None:
    """Colour (density, ratio) by the extra feature: grey not kept, orange shared, blue alone.

    table: density, ratio, length, shared, all of the feature of importance `ratio`; colours mix
    as the feature is kept, and shares, in part.
    """
    kept, shared = (np.clip(_grid(table, name), 0, 1) for name in ("length", "shared"))
    weights = np.stack([1 - kept, kept * shared, kept * (1 - shared)], axis=-1)
    ax.pcolormesh(*_places(table), weights @ _PHASES, shading="nearest", rasterized=True)
    _phase_axes(ax, table)


def difference(ax: Axes, table: pl.DataFrame) -> QuadMesh:
    """Shade by how far the loss of theory is above the best known, with dots in other phases.

    table: density, ratio, excess_theory (relative), other (true where phases differ).
    """
    excess = np.maximum(_grid(table, "excess_theory"), 0) * 100
    norm = PowerNorm(0.5, 0, 17)
    mesh = ax.pcolormesh(
        *_places(table), excess, shading="nearest", cmap=EXCESS, norm=norm, rasterized=True
    )
    rows = table.filter(pl.col("other"))
    ax.plot(rows["density"], rows["ratio"], ls="", marker="o", ms=2, color="#d55e00")
    _phase_axes(ax, table)
    return mesh


def boundary(ax: Axes, table: pl.DataFrame) -> None:
    """Draw where phases of theory meet. table: density, low, high (equal from p = 4/7 on)."""
    rows = table.sort("density")
    for name in ("low", "high"):
        ax.plot(rows["density"], rows[name], color="black", lw=0.8)


def phase_legend(figure: Figure) -> None:
    """Explain the colours of `phases`, and the marks of `difference`, above a grid of them."""
    handles = [Patch(color=c, label=name) for c, name in zip(_COLOURS, _NAMES, strict=True)]
    dot = Line2D([], [], ls="", marker="o", ms=3, color="#d55e00", label="theory: another phase")
    line = Line2D([], [], color="black", lw=0.8, label="$r^* = 2p/(4-5p)$, and above")
    handles += [line, dot]
    figure.legend(handles=handles, loc="outside upper center", ncols=5, columnspacing=1.2)


def _grid(table: pl.DataFrame, name: str) -> np.ndarray:
    """A column as a matrix: ratios down, densities across, both rising."""
    rows = table.sort("ratio", "density")
    return rows[name].to_numpy().reshape(rows["ratio"].n_unique(), rows["density"].n_unique())


def _places(table: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    x, y = (table[name].unique().sort().to_numpy() for name in ("density", "ratio"))
    return x, y


def _phase_axes(ax: Axes, table: pl.DataFrame) -> None:
    ax.set_xscale("log")
    ax.set_yscale("log")
    (left, right), (low, high) = ((v.min(), v.max()) for v in _places(table))
    ax.set_xlim(right, left)
    ax.set_ylim(low, high)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axis.set_minor_formatter(NullFormatter())
