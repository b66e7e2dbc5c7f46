"""Provenance: every key, as text, and "unknown" where nothing can be found out."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.machinery import ModuleSpec
from pathlib import Path

import polars as pl
import pytest

from lcs.runs import provenance

KEYS = {
    *("commit", "dirty", "lock", "source", "python", "numpy", "numba", "scipy", "polars", "lcs"),
    *("blas", "cores", "threads", "platform", "command", "seconds", "created"),
}
REPOSITORY = Path(provenance.__file__).parents[2]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What a process finds out once must not leak between tests that move the package."""
    yield
    provenance._unchanging.cache_clear()
    provenance.source.cache_clear()


def test_keys_and_texts() -> None:
    found = provenance.collect(seconds=0.25)
    assert set(found) == KEYS
    assert all(isinstance(value, str) and value for value in found.values())
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["polars"] == pl.__version__
    assert int(found["cores"]) >= 1
    assert int(found["threads"]) >= 1
    assert float(found["seconds"]) == 0.25
    created = datetime.fromisoformat(found["created"])
    assert created.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=1)


def test_commit_and_lock_are_those_of_the_repository() -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("not a checkout")
    git = ["git", "-C", str(REPOSITORY)]
    found = provenance.collect(seconds=0)
    head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    assert found["commit"] == head.stdout.strip()
    assert found["dirty"] in ("true", "false")
    lock = (REPOSITORY / "requirements.lock").read_bytes()
    assert found["lock"] == hashlib.sha256(lock).hexdigest()


def test_dirty_follows_the_working_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    commit = ["-c", "commit.gpgsign=false", "commit", "-q", "--allow-empty", "-m", "x"]
    for command in (["init", "-q"], commit):
        subprocess.run([*git, *command], check=True)
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    provenance._unchanging.cache_clear()
    assert provenance.collect(seconds=0)["dirty"] == "false"
    (tmp_path / "new").touch()
    provenance._unchanging.cache_clear()
    assert provenance.collect(seconds=0)["dirty"] == "true"


@pytest.mark.parametrize("broken", ["outside git", "empty .git", "no git program"])
def test_nothing_is_raised_where_nothing_is_known(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    if broken != "outside git":
        (tmp_path / ".git").mkdir()
    if broken == "no git program":
        monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(provenance, "_DISTRIBUTIONS", ("numpy", "no-such-distribution"))
    provenance._unchanging.cache_clear()
    found = provenance.collect(seconds=0)
    lost = ("commit", "dirty", "lock", "no-such-distribution")
    assert {found[key] for key in lost} == {"unknown"}
    assert found["numpy"] != "unknown"


def test_source_hash_depends_on_names_and_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provenance, "_PACKAGE", tmp_path)
    (tmp_path / "deep").mkdir()
    seen = []
    for name, text in (("a.py", "x"), ("a.py", "y"), ("deep/a.py", "y"), ("b.txt", "y")):
        (tmp_path / name).write_text(text)
        provenance.source.cache_clear()
        seen.append(provenance.source())
    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[2], "only Python files count"


def test_the_command_names_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.setattr(sys, "argv", ["/some/where/run.py", "--label", "two words"])
    assert provenance.collect(seconds=0)["command"] == "run.py --label 'two words'"
    assert provenance.collect(seconds=0, command="mine")["command"] == "mine"
    spec = ModuleSpec("experiments.bracket", None)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", spec)
    assert provenance.command_line() == "experiments.bracket --label 'two words'"
