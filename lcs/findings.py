"""Findings: claims held against tables of probes, of optima and of cosines.

Like verdicts on bounds they are computed from stored tables, never typed: how many tests, how
many failures, and the extreme value with its place.
"""

from dataclasses import dataclass

import polars as pl

SOLVED = 1e-6  # a solver feasible to 1e-7, times the few such terms that enter an optimum
COSINE = 1e-7  # near g^2 = 1 - eps a cosine moves by the root of a rounding


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim held against one table: tests, failures, and the extreme value with its place."""

    claim: str
    says: str
    tests: int
    failures: int
    quantity: str
    value: float
    at: str

    @property
    def verdict(self) -> str:
        """Whether any test failed."""
        return "violated" if self.failures else "holds"


def judge_collapse(measured: pl.DataFrame) -> list[Finding]:
    """Hold min(1, k alpha_1) against the exact errors of optimal and of plain probes.

    Parameters: measured, one row per code (kind, name, d, m, seed), probes, k: error, rounding,
    alpha_lower, alpha. A test fails where the proved intervals of error and min(1, k alpha_1)
    exclude what is claimed.
    """
    table = measured.with_columns(
        least=pl.min_horizontal(1.0, pl.col("k") * pl.col("alpha_lower")),
        reached=pl.min_horizontal(1.0, pl.col("k") * pl.col("alpha")),
    )
    error, rounding = pl.col("error"), pl.col("rounding")
    optimal = pl.col("probes") == "optimal"
    deviation = (error / pl.col("reached") - 1).abs()
    return [
        _finding(
            "LCS-collapse",
            "one B, optimal at k = 1, or 0, has error min(1, k α₁) at every k",
            table.filter(optimal),
            error - rounding > pl.col("reached"),
            "largest relative deviation",
            deviation,
        ),
        _finding(
            "LCS-collapse",
            "no probes have a smaller error",
            table,
            error + rounding < pl.col("least"),
            "least error of plain probes over min(1, k α₁), k α₁ < 1",
            pl.when(~optimal & (pl.col("reached") < 1)).then(-error / pl.col("least")),
        ),
    ]


def judge_optima(checked: pl.DataFrame) -> list[Finding]:
    """Hold min(1, k alpha) against linear programmes over all B at each k: rows and columns.

    Parameters: checked, one row per code, k and feature: alpha (alpha_{1,i}), row and columns, the
    optima of its row and of the largest column. A test fails by more than SOLVED.
    """
    code = ["kind", "name", "d", "m", "seed", "k"]
    limit = pl.min_horizontal(1.0, pl.col("k") * pl.col("alpha"))
    rows = checked.with_columns(limit=limit)
    worst = rows.group_by(code, maintain_order=True).agg(
        pl.col("row").max(), pl.col("limit").max(), pl.col("columns").first()
    )
    row, columns, limit = pl.col("row"), pl.col("columns"), pl.col("limit")
    below = rows.filter(row < limit - SOLVED).height
    return [
        _finding(
            "LCS-collapse",
            "LP over all B at each k: the largest row optimum is min(1, k α₁)",
            worst,
            (row - limit).abs() > SOLVED,
            "largest relative deviation",
            (row / limit - 1).abs(),
        ),
        _finding(
            "LCS-collapse",
            "each row optimum is at most min(1, k α₁,ᵢ), not equal: only the maximum is",
            rows,
            row > limit + SOLVED,
            f"largest gap ({below} rows lie below)",
            limit - row,
        ),
        _finding(
            "LCS-jn-columns",
            "LP over all B at each k: the column optimum is at most min(1, k α₁)",
            worst,
            columns > limit + SOLVED,
            "least ratio of column to row optimum",
            -columns / limit,
        ),
    ]


def _finding(
    claim: str, says: str, table: pl.DataFrame, failed: pl.Expr, quantity: str, extreme: pl.Expr
) -> Finding:
    """Count failures and find the largest extreme; a quantity called least comes in as negative."""
    judged = table.with_columns(failed=failed, extreme=extreme).filter(
        pl.col("extreme").is_not_null() | pl.col("failed")
    )
    at = judged.sort("extreme", descending=True, nulls_last=True, maintain_order=True)
    first = at.row(0, named=True)
    value = abs(first["extreme"]) if first["extreme"] is not None else float("nan")
    return Finding(
        claim=claim,
        says=says,
        tests=table.height,
        failures=int(judged["failed"].sum()),
        quantity=quantity,
        value=value,
        at=_place(first),
    )


def _place(row: dict[str, object]) -> str:
    """Name the code and the sparsity of a row."""
    name = row["name"] or row["kind"]
    return f"{name}, d = {row['d']}, m = {row['m']}, seed {row['seed']}, k = {row['k']}"


def judge_cosines(found: pl.DataFrame) -> list[Finding]:
    """Hold bounds on cosines under bounded lengths against the largest that a search found.

    Parameters: found, one row per search (k, eps, g, of): cosine, eps_found, g_found, and the
    bounds printed, corrected, sharp at (eps_found, g_found). The last two are claims; what the
    paper prints is judged apart where it is claimed (k >= 2 or g >= 1) and where it is not.
    """
    claimed = (pl.col("k") > 1) | (pl.col("g_found") >= 1)
    cases = [
        ("GKP26-prop11", "bound as printed, k ≥ 2 or g ≥ 1", "printed", found.filter(claimed)),
        ("GKP26-prop11", "bound as printed, k = 1 and g < 1", "printed", found.filter(~claimed)),
        ("GKP26-prop11", "bound as corrected", "corrected", found),
        ("LCS-geometry-norms", "sharp bound", "sharp", found),
    ]
    return [
        _excess(claim, says, table.with_columns(excess=pl.col("cosine") - pl.col(bound)))
        for claim, says, bound, table in cases
        if table.height
    ]


def _excess(claim: str, says: str, table: pl.DataFrame) -> Finding:
    first = table.sort("excess", descending=True).row(0, named=True)
    return Finding(
        claim=claim,
        says=says,
        tests=table.height,
        failures=table.filter(pl.col("excess") > COSINE).height,
        quantity=f"cosine {first['cosine']:.4f} less its bound",
        value=first["excess"],
        at=f"k = {first['k']}, ε = {first['eps_found']:.4f}, g = {first['g_found']:.4f}, "
        f"{first['of']}",
    )


def judge_bracket(answers: pl.DataFrame) -> list[Finding]:
    """Hold the two sides of the bracket against each other, and each against its own check.

    Parameters: answers, one row per question (m, k, eps): lower, upper, lower_checked,
    upper_checked. The extreme is the largest upper/lower.
    """
    widest = answers.sort(pl.col("upper") / pl.col("lower"), descending=True, maintain_order=True)
    first = widest.row(0, named=True)
    wrong = answers.filter(
        (pl.col("lower") > pl.col("upper")) | ~pl.col("lower_checked") | ~pl.col("upper_checked")
    )
    return [
        Finding(
            claim="LCS-collapse",
            says="necessary ≤ sufficient, and both certificates hold again",
            tests=answers.height,
            failures=wrong.height,
            quantity="largest ratio",
            value=first["upper"] / first["lower"] if first["lower"] else 1.0,
            at=f"m = {first['m']}, k = {first['k']}, ε = {first['eps']}",
        )
    ]


def judge_frames(met: pl.DataFrame) -> list[Finding]:
    """Hold the bounds against equiangular tight frames: they meet at d.

    Parameters: met, one row per frame (name, d, m): lower, upper at its own error, checked.
    """
    open_ = (pl.col("lower") != pl.col("d")) | (pl.col("upper") != pl.col("d")) | ~pl.col("checked")
    largest = met.sort("m", "d").row(-1, named=True)
    return [
        Finding(
            claim="LCS-etf-exact",
            says="at a frame's own error d(m, k, ε) is its dimension",
            tests=met.height,
            failures=met.filter(open_).height,
            quantity="largest m",
            value=float(largest["m"]),
            at=f"{largest['name']}, d = {largest['d']}",
        )
    ]
