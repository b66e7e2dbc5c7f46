"""One mutant meets the tests that bear on it; what came of it is stored, and stands a while."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from lcs.runs.sealed import replace
from mutation.bearing import Bearing, digest, shared
from mutation.mutants import Mutant
from mutation.trial import trial

_ENOUGH = 40.0  # seconds of tests against one mutant, the quickest first
_START = 30.0  # seconds for a child to import and collect


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
    chosen = _enough(bears, bearing)
    place, code = mutant.place, shared(root)
    name = json.dumps([place.file, place.operator, place.occurrence, digest(root / place.file)])
    path = store / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
    said = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if not said or said["tests"] != _tests(said, chosen, root, code):
        if not ask:
            return None
        limit = _START + 3 * sum(bearing.seconds[test] for test in chosen)
        said = trial(mutant, chosen, root=root, limit=limit) if chosen else dict(_UNTESTED)
        said["tests"] = _tests(said, chosen, root, code)
        replace(path, json.dumps(said | {"was": mutant.was, "now": mutant.now}).encode())
    return Met(mutant, said["verdict"], said["by"], len(chosen), len(bears))


_UNTESTED = {"verdict": "survived", "by": ""}


def _enough(tests: list[str], bearing: Bearing) -> list[str]:
    """The quickest tests, as far as the time reaches; those of one file stay together."""
    total, chosen = 0.0, []
    for test in tests:
        total += bearing.seconds[test]
        if chosen and total > _ENOUGH:
            break
        chosen.append(test)
    cost: dict[str, float] = {}
    for test in chosen:
        file = test.split("::")[0]
        cost[file] = cost.get(file, 0.0) + bearing.seconds[test]
    return sorted(chosen, key=lambda test: (cost[test.split("::")[0]], test.split("::")[0]))


def _tests(said: dict, chosen: list[str], root: Path, code: str) -> dict[str, str]:
    """What a verdict rests on: the code, and the test that killed or all that did not."""
    by = said["by"].split("::")[0]
    files = {by} if by and (root / by).exists() else {test.split("::")[0] for test in chosen}
    return {"code": code} | {file: digest(root / file) for file in sorted(files)}
