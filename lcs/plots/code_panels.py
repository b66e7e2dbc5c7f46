"""Panels of toy models as codes: worst errors and l1 recovery against the active features."""

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

_RELU, _LINEAR, _BAND, _PAIRS = "#a63603", "#08306b", "#deebf7", "0.45"
_HOLLOW = {"marker": "D", "mfc": "white"}
_ERRORS = (
    ("relu", "ReLU, own bias", _RELU, {"ls": "-", "marker": "o"}),
    ("best_bias", "ReLU, best bias", _RELU, {"ls": "--", "marker": "o", "mfc": "white"}),
    ("linear_best", "linear, best probes", _LINEAR, {"ls": "-", "marker": "s"}),
    ("pairs_relu", "ReLU, antipodal pairs", _PAIRS, {"ls": ":", "marker": "^"}),
    (
        "relu_least",
        "a constant: no ReLU reads better",
        "black",
        {"ls": "-", "marker": "_", "ms": 7},
    ),
)
_SHARES = (
    ("l1_positive_trained", "positive, this $W$", _RELU, {"ls": "-", "marker": "o"}),
    ("l1_positive_gaussian", "positive, Gaussian", _RELU, {"ls": ":"} | _HOLLOW),
    ("l1_signed_trained", "signed, this $W$", _LINEAR, {"ls": "-", "marker": "s"}),
    ("l1_signed_gaussian", "signed, Gaussian", _LINEAR, {"ls": ":"} | _HOLLOW),
)


def worst_errors(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the worst error of one model's code against k.

    table: k, relu, best_bias, linear_best, pairs_relu (null: too many features), relu_least (a
    proved lower bound for any code, or null), and linear_low, linear_high: the band that holds the
    least linear error of any code of this shape.
    """
    rows = table.sort("k")
    ax.fill_between(rows["k"], rows["linear_low"], rows["linear_high"], color=_BAND, lw=0)
    ax.plot(rows["k"], rows["linear_high"], color=_BAND, lw=2)  # seen too where the sides meet
    _lines(ax, rows, _ERRORS)
    ax.set_ylim(-0.04, 1.12)


def l1_shares(ax: Axes, table: pl.DataFrame) -> None:
    """Draw the share of random signals that l1 recovers against k. table: k, and the shares."""
    _lines(ax, table.sort("k"), _SHARES)
    ax.set_ylim(-0.04, 1.04)
    ax.set_xlabel("active features $k$")


def legends(figure: Figure) -> None:
    """Explain both rows of panels, above and below them."""
    errors = [_handle(label, colour, look) for _, label, colour, look in _ERRORS]
    band = Patch(color=_BAND, label="least linear error of any code")
    figure.legend(handles=[*errors, band], loc="outside upper center", ncols=3)
    shares = [_handle(label, colour, look) for _, label, colour, look in _SHARES]
    figure.legend(handles=shares, loc="outside lower center", ncols=4)


def _lines(ax: Axes, rows: pl.DataFrame, kinds: tuple) -> None:
    for column, _, colour, look in kinds:
        ax.plot(rows["k"], rows[column], **({"color": colour, "ms": 3, "lw": 1} | look))
    ax.set_xticks(rows["k"])


def _handle(label: str, colour: str, look: dict) -> Line2D:
    return Line2D([], [], label=label, **({"color": colour, "ms": 3, "lw": 1} | look))
