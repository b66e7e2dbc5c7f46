"""Time `optimal_probes` against the simplex method and against one model per feature, as ratios.

    python -m benchmarks.probes            a few features of each code, about two minutes

Each ratio pairs runs back to back and reports the median, on one thread, per feature.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.optimize import linprog

from lcs import gaussian, optimal_probes, unit_columns

SIZES = ((64, 128), (128, 512), (64, 1024))
FEATURES, REPEATS = 8, 3


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


def main() -> None:
    """Measure every size and show the table."""
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
    Console().print(table)


if __name__ == "__main__":
    main()
