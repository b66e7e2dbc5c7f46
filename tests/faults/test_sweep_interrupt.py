"""Sweeps that are interrupted or killed: what is finished stays, no process does, bits agree."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from lcs.runs.store import Store
from lcs.runs.sweep import run
from tests.cells import CELLS, Cell, draws

REPOSITORY = Path(__file__).parents[2]
SECONDS = 60.0  # a cell that hangs takes ten times as long


def wait_for(what: Callable[[], bool]) -> None:
    """Poll until it is so; the limit is only there to fail instead of hanging."""
    end = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def stored(root: Path) -> list[Path]:
    return sorted(root.rglob("*.parquet"))


def processes_about(root: Path) -> list[int]:
    """The processes that the sweep on this store began: they have the mark of its root."""
    mark, found = f"LCS_TEST_ROOT={root}\0".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@contextmanager
def sweeping(root: Path, workers: int) -> Iterator[subprocess.Popen[str]]:
    """A sweep over CELLS in a process of its own."""
    command = [sys.executable, "-m", "tests.cells", str(root), str(workers)]
    environment = os.environ | {"LCS_TEST_ROOT": str(root)}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def bits(table: pl.DataFrame) -> list[bytes]:
    """The bits of each column of a table."""
    return [table.rechunk().select(name).write_ipc(None).getvalue() for name in table.columns]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The table of a sweep that nothing interrupted."""
    store = Store(tmp_path_factory.mktemp("whole"))
    return run(CELLS, draws, store=store, report=lambda _: None).table


def check_resumed(root: Path, whole: pl.DataFrame, *, least: int) -> None:
    """Resume a sweep: what was finished is reused, and the table is that of a whole sweep."""
    store, lines = Store(root), []
    finished = [cell for cell in CELLS if store.read(cell) is not None]
    kept = {cell: store.path(cell).stat().st_mtime_ns for cell in finished}
    assert len(kept) >= least
    outcome = run(CELLS, draws, store=store, report=lines.append)
    assert set(outcome.reused) == set(kept)
    assert all(store.path(cell).stat().st_mtime_ns == then for cell, then in kept.items())
    assert outcome.table.equals(whole)
    assert bits(outcome.table) == bits(whole)
    assert not any("damaged" in line for line in lines)
    assert len(stored(root)) == len(CELLS)


@pytest.mark.parametrize(
    ("workers", "moment", "number"),
    [
        (1, 3, signal.SIGINT),
        (1, 2, signal.SIGTERM),
        (2, 0, signal.SIGINT),
        (2, 3, signal.SIGINT),
        (2, 2, signal.SIGTERM),
    ],
)
def test_an_interrupt_keeps_what_is_finished(
    tmp_path: Path, whole: pl.DataFrame, workers: int, moment: int, number: signal.Signals
) -> None:
    with sweeping(tmp_path, workers) as process:
        wait_for(lambda: (tmp_path / "Cell").exists() and len(stored(tmp_path)) >= moment)
        process.send_signal(number)
        sent = time.monotonic()
        _, err = process.communicate(timeout=SECONDS)
        took = time.monotonic() - sent
    wanted = {signal.SIGINT: (-signal.SIGINT, "KeyboardInterrupt"), signal.SIGTERM: (143, "")}
    assert process.returncode == wanted[number][0]
    assert wanted[number][1] in err
    assert took < 10
    wait_for(lambda: processes_about(tmp_path) == [])
    assert not list(tmp_path.rglob(".*.tmp"))
    check_resumed(tmp_path, whole, least=moment)


@pytest.mark.parametrize(("workers", "moment"), [(1, 1), (2, 6)])
def test_a_kill_keeps_what_is_finished(
    tmp_path: Path, whole: pl.DataFrame, workers: int, moment: int
) -> None:
    with sweeping(tmp_path, workers) as process:
        wait_for(lambda: len(stored(tmp_path)) >= moment)
        process.kill()
        process.wait(SECONDS)
        wait_for(lambda: processes_about(tmp_path) == [])
    check_resumed(tmp_path, whole, least=moment)


def test_an_interrupt_inside_the_measure_is_raised_again(tmp_path: Path) -> None:
    def interrupted(cell: Cell) -> pl.DataFrame:
        if cell == CELLS[2]:
            raise KeyboardInterrupt
        return draws(cell)

    store = Store(tmp_path)
    handler = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        run(CELLS, interrupted, store=store, report=lambda _: None)
    assert signal.getsignal(signal.SIGTERM) == handler
    assert [store.read(cell) is not None for cell in CELLS[:4]] == [True, True, False, False]
    assert store.failures(CELLS).is_empty(), "an interrupt is no failure"


def test_a_full_disk_stops_the_sweep_and_keeps_what_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, replace = Store(tmp_path), Path.replace

    def full_later(self: Path, target: Path) -> Path:
        if len(stored(tmp_path)) == 2:
            raise OSError(28, os.strerror(28))
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full_later)
        with pytest.raises(OSError, match="cannot write a file: No space left"):
            run(CELLS, draws, store=store, workers=1, report=lambda _: None)
    assert len(stored(tmp_path)) == 2
    assert run(CELLS, draws, store=store, report=lambda _: None).reused == CELLS[:2]
