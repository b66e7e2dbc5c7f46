"""The cells of `linear_vs_l1`, and what is measured of each: one pure function per question.

Signals have k entries +-1 on a random support. Best probes and l1 take the raw rows of a nested
code, so that its kernels are nested; B = cA has columns of length 1 at every d.
"""

from bisect import bisect_left
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from experiments import scaling
from lcs.bounds.gordon import u3
from lcs.bounds.lower import best_lower, welch
from lcs.bounds.recovery import l1_sufficient_d
from lcs.bounds.upper import u0_exact
from lcs.codes.matrix import Matrix
from lcs.codes.random import Family, unit_columns
from lcs.l1.basis_pursuit import Status, basis_pursuit
from lcs.l1.critical import CriticalRows, critical_d
from lcs.l1.decision import Verdict, recovers
from lcs.l1.weak_curve import weak_dimension
from lcs.linear.critical import critical_d_probes
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.linear.seen import error_seen, summary
from lcs.runs.rng import generator

EPS, EPSES = 0.5, (0.5, 0.25)  # of linear access; at 1/2 the best probes certify l1
LEVELS = (0.5, 0.99)  # of the signals
QUANTILES = {"q50": 0.5, "q99": 0.99}
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)  # c of B = cA on random signals: the best on a pilot is taken
PILOT = 100
WEAK = "CS-dt-weak"


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
    """The critical d of l1 on random signals of one sparsity, and how many d were undecided.

    falls: whether rows further away, a quarter fewer or more, are decided the other way.
    """
    most = min(cell.m - 1, 2 * round(weak_dimension(cell.m, cell.k)) + 64)
    rng = generator(experiment="linear_vs_l1", **asdict(cell))
    R, drawn = rows(cell, most), _signals(cell.m, cell.k, cell.draws, rng)
    found = [critical_d(R, S, s) for S, s in zip(*drawn, strict=True)]
    table = [
        {"d_before": one.d_before, "d_sufficient": one.d_sufficient}
        | {"undecided": len(one.undecided), "falls": falls(R, S, s, one)}
        for S, s, one in zip(*drawn, found, strict=True)
    ]
    return pl.DataFrame(table, schema_overrides={"d_sufficient": pl.Int64})


def falls(R: Matrix, S: NDArray[np.intp], s: NDArray[np.float64], rows: CriticalRows) -> bool:
    """Whether more rows lose what fewer recover: decided anew a quarter of the way off."""
    fewer = rows.d_before - rows.d_before // 4
    more = len(R) if rows.d_sufficient is None else min(len(R), rows.d_sufficient * 5 // 4)
    low, high = (recovers(R[:d], S, s).verdict for d in (max(1, fewer), more))
    lost = rows.d_sufficient is not None and high is Verdict.NOT_RECOVERED
    return lost or (rows.d_before > 0 and low is Verdict.RECOVERED)


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
        "l1": {"rms": None, **_statistics(l1)},
    }
    unsolved = sum(one.status is not Status.SOLVED for one in pursued)
    rows_ = [{"access": name, **seen[name], "worst": worst[name]} for name in seen]
    return pl.DataFrame(
        rows_, schema_overrides={"worst": pl.Float64, "rms": pl.Float64}
    ).with_columns(unsolved=pl.when(pl.col("access") == "l1").then(unsolved).otherwise(0))


def _linear(A: Matrix, B: Matrix, Z: Matrix) -> dict[str, float]:
    """Each number about ||c B^T A z - z||_inf at the c with the least one on the pilot.

    And, exactly, the least root mean square over c, z and features: E z z^T = (k/m) I makes it
    sqrt(k) ||c X - I||_F/m, X = B^T A, least at c = tr X/||X||_F^2.
    """
    read = (Z @ A.T) @ B
    X, k, m = B.T @ A, np.count_nonzero(Z[0]), Z.shape[1]
    rest = m - np.trace(X) ** 2 / max(np.sum(X**2), np.finfo(float).tiny)
    scales = (*SCALES, 0.4, 0.2, 0.0)
    errors = {c: np.max(np.abs(c * read - Z), axis=1) for c in scales}
    pilots = {c: _statistics(errors[c][:PILOT]) for c in scales}
    found = {"rms": float(np.sqrt(k * max(rest, 0.0))) / m}
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
        found = {"necessary": best_lower(*point), "ceiling": welch(*point)}
        found |= {"u0": u0_exact(*point), "u3": u3(*point), "every": l1_sufficient_d(cell.m, k)}
        table += [{"k": k, "curve": n, "claim": b.claim, "d": b.d} for n, b in found.items()]
        table.append({"k": k, "curve": "weak", "claim": WEAK, "d": weak_dimension(cell.m, k)})
    return pl.DataFrame(table, schema_overrides={"d": pl.Float64})
