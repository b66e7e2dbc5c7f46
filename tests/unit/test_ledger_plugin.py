"""The plugin stores what became of the tests of each claim, and no more than that."""

import json
from pathlib import Path

import pytest

from tests import ledger  # here, so that what it imports outlives each inner session

pytest_plugins = ["pytester"]

ONE = """
import pytest
from hypothesis import given, settings, strategies as st
pytestmark = pytest.mark.claim("LCS-u0")

@settings(max_examples=7, database=None)
@given(st.integers())
def test_drawn(x):
    pass

@pytest.mark.claim("LCS-u1")
@pytest.mark.parametrize("n", [1, 2])
def test_cases(n):
    assert n == 1

def test_skipped():
    pytest.skip("not here")
"""
TWO = ONE.split("@settings")[0] + "def test_elsewhere():\n    pass\n"


@pytest.fixture
def run(pytester: pytest.Pytester):
    """Run pytest with the plugin on these files, by name, and return what is stored, by claim."""
    pytester.makeini("[pytest]\nmarkers = claim(id): a claim\n")

    def run(*arguments: str, **files: str | None) -> dict[str, dict[str, tuple]]:
        for name, text in files.items():
            path = pytester.path / f"test_{name}.py"
            path.write_text(text) if text is not None else path.unlink()
        options = ["--ledger", "out", "-p", "no:cacheprovider", "-p", "no:xdist"]
        pytester.runpytest_inprocess(*options, *arguments, plugins=[ledger])
        return {path.stem: stored(path) for path in sorted((pytester.path / "out").glob("*"))}

    return run


def stored(path: Path) -> dict[str, tuple]:
    data = json.loads(path.read_text())
    assert data["claim"] == path.stem
    assert len(data["provenance"]["source"]) == 64
    assert all(test["seconds"] >= 0 for test in data["tests"])
    return {t["id"].split("::")[1]: (t["outcome"], t["examples"]) for t in data["tests"]}


CASES = {"test_cases[1]": ("passed", None), "test_cases[2]": ("failed", None)}
ALL = {"test_drawn": ("passed", 7), "test_skipped": ("skipped", None), **CASES}


def test_outcomes_and_examples_are_stored_by_claim(run) -> None:
    assert run(one=ONE) == {"LCS-u0": ALL, "LCS-u1": CASES}


def test_what_a_session_does_not_run_is_kept_while_it_exists(run) -> None:
    run(one=ONE, two=TWO)
    found = run("test_two.py", two=TWO.replace("elsewhere", "renamed"))
    assert found == {"LCS-u0": {**ALL, "test_renamed": ("passed", None)}, "LCS-u1": CASES}
    found = run("test_one.py", one=ONE.replace("test_drawn", "test_other"), two=None)
    assert found["LCS-u0"].keys() == {*ALL, "test_other"} - {"test_drawn"}
