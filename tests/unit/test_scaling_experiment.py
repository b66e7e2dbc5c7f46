"""The scaling experiment end to end on small codes, and its judges on doctored tables."""

import itertools
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import _report, scaling
from lcs import verdict
from lcs.codes.random import nested, unit_columns
from lcs.linear.error import WorstCase, worst_case_error
from lcs.runs.rng import generator
from lcs.runs.store import Store

REPOSITORY = Path(__file__).parents[2]
SECONDS = 60.0  # only there to fail instead of hanging
SIZES, KS = {64: 2, 128: 3, 256: 3}, (1, 2, 3, 4)
TINY = tuple(scaling.Code("rademacher", m, seed, KS) for m in SIZES for seed in range(SIZES[m]))
GRIDS = tuple(scaling.Grid(m) for m in SIZES)
REAL_QUICK = scaling.PROFILES["quick"]  # before any test replaces it
FOLDER = "scaling-quick"
FIGURES = {"scaling.pdf", "scaling.png", "collapse.pdf", "collapse.png"}
BEGIN, END = _report.markers("verdicts")
TABLES = {"crossings", "bounds", "rejected", "margins", "laws", "verdict-scaling"}


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scaling.PROFILES, "quick", TINY)


def main(results: Path, *more: str) -> int:
    return scaling.main(["--profile", "quick", "--results", str(results), *more])


def tables(results: Path) -> dict[str, pl.DataFrame]:
    return {name: pl.read_parquet(results / FOLDER / f"{name}.parquet") for name in TABLES}


def figures(results: Path) -> dict[str, bytes]:
    return {name: (results / FOLDER / name).read_bytes() for name in FIGURES}


def cells(results: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in (results / "cells").rglob("*.parquet")}


def assert_same_tables(one: Path, other: Path) -> None:
    there, back = tables(one), tables(other)
    for name in TABLES:
        assert_frame_equal(there[name], back[name], check_exact=True)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one run that nothing interrupted."""
    results = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(scaling.PROFILES, "quick", TINY)
        assert main(results) == 0
    return results


@pytest.fixture(scope="module")
def measured(whole: Path) -> pl.DataFrame:
    return Store(whole / "cells").scan(TINY)


# --- end to end ---------------------------------------------------------------------------------


def test_a_run_leaves_every_table_and_figure(whole: Path) -> None:
    names = {path.name for path in (whole / FOLDER).iterdir()}
    assert names == FIGURES | {f"{name}.parquet" for name in TABLES}
    found = tables(whole)
    assert found["crossings"].height == len(TINY) * len(KS) * len(scaling.EPS) * 2
    assert set(found["margins"]["verdict"]) == set(found["verdict-scaling"]["verdict"]) == {"holds"}
    assert set(found["margins"]["claim"]) <= set(found["verdict-scaling"]["claim"])
    assert found["laws"]["probes"].unique().sort().to_list() == ["A", "cA"]


def test_a_second_run_reuses_all_cells_and_says_the_same(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    before = cells(tmp_path / "copy")
    assert main(tmp_path / "copy") == 0
    assert cells(tmp_path / "copy") == before, "no cell was written again"
    assert_same_tables(whole, tmp_path / "copy")
    assert figures(tmp_path / "copy") == figures(whole)


def test_two_workers_give_the_tables_of_one(whole: Path, tmp_path: Path) -> None:
    assert main(tmp_path, "--workers", "2") == 0
    assert_same_tables(whole, tmp_path)


def test_an_interrupted_run_goes_on_where_it_was(whole: Path, tmp_path: Path) -> None:
    """A run whose cells are slow gets a real SIGINT after two of them."""
    code = f"""
import sys, time
from experiments import scaling
from lcs import verdict
measure = scaling.measure
def slow(code):
    time.sleep(0.2)
    return measure(code)
scaling.measure = slow
scaling.PROFILES["quick"] = tuple(
    scaling.Code("rademacher", m, seed, {KS})
    for m, seeds in {list(SIZES.items())} for seed in range(seeds))
