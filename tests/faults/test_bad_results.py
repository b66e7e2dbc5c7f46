"""Whatever is wrong with what is stored, the report is built and says so."""

import re
from pathlib import Path

import polars as pl
import pytest

from lcs.report.gather import gather
from lcs.report.page import page, records_of
from lcs.report.verdict import judge
from lcs.report.write import write
from tests.stored import ABOUT, FOUND, SLACK, STEP, TEST, draw, everything, measure, put


@pytest.fixture
def results(tmp_path: Path) -> Path:
    everything(tmp_path / "results")
    return tmp_path / "results"


def section(results: Path, id: str) -> str:
    """The section of one claim, from a page that is written whole."""
    lines = write(results, results / "report")
    assert re.match(r"wrote .*ledger\.tex", lines[-1])
    html = (results / "report" / "report.html").read_text(encoding="utf-8")
    found = re.search(rf'<section class="claim" id="{id}".*?</section>', html, re.DOTALL)
    assert found
    return found[0]


def test_nothing_wrong_is_reported_of_good_results(results: Path) -> None:
    ledger = gather(results)
    assert ledger.faults == ()
    assert "Every stored file could be used" in page(ledger, records_of(ledger))


def test_an_empty_folder_gives_a_page_of_holes(tmp_path: Path) -> None:
    text = section(tmp_path, "GKP26-thm2")
    for hole in ("no proof stored", "no test outcome stored", "not hunted", "no finding stored"):
        assert f'<span class="hole">{hole}' in text
    assert '<span class="hole">figure scaling is missing</span>' in text


JSONS = [
    ("proofs", "steps", STEP, "no proof stored"),
    ("tests", "tests", TEST, "no test outcome stored"),
    ("hunt", "slacks", SLACK, "not hunted"),
]


def rewrite(path: Path, key: str, *items: dict, **more) -> None:
    put(path.parents[1], path.parent.name, path.stem, key, *items, **more)


SPOIL = {
    "cut": lambda path, *_: path.write_text(path.read_text()[:-40]),
    "empty": lambda path, *_: path.write_text(""),
    "list": lambda path, *_: path.write_text("[]"),
    "null": lambda path, *_: path.write_text("null"),
    "binary": lambda path, *_: path.write_bytes(b"\xff\xfe\x00"),
    "other claim": lambda path, *_: path.write_text(path.read_text().replace("thm2", "thm3")),
    "other key": lambda path, key, item: rewrite(path, "other", item),
    "field lacks": lambda path, key, item: rewrite(path, key, dict(list(item.items())[1:])),
    "types": lambda path, key, item: rewrite(path, key, {name: [] for name in item}),
    "no provenance": lambda path, key, item: rewrite(path, key, item, about=None),
}


@pytest.mark.parametrize(("room", "key", "item", "hole"), JSONS, ids=[room for room, *_ in JSONS])
@pytest.mark.parametrize("spoil", SPOIL.values(), ids=SPOIL.keys())
def test_a_spoilt_file_is_a_fault_and_a_hole(
    results: Path, room: str, key: str, item: dict, hole: str, spoil
) -> None:
    spoil(results / room / "GKP26-thm2.json", key, item)
    (fault,) = gather(results).faults
    assert fault.file == f"{room}/GKP26-thm2.json"
    assert fault.reason
    text = section(results, "GKP26-thm2")
    assert f"<dt>Faults</dt><dd><ul><li><code>{room}/GKP26-thm2.json</code>" in text
    assert hole in text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-20]),
        lambda path: path.write_bytes(b""),
        lambda path: pl.DataFrame({"claim": ["GKP26-thm2"]}).write_parquet(path),
        lambda path: pl.read_parquet(path).with_columns(tests=pl.lit("ten")).write_parquet(path),
        lambda path: pl.read_parquet(path).write_parquet(path, metadata={"lcs.provenance": "{"}),
    ],
    ids=["cut", "empty", "columns", "types", "provenance"],
)
def test_a_spoilt_table_is_a_fault_of_the_claims_of_its_experiment(results: Path, spoil) -> None:
    spoil(results / "scaling-quick" / "verdict-x.parquet")
    text = section(results, "GKP26-thm2")
    assert "<code>scaling-quick/verdict-x.parquet</code>: " in text
    assert "no finding stored" in text
    assert "Faults" not in section(results, "GKP26-prop11")


def test_results_of_other_source_code_are_marked_old(results: Path) -> None:
    assert '<span class="old">' not in section(results, "GKP26-thm2")
    put(results, "proofs", "GKP26-thm2", "steps", STEP, about={**ABOUT, "source": "other"})
    assert section(results, "GKP26-thm2").count('<span class="old">') == 2  # there and its origin
    measure(results, "scaling-quick", {"claim": "GKP26-thm2", **FOUND}, about={})
    assert section(results, "GKP26-thm2").count('<span class="old">') == 4


def test_a_step_that_raised_is_shown_and_leaves_the_claim_open(results: Path) -> None:
    failed = {**STEP, "failed": "ZeroDivisionError: <b>division</b>", "shown": 0}
    put(results, "proofs", "GKP26-thm2", "steps", STEP, failed)
    text = section(results, "GKP26-thm2")
    assert "fails: ZeroDivisionError: &lt;b&gt;division&lt;/b&gt;" in text
    assert "<details open><summary>2 exact; 1 fail" in text
    records = records_of(gather(results))
    assert judge(records["GKP26-thm2"], records).word == "open"


def test_a_missing_or_broken_figure_is_said_to_be_so(results: Path) -> None:
    path = draw(results, "scaling-quick", "scaling")
    assert 'src="data:image/png;base64,' in section(results, "GKP26-thm2")
    path.write_bytes(path.read_bytes()[:200])
    text = section(results, "GKP26-thm2")
    assert "figure scaling cannot be read" in text
    path.unlink()
    assert "figure scaling is missing" in section(results, "GKP26-thm2")


def test_results_of_an_unknown_claim_are_a_fault(results: Path) -> None:
    put(results, "proofs", "GKP26-thm99", "steps", STEP)
    measure(results, "other", {"claim": "<i>", **FOUND})
    lines = write(results, results / "report")
    assert [line for line in lines if "no such claim" in line and "GKP26-thm99" in line]
    assert "<code>&lt;i&gt;</code>" in (results / "report" / "report.html").read_text()


def test_what_cannot_be_written_is_refused(results: Path) -> None:
    (results / "report").write_text("a file where the folder goes")
    with pytest.raises(OSError, match="report"):
        write(results, results / "report")
