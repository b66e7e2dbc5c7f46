"""The ledger as one HTML page that needs nothing else: no network, no build step, no script."""

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from lcs.claims import CLAIMS
from lcs.report import brief
from lcs.report.figures import thumbnail
from lcs.report.gather import Entry, Ledger
from lcs.report.mathml import Typesetter
from lcs.report.record import Record, record
from lcs.report.section import section
from lcs.report.verdict import WORDS, Verdict, holes, judge

TITLE = "The ledger of claims"
SHIELD = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)


def page(ledger: Ledger, records: Mapping[str, Record]) -> str:
    """Return the whole page.

    Parameters: what `gather` joined, and the record of each claim.
    """
    typeset = Typesetter()
    paths = {entry.figure for entry in ledger.entries if entry.figure}
    pictures = {path: small for path in paths if (small := thumbnail(path))}
    verdicts = {id: judge(of, records) for id, of in records.items()}
    sections = _sections(ledger.entries, records, verdicts, pictures, typeset)
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{SHIELD}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>lcs: {TITLE.lower()}</title>",
            f"<style>\n{_asset('page.css')}</style>\n</head>\n<body>",
            _opening(records, verdicts),
            f"<main>\n{_filter(ledger.entries, verdicts)}",
            _summary(ledger.entries, records, verdicts),
            sections,
            "</main>",
            _figures(ledger.entries, pictures),
            _notes(ledger, typeset),
            f"<script>\n{_asset('page.js')}</script>\n</body>\n</html>\n",
        ]
    )


def records_of(ledger: Ledger) -> dict[str, Record]:
    """The record of each claim."""
    return {entry.claim.id: record(entry) for entry in ledger.entries}


def _asset(name: str) -> str:
    return files("lcs.report").joinpath(name).read_text(encoding="utf-8")


def _opening(records: Mapping[str, Record], verdicts: Mapping[str, Verdict]) -> str:
    words = Counter(verdict.word for verdict in verdicts.values())
    counts = ", ".join(f"{word} {words[word]}" for word in WORDS if words[word])
    missing = Counter(name for id, of in records.items() for name in holes(of, CLAIMS[id]))
    gaps = ", ".join(f"{n} without {name}" for name, n in sorted(missing.items())) or "none"
    return f"""<header>
<h1>{TITLE}</h1>
<p>{len(records)} statements on how many features a number of neurons can hold, each with
its proof, the tests that could contradict it, the search for a counterexample, and the measurement.
Verdicts: {counts}. Holes: {gaps}.</p>
<details><summary>How a verdict is reached</summary>
<p>By rule, from stored results; nothing on this page is typed. A claim <b>fails as stated</b> when
its proof refutes it, or a measurement or a hunt contradicts it (<b>not reproduced</b>, if it is
qualitative, unproved and has no erratum). It is <b>open</b> when a step of its proof or a test
fails, when its measurement does not decide, or when there are tests at most. It <b>holds</b> when
every step of its proof has been checked, and those of each claim that the proof cites; and <b>holds
within</b> what was tried when it is not proved, or a part of it, but was measured or hunted. Of an
<i>empirical</i> claim, on what training or search finds, no proof is expected. An erratum says what
the source leaves out or gets wrong.</p>
<p>A step is <i>symbolic</i> (an identity or a sign, by computer algebra), <i>exact</i> (integers
and rationals, every case of a stated range), <i>enclosed</i> (interval arithmetic over boxes that
cover a stated domain) or <i>cited</i> (a named theorem or another claim, its hypotheses checked).
A hunt minimises the slack of an inequality; that of a tight claim must come to 0. Results marked
<i>old</i> were computed by other source code than the present.</p>
</details>
</header>"""


def _filter(entries: Sequence[Entry], verdicts: Mapping[str, Verdict]) -> str:
    sources = Counter(entry.claim.source for entry in entries)
    words = Counter(verdict.word for verdict in verdicts.values())
    return f"""<form id="filter" role="search" aria-label="Filter the claims" hidden>
<label>Source <select name="source">{_options(sources.items())}</select></label>
<label>Status <select name="status">{_options((w, words[w]) for w in WORDS if words[w])}</select>
</label>
<label>Text <input type="search" name="text" autocomplete="off"></label>
<label class="tick"><input type="checkbox" name="holes" value="1"> with a hole</label>
<button type="reset">All</button>
<output name="count" aria-live="polite"></output>
</form>"""


