"""One claim on the page: its statement, then all the evidence, holes shown as holes."""

import re
from collections.abc import Iterable
from html import escape

from lcs.claims import CLAIMS, Claim
from lcs.report import brief
from lcs.report.gather import Entry
from lcs.report.mathml import Typesetter
from lcs.report.record import Record
from lcs.report.stored import Found, Origin, Slack, Step, Stored, Test
from lcs.report.verdict import NO_PROOF_APPLIES, Verdict, holes

SIDES = {
    "upper": "upper bound",
    "lower": "lower bound",
    "exact": "exact",
    "qualitative": "qualitative",
}


def section(
    entry: Entry, of: Record, verdict: Verdict, picture: str | None, typeset: Typesetter
) -> str:
    """Return the section of one claim; picture is the thumbnail of its figure, a data URI."""
    claim = entry.claim
    rows = [
        ("Proof", _proof(entry, of, typeset)),
        ("Tests", _tests(entry.tests, of)),
        ("Hunt", _hunt(entry, of, typeset)),
        ("Measured", _measured(entry, typeset)),
        ("Figure", _figure(entry, picture)),
        ("Origin", _origins(entry.origins)),
        (
            "Faults",
            _items(f"<code>{escape(f.file)}</code>: {escape(f.reason)}" for f in entry.faults),
        ),
    ]
    shown = "\n".join(f"<dt>{name}</dt><dd>{html}</dd>" for name, html in rows if html)
    missing = " ".join(holes(of, claim))
    return f"""<section class="claim" id="{claim.id}" data-source="{escape(claim.source)}"
 data-status="{verdict.word}" data-holes="{missing}" data-text="{escape(_search(claim))}">
<h3><a href="#{claim.id}">{claim.id}</a> {brief.badge(verdict.word)}</h3>
<p class="source">{escape(claim.source)}; {escape(claim.locator)}</p>
<p class="statement">{typeset(claim.statement)}</p>
<p class="facts">{SIDES[claim.side]} · {_prose(claim.domain_text)}</p>
{f'<p class="erratum"><b>Erratum.</b> {_prose(claim.erratum)}</p>' if claim.erratum else ""}
<p class="verdict"><b>{verdict.word.capitalize()}:</b> {_prose(verdict.why)}.</p>
<dl>
{shown}
</dl>
</section>"""


def _search(claim: Claim) -> str:
    parts = (claim.id, claim.source, claim.locator, claim.statement, claim.domain_text)
    return " ".join((*parts, claim.erratum or "")).lower()


def _prose(text: str) -> str:
    """Plain text as HTML: signs for the relations that it spells in ASCII, claims linked."""
    for spelled, sign in (("<=", "≤"), (">=", "≥"), ("->", "→")):
        text = text.replace(spelled, sign)
    return re.sub(r"[A-Z0-9]+(-[a-z0-9]+)+", lambda found: _linked(found[0]), escape(text))


def _hole(text: str) -> str:
    return f'<span class="hole">{text}</span>'


def _old(origin: Origin) -> str:
    return ' <span class="old">old</span>' if origin.old else ""


def _items(lines: Iterable[str], kind: str = "ul") -> str:
    shown = "".join(f"<li>{line}</li>" for line in lines)
    return f"<{kind}>{shown}</{kind}>" if shown else ""


def _folded(summary: str, body: str, *, open_: bool = False) -> str:
    return f"<details{' open' if open_ else ''}><summary>{summary}</summary>{body}</details>"


def _proof(entry: Entry, of: Record, typeset: Typesetter) -> str:
    proof = entry.proof
    if proof is None:
        return NO_PROOF_APPLIES if entry.claim.empirical else _hole("no proof stored")
    failed = any(step.failed is not None for step in proof.items)
    held = "" if failed else "; every step holds"
    summary = f"{brief.proof(of, entry.claim)[0]}{held}{_old(proof.origin)}"
    return _folded(summary, _items((_step(s, typeset) for s in proof.items), "ol"), open_=failed)


def _step(step: Step, typeset: Typesetter) -> str:
    outcome = f"{brief.number(step.shown)} shown"
    if step.failed is not None:
        outcome = f'<b class="fails">fails: {escape(step.failed)}</b>'
    source = f"; {_linked(step.source)}" if step.source else ""
    kind = f'<span class="kind">{escape(step.kind)}</span>'
    summary = f"{kind} {outcome}{source}"
    return _folded(summary, f"<p>{typeset(step.text)}</p>", open_=True)


