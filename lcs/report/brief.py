"""The evidence for a claim in few words, as the summaries show it."""

from html import escape
from pathlib import Path

from lcs.claims import Claim
from lcs.report.record import Record
from lcs.report.verdict import NO_PROOF_APPLIES

KINDS = ("symbolic", "exact", "enclosed", "cited")

Cell = tuple[str, bool]
"""A text, and whether there is what it speaks of: otherwise it is a hole."""


def proof(of: Record, claim: Claim) -> Cell:
    """How many steps of each kind, and which fail."""
    if of.proof is None:
        return (NO_PROOF_APPLIES, True) if claim.empirical else ("none", False)
    kinds = of.proof["kinds"]
    order = [kind for kind in KINDS if kind in kinds] + [
        kind for kind in kinds if kind not in KINDS
    ]
    steps = ", ".join(f"{kinds[kind]} {kind}" for kind in order)
    failed = of.proof["failed"]
    reach = "; refutes it" if of.proof["refutes"] else ""
    reach += "; a part of it" if of.proof.get("partial") else ""
    return f"{steps or 'no step'}{f'; {len(failed)} fail' if failed else ''}{reach}", bool(steps)


def tests(of: Record) -> Cell:
    """How many cases ran and failed, on how many examples."""
    if of.tests is None:
        return "none", False
    cases, failed, passed = (of.tests[name] for name in ("cases", "failed", "passed"))
    outcome = f"{failed} of {cases} fail" if failed else f"{passed} pass"
    examples = of.tests["examples"]
    drawn = f", {number(examples)} examples" if examples else ""
    return f"{outcome}{drawn}", bool(failed or passed)


def hunt(of: Record) -> Cell:
    """The least slack found; a claim that is not hunted has no hole if it is measured."""
    if of.hunt is None or of.hunt["least"] is None:
        return "none", of.measured is not None
    least = f"slack {of.hunt['least']:.3g}"
    return f"{least}; violated" if of.hunt["violated"] else least, True


def measured(of: Record, claim: Claim) -> Cell:
    """The verdicts of its findings."""
    if of.measured is None:
        return (
            ("none applicable", of.hunt is not None)
            if claim.experiment is None
            else ("none", False)
        )
    verdicts = of.measured["verdicts"]
    return ", ".join(f"{word} ({n})" for word, n in verdicts.items()), True


def badge(word: str) -> str:
    """A status as HTML."""
    return f'<span class="status {word.replace(" ", "-")}">{escape(word)}</span>'


def mark(claim: Claim) -> str:
    """What points from a status to an erratum, as HTML."""
    return f' <a class="mark" href="#{claim.id}">erratum</a>' if claim.erratum else ""


def number(n: int) -> str:
    """A number with thin spaces between thousands."""
    return f"{n:,}".replace(",", "\u202f")


def count(n: int, thing: str) -> str:
    """A number of things."""
    return f"{number(n)} {thing}{'' if n == 1 else 's'}"


def anchor(figure: Path) -> str:
    """The id of a figure on the page."""
    return f"figure-{figure.parent.name}-{figure.stem}"


def cut(text: str, length: int) -> str:
    """A text, or its beginning and an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
