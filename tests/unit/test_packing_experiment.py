"""The packing experiment end to end on small sizes."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import packing
from experiments.packing import Floor, Search
from lcs.bounds.lower import best_lower
from lcs.codes.packing import proved_coherence

TINY = (Search(3, 5, 4), Search(3, 6, 4), Search(3, 6, 2, tied=False), Search(15, 16, 2))
REAL = dict(packing.PROFILES)  # before any test replaces one
TABLES = ("packings", "columns", "least-d")


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(packing.PROFILES, "quick", TINY)


def main(results: Path) -> int:
    return packing.main(["--profile", "quick", "--results", str(results), "--workers", "1"])


def tables(results: Path) -> dict[str, pl.DataFrame]:
    folder = results / "packing-quick"
    return {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    results = tmp_path_factory.mktemp("packing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(packing.PROFILES, "quick", TINY)
        assert main(results) == 0
    return results


def test_every_search_has_a_row_between_bound_and_record(whole: Path) -> None:
    found = tables(whole)["packings"]
    assert found.select("d", "m", "tied").rows() == [(s.d, s.m, s.tied) for s in TINY]
    for row in found.iter_rows(named=True):
        assert row["proved"] <= row["coherence"]
        assert 0 < row["share"] <= 1
        assert row["seconds"] > 0
    assert found["source"].to_list() == ["Sloane", "Sloane", "Sloane", None]
    assert found["above_known"].drop_nulls().abs().max() < 1e-12  # pyright: ignore[reportOperatorIssue]


def test_the_stored_columns_have_the_stated_coherence(whole: Path) -> None:
    for row in tables(whole)["columns"].iter_rows(named=True):
        A, B = (np.array(row[name]).reshape(row["m"], row["d"]).T for name in "AB")
        assert proved_coherence(A, B) == row["coherence"]


def test_a_second_run_reuses_the_cells_and_says_the_same(whole: Path, tmp_path: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (whole / "cells").rglob("*.parquet")}
    first = tables(whole)
    assert main(whole) == 0
    assert {p: p.stat().st_mtime_ns for p in (whole / "cells").rglob("*.parquet")} == before
    assert main(tmp_path) == 0, "and a fresh one finds the same packings"
    for name in TABLES:
        drop = [c for c in ("seconds",) if c in first[name].columns]
        assert_frame_equal(tables(tmp_path)[name].drop(drop), first[name].drop(drop))


@pytest.mark.parametrize(
    ("d", "m", "scope"), [(3, 6, "A = B"), (3, 6, "any A, B"), (4, 11, "A = B")]
)
def test_a_floor_is_the_last_level_that_is_excluded(d, m, scope) -> None:
    low = packing.floor(Floor(d, m, scope))["proved"][0]

    def needed(mu: Fraction) -> int:
        return best_lower(m, 1, mu / (1 + mu), strict=False, scope=scope).d or 0

    assert needed(Fraction(low)) > d >= needed(Fraction(low) + Fraction(1, 2**packing.BITS))


def test_the_real_profiles_name_each_search_once_and_cover_the_lines() -> None:
    for cells in REAL.values():
        assert len(set(cells)) == len(cells)
        lines = {(c.d, c.m) for c in cells if c.tied}
        assert lines >= {(d, m) for d in range(3, 7) for m in range(d + 1, 21)}
