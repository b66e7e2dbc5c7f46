"""Fit the scaling laws to measured dimensions, each law in its own form.

Every fit is a least squares of ln d, so that residuals are relative errors of d:
    ln d = ln c + ln form(m, k, eps) + residual,
with one constant c, or one per eps where the law leaves its dependence on eps open. A law's own
form is fitted, not a log-log slope: over k = 2..64 the slope of k^2/log(k+1) alone reads 1.62.
`exponent` s is the one-parameter check of the shape: ln d = ln c + s ln form; the law says s = 1.

All (k, eps) of one code share its randomness, so intervals resample whole codes (cluster
bootstrap). Information criteria count cells as if independent: compare laws by them, no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lcs.claims import CLAIMS

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Law:
    """A law d = c form(m, k, eps), and the claim that states it."""

    name: str
    claim: str
    form: Callable[[Any, Any, Any], Any]
    per_eps: bool = False  # the law's constant depends on eps in a way it does not state


def _law(name: str, claim: str, *, per_eps: bool = False) -> Law:
    form = CLAIMS[claim].form
    assert form is not None
    return Law(name, claim, form, per_eps)


LAWS = (
    _law("k² ln m / ε²", "GKP26-thm2"),
    _law("(2k/ε²) ln(m C(m−1,k) 2ᵏ)", "LCS-u0"),
    _law("(k²/ln k) ln(m/k)", "GKP26-thm3", per_eps=True),
    _law("k ln(m/k)", "GKP26-thm1", per_eps=True),
)
POWER_LAW = "kᵃ (ln m)ᵇ ε⁻ᶜ"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A fitted number with its bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A law held against a table: its constants, the shape check, and what is left over."""

    law: str
    claim: str | None
    constants: dict[str, Estimate]  # by eps, or under "all"
    exponents: dict[str, Estimate]  # {"s"} for a law; {"a", "b", "c"} for the power law
    residuals: Vector  # (n,) of ln d, in the order of the table
    rms: float  # of the residuals: 0.1 is 10 % in d
    aic: float
    bic: float


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows a fit may see, fixed before any is made."""

    k_least: int = 2
    d_least: int = 32  # below, the integer lattice of d shows
    resolution: float = 1.1  # d_sufficient/d_before at most


def select(table: pl.DataFrame, window: Window) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split a table of minimal dimensions into rows to fit and rows rejected with a `reason`.

    Parameters: table with columns k, d_sufficient, d_before, trivial; the window.
    Returns (kept, rejected); together they are the table.
    """
    d = pl.col("d_sufficient")
    reason = (
        pl.when(pl.col("trivial")).then(pl.lit("no crossing below d = m"))
        .when(pl.col("k") < window.k_least).then(pl.lit(f"k < {window.k_least}"))
        .when(d < window.d_least).then(pl.lit(f"d < {window.d_least}"))
        .when(d > window.resolution * pl.col("d_before"))
        .then(pl.lit(f"checkpoints further apart than a factor {window.resolution}"))
    )  # fmt: skip
    judged = table.with_columns(reason=reason)
    return (
        judged.filter(pl.col("reason").is_null()).drop("reason"),
        judged.filter(pl.col("reason").is_not_null()),
    )


def fit_law(
    table: pl.DataFrame,
    law: Law,
    *,
    rng: np.random.Generator,
    draws: int = 2000,
    confidence: float = 0.95,
) -> Fit:
    """Fit the constant of one law, and check its shape by a free exponent.

    Parameters: table with columns family, m, seed (the code), k, eps, d_sufficient; the law; draws
    of the bootstrap and the level of its intervals.
    Returns a `Fit`. Raises ValueError where the form is not a positive number, or too few rows.
    """
    form = np.asarray(law.form(*_columns(table, "m", "k", "eps")))
    if not np.all(form > 0):
        row = table.row(int(np.argmin(np.nan_to_num(form) > 0)), named=True)
        at = ", ".join(f"{name} = {row[name]}" for name in ("m", "k", "eps"))
        raise ValueError(f"{law.name} must be a positive number; it is not at {at}")
    groups = _columns(table, "eps")[0] if law.per_eps else np.zeros(table.height)
    levels, group = np.unique(groups, return_inverse=True)
    indicator = (group[:, None] == np.arange(levels.size)).astype(float)
    resample = _resampler(table, rng, draws)
    constants = _regress(table, indicator, np.log(form), resample, confidence)
    shape = _regress(
        table, np.column_stack([indicator, np.log(form)]), np.zeros(form.size), resample, confidence
    )
    names = [str(level) for level in levels.tolist()] if law.per_eps else ["all"]
    return Fit(
        law=law.name,
        claim=law.claim,
        constants={
            name: Estimate(*np.exp([e.value, e.low, e.high]).tolist())
            for name, e in zip(names, constants.estimates, strict=True)
        },
        exponents={"s": shape.estimates[-1]},
        residuals=constants.residuals,
        **constants.quality(),
    )


