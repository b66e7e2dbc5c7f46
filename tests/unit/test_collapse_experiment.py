"""The collapse and geometry experiments end to end, and their judges on doctored tables."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import collapse, geometry
from lcs.findings import judge_collapse, judge_cosines, judge_optima
from lcs.linear.error import worst_case_error
from lcs.linear.probes import optimal_probes
from lcs.runs.store import Store

KINDS = ("gaussian", "rademacher", "sparse", "clustered", "annealed", "packed")
PROBED = (
    *(collapse.Probed(kind, 6, 16, 3) for kind in KINDS),
    collapse.Probed("algebraic", 7, 28, name="Steiner triples(7)"),
)
CHECKED = tuple(collapse.Checked(kind, 4, 8, 1, ks=(1, 3, 9)) for kind in KINDS[:4])
SEARCHES = (
    geometry.Search(1, 0.3, 0.02, "features", starts=3),
    geometry.Search(1, 0.3, 0.5, "probes", starts=3),
    geometry.Search(2, 0.3, 0.1, "probes", starts=3),
)
FILES = {
    "collapse": {"probes.pdf", "probes.png"}
    | {f"{name}.parquet" for name in ("probes", "optima", "columns", "verdict-collapse")},
    "geometry": {"cosines.pdf", "cosines.png", "cosines.parquet", "verdict-cosines.parquet"},
}


@pytest.fixture(autouse=True, scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(collapse.PROFILES, "quick", PROBED)
        patch.setitem(collapse.CHECKS, "quick", CHECKED)
        patch.setitem(geometry.PROFILES, "quick", SEARCHES)
        yield


@pytest.fixture(scope="module")
def results(tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    for experiment in (collapse, geometry):
        assert experiment.main(["--results", str(folder), "--docs", str(folder / "docs")]) == 0
    return folder


@pytest.fixture(scope="module")
def measured(results: Path) -> pl.DataFrame:
    return Store(results / "cells").scan(PROBED)


@pytest.fixture(scope="module")
def checked(results: Path) -> pl.DataFrame:
    return Store(results / "cells").scan(CHECKED)


@pytest.fixture(scope="module")
def found(results: Path) -> pl.DataFrame:
    return Store(results / "cells").scan(SEARCHES)


def test_a_run_leaves_every_table_and_figure(results: Path) -> None:
    for name, files in FILES.items():
        assert {path.name for path in (results / f"{name}-quick").iterdir()} == files
    assert {path.name for path in (results / "docs").iterdir()} == {"probes.png", "cosines.png"}


def test_a_fresh_run_on_two_workers_says_the_same(results: Path, tmp_path: Path) -> None:
    assert collapse.main(["--results", str(tmp_path), "--workers", "2"]) == 0
    one, other = results / "collapse-quick", tmp_path / "collapse-quick"
    for file in FILES["collapse"]:
        if file.endswith(".parquet"):
            assert_frame_equal(
                pl.read_parquet(one / file), pl.read_parquet(other / file), check_exact=True
            )
        else:
            assert (one / file).read_bytes() == (other / file).read_bytes()


def test_results_that_cannot_be_written_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results").touch()
    assert collapse.main(["--results", str(tmp_path / "results")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")


def test_measured_errors_are_those_of_the_probes_themselves(measured: pl.DataFrame) -> None:
    for cell in PROBED:
        A = collapse.matrix(cell)
        assert A.shape == (cell.d, cell.m)
        rows = measured.filter((pl.col("kind") == cell.kind) & (pl.col("probes") == "optimal"))
        probes = optimal_probes(A)
        assert rows["k"].to_list() == list(range(1, rows.height + 1))
        assert (rows["k"] * rows["alpha"]).max() >= min(collapse.REACH, cell.m * probes.alpha)  # pyright: ignore[reportOperatorIssue]
        for k, error, alpha in rows.select("k", "error", "alpha").iter_rows():
            assert alpha == probes.alpha
            best = worst_case_error(A, probes.B, k=k)
            assert error <= best.upper
            assert best.lower <= max(1, k * alpha) * k


def verdicts(findings: list) -> list[tuple[str, int]]:
    return [(one.verdict, one.failures) for one in findings]


def test_the_collapse_is_found_and_a_doctored_one_is_not(measured: pl.DataFrame) -> None:
    findings = judge_collapse(measured)
    assert verdicts(findings) == [("holds", 0)] * 2
    assert [one.tests for one in findings] == [measured.height // 3, measured.height]
    assert findings[0].value < 1e-9
    at = (pl.col("k") == 2) & (pl.col("kind") == "sparse")
    for probes, factor, expected in (
        ("optimal", 1 + 1e-6, [("violated", 1), ("holds", 0)]),
        ("optimal", 1 - 1e-6, [("holds", 0), ("violated", 1)]),
        ("A", 0.3, [("holds", 0), ("violated", 1)]),
        ("A", 1.5, [("holds", 0), ("holds", 0)]),
    ):
        spoilt = pl.when(at & (pl.col("probes") == probes)).then(pl.col("error") * factor)
        doctored = measured.with_columns(error=spoilt.otherwise("error"))
        assert verdicts(judge_collapse(doctored)) == expected


def test_optima_are_judged_by_their_maximum_and_row_by_row(checked: pl.DataFrame) -> None:
    findings = judge_optima(checked)
    assert verdicts(findings) == [("holds", 0)] * 3
    codes = 2 * len(CHECKED)  # k = 9 > m is left out
    assert [one.tests for one in findings] == [codes, 8 * codes, codes]
    assert 0 < findings[2].value <= 1 + 1e-9
    one = (pl.col("kind") == "sparse") & (pl.col("k") == 3)
    for column, expected in (
        ("row", [("violated", 1), ("violated", 8), ("holds", 0)]),
        ("columns", [("holds", 0), ("holds", 0), ("violated", 1)]),
    ):
        above = pl.min_horizontal(1.0, 3 * pl.col("alpha").max()) + 1e-5
        doctored = checked.with_columns(pl.when(one).then(above).otherwise(column).alias(column))
        assert verdicts(judge_optima(doctored)) == expected


def test_columns_against_rows_are_ratios_of_the_optima(checked: pl.DataFrame) -> None:
    table = collapse.columns_against_rows(checked)
    assert table.columns == ["kind", "k", "codes", "least", "median", "greatest"]
    for kind, k, codes, least, _, greatest in table.iter_rows():
        rows = checked.filter((pl.col("kind") == kind) & (pl.col("k") == k))
        ratio = rows["columns"][0] / (k * rows["alpha"].max())  # pyright: ignore[reportOperatorIssue]
        assert codes == 1
        assert least == greatest == pytest.approx(ratio)
        assert k > 1 or ratio == pytest.approx(1, abs=1e-6)


def test_the_search_finds_the_counterexample_and_reaches_the_sharp_bound(
    found: pl.DataFrame,
) -> None:
    claimed, unclaimed, corrected, sharp = judge_cosines(found)
    assert (claimed.verdict, corrected.verdict, sharp.verdict) == ("holds",) * 3
    assert unclaimed.verdict == "violated"
    assert unclaimed.value > 0.05
    assert (found["cosine"] - found["sharp"]).min() > -1e-4  # pyright: ignore[reportOperatorIssue]
    above = found.with_columns(cosine=pl.col("sharp") + 1e-6)
    assert judge_cosines(above)[-1].failures == len(SEARCHES)


def test_the_witnesses_are_stored(found: pl.DataFrame) -> None:
    for k, eps, A, B in found.select("k", "eps_found", "A", "B").iter_rows():
        A, B = (pl.Series(v).to_numpy().reshape(geometry.DIMENSIONS, 2) for v in (A, B))
        assert worst_case_error(A, B, k=k).upper == eps


def test_profiles_hold_different_cells(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for cells in (collapse.PROFILES["paper"], collapse.CHECKS["paper"], geometry.PROFILES["paper"]):
        assert len({store.key(cell) for cell in cells}) == len(cells)
    assert all(cell.d < cell.m for cell in collapse.PROFILES["paper"])
