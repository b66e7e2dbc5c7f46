"""The page needs nothing but itself, and says what is stored of every claim."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from lcs.claims import CLAIMS
from lcs.report.gather import gather
from lcs.report.mathml import Typesetter
from lcs.report.page import page, records_of
from lcs.report.verdict import judge
from tests.stored import FOUND, TEST, everything, measure, put

VOID = {"meta", "img", "input", "br", "mspace"}


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    results = tmp_path_factory.mktemp("results")
    everything(results)
    measure(
        results, "bracket-quick", {**FOUND, "claim": "LCS-etf-exact", "at": "<script>x</script>"}
    )
    ledger = gather(results)
    return page(ledger, records_of(ledger))


class Outline(HTMLParser):
    """Tags in order, with attributes; fails where they are not nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.above: list[str] = []
        self.feed(text)
        self.close()
        assert self.above == []

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.above.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        assert self.above.pop() == tag


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    tags = Outline(html).tags
    assert {"link", "iframe", "object", "embed", "base"}.isdisjoint(tag for tag, _ in tags)
    for tag, attributes in tags:
        for name in ("src", "srcset", "data", "poster", "action", "background"):
            if name in attributes:
                assert str(attributes[name]).startswith("data:image/png;base64,"), (tag, name)
        if tag == "a":
            assert str(attributes["href"]).startswith("#")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|import\(", html)
    assert "Content-Security-Policy" in html


def test_every_claim_has_its_row_and_its_section(html: str) -> None:
    tags = Outline(html).tags
    rows = [a["data-claim"] for tag, a in tags if tag == "tr" and "data-claim" in a]
    sections = [a["id"] for tag, a in tags if tag == "section" and a.get("class") == "claim"]
    assert rows == sections == list(CLAIMS)


def test_ids_are_unique_and_links_lead_somewhere(html: str) -> None:
    tags = Outline(html).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for tag, a in tags if tag == "a"} <= set(ids)


def test_headings_go_down_one_level_at_a_time(html: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(html).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(a.get("alt") for tag, a in Outline(html).tags if tag == "img")


def test_what_is_stored_is_shown(html: str) -> None:
    text = html[html.index('id="GKP26-thm2"') : html.index('id="GKP26-lem5"')]
    assert "1 symbolic, 1 exact; every step holds" in text
    assert "3 pass, 180 examples in 0.8 s" in text
    assert "<code>test_x.py::test_y</code> 2 cases, passed, 120 examples" in text
    assert "least slack 0.125 in 1\u202f000 evaluations" in text
    assert "0 of 10 tests fail; least d 2; at m = 3" in text
    assert "<b>Holds:</b> every step of its proof holds; least slack found 0.125." in text
    assert 'class="hole"' not in text


def test_a_case_that_fails_is_named(tmp_path: Path) -> None:
    put(
        tmp_path,
        "tests",
        "LCS-u0",
        "tests",
        TEST,
        {**TEST, "id": "t.py::test_n[2]", "outcome": "failed"},
    )
    ledger = gather(tmp_path)
    text = page(ledger, records_of(ledger))
    assert "<details open><summary>1 of 2 fail" in text
    assert '<code>t.py::test_n</code> <b class="fails">[2] failed</b>' in text


def test_text_from_results_cannot_become_markup(html: str) -> None:
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert html.count("<script>") == 1


def test_statuses_on_the_page_are_those_of_the_rules(tmp_path: Path) -> None:
    everything(tmp_path)
    ledger = gather(tmp_path)
    records = records_of(ledger)
    tags = Outline(page(ledger, records)).tags
    shown = {a["id"]: a["data-status"] for _, a in tags if a.get("class") == "claim"}
    assert shown == {id: judge(of, records).word for id, of in records.items()}
    assert len(set(shown.values())) > 3


def test_every_statement_can_be_set() -> None:
    typeset = Typesetter()
    for claim in CLAIMS.values():
        assert "<math" in typeset(claim.statement)
    assert typeset.failed == set()


def test_what_ends_a_formula_stays_on_its_line() -> None:
    text = Typesetter()("if $x$, and $y$.")
    assert re.sub("<math.*?</math>", "M", text) == (
        'if <span class="whole">M,</span> and <span class="whole">M.</span>'
    )


@pytest.mark.parametrize("text", [r"a $\nosuch{x}$", r"$\frac{1}$", "an odd $", r"$\left( x$"])
def test_a_formula_that_cannot_be_set_is_shown_as_source_and_counted(text: str) -> None:
    typeset = Typesetter()
    assert "<code>" in typeset(text)
    assert len(typeset.failed) == 1
