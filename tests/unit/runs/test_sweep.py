"""Sweeps: the same bits whatever the order and the workers; reuse, failures, stale results."""

import json
import os
import re
from pathlib import Path

import polars as pl
import pytest

from lcs.runs import provenance
from lcs.runs.store import Status, Store
from lcs.runs.sweep import Outcome, run
from tests.cells import (
    CELLS,
    Cell,
    dies_on_two,
    draws,
    environment,
    fails_on_odd,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "results")


def bits(outcome: Outcome) -> bytes:
    """Every bit of a table, those of NaN and -0.0 included."""
    return outcome.table.rechunk().write_ipc(None).getvalue()


def quiet(_: str) -> None:
    """Say nothing."""


def never(cell: Cell) -> pl.DataFrame:
    raise AssertionError(f"{cell} must not be computed")


@pytest.mark.parametrize("workers", [1, 2])
def test_bits_depend_neither_on_workers_nor_on_order(tmp_path: Path, workers: int) -> None:
    def reference() -> pl.DataFrame:
        fields = {"name": [], "n": [], "eps": [], "sizes": [], "option": [], "row": [], "value": []}
        for cell in CELLS:
            for row, value in draws(cell).iter_rows():
                values = (cell.name, cell.n, cell.eps, list(cell.sizes), cell.option, row, value)
                for column, entry in zip(fields.values(), values, strict=True):
                    column.append(entry)
        return pl.DataFrame(fields)

    there, back = Store(tmp_path / "there"), Store(tmp_path / "back")
    one = run(CELLS, draws, store=there, workers=workers, report=quiet)
    run(reversed(CELLS), draws, store=back, workers=workers, report=quiet)
    two = run(CELLS, never, store=back, report=quiet)
    assert bits(one) == bits(two) == reference().write_ipc(None).getvalue()
    assert (one.done, one.reused, one.failed, one.stale) == (CELLS, (), (), ())
    assert (two.done, two.reused, two.failed, two.stale) == ((), CELLS, (), ())


def test_only_missing_cells_are_computed(store: Store) -> None:
    computed: list[Cell] = []

    def counted(cell: Cell) -> pl.DataFrame:
        computed.append(cell)
        return draws(cell)

    run(CELLS[2:5], draws, store=store, report=quiet)
    outcome = run(CELLS, counted, store=store, report=quiet)
    assert tuple(computed) == outcome.done == CELLS[:2] + CELLS[5:]
    assert outcome.reused == CELLS[2:5]


def test_a_damaged_cell_is_computed_again_and_told(store: Store) -> None:
    first = run(CELLS, draws, store=store, report=quiet)
    path = store.path(CELLS[3])
    path.write_bytes(path.read_bytes()[:50])
    lines: list[str] = []
    again = run(CELLS, draws, store=store, report=lines.append)
    assert again.done == (CELLS[3],)
    assert bits(again) == bits(first)
    assert sum("is damaged" in line for line in lines) == 1


def test_a_foreign_file_is_told_once_in_each_sweep(store: Store) -> None:
    store.check_writable(CELLS)
    pl.DataFrame({"mine": [1]}).write_parquet(store.root / "Cell" / "mine.parquet")
    for _ in range(2):
        lines: list[str] = []
        run(CELLS, draws, store=store, report=lines.append)
        assert sum("mine.parquet is not a file of this store" in line for line in lines) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_failures_are_rows_and_are_tried_again(store: Store, workers: int) -> None:
    lines: list[str] = []
    odd = tuple(cell for cell in CELLS if cell.n % 2)
    even = tuple(cell for cell in CELLS if cell.n % 2 == 0)
    outcome = run(CELLS, fails_on_odd, store=store, workers=workers, report=lines.append)
    assert (outcome.done, outcome.failed) == (even, odd)
    assert outcome.table["n"].unique().sort().to_list() == [2, 4]
    rows = store.failures(CELLS)
    assert rows["n"].to_list() == [1, 3, 1, 3]
    assert rows["message"].to_list() == ["1 is odd", "3 is odd"] * 2
    assert set(rows["status"]) == {Status.FAILED.value}
    assert all("in fails_on_odd\n" in text for text in rows["traceback"])
    assert sum("(Unpicklable: 3 is odd)" in line for line in lines) == 2
    mended = run(CELLS, draws, store=store, workers=workers, report=quiet)
    assert (mended.done, mended.reused) == (odd, even)
    assert not list(store.root.rglob("*.failed.parquet"))


def test_a_measure_that_returns_no_table_fails(store: Store) -> None:
    for wrong in (None, pl.DataFrame({"n": [1]}), pl.DataFrame({"x": [object()]})):
        outcome = run(CELLS[:1], lambda _, w=wrong: w, store=store, report=quiet)  # pyright: ignore[reportArgumentType]
        assert outcome.failed == CELLS[:1]
        assert outcome.table.is_empty()


