"""The decorator of every kernel: compiled without the GIL, cached under a hash of the kernels.

Numba's cache looks at the file of a function alone, so a kernel whose *callee* in another file
was edited would keep its stale machine code. Here the cache directory is named by a hash of the
whole package: any edit opens a fresh one.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])

_settings = cast(Any, config)  # numba sets its attributes at run time


def _source_hash() -> str:
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _cache_directory() -> str | None:
    """The directory for this version of the kernels, or None where nothing can be written."""
    try:
        base = _settings.CACHE_DIR or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        directory = Path(base) / "lcs" / _source_hash()
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return str(directory)
    except (OSError, RuntimeError):
        return None


_DIRECTORY = _cache_directory()


def kernel(function: F, **options: Any) -> F:
    """Compile a kernel, with its machine code cached where a cache can be written."""
    compiled = numba.njit(nogil=True, **options)(function)
    if _DIRECTORY is not None and hasattr(compiled, "enable_caching"):
        # Numba reads the setting once, here; other packages keep their own.
        before, _settings.CACHE_DIR = _settings.CACHE_DIR, _DIRECTORY
        try:
            compiled.enable_caching()
        finally:
            _settings.CACHE_DIR = before
    return cast(F, compiled)


def inlined(function: F) -> F:
    """Compile a kernel as a part of those that call it; what it divides by zero is not finite.

    Around a call that may fail, as any other may for all Numba knows, and as a division may, a
    kernel holds a reference to each of its arrays: in a short step those take most of the time.
    """
    return kernel(function, forceinline=True, error_model="numpy")
