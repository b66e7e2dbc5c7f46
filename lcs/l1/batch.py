"""Many decisions at once, of one code or of one code each, on any number of threads.

The statement computed is that of `decision`, once for every instance. A code that is shared is
made ready at most once. Instances do not see each other, so threads change no bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.shared_proof import shared_margins
from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance, Support, checked_code, checked_patterns
from lcs.l1.decision import Verdict, decide, decide_fresh
from lcs.threads import Progress, one_blas_thread, run_tasks, thread_count

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

CHUNK = 16  # instances of a shared code that a thread takes at a time
MANY = 64  # signals from which inner products of all columns are worth their time
LARGEST = 4096  # columns of which they are held


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Verdicts with their margins, in the order of the instances."""

    verdicts: tuple[Verdict, ...]
    margins: Array  # (n,)

    def count(self, verdict: Verdict) -> int:
        """How many instances ended so."""
        return self.verdicts.count(verdict)


class Shared:
    """A code with rows of size about 1 and the inner products of its columns, (m, m)."""

    def __init__(self, instance: Instance) -> None:
        """Multiply all columns in single precision, on one thread: the bits do not depend on it."""
        self.A, self.reach = instance.A, instance.sized.reach
        self.columns = np.ascontiguousarray(self.A.T)
        with one_blas_thread():
            self.grams = instance.single.T @ instance.single

    @staticmethod
    def fits(instance: Instance) -> bool:
        """Whether rows are as they were given and columns few enough."""
        return instance.near and instance.A.shape[1] <= LARGEST

    def margins(self, patterns: Sequence[tuple[Indices, Array]]) -> Array:
        """What is proved of each pattern at once: margins, not above 0 where nothing is."""
        ends = np.cumsum([0, *(S.size for S, _ in patterns)])
        supports, signs = (np.concatenate(part) for part in zip(*patterns, strict=True))
        return shared_margins(self.A, self.columns, self.grams, self.reach, supports, signs, ends)


def recovers_each(
    A: Matrix | Sequence[Matrix],
    supports: Sequence[Support] | NDArray[np.integer],
    signs: Sequence[ArrayLike] | NDArray,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Decisions:
    """Decide for many instances whether l1-minimisation recovers their support and signs.

    From MANY signals on, those of one code are decided from the inner products of its columns,
    m^2 numbers: faster than one by one.

    Parameters
    ----------
    A: (d, m) float32 or float64, one code for all; or one such code for each instance.
    supports, signs: n supports and n arrays of -1 or +1, as `recovers` takes them.
    threads: None for as many as BLAS has; the bits do not depend on it.
    progress: called as progress(instances done, instances in all).

    Returns `Decisions`.
    Raises what `recovers` raises; ValueError where the numbers of instances differ.

    >>> A = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])
    >>> recovers_each(A, [[0], [0, 1]], [[1], [1, 1]]).count(Verdict.RECOVERED)
    1
    """
    for name, given in (("supports", supports), ("signs", signs)):
        if not isinstance(given, Sequence | np.ndarray):
            raise TypeError(f"{name} must be a sequence or an array; got {given!r}")
    n = len(supports)
    shared = isinstance(A, np.ndarray) and A.ndim == 2
    if len(signs) != n or not (shared or len(A) == n):
        counts = (n, len(signs)) if shared else (len(A), n, len(signs))
        raise ValueError(f"codes, supports and signs must be as many; got {counts}")
    codes = [checked_code(np.asarray(A))] * n if shared else A
    ms = [codes[0].shape[1]] * n if shared and n else [checked_code(one).shape[1] for one in codes]
    patterns = checked_patterns(supports, signs, ms)
    verdicts: list[Verdict] = [Verdict.UNDECIDED] * n
    margins = np.zeros(n)
    size = CHUNK if shared else 1
    prepared = cache(lambda: Instance(codes[0])) if shared else None  # once, and where needed
    many = Shared(prepared()) if prepared and n >= MANY and Shared.fits(prepared()) else None

    def work(_: None, first: int) -> None:
        last = min(first + size, n)
        if many is not None:
            margins[first:last] = many.margins(patterns[first:last])
        for i in range(first, last):
            if margins[i] > 0:
                verdicts[i] = Verdict.RECOVERED
                continue
            if prepared and many is not None:
                decision = decide(prepared(), *patterns[i], tried=True)
            else:
                decision = decide_fresh(codes[i], *patterns[i], prepared)
            verdicts[i], margins[i] = decision.verdict, decision.margin

    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(min(done * size, n), n)

    tasks = range(0, n, size)
    run_tasks(tasks, lambda: None, work, threads=thread_count(threads), progress=report)
    return Decisions(tuple(verdicts), margins)
