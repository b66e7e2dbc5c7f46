"""Proposition 11 attacked: the largest cosine of two features that a search finds, against bounds.

Run as `python -m experiments.geometry --profile quick`. One cell maximises cos(a_1, a_2), or
cos(b_1, b_2), over all pairs (A, B) of two features with error at most eps at sparsity k and
lengths at most g, from many starts. What it finds is measured again exactly: the bounds are then
asked about the error and the length that the pair really has.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize

from experiments import _command, _report
from lcs.bounds.cosines import corrected_cosine, printed_cosine, sharp_cosine
from lcs.findings import Finding, judge_cosines
from lcs.linear.error import worst_case_error
from lcs.plots import cosine_panels, style
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import run

Array = NDArray[np.float64]
DIMENSIONS = 4  # of the span of a_1, a_2, b_1, b_2; further features only constrain more
SLACK = 1e-9  # a pair found beyond eps or g by more is not kept


@dataclass(frozen=True, slots=True)
class Search:
    """One adversarial search; g^2 = (1 - eps) + excess, where pairs begin to exist at excess 0."""

    k: int
    eps: float
    excess: float
    of: Literal["features", "probes"] = "features"
    starts: int = 12

    @property
    def g(self) -> float:
        """The greatest length of a column."""
        return (1 - self.eps + self.excess) ** 0.5


def _searches(epses: Sequence[float], excesses: Sequence[float], starts: int) -> tuple[Search, ...]:
    return tuple(
        Search(k, eps, excess, of, starts)
        for k in (1, 2)
        for of in ("features", "probes")
        for eps in epses
        for excess in excesses
    )


_EXCESSES = (0.001, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.7, 1.0)
PROFILES = {
    "quick": _searches((0.1, 0.3), _EXCESSES, 12),
    "paper": _searches((0.05, 0.1, 0.2, 0.3, 0.4), np.geomspace(1e-3, 2, 25).tolist(), 50),
}


def measure(search: Search) -> pl.DataFrame:
    """The pair of largest cosine that the search finds, with its exact error and lengths."""
    rng = generator(experiment="geometry", k=search.k, eps=search.eps, excess=search.excess,
                    of=search.of)  # fmt: skip
    found = [_improved(_start(search, rng), search) for _ in range(search.starts)]
    kept = [row for row in found if row["eps_found"] <= search.eps + SLACK]
    kept = [row for row in kept if row["g_found"] <= search.g + SLACK]
    if not kept:
        raise ValueError(f"the search must end within eps and g; none of {search.starts} did")
    best = max(kept, key=lambda row: row["cosine"])
    point = best["eps_found"], best["g_found"]
    bounds = {
        "printed": printed_cosine(*point),
        "corrected": corrected_cosine(*point),
        "sharp": sharp_cosine(*point, search.k),
    }
    return pl.DataFrame([best | bounds | {"g": search.g}])


def _start(search: Search, rng: np.random.Generator) -> Array:
    """A pair that reads exactly, up to its size, in general position: A then B, flat."""
    A = np.eye(DIMENSIONS)[:, :2] + rng.uniform(0, 1) * rng.standard_normal((DIMENSIONS, 2))
    B = np.linalg.pinv(A).T
    size = np.sqrt(np.linalg.norm(B, axis=0) / np.linalg.norm(A, axis=0))
    return np.concatenate([(A * size).ravel(), (B / size).ravel()])


def _improved(start: Array, search: Search) -> dict[str, Any]:
    """Climb from one start, and measure where it ends."""
    of = 0 if search.of == "features" else 1
    constraints = [
        {"type": "ineq", "fun": lambda v: search.eps - _row_sums(*_pair(v), search.k)},
        {"type": "ineq", "fun": lambda v: search.g**2 - np.sum(np.hstack(_pair(v)) ** 2, axis=0)},
    ]
    ended = minimize(
        lambda v: -_cosine(_pair(v)[of]), start, method="SLSQP", constraints=constraints,
        options={"maxiter": 300, "ftol": 1e-14},
    )  # fmt: skip
    A, B = _pair(ended.x)
    return {
        "cosine": _cosine((A, B)[of]),
        "eps_found": worst_case_error(A, B, k=search.k).upper,
        "g_found": float(np.linalg.norm(np.hstack([A, B]), axis=0).max()),
        "A": A.ravel().tolist(),
        "B": B.ravel().tolist(),
    }


def _pair(v: Array) -> tuple[Array, Array]:
    A, B = v.reshape(2, DIMENSIONS, 2)
    return A, B


def _row_sums(A: Array, B: Array, k: int) -> Array:
    """Smooth functions whose maximum is the error of two features: signed sums of a row of M."""
    M = B.T @ A - np.eye(2)
    if k == 1:
        return np.concatenate([M.ravel(), -M.ravel()])
    sums, differences = M[:, 0] + M[:, 1], M[:, 0] - M[:, 1]
    return np.concatenate([sums, -sums, differences, -differences])


def _cosine(C: Array) -> float:
    u, v = C.T
    return float(u @ v / np.sqrt((u @ u) * (v @ v)))


def draw(found: pl.DataFrame, folder: Path, suffixes: Sequence[str] = style.SUFFIXES) -> list[Path]:
    """Draw the cosines found against the bounds, one panel per k, from the table alone."""
    best = found.group_by("k", "eps", "g", maintain_order=True).agg(pl.col("cosine").max())
    with style.figure(style.DOUBLE_COLUMN, 2.7) as figure:
        axes = figure.subplots(1, 2, sharey=True)
        for ax, k in zip(axes, (1, 2), strict=True):
            cosine_panels.largest_cosines(ax, best.filter(pl.col("k") == k), _curves(found, k))
            ax.set_title("one active feature, $k=1$" if k == 1 else r"several, $k\geq 2$")
        axes[0].set_ylabel("largest cosine of two features")
        cosine_panels.legend(figure)
        return style.save(figure, folder / "cosines", suffixes)


def _curves(found: pl.DataFrame, k: int) -> pl.DataFrame:
    """The bounds on a fine grid of g, for every eps of the table."""
    longest = float(found["g"].max())  # pyright: ignore[reportArgumentType]
    rows = [
        {"eps": eps, "g": g, "printed": printed_cosine(eps, g)}
        | {"corrected": corrected_cosine(eps, g), "sharp": sharp_cosine(eps, g, k)}
        for eps in found["eps"].unique().sort()
        for g in np.sqrt(np.linspace(1 - eps, longest**2, 400))
    ]
    return pl.DataFrame(rows)


def figure_1() -> Finding:
    """Measure the pair of the seed paper's Figure 1: features 60 degrees apart, read exactly."""
    root = np.sqrt(3.0)
    A = np.array([[0.5, 1.0], [root / 2, 0.0]])
    B = np.array([[0.0, 1.0], [2 / root, -1 / root]])
    worst = worst_case_error(A, B, k=2)
    return Finding(
        claim="GKP26-fig1",
        says="the pair of Figure 1 reads both features without error, up to rounding",
        tests=1,
        failures=int(worst.lower > 0),
        quantity=f"cosine of the features {A[:, 0] @ A[:, 1]:.4f}; error at most",
        value=worst.upper,
        at="m = d = k = 2",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the searches of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.geometry", __doc__, PROFILES)
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    searches = run(
        PROFILES[options.profile], measure,
        store=store, workers=options.workers, fresh=options.fresh,
    )  # fmt: skip
    found = searches.table
    if found.is_empty():
        print("error: nothing to judge; see the failures above", file=sys.stderr)
        return 1
    findings = [*judge_cosines(found), figure_1()]
    tables = {"cosines": found, "verdict-cosines": _report.findings_table(findings)}
    origin = provenance.collect(seconds=time.perf_counter() - began)
    folder = options.results / f"geometry-{options.profile}"
    written = _report.write_tables(folder, tables, origin) + draw(found, folder)
    if options.docs:
        written += draw(found, options.docs, suffixes=(".png",))
    shown = _report.findings("Largest cosines found by search", findings)
    _report.show_tables([shown], [], written)
    return 1 if searches.failed else 0


if __name__ == "__main__":
    sys.exit(main())
