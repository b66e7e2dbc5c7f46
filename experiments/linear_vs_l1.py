"""Linear against l1 access on the same nested codes: which d does each need for k of m features?

Run as `python -m experiments.linear_vs_l1 --profile quick`. One cell is one code with one question:
its worst-case error with probes B = cA (the cell of `experiments.scaling`), the least d at which
its best probes reach k/eps, the error of random signals, the critical d of l1 on random signals, or
the errors of all decoders against d. Signals have k entries +-1 on a random support. Best probes
and l1 take the raw rows, so that kernels are nested; B = cA has columns of length 1 at every d.
"""

import argparse
import sys
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from experiments import _access, _command, _report, scaling
from experiments._l1 import critical_signal, weak_d
from lcs.bounds.gordon import u3
from lcs.bounds.lower import best_lower, welch
from lcs.bounds.upper import u0_exact
from lcs.codes.matrix import Matrix
from lcs.codes.random import Family, unit_columns
from lcs.l1.basis_pursuit import Status, basis_pursuit
from lcs.linear.critical import critical_d_probes
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.linear.seen import error_seen, summary
from lcs.plots import access_panels, style
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import run

EPS, EPSES = 0.5, (0.5, 0.25)  # of linear access; at 1/2 the best probes certify l1
LEVELS = (0.5, 0.99)  # of the signals
QUANTILES = {"q50": 0.5, "q99": 0.99}
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)  # c of B = cA on random signals: the best on a pilot is taken
PILOT = 100


@dataclass(frozen=True, slots=True)
class BestProbes:
    """One nested code, and the k/eps that its best probes have to reach."""

    family: Family
    m: int
    seed: int
    ratio: int


@dataclass(frozen=True, slots=True)
class TypicalError:
    """One nested code read by B = cA, with random signals of one sparsity."""

    family: Family
    m: int
    seed: int
    k: int
    eps: float = EPS
    draws: int = 500


@dataclass(frozen=True, slots=True)
class Signals:
    """One nested code, and random signals of one sparsity whose critical d is found."""

    family: Family
    m: int
    seed: int
    k: int
    draws: int


@dataclass(frozen=True, slots=True)
class ErrorCurve:
    """One nested code at one d, read by every decoder, with the same random signals."""

    family: Family
    m: int
    seed: int
    k: int
    d: int
    draws: int = 200


@dataclass(frozen=True, slots=True)
class Theory:
    """The sparsities at one m at which the curves of theory are evaluated."""

    m: int
    ks: tuple[int, ...]
    eps: float = EPS


@dataclass(frozen=True, slots=True)
class Profile:
    """The cells of one run."""

    codes: tuple[scaling.Code, ...]
    probes: tuple[BestProbes, ...]
    typical: tuple[TypicalError, ...]
    signals: tuple[Signals, ...]
    curves: tuple[ErrorCurve, ...]
    theory: tuple[Theory, ...]


RATIOS = (2, 4, 6, 8, 12, 16, 24, 32)  # k/eps, for eps = 1/2 and 1/4
KS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)


def _profile(
    small: int,
    large: int,
    seeds: dict[tuple[Family, int], int],
    signals: dict[int, int],
    curve: tuple[int, int],
) -> Profile:
    """All questions at the small m, all but the best probes at the large one."""
    codes = [(family, m, seed) for (family, m), n in seeds.items() for seed in range(n)]
    k, points = curve
    ds = np.unique(np.rint(np.geomspace(k + 1, small - 1, points)).astype(int)).tolist()
    return Profile(
        codes=tuple(scaling.Code(*code, ks=scaling.KS) for code in codes),
        probes=tuple(BestProbes(*code, r) for code in codes if code[1] == small for r in RATIOS),
        typical=tuple(TypicalError(*code, k) for code in codes for k in scaling.KS),
        signals=tuple(Signals(*code, k, signals[code[1]]) for code in codes for k in KS),
        curves=tuple(ErrorCurve("gaussian", small, 0, k, d) for d in ds),
        theory=tuple(Theory(m, KS) for m in (small, large)),
    )


