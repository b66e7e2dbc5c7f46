"""Linear against l1 end to end on small sizes, its cells by other means, doctored verdicts."""

from itertools import combinations, product
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import _access, _access_cells, linear_vs_l1, scaling
from experiments._access_cells import BestProbes, ErrorCurve, Signals, Theory, TypicalError
from lcs.claims import claim
from lcs.codes.random import Family, unit_columns
from lcs.l1.critical import CriticalRows
from lcs.l1.decision import Verdict, recovers
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.linear.seen import error_seen
from lcs.runs.rng import generator

CODES: tuple[tuple[Family, int, int], ...] = (
    ("gaussian", 16, 0),
    ("gaussian", 24, 0),
    ("rademacher", 16, 0),
)
TINY = linear_vs_l1.Profile(
    codes=tuple(scaling.Code(*code, ks=(1, 2)) for code in CODES),
    probes=tuple(BestProbes(*code, ratio) for code in CODES[:1] + CODES[2:] for ratio in (2, 4)),
    typical=tuple(TypicalError(*code, k, draws=40) for code in CODES for k in (1, 2)),
    signals=tuple(Signals(*code, k, 6) for code in CODES for k in (1, 2)),
    curves=tuple(ErrorCurve("gaussian", 16, 0, 2, d, draws=30) for d in (4, 14)),
    theory=(Theory(16, (1, 2)), Theory(24, (1, 2))),
)
REAL = dict(linear_vs_l1.PROFILES)  # before any test replaces one
TABLES = ("probes", "signals", "typical", "curves", "critical", "points", "laws", "theory")
FILES = {f"{name}.parquet" for name in (*TABLES, "verdict-access")}
FIGURE = {"linear-vs-l1.pdf", "linear-vs-l1.png"}


