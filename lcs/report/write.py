"""Write the report: the page and the table."""

from pathlib import Path

from lcs.claims import CLAIMS
from lcs.report.gather import gather
from lcs.report.latex import table
from lcs.report.page import page, records_of
from lcs.report.status import renew
from lcs.report.verdict import holes
from lcs.runs.sealed import replace


def write(results: Path, out: Path, readme: Path | None = None) -> list[str]:
    """Write report.html and ledger.tex from what is stored; return what there is to tell.

    Parameters: results, the folder of what has been run; out, the folder to write into; readme, a
    README whose table of status, and docs/ledger.json beside it, are renewed.
    Raises: OSError when a file cannot be written, ValueError when the README has no such place.
    """
    ledger = gather(results)
    records = records_of(ledger)
    files = {"report.html": page(ledger, records), "ledger.tex": table(records)}
    for name, text in files.items():
        replace(out / name, text.encode())
    written = [out / name for name in files]
    if readme is not None:
        written += renew(readme, records)
    missing = [name for id, of in records.items() for name in holes(of, CLAIMS[id])]
    counts = ", ".join(f"{missing.count(n)} without {n}" for n in ("proof", "tests", "measurement"))
    return [
        *(f"cannot be used: {fault.file}: {fault.reason}" for fault in ledger.faults),
        f"{len(records)} claims, {len(missing)} holes: {counts}",
        *(f"wrote {path}" for path in written),
    ]
