"""From the stored cells of `linear_vs_l1` to its tables: critical d, points, laws, verdicts."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from experiments._report import Shown, findings
from lcs.findings import Finding
from lcs.linear.seen import order_interval
from lcs.runs.rng import generator
from lcs.scaling import LAWS as KNOWN
from lcs.scaling import Fit, Window, fit_law, select

WINDOW = Window(k_least=2, d_least=16, resolution=1.1)
ROOM = 4  # a fit sees d <= m/ROOM: nearer to m every d is held down by the identity
CONFIDENCE = 0.95
FITTED = {"family": pl.String, "m": pl.Int64, "access": pl.String, "text": pl.String}
WORST = ("B = cA", "best B")
CODE = ["family", "m", "seed"]
COLUMNS = ["access", *CODE, "k", "eps", "d_before", "d_sufficient", "trivial"]
DRAWN = ["access", "family", "m", "k", "eps", "d_low", "d_sufficient", "d_high", "trivial"]
LAWS = {
    **dict.fromkeys(("family", "access", "law", "claim"), pl.String),
    **dict.fromkeys(("m", "rows"), pl.Int64),
    **dict.fromkeys(("constant", "low", "high", "s", "s_low", "s_high", "rms", "aic"), pl.Float64),
    "preferred": pl.Boolean,
}


def plain(found: pl.DataFrame) -> pl.DataFrame:
    """The critical d of B = cA on every z, from the crossings of `experiments.scaling`."""
    return found.filter(pl.col("probes") == "cA").with_columns(access=pl.lit("B = cA"))[COLUMNS]


def best(probes: pl.DataFrame, epses: Sequence[float]) -> pl.DataFrame:
    """The critical d of the best probes at every (k, eps) with k/eps measured."""
    k = pl.col("ratio") * pl.col("eps")
    each = [_known(probes).with_columns(eps=pl.lit(eps), access=pl.lit("best B")) for eps in epses]
    return pl.concat(each).with_columns(k=k.cast(pl.Int64)).filter(k == pl.col("k"))[COLUMNS]


def typical(errors: pl.DataFrame) -> pl.DataFrame:
    """The critical d of B = cA on a share of the signals, one row per code, k and share."""
    return errors.with_columns(access=_share("B = cA"))[COLUMNS]


def l1(signals: pl.DataFrame, shares: Sequence[float], eps: float) -> pl.DataFrame:
    """The d at which l1 recovers a share of the signals, one row per code, k and share."""
    codes = _known(signals).group_by(*CODE, "k", maintain_order=True)
    each = [
        codes.agg(
            pl.col("d_before", "d_sufficient").quantile(share, "higher").cast(pl.Int64),
            beyond=(1 - share) * pl.len(),
        ).with_columns(share=pl.lit(share))
        for share in shares
    ]
    # With less than one signal beyond it, a quantile would be the largest one seen.
    return (
        pl.concat(each)
        .filter(pl.col("beyond") >= 1)
        .with_columns(
            access=_share("l1"), eps=pl.lit(eps), trivial=pl.col("d_sufficient") >= pl.col("m")
        )[COLUMNS]
    )


def _known(table: pl.DataFrame) -> pl.DataFrame:
    """d_sufficient = m, the identity, where the rows drawn were not enough."""
    filled = pl.col("d_sufficient").fill_null(pl.col("m"))
    return table.with_columns(trivial=pl.col("d_sufficient").is_null(), d_sufficient=filled)


def _share(access: str) -> pl.Expr:
    percent = (100 * pl.col("share")).round(0).cast(pl.Int64).cast(pl.String)
    return pl.lit(f"{access}, ") + percent + pl.lit(" % of z")


def points(
    critical: pl.DataFrame,
    errors: pl.DataFrame,
    signals: pl.DataFrame,
    shares: Sequence[float],
    eps: float,
) -> pl.DataFrame:
    """One row per access, family, m, k and eps: d with its interval, as it is drawn.

    Worst cases: median and range over the codes. Shares of the signals: for B = cA the median over
    the codes of d, between the least and greatest end of their intervals; for l1 see `pooled`.
    """
    worst = critical.filter(pl.col("access").is_in(WORST)).with_columns(
        d_low=pl.col("d_before") + 1, d_high=pl.col("d_sufficient")
    )
    each = pl.concat(
        [worst[DRAWN], errors.with_columns(access=_share("B = cA"))[DRAWN]], how="vertical_relaxed"
    )
    codes = each.group_by(DRAWN[:5], maintain_order=True).agg(
        d_low=pl.col("d_low").min().cast(pl.Float64),
        d=pl.col("d_sufficient").median(),
        d_high=pl.col("d_high").max().cast(pl.Float64),
        trivial=pl.col("trivial").any(),
        undecided=pl.lit(0, pl.Int64),
    )
    return pl.concat([codes, pooled(signals, shares, eps)[codes.columns]])


def pooled(signals: pl.DataFrame, shares: Sequence[float], eps: float) -> pl.DataFrame:
    """Quantiles of the critical d of l1 over the signals of all codes, with binomial intervals.

    What is undecided widens them: low ends come from d_before + 1, high ends from d_sufficient.
    The interval is for these codes, and conservative: counts over strata vary less than binomial
    ones (Hoeffding 1956).
    """
    table = []
    for (family, m, k), cell in _known(signals).group_by("family", "m", "k", maintain_order=True):
        least = np.sort(cell["d_before"].to_numpy() + 1.0)
        most = np.sort(cell["d_sufficient"].to_numpy().astype(float))
        for share in shares:
            low = max(1.0, order_interval(least, share, CONFIDENCE)[0])
            high = min(float(m), order_interval(most, share, CONFIDENCE)[1])  # pyright: ignore[reportArgumentType]
            d = float(np.quantile(most, share, method="higher"))
            table.append(
                {"share": share, "family": family, "m": m, "k": k, "eps": eps, "d_low": low, "d": d}
                | {"d_high": high, "trivial": d >= m, "undecided": int(cell["undecided"].sum())}  # pyright: ignore[reportOperatorIssue]
            )
    return pl.DataFrame(table).with_columns(access=_share("l1"))


def fits(critical: pl.DataFrame, eps: float) -> dict[tuple[str, int, str], list[Fit]]:
    """Every law, for each family, m and access with at least 2 codes and 3 sparsities inside."""
    inside = (pl.col("eps") == eps) & (ROOM * pl.col("d_sufficient") <= pl.col("m"))
    kept, _ = select(critical.filter(inside), WINDOW)
    found = {}
    for (family, m, access), rows in kept.group_by("family", "m", "access", maintain_order=True):
        if rows["k"].n_unique() >= 3 and rows["seed"].n_unique() >= 2:
            key = str(family), int(m), str(access)  # pyright: ignore[reportArgumentType]
            axes = dict(zip(("family", "m", "fit"), key, strict=True))
            rng = generator(experiment="linear_vs_l1", **axes)
            found[key] = [fit_law(rows, law, rng=rng) for law in KNOWN]
    return found


def law_table(found: dict[tuple[str, int, str], list[Fit]]) -> pl.DataFrame:
    """One row per fit: constant, free exponent s, residuals; preferred: the law of least AIC."""
    table = []
    for (family, m, access), each in found.items():
        least = min(fit.aic for fit in each)
        for fit in each:
            (constant,), s = fit.constants.values(), fit.exponents["s"]
            row = {"family": family, "m": m, "access": access, "law": fit.law, "claim": fit.claim}
            row |= {"constant": constant.value, "low": constant.low, "high": constant.high}
            row |= {"s": s.value, "s_low": s.low, "s_high": s.high}
            row |= {"rms": fit.rms, "aic": fit.aic, "rows": fit.residuals.size}
            table.append(row | {"preferred": fit.aic == least})
    return pl.DataFrame(table, schema=LAWS)


def fitted_curves(fitted: pl.DataFrame, ks: Sequence[float], eps: float) -> pl.DataFrame:
    """The preferred law of each column with its constant, along ks and as text."""
    forms = {law.name: law.form for law in KNOWN}
    table = [
        {"family": row["family"], "m": row["m"], "access": row["access"]}
        | {"text": f"{row['constant']:.2f} {row['law']}", "k": k}
        | {"d": row["constant"] * float(forms[row["law"]](row["m"], k, eps))}
        for row in fitted.filter(pl.col("preferred")).iter_rows(named=True)
        for k in ks
    ]
    return pl.DataFrame(table, schema={**FITTED, "k": pl.Float64, "d": pl.Float64})


def judge(
    critical: pl.DataFrame, signals: pl.DataFrame, theory: pl.DataFrame, eps: float
) -> list[Finding]:
    """Hold certificates and sufficient d against every signal, bounds against every linear code."""
    here = critical.filter(pl.col("eps") == eps)
    certified = here.filter(pl.col("access") == "best B")
    tested = signals.join(
        certified.select(*CODE, "k", certified="d_sufficient"), on=[*CODE, "k"]
    ).with_columns(share=pl.col("d_sufficient") / pl.col("certified"))
    linear = here.filter(pl.col("access").is_in(WORST) & ~pl.col("trivial"))
    bound = theory.filter(pl.col("curve") == "necessary").select("m", "k", bound="d")
    linear = linear.join(bound, on=["m", "k"]).with_columns(
        share=pl.col("bound") / pl.col("d_sufficient")
    )
    d, k, m = pl.col("d_sufficient"), pl.col("k"), pl.col("m")
    welch = certified.filter(~pl.col("trivial")).with_columns(
        share=(2 * k - 1) ** 2 * (m - d) / (d * (m - 1))
    )
    enough = theory.filter(pl.col("curve") == "every").select("m", "k", enough="d")
    drawn = signals.filter(pl.col("family") == "gaussian").join(enough, on=["m", "k"])
    drawn = drawn.filter(pl.col("enough") < m).with_columns(share=d / pl.col("enough"))
    cases = (
        (
            "LCS-ceiling",
            "the best probes certify recovery of every z only where d(m - 1)/(m - d) > (2k - 1)²",
            (welch, pl.col("share") >= 1),
            "largest (2k - 1)²(m - d)/(d(m - 1))",
        ),
        (
            "GKP26-thm1",
            "l1 recovers every signal tried from as many Gaussian rows as are enough for every z",
            (drawn, pl.col("d_before") >= pl.col("enough")),
            "largest critical d of a signal over that d",
        ),
        (
            "CS-k2-versus-k",
            "linear access to every z needs, up to d = m/2, a multiple of what is enough for l1 on "
            "every z that grows with k",
            (_growth(linear, enough), pl.col("share") <= pl.col("last")),
            "largest multiple",
        ),
        (
            "LCS-jn-rows",
            "where k α₁ < 1/2, l1 recovers every signal tried",
            (tested, pl.col("d_before") >= pl.col("certified")),
            "largest critical d of a signal over the certified d",
        ),
        (
            "CS-monotone-in-d",
            "no signal is lost with a quarter more rows, or recovered with a quarter fewer",
            (signals.with_columns(share=pl.col("undecided") / 1), pl.col("falls")),
            "numbers of rows left undecided, at most",
        ),
        (
            "LCS-rank-l1",
            "no linear access to error < 1/2, hence no k α₁ < 1/2, below the proved bound",
            (linear, pl.col("d_sufficient") < pl.col("bound")),
            "largest bound over measured d",
        ),
    )
    return [_finding(claim, says, *test, of) for claim, says, test, of in cases if test[0].height]


def _growth(linear: pl.DataFrame, enough: pl.DataFrame) -> pl.DataFrame:
    """The multiple, with that of the sparsity before; beyond m/2 the identity holds d down."""
    code, d = ["access", *CODE], pl.col("d_sufficient")
    both = linear.join(enough, on=["m", "k"]).filter(d <= pl.col("m") / 2)
    multiples = both.with_columns(share=d / pl.col("enough")).sort(*code, "k")
    return multiples.with_columns(last=pl.col("share").shift(1).over(code)).drop_nulls("last")


def _finding(claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, quantity: str) -> Finding:
    first = table.sort("share", descending=True, nulls_last=True).row(0, named=True)
    return Finding(
        claim=claim,
        says=says,
        tests=table.height,
        failures=table.filter(failed).height,
        quantity=quantity,
        value=first["share"],
        at=f"{first['family']}, m = {first['m']}, seed {first['seed']}, k = {first['k']}",
    )


def verdict_rows(verdicts: pl.DataFrame) -> Shown:
    """The findings, as `show_tables` takes them."""
    found = [Finding(**row) for row in verdicts.drop("verdict").iter_rows(named=True)]
    return findings("Claims on linear and l1 access", found)


def law_rows(fitted: pl.DataFrame) -> Shown:
    """The laws held against each column, the preferred one first, as `show_tables` takes them."""
    heads = ["access", "codes", "law", "constant (95 %)", "exponent (95 %)", "rms", "ΔAIC"]
    delta = pl.col("aic") - pl.col("aic").filter(pl.col("preferred")).first().over(
        "family", "m", "access"
    )
    ranked = fitted.with_columns(delta=delta)
    rows = [
        [
            row["access"],
            f"{row['family']}, m = {row['m']}",
            row["law"],
            f"{row['constant']:.3g} [{row['low']:.3g}, {row['high']:.3g}]",
            f"{row['s']:.2f} [{row['s_low']:.2f}, {row['s_high']:.2f}]",
            f"{100 * row['rms']:.1f} %",
            f"{row['delta']:.0f}",
        ]
        for row in ranked.sort("family", "m", "access", "delta").iter_rows(named=True)
    ]
    return f"Laws on k ≥ {WINDOW.k_least}, {WINDOW.d_least} ≤ d ≤ m/{ROOM}", heads, rows