@pytest.fixture(autouse=True, scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(linear_vs_l1.PROFILES, "quick", TINY)
        yield


def main(results: Path, *options: str) -> int:
    return linear_vs_l1.main(["--results", str(results), "--workers", "1", *options])


def tables(results: Path) -> dict[str, pl.DataFrame]:
    folder = results / "linear-vs-l1-quick"
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="module")
def whole(tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("results")
    assert main(results, "--docs", str(results / "docs")) == 0
    return results


def test_a_run_leaves_every_table_and_the_figure(whole: Path) -> None:
    assert {path.name for path in (whole / "linear-vs-l1-quick").iterdir()} == FILES | FIGURE
    assert {path.name for path in (whole / "docs").iterdir()} == {"linear-vs-l1.png"}


def test_an_interrupted_run_goes_on_to_the_same_tables(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = []

    def interrupted(cell: Signals) -> pl.DataFrame:
        measured.append(cell)
        if len(measured) == 3:
            raise KeyboardInterrupt
        return _access_cells.signals(cell)

    with monkeypatch.context() as patch:
        patch.setattr(linear_vs_l1, "signals", interrupted)
        assert main(tmp_path) == 130
    assert "interrupted" in capsys.readouterr().err
    stored = {p: p.stat().st_mtime_ns for p in (tmp_path / "cells").rglob("*.parquet")}
    assert len(list((tmp_path / "cells" / "Signals").iterdir())) == 2
    assert main(tmp_path) == 0
    assert stored.items() <= {p: p.stat().st_mtime_ns for p in stored}.items()
    before, after = tables(whole), tables(tmp_path)
    for name in TABLES:
        assert_frame_equal(before[name], after[name], check_exact=True)
    one, other = (r / "linear-vs-l1-quick" / "linear-vs-l1.png" for r in (whole, tmp_path))
    assert one.read_bytes() == other.read_bytes()


def test_results_that_cannot_be_written_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results").touch()
    assert main(tmp_path / "results") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")


# --- the cells, by other means ------------------------------------------------------------------


def test_the_rows_are_those_of_the_scaling_experiment() -> None:
    for family, m, seed in CODES:
        code = scaling.Code(family, m, seed)
        few, many = scaling.rows(code, 3), scaling.rows(code, m - 1)
        assert np.array_equal(few, many[:3])
        assert np.array_equal(_access_cells.rows(Signals(family, m, seed, 1, 2), 3), few)


def test_best_probes_come_below_the_level_where_they_are_said_to() -> None:
    cell = BestProbes("gaussian", 16, 0, 4)
    (d,) = _access_cells.best_probes(cell)["d_sufficient"]
    R = _access_cells.rows(cell, 15)
    assert optimal_probes(R[:d]).alpha < 1 / 4 <= optimal_probes(R[: d - 1]).alpha_lower


def test_signals_are_recovered_from_their_critical_d_on_and_not_before() -> None:
    cell = Signals("gaussian", 16, 0, 2, 5)
    R = _access_cells.rows(cell, 15)
    rng = generator(experiment="linear_vs_l1", family="gaussian", m=16, seed=0, k=2, draws=5)
    supports, signs = _access_cells._signals(16, 2, 5, rng)
    assert all(len(set(support)) == 2 for support in supports.tolist())
    found = _access_cells.signals(cell)
    for S, s, row in zip(supports, signs, found.iter_rows(named=True), strict=True):
        verdicts = [recovers(R[:d], S, s).verdict for d in range(1, 16)]
        assert verdicts.index(Verdict.RECOVERED) + 1 == row["d_sufficient"]
        assert set(verdicts[row["d_sufficient"] :]) <= {Verdict.RECOVERED}
        assert row["d_before"] == row["d_sufficient"] - 1
        assert row["undecided"] == 0
        assert not row["falls"]
        for d_before, d_sufficient in ((0, 1), (14, 15), (12, None)):
            said = CriticalRows(d_before, d_sufficient, None, None, ())
            more = min(15, (d_sufficient or 99) * 5 // 4)
            lost = d_sufficient is not None and verdicts[more - 1] is Verdict.NOT_RECOVERED
            early = d_before > 0 and verdicts[d_before - d_before // 4 - 1] is Verdict.RECOVERED
            assert _access_cells.falls(R, S, s, said) == (lost or early)


def test_signals_that_the_rows_drawn_cannot_recover_have_no_d(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_access_cells, "weak_dimension", lambda m, k: -31)  # leaves 2 rows
    found = _access_cells.signals(Signals("gaussian", 16, 0, 4, 3))
    assert found["d_sufficient"].to_list() == [None] * 3
    assert _access._known(found.with_columns(m=pl.lit(16)))["d_sufficient"].to_list() == [16] * 3


def test_typical_errors_cross_where_their_quantiles_do() -> None:
    cell = TypicalError("gaussian", 64, 0, 2, draws=40)
    for row in _access_cells.typical_error(cell).iter_rows(named=True):
        assert row["d_low"] <= row["d_sufficient"] <= row["d_high"]
        for d, passes in ((row["d_sufficient"], True), (row["d_before"], False)):
            if not 0 < d < cell.m:
                continue
            A = unit_columns(_access_cells.rows(cell, d))
            axes = {"family": "gaussian", "m": 64, "seed": 0, "k": 2, "d": d}
            rng = generator(experiment="linear_vs_l1", purpose="errors", **axes)
            seen = error_seen(
                A, k=2, rng=rng, draws=40, scale=row["scale"], quantiles=(row["share"],)
            )
            assert (seen.quantile_values[0] < cell.eps) == passes


def test_a_curve_holds_exact_worst_cases_and_what_the_certificate_says(whole: Path) -> None:
    curves = tables(whole)["curves"]
    for cell in TINY.curves:
        rows = curves.filter(pl.col("d") == cell.d)
        by = {row["access"]: row for row in rows.iter_rows(named=True)}
        R = _access_cells.rows(cell, cell.d).astype(float)
        plain = worst_case_error(unit_columns(R), k=2, scale="optimal").value
        alpha = optimal_probes(R).alpha
        assert by["B = cA"]["worst"] == plain
        assert by["best B"]["worst"] == min(1.0, 2 * alpha)
        assert by["l1"]["worst"] == (0.0 if 2 * alpha < 1 / 2 else None)
        assert all(row["unsolved"] == 0 for row in by.values())
    certified = curves.filter((pl.col("access") == "l1") & pl.col("worst").is_not_null())
    assert certified.height == 1, "the sizes show a certified d and one that is not"
    assert certified["q99"].item() < 1e-9
    assert curves.filter(pl.col("access") == "l1")["mean"].max() > 0.1  # pyright: ignore[reportOptionalOperand, reportOperatorIssue]


def test_the_root_mean_square_is_exact() -> None:
    """Against the mean over every support and sign."""
    rng = np.random.default_rng(3)
    A, B = rng.standard_normal((2, 4, 6))
    Z = np.zeros((15 * 4, 6))
    for row, (S, s) in zip(
        Z, product(combinations(range(6), 2), product((1, -1), repeat=2)), strict=True
    ):
        row[list(S)] = s
    stated = _access_cells._linear(A, B, np.concatenate([Z, Z]))["rms"]
    read = (Z @ A.T) @ B
    c = np.sum(read * Z) / np.sum(read**2)  # least squares over all z at once
    assert stated == pytest.approx(np.sqrt(np.mean((c * read - Z) ** 2)), rel=1e-12)


# --- tables and verdicts ------------------------------------------------------------------------


def test_undecided_decisions_widen_the_interval_on_their_side() -> None:
    n = 100
    d = np.arange(n) + 50
    table = pl.DataFrame({"d_before": d - 1, "d_sufficient": d, "undecided": 0}).with_columns(
        family=pl.lit("gaussian"), m=pl.lit(1000), seed=pl.lit(0), k=pl.lit(3)
    )
    open_ = table.with_columns(
        d_before=pl.when(pl.int_range(pl.len()) < 60).then(9).otherwise(pl.col("d_before")),
        undecided=1,
    )
    (sure, _), (unsure, _) = (
        _access.pooled(t, (0.5, 0.99), 0.5).rows(named=True) for t in (table, open_)
    )
    assert sure["d_low"] < sure["d"] == 100 < sure["d_high"]
    assert (unsure["d"], unsure["d_high"]) == (sure["d"], sure["d_high"])
    assert unsure["d_low"] == 10
    assert unsure["undecided"] == n
    top = _access.pooled(table, (0.99,), 0.5).row(0, named=True)
    assert top["d_high"] == 1000, "100 signals do not bound their 99 % quantile: d = m"


def critical_table(law: str, constant: float) -> pl.DataFrame:
    form = claim(law).form
    assert form is not None
    rng = np.random.default_rng(0)
    rows = [
        {"access": law, "family": "gaussian", "m": 8192, "seed": seed, "k": k, "eps": 0.5}
        | {"d_sufficient": d, "d_before": d - 1, "trivial": False}
        for k in (1, 2, 3, 4, 6, 8, 12)
        for seed in range(3)
        for d in [round(constant * form(8192, k, 0.5) * np.exp(0.02 * rng.standard_normal()))]
    ]
    return pl.DataFrame(rows)


@pytest.mark.parametrize(
    ("law", "constant"), [("GKP26-thm1", 3.0), ("GKP26-thm2", 0.3), ("LCS-u0", 0.4)]
)
def test_a_column_prefers_the_law_it_was_made_from(law, constant) -> None:
    fitted = _access.law_table(_access.fits(critical_table(law, constant), 0.5))
    (preferred,) = fitted.filter(pl.col("preferred")).iter_rows(named=True)
    assert preferred["claim"] == law
    assert preferred["constant"] == pytest.approx(constant, rel=0.03)
    assert preferred["s_low"] < 1 < preferred["s_high"] or abs(preferred["s"] - 1) < 0.02
    _, heads, rows = _access.law_rows(fitted)
    assert rows[0][heads.index("ΔAIC")] == "0"
    assert rows[0][2] == preferred["law"]


def test_a_fit_sees_no_d_near_m_and_none_of_the_lattice() -> None:
    table = critical_table("GKP26-thm1", 3.0)
    spoilt = table.with_columns(
        d_sufficient=pl.when(pl.col("k") == 12).then(2049).otherwise("d_sufficient"),
    )
    (each,) = _access.fits(spoilt, 0.5).values()
    assert each[0].residuals.size == 5 * 3  # without k = 12, and k = 1 below the window
    assert _access.fits(table.filter(pl.col("seed") == 0), 0.5) == {}
    assert _access.law_table({}).columns == list(_access.LAWS)


def test_verdicts_hold_and_doctored_tables_are_violated(whole: Path) -> None:
    found = tables(whole)
    critical, seen, theory = found["critical"], found["signals"], found["theory"]
    findings = _access.judge(critical, seen, theory, 0.5)
    assert {one.verdict for one in findings} == {"holds"}
    by_claim = {one.claim: one for one in findings}
    rows = by_claim["LCS-jn-rows"]
    assert rows.tests == seen.filter(pl.col("m") == 16).height, "where probes were solved"
    beyond = seen.with_columns(d_before=pl.col("d_before") + 15)
    assert failures("LCS-jn-rows", critical, beyond, theory) > 0
    assert by_claim["CS-monotone-in-d"].tests == seen.height
    fallen = seen.with_columns(falls=pl.int_range(pl.len()) == 0)
    assert failures("CS-monotone-in-d", critical, fallen, theory) == 1
    lower = critical.with_columns(d_sufficient=pl.col("d_sufficient") // 8)
    assert failures("LCS-rank-l1", lower, seen, theory) > 0


def failures(claim: str, critical: pl.DataFrame, seen: pl.DataFrame, theory: pl.DataFrame) -> int:
    found = _access.judge(critical, seen, theory, 0.5)
    return next(one.failures for one in found if one.claim == claim)


def test_the_gap_between_linear_and_l1_access_is_judged_from_its_tables() -> None:
    """The d of best probes, of signals and enough for every z, at m = 1000 and k = 2, 4."""
    code = {"family": "gaussian", "m": 1000, "seed": 0, "eps": 0.5, "d_before": 1, "trivial": False}

    def judged(best: tuple[int, int], signal: int) -> dict[str, int]:
        critical = [
            code | {"access": "best B", "k": k, "d_sufficient": d}
            for k, d in zip((2, 4), best, strict=True)
        ]
        rows = {"d_before": signal, "d_sufficient": signal + 1, "undecided": 0, "falls": False}
        seen = [code | rows | {"k": k} for k in (2, 4)]
        theory = [
            {"m": 1000, "k": k, "curve": curve, "d": d}
            for k, enough, least in ((2, 60.0, 30.0), (4, 110.0, 70.0))
            for curve, d in (("every", enough), ("necessary", least))
        ]
        tables = pl.DataFrame(critical), pl.DataFrame(seen), pl.DataFrame(theory)
        findings = _access.judge(*tables, 0.5)
        return {one.claim: one.failures for one in findings}

    wanted = ("GKP26-thm1", "LCS-ceiling", "CS-k2-versus-k")
    assert [judged((90, 300), 40)[claim] for claim in wanted] == [0, 0, 0]
    assert [judged((90, 300), 60)[claim] for claim in wanted] == [1, 0, 0]  # 60 is enough at k = 2
    # (2k - 1)^2 (m - d) >= d (m - 1) at k = 4, d = 46; the multiple falls from 1.5 to 0.4
    assert [judged((90, 46), 40)[claim] for claim in wanted] == [0, 1, 1]


def test_best_probes_serve_every_eps_with_their_ratio(whole: Path) -> None:
    rows = tables(whole)["critical"].filter(pl.col("access") == "best B")
    found = {(k, eps) for k, eps in rows.select("k", "eps").unique().iter_rows()}
    assert found == {(1, 0.5), (2, 0.5), (1, 0.25)}, "k/eps = 2 is no k at eps = 1/4"


def test_profiles_hold_different_cells_of_few_instances() -> None:
    for profile in REAL.values():
        for cells in (profile.codes, profile.probes, profile.typical, profile.signals):
            assert len(set(cells)) == len(cells)
        assert {cell.m for cell in profile.theory} == {code.m for code in profile.codes}
