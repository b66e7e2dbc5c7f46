"""Half points of the transition: fitted to counts, exact, asymptotic; and their figure."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
import polars as pl
from scipy.special import betaincinv, expit

from lcs.l1.transition import recoverable_k, success_probability
from lcs.l1.weak_curve import weak_threshold
from lcs.logistic import fit_logistic
from lcs.plots import style, transition_panels

CURVATURE = 2  # degree of the log odds: of degree 1 the half point lies .1 too high
CONFIDENCE = 0.95
SLICE = 0.25  # d/m of the slice that is drawn
KEYS = ["ensemble", "name", "m", "d"]
FITTED = (
    "k50", "low", "high", "deviance", "freedom", "line", "line_exact", "slope", "curvature"
)  # fmt: skip


def half_points(counts: pl.DataFrame) -> pl.DataFrame:
    """Fit every slice: the sparsity recovered half of the time, with its interval.

    Parameters: counts, one row per point: KEYS, k, trials, recovered, undecided, exact.
    Returns one row per slice: exact and asymptotic half points, FITTED (null where the slice
    does not cross one half). line is the fit without curvature and line_exact the same fit of
    the exact probabilities.
    """
    slices = counts.group_by(KEYS, maintain_order=True)
    rows = [dict(zip(KEYS, key, strict=True)) | _half_point(slice_) for key, slice_ in slices]
    return pl.DataFrame(rows, infer_schema_length=None)


def _half_point(rows: pl.DataFrame) -> dict[str, float | None]:
    d, m = int(rows["d"][0]), int(rows["m"][0])
    k, trials, won = (rows[name].to_numpy() for name in ("k", "trials", "recovered"))
    open_ = {"undecided": rows["undecided"].to_numpy(), "confidence": CONFIDENCE}
    known = {
        "exact": recoverable_k(d, m),
        "asymptotic": d * weak_threshold(d / m),
        "trials": int(trials.sum()),
        "undecided": int(rows["undecided"].sum()),
    }
    try:
        fit = fit_logistic(k, won, trials, degree=CURVATURE, **open_)
        line = fit_logistic(k, won, trials, **open_).midpoint.value
        theory = fit_logistic(k, trials * rows["exact"].to_numpy(), trials).midpoint.value
    except ValueError:  # these k do not reach across one half
        return known | dict.fromkeys(FITTED)
    numbers = (*astuple(fit.midpoint), fit.deviance, fit.freedom, line, theory)
    return known | dict(zip(FITTED, (*numbers, *fit.coefficients.tolist()), strict=True))


def offsets(fractions: Sequence[float], sizes: Sequence[int]) -> pl.DataFrame:
    """How far the exact half points lie from the curve, in k/d, at several d/m and m."""
    places = [(x, m, round(x * m)) for x in fractions for m in sizes]
    table = pl.DataFrame(places, schema=["delta", "m", "d"], orient="row")
    table = table.with_columns(
        exact=pl.Series([recoverable_k(d, m) / d for _, m, d in places]),
        asymptotic=pl.Series([weak_threshold(d / m) for _, m, d in places]),
    )
    return table.with_columns(offset=pl.col("exact") - pl.col("asymptotic"))


def lines(fits: pl.DataFrame) -> list[list[str]]:
    """One line of text per slice."""
    return [
        [
            row["name"] or row["ensemble"],
            str(row["m"]),
            str(row["d"]),
            "none among these k"
            if row["k50"] is None
            else f"{row['k50']:.2f} [{row['low']:.2f}, {row['high']:.2f}]",
            f"{row['exact']:.2f}",
            f"{row['asymptotic']:.2f}",
            "" if row["line"] is None else f"{row['line']:.2f}, exact {row['line_exact']:.2f}",
        ]
        for row in fits.iter_rows(named=True)
    ]


def shares(counts: pl.DataFrame) -> pl.DataFrame:
    """Add the share recovered, and its exact binomial interval (Clopper and Pearson 1934)."""
    n, low = counts["trials"].to_numpy(), counts["recovered"].to_numpy()
    high = low + counts["undecided"].to_numpy()
    tail = (1 - CONFIDENCE) / 2
    least = np.where(low > 0, betaincinv(np.maximum(low, 1), n - low + 1, tail), 0.0)
    most = np.where(high < n, betaincinv(high + 1, np.maximum(n - high, 1), 1 - tail), 1.0)
    share = (low + high) / (2 * n)
    return counts.with_columns(share=pl.Series(share), low=pl.Series(least), high=pl.Series(most))


def curves(m: int) -> pl.DataFrame:
    """The curve and the exact half points at m: delta = d/m, asymptotic and exact k/d.

    exact is null where even one active feature is recovered less than half of the time.
    """
    rows = []
    for d in np.unique(np.linspace(1, m, 64).round().astype(int)).tolist():
        known = success_probability(d, m, 1) >= 0.5
        exact = recoverable_k(d, m) / d if known else None
        rows.append({"delta": d / m, "exact": exact, "asymptotic": weak_threshold(d / m)})
    return pl.DataFrame(rows, infer_schema_length=None)


def draw(
    tables: Mapping[str, pl.DataFrame],
    folder: Path,
    suffixes: Sequence[str] = style.SUFFIXES,
) -> list[Path]:
    """Draw the figure from tables: the diagram, one slice of it, other codes' half points."""
    m = int(tables["diagram"]["m"][0])
    fits = tables["half-points"].filter(ensemble="Gaussian", m=m).drop_nulls("k50")
    fit = min(fits.to_dicts(), key=lambda row: abs(row["d"] / m - SLICE))
    counts = tables["counts"].filter(part="slice", ensemble="Gaussian", m=m, d=fit["d"])
    with style.figure(style.DOUBLE_COLUMN, 2.6) as figure:
        left, middle, right = figure.subplots(1, 3, width_ratios=[1.3, 1, 0.9])
        transition_panels.phase_diagram(left, tables["diagram"], tables["curves"], fits)
        transition_panels.success_slice(middle, shares(counts), _success_curve(fit, counts), fit)
        transition_panels.half_point_shifts(right, tables["half-points"])
        return style.save(figure, folder / "transition", suffixes)


def _success_curve(fit: dict[str, float], counts: pl.DataFrame) -> pl.DataFrame:
    """The exact and the fitted success probability at every k of a slice, and two beyond."""
    d, m = int(fit["d"]), int(fit["m"])
    seen = counts["k"].to_numpy()
    k = np.arange(max(0, seen.min() - 2), min(d, seen.max() + 2) + 1)
    odds = fit["slope"] * (k - fit["k50"]) + fit["curvature"] * (k - fit["k50"]) ** 2
    exact = [success_probability(d, m, one) for one in k.tolist()]
    return pl.DataFrame({"k": k, "exact": exact, "fitted": expit(odds)})
