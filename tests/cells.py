"""Cells that processes started by the tests of `lcs.runs` can import; run as a program, a sweep."""

import os
import signal
import sys
import time
from dataclasses import dataclass

import polars as pl
import threadpoolctl

from lcs.runs import rng, store, sweep


@dataclass(frozen=True)
class Cell:
    """A cell with one field of each kind."""

    name: str
    n: int
    eps: float
    sizes: tuple[int, ...] = (1, 2)
    option: bool | None = None


CELLS = tuple(Cell(name, n, 0.1 * n) for name in ("p", "q") for n in range(1, 5))


def draws(cell: Cell) -> pl.DataFrame:
    """A pure measure: a few awkward floats that the fields of the cell determine."""
    random = rng.generator(name=cell.name, n=cell.n, eps=cell.eps)
    values = [*random.standard_normal(3 + cell.n), -0.0, float("nan"), 5e-324]
    return pl.DataFrame({"row": range(len(values)), "value": values})


def slow_draws(cell: Cell) -> pl.DataFrame:
    """`draws`, slow, and from the seventh cell on so slow that only an interrupt ends the sweep."""
    time.sleep(0.05 if cell in CELLS[:6] else 600)
    return draws(cell)


def fails_on_odd(cell: Cell) -> pl.DataFrame:
    """A measure that raises what does not survive pickling, for some cells."""
    if cell.n % 2:
        raise Unpicklable(cell.n, "is odd")
    return draws(cell)


class Unpicklable(Exception):
    """An exception that cannot be rebuilt from its `args`."""

    def __init__(self, n: int, what: str) -> None:
        super().__init__(f"{n} {what}")


def dies_on_two(cell: Cell) -> pl.DataFrame:
    """A measure that kills its own process, as the kernel does when memory runs out."""
    if cell.n == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return draws(cell)


def environment(cell: Cell) -> pl.DataFrame:
    """The process and the threads that a cell is given."""
    threads = [int(pool["num_threads"]) for pool in threadpoolctl.threadpool_info()]
    variables = [os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]]
    return pl.DataFrame({"pid": os.getpid(), "most": max(threads), "limit": max(variables)})


if __name__ == "__main__":
    sweep.run(CELLS, slow_draws, store=store.Store(sys.argv[1]), workers=int(sys.argv[2]))
