"""The experiment on toy models as codes end to end on three small models, and its judge."""

from pathlib import Path

import polars as pl
import pytest

from experiments import toy_codes
from experiments._toy_code_cells import Model
from experiments._toy_code_findings import judge
from lcs.runs.store import Store
from lcs.runs.sweep import run

SMALL = (
    Model("exact", 5, 2, 1.0, 0.05, starts=3, trials=20, most=3),
    Model("exact", 4, 2, 1.0, 0.1, starts=2, trials=20, most=3),
    Model("sampled", 4, 2, 1.0, 0.1, starts=1, steps=4000, trials=20, most=3),
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy-codes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(toy_codes.PROFILES, "quick", SMALL)
        arguments = ["--results", str(folder), "--docs", str(folder / "docs"), "--workers", "1"]
        assert toy_codes.main(arguments) == 0
    return folder


@pytest.fixture(scope="module")
def measured(results: Path) -> pl.DataFrame:
    return pl.read_parquet(results / "toy-codes-quick" / "toy-codes.parquet")


def test_a_run_leaves_tables_and_figures(results: Path) -> None:
    names = {path.name for path in (results / "toy-codes-quick").iterdir()}
    tables = {"toy-codes.parquet", "verdict-toy-codes.parquet"}
    assert names == tables | {"toy-codes.pdf", "toy-codes.png"}
    assert (results / "docs" / "toy-codes.png").stat().st_size > 0


def test_a_cell_measured_again_is_the_same(measured: pl.DataFrame, tmp_path: Path) -> None:
    again = run(SMALL[1:2], toy_codes.measure, store=Store(tmp_path), workers=1).table
    stored = measured.filter((pl.col("n") == 4) & (pl.col("how") == "exact"))
    assert again.select(stored.columns).equals(stored)


def test_pentagon_and_pairs_are_what_they_should_be(measured: pl.DataFrame) -> None:
    pentagon = measured.filter(pl.col("n") == 5).sort("k")
    assert pentagon["kept"].unique().to_list() == [5]
    assert pentagon["pairs"].unique().to_list() == [0]
    assert pentagon["alpha"][0] == pytest.approx(5**-0.5, abs=1e-4)
    pairs = measured.filter((pl.col("n") == 4) & (pl.col("how") == "exact")).sort("k")
    assert pairs["pairs"].unique().to_list() == [2]
    assert pairs["relu"][0] < 0.05 < 0.99 < pairs["relu"][1]
    assert pairs["l1_positive_trained"].to_list()[::2] == [1.0, 0.0]  # k = 1, 3: three hold a pair


def test_every_finding_holds_and_can_fail(measured: pl.DataFrame) -> None:
    found = judge(measured)
    assert {one.claim for one in found} >= {"TMS-k1-two-m", "TMS-no-guarantee", "TMS-best-bias"}
    assert all(one.failures == 0 and one.tests > 0 for one in found)
    wrong = measured.with_columns(
        relu_proved=pl.lit(0.0),
        relu_least=pl.lit(9.0),
        best_bias=pl.col("relu") + 1,
        alpha=pl.lit(0.0),
        linear_written=pl.lit(9.0),
        pairs=pl.col("pairs") + 1,
    )
    assert all(one.failures > 0 for one in judge(wrong) if one.claim != "TMS-antipodal-code")
    lost = measured.with_columns(l1_positive_trained=pl.lit(0.0))
    assert judge(lost)[-1].failures > 0
