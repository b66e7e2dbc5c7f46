"""The README's status is that of docs/ledger.json, which fits the claims, proofs and tests here.

Where it fails: `make test proofs report README=README.md`.
"""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from lcs.claims import CLAIMS
from lcs.report.gather import gather
from lcs.report.page import records_of
from lcs.report.record import fingerprint
from lcs.report.status import dump, load, merged, renew, table
from lcs.runs.sections import markers, section_of
from proofs.__main__ import proofs
from tests.stored import everything
from tests.test_claims_ledger import TESTS, count_by_claim
from tests.unit.test_report_verdict import HOLDS, HUNT, PROOF, of
from tests.unit.test_report_verdict import TESTS as RAN

README = TESTS.parent / "README.md"
LEDGER = TESTS.parent / "docs" / "ledger.json"
RECORDS = load(LEDGER)


def test_the_table_in_the_readme_is_that_of_the_ledger() -> None:
    assert section_of(README.read_text(encoding="utf-8"), "status") == table(RECORDS)


def test_the_ledger_is_as_the_rules_would_write_it() -> None:
    assert LEDGER.read_text(encoding="utf-8") == dump(RECORDS)


def test_the_ledger_has_every_claim_as_it_is_stated() -> None:
    said = {id: fingerprint(entry) for id, entry in CLAIMS.items()}
    assert {id: record.statement for id, record in RECORDS.items()} == said


def test_the_ledger_has_the_steps_of_every_proof() -> None:
    kinds = {id: dict(Counter(step.kind for step in proof.steps)) for id, proof in proofs().items()}
    assert {id: r.proof["kinds"] for id, r in RECORDS.items() if r.proof} == kinds


def test_the_ledger_counts_the_tests_of_every_claim() -> None:
    counted = {id: r.tests["functions"] if r.tests else 0 for id, r in RECORDS.items()}
    assert counted == dict.fromkeys(CLAIMS, 0) | count_by_claim(sorted(TESTS.rglob("test_*.py")))


# --- how it is kept -----------------------------------------------------------------------------


def test_what_was_not_run_keeps_its_record_while_the_statement_stands() -> None:
    kept = of("LCS-collapse", proof=PROOF, hunt=HUNT, measured=HOLDS)
    ran = of("LCS-collapse", tests=RAN, hunt={**HUNT, "least": 0.5})
    both = merged({ran.id: ran}, {kept.id: kept})[ran.id]
    assert (both.proof, both.tests, both.hunt, both.measured) == (PROOF, RAN, ran.hunt, HOLDS)
    restated = replace(ran, statement="other")
    assert merged({ran.id: restated}, {kept.id: kept}) == {ran.id: restated}
    assert merged({ran.id: ran}, {}) == {ran.id: ran}


def test_a_record_survives_the_file(tmp_path: Path) -> None:
    records = {r.id: r for r in (of("LCS-collapse", proof=PROOF), of("LCS-u0", tests=RAN))}
    path = tmp_path / "ledger.json"
    path.write_text(dump(records), encoding="utf-8")
    assert load(path) == records
    assert [row["status"] for row in json.loads(dump(records))] == ["holds", "open"]


@pytest.mark.parametrize("text", ["", "[", "{}x", "[1]", '[{"id": "LCS-u0"}]'])
def test_a_spoilt_ledger_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ledger.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="must hold one record a claim"):
        load(path)


def test_the_table_counts_evidence_verdicts_and_holes() -> None:
    records = [of("GKP26-thm2", proof=PROOF, tests=RAN, measured=HOLDS), of("GKP26-lem5")]
    lines = table({r.id: r for r in records}).splitlines()
    numbers = "| 2 | 1 | 1 | 0 | 1 | 1 | 0 | 0 | 0 | 1 | 3 |"
    assert lines[2:] == [f"| GKP26 {numbers}", f"| all {numbers}"]


def test_the_command_renews_readme_and_ledger_together(tmp_path: Path) -> None:
    everything(tmp_path / "results")
    readme, begin, end = tmp_path / "README.md", *markers("status")
    readme.write_text(f"before\n{begin}\n{end}\nafter\n", encoding="utf-8")
    found = records_of(gather(tmp_path / "results"))
    assert renew(readme, found) == [tmp_path / "docs" / "ledger.json", readme]
    assert load(tmp_path / "docs" / "ledger.json") == found
    assert section_of(readme.read_text(encoding="utf-8"), "status") == table(found)
    empty = records_of(gather(tmp_path / "nothing"))
    renew(readme, empty)
    assert load(tmp_path / "docs" / "ledger.json") == found, "a clone without results keeps all"


def test_a_readme_without_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("no markers", encoding="utf-8")
    with pytest.raises(ValueError, match="markers of the status"):
        renew(tmp_path / "README.md", {})
