"""The LaTeX table, as far as it can be checked without LaTeX."""

import re
from pathlib import Path

import pytest

from lcs.claims import CLAIMS
from lcs.report.gather import gather
from lcs.report.latex import HEADS, plain, table
from lcs.report.page import records_of
from tests.stored import everything


@pytest.fixture(scope="module")
def tex(tmp_path_factory: pytest.TempPathFactory) -> str:
    results: Path = tmp_path_factory.mktemp("results")
    everything(results)
    return table(records_of(gather(results)))


def rows(tex: str) -> list[str]:
    body = tex[tex.index(r"\endfoot") : tex.index(r"\end{longtable}")]
    return [line for line in body.splitlines() if line.endswith(r"\\")]


def test_one_row_a_claim_with_every_cell(tex: str) -> None:
    assert [row.split(" & ")[0] for row in rows(tex)] == [plain(id) for id in CLAIMS]
    for row in rows(tex):
        assert len(re.findall(r"(?<!\\)&", row)) == len(HEADS) - 1


def test_it_is_plain_and_balanced(tex: str) -> None:
    assert tex.isascii(), "pdflatex needs no further package"
    bare = re.sub(r"\\[{}\\$%&#_]", "", tex)
    assert bare.count("{") == bare.count("}")
    for row in rows(tex):
        assert row.count("$") % 2 == 0
        outside = re.sub(r"\$[^$]*\$", "", row)
        assert not re.search(r"(?<!\\)[_#%^]", outside)
    assert tex.count(r"\begin{") == tex.count(r"\end{") == 1


def test_holes_are_in_italics(tex: str) -> None:
    row = dict(zip(CLAIMS, rows(tex), strict=True))
    assert r"\emph" not in row["GKP26-thm2"]
    assert row["GKP26-lem7"].count(r"\emph{none}") == 3


@pytest.mark.parametrize("mark", "&%$#_{}~^<>\\")
def test_special_characters_are_escaped(mark: str) -> None:
    assert plain(mark).startswith("\\")
    assert plain(f"a{mark}b") == f"a{plain(mark)}b"
