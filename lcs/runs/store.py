"""A store of immutable tables: one Parquet file per cell, written by atomic rename."""

import dataclasses
import hashlib
import io
import json
import os
import re
import tempfile
import time
import traceback
from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from lcs.runs.sealed import FORMAT, decode_metadata, describe, encode, explained, fields_of, replace

_OURS = re.compile(r"\w+-[0-9a-f]{32}(\.failed)?\.parquet")
_LEFTOVER_SECONDS = 3600.0


class Status(Enum):
    """What became of a cell; the value is the sentence shown to the user."""

    COMPUTED = "computed and stored"
    REUSED = "read from the store"
    STALE = "read from the store, but computed by other source code: a fresh run recomputes"
    FAILED = "failed: the measure raised an exception"
    KILLED = "failed: the worker process died"


@dataclasses.dataclass(frozen=True, slots=True)
class Failure:
    """Why a cell has no table, as text: an exception itself need not survive between processes."""

    status: Status
    exception: str
    message: str
    traceback: str

    @classmethod
    def of(cls, error: BaseException) -> "Failure":
        """Describe an exception; the traceback names files without their folders."""
        lines = "".join(traceback.format_exception(error))
        text = re.sub(r'File "[^"\n]*[\\/]([^"\n\\/]+)"', r'File "\1"', lines)
        return cls(Status.FAILED, type(error).__name__, str(error), text)


