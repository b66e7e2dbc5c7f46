"""The share of mutants that the tests kill, by package, and every mutant that survives.

Run as `python -m mutation --budget 1200 --seed 1`. Mutants are drawn in a seeded order, stratified
by package, until the budget is spent; each is met by the tests that run its line, the quickest
first. What is stored stands until the code or those tests change: the same command goes on.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from mutation.bearing import Bearing, record
from mutation.meeting import Met, enough, limit, meet
from mutation.mutants import PACKAGES, sample
from mutation.score import explained, lines, stale
from mutation.trial import trial, warm

_ROOT = Path(__file__).parents[1]
_EXPLAINED = Path(__file__).with_name("equivalent.toml")


def known(root: Path, store: Path) -> Bearing:
    """Which tests bear on which lines; says what is being recorded."""
    bearing = Bearing({}, {})
    for name, bearing in record(root, store):
        if name:
            _say(f"recording {name}: {len(bearing.seconds)} tests so far")
    return bearing


def _control(bearing: Bearing, root: Path, seed: int) -> None:
    """Code that is not changed must survive, or a killed mutant would mean nothing."""
    for made in islice(sample(root, seed), len(PACKAGES)):
        same = replace(made, text=(root / made.place.file).read_text(encoding="utf-8"))
        tests = enough(made, bearing.on(made, root), bearing)
        said = trial(same, tests, root=root, limit=limit(tests, bearing))
        if said["verdict"] != "survived":
            raise SystemExit(f"tests must pass on the code as it is; got {said}")


def run(root: Path, store: Path, seed: int, until: float) -> Iterator[Met]:
    """Meet mutants until the time.perf_counter() of `until`; those stored cost nothing."""
    bearing = known(root, store / "tests")
    _control(bearing, root, seed)
    for number, made in enumerate(sample(root, seed), start=1):
        met = meet(
            made, bearing, root=root, store=store / "mutants", ask=time.perf_counter() < until
        )
        if met is None:
            return
        if met.verdict != "killed":
            _say(f"{number:5} {met.verdict} {made.place.file}:{made.place.line} {made.now}")
        elif number % 10 == 0:
            _say(f"{number:5} met")
        yield met


def main(arguments: Sequence[str] | None = None) -> int:
    """Meet mutants, then print the score and the survivors."""
    parser = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    parser.add_argument("--budget", type=float, default=1200, help="seconds")
    parser.add_argument("--seed", type=int, default=1, help="of the order of the mutants")
    parser.add_argument("--results", type=Path, default=_ROOT / "results" / "mutation")
    given = parser.parse_args(arguments)
    until = time.perf_counter() + given.budget
    warm()
    mets: list[Met] = []
    try:
        for met in run(_ROOT, given.results, given.seed, until):
            mets.append(met)
    except KeyboardInterrupt:
        _say("interrupted: what is met is stored; the same command goes on")
    entries = explained(_EXPLAINED)
    print("\n".join(lines(mets, entries, PACKAGES)))
    for entry in stale(entries, _ROOT):
        print(f"stale entry, no such mutant: {entry.file}: {entry.now}")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
