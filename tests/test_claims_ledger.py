"""The ledger of claims and the tests that name them hold each other to account."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

from lcs.claims import CLAIMS, Claim, claim
from lcs.claims.claim import Side
from proofs.__main__ import module_of

TESTS = Path(__file__).parent
ROOT = TESTS.parent
LEDGER = sorted((ROOT / "lcs" / "claims").glob("*.py"))
CODE = sorted(path for room in ("lcs", "experiments") for path in (ROOT / room).rglob("*.py"))
FAMILIES = {id.split("-")[0] for id in CLAIMS}

EVERY_CLAIM = pytest.mark.parametrize("entry", CLAIMS.values(), ids=lambda entry: entry.id)


# --- the checker: a test that names no claim, or one that is not in the ledger, is a problem ----


def file_name(id: str) -> str:
    """The file under tests/claims that holds the tests of a claim."""
    return f"test_{id.lower().replace('-', '_')}.py"


def named(node: ast.AST) -> Iterator[str | None]:
    """The claim ids of all `pytest.mark.claim(...)` below a node; None for one not spelled out."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.claim":
            literal = [a.value for a in call.args if isinstance(a, ast.Constant)]
            id = literal[0] if len(literal) == len(call.args) == 1 and not call.keywords else None
            yield id if isinstance(id, str) else None


def marks_of_all(body: Iterable[ast.stmt]) -> set[str | None]:
    """The claims named by `pytestmark = ...` in a module or class."""
    marks = (
        s for s in body if isinstance(s, ast.Assign) and "pytestmark" in map(ast.unparse, s.targets)
    )
    return {id for statement in marks for id in named(statement)}


def each_test(
    body: list[ast.stmt], inherited: frozenset[str | None]
) -> Iterator[tuple[str, frozenset[str | None]]]:
    """Every test of a module or class, with the claims it names or inherits."""
    inherited |= marks_of_all(body)
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own = inherited.union(*(named(d) for d in node.decorator_list))
            if isinstance(node, ast.ClassDef):
                yield from each_test(node.body, own)
            elif node.name.startswith("test"):
                yield node.name, own


def problems(paths: Iterable[Path]) -> list[str]:
    """What is wrong with the claims that these test files name; empty when all is well."""
    owner = {file_name(id): id for id in CLAIMS}
    found = []
    for path in paths:
        module = ast.parse(path.read_text(encoding="utf-8"))
        found += [
            f"{path.name}: claim {id!r} is not in the ledger"
            for id in named(module)
            if id not in CLAIMS
        ]
        if path.parent.name == "claims":
            if path.name not in owner:
                found.append(f"{path.name}: not named after a claim")
            tests = list(each_test(module.body, frozenset()))
            if not tests:
                found.append(f"{path.name}: holds no test")
            found += [
                f"{path.name}: {name} does not name {owner[path.name]}"
                for name, ids in tests
                if path.name in owner and owner[path.name] not in ids
            ]
    return found


def count_by_claim(paths: Iterable[Path]) -> Counter[str | None]:
    """How many tests name each claim."""
    bodies = (ast.parse(path.read_text(encoding="utf-8")).body for path in paths)
    return Counter(id for body in bodies for _, ids in each_test(body, frozenset()) for id in ids)


def test_every_test_of_a_claim_names_it_and_every_name_is_known() -> None:
    assert problems(sorted(TESTS.rglob("*.py"))) == []


def test_every_claim_has_its_file_of_tests() -> None:
    missing = [id for id in CLAIMS if not (TESTS / "claims" / file_name(id)).exists()]
    assert missing == []


GOOD = """
import pytest
pytestmark = pytest.mark.claim("GKP26-thm2")
def test_one(): ...
"""


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("test_gkp26_thm2.py", GOOD, None),
        ("test_gkp26_thm2.py", GOOD.replace("pytestmark", "other"), "does not name"),
        ("test_gkp26_thm2.py", GOOD.replace("thm2", "thm3"), "does not name"),
        ("test_gkp26_thm2.py", GOOD.replace("thm2", "thm99"), "not in the ledger"),
        ("test_gkp26_thm2.py", GOOD.replace('"GKP26-thm2"', "ID"), "not in the ledger"),
        ("test_gkp26_thm2.py", GOOD.replace("def test", "def helper"), "holds no test"),
        ("test_gkp26_thm99.py", GOOD, "not named after a claim"),
        (
            "test_gkp26_thm2.py",
            "class TestAll:\n    @mark\n    def test_one(self): ...",
            "does not name",
        ),
        (
            "test_gkp26_thm2.py",
            'import pytest\n@pytest.mark.claim("GKP26-thm2")\ndef test_one(): ...',
            None,
        ),
        (
            "test_gkp26_thm2.py",
            'import pytest\n@pytest.mark.claim("GKP26-thm2")\ndef test_one(): ...\n'
            "def test_two(): ...",
            "test_two does not name",
        ),
    ],
)
def test_the_checker_finds_what_it_is_for(
    tmp_path: Path, name: str, text: str, complaint: str | None
) -> None:
    file = tmp_path / "claims" / name
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    found = problems([file])
    if complaint is None:
        assert found == []
    else:
        assert any(complaint in problem for problem in found)


