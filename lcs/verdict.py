"""Verdicts: hold tables of bounds against tables of measured codes.

A verdict is computed from stored tables, never typed: "holds" or "violated", with the number of
tests, of failures, and the place where the bound came closest to failing.
"""

import numpy as np
import polars as pl

from lcs.claims import Claim


def judge_lower(found: pl.DataFrame, bound: pl.DataFrame) -> pl.DataFrame:
    """Hold every lower bound against every code: one with fewer dimensions would refute it.

    Parameters: found, a table of crossings (m, k, eps, d_sufficient, trivial); bound, a table with
    m, k, eps, bound, side, claim, bound_d.
    Returns one row per bound: tests, failures, the verdict, and the least margin with its place.
    The margin of a cell is d of the smallest code over the bound.
    """
    reached = found.filter(~pl.col("trivial"))
    best = reached.group_by("m", "k", "eps", maintain_order=True).agg(
        d=pl.col("d_sufficient").min(), tests=pl.len()
    )
    return _verdicts(
        bound.filter(pl.col("side") == "necessary")
        .drop_nulls("bound_d")
        .join(best, on=["m", "k", "eps"])
        .with_columns(margin=pl.col("d") / pl.col("bound_d"))
        .with_columns(failures=(pl.col("margin") < 1).cast(pl.Int64))
    )


def judge_upper(measured: pl.DataFrame, found: pl.DataFrame, bound: pl.DataFrame) -> pl.DataFrame:
    """Hold every upper bound against every Rademacher code with B = A, as its proof says.

    From drawn_d on, a drawn code fails with probability at most p, the p of the bound table. Each
    code is tested at its first checkpoint there: over all tests together one failure has
    probability below p times their number, and refutes the bound at that level.

    Parameters: measured, profiles of codes (family, m, seed, d, k, error, rounding); found, as
    `judge_lower` with family and probes; bound, as `judge_lower` with drawn_d.
    Returns as `judge_lower`; the margin is drawn_d over the largest d that a code needed.
    """
    codes = measured.filter(pl.col("family") == "rademacher")
    tests = (
        bound.filter(pl.col("side") == "sufficient")
        .drop_nulls("drawn_d")
        .join(codes.select("m", "seed").unique(), on="m")
        .sort("drawn_d")
        .join_asof(
            codes.select("m", "seed", "k", "error", "rounding", d=pl.col("d")).sort("d"),
            left_on="drawn_d",
            right_on="d",
            by=["m", "seed", "k"],
            strategy="forward",
            check_sortedness=False,
        )
        .drop_nulls("error")  # the ladder ends below the bound: not tested
        .with_columns(failed=pl.col("error") - pl.col("rounding") >= pl.col("eps"))
    )
    needed = found.group_by("m", "k", "eps", maintain_order=True).agg(
        needed=pl.col("d_sufficient")
        .filter((pl.col("family") == "rademacher") & (pl.col("probes") == "A"))
        .max()
    )
    cell = ["bound", "side", "claim", "m", "k", "eps", "drawn_d"]
    return _verdicts(
        tests.group_by(cell)
        .agg(tests=pl.len(), failures=pl.col("failed").sum())
        .join(needed, on=["m", "k", "eps"])
        .with_columns(margin=pl.col("drawn_d") / pl.col("needed"))
    )


def _verdicts(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per bound from one row per cell: holds or violated, and where it is tightest."""
    tightest = [pl.col(name).first() for name in ("margin", "m", "k", "eps")]
    total = [pl.col(name).sum().cast(pl.Int64) for name in ("tests", "failures")]
    return (
        cells.sort("margin", "m", "k", "eps")
        .group_by("bound", "side", "claim", maintain_order=True)
        .agg(*total, *tightest)
        .with_columns(
            verdict=pl.when(pl.col("failures") == 0)
            .then(pl.lit("holds"))
            .otherwise(pl.lit("violated"))
        )
        .sort("bound")
    )


def judge_capacity(found: pl.DataFrame) -> pl.DataFrame:
    """Hold claims that something can be reached against what is proved of the largest value.

    Parameters: found, a table with claimed, achieved (surely reached) and proved (surely not
    exceeded), all in one unit per row and rounded to their sides.
    Returns the table with verdict: "fails as stated" above what is proved, "holds" up to what is
    achieved, "open" between; and margin, how far the claim is from the nearer end that decides.
    """
    claimed, achieved, proved = (pl.col(name) for name in ("claimed", "achieved", "proved"))
    fails, holds = claimed > proved, claimed <= achieved
    if found.filter(achieved > proved).height:
        raise ValueError("achieved must not exceed proved in any row: one of the two is wrong")
    return found.with_columns(
        verdict=pl.when(fails)
        .then(pl.lit("fails as stated"))
        .when(holds)
        .then(pl.lit("holds"))
        .otherwise(pl.lit("open")),
        margin=pl.when(fails)
        .then(claimed - proved)
        .when(holds)
        .then(achieved - claimed)
        .otherwise(pl.lit(0.0)),
    )


def judge_rate(bound: pl.DataFrame, claim: Claim) -> dict[str, object]:
    """Find the constant that the proved lower bounds give a rate without one, inside its domain.

    Parameters: bound, as `judge_lower`; a claim of side "lower" with a form and a domain.
    Returns cells (how many points lie inside) and, if any, the least constant with its m, k, eps.
    """
    if claim.domain is None or claim.form is None:
        raise ValueError(f"claim must have a domain and a form; got {claim.id}")
    proved = (
        bound.filter(pl.col("side") == "necessary")
        .group_by("m", "k", "eps", maintain_order=True)
        .agg(pl.col("bound_d").max())
        .drop_nulls()
        .sort("m", "k", "eps")
    )
    point = [proved[name].to_numpy() for name in ("m", "k", "eps")]
    inside = claim.domain(*point)
    if not np.any(inside):
        return {"cells": 0}
    ratio = (proved["bound_d"].to_numpy() / claim.form(*point))[inside]
    at = proved.filter(pl.Series(inside)).row(int(np.argmin(ratio)), named=True)
    return {"cells": int(inside.sum()), "constant": float(np.min(ratio))} | at
