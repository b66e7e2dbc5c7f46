"""Counterexamples hunted by optimisation: the least slack that a search finds for every claim.

Run as `python -m experiments.hunt --budget 300`. One cell is one round: one start, and one descent
or evolution, against one inequality, seeded by the claim and the number of the round. Rounds go on
until the budget is spent; what is stored is kept, so that the next hunt goes on where one ends.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from experiments import _command, _report
from experiments._hunt_prey import Prey
from experiments._hunt_stock import source, stock
from experiments._hunt_ways import chase
from lcs.runs import provenance
from lcs.runs.rng import generator
from lcs.runs.sealed import replace
from lcs.runs.store import Store
from lcs.runs.sweep import run

HEADS = ["claim", "says", "least slack", "of", "rounds", "evaluations", "verdict"]


@dataclass(frozen=True, slots=True)
class Round:
    """One round against one inequality; other hunting code is another round."""

    claim: str
    says: str
    number: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Least:
    """The best of the rounds against one inequality."""

    prey: Prey
    slack: float
    violated: bool
    at: str
    evaluations: int
    rounds: int

    def entry(self) -> dict[str, Any]:
        """As stored."""
        return {
            "says": self.prey.says,
            "least_slack": self.slack,
            "relative": self.prey.relative,
            "at": self.at,
            "evaluations": self.evaluations,
            "tight": self.prey.tight,
            "violated": self.violated,
        }


def measure(cell: Round) -> pl.DataFrame:
    """Hunt once, and measure with proved rounding where it ends."""
    prey = stock()[cell.claim, cell.says]
    rng = generator(hunt=cell.claim, says=cell.says, round=cell.number)
    hunt = chase(prey, cell.number, rng)
    low, high = prey.measured(hunt.best)
    if not np.isfinite(low):
        raise ValueError(f"a hunt must end in the domain; it ended at {prey.at(hunt.best)}")
    row = {"low": low, "high": high, "at": prey.at(hunt.best), "evaluations": hunt.spent}
    return pl.DataFrame([row])


def least(prey: Prey, rounds: pl.DataFrame) -> Least:
    """The best round; the first of equals. A slack below 0 counts only where it is proved to be."""
    best = rounds.sort("low", "number").row(0, named=True)
    return Least(
        prey,
        slack=(best["low"] + best["high"]) / 2,
        violated=best["high"] < 0,
        at=best["at"],
        evaluations=int(rounds["evaluations"].sum()),
        rounds=rounds.height,
    )


def hunt(
    hunted: Sequence[Prey],
    *,
    folder: Path,
    store: Store,
    until: float,
    rounds: int | None = None,
    workers: int = 1,
    fresh: bool = False,
) -> tuple[list[Least], int]:
    """Hunt round by round, each of all prey, and write what is known after every batch.

    Parameters: `hunted`, in order; `folder` of the claims' files; `store` of the rounds; `until`,
    the time.perf_counter() at which to stop; `rounds` at most; `workers` processes; `fresh`.
    Returns the least slacks of the prey reached, and how many rounds failed.
    """
    began, failed = time.perf_counter(), 0
    found: dict[Prey, list[pl.DataFrame]] = {}
    for batch in _batches(hunted, rounds, 4 * workers):
        if time.perf_counter() >= until:
            break
        cells = [Round(p.claim, p.says, number, source=source()) for p, number in batch]
        outcome = run(
            cells, measure, store=store, workers=workers, fresh=fresh, report=_only_failures
        )
        failed += len(outcome.failed)
        for key, table in outcome.table.group_by("claim", "says") if outcome.table.height else ():
            found.setdefault(stock()[key], []).append(table)
        known = [least(prey, pl.concat(found[prey])) for prey in hunted if prey in found]
        write(known, folder, began, only={prey.claim for prey, _ in batch})
        _tell(batch[-1], len(known), len(hunted), began, until)
    return [least(prey, pl.concat(found[prey])) for prey in hunted if prey in found], failed


def _batches(
    hunted: Sequence[Prey], rounds: int | None, size: int
) -> Iterator[list[tuple[Prey, int]]]:
    """All prey with the number of the round, a few at a time; no batch crosses two rounds."""
    for number in count() if rounds is None else range(rounds):
        for first in range(0, len(hunted), size):
            yield [(prey, number) for prey in hunted[first : first + size]]


def _only_failures(line: str) -> None:
    if "failed" in line:
        print(line, file=sys.stderr)


def _tell(last: tuple[Prey, int], known: int, of: int, began: float, until: float) -> None:
    now = time.perf_counter()
    line = f"round {last[1]}: {last[0].claim}; {known} of {of} inequalities reached"
    print(f"{line}; {now - began:.0f} of {until - began:.0f} s", file=sys.stderr)


def write(known: Iterable[Least], folder: Path, began: float, *, only: set[str]) -> list[Path]:
    """Write <claim>.json of these claims, each in place at once or not at all."""
    claims: dict[str, list[Least]] = {}
    for one in known:
        claims.setdefault(one.prey.claim, []).append(one)
    origin = provenance.collect(seconds=time.perf_counter() - began)
    written = []
    for id in claims.keys() & only:
        slacks = [one.entry() for one in claims[id]]
        text = json.dumps({"claim": id, "slacks": slacks, "provenance": origin}, indent=1)
        replace(folder / f"{id}.json", text.encode())
        written.append(folder / f"{id}.json")
    return sorted(written)


def rows(known: Iterable[Least]) -> list[list[str]]:
    """One line of text per inequality."""
    return [
        [
            one.prey.claim,
            one.prey.says,
            f"{one.slack:.3g}",
            ("relative" if one.prey.relative else "absolute") + (", tight" * one.prey.tight),
            str(one.rounds),
            str(one.evaluations),
            "VIOLATED" if one.violated else "holds",
        ]
        for one in known
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Hunt within a budget, print the least slack of every inequality, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m experiments.hunt", description=__doc__)
    parser.add_argument("--budget", type=float, default=300.0, help="seconds (300)")
    parser.add_argument("--rounds", type=int, help="stop after so many rounds of all prey")
    parser.add_argument("--claims", nargs="*", default=[""], help="only ids that begin so")
    parser.add_argument("--results", type=Path, default=Path("results"), help="folder of tables")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--fresh", action="store_true", help="recompute what is stored too")
    options = parser.parse_args(arguments)
    return _command.guarded(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    hunted = _chosen(stock(), tuple(options.claims))
    if not hunted:
        print(f"error: no inequality of {' '.join(options.claims)} is hunted", file=sys.stderr)
        return 2
    known, failed = hunt(
        hunted,
        folder=options.results / "hunt",
        store=Store(options.results / "cells"),
        until=began + options.budget,
        rounds=options.rounds,
        workers=options.workers,
        fresh=options.fresh,
    )
    violated = [one for one in known if one.violated]
    lines = [f"VIOLATED: {one.prey.claim}, {one.prey.says}: {one.at}" for one in violated]
    if len(known) < len(hunted):
        lines.append(f"{len(hunted) - len(known)} inequalities were not reached: raise the budget")
    _report.show_tables([("Least slack found", HEADS, rows(known))], lines, [])
    return 1 if violated or failed else 0


def _chosen(prey: Mapping[tuple[str, str], Prey], begins: tuple[str, ...]) -> list[Prey]:
    return [one for (claim, _), one in prey.items() if claim.startswith(begins)]


if __name__ == "__main__":
    sys.exit(main())