sys.exit(scaling.main(["--profile", "quick", "--results", sys.argv[1]]))
"""
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process:
        try:
            end = time.monotonic() + SECONDS
            while not (tmp_path / "cells").exists() or len(cells(tmp_path)) < 2:
                assert time.monotonic() < end, "no cell was finished"
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("interrupted: finished cells are stored")
    assert "Traceback" not in err
    kept = cells(tmp_path)
    shutil.copytree(whole / "cells" / "Grid", tmp_path / "cells" / "Grid", dirs_exist_ok=True)
    assert 2 <= len(kept) < len(TINY)
    assert main(tmp_path) == 0
    assert kept.items() <= cells(tmp_path).items(), "finished cells were kept"
    assert_same_tables(whole, tmp_path)
    assert figures(tmp_path) == figures(whole)


def test_a_results_folder_that_cannot_be_written_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in its place stops even root."""
    (tmp_path / "results").touch()
    assert main(tmp_path / "results") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    assert "results" in lines[0]


# --- crossings and verdicts, recomputed ---------------------------------------------------------


def test_crossings_are_those_of_a_plain_loop_over_exact_errors(measured: pl.DataFrame) -> None:
    """In float64, from the definition, at each checkpoint of one code.

    Errors at B = A are n/d, and with the best c n/(d + n'), for integers n, n' <= k d, while eps is
    a multiple of 1/20: unless equal they differ by 1/(20 (k + 1) d) > 1e-4 or more. The
    proved roundings are below 1e-5, so both precisions decide every comparison alike.
    """
    m, seed = 64, 1
    assert measured["rounding"].max() < 1e-5  # pyright: ignore[reportOperatorIssue]
    axes: dict[str, Any] = {"family": "rademacher", "density": None, "m": m, "seed": seed}
    ds = scaling.ladder(m)
    rng = generator(experiment="scaling", **axes)
    R = nested("rademacher", ds[-1], m, rng=rng, dtype=np.float64)
    found = scaling.crossings(measured.filter((pl.col("m") == m) & (pl.col("seed") == seed)))
    seen = 0
    for probes, k, eps in itertools.product(scaling.PROBES, KS, scaling.EPS):
        d_sufficient, d_before, last_violation = m, ds[-1], 0
        for d in reversed(ds):
            scale = 1.0 if probes == "A" else "optimal"
            case = worst_case_error(unit_columns(R[:d]), k=k, scale=scale)
            assert isinstance(case, WorstCase)
            if case.certifies(eps):
                d_sufficient, d_before = d, max((e for e in ds if e < d), default=0)
            elif case.lower >= eps and not last_violation:  # a tie is neither
                last_violation = d
        (row,) = found.filter(
            (pl.col("probes") == probes) & (pl.col("k") == k) & (pl.col("eps") == eps)
        ).iter_rows(named=True)
        assert (row["d_sufficient"], row["d_before"]) == (d_sufficient, d_before), row
        assert row["trivial"] == (d_sufficient == m)
        assert row["last_violation"] == last_violation
        seen += not row["trivial"]
    assert seen > 5, "some crossings are real"


def judged(table: pl.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["bound"]: row for row in table.iter_rows(named=True)}


def test_judge_lower_refutes_a_bound_above_a_codes_dimension(whole: Path) -> None:
    found, bound = tables(whole)["crossings"], tables(whole)["bounds"]
    at = (pl.col("m") == 256) & (pl.col("k") == 4) & (pl.col("eps") == 0.95)
    least = bound.filter(at & (pl.col("side") == "necessary")).drop_nulls("bound_d")
    refuted = False
    for d in (int(least["bound_d"].min()), 1):  # pyright: ignore[reportArgumentType]
        first = at & (pl.col("seed") == 0) & (pl.col("probes") == "A")
        doctored = found.with_columns(
            d_sufficient=pl.when(first).then(d).otherwise("d_sufficient"),
            trivial=pl.when(first).then(False).otherwise("trivial"),
        )
        verdicts = judged(verdict.judge_lower(doctored, bound))
        for name, d_bound in least.select("bound", "bound_d").iter_rows():
            refuted = d < d_bound
            assert verdicts[name]["verdict"] == ("violated" if refuted else "holds")
            assert verdicts[name]["failures"] == refuted
            if refuted:
                assert [verdicts[name][x] for x in ("m", "k", "eps")] == [256, 4, 0.95]
                assert verdicts[name]["margin"] == d / d_bound
    assert refuted, "d = 1 refutes every bound there"


