"""The rules by which a claim gets its verdict, and what is a hole: both from records alone.

In this order, the first that applies:

fails as stated  a proof refutes it, or a measurement or a hunt contradicts it
not reproduced   the latter, for a qualitative claim without a proof and without an erratum
open             a step of its proof fails, a test fails, or a measurement cannot decide
holds            every step of its proof has been checked, and so those of each claim it cites
holds within     it is not proved, or in part, but was measured or hunted, and held within that
open             there are tests at most
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lcs.claims import CLAIMS, Claim
from lcs.report.record import Record

NO_PROOF_APPLIES = "empirical: no proof applies"
WORDS = ("holds", "holds within", "fails as stated", "not reproduced", "open")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the words, and in a sentence what it rests on."""

    word: str
    why: str


def judge(of: Record, records: Mapping[str, Record]) -> Verdict:
    """The verdict on a claim, given the records of all."""
    claim = CLAIMS[of.id]
    against = _against(of, records)
    if against and claim.side == "qualitative" and not of.proof and not claim.erratum:
        return Verdict("not reproduced", against)
    if against:
        return Verdict("fails as stated", against)
    doubt = _doubt(of)
    if doubt:
        return Verdict("open", doubt)
    missing = unproved(of, records)
    if not missing:
        return Verdict("holds", f"every step of its proof holds{_least(of)}")
    if of.hunt or of.measured:
        return Verdict(
            "holds within", f"what was tried: {claim.domain_text}{_least(of)}; {missing}"
        )
    return Verdict("open", f"tests at most; {missing}" if of.tests else f"no evidence; {missing}")


def holes(of: Record, claim: Claim) -> list[str]:
    """What is missing: proof, tests, measurement (that of its experiment, or else a hunt)."""
    measured = of.measured or (of.hunt and claim.experiment is None)
    ran = of.tests and of.tests["passed"] + of.tests["failed"]
    parts = {"proof": of.proof or claim.empirical, "tests": ran, "measurement": measured}
    return [name for name, part in parts.items() if not part]


def unproved(
    of: Record, records: Mapping[str, Record], above: frozenset[str] = frozenset()
) -> str | None:
    """Why a claim does not count as proved; None if it does."""
    if of.proof and of.proof["refutes"]:
        return "its proof is to refute it"
    why = _unsound(of, records, above)
    if why is None and of.proof and of.proof.get("partial"):
        return "its proof covers a part of it"
    return why


def _unsound(of: Record, records: Mapping[str, Record], above: frozenset[str]) -> str | None:
    """Why what its proof says does not stand."""
    if of.proof is None:
        return NO_PROOF_APPLIES if CLAIMS[of.id].empirical else "no proof"
    if of.proof["failed"] or not of.proof["kinds"]:
        return "its proof fails"
    above |= {of.id}
    for id in of.proof["cites"]:
        if id in records and (id in above or unproved(records[id], records, above)):
            return f"its proof rests on {id}, which is not proved"
    return None


def _against(of: Record, records: Mapping[str, Record]) -> str | None:
    """What contradicts a claim."""
    found = []
    if of.proof and of.proof["refutes"] and not _unsound(of, records, frozenset()):
        found.append("its proof refutes it, and every step holds")
    if of.hunt and of.hunt["violated"]:
        found.append(f"the hunt violates {of.hunt['violated']} of {of.hunt['slacks']} inequalities")
    if of.measured:
        words = of.measured["verdicts"]
        bad = sum(words.get(word, 0) for word in ("violated", "fails as stated", "not reproduced"))
        if bad:
            found.append(f"{bad} of {sum(words.values())} findings contradict it")
    return "; ".join(found) or None


def _doubt(of: Record) -> str | None:
    """What is wrong with the evidence, or undecided."""
    if of.proof and of.proof["failed"]:
        numbers = ", ".join(map(str, of.proof["failed"]))
        return f"of its proof these steps fail: {numbers}"
    if of.tests and of.tests["failed"]:
        return f"{of.tests['failed']} of {of.tests['cases']} tests fail"
    if of.measured and not all(word.startswith("holds") for word in of.measured["verdicts"]):
        return "its measurement does not decide"
    return None


def _least(of: Record) -> str:
    if not of.hunt or of.hunt["least"] is None:
        return ""
    return f"; least slack found {of.hunt['least']:.3g}"
