"""Many decisions at once, of one code or of one code each, on any number of threads.

The statement computed is that of `decision`, once for every instance. A code that is shared is
made ready once. Instances do not see each other, so threads change no bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.first_proof import prepared_margins
from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance, Support, checked_code, checked_patterns
from lcs.l1.decision import Verdict, decide, decide_fresh
from lcs.threads import Progress, run_tasks, thread_count

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

CHUNK = 16  # instances of a shared code that a thread takes at a time


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """Verdicts with their margins, in the order of the instances."""

    verdicts: tuple[Verdict, ...]
    margins: Array  # (n,)

    def count(self, verdict: Verdict) -> int:
        """How many instances ended so."""
        return self.verdicts.count(verdict)


def recovers_each(
    A: Matrix | Sequence[Matrix],
    supports: Sequence[Support] | NDArray[np.integer],
    signs: Sequence[ArrayLike] | NDArray,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Decisions:
    """Decide for many instances whether l1-minimisation recovers their support and signs.

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
    one = Instance(np.asarray(A)) if shared else None
    ms = [one.A.shape[1]] * n if one is not None else [checked_code(code).shape[1] for code in A]
    patterns = checked_patterns(supports, signs, ms)
    verdicts: list[Verdict] = [Verdict.UNDECIDED] * n
    margins = np.zeros(n)
    size = CHUNK if shared else 1

    def work(_: None, first: int) -> None:
        last = min(first + size, n)
        proved = first_margins(one, patterns[first:last]) if one else np.zeros(1)
        for i, margin in zip(range(first, last), proved, strict=True):
            if margin > 0:
                verdicts[i], margins[i] = Verdict.RECOVERED, margin
                continue
            tried = one is not None and one.near
            decision = (
                decide(one, *patterns[i], tried=tried) if one else decide_fresh(A[i], *patterns[i])
            )
            verdicts[i], margins[i] = decision.verdict, decision.margin

    def report(done: int, _: int) -> None:
        if progress is not None:
            progress(min(done * size, n), n)

    tasks = range(0, n, size)
    run_tasks(tasks, lambda: None, work, threads=thread_count(threads), progress=report)
    return Decisions(tuple(verdicts), margins)


def first_margins(one: Instance, patterns: Sequence[tuple[Indices, Array]]) -> Array:
    """What the cheapest way proves of each pattern: margins, not above 0 where it proves nothing.

    Nothing of codes whose rows were scaled: what was proved might not be held in their own units.
    """
    if not one.near:
        return np.zeros(len(patterns))
    ends = np.cumsum([0, *(S.size for S, _ in patterns)])
    supports, signs = (np.concatenate(part) for part in zip(*patterns, strict=True))
    return prepared_margins(one.A, one.single, one.sized.reach, supports, signs, ends)
