"""Verdicts follow from records by the rules, and nothing but a rule gives one."""

from dataclasses import replace

import pytest

from lcs.claims import CLAIMS, claim
from lcs.report.record import Record
from lcs.report.verdict import NO_PROOF_APPLIES, WORDS, holes, judge, unproved
from proofs.__main__ import proofs

PROOF = {"kinds": {"exact": 2}, "refutes": False, "failed": [], "cites": [], "commit": "c"}
FAILED = {**PROOF, "failed": [2]}
TESTS = {"functions": 1, "cases": 3, "examples": 60, "passed": 3, "failed": 0, "commit": "c"}
FAILING = {**TESTS, "passed": 2, "failed": 1}
HUNT = {"slacks": 2, "least": 0.125, "violated": 0, "commit": "c"}
BROKEN = {**HUNT, "least": -1.0, "violated": 1}
HOLDS = {"verdicts": {"holds": 2}, "tests": 9, "failures": 0, "commit": ["c"]}

EXACT = "LCS-collapse"
QUALITATIVE = "TMS-privileged-basis"  # without an erratum
ERRATUM = "TMS-antipodal"  # qualitative too


def measured(word: str) -> dict:
    return {**HOLDS, "verdicts": {"holds": 1, word: 1}}


def of(id: str, **parts) -> Record:
    return Record(id, "", *(parts.get(name) for name in ("proof", "tests", "hunt", "measured")))


def word(record: Record, *others: Record) -> str:
    return judge(record, {r.id: r for r in (record, *others)}).word


CASES = [
    ({}, "open"),
    ({"tests": TESTS}, "open"),
    ({"hunt": HUNT}, "holds within"),
    ({"measured": HOLDS}, "holds within"),
    ({"measured": measured("holds within")}, "holds within"),
    ({"proof": PROOF}, "holds"),
    ({"proof": PROOF, "tests": TESTS, "hunt": HUNT, "measured": HOLDS}, "holds"),
    ({"proof": FAILED, "measured": HOLDS}, "open"),
    ({"proof": {**PROOF, "kinds": {}}}, "open"),
    ({"proof": PROOF, "tests": FAILING}, "open"),
    ({"proof": PROOF, "measured": measured("open")}, "open"),
    ({"proof": PROOF, "measured": measured("violated")}, "fails as stated"),
    ({"measured": measured("fails as stated")}, "fails as stated"),
    ({"proof": PROOF, "hunt": BROKEN}, "fails as stated"),
]


@pytest.mark.parametrize(("parts", "expected"), CASES)
def test_the_rules_in_their_order(parts: dict, expected: str) -> None:
    assert word(of(EXACT, **parts)) == expected
    assert expected in WORDS


def test_a_qualitative_claim_without_proof_and_erratum_is_not_reproduced() -> None:
    assert CLAIMS[QUALITATIVE].erratum is None
    bad = measured("violated")
    assert word(of(QUALITATIVE, measured=bad)) == "not reproduced"
    assert word(of(QUALITATIVE, measured=bad, proof=PROOF)) == "fails as stated"
    assert word(of(ERRATUM, measured=bad)) == "fails as stated"


def test_a_proof_holds_only_with_the_claims_it_cites() -> None:
    top = of(EXACT, proof={**PROOF, "cites": ["a book", "LCS-rank-l1"]})
    base = of("LCS-rank-l1", proof=PROOF)
    assert word(top, base) == "holds"
    assert word(top, replace(base, proof=FAILED)) == "open"
    assert word(top, replace(base, proof=None)) == "open"
    assert word(replace(top, hunt=HUNT), replace(base, proof=None)) == "holds within"
    circle = replace(base, proof={**PROOF, "cites": [EXACT]})
    assert "LCS-rank-l1" in str(unproved(top, {EXACT: top, base.id: circle}))


def test_a_proof_that_refutes_a_claim_makes_it_fail() -> None:
    refuted = of("LCS-rank-l1", proof={**PROOF, "refutes": True})
    assert word(refuted) == "fails as stated"
    assert word(replace(refuted, proof={**FAILED, "refutes": True})) == "open"
    top = of(EXACT, proof={**PROOF, "cites": ["LCS-rank-l1"]})
    assert word(top, refuted) == "open", "what cites it has no ground"


def test_a_proof_of_a_part_leaves_the_rest_to_measurement() -> None:
    part = {**PROOF, "partial": True}
    assert word(of(EXACT, proof=part)) == "open"
    assert word(of(EXACT, proof=part, measured=HOLDS)) == "holds within"
    top = of(EXACT, proof={**PROOF, "cites": ["LCS-rank-l1"]})
    assert word(top, of("LCS-rank-l1", proof=part)) == "open", "what it cites may be the other part"


def test_of_an_empirical_claim_no_proof_is_missing() -> None:
    entry = claim(ERRATUM)
    assert entry.empirical
    assert holes(of(ERRATUM), entry) == ["tests", "measurement"]
    found = judge(of(ERRATUM, measured=HOLDS), {})
    assert found.word == "holds within"
    assert NO_PROOF_APPLIES in found.why


def test_every_proof_of_folklore_is_to_refute_it() -> None:
    for id, proof in proofs().items():
        assert proof.refutes or not id.startswith("FOLK-")


def test_the_least_slack_is_told() -> None:
    record = of(EXACT, proof=PROOF, hunt=HUNT)
    assert "least slack found 0.125" in judge(record, {EXACT: record}).why


def test_holes_are_what_is_missing() -> None:
    without, with_ = claim("GKP26-lem5"), claim("GKP26-thm2")
    assert (without.experiment, with_.experiment) == (None, "scaling")
    assert holes(of(without.id), without) == ["proof", "tests", "measurement"]
    full = of(without.id, proof=PROOF, tests=TESTS, hunt=HUNT)
    assert holes(full, without) == []
    assert holes(full, with_) == ["measurement"], "a hunt does not stand in for its experiment"
    assert holes(replace(full, hunt=None, measured=HOLDS), with_) == []
    skipped = {**TESTS, "passed": 0}
    assert holes(replace(full, tests=skipped), without) == ["tests"]
