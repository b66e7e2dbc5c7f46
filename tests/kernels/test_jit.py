"""The cache of compiled kernels: never stale, never in the way, never in anyone else's folder.

Each test imports a copy of the package in a process of its own, which it can edit and whose cache
lies in tmp_path.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lcs._kernels

SOURCE = Path(lcs._kernels.__file__).parent
CALLEE = "from lcs._kernels.jit import kernel\n\n\n@kernel\ndef gain(x):\n    return {} * x\n"
CALLER = """
from lcs._kernels.callee import gain
from lcs._kernels.jit import kernel

@kernel
def twice(x):
    return gain(x) + gain(x)
"""
CALL_TWICE = """
from lcs._kernels.caller import twice
print(twice(1.0), sum(twice.stats.cache_hits.values()))
"""
CALL_MERGE = """
import numpy as np
from lcs._kernels import topk
heaps = np.array([[1.0, 4.0]])
topk.merge(heaps, np.array([[3.0, 2.0]]))
assert sorted(heaps[0]) == [3.0, 4.0]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a copy of the kernels as a package `lcs` of its own, and one caller more."""
    package = tmp_path / "copy" / "lcs"
    shutil.copytree(SOURCE, package / "_kernels", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").touch()
    (package / "_kernels" / "callee.py").write_text(CALLEE.format("2.0"))
    (package / "_kernels" / "caller.py").write_text(CALLER)
    return package.parent


def run(home: Path, code: str, **variables: str) -> str:
    """What a fresh process prints that imports the copy, with these variables set."""
    kept = ("NUMBA_", "XDG_", "COV_", "PYTHON")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(kept)}
    guard = f"import lcs; assert lcs.__file__.startswith({str(home)!r}), lcs.__file__\n"
    process = subprocess.run(
        [sys.executable, "-W", "error", "-c", guard + code],
        cwd=home,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"} | variables,
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout.strip()


def edit_callee(home: Path) -> None:
    (home / "lcs" / "_kernels" / "callee.py").write_text(CALLEE.format("5.0"))


@pytest.mark.parametrize("variable", ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
def test_machine_code_is_reused_until_a_callee_in_another_file_is_edited(
    home: Path, tmp_path: Path, variable: str
) -> None:
    cache = {variable: str(tmp_path / "cache")}
    assert run(home, CALL_TWICE, **cache) == "4.0 0"
    assert run(home, CALL_TWICE, **cache) == "4.0 1"
    edit_callee(home)
    assert run(home, CALL_TWICE, **cache) == "10.0 0"
    assert len(list((tmp_path / "cache" / "lcs").iterdir())) == 2, "one folder for each version"


def test_without_the_hash_an_edited_callee_keeps_its_old_machine_code(
    home: Path, tmp_path: Path
) -> None:
    """The trap is real: should Numba ever look at callees too, the hash can go."""
    jit = home / "lcs" / "_kernels" / "jit.py"
    text = jit.read_text()
    assert text.count('"lcs" / _source_hash()') == 1
    jit.write_text(text.replace('"lcs" / _source_hash()', '"lcs"'))
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert run(home, CALL_TWICE, **cache) == "4.0 0"
    edit_callee(home)
    assert run(home, CALL_TWICE, **cache) == "4.0 1"


def test_the_folder_depends_on_names_and_contents_alone(home: Path, tmp_path: Path) -> None:
    kernels, seen = home / "lcs" / "_kernels", []
    text = (kernels / "topk.py").read_text()
    changes = (
        lambda: None,
        lambda: os.utime(kernels / "topk.py", (0, 0)),
        lambda: (kernels / "topk.py").write_text("# one comment more\n" + text),
        lambda: (kernels / "caller.py").rename(kernels / "called.py"),
    )
    for change in changes:
        change()
        code = "from lcs._kernels import jit; print(jit._DIRECTORY)"
        seen.append(run(home, code, NUMBA_CACHE_DIR=str(tmp_path / "cache")))
    assert seen[0] == seen[1]
    assert len(set(seen)) == 3


@pytest.mark.parametrize("variable", ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
def test_kernels_work_where_no_cache_can_be_written(
    home: Path, tmp_path: Path, variable: str
) -> None:
    """A file where the folder should be stops even root."""
    (tmp_path / "file").write_text("mine")
    run(home, CALL_MERGE, **{variable: str(tmp_path / "file")})
    assert (tmp_path / "file").read_text() == "mine"
    assert not list(home.rglob("*.nb?")), "nor is it cached beside the sources"


def test_kernels_work_for_a_user_without_a_home(home: Path) -> None:
    """A container's numeric user has none: Path.home raises RuntimeError."""
    homeless = """
import pathlib
def none(): raise RuntimeError("Could not determine home directory.")
pathlib.Path.home = none
"""
    run(home, homeless + CALL_MERGE)


def test_other_packages_keep_their_cache(home: Path, tmp_path: Path) -> None:
    """Both the setting and where their own functions land, before and after kernels compile."""
    others = "import numba\n@numba.njit(cache=True)\ndef theirs(x):\n    return x + 1\n"
    (home / "theirs.py").write_text(others)
    code = f"""
from numba.core import config
{CALL_MERGE}
import theirs
assert theirs.theirs(1) == 2
print(config.CACHE_DIR)
"""
    cache = tmp_path / "cache"
    assert run(home, code, NUMBA_CACHE_DIR=str(cache)) == str(cache)
    found = {path.name.split(".")[0]: path for path in cache.rglob("*.nbi")}
    assert cache / "lcs" in found["topk"].parents
    assert cache / "lcs" not in found["theirs"].parents


def test_kernels_are_plain_python_with_compilation_off(home: Path, tmp_path: Path) -> None:
    off = {"NUMBA_DISABLE_JIT": "1", "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert run(home, f"{CALL_MERGE}\nprint(type(topk.merge).__name__)", **off) == "function"
    assert not list(tmp_path.rglob("*.nbi"))
