"""Panels of the toy models: what a trained model keeps, and in which phase a feature is."""

import numpy as np
import polars as pl
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgb

GRAM, SHARED = "RdBu_r", "viridis"
_PHASES = [np.array(to_rgb(colour)) for colour in ("#e5e5e5", "#e69f00", "#0b3c6f")]


def gram_and_bias(ax: Axes, table: pl.DataFrame) -> None:
    """Draw W^T W as a colour map from -1 to 1, and b beside it. table: i, j, gram, bias."""
    n = table["i"].n_unique()
    rows = table.sort("i", "j")
    G, b = rows["gram"].to_numpy().reshape(n, n), rows["bias"].to_numpy().reshape(n, n)[:, :1]
    gap = np.full((n, 1), np.nan)
    ax.imshow(np.hstack([G, gap, b]), cmap=GRAM, vmin=-1, vmax=1, interpolation="nearest")
    ax.set_xticks([(n - 1) / 2, n + 1], ["$W^T W$", "$b$"])
    ax.set_yticks([])


def lengths(ax: Axes, table: pl.DataFrame) -> None:
    """Draw ||W_i|| as bars, coloured by the superposition of i. table: i, length, shared."""
    rows = table.unique("i").sort("i")
    colours = ScalarMappable(Normalize(0, 1), SHARED).to_rgba(rows["shared"].to_numpy())
    ax.barh(rows["i"], rows["length"], color=colours)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xlim(0, 1.3)
    ax.set_yticks([])


def phases(ax: Axes, table: pl.DataFrame) -> None:
    """Colour (density, ratio) by the extra feature: grey not kept, orange shared, blue alone.

    table: density, ratio, length, shared, all of the feature of importance `ratio`.
    """
    rows = table.sort("ratio", "density")
    shape = rows["ratio"].n_unique(), rows["density"].n_unique()
    kept = np.clip(rows["length"].to_numpy().reshape(shape), 0, 1)
    shared = np.clip(rows["shared"].to_numpy().reshape(shape), 0, 1)
    weights = np.stack([1 - kept, kept * shared, kept * (1 - shared)], axis=-1)
    x, y = (rows[name].unique().sort().to_numpy() for name in ("density", "ratio"))
    ax.pcolormesh(x, y, weights @ np.array(_PHASES), shading="nearest")
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.invert_xaxis()
    ax.set_xlabel("density $1 - S$")
    ax.set_ylabel("relative importance of the extra feature")
