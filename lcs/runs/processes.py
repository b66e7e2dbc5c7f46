"""Compute cells one after the other in this process, or side by side in processes of our own.

The processes are our own, and not an executor's, because an executor whose child is killed cannot
say which cell did it, and has no public way to end its children at once.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

import polars as pl
import threadpoolctl

from lcs.runs import provenance
from lcs.runs.sealed import encode
from lcs.runs.store import Failure, Status

C = TypeVar("C")
# Libraries read these when they are loaded, so a child must be born with them.
_THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "POLARS_MAX_THREADS",
)
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One cell's file or failure, and what it took."""

    result: bytes | Failure
    seconds: float


def attempts(
    cells: Sequence[C], measure: Callable[[C], pl.DataFrame], workers: int
) -> Generator[tuple[C, Attempt]]:
    """Yield each cell with its attempt, as they finish."""
    command = provenance.command_line()
    if workers > 1:
        yield from _in_processes(cells, measure, workers, command)
        return
    for cell in cells:
        yield cell, _attempt(cell, measure, command)


def _attempt(cell: C, measure: Callable[[C], pl.DataFrame], command: str) -> Attempt:
    """Measure one cell, in whichever process this is."""
    start = time.perf_counter()
    try:
        table = measure(cell)
        seconds = time.perf_counter() - start
        origin = provenance.collect(seconds=seconds, command=command)
        return Attempt(encode(cell, table, origin), seconds)
    except Exception as error:
        return Attempt(Failure.of(error), time.perf_counter() - start)


def _in_processes(
    cells: Sequence[C], measure: Callable[[C], pl.DataFrame], workers: int, command: str
) -> Generator[tuple[C, Attempt]]:
    """Yield each cell with its attempt, as child processes finish them; leave no child behind."""
    threads = max(1, provenance.cores() // workers)
    queue = iter(cells)
    children: list[_Child] = []
    busy: dict[Any, tuple[_Child, C]] = {}

    def give(cell: C, child: _Child | None = None) -> None:
        if child is None or not child.process.is_alive():
            child = _Child(measure, command, threads)
            children.append(child)
        busy[child.pipe] = child, cell
        with suppress(OSError):  # a child that has died since shows when its answer is read
            child.pipe.send(cell)

    try:
        for cell in islice(queue, workers):
            give(cell)
        while busy:
            for pipe in wait(list(busy)):
                child, cell = busy.pop(pipe)
                attempt = child.answer()
                for following in islice(queue, 1):
                    give(following, child)
                yield cell, attempt
    finally:
        for child in children:
            child.end()


class _Child:
    """A process that answers each cell sent through `pipe` with an attempt."""

    def __init__(self, measure: Callable[..., pl.DataFrame], command: str, threads: int) -> None:
        """Begin the process with its share of the cores."""
        self.pipe, theirs = _SPAWN.Pipe()
        work = (theirs, measure, command, threads)
        self.process = _SPAWN.Process(target=_serve, args=work, daemon=True)
        with _environment(dict.fromkeys(_THREAD_VARIABLES, str(threads))):
            self.process.start()
        theirs.close()  # with no copy left here, the end of the child is the end of the pipe

    def answer(self) -> Attempt:
        """Return the answer to the cell sent last, or how the child ended instead."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(timeout=5)
            message = f"the process ended with exit code {self.process.exitcode}"
            self.end()
            return Attempt(Failure(Status.KILLED, "ProcessDied", message, ""), 0.0)

    def end(self) -> None:
        """Kill the process: it writes no file of the store, so it needs no time to tidy up."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _serve(
    pipe: Connection, measure: Callable[[C], pl.DataFrame], command: str, threads: int
) -> None:
    """Answer cells until the pipe ends: what a child process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent too, which decides
    threading.Thread(target=_follow_parent, daemon=True).start()
    threadpoolctl.threadpool_limits(threads)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_attempt(pipe.recv(), measure, command))


def _follow_parent() -> None:
    """End this process when its parent ends, even killed and even in the middle of a cell."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
