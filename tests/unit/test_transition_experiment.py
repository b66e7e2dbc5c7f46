"""The transition experiment end to end on a small profile, and what it counts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from experiments import _half_points, transition
from lcs.l1.decision import Verdict, recovers
from lcs.l1.transition import recoverable_k, success_probability
from lcs.runs.rng import generator
from lcs.runs.store import Store
from lcs.runs.sweep import run

SMALL = transition.Profile(32, 5, 3, 8, 30, 6, (), (0.5,), (16, 32))
TABLES = ("counts", "half-points", "offsets", "diagram", "curves", "verdict-transition")


@pytest.fixture(autouse=True, scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(transition.PROFILES, "quick", SMALL)
        name = "chirp(13, 2)"
        patch.setattr(transition, "CODES", {name: transition.CODES[name]})
        yield


@pytest.fixture(scope="module")
def results(tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    folders = ["--results", str(folder), "--docs", str(folder / "docs")]
    assert transition.main([*folders, "--workers", "1"]) == 0
    return folder


@pytest.fixture(scope="module")
def table(results: Path):
    return lambda name: pl.read_parquet(results / "transition-quick" / f"{name}.parquet")


def test_a_run_leaves_every_table_and_figure(results: Path) -> None:
    names = {path.name for path in (results / "transition-quick").iterdir()}
    assert names == {f"{name}.parquet" for name in TABLES} | {"transition.pdf", "transition.png"}
    assert [path.name for path in (results / "docs").iterdir()] == ["transition.png"]


def test_two_workers_count_the_same(table, tmp_path: Path) -> None:
    cells = (*transition.slices(SMALL)[:3], *transition.others(SMALL)[3:25:7])
    outcome = run(cells, transition.measure, store=Store(tmp_path), workers=2)
    assert outcome.done == cells
    keys = [field for field in cells[0].__slots__ if field != "name"]  # none of these has one
    one = outcome.table.drop("name")
    stored = table("counts").filter(pl.col("name").is_null()).drop("name")
    same = one.select(keys).join(stored, on=keys, maintain_order="left")
    assert_frame_equal(one, same, check_exact=True)


def test_stored_cells_give_the_same_figure_again(results: Path) -> None:
    files = [results / "transition-quick" / f"transition.{end}" for end in ("pdf", "png")]
    before = [file.read_bytes() for file in files]
    assert transition.main(["--results", str(results), "--workers", "1"]) == 0
    assert [file.read_bytes() for file in files] == before


def test_every_trial_is_counted_once(table) -> None:
    counts = table("counts")
    total = counts["recovered"] + counts["not_recovered"] + counts["undecided"]
    assert (total == counts["trials"]).all()
    for d, m, k, exact in counts.select("d", "m", "k", "exact").iter_rows():
        assert exact == success_probability(d, m, k)


def test_trials_are_few_where_the_outcome_is_certain(table) -> None:
    rows = table("counts").filter(part="diagram")
    certain = (rows["exact"] < transition.CERTAIN) | (rows["exact"] > 1 - transition.CERTAIN)
    assert certain.any()
    assert (rows["trials"] == np.where(certain, SMALL.few, SMALL.near)).all()


@pytest.mark.parametrize("ensemble", transition.RANDOM)
def test_cells_count_what_single_decisions_say(ensemble: transition.Ensemble) -> None:
    cell = transition.Trials("slice", ensemble, 8, 16, 3, 9)
    counts = transition.measure(cell).row(0, named=True)
    rng = generator(experiment="transition", **{f: getattr(cell, f) for f in cell.__slots__})
    codes = [transition.drawn(cell, rng) for _ in range(9)]
    supports = [rng.permutation(16)[:3] for _ in range(9)]
    signs = rng.choice([-1.0, 1.0], (9, 3))
    ends = [recovers(*case).verdict for case in zip(codes, supports, signs, strict=True)]
    for verdict in Verdict:
        assert counts[verdict.name.lower()] == ends.count(verdict)
    other = transition.measure(replace(cell, part="diagram"))
    assert codes[0].shape == (8, 16)
    assert other.columns == list(counts)


def test_slices_cross_the_transition() -> None:
    for d, m in ((32, 256), (122, 256)):
        ks = transition.across(d, m)
        assert 4 <= len(ks) <= 7
        assert ks == sorted(set(ks))
        assert success_probability(d, m, ks[0]) >= 1 - transition.TAIL
        assert success_probability(d, m, ks[-1]) <= transition.TAIL
    assert transition.across(6, 256) == []


def counted(d: int, m: int, trials: float) -> pl.DataFrame:
    ks = transition.across(d, m)
    exact = np.array([success_probability(d, m, k) for k in ks])
    columns = {"ensemble": "Gaussian", "name": None, "m": m, "d": d, "k": ks, "trials": trials}
    return pl.DataFrame(columns | {"recovered": exact * trials, "undecided": 0, "exact": exact})


@pytest.mark.parametrize(("d", "m"), [(64, 256), (128, 256)])
def test_exact_counts_have_the_exact_half_point_when_curvature_is_allowed(d: int, m: int) -> None:
    """The curve is not logistic: without curvature its half point lies .05 to .12 too high."""
    row = _half_points.half_points(counted(d, m, 200.0)).row(0, named=True)
    assert row["exact"] == recoverable_k(d, m)
    assert row["low"] < row["exact"] < row["high"]
    assert abs(row["k50"] - row["exact"]) < 0.1 * (row["high"] - row["low"]) / 4
    assert row["line"] == pytest.approx(row["line_exact"], abs=1e-9)
    assert 0.05 < row["line"] - row["exact"] < 0.12


def test_a_slice_beside_the_half_point_has_none() -> None:
    table = counted(64, 256, 100.0).with_columns(recovered=pl.lit(100.0))
    row = _half_points.half_points(table).row(0, named=True)
    assert row["k50"] is None
    assert _half_points.lines(_half_points.half_points(table))[0][3] == "none among these k"


def test_binomial_intervals_are_exact() -> None:
    table = pl.DataFrame({"recovered": [0, 10, 3], "undecided": [0, 0, 2], "trials": [10, 10, 10]})
    rows = _half_points.shares(table)
    tail = 0.025
    assert rows["share"].to_list() == [0.0, 1.0, 0.4]
    assert rows["high"][0] == pytest.approx(1 - tail ** (1 / 10))
    assert rows["low"][1] == pytest.approx(tail ** (1 / 10))
    assert (rows["low"][0], rows["high"][1]) == (0.0, 1.0)
    assert rows["low"][2] < 0.3 < 0.5 < rows["high"][2]


def test_profiles_hold_different_cells(tmp_path: Path) -> None:
    store, profile = Store(tmp_path), transition.Profile(64, 8, 5, 20, 30, 12, (), (0.5,), (16,))
    parts = (transition.diagram, transition.slices, transition.others)
    cells = [cell for part in parts for cell in part(profile)]
    assert len({store.key(cell) for cell in cells}) == len(cells)