def test_tests_elsewhere_may_name_no_claim_but_never_a_wrong_one(tmp_path: Path) -> None:
    file = tmp_path / "test_anything.py"
    file.write_text("def test_one(): ...", encoding="utf-8")
    assert problems([file]) == []
    file.write_text(GOOD.replace("thm2", "thm99"), encoding="utf-8")
    assert problems([file]) != []


def test_every_claim_the_code_names_is_in_the_ledger() -> None:
    """Laws, bounds and experiments name their claim by its id, as a whole string."""
    shape = re.compile(rf"({'|'.join(sorted(FAMILIES))})-[a-z0-9-]+")
    strings = {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    ids = {text for text in strings if shape.fullmatch(text)}
    assert ids  # the ledger itself is among the code
    assert ids - CLAIMS.keys() == set()


@EVERY_CLAIM
def test_what_is_mathematics_has_its_proof_and_an_empirical_claim_has_none(entry: Claim) -> None:
    module = module_of(entry.id).removeprefix("proofs.")
    assert (ROOT / "proofs" / f"{module}.py").exists() != entry.empirical


def test_every_law_has_its_claim() -> None:
    scaling = pytest.importorskip("lcs.scaling")
    assert {law.claim for law in scaling.LAWS} <= CLAIMS.keys()


# --- the ledger itself --------------------------------------------------------------------------


@EVERY_CLAIM
def test_entries_are_well_formed(entry: Claim) -> None:
    assert re.fullmatch(r"[A-Z0-9]+(-[a-z0-9]+)+", entry.id)
    assert entry.side in get_args(Side)
    assert entry.source
    assert entry.locator
    assert entry.domain_text
    assert entry.constant is None or entry.form is not None
    assert (entry.figure is None) == (entry.experiment is None)


@EVERY_CLAIM
def test_statements_are_latex_that_matplotlib_can_set(entry: Claim) -> None:
    assert entry.statement.count("$") % 2 == 0
    assert "$" in entry.statement
    width, height, *_ = MathTextParser("path").parse(entry.statement, 72)
    assert width > 0
    assert height > 0


@EVERY_CLAIM
def test_domain_and_form_broadcast_without_warnings(entry: Claim) -> None:
    m = np.array([1, 2, 3, 10, 1000, 10**6])[:, None, None]
    k = np.array([1, 2, 3, 10, 1000])[:, None]
    eps = np.array([1e-3, 0.5, 1.0, 1.5])
    inside = np.ones((6, 5, 4), dtype=bool)
    if entry.domain is not None:
        inside = entry.domain(m, k, eps)
        assert inside.dtype == bool
        assert inside.shape == (6, 5, 4)
        assert inside.any()
        assert not inside[np.broadcast_to(k > m, inside.shape)].any()
        assert entry.domain(10**6, 3, 0.5) == inside[5, 2, 1]
    if entry.form is not None:
        value = np.broadcast_to(entry.form(m, k, eps), inside.shape)
        assert np.isfinite(value[inside]).all()
        assert (value[inside] >= 0).all()
        assert entry.form(10**6, 3, 0.5) == value[5, 2, 1]


def ledger_nodes() -> Iterator[ast.AST]:
    """Every node of the source of the ledger."""
    for path in LEDGER:
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def test_the_ledger_is_read_only_and_keyed_by_unique_ids() -> None:
    assert all(id == entry.id for id, entry in CLAIMS.items())
    keywords = (node for node in ledger_nodes() if isinstance(node, ast.keyword))
    written = [ast.literal_eval(word.value) for word in keywords if word.arg == "id"]
    # A repeated id, or a family that is left out, would leave fewer entries than are written.
    assert sorted(written) == sorted(CLAIMS)
    with pytest.raises(TypeError):
        CLAIMS["new"] = CLAIMS["GKP26-thm2"]  # pyright: ignore[reportIndexIssue]
    with pytest.raises(AttributeError):
        CLAIMS["GKP26-thm2"].constant = 1.0  # pyright: ignore[reportAttributeAccessIssue]


def test_every_statement_of_the_seed_paper_is_here() -> None:
    theorems = {f"thm{n}" for n in (1, 2, 3, 12)}
    others = {"lem5", "lem7", "cor8", "fig1", "prop9", "prop11", "cor13"}
    assert {id for id in CLAIMS if id.startswith("GKP26")} == {
        f"GKP26-{x}" for x in theorems | others
    }


def test_lookup_returns_the_entry_or_names_its_neighbours() -> None:
    assert claim("GKP26-thm2") is CLAIMS["GKP26-thm2"]
    with pytest.raises(KeyError, match="GKP26-thm2"):
        claim("gkp26-thm2")
    with pytest.raises(KeyError, match="LCS-rank-l1"):
        claim("LCS-rank-l3")
    with pytest.raises(KeyError, match="nearest: none"):
        claim("?")


def test_the_ledger_imports_nothing_else_of_lcs() -> None:
    imported = {
        name
        for node in ledger_nodes()
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    ours = {name for name in imported if name.split(".")[0] == "lcs"}
    assert all(name.startswith("lcs.claims") for name in ours)