def _options(choices: Iterable[tuple[str, int]]) -> str:
    listed = (
        f'<option value="{escape(text)}">{escape(brief.cut(text, 60))} ({n})</option>'
        for text, n in choices
    )
    return f'<option value="">all</option>{"".join(listed)}'


def _summary(
    entries: Sequence[Entry], records: Mapping[str, Record], verdicts: Mapping[str, Verdict]
) -> str:
    rows = []
    for entry in entries:
        id = entry.claim.id
        of, verdict = records[id], verdicts[id]
        cells = (
            brief.proof(of, entry.claim),
            brief.tests(of),
            brief.hunt(of),
            brief.measured(of, entry.claim),
        )
        shown = "".join(
            f'<td data-head="{head}"{"" if has else " class=hole"}>{escape(text)}</td>'
            for head, (text, has) in zip(("proof", "tests", "hunt", "measured"), cells, strict=True)
        )
        rows.append(
            f'<tr data-claim="{id}"><th scope="row"><a href="#{id}">{id}</a></th>{shown}'
            f"<td>{brief.badge(verdict.word)}{brief.mark(entry.claim)}</td></tr>"
        )
    return f"""<h2 id="summary">Summary</h2>
<table class="summary">
<thead><tr><th scope="col">claim</th><th scope="col">proof steps</th><th scope="col">tests</th>
<th scope="col">hunt</th><th scope="col">measured</th><th scope="col">status</th></tr></thead>
<tbody>
{chr(10).join(rows)}
</tbody>
</table>"""


def _sections(
    entries: Sequence[Entry],
    records: Mapping[str, Record],
    verdicts: Mapping[str, Verdict],
    pictures: Mapping[Path, str],
    typeset: Typesetter,
) -> str:
    parts = []
    for family, members in groupby(entries, key=lambda entry: entry.claim.id.split("-")[0]):
        parts.append(f'<section class="family" aria-labelledby="{family}">')
        parts.append(f'<h2 id="{family}">{family}</h2>')
        for entry in members:
            id = entry.claim.id
            picture = pictures.get(entry.figure) if entry.figure else None
            parts.append(section(entry, records[id], verdicts[id], picture, typeset))
        parts.append("</section>")
    return "\n".join(parts)


def _figures(entries: Sequence[Entry], readable: Mapping[Path, str]) -> str:
    """Every figure once, in full."""
    shown: dict[Path, list[str]] = {}
    for entry in entries:
        if entry.figure and entry.figure in readable:
            shown.setdefault(entry.figure, []).append(entry.claim.id)
    if not shown:
        return ""
    parts = ['<section class="figures">\n<h2 id="figures">Figures</h2>']
    for path, ids in shown.items():
        data = base64.b64encode(path.read_bytes()).decode()
        links = ", ".join(f'<a href="#{id}">{id}</a>' for id in ids)
        parts.append(
            f'<figure id="{brief.anchor(path)}"><img alt="figure {path.stem}" loading="lazy" '
            f'src="data:image/png;base64,{data}">'
            f"<figcaption>{path.stem}, of {path.parent.name}: {links}</figcaption></figure>"
        )
    return "\n".join([*parts, "</section>"])


def _notes(ledger: Ledger, typeset: Typesetter) -> str:
    """What could not be used or set."""
    parts = ['<footer>\n<h2 id="notes">Files and formulae</h2>']
    if ledger.faults:
        lines = "".join(
            f"<li><code>{escape(fault.file)}</code>: {escape(fault.reason)}</li>"
            for fault in ledger.faults
        )
        parts.append(f"<p>{len(ledger.faults)} files cannot be used:</p>\n<ul>{lines}</ul>")
    else:
        parts.append("<p>Every stored file could be used.</p>")
    failed = len(typeset.failed)
    parts.append(f"<p>{failed} formulae could not be set and are shown as source.</p>")
    return "\n".join([*parts, "</footer>"])
