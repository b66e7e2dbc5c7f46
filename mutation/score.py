"""The score from a sample, with its interval, and the mutants that no test can kill."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scipy.stats import binomtest

from mutation.meeting import Met
from mutation.mutants import Mutant, mutant, places


@dataclass(frozen=True, slots=True)
class Explained:
    """A mutant by its file and its lines, and why no test can kill it."""

    file: str
    was: str
    now: str
    why: str

    def matches(self, made: Mutant) -> bool:
        """Whether this is that mutant."""
        return (self.file, self.was, self.now) == (made.place.file, made.was, made.now)


def explained(path: Path) -> list[Explained]:
    """The list of mutants that are explained."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    return [Explained(**entry) for entry in entries]


def stale(entries: Iterable[Explained], root: Path) -> list[Explained]:
    """Entries that match no mutant of the present code."""
    return [entry for entry in entries if not _exists(entry, root)]


def _exists(entry: Explained, root: Path) -> bool:
    if not (root / entry.file).exists():
        return False
    rows = (root / entry.file).read_text(encoding="utf-8").splitlines()
    plain = [" ".join(row.split()) for row in rows]
    near = (at for at in places(root / entry.file, root) if plain[at.line - 1] in entry.was)
    made = (mutant(at, root) for at in near)
    return any(one is not None and entry.matches(one) for one in made)


def lines(mets: Sequence[Met], entries: Sequence[Explained], packages: Sequence[str]) -> list[str]:
    """The table of scores, then what survives, what is explained and what ran out of time."""
    why = {id(met): one.why for met in mets for one in entries if one.matches(met.mutant)}
    shown = ["package   met  explained  killed  timeout  survived  score  95 % interval"]
    shown += [_row(name, [m for m in mets if m.package == name], why) for name in packages]
    shown.append(_row("all", mets, why))
    for met in mets:
        note = f": {why[id(met)]}" if id(met) in why else ""
        if met.verdict != "killed" or note:
            kind = f"explained, {met.verdict}" if note else met.verdict
            at, made = met.mutant.place, met.mutant
            ran = f"{met.ran} of {met.bearing} tests"
            shown += [f"{kind}{note} ({ran})", f"  {at.file}:{at.line}", f"  - {made.was}"]
            shown.append(f"  + {made.now}")
    return shown


def _row(name: str, mets: Sequence[Met], why: dict[int, str]) -> str:
    counted = [met.verdict for met in mets if id(met) not in why]
    n, survived, timeout = len(counted), counted.count("survived"), counted.count("timeout")
    row = (
        f"{name:8}{len(mets):5}{len(mets) - n:11}{n - survived - timeout:8}{timeout:9}{survived:10}"
    )
    if not n:
        return row
    low, high = binomtest(n - survived, n).proportion_ci(0.95, "wilson")
    return f"{row}{1 - survived / n:7.1%}  {100 * low:.1f} to {100 * high:.1f}"
