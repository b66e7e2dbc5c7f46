"""The command line that the experiments share."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path


def parser(
    name: str, description: str | None, profiles: Iterable[str], figures: Iterable[str] = ()
) -> argparse.ArgumentParser:
    """Return the options of every experiment: profile, results, workers, fresh; a figure alone."""
    options = argparse.ArgumentParser(prog=f"python -m {name}", description=description)
    options.add_argument("--profile", choices=list(profiles), default="quick")
    options.add_argument("--results", type=Path, default=Path("results"), help="folder of tables")
    options.add_argument(
        "--workers", type=int, default=1, help="processes (1: threads in each cell)"
    )
    options.add_argument("--fresh", action="store_true", help="recompute what is stored too")
    if figures:
        options.add_argument("--figure", choices=list(figures), help="draw this figure alone")
    return options


def guarded(body: Callable[[], int]) -> int:
    """Run an experiment to its exit code; files that cannot be written and Ctrl-C are one line."""
    try:
        return body()
    except OSError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted: finished cells are stored; the same command goes on", file=sys.stderr)
        return 130
