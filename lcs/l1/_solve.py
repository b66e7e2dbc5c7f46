"""Candidates for a programme of least l1 norm, the cheapest first, until one is proved.

The path proposes a support with signs; on it z and y solve linear equations, refined until only
rounding is left. Where it stops short the simplex method takes over.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import (
    dpotrf,  # pyright: ignore[reportAttributeAccessIssue]
    dpotrs,  # pyright: ignore[reportAttributeAccessIssue]
)
from scipy.optimize import linprog

from lcs._kernels.homotopy import follow
from lcs.l1._program import TOLERANCE, Program, Pursuit, Status, unreachable, weigh

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

TINY = 2.0**-40  # of a column's square, or of the start of the path: the path ends there
STEPS = 16  # of the path for each dimension


def solve(program: Program) -> Pursuit:
    """The first candidate that is solved, or else the best of them."""
    A, x = program.A, program.x
    found = weigh(program, np.zeros(A.shape[1]), np.zeros(A.shape[0]))
    if found.status is Status.SOLVED:
        return found
    if not np.all(np.isfinite(x)):
        return found
    for z, y in candidates(program):
        one = weigh(program, z, y)
        if one.status is Status.SOLVED:
            return one
        lost = unreachable(program, x - A @ z)
        if lost is not None:
            return lost
        found = min(found, one, key=lambda it: (it.residual > program.sigma, it.gap))
    return found


def candidates(program: Program) -> Iterator[tuple[Array, Array]]:
    """Pairs (z, y), the cheapest first."""
    B = program.A if program.weights is None else program.A / program.weights
    d, x, sigma = len(B), program.x, program.sigma
    _, _, n, T, signs = follow(B, x, sigma, program.nonnegative, STEPS * (d + 1), TINY)
    yield on_support(program, T[:n], signs[:n])
    if sigma > 0:
        return
    z, y = vertex(program, B)
    if z is None or y is None:
        return
    yield z, y
    T = np.flatnonzero(np.abs(z) > TOLERANCE * np.max(np.abs(z)))
    if 0 < T.size <= d:
        yield on_support(program, T, np.sign(z[T]))[0], y


def on_support(program: Program, T: Indices, signs: Array) -> tuple[Array, Array]:
    """z on T with x - A z as short as it can be or, there, sigma; and the y that goes with it.

    With e the part of x beside the columns of T and q in their span, A_T^T q = w_T signs:
    y = q + e/t and z = A_T^+ (x - t q), t such that |e|^2 + t^2 |q|^2 = sigma^2; y = q if e = 0.
    """
    A, x, sigma = program.A, program.x, program.sigma
    z, y = np.zeros(A.shape[1]), np.zeros(len(A))
    if T.size == 0:
        return z, y
    Q = A[:, T]
    normal = _Normal(Q)
    z[T], e = normal.least_squares(x)
    q = normal.span(signs * program.w[T])
    room, length = sigma**2 - float(e @ e), float(np.linalg.norm(q))
    if sigma > 0 and room > 0 and length > 0:
        t = np.sqrt(room) / length
        z[T] -= t * normal.least_squares(q)[0]
        return z, q + e / t
    return z, q


class _Normal:
    """Least squares with the columns Q (d, n), by the normal equations refined or else by SVD."""

    def __init__(self, Q: Array) -> None:
        self.Q = np.asfortranarray(Q)
        self.R, self.failed = dpotrf(self.Q.T @ self.Q)

    def least_squares(self, x: Array) -> tuple[Array, Array]:
        """(u, e): e = x - Q u, orthogonal to the columns."""
        Q = self.Q
        if not self.failed:
            u, e, best = np.zeros(Q.shape[1]), x, np.inf
            for _ in range(REFINED):
                du = dpotrs(self.R, Q.T @ e)[0]
                size = float(np.max(np.abs(du)))
                if not size < best / 2:
                    break
                u, best = u + du, size
                e = x - Q @ u
            if best <= SMALL * float(np.max(np.abs(u))):
                return u, e
        u = np.linalg.lstsq(Q, x, rcond=None)[0]
        return u, x - Q @ u

    def span(self, b: Array) -> Array:
        """The q in the span of the columns with Q^T q = b."""
        Q = self.Q
        if self.failed:
            return np.linalg.lstsq(Q.T, b, rcond=None)[0]
        q = np.zeros(len(Q))
        for _ in range(REFINED):
            q = q + Q @ dpotrs(self.R, b - Q.T @ q)[0]
        return q


REFINED = 4
SMALL = 2.0**-40


def vertex(program: Program, B: Array) -> tuple[Array | None, Array | None]:
    """(z, y) by the simplex method, at its tightest tolerance; None where it failed."""
    m = B.shape[1]
    tight = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    both = B if program.nonnegative else np.hstack([B, -B])
    solved = linprog(
        np.ones(both.shape[1]), A_eq=both, b_eq=program.x, method="highs-ds", options=tight
    )
    if solved.status != 0:
        return None, None
    z = solved.x if program.nonnegative else solved.x[:m] - solved.x[m:]
    return z / program.w, np.asarray(solved.eqlin.marginals)