def test_judge_upper_counts_the_codes_that_fail_where_they_should_not(
    whole: Path, measured: pl.DataFrame
) -> None:
    """Against a plain loop: every code, at its first checkpoint from drawn_d on."""
    found, bound = tables(whole)["crossings"], tables(whole)["bounds"]
    spoilt = (pl.col("seed") == 1) & (pl.col("m") == 256)
    doctored = measured.with_columns(error=pl.when(spoilt).then(2.0).otherwise("error"))
    for table, fails in ((measured, False), (doctored, True)):
        verdicts = judged(verdict.judge_upper(table, found, bound))
        counts: dict[str, tuple[int, int]] = dict.fromkeys(verdicts, (0, 0))
        errors = {row[:4]: row[4:] for row in table.select(
            "m", "seed", "k", "d", "error", "rounding").iter_rows()}  # fmt: skip
        upper = bound.filter(pl.col("side") == "sufficient").drop_nulls("drawn_d")
        for m, k, eps, name, drawn in upper.select("m", "k", "eps", "bound", "drawn_d").iter_rows():
            d = next((d for d in scaling.ladder(m) if d >= drawn), None)
            for seed in range(SIZES[m]) if d is not None and k in KS else ():
                error, rounding = errors[m, seed, k, d]
                tests, failures = counts[name]
                counts[name] = tests + 1, failures + (error - rounding >= eps)
        assert {n: (row["tests"], row["failures"]) for n, row in verdicts.items()} == counts
        words = {row["verdict"] for row in verdicts.values()}
        assert words == ({"violated"} if fails else {"holds"})


# --- the grid -----------------------------------------------------------------------------------


@pytest.mark.parametrize("m", [2, 3, 10, 64, 512, 16384, 131072])
def test_the_ladder_rises_from_1_to_below_m_by_about_its_ratio(m: int) -> None:
    ds = scaling.ladder(m)
    assert ds[0] == 1
    assert ds[-1] == min(m - 1, 16384)
    for d, above in itertools.pairwise(ds):
        assert d < above <= max(d + 1, scaling.LADDER * d + 1), "two roundings move by 1 at most"


def test_profiles_hold_different_cells_of_sane_sizes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    profiles = {name: codes for name, codes in scaling.PROFILES.items() if name != "quick"}
    profiles["real quick"] = REAL_QUICK
    for codes in profiles.values():
        assert len({store.key(code) for code in codes}) == len(codes)
        assert all(512 <= code.m <= 131072 and code.m.bit_count() == 1 for code in codes)
        assert all(code.ks == scaling.KS and max(code.ks) < code.m for code in codes)
        assert all((code.density is None) == (code.family != "sparse_sign") for code in codes)
        random = [code for code in codes if code.family == "rademacher"]
        assert len({code.m for code in random}) >= 4, "enough sizes to fit a power of ln m"
        assert [code.m for code in random] == sorted(code.m for code in random), "small first"
    assert set(profiles["real quick"]) <= set(profiles["full"]), "a longer profile goes on"


# --- the README ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def verdicts(whole: Path) -> _report.Verdicts:
    found = tables(whole)
    return _report.Verdicts(
        bounds=found["margins"],
        fail=scaling.FAIL,
        theorem3={"cells": 0},
        laws={},
        cells=123,
        trivial=45,
        rejected=found["rejected"],
    )


def test_the_readme_changes_between_its_markers_only(
    tmp_path: Path, verdicts: _report.Verdicts
) -> None:
    readme = tmp_path / "README.md"
    before, after = "# Títle ε\n\n| a |\n\n", "\n\n## After\nno newline at the end"
    readme.write_text(f"{before}{BEGIN}\n1 April\n{END}{after}", encoding="utf-8")
    _report.update_readme(readme, verdicts, "quick")
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(before + BEGIN)
    assert text.endswith(END + after)
    assert "April" not in text
    assert "`quick`: 123 cells, 45 trivial" in text
    assert all(name in text for name in verdicts.bounds["bound"])
    _report.update_readme(readme, verdicts, "quick")
    assert readme.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text",
    ["", BEGIN, END, f"{END} {BEGIN}", "# no markers"],
)
def test_a_readme_without_both_markers_in_order_is_refused_and_kept(
    tmp_path: Path, verdicts: _report.Verdicts, text: str
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"README\.md must hold the lines"):
        _report.update_readme(readme, verdicts, "quick")
    assert readme.read_text(encoding="utf-8") == text
