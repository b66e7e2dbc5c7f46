"""From the stored cells of `linear_vs_l1` to its tables: critical d, points, laws, verdicts."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from experiments._report import Shown
from lcs.findings import Finding
from lcs.linear.seen import order_interval
from lcs.runs.rng import generator
from lcs.scaling import Fit, Window, laws, select

WINDOW = Window(k_least=2, d_least=16, resolution=1.1)
ROOM = 4  # a fit sees d <= m/ROOM: nearer to m every d is held down by the identity
CONFIDENCE = 0.95
LAWS = {
    **dict.fromkeys(("family", "access", "law", "claim"), pl.String),
    **dict.fromkeys(("m", "rows"), pl.Int64),
    **dict.fromkeys(("constant", "low", "high", "s", "s_low", "s_high", "rms", "aic"), pl.Float64),
    "preferred": pl.Boolean,
}
WORST = ("B = cA", "best B")
CODE = ["family", "m", "seed"]
COLUMNS = ["access", *CODE, "k", "eps", "d_before", "d_sufficient", "trivial"]


def plain(found: pl.DataFrame) -> pl.DataFrame:
    """The critical d of B = cA on every z, from the crossings of `experiments.scaling`."""
    return found.filter(pl.col("probes") == "cA").with_columns(access=pl.lit("B = cA"))[COLUMNS]


def best(probes: pl.DataFrame, epses: Sequence[float]) -> pl.DataFrame:
    """The critical d of the best probes at every (k, eps) with k/eps measured."""
    return pl.concat(
        _known(probes).with_columns(
            access=pl.lit("best B"), eps=pl.lit(eps), k=(pl.col("ratio") * eps).cast(pl.Int64)
        )[COLUMNS]
        for eps in epses
    )


def typical(errors: pl.DataFrame) -> pl.DataFrame:
    """The critical d of B = cA on a share of the signals, one row per code, k and share."""
    return errors.with_columns(access=_share("B = cA"))[COLUMNS]


def l1(signals: pl.DataFrame, shares: Sequence[float], eps: float) -> pl.DataFrame:
    """The d at which l1 recovers a share of the signals, one row per code, k and share."""
    known = _known(signals).sort("d_sufficient")
    codes = known.group_by(*CODE, "k", maintain_order=True)
    return pl.concat(
        codes.agg(
            pl.col("d_sufficient").quantile(share, "higher").cast(pl.Int64),
            pl.col("d_before").quantile(share, "higher").cast(pl.Int64),
            trivial=pl.col("d_sufficient").quantile(share, "higher") >= pl.col("m").first(),
        ).with_columns(share=pl.lit(share), eps=pl.lit(eps)).with_columns(access=_share("l1"))[COLUMNS]
        for share in shares
    )  # fmt: skip


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
    ends = errors.with_columns(access=_share("B = cA"))
    columns = ["access", "family", "m", "k", "eps", "d_low", "d_sufficient", "d_high", "trivial"]
    drawn = pl.concat([table.select(columns) for table in (worst, ends)], how="vertical_relaxed")
    codes = drawn.group_by(columns[:5], maintain_order=True).agg(
        d_low=pl.col("d_low").min().cast(pl.Float64),
        d=pl.col("d_sufficient").median(),
        d_high=pl.col("d_high").max().cast(pl.Float64),
        trivial=pl.col("trivial").any(),
        undecided=pl.lit(0, pl.Int64),
    )
    return pl.concat([codes, pooled(signals, shares, eps).select(codes.columns)])


def pooled(signals: pl.DataFrame, shares: Sequence[float], eps: float) -> pl.DataFrame:
    """Quantiles of the critical d of l1 over the signals of all codes, with binomial intervals.

    What is undecided widens them: low ends come from d_before + 1, high ends from d_sufficient.
    The signals of one code share it: the interval is for these codes, and conservative, since
    counts over strata vary less than binomial ones (Hoeffding 1956).
    """
    table = []
    for (family, m, k), cell in _known(signals).group_by("family", "m", "k", maintain_order=True):
        low = np.sort(cell["d_before"].to_numpy() + 1.0)
        high = np.sort(cell["d_sufficient"].to_numpy().astype(float))
        for share in shares:
            ends = (
                order_interval(low, share, CONFIDENCE)[0],
                order_interval(high, share, CONFIDENCE)[1],
            )
            d = float(np.quantile(high, share, method="higher"))
            table.append(
                {"share": share, "family": family, "m": m, "k": k, "eps": eps}
                | {"d_low": max(1.0, ends[0]), "d": d, "d_high": min(float(m), ends[1])}
                | {
                    "trivial": d >= m,
                    "signals": len(high),
                    "undecided": int(cell["undecided"].sum()),
                }
            )
    return pl.DataFrame(table).with_columns(access=_share("l1"))


def fits(critical: pl.DataFrame, eps: float) -> dict[tuple[str, int, str], list[Fit]]:
    """Every law and the free power law, for each family, m and access with enough rows."""
    inside = critical.filter(
        (pl.col("eps") == eps) & (ROOM * pl.col("d_sufficient") <= pl.col("m"))
    )
    kept, _ = select(inside, WINDOW)
    found = {}
    for (family, m, access), rows in kept.group_by("family", "m", "access", maintain_order=True):
        if rows["k"].n_unique() >= 3 and rows["seed"].n_unique() >= 2:
            rng = generator(
                experiment="linear_vs_l1", fit=str(access), family=str(family), m=int(m)
            )
            found[str(family), int(m), str(access)] = laws(rows, rng=rng)
    return found


def law_table(found: dict[tuple[str, int, str], list[Fit]]) -> pl.DataFrame:
    """One row per fit: constant, free exponent, residuals, and whether its law is preferred."""
    table = []
    for (family, m, access), each in found.items():
        least = min(fit.aic for fit in each if fit.claim)
        for fit in each:
            (constant,), shape = fit.constants.values(), fit.exponents.get("s")
            table.append(
                {"family": family, "m": m, "access": access, "law": fit.law, "claim": fit.claim}
                | {"constant": constant.value, "low": constant.low, "high": constant.high}
                | {"s": shape and shape.value, "s_low": shape and shape.low}
                | {"s_high": shape and shape.high, "rms": fit.rms, "aic": fit.aic}
                | {
                    "rows": fit.residuals.size,
                    "preferred": fit.claim is not None and fit.aic == least,
                }
            )
    return pl.DataFrame(table, schema=LAWS, orient="row")


def judge(critical: pl.DataFrame, signals: pl.DataFrame, theory: pl.DataFrame) -> list[Finding]:
    """Hold the certificate against every signal, and the lower bound against every linear code."""
    certified = critical.filter((pl.col("access") == "best B") & (pl.col("eps") == 0.5))
    tested = signals.join(
        certified.select(*CODE, "k", certified="d_sufficient"), on=[*CODE, "k"]
    ).with_columns(share=pl.col("d_sufficient") / pl.col("certified"))
    linear = critical.filter(
        pl.col("access").is_in(WORST) & (pl.col("eps") == 0.5) & ~pl.col("trivial")
    ).join(theory.filter(pl.col("curve") == "necessary").select("m", "k", "d"), on=["m", "k"])
    linear = linear.with_columns(share=pl.col("d") / pl.col("d_sufficient"))
    return [
        _finding(
            "LCS-jn-rows",
            "from k α₁ < 1/2 on, l1 recovers every signal tried",
            tested,
            pl.col("d_before") >= pl.col("certified"),
            "largest critical d of a signal over the certified d",
        ),
        _finding(
            "LCS-rank-l1",
            "no linear access at error < 1/2, nor certificate, below the proved bound",
            linear,
            pl.col("d_sufficient") < pl.col("d"),
            "largest bound over measured d",
        ),
    ]


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


def shown(table: dict[str, pl.DataFrame]) -> list[Shown]:
    """The tables to print: verdicts, and the law that each measured column prefers."""
    verdicts = [
        [row["claim"], row["says"], f"{row['verdict']} ({row['failures']} of {row['tests']} fail)"]
        + [f"{row['quantity']}: {row['value']:.4g}", row["at"]]
        for row in table["verdict"].iter_rows(named=True)
    ]
    laws_ = [
        [row["access"], f"{row['family']}, {row['m']}", row["law"], f"{row['constant']:.3g}"]
        + [f"{row['s']:.2f} [{row['s_low']:.2f}, {row['s_high']:.2f}]", f"{100 * row['rms']:.1f} %"]
        + [str(row["rows"])]
        for row in table["laws"].filter(pl.col("preferred")).iter_rows(named=True)
    ]
    return [
        ("Claims", ["claim", "says", "verdict", "extreme", "at"], verdicts),
        (
            "Preferred laws",
            ["access", "code, m", "law", "constant", "exponent", "rms", "rows"],
            laws_,
        ),
    ]