def fit_power(
    table: pl.DataFrame,
    *,
    rng: np.random.Generator,
    draws: int = 2000,
    confidence: float = 0.95,
) -> Fit:
    """Fit the free power law d = c k^a (ln m)^b eps^-c. Parameters and returns as `fit_law`."""
    m, k, eps = _columns(table, "m", "k", "eps")
    design = np.column_stack([np.ones(m.size), np.log(k), np.log(np.log(m)), -np.log(eps)])
    fit = _regress(table, design, np.zeros(m.size), _resampler(table, rng, draws), confidence)
    constant, *powers = fit.estimates
    return Fit(
        law=POWER_LAW,
        claim=None,
        constants={
            "all": Estimate(*np.exp([constant.value, constant.low, constant.high]).tolist())
        },
        exponents=dict(zip("abc", powers, strict=True)),
        residuals=fit.residuals,
        **fit.quality(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Regression:
    estimates: list[Estimate]
    residuals: Vector

    def quality(self) -> dict[str, float]:
        n, p = self.residuals.size, len(self.estimates)
        mean_square = float(np.mean(self.residuals**2))
        with np.errstate(divide="ignore"):
            fit = n * float(np.log(mean_square))  # -inf for a perfect fit
        return {"rms": mean_square**0.5, "aic": fit + 2 * p, "bic": fit + p * float(np.log(n))}


Resample = tuple[NDArray[np.intp], NDArray[np.int64]]


def _resampler(table: pl.DataFrame, rng: np.random.Generator, draws: int) -> Resample:
    """The code of each row, and how often each code appears in each bootstrap sample."""
    keys = [name for name in ("family", "m", "seed") if name in table.columns]
    code = table.select(pl.struct(keys).rank("dense")).to_series().to_numpy().astype(np.intp) - 1
    codes = int(code.max(initial=-1)) + 1
    if codes < 2:
        raise ValueError(f"a fit needs rows of at least 2 codes; got {codes}")
    return code, rng.multinomial(codes, np.full(codes, 1 / codes), draws)


def _regress(
    table: pl.DataFrame, design: Vector, offset: Vector, resample: Resample, confidence: float
) -> _Regression:
    """Least squares of ln d - offset on the design, with percentile intervals over the codes."""
    y = np.log(_columns(table, "d_sufficient")[0]) - offset
    beta, _, rank, _ = np.linalg.lstsq(design, y)
    if rank < design.shape[1]:
        raise ValueError(
            f"a fit of {design.shape[1]} parameters needs as many independent rows; got {rank}"
        )
    code, counts = resample
    # Each code enters the normal equations through its own small blocks: a sample reweights them.
    onehot = code == np.arange(counts.shape[1])[:, None]
    squares = np.einsum("cn,ni,nj->cij", onehot.astype(float), design, design, optimize=True)
    products = np.einsum("cn,ni,n->ci", onehot.astype(float), design, y, optimize=True)
    lefts = np.einsum("bc,cij->bij", counts, squares)
    rights = np.einsum("bc,ci->bi", counts, products)
    solvable = np.linalg.cond(lefts) < 1e12  # a sample may miss every code of one group
    samples = np.linalg.solve(lefts[solvable], rights[solvable][..., None])[..., 0]
    low, high = np.quantile(samples, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return _Regression(
        [Estimate(*map(float, triple)) for triple in zip(beta, low, high, strict=True)],
        y - design @ beta,
    )


def _columns(table: pl.DataFrame, *names: str) -> list[Vector]:
    return [table[name].to_numpy().astype(np.float64) for name in names]


def laws(
    table: pl.DataFrame, *, rng: np.random.Generator, chosen: Sequence[Law] = LAWS
) -> list[Fit]:
    """Fit every law and the free power law to one table, on the same rows."""
    return [fit_law(table, law, rng=rng) for law in chosen] + [fit_power(table, rng=rng)]
