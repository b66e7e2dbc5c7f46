"""Time `train` against the same training by torch, in CPU seconds of one core, as ratios.

    python -m benchmarks.toys            one table, about two minutes
    python -m benchmarks.toys --fits     exact fits against the best of ten runs of torch, minutes

Each ratio pairs runs back to back and reports the median. The peer does what the paper's notebook
does, all instances in one array: draw, mask, two einsums, relu, squares, backward, AdamW. It needs
torch, which is not locked (any CPU build will do), and is left out with a line where that is
missing. Compiling is not timed: it is done once and cached. Before anything is timed, gradients of
all models are held against torch's; a difference ends the run.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, get_args

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from experiments._toy_stacks import KEPT, Stack, stack_starts
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features, geometric_importance
from lcs.superposition.fit import fit_from
from lcs.superposition.geometry import antipodal_pairs, norms
from lcs.superposition.model import UNTIED, Model, Weights, loss_and_gradient
from lcs.superposition.train import train

BATCH, REPEATS, WHOLE = 1024, 5, 10_000  # WHOLE: the steps of a full run, to which times are scaled
DENSITIES = (1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
SURE = 1024  # terms of exact losses: what they say is left out is below 1e-5 of them
ROUNDING = 1e-12


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
    importance = geometric_importance(20, 0.7)
    laws = [Features.of(20, density=p, importance=importance) for p in DENSITIES]
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


def peer(setting: Setting) -> Any:
    """The notebook's operations, as a function of the number of steps; its parameters are W, b."""
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

    run.parameters = (W, b)  # pyright: ignore[reportFunctionMemberAccess]
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


def check_gradients(seed: int = 0) -> float:
    """The largest difference of a gradient from torch's, relative to its norm, over all models.

    Raises ArithmeticError where it is no rounding.
    """
    torch: Any = importlib.import_module("torch")
    rng, worst = np.random.default_rng(seed), 0.0
    for model in get_args(Model):
        n, m = 7, 4
        out = rng.standard_normal((n, m)) if model in UNTIED else None
        weights = Weights(rng.standard_normal((m, n)), rng.standard_normal(n), out)
        x, I = rng.uniform(-1, 1, (50, n)), rng.uniform(0.1, 2, n)
        loss, slope = loss_and_gradient(weights, x, model=model, importance=I)
        ours = [one for one in (slope.W, slope.b, slope.W_out) if one is not None]
        given = [one for one in (weights.W, weights.b, weights.W_out) if one is not None]
        leaves = [torch.tensor(one, requires_grad=True) for one in given]
        value = torch.tensor(x)
        hidden = value @ leaves[0].T
        if model not in ("linear", "relu"):
            hidden = torch.relu(hidden)
        y = hidden @ (leaves[0] if out is None else leaves[2].T) + leaves[1]
        y = y if model == "linear" else torch.relu(y)
        target = value.abs() if model == "absolute" else value
        theirs = ((y - target) ** 2 @ torch.tensor(I)).mean()
        theirs.backward()
        parts = [(np.asarray(loss), theirs.detach().numpy())]
        parts += [(one, leaf.grad.numpy()) for one, leaf in zip(ours, leaves, strict=True)]
        for mine, other in parts:
            away = float(np.linalg.norm(mine - other) / np.linalg.norm(other))
            worst = max(worst, away)
            if not away < ROUNDING:
                raise ArithmeticError(f"{model}: {away:.2g} from the gradient of torch")
    return worst


def fits(densities: Sequence[float] = DENSITIES, runs: int = 10, steps: int = WHOLE) -> Table:
    """Exact fits of the stack of 20 features against the best of `runs` runs of torch, each.

    Torch trains the runs of one density in one array, as the notebook does its ten instances: how
    long its first weights are depends on their number.
    """
    table = Table("1 - S", "fit", "its CPU s", "kept", "pairs", "best of torch", "torch / fit")
    table.add_column("worst / fit")
    total, slow = 0.0, 0.0
    for p in densities:
        law = Features.of(20, density=p, importance=geometric_importance(20, 0.7))
        found: list[Weights] = []
        taken = seconds(lambda law=law, found=found: found.append(_fit(law)))
        theirs = peer(Setting("", (law,) * runs, 5, 0, steps))
        slow += seconds(lambda theirs=theirs: theirs(steps))
        W, b = (one.detach().double().numpy() for one in theirs.parameters)
        models = [found[0], *(Weights(W[j].T, b[j]) for j in range(runs))]
        fit, *losses = (exact_loss(one, law, terms=SURE).value for one in models)
        kept = found[0].W[:, norms(found[0].W) >= KEPT]
        seen = [str(kept.shape[1]), str(len(antipodal_pairs(kept)))]
        ratios = [f"{edge(losses) / fit:.4f}" for edge in (min, max)]
        table.add_row(f"{p:g}", f"{fit:.6g}", f"{taken:.2f}", *seen, f"{min(losses):.6g}", *ratios)
        total += taken
    table.title = f"exact losses; fits: {total:.1f} CPU s in all"
    table.caption = f"torch: {slow:.0f} CPU s for {runs} runs of {steps} steps each"
    return table


def _fit(law: Features) -> Weights:
    """The best of the descents that the experiment `toys` makes, without training."""
    cell = Stack(float(law.density[0]))
    starts = stack_starts(cell, law, np.random.default_rng(0))
    return fit_from(starts, law, keep=cell.survivors).weights


def main() -> None:
    """Measure and show the table."""
    console = Console()
    if find_spec("torch") is None:
        console.print("torch is not installed: `make bench-peers` adds it to be compared with")
        return
    console.print(f"gradients are those of torch, to {check_gradients():.1g} of their norm")
    with threadpool_limits(1):
        if "--fits" in sys.argv[1:]:
            console.print(fits())
            return
        table = Table("setting", "ours [s]", "torch [s]", "torch / ours", "range")
        table.title = f"CPU seconds of {WHOLE} steps on batches of {BATCH}, one core"
        for setting in (_intro(), _stack(), _phases(), _geometry()):
            table.add_row(*compare(setting))
    console.print(table)


if __name__ == "__main__":
    main()
