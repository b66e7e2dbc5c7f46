"""A pytest plugin that stores, for each claim, what became of the tests that name it.

Used as `pytest -p tests.ledger --ledger results/tests`: one JSON file a claim, written when the
session ends by atomic rename. What a session did not run keeps what is stored of it: a claim with
no test in the session, and tests in other files where the same source code ran them.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from lcs.runs import provenance
from lcs.runs.sealed import replace

_TRIED = re.compile(r"(\d+) passing, (\d+) failing")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--ledger", type=Path, help="folder for the outcomes of tests, by claim")


def pytest_configure(config: pytest.Config) -> None:
    folder = config.getoption("--ledger")
    if folder and not hasattr(config, "workerinput"):  # workers report to the one that writes
        config.pluginmanager.register(_Recorder(folder, config.rootpath))


# What is known only where a test runs travels with its reports, also from a worker of xdist.
def pytest_itemcollected(item: pytest.Item) -> None:
    item.user_properties += [("claim", mark.args[0]) for mark in item.iter_markers("claim")]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    statistics = getattr(item, "hypothesis_statistics", None)
    if call.when == "call" and statistics is not None:
        counts = (int(n) for found in _TRIED.findall(statistics) for n in found)
        item.user_properties.append(("examples", sum(counts)))


class _Recorder:
    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.files: set[str] = set()
        self.tests: dict[str, dict] = {}
        self.claims: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.files.add(_file(report.nodeid))
        test = {"id": report.nodeid, "outcome": "passed", "seconds": 0.0, "examples": None}
        test = self.tests.setdefault(report.nodeid, test)
        test["seconds"] += report.duration
        if report.outcome != "passed" and test["outcome"] != "failed":
            test["outcome"] = report.outcome
        for name, value in report.user_properties:
            if name == "claim":
                self.claims[str(value)].add(report.nodeid)
            elif name == "examples":
                test["examples"] = value

    def pytest_sessionfinish(self) -> None:
        for id, names in self.claims.items():
            path = self.folder / f"{id}.json"
            tests = [self.tests[name] for name in sorted(names)] + self._kept(path)
            origin = provenance.collect(seconds=sum(test["seconds"] for test in tests))
            content = {"claim": id, "tests": tests, "provenance": origin}
            replace(path, json.dumps(content, indent=1).encode())

    def _kept(self, path: Path) -> list[dict]:
        """The stored tests in files that did not run, if present code ran them and they exist."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            if stored["provenance"]["source"] != provenance.source():
                return []
            others = [test for test in stored["tests"] if _file(test["id"]) not in self.files]
        except (OSError, ValueError, LookupError, TypeError):
            return []
        return [test for test in others if (self.root / _file(test["id"])).exists()]


def _file(test: str) -> str:
    return test.split("::")[0]
