"""Counted recoveries held against exact probabilities: many intervals and counts, one test each.

Of n intervals at 95 % some miss although all is well: their number is binomial. Counts x of n
trials at known p have sum (x - n p)^2/(n p (1 - p)) with mean the number of points, chi-squared
to good approximation where n p and n (1 - p) are not small. Neither test was fitted to anything.
"""

import polars as pl
from scipy.special import bdtrc, chdtrc

from lcs.findings import Finding

LEVEL = 1e-3  # a joint test that a right theory fails more rarely than this counts as a failure
EXPECTED = 5.0  # of successes and of failures, for the chi-squared law


def judge_half_points(fits: pl.DataFrame, *, confidence: float = 0.95) -> Finding:
    """Hold the intervals of measured half points against the exact ones, jointly.

    Parameters: fits, one row per fit (d, m): low, high, exact; the level of the intervals.
    Fails where so many misses or more have probability below LEVEL.
    """
    n = fits.height
    held = (pl.col("low") <= pl.col("exact")) & (pl.col("exact") <= pl.col("high"))
    missed = fits.filter(~held | pl.col("low").is_nan() | pl.col("high").is_nan())
    chance = float(bdtrc(missed.height - 1, n, 1 - confidence)) if missed.height else 1.0
    where = ", ".join(f"d = {d}" for d in missed["d"]) or "none"
    return Finding(
        claim="CS-dt-finite-size",
        says=f"{100 * confidence:g} % intervals of k50 hold the exact one, but for chance",
        tests=n,
        failures=missed.height if chance < LEVEL else 0,
        quantity=f"misses ({n * (1 - confidence):.1f} expected), P(so many) = {chance:.2g}",
        value=missed.height,
        at=where,
    )


def judge_counts(counts: pl.DataFrame) -> Finding:
    """Hold counted recoveries against their exact probabilities, all points together.

    Parameters: counts, one row per point (d, m, k): recovered, undecided, trials, exact. Points
    where fewer than EXPECTED successes or failures are expected are left out. An undecided trial
    counts as what brings its point nearer to the theory.
    """
    expected = pl.col("trials") * pl.col("exact")
    variance = expected * (1 - pl.col("exact"))
    nearest = expected.clip(pl.col("recovered"), pl.col("recovered") + pl.col("undecided"))
    judged = counts.filter((expected >= EXPECTED) & (pl.col("trials") - expected >= EXPECTED))
    judged = judged.with_columns(z=(nearest - expected) / variance.sqrt())
    n, statistic = judged.height, float((judged["z"] ** 2).sum())
    chance = float(chdtrc(n, statistic)) if n else 1.0
    worst = judged.sort(pl.col("z").abs()).tail(1)
    at = "".join(f"worst: d = {r['d']}, k = {r['k']}, z = {r['z']:+.1f}" for r in worst.to_dicts())
    return Finding(
        claim="CS-dt-finite-size",
        says="counted recoveries have the exact probabilities",
        tests=n,
        failures=int(chance < LEVEL),
        quantity=f"χ² ({judged['trials'].sum()} decisions), P = {chance:.2g}",
        value=statistic,
        at=at,
    )


def judge_offsets(offsets: pl.DataFrame) -> Finding:
    """Hold the asymptotic curve against exact half points: their distance must fall with m.

    Parameters: offsets, one row per (delta, m): offset, k50/d less the curve's rho. Fails at every
    step to a larger m on which the distance does not fall.
    """
    rows = offsets.sort("delta", "m").with_columns(
        ratio=(pl.col("offset").shift() / pl.col("offset")).abs().over("delta"),
        growth=(pl.col("m") / pl.col("m").shift()).over("delta"),
    )
    steps = rows.drop_nulls("ratio")
    least = steps.sort(pl.col("ratio") / pl.col("growth")).row(0, named=True)
    return Finding(
        claim="CS-dt-weak",
        says="exact half points approach the curve like 1/m",
        tests=steps.height,
        failures=steps.filter(~(pl.col("ratio") > 1)).height,
        quantity=f"least fall of the distance, m growing {least['growth']:.3g}-fold",
        value=least["ratio"],
        at=f"d/m = {least['delta']}, m = {least['m']}",
    )
