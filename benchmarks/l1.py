"""Time l1 decisions and solves against other packages, as ratios of CPU time in one run.

    python -m benchmarks.l1                  every table, about five minutes
    python -m benchmarks.l1 --seconds 1      the CPU time of each contestant at each size; default 4

A decision (`recovers`) is given A, the support and the signs, and says with a proof whether l1
recovers every such signal: what a phase diagram asks. A solve (`basis_pursuit`, and every peer) is
given A and x. The ratio of a solve to our decision compares unequal tasks; that to our solve does
not. Codes are Gaussian with unit columns, signals have normal entries; ties are looked at apart.

What is true is proved by `recovers`, and again by `check_decision`, outside the times. A solver
judges rightly where it comes within 1e-3 of a signal that is recovered, and of no other. Peers need
the group `bench` of pyproject.toml (`make bench-peers`) and are left out where they are missing.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from benchmarks.l1_peers import Peer, installed, missing
from benchmarks.l1_race import (
    Answer,
    Array,
    Instance,
    Task,
    affordable,
    answer,
    instance,
    race,
    ratio,
)
from lcs import Verdict, basis_pursuit, gaussian, rademacher, recovers, recovers_each
from lcs.codes.matrix import Matrix
from lcs.codes.partial_hadamard import partial_hadamard

SIZES = ((64, 256, 10), (128, 512, 20), (250, 1000, 50), (250, 1000, 70), (500, 4000, 60))
SHARED = ((64, 256, 10), (128, 512, 20), (250, 1000, 50), (250, 1000, 70))
TIES = ((32, 128, 6), (64, 256, 10), (128, 512, 20))
WARM = 8  # instances before the race
TOGETHER = 128  # signals of one code in a batch
DECISION, SOLVE = "our decision", "our solve"


def decide(case: Instance) -> None:
    """The decision, which has no signal to be compared."""
    recovers(case.A, case.support, case.signs)


def contestants(peers: list[Peer]) -> dict[str, Task]:
    """Ours and theirs, by name."""
    ours: dict[str, Task] = {DECISION: decide, SOLVE: lambda case: basis_pursuit(case.A, case.x).z}
    return ours | {peer.name: lambda case, peer=peer: peer.solve(case.A, case.x) for peer in peers}


def fresh_codes(size: tuple[int, int, int], tasks: dict[str, Task], budget: float) -> Table:
    """A code of its own for every signal."""
    d, m, k = size
    rng = np.random.default_rng(size)

    def draw() -> Instance:
        return instance(gaussian(d, m, rng=rng), k, rng)

    for _ in range(WARM):  # ways that are seldom taken may still be to be compiled
        case = draw()
        for name in (DECISION, SOLVE):
            answer(tasks[name], case)
    runs = race(tasks, draw, budget)
    seconds = {name: [run.seconds for run in each] for name, each in runs.items()}
    verdicts = [run.verdict for run in runs[DECISION]]
    table = Table("", "runs", "ms", "largest ms", "/ our decision", "/ our solve")
    for column in ("error", "largest error", "misjudged"):
        table.add_column(column)
    table.title = f"d = {d}, m = {m}, k = {k}: {told(verdicts)}; a fresh code each"
    for name, each in runs.items():
        table.add_row(
            name,
            str(len(each)),
            f"{statistics.median(seconds[name]) * 1e3:.3g}",
            f"{max(seconds[name]) * 1e3:.3g}",
            f"{ratio(seconds[name], seconds[DECISION]):.3g}",
            f"{ratio(seconds[name], seconds[SOLVE]):.3g}",
            *(("proved", "proved", "none") if name == DECISION else accuracy(each)),
        )
    return table


def told(verdicts: list[Verdict]) -> str:
    """How many were proved to be what."""
    names = {v: v.name.lower().replace("_", " ") for v in Verdict}
    return ", ".join(f"{verdicts.count(v)} {name}" for v, name in names.items())


def accuracy(runs: list[Answer]) -> tuple[str, str, str]:
    """Median and largest error where z is the only answer, and how many were misjudged."""
    errors = [run.error for run in runs if run.verdict is Verdict.RECOVERED]
    judged = [run.judged for run in runs if run.judged is not None]
    wrong = f"{judged.count(False)} of {len(judged)}"
    if not errors:
        return "", "", wrong
    return f"{statistics.median(errors):.0e}", f"{np.max(errors):.0e}", wrong


def ties(tasks: dict[str, Task], budget: float) -> Table:
    """Codes of entries +-1/sqrt d and signals of entries +-1: on these, paths meet ties.

    Only what is proved to be recovered is counted, so that z is the only right answer.
    """
    table = Table("", title="signals +-1: misjudged of those proved recovered (+ warned)")
    cells: dict[str, list[str]] = {name: [] for name in tasks if name != DECISION}
    solvers = {name: tasks[name] for name in cells}
    for size in TIES:
        for name, code in (("Rademacher", rademacher), ("partial Hadamard", hadamard_rows)):
            rng = np.random.default_rng(size)
            cases = recovered(size, code, rng)
            runs = race(solvers, lambda cases=cases: next(cases), budget)
            table.add_column("{}, {}, {}\n{}".format(*size, name))
            for solver, each in runs.items():
                wrong = [run for run in each if not run.judged]
                warned = f" (+{sum(run.warned for run in wrong)})" if wrong else ""
                share = f"{100 * len(wrong) / len(each):.0f} %" if wrong else "0"
                cells[solver].append(f"{share} of {len(each)}{warned}")
    for solver, row in cells.items():
        table.add_row(solver, *row)
    return table


def hadamard_rows(d: int, m: int, *, rng: np.random.Generator) -> Matrix:
    """Random rows of the Hadamard matrix of order m, a power of 2."""
    return partial_hadamard(d, m.bit_length() - 1, rng=rng).matrix()


def recovered(
    size: tuple[int, int, int], code: Callable[..., Matrix], rng: np.random.Generator
) -> Iterator[Instance]:
    """Instances proved to be recovered."""
    d, m, k = size
    while True:
        case = instance(code(d, m, rng=rng), k, rng, flat=True)
        if case.verdict is Verdict.RECOVERED:
            yield case


def shared_code(size: tuple[int, int, int], peers: list[Peer], budget: float, table: Table) -> None:
    """Many signals of one code: one by one against the way made for many."""
    d, m, k = size
    rng = np.random.default_rng(size)
    A = np.asarray(gaussian(d, m, rng=rng), np.float64)
    pairs: dict[str, list[tuple[float, float]]] = {}
    for name, n, alone, together in ways(A, k, rng, peers):
        pairs[name] = []
        while len(pairs[name]) < 9 and affordable([a + b for a, b in pairs[name]], budget):
            order = (alone, together) if len(pairs[name]) % 2 else (together, alone)
            took = {task: seconds(task) / n for task in order}
            pairs[name].append((took[alone], took[together]))
    for name, each in pairs.items():
        one, many = zip(*each, strict=True)
        cells = [f"{statistics.median(one) * 1e3:.3g}", f"{statistics.median(many) * 1e3:.3g}"]
        table.add_row("{}, {}, {}".format(*size), name, *cells, f"{ratio(one, many):.2f}")


def ways(
    A: Array, k: int, rng: np.random.Generator, peers: list[Peer]
) -> Iterator[tuple[str, int, Callable[[], object], Callable[[], object]]]:
    """(name, signals, a run one by one, a run of all) of everyone that has both ways."""
    cases = [instance(A, k, rng) for _ in range(TOGETHER)]
    supports, signs = [c.support for c in cases], [c.signs for c in cases]
    yield (
        "our decision",
        TOGETHER,
        lambda: [recovers(A, S, s) for S, s in zip(supports, signs, strict=True)],
        lambda: recovers_each(A, supports, signs, threads=1),
    )
    for peer in peers:
        if peer.share is not None:
            n = peer.signals
            images = np.column_stack([c.x for c in cases[:n]])
            solve = peer.share(A)
            yield (
                peer.name,
                n,
                lambda peer=peer, images=images: [peer.solve(A, x) for x in images.T],
                lambda solve=solve, images=images: solve(images),
            )


def seconds(task: Callable[[], object]) -> float:
    """The CPU time of one call."""
    began = time.process_time()
    task()
    return time.process_time() - began


def main() -> None:
    """Measure and show every table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.l1", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    budget = parser.parse_args().seconds
    console = Console(width=None if Console().is_terminal else 150)
    peers = installed()
    with threadpool_limits(1):  # after the peers, which bring BLAS of their own
        tasks = contestants(peers)
        fresh_codes((16, 32, 3), tasks, 0.0)  # compile, import what is imported late
        for size in SIZES:
            console.print(fresh_codes(size, tasks, budget))
        console.print(ties(tasks, budget / 5))
        table = Table("d, m, k", "one code", "ms, one by one", "ms, together", "gain")
        for size in SHARED:
            shared_code(size, peers, budget, table)
        console.print(table)
    console.print(f"all in {time.process_time():.0f} s of CPU time")
    for name in missing():
        console.print(f"{name} is not installed: `make bench-peers` adds it to be compared with")


if __name__ == "__main__":
    main()
