"""Time `train` against the same training by torch, in CPU seconds of one core, as ratios.

    python -m benchmarks.toys            one table, about two minutes

Each ratio pairs runs back to back and reports the median. The peer does what the paper's notebook
does, all instances in one array: draw, mask, two einsums, relu, squares, backward, AdamW. It needs
torch, which is not locked (any CPU build will do), and is left out with a line where that is
missing. Compiling is not timed: it is done once and cached.
"""

import importlib
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.train import train

BATCH, REPEATS, WHOLE = 1024, 5, 10_000  # WHOLE: the steps of a full run, to which times are scaled


@dataclass(frozen=True)
class Setting:
    """Instances of one shape, and the steps that ours and the peer are timed over."""

    name: str
    laws: tuple[Features, ...]
    m: int
    ours: int
    theirs: int


def _intro() -> Setting:
    importance = geometric_importance(5, 0.9)
    laws = [Features.of(5, density=p, importance=importance) for p in np.geomspace(1, 0.05, 10)]
    return Setting("intro, n = 5, m = 2, 10 densities", tuple(laws), 2, 2000, 150)


def _stack() -> Setting:
    importance, densities = geometric_importance(20, 0.7), (1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
    laws = [Features.of(20, density=p, importance=importance) for p in densities]
    return Setting("stack, n = 20, m = 5, 7 densities", tuple(laws), 5, 800, 60)


def _phases() -> Setting:
    laws = [
        Features.of(2, density=p, importance=[1.0, r])
        for p in np.geomspace(1, 0.01, 10)
        for r in np.geomspace(0.1, 10, 10)
    ]
    return Setting("phases, n = 2, m = 1, 10 x 10", tuple(laws), 1, 1000, 50)


def _geometry() -> Setting:
    laws = [Features.of(400, density=p) for p in np.geomspace(1, 0.1, 5)]
    return Setting("geometry, n = 400, m = 30, 5 densities", tuple(laws), 30, 16, 5)


def seconds(task: Callable[[], object]) -> float:
    """The CPU time of one call."""
    began = time.process_time()
    task()
    return time.process_time() - began


def peer(setting: Setting) -> Callable[[int], None]:
    """The notebook's operations, as a function of the number of steps."""
    torch: Any = importlib.import_module("torch")  # may be missing where types are checked
    torch.set_num_threads(1)
    laws, count, n = setting.laws, len(setting.laws), setting.laws[0].n
    density = torch.tensor(np.array([law.density for law in laws]), dtype=torch.float32)
    importance = torch.tensor(np.array([law.importance for law in laws]), dtype=torch.float32)
    W = torch.nn.Parameter(torch.empty(count, n, setting.m))
    torch.nn.init.xavier_normal_(W)
    b = torch.nn.Parameter(torch.zeros(count, n))
    optimizer = torch.optim.AdamW([W, b], lr=1e-3)

    def run(steps: int) -> None:
        for _ in range(steps):
            optimizer.zero_grad(set_to_none=True)
            value = torch.rand(BATCH, count, n)
            x = torch.where(torch.rand(BATCH, count, n) <= density, value, torch.zeros(()))
            hidden = torch.einsum("...if,ifh->...ih", x, W)
            out = torch.relu(torch.einsum("...ih,ifh->...if", hidden, W) + b)
            loss = (importance * (x - out) ** 2).mean(dim=(0, 2)).sum()
            loss.backward()
            optimizer.step()

    return run


def compare(setting: Setting) -> list[str]:
    """One row: seconds of a full run by both, and the median of their paired ratios."""
    theirs = peer(setting)
    theirs(3)
    for law in setting.laws:  # every kernel that the laws need is compiled
        train(law, setting.m, steps=1, threads=1)
    pairs = []
    for _ in range(REPEATS):
        mine = seconds(lambda: train(setting.laws, setting.m, steps=setting.ours, threads=1))
        other = seconds(lambda: theirs(setting.theirs))
        pairs.append((mine / setting.ours * WHOLE, other / setting.theirs * WHOLE))
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratios = sorted(other / mine for mine, other in pairs)
    spread = f"{ratios[0]:.1f} - {ratios[-1]:.1f}"
    ratio = f"{statistics.median(ratios):.1f}"
    return [setting.name, f"{mine:.2f}", f"{other:.1f}", ratio, spread]


def main() -> None:
    """Measure and show the table."""
    console = Console()
    if find_spec("torch") is None:
        console.print("torch is not installed: `make bench-peers` adds it to be compared with")
        return
    table = Table("setting", "ours [s]", "torch [s]", "torch / ours", "range")
    table.title = f"CPU seconds of {WHOLE} steps on batches of {BATCH}, one core"
    with threadpool_limits(1):
        for setting in (_intro(), _stack(), _phases(), _geometry()):
            table.add_row(*compare(setting))
    console.print(table)


if __name__ == "__main__":
    main()
