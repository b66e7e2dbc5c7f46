"""How many measurements one signal takes: the rows of A from which l1-minimisation recovers it.

Let A_d be the first d rows of A. {y : A_{d+1} y = A_{d+1} z} lies in {y : A_d y = A_d z}, so that
a signal recovered from d rows is recovered from every more. There is one critical d, and halving
finds it: the last d that does not recover and the first that does are both proved, and what could
not be decided lies between them.
"""

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lcs.codes.matrix import Matrix
from lcs.l1._instance import Support
from lcs.l1.decision import Decision, Verdict, recovers


@dataclass(frozen=True, slots=True, eq=False)
class CriticalRows:
    """The critical d lies in (d_before, d_sufficient], both ends with their certificates."""

    d_before: int  # rows that do not suffice; 0 needs no certificate
    d_sufficient: int | None  # rows that suffice; None where no number of rows was proved to
    refutation: Decision | None  # of the first d_before rows; None for 0
    proof: Decision | None  # of the first d_sufficient rows
    undecided: tuple[int, ...]  # numbers of rows that were tried between and not decided

    @property
    def exact(self) -> bool:
        """Whether d_sufficient is the critical d itself."""
        return self.d_sufficient == self.d_before + 1


def critical_d(A: Matrix, support: Support, signs: ArrayLike) -> CriticalRows:
    """Find the least number of leading rows from which l1-minimisation recovers a signal.

    min {d : argmin {||y||_1 : A_d y = A_d z} = {z}}, A_d the first d rows of A, for every z with
    this support and these signs.

    Parameters
    ----------
    A: (D, m) float32 or float64 rows of nested codes. Columns keep the scale they have in A:
        scaled anew at each d, codes are not nested and the critical d may not be one number.
    support, signs: k >= 1 of them, as `recovers` takes them.

    Returns `CriticalRows`; check its certificates with `check_decision` against A[:d].
    Raises what `recovers` raises; ValueError for an empty support, which no row is needed for.

    >>> A = np.array([[1.0, 0.5, 0.8], [0.0, 1.0, 0.8]])
    >>> rows = critical_d(A, [0, 1], [1, -1])
    >>> rows.d_before, rows.d_sufficient, rows.exact
    (1, 2, True)
    """
    if np.size(support) == 0:
        raise ValueError(f"support must hold at least one index; got {support!r}")
    decisions: dict[int, Decision] = {}

    def verdict(d: int) -> Verdict:
        if d not in decisions:
            decisions[d] = recovers(A[:d], support, signs)
        return decisions[d].verdict

    most = len(A)
    verdict(most)  # refuses what is no code before rows are counted
    refuted = Verdict.NOT_RECOVERED
    before = bisect_left(range(1, most + 1), True, key=lambda d: verdict(d) is not refuted)
    after = range(before + 1, most + 1)
    enough = bisect_left(after, True, key=lambda d: verdict(d) is Verdict.RECOVERED)
    found = after[enough] if enough < len(after) else None
    return CriticalRows(
        before,
        found,
        decisions.get(before),
        decisions[found] if found is not None else None,
        tuple(sorted(d for d, one in decisions.items() if one.verdict is Verdict.UNDECIDED)),
    )
