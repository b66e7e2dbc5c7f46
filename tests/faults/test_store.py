"""What a store does with damaged and foreign files, full disks, and places it cannot write."""

import errno
import os
import shutil
import time
from pathlib import Path

import polars as pl
import pytest

from lcs.runs.sealed import encode
from lcs.runs.store import Store
from tests.cells import CELLS, Cell, draws

CELL = CELLS[0]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "results")
    store.write(CELL, draws(CELL), {"source": "abc"})
    return store


@pytest.mark.parametrize("kept", [0, 1, 4, 11, 100, 0.5, -9, -8, -1])
def test_a_truncated_file_is_kept_aside_and_recomputed(store: Store, kept: float) -> None:
    path = store.path(CELL)
    whole = path.read_bytes()
    part = whole[: int(kept * len(whole)) if isinstance(kept, float) else int(kept)]
    path.write_bytes(part)
    assert store.read(CELL) is None
    assert path.with_name(path.name + ".damaged").read_bytes() == part
    (note,) = store.notes
    assert "is damaged" in note
    assert path.name in note
    store.write(CELL, draws(CELL), {"source": "abc"})
    assert path.read_bytes() == whole


def test_each_damaged_file_is_kept(store: Store) -> None:
    path = store.path(CELL)
    for n in range(3):
        path.write_bytes(bytes([n]))
        assert store.provenance(CELL) is None
    kept = [path.with_name(path.name + ".damaged" + n) for n in ("", "1", "2")]
    assert [file.read_bytes() for file in kept] == [b"\0", b"\1", b"\2"]
    assert len(store.notes) == 3


def test_no_flipped_bit_goes_unnoticed(store: Store) -> None:
    path = store.path(CELL)
    whole = path.read_bytes()
    for place in range(4, len(whole), 37):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert store.read(CELL) is None, f"byte {place} of {len(whole)}"
    assert store.notes


def test_a_foreign_file_is_ignored_reported_and_never_lost(store: Store) -> None:
    path = store.path(CELL)
    beside = path.with_name("mine.parquet")
    pl.DataFrame({"mine": [1]}).write_parquet(beside)
    shutil.copy(beside, path)
    assert store.read(CELL) is None
    assert path.read_bytes() == beside.read_bytes(), "reading leaves it where it is"
    assert store.scan([CELL]).is_empty()
    assert len(store.notes) == 2
    assert all(": ignored" in line for line in store.notes)
    store.write(CELL, draws(CELL), {})
    assert path.with_name(path.name + ".foreign").read_bytes() == beside.read_bytes()
    assert beside.exists()
    assert store.scan([CELL])["value"].len() == draws(CELL).height


@pytest.mark.parametrize("other", [CELLS[1], Cell("p", 1, 0.1, option=False)])
def test_the_file_of_another_cell_is_not_believed(store: Store, other: Cell) -> None:
    data = encode(other, draws(other), {})
    store.path(CELL).write_bytes(data)
    assert store.read(CELL) is None
    assert store.provenance(CELL) is None
    assert "is not the file of Cell(name='p', n=1" in store.notes[0]
    store.write(CELL, draws(CELL), {})
    aside = store.path(CELL).with_name(store.path(CELL).name + ".foreign")
    assert aside.read_bytes() == data


def test_a_file_of_another_format_is_not_believed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lcs.runs.sealed.FORMAT", "0")
    store.write(CELL, draws(CELL), {})
    assert store.read(CELL) is None
    assert "in format 1: ignored" in store.notes[0]


@pytest.mark.parametrize("place", ["root", "parent", "class"])
def test_a_file_in_place_of_a_directory_is_one_clear_error(tmp_path: Path, place: str) -> None:
    root = tmp_path / "parent" / "root"
    blocked = {"root": root, "parent": tmp_path / "parent", "class": root / "Cell"}[place]
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.touch()
    with pytest.raises(OSError, match="a store needs a directory that it can write"):
        Store(root).check_writable([CELL])


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_directory_without_leave_to_write_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("lcs.runs.store.tempfile.TemporaryFile", refuse)
    with pytest.raises(OSError, match=f"can write: {os.strerror(code)}") as caught:
        Store(tmp_path).check_writable()
    assert caught.value.errno == code


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_store_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*{"fsync": (os, "fsync", full), "replace": (Path, "replace", full)}[step])
    before = {path: path.read_bytes() for path in store.root.rglob("*.*")}
    for cell in CELLS[:2]:
        with pytest.raises(OSError, match="cannot write a file: No space left") as caught:
            store.write(cell, pl.DataFrame({"x": [1]}), {})
        assert caught.value.errno == errno.ENOSPC
    assert {path: path.read_bytes() for path in store.root.rglob("*.*")} == before


def test_only_old_leftovers_are_removed(store: Store) -> None:
    folder = store.path(CELL).parent
    old, young = folder / ".0.tmp", folder / ".1.tmp"
    for path in (old, young):
        path.write_bytes(b"part")
    hours_ago = time.time() - 7200
    os.utime(old, times=(hours_ago, hours_ago))
    store.check_writable([CELL])
    assert not old.exists()
    assert young.exists(), "it may be that of a sweep that is running"
    assert store.scan([CELL]).height == draws(CELL).height
    assert store.notes == []
