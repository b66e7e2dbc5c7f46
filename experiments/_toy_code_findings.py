"""Claims on toy models as codes, held against the table of `toy_codes`."""

from math import comb

import polars as pl
from scipy.stats import binom

from lcs.findings import Finding

CHANCE = 1e-6  # of a share so far from its expectation, for one test
ROUNDING = 1e-9  # of the programmes behind best probes


def judge(measured: pl.DataFrame) -> list[Finding]:
    """Hold every claim against measured: one row per model and k."""
    one, two = (measured.filter(pl.col("k") == k) for k in (1, 2))
    crowded = pl.col("kept") > pl.col("m")
    paired = one.filter(crowded & (pl.col("pairs") > 0))
    twice = one.filter((pl.col("n") == 2 * pl.col("m")) & (pl.col("decay") == 1))
    written = pl.col("linear_written")
    off = pl.max_horizontal((written - pl.col(f"linear_{x}")).abs() for x in ("bias", "seen"))
    found = [
        _finding(
            "TMS-k1-two-m", "more than 2m features: a worst error above 0 at k = 1",
            one.filter(pl.col("kept") > 2 * pl.col("m")),
            pl.col("relu_proved") <= 0, "least worst error", -pl.col("relu"),
        ),
        _finding(
            "TMS-k1-two-m", "n = 2m of one importance end as m antipodal pairs", twice,
            pl.col("pairs") != pl.col("m"), "largest worst error at k = 1", pl.col("relu"),
        ),
        _finding(
            "TMS-k1-untied", "as many features, free output weights, m = 3: no error at k = 1",
            one.filter((pl.col("kept") > 2 * pl.col("m")) & (pl.col("m") >= 3)),
            (pl.col("untied") > ROUNDING) | (pl.col("relu_proved") <= 0),
            "largest error", pl.col("untied"),
        ),
        _finding(
            "TMS-no-guarantee", "more than m features: at k = 2 worse than the constant 1/2",
            two.filter(crowded), pl.col("relu_proved") <= 0.5, "least worst error",
            -pl.col("relu"),
        ),
        _finding(
            "TMS-best-bias", "the best bias is never worse than the model's own", measured,
            pl.col("best_bias") > pl.col("relu") + ROUNDING, "largest gain",
            pl.col("relu") - pl.col("best_bias"),
        ),
        _finding(
            "TMS-worst-case", "linear model on [0, 1]: as written, as computed, and seen", measured,
            off > ROUNDING, "largest difference", off,
        ),
        _finding(
            "LCS-affine-one-dimension", "no bias beats a constant where the bracket forbids it",
            measured.filter(pl.col("relu_least") > 0),
            pl.col("best_bias") < pl.col("relu_least") - ROUNDING, "least worst error",
            -pl.col("best_bias"),
        ),
        _finding(
            "LCS-collapse", "linear reading of W is within the proved bounds of its shape", one,
            (pl.col("alpha") < pl.col("alpha_least") - ROUNDING)
            | (pl.col("d_necessary") > pl.col("m")),
            "most dimensions m for one that suffices for the same error",
            pl.col("m") / pl.max_horizontal(1, pl.col("d_sufficient")),
        ),
        _finding(
            "TMS-trained-packing", "with antipodal pairs kept a packing reads better", paired,
            pl.col("alpha") <= pl.col("alpha_packed"), "least ratio of linear errors",
            -pl.col("alpha") / pl.col("alpha_packed"),
        ),
        _shares(measured),
    ]  # fmt: skip
    return [finding for finding in found if finding.tests]


def _finding(
    claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, quantity: str, extreme: pl.Expr
) -> Finding:
    """Count failures and find the largest extreme; a quantity called least comes in as negative."""
    if table.is_empty():
        return Finding(claim, says, 0, 0, quantity, float("nan"), "")
    judged = table.with_columns(failed=failed, extreme=extreme)
    first = judged.sort("extreme", descending=True, maintain_order=True).row(0, named=True)
    failures = int(judged["failed"].sum())
    value = abs(first["extreme"])
    return Finding(claim, says, judged.height, failures, quantity, value, _place(first))


def _shares(measured: pl.DataFrame) -> Finding:
    """The counts recovered by codes of m antipodal pairs against the share without a pair."""
    pairs = (pl.col("pairs") == pl.col("m")) & (pl.col("kept") == 2 * pl.col("m"))
    table = measured.filter(pairs)
    expected = [2**k * comb(m, k) / comb(2 * m, k) for m, k in table.select("m", "k").iter_rows()]
    table = table.with_columns(expected=pl.Series(expected, dtype=pl.Float64))
    seen = pl.col("l1_positive_trained")
    tails = [
        2 * min(binom.cdf(count, n, p), binom.sf(count - 1, n, p))
        for n, count, p in table.select(
            "trials", (seen * pl.col("trials")).round().cast(int), "expected"
        ).iter_rows()
    ]
    return _finding(
        "TMS-antipodal-code", "positive l1 recovers the share of supports without a pair",
        table.with_columns(tail=pl.Series(tails, dtype=pl.Float64)), pl.col("tail") < CHANCE,
        "largest difference of shares", (seen - pl.col("expected")).abs(),
    )  # fmt: skip


def _place(row: dict[str, object]) -> str:
    return f"n = {row['n']}, m = {row['m']}, p = {row['density']}, {row['how']}, k = {row['k']}"