PROFILES = {
    "quick": _profile(
        256,
        8192,
        {("gaussian", 256): 3, ("rademacher", 256): 1, ("gaussian", 8192): 2},
        {256: 100, 8192: 12},
        (4, 20),
    ),
    "paper": _profile(
        512,
        16384,
        {("gaussian", 512): 8, ("rademacher", 512): 8, ("gaussian", 16384): 4},
        {512: 200, 16384: 50},
        (6, 40),
    ),
}


def rows(cell: BestProbes | TypicalError | Signals | ErrorCurve, d: int) -> Matrix:
    """The first d rows of a cell's nested code, as `experiments.scaling` draws it."""
    return scaling.rows(scaling.Code(cell.family, cell.m, cell.seed), d)


def best_probes(cell: BestProbes) -> pl.DataFrame:
    """The least d at which the best probes of a nested code read k = ratio eps features."""
    found = critical_d_probes(rows(cell, cell.m - 1), 1 / cell.ratio)
    return pl.DataFrame([asdict(found)], schema_overrides={"d_sufficient": pl.Int64})


def typical_error(cell: TypicalError) -> pl.DataFrame:
    """The checkpoints of d at which that share of random signals is read to within eps by B = cA.

    d_low and d_high are those of the ends of the quantile's interval. Errors on random signals
    fall with d, up to what sampling shows: checkpoints are bisected.
    """
    ds = [*(d for d in scaling.ladder(cell.m) if d >= cell.k), cell.m]
    return pl.DataFrame([{"share": share, **_first(cell, share, ds)} for share in LEVELS])


def _first(cell: TypicalError, share: float, ds: list[int]) -> dict[str, object]:
    """The first of ds at which a share is read, and those of its interval; m where none before."""
    # The best c hardly depends on d: it is chosen once, where c = 1 would be about good enough.
    guess = min(ds[:-1], key=lambda d: abs(d - 2 * cell.k * np.log(2 * cell.m) / cell.eps**2))
    c = min(SCALES, key=lambda c: _quantile(cell, "pilot", guess, share, PILOT, c)[1])
    known: dict[int, tuple[float, float, float]] = {}

    def reads(at: int, end: int) -> bool:
        if at not in known:
            known[at] = _quantile(cell, "errors", ds[at], share, cell.draws, c)
        return known[at][end] < cell.eps

    last = len(ds) - 1
    low, at, high = (
        bisect_left(range(last), True, key=partial(reads, end=end)) for end in range(3)
    )
    ends = {"d_low": ds[low], "d_sufficient": ds[at], "d_high": ds[high]}
    return {**ends, "d_before": ds[at - 1] if at else 0, "trivial": at == last, "scale": c}


def _quantile(
    cell: TypicalError, purpose: str, d: int, share: float, draws: int, c: float
) -> tuple[float, float, float]:
    """Low end, estimate and high end of a quantile of the error."""
    axes = {"family": cell.family, "m": cell.m, "seed": cell.seed, "k": cell.k, "d": d}
    rng = generator(experiment="linear_vs_l1", purpose=purpose, **axes)
    A = unit_columns(rows(cell, d))
    seen = error_seen(A, k=cell.k, rng=rng, draws=draws, scale=c, quantiles=(share,))
    (value,), ((low, high),) = seen.quantile_values, seen.quantile_intervals
    return float(low), float(value), float(high)


def signals(cell: Signals) -> pl.DataFrame:
    """The critical d of l1 on random signals of one sparsity."""
    guess = round(weak_d(cell.m, cell.k))
    R = rows(cell, min(cell.m - 1, 2 * guess + 64))
    drawn = _signals(
        cell.m, cell.k, cell.draws, generator(experiment="linear_vs_l1", **asdict(cell))
    )
    found = [asdict(critical_signal(R, S, s, guess=guess)) for S, s in zip(*drawn, strict=True)]
    return pl.DataFrame(found, schema_overrides={"d_sufficient": pl.Int64})


