"""Claims on what toy models keep, held against the stacks, and one line of text per model."""

import polars as pl

from lcs.findings import Finding

POSITIVE = 0.05  # inner products above this are positive interference; descents leave 1e-3
READ = 0.02  # of the density: 1/25 of the p/2 that a bias is held against, for flat directions
CLOSE = 1e-3  # of the linear optimum: a hundredth of what leaving out another feature costs
PAIRED = 0.1  # density down to which the most important features stay alone


def judge(models: pl.DataFrame) -> list[Finding]:
    """Hold the claims on what models keep against the stack: `models` as `summary` returns."""
    linear, relu = (models.filter(pl.col("model") == name) for name in ("linear", "relu"))
    best = pl.col("source") == "best"
    wide = (pl.col("n") == 20) & best  # the stack of the talk
    top = (pl.col("kept") == pl.col("m")) & pl.col("top")
    gap = (pl.col("linear") - 1).abs()
    paired = 2 * pl.col("pairs").list.len() + pl.col("alone") == pl.col("kept")
    split = ~paired | (pl.col("alone") == 0) | (pl.col("pairs").list.len() == 0)
    middle, rare = pl.col("density").is_between(0.02, 0.5), pl.col("density") <= 0.02
    signs = (pl.col("interference") > POSITIVE) & (pl.col("lowest") < -POSITIVE)
    shared = (pl.col("alone") == 0) & signs
    cases = [
        ("TMS-linear-top-m", "the m most important are kept, at the least loss", linear,
         ~top | (best & (gap > CLOSE)), "largest entry of WᵀW off the identity", "off"),
        ("TMS-bias-expected-value", "b = 0 where kept, p/2 elsewhere", linear.filter(best),
         pl.col("extreme") > READ, "largest deviation over p", "extreme"),
        ("TMS-relu-dense", "p = 1: top m alone, at the loss of the linear model",
         relu.filter(wide & (pl.col("density") == 1)),
         ~top | (pl.col("alone") != pl.col("m")) | (gap > CLOSE), "loss over linear", "linear"),
        ("TMS-antipodal", "p = 0.3 .. 0.03: pairs, the most important features alone, in the talk",
         relu.filter(wide & middle), split, "largest inner product of two kept", "interference"),
        ("TMS-antipodal", "p = 0.3, 0.1: pairs, the most important alone, as corrected",
         relu.filter(wide & middle & (pl.col("density") >= PAIRED)), split,
         "largest inner product of two kept", "interference"),
        ("TMS-all-superposed", "p ≤ 0.01: none alone, positive interference, negative biases",
         relu.filter(wide & rare), ~shared, "largest inner product of two kept", "interference"),
        ("TMS-all-superposed", "p ≤ 0.01: no antipodal pair is left, in the talk",
         relu.filter(wide & rare), pl.col("pairs").list.len() > 0, "most features kept", "kept"),
    ]  # fmt: skip
    return [_finding(*case) for case in cases if case[2].height]


def _finding(
    claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, quantity: str, extreme: str
) -> Finding:
    first = table.sort(extreme, descending=True, maintain_order=True).row(0, named=True)
    return Finding(
        claim=claim,
        says=says,
        tests=table.height,
        failures=table.filter(failed).height,
        quantity=quantity,
        value=float(first[extreme]),
        at=f"n = {first['n']}, p = {first['density']:g}, {first['source']}",
    )


_PLACE, _SEEN = ["model", "1-S", "source"], ["kept", "alone", "antipodal pairs"]
HEADS = [*_PLACE, *_SEEN, "WᵢWⱼ ≤", "b ≥", "loss/linear", "within 1 %"]


def lines(models: pl.DataFrame) -> list[list[str]]:
    """One line of text per model."""
    return [
        [
            f"{row['model']} {row['n']}-{row['m']}",
            f"{row['density']:.3g}",
            row["source"],
            str(row["kept"]),
            str(row["alone"]),
            " ".join(row["pairs"]),
            f"{row['interference']:.2f}",
            f"{row['lowest']:.2f}",
            f"{row['linear']:.4f}",
            f"{100 * row['reached']:.0f} %",
        ]
        for row in models.iter_rows(named=True)
    ]
