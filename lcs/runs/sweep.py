"""Run one pure function over many cells: resumable, in any order, on any number of processes."""

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from typing import Any, NoReturn, TypeVar

import polars as pl

from lcs.runs import provenance
from lcs.runs.display import Tell, display
from lcs.runs.processes import Attempt, attempts
from lcs.runs.store import Failure, Status, Store

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a sweep did: every cell is in one of `done`, `reused`, `failed`, in the given order.

    `table` holds the cells of `done` and `reused` as `Store.scan` does; `stale` are those of
    `reused` that other source code computed.
    """

    table: pl.DataFrame
    done: tuple[Any, ...]
    reused: tuple[Any, ...]
    failed: tuple[Any, ...]
    stale: tuple[Any, ...]


def run(
    cells: Iterable[C],
    measure: Callable[[C], pl.DataFrame],
    *,
    store: Store,
    workers: int = 1,
    fresh: bool = False,
    report: Callable[[str], object] | None = None,
) -> Outcome:
    """Compute and store the table of every cell that the store does not hold yet.

    A cell that raises is stored as a failure and tried again next time; so is one whose worker
    process dies. An interrupt (KeyboardInterrupt, or SIGTERM as SystemExit(143)) leaves every
    finished cell stored.

    Parameters: `cells`, different instances of frozen dataclasses; `measure`, a pure function of
    one cell, importable by name when `workers` > 1; `store`; `workers`, the number of processes
    (1: this one, with all cores; more: the cores shared between them); `fresh`, recompute what is
    stored too; `report`, called with each line for the user (None: standard error).
    Returns: the outcome; it depends neither on `workers` nor on what was interrupted before.
    Raises: ValueError for equal cells or `workers` < 1; TypeError for what is no cell; OSError
    when the store cannot be written.
    """
    cells = tuple(cells)
    _check(cells, store, workers)
    store.check_writable(cells)
    with _sigterm_exits(), display(report, len(cells)) as tell:
        found = {} if fresh else _stored(cells, store)
        stale = tuple(cell for cell, source in found.items() if source != provenance.source())
        if found:
            tell(f"{len(found)} of {len(cells)}: {Status.REUSED.value}", len(found), quiet=True)
        if stale:
            tell(f"{len(stale)} of {len(cells)}: {Status.STALE.value}")
        _tell_notes(store, tell)
        todo = [cell for cell in cells if cell not in found]
        failed = set()
        with closing(attempts(todo, measure, workers)) as finished:
            for number, (cell, attempt) in enumerate(finished, start=len(found) + 1):
                line, lost = _settle(cell, attempt, store)
                failed.update([cell] if lost else [])
                tell(f"[{number}/{len(cells)}] {line}", 1, quiet=not lost)
        table = store.scan(cell for cell in cells if cell not in failed)
        _tell_notes(store, tell)
    done = tuple(cell for cell in todo if cell not in failed)
    return Outcome(table, done, tuple(found), tuple(c for c in todo if c in failed), stale)


def _check(cells: Sequence[Any], store: Store, workers: int) -> None:
    """Reject what `run` must not start with."""
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ValueError(f"workers must be an int >= 1, got {workers!r}")
    seen = set()
    for cell in cells:
        if (key := store.key(cell)) in seen or cell in seen:
            raise ValueError(f"cells must differ from each other, got {cell} twice")
        seen |= {key, cell}


def _stored(cells: Iterable[C], store: Store) -> dict[C, str | None]:
    """Return the cells with a whole table and no failure since, each with its source hash."""
    known = ((cell, store.provenance(cell)) for cell in cells)
    return {
        cell: origin.get("source")
        for cell, origin in known
        if origin is not None and not store.failed_path(cell).exists()
    }


def _settle(cell: Any, attempt: Attempt, store: Store) -> tuple[str, bool]:
    """Store one attempt; return the line about it, and whether it failed."""
    result = attempt.result
    if isinstance(result, Failure):
        store.fail(cell, result)
        why = f"{result.exception}: {result.message}".splitlines()[0]
        return f"{_brief(cell)} {result.status.value} ({why})", True
    store.put(cell, result)
    return f"{_brief(cell)} {Status.COMPUTED.value}, {attempt.seconds:.2f} s", False


def _brief(cell: Any) -> str:
    """Name a cell by the fields in which it differs from its defaults."""
    values = [(f.name, getattr(cell, f.name), f.default) for f in fields(cell)]
    shown = ", ".join(f"{name}={value!r}" for name, value, default in values if value != default)
    return f"{type(cell).__name__}({shown})"


def _tell_notes(store: Store, tell: Tell) -> None:
    """Tell what the store noticed since it was last asked."""
    for note in store.notes:
        tell(note)
    store.notes.clear()


@contextmanager
def _sigterm_exits() -> Iterator[None]:
    """Let SIGTERM raise SystemExit(143), so that children end, unless the caller handles it."""

    def leave(number: int, frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
