"""The status of the ledger in the README, made from docs/ledger.json, which is kept with the code.

What has not been run keeps its committed record, unless the statement has changed since: a clone
without results can renew the records of its proofs and tests alone.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from lcs.claims import CLAIMS
from lcs.report.record import Record
from lcs.report.verdict import WORDS, holes, judge
from lcs.runs import sealed
from lcs.runs.sections import has_markers, markdown, replace_section

PARTS = ("proof", "tests", "hunt", "measured")
HEADS = ("family", "claims", "proof", "tests", "hunt", "measured", *WORDS, "holes")

Records = Mapping[str, Record]


def renew(readme: Path, found: Records) -> list[Path]:
    """Write docs/ledger.json beside a README, and its table into the README.

    Raises: ValueError when the README has no place for it, or ledger.json cannot be read.
    """
    if not has_markers(readme, "status"):
        raise ValueError(f"{readme} must be a README with the markers of the status")
    path = readme.parent / "docs" / "ledger.json"
    records = merged(found, load(path) if path.exists() else {})
    sealed.replace(path, dump(records).encode())
    replace_section(readme, table(records), "status")
    return [path, readme]


def merged(found: Records, kept: Records) -> dict[str, Record]:
    """The records found, each part that was not run taken from those kept of the same statement."""
    return {
        id: replace(of, **{part: getattr(of, part) or getattr(kept[id], part) for part in PARTS})
        if id in kept and kept[id].statement == of.statement
        else of
        for id, of in found.items()
    }


def load(path: Path) -> dict[str, Record]:
    """Read docs/ledger.json. Raises ValueError when it is not what `dump` writes."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        records = (Record(**{k: v for k, v in row.items() if k != "status"}) for row in rows)
        return {record.id: record for record in records}
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} must hold one record a claim; {error}") from error


def dump(records: Records) -> str:
    """The text of docs/ledger.json: a line a claim, with the status that its record gives it."""
    rows = (asdict(of) | {"status": judge(of, records).word} for of in records.values())
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n"


def table(records: Records) -> str:
    """The README's table: one row a family, counting claims, evidence, verdicts and holes."""
    families = list(dict.fromkeys(id.split("-")[0] for id in records))
    rows = [
        _row(name, [of for of in records.values() if of.id.split("-")[0] == name], records)
        for name in families
    ]
    return markdown(HEADS, [*rows, _row("all", list(records.values()), records)])


def _row(name: str, members: list[Record], records: Records) -> list[str]:
    words = Counter(judge(of, records).word for of in members)
    counts = [
        len(members),
        *(sum(bool(getattr(of, part)) for of in members) for part in PARTS),
        *(words[word] for word in WORDS),
        sum(len(holes(of, CLAIMS[of.id])) for of in members),
    ]
    return [name, *map(str, counts)]