def _linked(source: str) -> str:
    """A claim as a link, any other source as it is."""
    return f'<a href="#{source}">{source}</a>' if source in CLAIMS else escape(source)


def _tests(tests: Stored | None, of: Record) -> str:
    if tests is None:
        return _hole("no test outcome stored")
    seconds = sum(test.seconds for test in tests.items)
    failed = any(test.outcome == "failed" for test in tests.items)
    summary = f"{brief.tests(of)[0]} in {seconds:.1f} s{_old(tests.origin)}"
    functions: dict[str, list[Test]] = {}
    for test in tests.items:
        functions.setdefault(test.id.split("[")[0], []).append(test)
    return _folded(summary, _items(_function(*each) for each in functions.items()), open_=failed)


def _function(name: str, cases: list[Test]) -> str:
    """One test: its cases, those that did not pass by name, and the examples tried."""
    shown = name.removeprefix("tests/").removeprefix("claims/")
    examples = sum(test.examples or 0 for test in cases)
    drawn = f", {brief.count(examples, 'example')}" if examples else ""
    others = (f"{test.id.removeprefix(name)} {test.outcome}" for test in cases)
    bad = [escape(other.strip()) for other in others if not other.endswith(" passed")]
    outcome = f'<b class="fails">{", ".join(bad)}</b>' if bad else "passed"
    number = f"{brief.count(len(cases), 'case')}, " if len(cases) > 1 else ""
    return f"<code>{escape(shown)}</code> {number}{outcome}{drawn}"


def _hunt(entry: Entry, of: Record, typeset: Typesetter) -> str:
    if entry.hunt is None:
        return "not hunted" if of.measured else _hole("not hunted")
    old = _old(entry.hunt.origin)
    return _items(_slack(slack, old, typeset) for slack in entry.hunt.items)


def _slack(slack: Slack, old: str, typeset: Typesetter) -> str:
    sort = "relative slack" if slack.relative else "slack"
    word = '<b class="fails">violated</b>, ' if slack.violated else ""
    tight = " (known to be tight)" if slack.tight else ""
    return (
        f"{typeset(slack.says)}: {word}least {sort} {slack.least_slack:.3g}{tight} in "
        f"{brief.count(slack.evaluations, 'evaluation')}{old}"
        f"{_place(slack.at, typeset)}"
    )


def _measured(entry: Entry, typeset: Typesetter) -> str:
    if entry.findings:
        return _items(_finding(found, origin, typeset) for found, origin in entry.findings)
    if entry.claim.experiment is not None:
        return _hole(f"no finding stored; its experiment is {entry.claim.experiment}")
    text = "no measurement applicable"
    return text if entry.hunt else _hole(text)


def _finding(found: Found, origin: Origin, typeset: Typesetter) -> str:
    bad = not found.verdict.startswith("holds")
    verdict = f'<b class="fails">{escape(found.verdict)}</b>' if bad else f"<b>{found.verdict}</b>"
    return (
        f"{typeset(found.says)}: {verdict}, {found.failures} of "
        f"{brief.count(found.tests, 'test')} fail; {typeset(found.quantity)} {found.value:.4g}"
        f"{_old(origin)}{_place(found.at, typeset)}"
    )


def _place(at: str, typeset: Typesetter) -> str:
    """Where something is found; a whole matrix is folded."""
    if len(at) <= 150:
        return f"; at {typeset(at)}"
    return _folded(f"at {escape(brief.cut(at, 60))}", f"<p>{typeset(at)}</p>")


def _figure(entry: Entry, picture: str | None) -> str:
    name = entry.claim.figure
    if name is None:
        return ""
    if entry.figure is None:
        return _hole(f"figure {name} is missing")
    if picture is None:
        return _hole(f"figure {name} cannot be read")
    return (
        f'<a class="thumbnail" href="#{brief.anchor(entry.figure)}">'
        f'<img alt="figure {name}, small" loading="lazy" src="{picture}"></a>'
    )


def _origins(origins: list[Origin]) -> str:
    lines = []
    for origin in origins:
        about = "; ".join(f"{escape(k)} {escape(str(v))}" for k, v in sorted(origin.about.items()))
        summary = (
            f"<code>{escape(origin.file)}</code> at {escape(origin.commit)}, "
            f"{escape(origin.about.get('created', 'unknown'))}{_old(origin)}"
        )
        lines.append(_folded(summary, f"<p>{about}</p>"))
    return _items(lines)
