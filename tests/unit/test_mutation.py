"""Mutation testing on a tiny project: what is killed, what survives, what is stored and resumed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mutation import meeting, score
from mutation.bearing import Bearing
from mutation.mutants import Mutant, Place

ROOT = Path(__file__).parents[2]
CODE = """def twice(x: int | None):
    return 2 * x


def thrice(x):
    '''Three times.

    >>> thrice(1)
    3
    '''
    return 3 * x


def spin(x):
    while x > 0:  # falls
        x -= 1
"""
TESTS = """from tiny.code import spin, twice

def test_twice():
    assert twice(2) == 4

def test_spin():
    spin(3)
"""
# A forked child must not come from the process of these tests, which runs threads of its own.
DRIVER = """
import json, sys
from pathlib import Path
from mutation.mutants import Mutant, Place
from mutation.trial import in_child, trial
root, code = Path(sys.argv[1]), Path(sys.argv[1], "tiny/code.py").read_text()
tests = ["tests/test_code.py::test_twice", "tests/test_code.py::test_spin"]
tests.append("tiny/code.py::tiny.code.thrice")
def verdict(was, now, limit=30):
    made = Mutant(Place("tiny/code.py", 1, "", 0), was, now, code.replace(was, now))
    return trial(made, tests, root=root, limit=limit)
def fails():
    raise ValueError("no")
said = {
    "same": verdict("2 * x", "2 * x"),
    "killed": verdict("2 * x", "2 / x"),
    "survivor": verdict("2 * x", "2 + x"),
    "timeout": verdict("x -= 1", "x -= 0", 0.7),
    "doctest": verdict("3 * x", "4 * x"),
    "import": verdict("def spin", "0 / 0\\ndef spin"),
    "collected": verdict("def spin", "def spun"),
    "death": verdict("2 * x", "__import__('os').abort()"),
}
try:
    in_child(fails, 5)
except RuntimeError as error:
    said["error"] = str(error)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tiny")
    (root / "pytest.ini").write_text(
        "[pytest]\naddopts = --import-mode=importlib --doctest-modules\npythonpath = .\n"
    )
    for name, text in {"tiny/code.py": CODE, "tests/test_code.py": TESTS}.items():
        (root / name).parent.mkdir()
        (root / name).write_text(text)
    return root


def test_a_trial_kills_what_a_test_notices(tiny: Path) -> None:
    command = [sys.executable, "-c", DRIVER, str(tiny)]
    lean = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=lean, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    killed = {"verdict": "killed", "by": "tests/test_code.py::test_twice"}
    assert said == {
        "same": {"verdict": "survived", "by": ""},
        "killed": killed,
        "survivor": {"verdict": "survived", "by": ""},
        "timeout": {"verdict": "timeout", "by": ""},
        "doctest": {"verdict": "killed", "by": "tiny/code.py::tiny.code.thrice"},
        "import": {"verdict": "killed", "by": "its import"},
        "collected": {"verdict": "killed", "by": "tests/test_code.py"},
        "death": {"verdict": "killed", "by": "the process died"},
        "error": "tests must run to an end; they ended with ValueError('no')",
    }
    assert (tiny / "tiny/code.py").read_text() == CODE


BY = "tests/test_code.py::test_twice"
BEARING = Bearing({BY: 0.1, "tests/test_code.py::test_spin": 0.2}, {"tiny/code.py": {2: {BY}}})
MADE = Mutant(Place("tiny/code.py", 2, "Mul_Div", 0), "return 2 * x", "return 2 / x", "")
UNTESTED = Mutant(Place("tiny/code.py", 16, "Number", 0), "x -= 1", "x -= 2", "")


@pytest.mark.parametrize("verdict", ["killed", "survived"])
def test_a_verdict_is_stored_and_stands_until_its_tests_change(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verdict: str
) -> None:
    asked = []

    def trial(made, tests, **given):
        asked.append(tests)
        return {"verdict": verdict, "by": BY if verdict == "killed" else ""}

    monkeypatch.setattr(meeting, "trial", trial)

    def meet(ask: bool = True):
        return meeting.meet(MADE, BEARING, root=tiny, store=tmp_path, ask=ask)

    assert meet(ask=False) is None
    first = meet()
    assert first is not None
    assert (first.verdict, first.ran, first.bearing, first.package) == (verdict, 1, 1, "tiny")
    assert meet(ask=False) == first
    assert asked == [[BY]]
    (tiny / "tests/test_code.py").write_text(TESTS + "\n")
    assert meet(ask=False) is None
    (tiny / "tests/test_code.py").write_text(TESTS)
    assert meet(ask=False) == first


def test_a_line_that_no_test_runs_is_a_survivor(tiny: Path, tmp_path: Path) -> None:
    met = meeting.meet(UNTESTED, BEARING, root=tiny, store=tmp_path, ask=True)
    assert met == meeting.Met(UNTESTED, "survived", "", 0, 0)


def test_the_score_leaves_out_what_is_explained_and_names_the_rest() -> None:
    entry = score.Explained("tiny/code.py", MADE.was, MADE.now, "x is 1")
    mets = [
        meeting.Met(UNTESTED, verdict, "", 1, 2) for verdict in ("killed", "survived", "timeout")
    ]
    shown = score.lines([*mets, meeting.Met(MADE, "survived", "", 1, 1)], [entry], ["tiny"])
    assert shown[1].split() == ["tiny", "4", "1", "1", "1", "1", "66.7%", "20.8", "to", "93.9"]
    assert shown[1].split()[1:] == shown[2].split()[1:]
    text = "\n".join(shown[3:])
    assert "explained, survived: x is 1 (1 of 1 tests)\n  tiny/code.py:2\n  - return 2 * x" in text
    assert "survived (1 of 2 tests)\n  tiny/code.py:16\n  - x -= 1\n  + x -= 2" in text


def test_tests_are_chosen_by_the_statement_and_by_name_where_data_run_at_import(tiny: Path) -> None:
    assert BEARING.on(MADE, tiny) == [BY]
    assert BEARING.on(UNTESTED, tiny) == []
    header = Mutant(Place("tiny/code.py", 1, "", 0), "", "", "")
    assert BEARING.on(header, tiny) == [BY]
    (tiny / "tiny/data.py").write_text("SIZE = 2\n")
    data = Mutant(Place("tiny/data.py", 1, "", 0), "", "", "")
    assert BEARING.on(data, tiny) == []
    named = Bearing({"tests/test_data.py::test_it": 0.1, **BEARING.seconds}, {})
    assert named.on(data, tiny) == ["tests/test_data.py::test_it"]