class Store:
    """The tables of cells under one directory, as `<root>/<class>/<key>.parquet`.

    A file that is broken is moved aside and kept; one that is not of this store is left alone.
    Either way the cell counts as missing, and a line about it is added to `notes`.

    Parameters: `root`, the directory; it is made by the first write or by `check_writable`.

    >>> @dataclasses.dataclass(frozen=True)
    ... class Cell:
    ...     d: int
    >>> with tempfile.TemporaryDirectory() as root:
    ...     store = Store(root)
    ...     store.write(Cell(3), pl.DataFrame({"x": [0.5]}), {"commit": "unknown"})
    ...     store.scan([Cell(2), Cell(3)]).rows()
    [(3, 0.5)]
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Name the directory; nothing is read or written yet."""
        self.root = Path(root)
        self.notes: list[str] = []

    def key(self, cell: Any) -> str:
        """Return the name of a cell: its class, and 128 bits of the SHA-256 of `describe(cell)`."""
        digest = hashlib.sha256(describe(cell).encode()).hexdigest()
        return f"{type(cell).__name__}-{digest[:32]}"

    def path(self, cell: Any) -> Path:
        """Return where the table of a cell is, or would be."""
        return self.root / type(cell).__name__ / f"{self.key(cell)}.parquet"

    def failed_path(self, cell: Any) -> Path:
        """Return where the failure of a cell is, or would be."""
        return self.path(cell).with_suffix(".failed.parquet")

    def check_writable(self, cells: Iterable[Any] = ()) -> None:
        """Make the folders for these cells, and check that files can be made in them.

        Temporary files that a killed process left there an hour ago or more are removed.
        Raises: OSError, once and clearly, when a folder cannot be written.
        """
        for folder in sorted({self.root, *(self.path(cell).parent for cell in cells)}):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder):
                    pass
            except OSError as error:
                raise explained(error, "a store needs a directory that it can write") from error
            for path in folder.glob(".*.tmp"):  # younger ones may be another sweep's, still alive
                if time.time() - path.stat().st_mtime > _LEFTOVER_SECONDS:
                    path.unlink(missing_ok=True)

    def write(self, cell: Any, table: pl.DataFrame, provenance: Mapping[str, str]) -> None:
        """Store the table of a cell, replacing any older one, and forget its failure.

        Raises: TypeError, ValueError as `encode`; OSError when it cannot be written, and then
        the store is as it was.
        """
        self.put(cell, encode(cell, table, provenance))

    def put(self, cell: Any, data: bytes) -> None:
        """Store what `encode` returned for a cell; like `write`."""
        path = self.path(cell)
        if self._load(path, cell) is None and path.exists():
            self._set_aside(path, "foreign")
        replace(path, data)
        self.failed_path(cell).unlink(missing_ok=True)

    def fail(self, cell: Any, error: BaseException | Failure) -> None:
        """Record why a cell has no table, as one row; raises OSError when it cannot be written."""
        failure = error if isinstance(error, Failure) else Failure.of(error)
        row = {**fields_of(failure), "status": failure.status.value}
        replace(self.failed_path(cell), encode(cell, pl.DataFrame([row]), {}))

    def read(self, cell: Any) -> pl.DataFrame | None:
        """Return the table of a cell, bit for bit as it was written, or None when it is missing."""
        return self._table(self.path(cell), cell)

    def provenance(self, cell: Any) -> dict[str, str] | None:
        """Return the provenance of the table of a cell, or None when the table is missing."""
        loaded = self._load(self.path(cell), cell)
        return None if loaded is None else json.loads(loaded[1]["lcs.provenance"])

    def scan(self, cells: Iterable[Any]) -> pl.DataFrame:
        """Return the tables of these cells, in this order, below each other; missing ones skipped.

        Returns: the fields of the cell as leading columns, then the columns of the tables, which
        must have the same names. Files that this store did not name are noted.
        """
        cells = tuple(cells)
        for folder in sorted({self.path(cell).parent for cell in cells}):
            for path in sorted(folder.glob("*.parquet")):
                if not _OURS.fullmatch(path.name):
                    self._note(f"{path} is not a file of this store: ignored")
        return _stack([(cell, self.read(cell)) for cell in cells])

    def failures(self, cells: Iterable[Any]) -> pl.DataFrame:
        """Return the failures of these cells as `scan` returns tables.

        Returns: the fields, then status (a sentence), exception, message, traceback.
        """
        return _stack([(cell, self._table(self.failed_path(cell), cell)) for cell in cells])

    def _table(self, path: Path, cell: Any) -> pl.DataFrame | None:
        """Return the table in one file of this cell, None when missing."""
        loaded = self._load(path, cell)
        return None if loaded is None else pl.read_parquet(io.BytesIO(loaded[0]))

    def _load(self, path: Path, cell: Any) -> tuple[bytes, dict[str, str]] | None:
        """Return the bytes and the metadata of one file of this cell, None when missing."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        try:
            metadata = decode_metadata(data)
        except ValueError as error:
            kept = self._set_aside(path, "damaged")
            self._note(f"{path} is damaged ({error}): kept as {kept.name}")
            return None
        held = (metadata.get("lcs.cell"), metadata.get("lcs.format"))
        if held == (describe(cell), FORMAT):
            return data, metadata
        self._note(f"{path} is not the file of {cell} in format {FORMAT}: ignored (it is {held})")
        return None

    def _set_aside(self, path: Path, kind: str) -> Path:
        """Rename a file so that no cell has its name; return the new path."""
        names = (f"{path.name}.{kind}{n or ''}" for n in count())
        kept = next(new for name in names if not (new := path.with_name(name)).exists())
        return path.rename(kept)

    def _note(self, line: str) -> None:
        """Remember one line for the user, once."""
        if line not in self.notes:
            self.notes.append(line)


def _stack(pairs: Iterable[tuple[Any, pl.DataFrame | None]]) -> pl.DataFrame:
    """Put the tables that are there below each other, with the fields of their cells in front."""
    found = [(cell, table) for cell, table in pairs if table is not None]
    if not found:
        return pl.DataFrame()
    fields = pl.DataFrame([fields_of(cell) for cell, _ in found], infer_schema_length=None)
    rows = [row for row, (_, table) in enumerate(found) for _ in range(table.height)]
    tables = pl.concat([table for _, table in found], how="vertical_relaxed")
    return pl.concat([fields[rows], tables], how="horizontal")