def test_a_fresh_failure_hides_the_old_table_and_is_tried_again(store: Store) -> None:
    run(CELLS, draws, store=store, report=quiet)
    worse = run(CELLS, fails_on_odd, store=store, fresh=True, report=quiet)
    assert worse.table["n"].unique().sort().to_list() == [2, 4]
    after = run(CELLS, draws, store=store, report=quiet)
    assert after.done == worse.failed


def test_a_killed_worker_fails_its_own_cell_only(store: Store) -> None:
    outcome = run(CELLS[:4], dies_on_two, store=store, workers=2, report=quiet)
    assert outcome.failed == (CELLS[1],)
    assert outcome.done == (CELLS[0], *CELLS[2:4])
    rows = store.failures(CELLS)
    assert rows["status"].to_list() == [Status.KILLED.value]
    assert rows["message"].to_list() == ["the process ended with exit code -9"]


def test_workers_share_the_cores(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "cores", lambda: 2)
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    outcome = run(CELLS, environment, store=store, workers=2, report=quiet)
    assert outcome.table["pid"].n_unique() == 2
    assert set(outcome.table["limit"]) == {"1"}
    assert outcome.table["most"].max() == 1
    assert os.environ["OMP_NUM_THREADS"] == "3"
    origin = store.provenance(CELLS[0])
    assert origin is not None
    assert origin["threads"] == "1"


def test_stale_cells_are_counted_and_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(CELLS[:3], draws, store=store, report=quiet)
    edited = provenance._unchanging() | {"source": "edited"}
    monkeypatch.setattr(provenance, "source", lambda: "edited")
    monkeypatch.setattr(provenance, "_unchanging", lambda: edited)
    lines: list[str] = []
    outcome = run(CELLS, draws, store=store, report=lines.append)
    assert outcome.stale == outcome.reused == CELLS[:3]
    assert [line for line in lines if "other source code" in line] == [
        f"3 of 8: {Status.STALE.value}"
    ]
    assert "fresh" in Status.STALE.value
    fresh = run(CELLS, draws, store=store, fresh=True, report=lines.append)
    assert (fresh.done, fresh.reused, fresh.stale) == (CELLS, (), ())
    assert bits(fresh) == bits(outcome)
    assert run(CELLS, never, store=store, report=quiet).stale == ()


def test_provenance_is_stored_with_each_cell(store: Store) -> None:
    run(CELLS[:1], draws, store=store, report=quiet)
    origin = store.provenance(CELLS[0])
    assert origin is not None
    assert origin["source"] == provenance.source()
    assert 0 < float(origin["seconds"]) < 60


def test_one_line_for_each_finished_cell(store: Store, capfd: pytest.CaptureFixture[str]) -> None:
    run(CELLS[:2], draws, store=store)
    run(CELLS, draws, store=store)
    out, err = capfd.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[2] == f"2 of 8: {Status.REUSED.value}"
    numbered = [line for line in lines if line.startswith("[")]
    assert len(lines) == 1 + len(numbered) == 9
    for line, cell, number in zip(numbered[2:], CELLS[2:], range(3, 9), strict=True):
        # Fields at their defaults, sizes and option, are left out.
        brief = re.escape(f"Cell(name={cell.name!r}, n={cell.n}, eps={cell.eps!r})")
        pattern = rf"\[{number}/8\] {brief} {Status.COMPUTED.value}, \d+\.\d\d s"
        assert re.fullmatch(pattern, line)


def test_a_terminal_shows_a_bar_and_the_failures(
    store: Store, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    run(CELLS, fails_on_odd, store=store)
    out, err = capfd.readouterr()
    assert out == ""
    assert "8/8" in err
    assert err.count("is odd)") == 4
    assert Status.COMPUTED.value not in err


def test_wrong_arguments_are_rejected_before_any_computing(tmp_path: Path) -> None:
    store = Store(tmp_path / "results")
    for cells in ((*CELLS, CELLS[0]), (Cell("p", 1, 1), Cell("p", 1, 1.0))):
        with pytest.raises(ValueError, match=r"cells must differ .* got Cell\(name='p', n=1"):
            run(cells, never, store=store)
    for workers in (0, -1, True, 1.0):
        with pytest.raises(ValueError, match="workers must be an int >= 1"):
            run(CELLS, never, store=store, workers=workers)  # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="a cell must be"):
        run([{"n": 1}], never, store=store)  # pyright: ignore[reportArgumentType]
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="a store needs a directory that it can write"):
        run(CELLS, never, store=Store(tmp_path / "file"))
    assert not store.root.exists()


def test_no_cells_are_an_empty_outcome(store: Store) -> None:
    for workers in (1, 2):
        outcome = run([], never, store=store, workers=workers, report=quiet)
        assert outcome.table.is_empty()
        assert outcome.done == outcome.reused == outcome.failed == ()


def test_results_hold_no_machine_path(store: Store) -> None:
    run(CELLS, fails_on_odd, store=store, report=quiet)
    home = str(Path(__file__).parents[3])
    for path in store.root.rglob("*.parquet"):
        text = json.dumps(pl.read_parquet_metadata(path)) + str(pl.read_parquet(path).rows())
        assert home not in text
