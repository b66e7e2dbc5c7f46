"""Races over instances of l1 recovery: who took how long, and who was right.

One thread, CPU time, the same instances for all, in an order that rotates. Each contestant runs
until its budget is spent: slow ones on fewer instances, and always on the first.
"""

import contextlib
import io
import statistics
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs import Verdict, check_decision, recovers
from lcs.codes.matrix import Matrix

Array = NDArray[np.float64]

NEAR = 1e-3  # of the largest entry: what counts as the signal, generously
MOST = 100  # instances of a race
SHORT = 0.2  # seconds


@dataclass(frozen=True, slots=True)
class Instance:
    """A code, a signal with its image, and what is proved of it."""

    A: Array
    support: NDArray[np.intp]
    signs: Array
    z: Array
    x: Array
    verdict: Verdict


def instance(A: Matrix, k: int, rng: np.random.Generator, *, flat: bool = False) -> Instance:
    """A signal on k features drawn at random: normal entries, or (flat) entries +-1."""
    A, z = np.asarray(A, np.float64), np.zeros(A.shape[1])
    support = rng.choice(z.size, k, replace=False)
    z[support] = rng.choice([-1.0, 1.0], k) if flat else rng.standard_normal(k)
    signs = np.sign(z[support])
    decision = recovers(A, support, signs)
    check_decision(A, support, signs, decision)
    return Instance(A, support, signs, z, A @ z, decision.verdict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One run; the error is ||found - z||_inf / ||z||_inf, nan without an answer."""

    seconds: float
    error: float
    warned: bool
    verdict: Verdict

    @property
    def judged(self) -> bool | None:
        """Whether near means recovered here; None where it is undecided."""
        if self.verdict is Verdict.UNDECIDED:
            return None
        return (self.error <= NEAR) is (self.verdict is Verdict.RECOVERED)


Task = Callable[[Instance], Array | None]  # None: it decides, and is right by proof
Race = dict[str, list[Answer]]  # the first instances, as many as could be afforded


def answer(task: Task, case: Instance) -> Answer:
    """Time a task: the better of two runs where one is short, so that A is in the caches for all.

    What it prints or warns of is held back (SPGL1 prints at any verbosity).
    """
    with warnings.catch_warnings(record=True) as told, contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        found, seconds = _timed(task, case)
        if seconds < SHORT:
            seconds = min(seconds, _timed(task, case)[1])
    error = float("nan") if found is None else _distance(found, case.z)
    return Answer(seconds, error, bool(told), case.verdict)


def _timed(task: Task, case: Instance) -> tuple[Array | None, float]:
    began = time.process_time()
    found = task(case)
    return found, time.process_time() - began


def _distance(found: Array, z: Array) -> float:
    return float(np.max(np.abs(found - z)) / np.max(np.abs(z)))


def affordable(spent: Sequence[float], budget: float) -> bool:
    """Whether one more run as long as the mean of those before is within the budget."""
    return not spent or sum(spent) * (len(spent) + 1) / len(spent) <= budget


def race(tasks: dict[str, Task], draw: Callable[[], Instance], budget: float) -> Race:
    """Every task on one instance after another, until none can afford more or MOST are done."""
    runs: Race = {name: [] for name in tasks}
    for i in range(MOST):
        able = [name for name in tasks if affordable([r.seconds for r in runs[name]], budget)]
        if not able:
            break
        case = draw()
        for j in range(len(able)):
            name = able[(i + j) % len(able)]
            runs[name].append(answer(tasks[name], case))
    return runs


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """The median of the ratios over the instances that both have run: the first ones."""
    return statistics.median(a / b for a, b in zip(these, those, strict=False))
