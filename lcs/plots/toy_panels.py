"""Panels of the toy models: what a trained model keeps, and in which phase a feature is."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.colors import LinearSegmentedColormap, Normalize, PowerNorm, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import NullLocator, StrMethodFormatter

# The blue end is lighter than the red one: signs are told apart in grey print too.
GRAM = LinearSegmentedColormap.from_list(
    "gram",
    [
        (0, "#2f8fd0"),
        (0.25, "#a6cfe8"),
        (0.5, "#f6f6f6"),
        (0.7, "#f4a582"),
        (0.85, "#b2182b"),
        (1, "#53000f"),
    ],
)
SHARED, EXCESS = "viridis", "Greys"
_COLOURS = ("#e5e5e5", "#e69f00", "#0b3c6f")
_PHASES = np.array([to_rgb(colour) for colour in _COLOURS])
_NAMES = ("not represented", "superposition", "dedicated dimension")


def grams_and_biases(ax: Axes, tables: Sequence[pl.DataFrame]) -> None:
    """Draw W^T W as a colour map from -1 to 1, and b beside it, for models side by side.

    tables: one per model: i, gram (n,), bias. All are one image: axes of their own take long.
    """
    n = tables[0].height
    shown = np.full((n, len(tables) * _pitch(n) - _space(n)), np.nan)
    ticks = {}
    for at, table in zip(_places_of(n, tables), tables, strict=True):
        rows = table.sort("i")
        shown[:, at : at + n] = rows["gram"].to_list()
        begin = at + n + _beside(n)
        shown[:, begin : begin + _beside(n)] = rows["bias"].to_numpy()[:, None]
        ticks |= {at + (n - 1) / 2: "$W^T W$", begin + (_beside(n) - 1) / 2: "$b$"}
    ax.imshow(shown, cmap=GRAM, vmin=-1, vmax=1, interpolation="nearest", aspect="auto")
    ax.set_xticks(list(ticks), list(ticks.values()))
    ax.tick_params(length=0)
    ax.set_yticks([])
    ax.spines[:].set_visible(False)


def lengths(ax: Axes, tables: Sequence[pl.DataFrame]) -> None:
    """Draw ||W_i|| as bars, coloured by the superposition of i, below `grams_and_biases`.

    tables: one per model: i, length, shared.
    """
    n = tables[0].height
    unit, half = 0.8 * n, 0.42 if n <= 40 else 0.5
    corners, colours, ticks = [], [], []
    scale = ScalarMappable(Normalize(0, 1), SHARED)
    for at, table in zip(_places_of(n, tables), tables, strict=True):
        rows = table.sort("i")
        left, y = np.full(n, at - 0.5), np.arange(n)
        right = left + unit * rows["length"].to_numpy()
        across = np.stack([left, right, right, left], axis=1)
        corners.append(np.stack([across, y[:, None] + [-half, -half, half, half]], axis=2))
        colours.append(scale.to_rgba(rows["shared"].to_numpy()))
        ticks += [at - 0.5, at - 0.5 + unit]
    ax.vlines(ticks[1::2], -0.5, n - 0.5, color="0.85", lw=0.5, zorder=0)
    bars = PolyCollection(list(np.concatenate(corners)), facecolors=np.concatenate(colours))
    ax.add_collection(bars)
    ax.vlines(ticks[::2], -0.5, n - 0.5, color="black", lw=0.6)
    ax.set_xlim(-0.5, len(tables) * _pitch(n) - _space(n) - 0.5)
    ax.set_ylim(n - 0.5, -0.5)
    ax.set_xticks(ticks, ["0", "1"] * len(tables))
    ax.set_yticks([])
    ax.spines[:].set_visible(False)


def column_titles(ax: Axes, titles: Sequence[str], n: int) -> None:
    """Put a title above each model of `grams_and_biases`, of n features each."""
    for number, title in enumerate(titles):
        place = number * _pitch(n) + (n - 1) / 2
        ax.annotate(
            title, (place, 1), (0, 4), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", va="bottom",
        )  # fmt: skip


def _beside(n: int) -> int:
    """The width of a bias, and of its distance from W^T W, in entries."""
    return max(1, n // 16)


def _space(n: int) -> int:
    return max(2, n // 5)


def _pitch(n: int) -> int:
    return n + 2 * _beside(n) + _space(n)


def _places_of(n: int, tables: Sequence[pl.DataFrame]) -> range:
    return range(0, len(tables) * _pitch(n), _pitch(n))


def stack_legend(figure: Figure, maps: Axes, bars: Axes) -> None:
    """Put the two colour scales of a stack at its right: beside maps, and beside bars."""
    norm = Normalize(-1, 1)
    first = figure.colorbar(ScalarMappable(norm, GRAM), ax=maps, aspect=12, pad=0.01)
    first.set_ticks([-1, 0, 1])
    first.set_label("entry")
    second = figure.colorbar(ScalarMappable(Normalize(0, 1), SHARED), ax=bars, aspect=12, pad=0.01)
    second.set_ticks([0, 0.5, 1], labels=["0", "½", "≥ 1"])
    second.set_label("superposition")


def vectors(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the features of a plane as vectors, dark for important ones. table: i, code (2,)."""
    rows = table.sort("i")
    W = np.array(rows["code"].to_list())
    for (x, y), colour in zip(W, _shades(rows.height), strict=True):
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


def vectors_legend(figure: Figure, n: int) -> None:
    """Explain the colours of `vectors`, below a grid of them."""
    dots = [Line2D([], [], color=colour, marker="o", ms=3, lw=1.1) for colour in _shades(n)]
    names = ["feature 1, the most important", *map(str, range(2, n)), f"{n}, the least"]
    figure.legend(dots, names, loc="outside lower center", ncols=n)


def _shades(n: int) -> np.ndarray:
    return ScalarMappable(Normalize(0, n * 1.15), SHARED).to_rgba(np.arange(n))


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
        axis.set_minor_locator(NullLocator())  # minor ticks of logarithmic axes take long
