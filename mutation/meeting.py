"""One mutant meets the tests that bear on it; what came of it is stored, and stands a while."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lcs.runs.sealed import replace
from mutation.bearing import Bearing, digest, file_of, shared
from mutation.mutants import Mutant
from mutation.trial import trial

_ENOUGH = 40.0  # seconds of tests against one mutant, the quickest first
_FEW = 3  # files of tests that are tried before the others
_START = 15.0  # seconds for a child to import and collect


@dataclass(frozen=True, slots=True)
class Met:
    """What became of a mutant: killed, survived or timeout; `ran` of the `bearing` tests."""

    mutant: Mutant
    verdict: str
    by: str
    ran: int
    bearing: int

    @property
    def package(self) -> str:
        """The package of lcs that it belongs to."""
        return Path(self.mutant.place.file).parent.name


def meet(mutant: Mutant, bearing: Bearing, *, root: Path, store: Path, ask: bool) -> Met | None:
    """What becomes of a mutant, as stored or by a trial now; None where that is not asked for."""
    bears = bearing.on(mutant, root)
    chosen = enough(mutant, bears, bearing)
    place, code = mutant.place, shared(root)
    name = json.dumps([place.file, place.operator, place.occurrence, digest(root / place.file)])
    path = store / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
    said = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not said or said["tests"] != _tests(said, chosen, root, code):
        if not ask:
            return None
        said = _said(mutant, chosen, bearing, root)
        said["tests"] = _tests(said, chosen, root, code)
        replace(path, json.dumps(said | {"was": mutant.was, "now": mutant.now}).encode())
    return Met(mutant, said["verdict"], said["by"], len(chosen), len(bears))


def _said(mutant: Mutant, chosen: list[str], bearing: Bearing, root: Path) -> dict[str, Any]:
    """By the tests of the first files, and only if they pass by the others: most start quicker."""
    few = list(dict.fromkeys(file_of(test) for test in chosen))[:_FEW]
    first = [test for test in chosen if file_of(test) in few]
    said = {"verdict": "survived", "by": ""}
    for part in (first, chosen[len(first) :]):
        if part and said["verdict"] == "survived":
            said = trial(mutant, part, root=root, limit=limit(part, bearing))
    return said


def enough(mutant: Mutant, tests: list[str], bearing: Bearing) -> list[str]:
    """The quickest tests, as far as the time reaches, by file: named for the module, then quick."""
    total, cost = 0.0, dict.fromkeys(map(file_of, tests), 0.0)
    chosen = []
    for test in tests:
        total += bearing.seconds[test]
        if chosen and total > _ENOUGH:
            break
        chosen.append(test)
        cost[file_of(test)] += bearing.seconds[test]
    name = Path(mutant.place.file).stem.strip("_")
    return sorted(chosen, key=lambda t: (name not in file_of(t), cost[file_of(t)], file_of(t)))


def limit(tests: list[str], bearing: Bearing) -> float:
    """The seconds after which tests run in vain: far more than they took."""
    return _START + 3 * sum(bearing.seconds[test] for test in tests)


def _tests(said: dict, chosen: list[str], root: Path, code: str) -> dict[str, str]:
    """What a verdict rests on: the code, and the test that killed or all that did not."""
    by = file_of(said["by"])
    files = {by} if by and (root / by).exists() else set(map(file_of, chosen))
    return {"code": code} | {file: digest(root / file) for file in sorted(files)}
