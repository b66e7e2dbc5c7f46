"""Which columns carry the shortest signal, by a few primal-dual interior-point steps.

With z = p - q, p, q >= 0, and s = (1 - A^T y, 1 + A^T y) >= 0, the steps keep A z = x and move
p s and q s towards a common mu -> 0: at the end p/s or q/s is large on the support and small off
it. Each step factors A D A^T once, D = p/s + q/s, and is bent by two more solves with that factor.
Nothing is proved here, so single precision is enough.
Reference: Mehrotra 1992; Gondzio 1996, Multiple centrality correctors.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_blas_funcs, get_lapack_funcs

Matrix = NDArray[np.floating]

STAY = 0.99  # of the way to the border
INSIDE = 0.9  # the size of a^T y where a start is given
CORRECTORS = 2
WITHIN = 10.0  # times the target: products p s further off are drawn towards it


def central(
    A: Matrix, x: Matrix, start: tuple[Matrix, Matrix] | None, *, steps: int, gap: float
) -> tuple[Matrix, Matrix] | None:
    """(max(p/s, q/s) (m,), y (d,)), once the relative gap is below `gap`; None where stuck.

    A (d, m) of full row rank, d < m, and x (d,) in the same precision; start: some (z, y) with
    A z = x, about, and y of any length, from which it is not far.
    """
    solver = _Normal(A)
    first = _cold(solver, x) if start is None else _warm(A, x, *start)
    if first is None:
        return None
    p, y = first
    for _ in range(steps):
        s, z = _slack(A, y), p[0] - p[1]
        if np.vdot(p, s) <= gap * np.sum(np.abs(z)):
            break
        moved = _step(solver, p, s, x - A @ z)
        if moved is None:
            break
        p, y = moved[0], y + moved[1]
    ratio = np.max(p / _slack(A, y), axis=0)
    return (ratio, y) if np.all(np.isfinite(ratio)) else None


def _slack(A: Matrix, y: Matrix) -> Matrix:
    a = y @ A
    return np.stack([1 - a, 1 + a])


def _cold(solver: "_Normal", x: Matrix) -> tuple[Matrix, Matrix] | None:
    """The signal of least Euclidean norm, and y = 0."""
    if not solver.factored(np.ones(solver.A.shape[1], x.dtype)):
        return None
    z = solver.solve(x) @ solver.A
    return _parts(z) + np.mean(np.abs(z)) / 2, np.zeros_like(x)


def _warm(A: Matrix, x: Matrix, z: Matrix, y: Matrix) -> tuple[Matrix, Matrix] | None:
    """z and y drawn inwards: p = max(z, 0) + mu/s, and p s = mu off the support."""
    y = y * (x.dtype.type(INSIDE) / np.max(np.abs(y @ A)))
    mu = (np.sum(np.abs(z)) - x @ y) / (2 * z.size)
    if not mu > 0:
        return None
    return _parts(z) + mu / _slack(A, y), y


def _parts(z: Matrix) -> Matrix:
    return np.stack([np.maximum(z, 0), np.maximum(-z, 0)])


class _Normal:
    """A D A^T by its Cholesky factor, in arrays that are kept."""

    def __init__(self, A: Matrix) -> None:
        self.A = A
        self.syrk: Any = get_blas_funcs("syrk", dtype=A.dtype)
        self.potrf, self.potrs = get_lapack_funcs(("potrf", "potrs"), dtype=A.dtype)
        self.weighted = np.empty_like(A)
        self.R: Any = None

    def factored(self, D: Matrix) -> bool:
        """Factor for these weights (m,); whether that went well."""
        np.multiply(self.A, np.sqrt(D), out=self.weighted)
        M = self.syrk(1.0, self.weighted.T, trans=1)
        self.R, failed = self.potrf(M, overwrite_a=1, clean=0)
        return not failed

    def solve(self, b: Matrix) -> Matrix:
        """A D A^T applied backwards to b (d,)."""
        return self.potrs(self.R, b)[0]


def _step(solver: _Normal, p: Matrix, s: Matrix, short: Matrix) -> tuple[Matrix, Matrix] | None:
    """(new p, dy) from p, s (2, m) and short = x - A z; None where the factor fails."""
    A = solver.A
    if not solver.factored(np.sum(p / s, axis=0)):
        return None

    def direction(e: Matrix) -> tuple[Matrix, Matrix, Matrix]:
        """(dy, ds, dp) with s dp + p ds = e and A dz = short."""
        es = e / s
        dy = solver.solve(short - A @ (es[0] - es[1]))
        a = dy @ A
        ds = np.stack([-a, a])
        return dy, ds, es - p * ds / s

    mu = np.vdot(p, s) / p.size
    _, ds, dp = direction(-p * s)
    ahead = np.vdot(p + _room(p, dp, 1) * dp, s + _room(s, ds, 1) * ds) / p.size
    target = mu * (ahead / mu) ** 3
    e = target - ds * dp - p * s
    dy, ds, dp = direction(e)
    primal, dual = _room(p, dp, STAY), _room(s, ds, STAY)
    for _ in range(CORRECTORS):
        beyond = min(1.0, 1.5 * primal + 0.1), min(1.0, 1.5 * dual + 0.1)
        products = (p + p.dtype.type(beyond[0]) * dp) * (s + s.dtype.type(beyond[1]) * ds)
        off = np.clip(products, target / WITHIN, target * WITHIN) - products
        e = e + np.maximum(off, -WITHIN * target)
        bent = direction(e)
        rooms = _room(p, bent[2], STAY), _room(s, bent[1], STAY)
        if rooms[0] < 1.01 * primal and rooms[1] < 1.01 * dual:
            break
        (dy, ds, dp), (primal, dual) = bent, rooms
    if not np.all(np.isfinite(dy)):
        return None
    return p + p.dtype.type(primal) * dp, dy.dtype.type(dual) * dy


def _room(x: Matrix, dx: Matrix, stay: float) -> float:
    """The step in (0, 1] that keeps x + step dx above 0."""
    most = float(np.max(-dx / x))
    return 1.0 if most <= stay else stay / most
