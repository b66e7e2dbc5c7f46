"""Where a result comes from: the code, the environment and the machine, as plain strings."""

import hashlib
import os
import platform
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

import threadpoolctl

UNKNOWN = "unknown"
_PACKAGE = Path(__file__).parents[1]
_ROOT = _PACKAGE.parent
_SHOWS = ("report", "plots", "cli.py")
_DISTRIBUTIONS = ("numpy", "numba", "scipy", "polars", "lcs")


def collect(*, seconds: float, command: str | None = None) -> dict[str, str]:
    """Describe the present process, for storing beside what it computed.

    Parameters: `seconds`, what the computation took; `command`, the command line (None: this one).
    Returns: names to texts: commit, dirty, lock, source, python, one version for each library,
    blas, cores, threads, platform, command, seconds, created (UTC). What cannot be found out,
    such as the commit outside git, is "unknown"; nothing is raised for it.

    >>> collect(seconds=1.5)["seconds"]
    '1.5'
    """
    return {
        **_unchanging(),
        **_blas(),
        "command": command_line() if command is None else command,
        "seconds": str(float(seconds)),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@cache
def source() -> str:
    """Return the SHA-256 of lcs/**/*.py, names and contents, as this process first saw them.

    What shows results is left out: `lcs.report`, `lcs.plots` and the command line.

    >>> len(source())
    64
    """
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        if path.relative_to(_PACKAGE).parts[0] in _SHOWS:
            continue
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def command_line() -> str:
    """Return the command of this process, its program as a module or file name without folders."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    program = spec.name if spec is not None else Path(sys.argv[0]).name
    return shlex.join([program, *sys.argv[1:]])


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def _unchanging() -> dict[str, str]:
    """Return what stays the same while a process lives (git is too slow to ask for each cell)."""
    changes = _git("status", "--porcelain")
    return {
        "commit": _git("rev-parse", "HEAD") or UNKNOWN,
        "dirty": UNKNOWN if changes is None else str(bool(changes)).lower(),
        "lock": _lock(),
        "source": source(),
        "python": platform.python_version(),
        **{name: _version(name) for name in _DISTRIBUTIONS},
        "cores": str(cores()),
        "platform": platform.platform(),
    }


def _git(*arguments: str) -> str | None:
    """Return what git says of the repository that holds the package, None when it says nothing."""
    if not (_ROOT / ".git").exists():  # installed: git would speak of whatever repository is around
        return None
    command = ["git", "--no-optional-locks", "-C", str(_ROOT), *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


def _lock() -> str:
    """Return the SHA-256 of requirements.lock."""
    try:
        return hashlib.sha256((_ROOT / "requirements.lock").read_bytes()).hexdigest()
    except OSError:
        return UNKNOWN


def _version(distribution: str) -> str:
    """Return the installed version of a distribution."""
    try:
        return installed_version(distribution)
    except PackageNotFoundError:
        return UNKNOWN


def _blas() -> dict[str, str]:
    """Return the BLAS libraries loaded now: name, version, architecture; and their threads."""
    parts = ("internal_api", "version", "architecture")
    pools = threadpoolctl.threadpool_info()
    loaded = [pool for pool in pools if pool["user_api"] == "blas"]
    names = {" ".join(str(pool.get(part) or UNKNOWN) for part in parts) for pool in loaded}
    threads = max((int(pool["num_threads"]) for pool in pools), default=cores())
    return {"blas": ", ".join(sorted(names)) or UNKNOWN, "threads": str(threads)}
