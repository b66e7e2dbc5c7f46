"""Time `worst_case_error` and `error_profile` against BLAS and NumPy, as ratios in one run.

    python -m benchmarks.linear            every comparison of the README, about ten minutes
    python -m benchmarks.linear --scale    also m = 65536, d = 4096

Each ratio pairs runs back to back and reports the median, so that a machine whose speed drifts
misleads neither side. Peak memory is that of a fresh process, less the matrix itself.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from lcs import error_profile, gaussian, nested, worst_case_error
from lcs.linear._gram import BLOCK

M, D, K = 16384, 1024, 8
REPEATS = 5


def full_product(A: np.ndarray, threads: int) -> None:
    """Every block of A^T A by plain BLAS, thrown away: the roofline."""
    m = A.shape[1]
    out = np.empty((BLOCK, BLOCK), A.dtype)
    with threadpool_limits(threads, user_api="blas"):
        for i in range(0, m, BLOCK):
            for j in range(0, m, BLOCK):
                np.matmul(A[:, i : i + BLOCK].T, A[:, j : j + BLOCK], out=out)


def numpy_worst_case(A: np.ndarray, k: int) -> float:
    """NumPy's way: the whole Gram matrix, then a partition of every row."""
    X = A.T @ A
    X[np.diag_indices_from(X)] -= 1
    np.abs(X, out=X)
    m = X.shape[1]
    X.partition(m - k, axis=1)
    return float(X[:, m - k :].sum(axis=1).max())


def seconds(task: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def paired(ours: Callable[[], object], peer: Callable[[], object]) -> tuple[float, float, float]:
    """Median seconds of ours and of the peer, and the median of their ratios, run in turn."""
    ours()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(REPEATS)]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    return mine, theirs, statistics.median(a / b for a, b in pairs)


def worst_case_rows() -> list[list[str]]:
    """worst_case_error against the full blocked product, and against NumPy's partition."""
    A = gaussian(D, M, rng=np.random.default_rng(0), dtype=np.float32)
    B = gaussian(D, M, rng=np.random.default_rng(1), dtype=np.float32)
    rows = []
    for threads in (1, 2):
        roof = lambda: full_product(A, threads)  # noqa: E731, B023
        same = lambda: worst_case_error(A, k=K, threads=threads)  # noqa: E731, B023
        pair = lambda: worst_case_error(A, B, k=K, threads=threads)  # noqa: E731, B023
        where = f"m={M}, d={D}, k={K}, float32, {threads} thread{'s'[: threads - 1]}"
        rows.append(_row(f"worst_case_error, A = B; {where}", "blocked BLAS", *paired(same, roof)))
        rows.append(_row(f"worst_case_error, A, B; {where}", "blocked BLAS", *paired(pair, roof)))
        with threadpool_limits(threads, user_api="blas"):
            whole = lambda: numpy_worst_case(A, K)  # noqa: E731
            rows.append(_row(f"worst_case_error, A = B; {where}", "NumPy", *paired(same, whole)))
    return rows


def profile_row() -> list[str]:
    """error_profile against NumPy at each (d, k) point, 32 x 16 points, at equal results.

    NumPy's time is measured at every d for k = 1 and k = 16, and taken linear between them.
    """
    m, ds, ks = 8192, list(range(128, 4097, 128)), list(range(1, 17))
    R = nested("rademacher", ds[-1], m, rng=np.random.default_rng(0), dtype=np.float32)
    error_profile(R[:16, :64], ks=[1], ds=[16])
    began = time.perf_counter()
    profile = error_profile(R, ks=ks, ds=ds)
    ours = time.perf_counter() - began
    peer = 0.0
    for t, d in enumerate(ds):
        A = R[:d] / np.float32(np.sqrt(d))
        for q in (0, len(ks) - 1):
            began = time.perf_counter()
            value = numpy_worst_case(A, ks[q])
            peer += (time.perf_counter() - began) * len(ks) / 2
            # NumPy's float32 sums carry the larger error of the two.
            bound = profile.rounding[t, q] + ks[q] * d * 2.0**-23 + m * 2.0**-23
            assert abs(value - profile.error[t, q]) <= bound, (d, ks[q], value, profile.error[t, q])
    name = f"error_profile; m={m}, d to {ds[-1]}, {len(ds)} checkpoints, k = 1..16"
    return _row(name, "NumPy, each (d, k)", ours, peer, ours / peer)


def memory_rows() -> list[list[str]]:
    """Peak memory beyond the matrix, each in a fresh process."""
    rows = []
    for name in ("ours", "numpy"):
        command = [sys.executable, "-m", "benchmarks.linear", "--memory", name]
        used = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append([f"peak memory beyond A, {name}; m={M}, d={D}", f"{used:.0f} MB", "", "", ""])
    return rows


def memory(name: str) -> float:
    """Megabytes of peak resident memory that one call adds (Linux)."""
    A = gaussian(D, M, rng=np.random.default_rng(0), dtype=np.float32)
    worst_case_error(A[:32, :128], k=K)  # compile before measuring
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts again from here
    before = _status("VmRSS")
    if name == "ours":
        worst_case_error(A, k=K)
    else:
        numpy_worst_case(A, K)
    return (_status("VmHWM") - before) / 1024


def _status(field: str) -> int:
    """A field of this process's memory status, in KiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith(field)))


def scale_row() -> list[str]:
    """m = 65536, d = 4096 on all threads, with the peak memory of this process."""
    A = nested("rademacher", 4096, 65536, rng=np.random.default_rng(0), dtype=np.float32)
    A /= np.float32(64)
    took = seconds(lambda: worst_case_error(A, k=K))
    peak = f"peak {_status('VmHWM') / 2**20:.2f} GiB with A"
    return ["worst_case_error, A = B; m=65536, d=4096", f"{took:.1f} s", peak, "", ""]


def _row(name: str, peer: str, ours: float, theirs: float, ratio: float) -> list[str]:
    return [name, f"{ours:.2f} s", peer, f"{theirs:.2f} s", f"{ratio:.3f}"]


def main() -> None:
    """Print every comparison as a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linear", description=__doc__)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--memory", choices=["ours", "numpy"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        print(memory(options.memory))
        return
    table = Table("what", "ours", "peer", "peer's time", "ours/peer (median)")
    for row in [*worst_case_rows(), *memory_rows(), profile_row()]:
        table.add_row(*row)
    if options.scale:
        table.add_row(*scale_row())
    Console(width=None if Console().is_terminal else 150).print(table)


if __name__ == "__main__":
    main()
