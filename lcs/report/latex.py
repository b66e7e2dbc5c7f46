"""The ledger as a LaTeX table: for \\input, with array, longtable, booktabs, amsmath, amssymb."""

from collections.abc import Mapping

from lcs.claims import CLAIMS
from lcs.report import brief
from lcs.report.record import Record
from lcs.report.verdict import judge

HEADS = ("claim", "statement", "proof steps", "tests", "hunt", "measured", "status")
RAGGED = r">{\raggedright\arraybackslash}p"
COLUMNS = (
    rf"l {RAGGED}{{.3\linewidth}} *{{4}}{{{RAGGED}{{.09\linewidth}}}} {RAGGED}{{.08\linewidth}}"
)
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "\u202f": r"\,",
    **{mark: f"\\{mark}" for mark in "&%$#_{}"},
}


def table(records: Mapping[str, Record]) -> str:
    """Return a longtable of one row a claim; a hole is set in italics."""
    head = " & ".join(rf"\textbf{{{name}}}" for name in HEADS) + r" \\"
    rows = [_row(of, records) for of in records.values()]
    return "\n".join(
        [
            "% usepackage: array, longtable, booktabs, amsmath, amssymb; best in landscape",
            r"{\footnotesize\setlength{\tabcolsep}{3pt}",
            rf"\begin{{longtable}}{{{COLUMNS}}}",
            rf"\toprule {head} \midrule \endhead",
            r"\bottomrule \endfoot",
            *rows,
            r"\end{longtable}}",
            "",
        ]
    )


def _row(of: Record, records: Mapping[str, Record]) -> str:
    claim = CLAIMS[of.id]
    cells = (brief.proof(of, claim), brief.tests(of), brief.hunt(of), brief.measured(of, claim))
    shown = [plain(text) if has else rf"\emph{{{plain(text)}}}" for text, has in cells]
    status = plain(judge(of, records).word)
    return " & ".join((plain(of.id), claim.statement, *shown, status)) + r" \\"


def plain(text: str) -> str:
    r"""Return text for LaTeX, its special characters escaped.

    >>> print(plain("50 % of d_0"))
    50 \% of d\_0
    """
    return "".join(SPECIAL.get(mark, mark) for mark in text)