def _signals(
    m: int, k: int, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """n uniform supports (n, k) with independent signs (n, k)."""
    supports = np.argsort(rng.random((n, m)), axis=1)[:, :k]
    return supports, rng.choice([-1.0, 1.0], (n, k))


def error_curve(cell: ErrorCurve) -> pl.DataFrame:
    """The error of every decoder at one d: mean and quantiles over signals, worst where proved.

    Linear decoders take, for each number by itself, the scalar that is best for it (on a pilot).
    The worst case of l1 is known where the best probes certify that every signal is recovered.
    """
    axes = {name: value for name, value in asdict(cell).items() if name != "d"}
    rng = generator(experiment="linear_vs_l1", purpose="curve", **axes)
    R = rows(cell, cell.d).astype(np.float64)
    supports, signs = _signals(cell.m, cell.k, PILOT + cell.draws, rng)
    Z = np.zeros((len(supports), cell.m))
    np.put_along_axis(Z, supports, signs, axis=1)
    A, best = unit_columns(R), optimal_probes(R)
    pursued = [basis_pursuit(R, R @ z) for z in Z[PILOT:]]
    l1 = np.max(np.abs([one.z for one in pursued] - Z[PILOT:]), axis=1)
    worst = {
        "B = cA": worst_case_error(A, k=cell.k, scale="optimal").value,
        "best B": best.error(cell.k),
        "l1": 0.0 if cell.k * best.alpha < 0.5 else None,
    }
    seen = {
        "B = cA": _linear(A, A, Z),
        "best B": _linear(R, best.B, Z),
        "l1": _statistics(l1),
    }
    unsolved = sum(one.status is not Status.SOLVED for one in pursued)
    rows_ = [{"access": name, **seen[name], "worst": worst[name]} for name in seen]
    return pl.DataFrame(rows_, schema_overrides={"worst": pl.Float64}).with_columns(
        unsolved=pl.when(pl.col("access") == "l1").then(unsolved).otherwise(0)
    )


def _linear(A: Matrix, B: Matrix, Z: Matrix) -> dict[str, float]:
    """Each number about ||c B^T A z - z||_inf at the c with the least one on the pilot."""
    read = (Z @ A.T) @ B
    scales = (*SCALES, 0.4, 0.2, 0.0)
    errors = {c: np.max(np.abs(c * read - Z), axis=1) for c in scales}
    pilots = {c: _statistics(errors[c][:PILOT]) for c in scales}
    found: dict[str, float] = {}
    for number in ("mean", *QUANTILES):
        c = min(scales, key=lambda c: pilots[c][number])
        here = _statistics(errors[c][PILOT:])
        found |= {name: value for name, value in here.items() if name.startswith(number)}
        found[f"{number}_scale"] = c
    return found


def _statistics(errors: NDArray[np.float64]) -> dict[str, float]:
    seen = summary(errors, quantiles=tuple(QUANTILES.values()))
    values = {"mean": seen.mean, "mean_low": seen.mean_interval[0]}
    values |= {"mean_high": seen.mean_interval[1]}
    for name, value, (low, high) in zip(
        QUANTILES, seen.quantile_values, seen.quantile_intervals, strict=True
    ):
        values |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return {name: float(value) for name, value in values.items()}


def theory(cell: Theory) -> pl.DataFrame:
    """Bounds on d for any linear access and for random codes, and the weak curve of l1."""
    table = []
    for k in cell.ks:
        point = (cell.m, k, repr(cell.eps))
        for kind, bound in (
            ("necessary", best_lower(*point)),
            ("ceiling", welch(*point)),
            ("u0", u0_exact(*point)),
            ("u3", u3(*point)),
        ):
            table.append({"k": k, "curve": kind, "claim": bound.claim, "d": bound.d})
        table.append({"k": k, "curve": "weak", "claim": "GKP26-thm1", "d": weak_d(cell.m, k)})
    return pl.DataFrame(table, schema_overrides={"d": pl.Float64})


def tables(profile: Profile, store: Store, workers: int, fresh: bool) -> dict[str, pl.DataFrame]:
    """Run every cell of a profile and derive all tables; `failed` has one row per failed cell."""
    kinds = (
        ("codes", profile.codes, scaling.measure),
        ("theory", profile.theory, theory),
        ("probes", profile.probes, best_probes),
        ("signals", profile.signals, signals),
        ("typical", profile.typical, typical_error),
        ("curves", profile.curves, error_curve),
    )
    settings = {"store": store, "workers": workers, "fresh": fresh}
    found = {name: run(cells, measure, **settings) for name, cells, measure in kinds}
    table = {name: outcome.table for name, outcome in found.items()}
    failed = [str(cell) for outcome in found.values() for cell in outcome.failed]
    critical = pl.concat(
        [
            _access.plain(scaling.crossings(table.pop("codes"))),
            _access.best(table["probes"], EPSES),
            _access.typical(table["typical"]),
            _access.l1(table["signals"], LEVELS, EPS),
        ],
        how="vertical_relaxed",
    )
    points = _access.points(critical, table["typical"], table["signals"], LEVELS, EPS)
    fitted = _access.law_table(_access.fits(critical, EPS))
    findings = _access.judge(critical, table["signals"], table["theory"])
    verdicts = _report.findings_table(findings)
    derived = {"critical": critical, "points": points, "laws": fitted, "verdict": verdicts}
    return {
        **table,
        **derived,
        "failed": pl.DataFrame({"cell": failed}, schema={"cell": pl.String}),
    }


def draw(
    table: dict[str, pl.DataFrame], folder: Path, suffixes: Sequence[str] = style.SUFFIXES
) -> list[Path]:
    """Draw the figure from tables alone: d against k at the largest and smallest m, and errors."""
    points, theory = table["points"], table["theory"]
    points = points.filter((pl.col("family") == "gaussian") & (pl.col("eps") == EPS))
    small, large = (int(m) for m in (points["m"].min(), points["m"].max()))  # pyright: ignore[reportArgumentType]
    with style.figure(style.DOUBLE_COLUMN, 4.6) as figure:
        grid = figure.add_gridspec(2, 2, width_ratios=(1.45, 1))
        for m, place in ((large, grid[:, 0]), (small, grid[0, 1])):
            ax, here = figure.add_subplot(place), pl.col("m") == m
            access_panels.critical_d(ax, points.filter(here), theory.filter(here), m)
            ax.set_title(f"$m={m}$ features, Gaussian codes")
        ax = figure.add_subplot(grid[1, 1])
        access_panels.errors(ax, table["curves"])
        k = table["curves"]["k"][0]
        ax.set_title(f"$m={small}$, $k={k}$")
        return style.save(figure, folder / "linear-vs-l1", suffixes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sweep of a profile, then print verdicts and write tables and the figure."""
    parser = _command.parser("experiments.linear_vs_l1", __doc__, PROFILES)
    parser.add_argument("--docs", type=Path, help="write the figure as PNG to this folder too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    store = Store(options.results / "cells")
    found = tables(PROFILES[options.profile], store, options.workers, options.fresh)
    failed = found.pop("failed")
    folder = options.results / f"linear-vs-l1-{options.profile}"
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = _report.write_tables(folder, found, origin) + draw(found, folder)
    if options.docs:
        written += draw(found, options.docs, suffixes=(".png",))
    _report.show_tables(_access.shown(found), [], written)
    return 1 if failed.height else 0


if __name__ == "__main__":
    sys.exit(main())
