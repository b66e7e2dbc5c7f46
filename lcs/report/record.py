"""What is known of a claim, in one small record: what README and docs/ledger.json are made of."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lcs.claims import Claim
from lcs.report.gather import Entry
from lcs.report.stored import Origin, Stored

Part = Mapping[str, Any]
"""Counts of one sort of evidence, with the commit that it comes from."""


@dataclass(frozen=True, slots=True)
class Record:
    """A claim's counts of proof steps, tests, hunted slacks and findings; None where none is."""

    id: str
    statement: str  # a hash: a record of another statement says nothing about this one
    proof: Part | None
    tests: Part | None
    hunt: Part | None
    measured: Part | None


def record(entry: Entry) -> Record:
    """The record of what is stored about a claim."""
    findings = entry.findings
    return Record(
        entry.claim.id,
        fingerprint(entry.claim),
        entry.proof and _proof(entry.proof),
        entry.tests and _tests(entry.tests),
        entry.hunt and _hunt(entry.hunt),
        _measured(findings) if findings else None,
    )


def fingerprint(claim: Claim) -> str:
    """A hash of what a claim says and where."""
    said = "\0".join((claim.statement, claim.side, claim.domain_text))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _proof(proof: Stored) -> Part:
    return {
        "kinds": dict(sorted(Counter(step.kind for step in proof.items).items())),
        "refutes": proof.refutes,
        "partial": proof.partial,
        "failed": [step.number for step in proof.items if step.failed is not None],
        "cites": [step.source for step in proof.items if step.source is not None],
        "commit": proof.origin.commit,
    }


def _tests(tests: Stored) -> Part:
    return {
        "functions": len({test.id.split("[")[0] for test in tests.items}),
        "cases": len(tests.items),
        "examples": sum(test.examples or 0 for test in tests.items),
        "passed": sum(test.outcome == "passed" for test in tests.items),
        "failed": sum(test.outcome == "failed" for test in tests.items),
        "commit": tests.origin.commit,
    }


def _hunt(hunt: Stored) -> Part:
    return {
        "slacks": len(hunt.items),
        "least": min((slack.least_slack for slack in hunt.items), default=None),
        "violated": sum(slack.violated for slack in hunt.items),
        "commit": hunt.origin.commit,
    }


def _measured(findings: tuple[tuple[Any, Origin], ...]) -> Part:
    return {
        "verdicts": dict(sorted(Counter(found.verdict for found, _ in findings).items())),
        "tests": sum(found.tests for found, _ in findings),
        "failures": sum(found.failures for found, _ in findings),
        "commit": sorted({origin.commit for _, origin in findings}),
    }
