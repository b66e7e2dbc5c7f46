"""Time `optimal_probes` against the simplex method and against one model per feature, as ratios.

    python -m benchmarks.probes            both tables, about four minutes

Each ratio pairs runs back to back and reports the median, on one thread. The second table solves
every feature of one code against a loop of cvxpy solves of the same programmes; it needs the group
`bench` of pyproject.toml (`make bench-peers`), and is left out with a line where that is missing.
"""

import importlib
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import linprog
from threadpoolctl import threadpool_limits

from lcs import Probes, gaussian, optimal_probes, unit_columns

SIZES = ((64, 128), (128, 512), (64, 1024))
FEATURES, REPEATS = 8, 3
WHOLE, SAMPLE, ROUNDS = (128, 512), 32, 4  # (d, m), features that cvxpy solves, in how many parts
# Clarabel is what cvxpy takes by itself here; left to itself, it may use several threads.
CVXPY = {"CLARABEL": {"max_threads": 1}, "HIGHS": {"threads": 1}}


def linear_programmes(A: NDArray, features: range) -> None:
    """The peer's way: min t with |e_i - A^T y| <= t, built and solved for every feature."""
    d, m = A.shape
    one = np.ones((m, 1))
    rows = np.block([[A.T, -one], [-A.T, -one]])
    for i in features:
        e = np.eye(m)[i]
        linprog([*np.zeros(d), 1], A_ub=rows, b_ub=[*e, *-e], bounds=[(None, None)] * (d + 1))


def seconds(task: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def few_features() -> Table:
    """Ours, the simplex method and linprog on the first features of several codes."""
    table = Table("d", "m", "ours [ms/feature]", "simplex / ours", "linprog / ours", "largest gap")
    features = range(FEATURES)
    for d, m in SIZES:
        A = unit_columns(gaussian(d, m, rng=np.random.default_rng(0)))
        gap = float(np.max(optimal_probes(A, features=features, threads=1).gap))
        runs = [
            (
                seconds(lambda: optimal_probes(A, features=features, threads=1)),  # noqa: B023
                seconds(lambda: optimal_probes(A, features=features, solver="simplex")),  # noqa: B023
                seconds(lambda: linear_programmes(A, features)),  # noqa: B023
            )
            for _ in range(REPEATS)
        ]
        median = statistics.median
        table.add_row(
            str(d),
            str(m),
            f"{median(ours for ours, _, _ in runs) / FEATURES * 1e3:.1f}",
            f"{median(simplex / ours for ours, simplex, _ in runs):.1f}",
            f"{median(peer / ours for ours, _, peer in runs):.1f}",
            f"{gap:.1e}",
        )
    return table


def convex_model(A: NDArray, solver: str) -> Callable[[int], float]:
    """The value of min_y ||e_i - A^T y||_inf by cvxpy: e_i is a parameter, compiled once."""
    cp: Any = importlib.import_module("cvxpy")  # may be missing where types are checked
    e, y = cp.Parameter(A.shape[1]), cp.Variable(A.shape[0])
    problem = cp.Problem(cp.Minimize(cp.norm_inf(e - A.T @ y)))

    def solve(i: int) -> float:
        e.value = np.zeros(A.shape[1])
        e.value[i] = 1
        with np.errstate(invalid="ignore"):  # cvxpy multiplies zeros by infinite bounds
            return float(problem.solve(solver=solver, **CVXPY[solver]))

    solve(0)
    return solve


def every_feature() -> Table:
    """Ours on all features of one code, against cvxpy on some, by the number of features."""
    d, m = WHOLE
    A = unit_columns(gaussian(d, m, rng=np.random.default_rng(0)))
    probes = optimal_probes(A, threads=1)
    models = {solver: convex_model(A, solver) for solver in CVXPY}
    sample = np.random.default_rng(1).permutation(m)[:SAMPLE].reshape(ROUNDS, -1)
    ours: list[float] = []
    theirs: dict[str, list[float]] = {solver: [] for solver in models}
    off = dict.fromkeys(models, 0.0)
    for part in sample.tolist():
        ours.append(seconds(lambda: optimal_probes(A, threads=1)))
        for solver, solve in models.items():
            began = time.perf_counter()
            values = [solve(i) for i in part]
            theirs[solver].append((time.perf_counter() - began) / len(part))
            off[solver] = max(off[solver], outside(probes, part, values))
    table = Table("all features by", "seconds", "/ ours", "ms/feature", "largest gap", "off bounds")
    table.title = f"d = {d}, m = {m}; cvxpy: seconds of {SAMPLE} features, times {m}/{SAMPLE}"
    took, gap = statistics.median(ours), float(np.max(probes.gap))
    table.add_row("optimal_probes", f"{took:.1f}", "1", f"{took / m * 1e3:.0f}", f"{gap:.1e}", "")
    for solver, each in theirs.items():
        ratio = statistics.median(a * m / b for a, b in zip(each, ours, strict=True))
        one = statistics.median(each)
        cells = f"{one * m:.0f}", f"{ratio:.1f}", f"{one * 1e3:.0f}", "none", f"{off[solver]:.1e}"
        table.add_row(f"cvxpy, {solver}", *cells)
    return table


def outside(probes: Probes, features: list[int], values: list[float]) -> float:
    """How far values of the peer lie outside what is proved, at most."""
    lower, upper = probes.lower[features], probes.upper[features]
    return float(np.max(np.maximum(lower - values, values - upper), initial=0.0))


def main() -> None:
    """Measure and show both tables."""
    console = Console()
    with threadpool_limits(1):
        console.print(few_features())
        if find_spec("cvxpy") is None:
            console.print("cvxpy is not installed: `make bench-peers` adds it to be compared with")
            return
        console.print(every_feature())


if __name__ == "__main__":
    main()
