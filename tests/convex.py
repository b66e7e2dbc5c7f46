"""Convex models of the l1 programmes, as they are written down, for an independent solver."""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lcs.l1.basis_pursuit import Pursuit, Status
from tests import references as ref

UNREACHABLE = ("infeasible", "infeasible_inaccurate")


def least_norm(
    A: NDArray, x: NDArray, *, sigma: float = 0.0, weights: NDArray | None, nonnegative: bool
) -> float:
    """min sum w_j |z_j| over |A z - x|_2 <= sigma by Clarabel; inf where there is no such z."""
    import cvxpy

    cp: Any = cvxpy
    z = cp.Variable(A.shape[1], nonneg=nonnegative)
    w = np.ones(A.shape[1]) if weights is None else weights
    near = [A @ z == x] if sigma == 0 else [cp.norm(A @ z - x) <= sigma]
    problem = cp.Problem(cp.Minimize(w @ cp.abs(z)), near)
    with np.errstate(invalid="ignore"):  # cvxpy multiplies zeros by infinite bounds
        problem.solve(solver="CLARABEL", max_threads=1)
    if problem.status in UNREACHABLE:
        return np.inf
    assert problem.status == "optimal", problem.status
    return float(problem.value)


def assert_proved(
    A: NDArray,
    x: NDArray,
    found: Pursuit,
    *,
    sigma: float = 0.0,
    weights: NDArray | None = None,
    nonnegative: bool = False,
) -> None:
    """In Fractions: y meets its conditions, the residual and the gap are at least what is stated.

    sigma |y| and |A z - x| are irrational: their squares are compared.
    """
    y, z = ([Fraction(float(v)) for v in vector] for vector in (found.y, found.z))
    rows = ref.exact(A)
    w = [Fraction(float(v)) for v in (np.ones(A.shape[1]) if weights is None else weights)]
    for column, weight in zip(zip(*rows, strict=True), w, strict=True):
        value = sum((a * b for a, b in zip(column, y, strict=True)), Fraction(0))
        assert (value if nonnegative else abs(value)) <= weight
    assert not nonnegative or min(z) >= 0
    image = [sum((a * b for a, b in zip(row, z, strict=True)), Fraction(0)) for row in rows]
    rest = [Fraction(float(v)) - b for v, b in zip(x, image, strict=True)]
    assert sum((r * r for r in rest), Fraction(0)) <= Fraction(found.residual) ** 2
    norm = sum((a * abs(b) for a, b in zip(w, z, strict=True)), Fraction(0))
    least = sum((Fraction(float(v)) * b for v, b in zip(x, y, strict=True)), Fraction(0))
    if found.status is Status.INFEASIBLE:
        bound = float(least) - sigma * float(np.linalg.norm(found.y))
        longest = float(np.max(np.linalg.norm(A, axis=0) / [float(v) for v in w]))
        assert bound * longest > 2.0**19 * float(np.linalg.norm(x)) or longest == 0 < bound
        assert (found.norm, found.gap) == (0, 0)
        return
    over = least - (norm - Fraction(found.gap))  # must be at least what the distance takes away
    if sigma == 0:
        own = least - sum((r * b for r, b in zip(rest, y, strict=True)), Fraction(0))
        assert min(over, own - least + over) >= 0
    else:
        radius = max(Fraction(sigma), Fraction(found.residual))
        assert over >= 0
        assert over**2 >= radius**2 * sum((b * b for b in y), Fraction(0))
