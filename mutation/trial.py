"""Tests run in a child that is forked from a warmed process, on the code as it is or on a mutant.

The parent has imported what is slow (numpy, numba, pytest and the compiled kernels) but nothing
that is mutated: a child costs a fraction of a second instead of three. Tests that start processes
of their own see the code as it is there, so they cannot kill a mutant.
"""

import importlib
import json
import math
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from mutation.mutants import Mutant

_SLOW = ("numba", "scipy.optimize", "scipy.stats", "polars", "highspy", "flint", "hypothesis")
_PASSED, _FAILED, _NOT_IMPORTED = 0, 1, 2  # pytest's exit codes
_MEMORY = 12 << 30  # bytes a child may map: a mutant must not take the machine with it
_CORES = 8  # a child whose parent was killed ends when this many would have used up its time
_QUIET = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
_WARMED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # hypothesis is imported already


def warm(package: str = "lcs", kept: str = "lcs._kernels") -> None:
    """Import what is slow, and forget all of a package but what is kept."""
    for module in (*_SLOW, package):
        importlib.import_module(module)
    for name in list(sys.modules):
        if name.split(".")[0] == package and not name.startswith(kept):
            del sys.modules[name]


def in_child(work: Callable[[], dict[str, Any]], limit: float) -> dict[str, Any] | None:
    """What `work` returns in a forked child; None past `limit` seconds; {} where it died.

    Raises RuntimeError where `work` raises.
    """
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.setsid()
        seconds = _CORES * math.ceil(limit)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        try:
            said = work()
        except BaseException as error:
            said = {"error": repr(error)}
        os.write(write, json.dumps(said).encode() + b"\n")
        os._exit(0)
    os.close(write)
    try:
        return _answer(read, time.monotonic() + limit)
    finally:
        os.close(read)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _answer(read: int, until: float) -> dict[str, Any] | None:
    said = b""
    while not said.endswith(b"\n"):
        if not select.select([read], [], [], max(until - time.monotonic(), 0))[0]:
            return None
        if not (part := os.read(read, 1 << 16)):
            return {}
        said += part
    if "error" in (answer := json.loads(said)):
        raise RuntimeError(f"tests must run to an end; they ended with {answer['error']}")
    return answer


def trial(mutant: Mutant, tests: Sequence[str], *, root: Path, limit: float) -> dict[str, Any]:
    """Run tests, by id and in order, on a mutant, until one fails.

    Returns `verdict`, one of killed, survived, timeout; and `by`, the test that failed.
    """

    def work() -> dict[str, Any]:
        if not _imports(_Swap(mutant, root), root):
            return {"verdict": "killed", "by": "its import"}
        watch = _Watch(tests)
        files = sorted({test.split("::")[0] for test in tests})
        code = run(["-x", *files], watch, root, fine=(_PASSED, _FAILED, _NOT_IMPORTED))
        return {"verdict": "killed" if code else "survived", "by": watch.by}

    said = in_child(work, limit)
    if said is None:
        return {"verdict": "timeout", "by": ""}
    return said or {"verdict": "killed", "by": "the process died"}


def _imports(swap: "_Swap", root: Path) -> bool:
    """Import the mutant before pytest does: it would read a file that it is given from disk."""
    sys.meta_path.insert(0, swap)
    sys.path.insert(0, str(root))
    try:
        importlib.import_module(swap.name)
    except Exception:
        return False
    return True


def run(arguments: Sequence[str], plugin: object, root: Path, fine: Sequence[int]) -> int:
    """Run tests with a plugin, in a child; returns pytest's exit code, which must be a fine one."""
    os.chdir(root)
    os.environ["HYPOTHESIS_PROFILE"] = "ci"
    code = pytest.main([*_QUIET, *_WARMED, *arguments], plugins=[plugin])
    if code not in fine:
        raise RuntimeError(f"pytest {' '.join(arguments)} ended with {code!r}")
    return code


class _Watch:
    """Keep the chosen tests, in the order chosen, and the name of the first that fails."""

    def __init__(self, tests: Sequence[str]) -> None:
        self.rank = {test: number for number, test in enumerate(tests)}
        self.by = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self.rank]
        items.sort(key=lambda item: self.rank[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not self.by:
            self.by = report.nodeid


class _Swap(MetaPathFinder):
    """Import a mutant in place of its module."""

    def __init__(self, mutant: Mutant, root: Path) -> None:
        module = Path(mutant.place.file).with_suffix("")
        parts = module.parts[:-1] if module.name == "__init__" else module.parts
        self.name, self.path, self.text = ".".join(parts), root / mutant.place.file, mutant.text

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        loader = _Loader(fullname, str(self.path))
        loader.text = self.text
        return spec_from_file_location(fullname, self.path, loader=loader)


class _Loader(SourceFileLoader):
    text = ""

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)
