"""The report in a real browser, headless: `make report-check`, apart from `make test`.

A state of the filter is an address, so each test opens one and reads what the page has become.
"""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image

from lcs.claims import CLAIMS
from lcs.report.gather import Ledger, gather
from lcs.report.page import page, records_of
from lcs.report.verdict import holes, judge
from tests.stored import everything

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "results"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
CHROMIUM = os.environ.get("CHROMIUM", CHROMIUM)
WIDTHS = {"desktop": 1280, "phone": 390}

# What the page tells of itself: how far it is too wide with all unfolded, and what it asked for.
PROBE = """<script>
const told = document.documentElement.dataset;
told.errors = 0;
addEventListener("error", () => { told.errors++; });
document.addEventListener("securitypolicyviolation", () => { told.errors++; });
addEventListener("load", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  told.width = innerWidth;
  told.excess = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
  told.asked = asked.filter((name) => !name.startsWith("data:")).join(" ");
  told.pictures = [...document.images].filter((image) => image.naturalWidth === 0).length;
  parent.postMessage({ ...told }, "*");
});
</script>"""


class Seen(HTMLParser):
    """What a page shows: the claims of rows and sections that are not hidden, and what it tells."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.told: dict[str, str | None] = {}
        self.rows: list[str | None] = []
        self.sections: list[str | None] = []
        self.form = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "html":
            self.told = {name.removeprefix("data-"): value for name, value in attrs}
        elif "hidden" in has:
            return
        elif tag == "tr" and "data-claim" in has:
            self.rows.append(has["data-claim"])
        elif has.get("class") == "claim":
            self.sections.append(has["id"])
        elif has.get("id") == "filter":
            self.form = True


@pytest.fixture(scope="module", params=["sample", "present"])
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of results, and the one that is here, if there is one."""
    if request.param == "present":
        return RESULTS if RESULTS.is_dir() else pytest.skip("no results here")
    everything(folder := tmp_path_factory.mktemp("results"))
    return folder


@pytest.fixture(scope="module")
def ledger(results: Path) -> Ledger:
    return gather(results)


@pytest.fixture(scope="module")
def html(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = page(ledger, records_of(ledger))
    assert "<head>" in text
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(text.replace("<style>", f"{PROBE}\n<style>", 1), encoding="utf-8")
    return path


def chromium(html: Path, address: str, *options: str) -> str:
    if CHROMIUM is None:
        pytest.fail("needs Chromium: on Debian, install chromium; or set CHROMIUM", pytrace=False)
    command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    command += ["--disable-background-networking", "--virtual-time-budget=5000", *options]
    done = subprocess.run(
        [*command, f"{html.as_uri()}{address}"], capture_output=True, timeout=120, check=True
    )
    return done.stdout.decode()


def look(html: Path, address: str = "", *options: str) -> Seen:
    return Seen(chromium(html, address, "--dump-dom", *options))


def test_all_claims_are_there_and_nothing_is_asked_for(html: Path) -> None:
    seen = look(html)
    assert seen.rows == seen.sections == list(CLAIMS)
    assert seen.form
    assert (seen.told["errors"], seen.told["asked"], seen.told["pictures"]) == ("0", "", "0")


def framed(html: Path, width: int) -> dict[str, str | None]:
    """What the page tells in a frame of that width: a window of Chromium is 500 wide at least."""
    frame = html.with_name(f"frame-{width}.html")
    frame.write_text(
        f'''<!doctype html><html><script>
addEventListener("message", (told) => Object.assign(document.documentElement.dataset, told.data));
</script><iframe src="{html.name}" style="width: {width}px; height: 900px; border: 0"></iframe>'''
    )
    return look(frame, "", "--window-size=1400,1000").told


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_nothing_is_wider_than_the_window(html: Path, width: int) -> None:
    told = framed(html, width)
    assert (told["width"], told["excess"], told["errors"]) == (str(width), "0", "0")


def test_the_probe_sees_what_is_too_wide_and_what_is_asked_for(html: Path) -> None:
    bad = html.with_name("bad.html")
    wide = '<div style="width: 2000px">x</div><img src="https://example.org/x.png" alt="x">'
    bad.write_text(html.read_text(encoding="utf-8").replace("<main>", f"<main>{wide}"))
    told = framed(bad, 390)
    assert int(told["excess"] or 0) > 1000
    assert told["errors"] != "0", "the policy of the page blocks it"


def expected(ledger: Ledger, status: str = "", source: str = "", text: str = "", hole: str = ""):
    records = records_of(ledger)
    return [
        id
        for id, claim in CLAIMS.items()
        if (not status or judge(records[id], records).word == status)
        and (not source or claim.source == source)
        and (not text or text in (claim.statement + id).lower())
        and (not hole or holes(records[id], claim))
    ]


SOURCE = CLAIMS["GKP26-thm2"].source
FILTERS = [
    {"status": "fails as stated"},
    {"status": "open"},
    {"source": SOURCE},
    {"source": SOURCE, "status": "open"},
    {"text": "gkp26-lem"},
    {"holes": "1"},
    {"text": "no claim says this"},
]


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda wanted: " ".join(wanted))
def test_the_filter_hides_rows_and_sections(html: Path, ledger: Ledger, wanted: dict) -> None:
    seen = look(html, f"#{urlencode(wanted)}")
    names = {"hole" if name == "holes" else name: value for name, value in wanted.items()}
    assert seen.rows == seen.sections == expected(ledger, **names)
    assert seen.told["errors"] == "0"


def test_a_link_to_a_claim_hides_nothing(html: Path) -> None:
    assert look(html, "#LCS-rank-l1").rows == list(CLAIMS)


def test_without_scripts_all_is_shown_but_the_filter(html: Path) -> None:
    plain = html.with_name("plain.html")
    text = re.sub("<script>.*?</script>", "", html.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain.write_text(text, encoding="utf-8")
    seen = look(plain, "#status=open")
    assert seen.rows == seen.sections == list(CLAIMS)
    assert not seen.form


@pytest.mark.parametrize("name", WIDTHS)
def test_pictures_to_look_at(html: Path, results: Path, name: str, tmp_path: Path) -> None:
    shown = RESULTS / "report" if results == RESULTS else tmp_path
    shown.mkdir(exist_ok=True)
    path = shown / f"{name}.png"
    chromium(html, "", f"--screenshot={path}", f"--window-size={WIDTHS[name]},2400")
    with Image.open(path) as picture:
        assert picture.size == (WIDTHS[name], 2400)
        assert len(picture.convert("L").getcolors() or []) > 8, "it is not blank"
    print(f"look at {path}")  # noqa: T201
