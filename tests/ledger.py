"""A pytest plugin that stores, for each claim, what became of the tests that name it.

Used as `pytest -p tests.ledger --ledger results/tests`: one JSON file a claim, written when the
session ends by atomic rename. Claims none of whose tests ran keep what is stored of them.
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
        config.pluginmanager.register(_Recorder(folder))


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
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tests: dict[str, dict] = {}
        self.claims: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
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
            tests = [self.tests[name] for name in sorted(names)]
            origin = provenance.collect(seconds=sum(test["seconds"] for test in tests))
            content = {"claim": id, "tests": tests, "provenance": origin}
            replace(self.folder / f"{id}.json", json.dumps(content, indent=1).encode())
