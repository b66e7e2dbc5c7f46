"""Which tests bear on which lines: each test file is run once under coverage, test by test.

What is recorded of a file is kept until it, what tests share, or the code changes.
"""

import ast
import hashlib
import importlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lcs.runs.sealed import replace
from mutation.mutants import PACKAGES, Mutant
from mutation.trial import in_child, run

_LIMIT = 900.0  # seconds for one file of tests
_FOLDERS = (
    "claims",
    "unit",
    "kernels",
    "faults",
    "external",
)  # without subfolders
# Slow and not mathematics, or about a process of their own.
_OTHERS = re.compile("experiment|jit|mutation|plots|report|store|sweep")


def digest(*files: Path) -> str:
    """A hash of the contents of files."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def shared(root: Path) -> str:
    """A hash of what every test rests on: the code, and what the tests share."""
    return digest(*sorted(root.glob("lcs/**/*.py")), *sorted(root.glob("tests/*.py")))


def test_files(root: Path) -> list[Path]:
    """The tests of the mathematics and its doctests; others are slow and say little."""
    tests = (file for name in _FOLDERS for file in (root / "tests" / name).glob("test_*.py"))
    doctests = (file for name in PACKAGES for file in (root / "lcs" / name).glob("*.py"))
    chosen = [*root.glob("tests/test_claims_ledger.py"), *tests, *doctests]
    return sorted(file for file in chosen if not _OTHERS.search(file.stem))


@dataclass(frozen=True, slots=True)
class Bearing:
    """The seconds of each test, and the tests that run a line: `lines[file][line]`."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, set[str]]]

    def on(self, mutant: Mutant, root: Path) -> list[str]:
        """The tests that run the statement of a mutant, or its module if it runs at import."""
        file = mutant.place.file
        known, span = self.lines.get(file, {}), _span(root / file, mutant.place.line)
        found = {test for line in span or known for test in known.get(line, ())}
        if span is None:  # data run no lines of their own; tests that read them are named for them
            names = (Path(file).stem, Path(file).parent.name, "conventions")
            found |= {
                test
                for test in self.seconds
                if any(name in Path(file_of(test)).stem for name in names)
            }
        return sorted(found, key=lambda test: (self.seconds[test], test))


def file_of(test: str) -> str:
    """The file of a test."""
    return test.split("::")[0]


def _span(file: Path, line: int) -> range | None:
    """The lines of the smallest statement around a line, without the body of a compound one."""
    found: range | None = None
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not node.lineno <= line <= _end(node):
            continue
        found = range(node.body[0].lineno, _end(node) + 1)  # its header runs at import
        for inner in (statement for part in node.body for statement in ast.walk(part)):
            if isinstance(inner, ast.stmt) and inner.lineno <= line <= _end(inner):
                body = getattr(inner, "body", None)
                last = body[0].lineno - 1 if body and body[0].lineno > line else _end(inner)
                found = range(inner.lineno, max(last, inner.lineno) + 1)
    return found


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def record(root: Path, store: Path) -> Iterator[tuple[str, Bearing]]:
    """Record file by file; yields what is being recorded, then what is known."""
    common, bearing = shared(root), Bearing({}, {})
    for file in test_files(root):
        name = file.relative_to(root).as_posix()
        path, key = store / f"{name.replace('/', '.')}.json", digest(file) + common
        said = json.loads(path.read_text()) if path.exists() else {}
        if said.get("key") != key:
            yield name, bearing
            said = in_child(lambda name=name: _recorded(name, root), _LIMIT) or {}
            replace(path, json.dumps(said | {"key": key}).encode())
        bearing.seconds.update(said.get("seconds", {}))
        for source, lines in said.get("lines", {}).items():
            for line, tests in lines.items():
                bearing.lines.setdefault(source, {}).setdefault(int(line), set()).update(tests)
    yield "", bearing


def _recorded(name: str, root: Path) -> dict[str, Any]:
    coverage = importlib.import_module("coverage")
    include = [str(root / "lcs" / package / "*") for package in PACKAGES]
    watch = coverage.Coverage(data_file=None, config_file=False, include=include)
    recorder = _Recorder(watch)
    watch.start()
    run([name], recorder, root, fine=(0, 1, 5))  # 5: a module without doctests
    watch.stop()
    data, lines = watch.get_data(), {}
    for source in data.measured_files():
        by_line = data.contexts_by_lineno(source).items()
        kept = {
            line: [test for test in tests if test in recorder.seconds] for line, tests in by_line
        }
        lines[Path(source).relative_to(root).as_posix()] = {n: t for n, t in kept.items() if t}
    return {"seconds": recorder.seconds, "lines": lines}


class _Recorder:
    """The seconds of tests that pass; a test that fails or is skipped can show nothing."""

    def __init__(self, watch: Any) -> None:
        self.watch = watch
        self.seconds: dict[str, float] = {}

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.watch.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            self.seconds[report.nodeid] = round(report.duration, 3)
