"""Linear programmes in exact rational arithmetic, and what they say of l1 recovery.

The simplex method in two phases with Bland's rule, so that it ends: slow, and right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

Number = fmpq
ZERO, ONE = fmpq(0), fmpq(1)


def rational(x: float) -> fmpq:
    """The float itself."""
    f = Fraction(float(x))
    return fmpq(f.numerator, f.denominator)


def rationals(A: NDArray) -> list[list[fmpq]]:
    """The floats of a matrix themselves."""
    return [[rational(x) for x in row] for row in A]


@dataclass(slots=True)
class _Tableau:
    rows: list[list[fmpq]]  # constraints, then reduced costs; the right-hand side comes last
    basis: list[int]

    def pivot(self, r: int, c: int) -> None:
        p = self.rows[r][c]
        row = self.rows[r] = [x / p for x in self.rows[r]]
        for i, other in enumerate(self.rows):
            if i != r and other[c] != 0:
                f = other[c]
                self.rows[i] = [a - f * b for a, b in zip(other, row, strict=True)]
        self.basis[r] = c

    def optimise(self, n: int) -> bool:
        """Whether the least cost over the first n variables is finite."""
        while True:
            costs = self.rows[-1]
            c = next((j for j in range(n) if costs[j] < 0), None)
            if c is None:
                return True
            rows = [i for i in range(len(self.basis)) if self.rows[i][c] > 0]
            if not rows:
                return False
            steps = [(self.rows[i][-1] / self.rows[i][c], self.basis[i], i) for i in rows]
            self.pivot(min(steps)[2], c)


def least(cost: Sequence[fmpq], E: Sequence[Sequence[fmpq]], b: Sequence[fmpq]) -> tuple[str, fmpq]:
    """min <cost, x> over E x = b, x >= 0: ("optimal", it), ("infeasible" or "unbounded", 0)."""
    m, n = len(E), len(cost)
    rows = []
    for i in range(m):
        sign = -1 if b[i] < 0 else 1
        unit = [ONE if j == i else ZERO for j in range(m)]
        rows.append([sign * x for x in E[i]] + unit + [sign * b[i]])
    totals = [-sum((row[j] for row in rows), ZERO) for j in range(n)]
    right = -sum((row[-1] for row in rows), ZERO)
    tableau = _Tableau([*rows, totals + [ZERO] * m + [right]], list(range(n, n + m)))
    tableau.optimise(n)
    if tableau.rows[-1][-1] != 0:
        return "infeasible", ZERO
    for i in reversed(range(m)):
        if tableau.basis[i] >= n:  # at zero: out of the basis, or its row says nothing
            c = next((j for j in range(n) if tableau.rows[i][j] != 0), None)
            if c is None:
                del tableau.rows[i], tableau.basis[i]
            else:
                tableau.pivot(i, c)
    tableau.rows = [[*row[:n], row[-1]] for row in tableau.rows[:-1]]
    costs = [*cost, ZERO]
    for row, c in zip(tableau.rows, tableau.basis, strict=True):
        f = costs[c]
        costs = [a - f * x for a, x in zip(costs, row, strict=True)]
    tableau.rows.append(costs)
    return ("optimal", -tableau.rows[-1][-1]) if tableau.optimise(n) else ("unbounded", ZERO)


def least_norm(A: NDArray, x: NDArray) -> fmpq | None:
    """min ||z||_1 over A z = x; None where there is no such z."""
    E = [row + [-a for a in row] for row in rationals(A)]
    status, value = least([ONE] * (2 * A.shape[1]), E, [rational(t) for t in x])
    return value if status == "optimal" else None


def reading_level(A: NDArray, support: Sequence[int], signs: Sequence[float]) -> fmpq | None:
    """min ||A_off^T v||_inf over A_S^T v = s; None where there is no such v.

    By its dual: max <s, h_S> over A h = 0, ||h_off||_1 <= 1, which is unbounded there.
    """
    d, m = A.shape
    exact, s = rationals(A), [rational(x) for x in signs]
    off = [j for j in range(m) if j not in set(support)]
    order = [(j, sign) for part in (support, off) for sign in (1, -1) for j in part]
    E = [[sign * exact[i][j] for j, sign in order] + [ZERO] for i in range(d)]
    E.append([ZERO] * (2 * len(support)) + [ONE] * (2 * len(off) + 1))
    cost = [-x for x in s] + s + [ZERO] * (2 * len(off) + 1)
    status, value = least(cost, E, [ZERO] * d + [ONE])
    return -value if status == "optimal" else None


def is_independent(A: NDArray, support: Sequence[int]) -> bool:
    """Whether A_S has full rank."""
    if not len(support):
        return True
    columns = fmpq_mat([[x for x in row] for row in rationals(A[:, list(support)])])
    return columns.rref()[1] == len(support)
