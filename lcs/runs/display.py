"""Tell the user how far a sweep is: a bar on a terminal, lines anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn


class Tell(Protocol):
    """Tell the user one line, which says that some more cells are finished."""

    def __call__(self, line: str, finished: int = 0, *, quiet: bool = False) -> None:
        """Tell it; a line is `quiet` when a bar that moves says enough."""
        ...


@contextmanager
def display(report: Callable[[str], object] | None, total: int) -> Iterator[Tell]:
    """Open the way to the user for one sweep.

    Parameters: `report`, called with each line instead of the console; `total`, how many cells.
    Returns: a context that gives a `Tell`.
    """
    console = Console(stderr=True)
    if report is None and console.is_terminal:
        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("cells", total=total)

            def tell_bar(line: str, finished: int = 0, *, quiet: bool = False) -> None:
                if not quiet:
                    console.out(line, highlight=False)
                bar.advance(task, finished)

            yield tell_bar
        return

    def tell_line(line: str, finished: int = 0, *, quiet: bool = False) -> None:
        if report is None:
            console.out(line, highlight=False)
        else:
            report(line)

    yield tell_line
