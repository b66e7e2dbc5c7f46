"""Join, for each claim, what is stored about it."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from lcs.claims import CLAIMS, Claim
from lcs.report.stored import (
    Fault,
    Found,
    Origin,
    Slack,
    Step,
    Stored,
    Test,
    read_room,
    read_tables,
)

PROFILES = ("full", "paper", "quick")


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim with all that is stored about it; None or empty where nothing is."""

    claim: Claim
    proof: Stored | None
    tests: Stored | None
    hunt: Stored | None
    findings: tuple[tuple[Found, Origin], ...]
    figure: Path | None
    faults: tuple[Fault, ...]

    @property
    def origins(self) -> list[Origin]:
        """Where its results come from, each file once."""
        rooms = [room.origin for room in (self.proof, self.tests, self.hunt) if room]
        tables = {origin.file: origin for _, origin in self.findings}
        return rooms + list(tables.values())


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every claim with what is stored about it, and the files that cannot be used."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def gather(results: Path) -> Ledger:
    """Read what has been run and join it to the claims.

    Parameters: results, the folder of proofs/, tests/, hunt/ and of the tables of experiments;
    whatever is missing in it is left out, whatever cannot be used is a fault.
    """
    faults: list[Fault] = []
    proofs = read_room(results, "proofs", "steps", Step, faults)
    tests = read_room(results, "tests", "tests", Test, faults)
    hunts = read_room(results, "hunt", "slacks", Slack, faults)
    findings: dict[str, list[tuple[Found, Origin]]] = defaultdict(list)
    for table in read_tables(results, faults):
        for found in table.items:
            findings[found.claim].append((found, table.origin))
    for id in sorted({*proofs, *tests, *hunts, *findings} - CLAIMS.keys()):
        faults.append(
            Fault(id, "results are stored for it, but no such claim is in the ledger", id)
        )
    entries = (
        Entry(
            claim,
            proofs.get(id),
            tests.get(id),
            hunts.get(id),
            tuple(findings[id]),
            _figure(results, claim),
            tuple(fault for fault in faults if _concerns(fault, claim)),
        )
        for id, claim in CLAIMS.items()
    )
    return Ledger(tuple(entries), tuple(faults))


def folder_of(claim: Claim) -> str | None:
    """The folder of its experiment, without the profile."""
    return claim.experiment and claim.experiment.replace("_", "-")


def _concerns(fault: Fault, claim: Claim) -> bool:
    folder = folder_of(claim)
    names = {folder, *(f"{folder}-{profile}" for profile in PROFILES)}
    return fault.about == claim.id or fault.about in names


def _figure(results: Path, claim: Claim) -> Path | None:
    """Its figure, of the largest profile that has been run."""
    folder = folder_of(claim)
    names = [*(f"{folder}-{profile}" for profile in PROFILES), folder]
    paths = [results / str(name) / f"{claim.figure}.png" for name in names]
    return next((path for path in paths if path.is_file()), None)
