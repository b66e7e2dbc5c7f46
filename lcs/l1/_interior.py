"""The dual vector of least off-support size by a primal-dual interior-point method.

The statement computed: in coordinates w of {v : A_S^T v = s}, with N those of ker A_S^T,
    t* = min_v ||A_{S^c}^T v||_inf = min_w ||c + G w||_inf = max{<c, y> : G^T y = 0, ||y||_1 <= 1},
c = A_{S^c}^T v_0 and G = A_{S^c}^T N. Both sides start feasible and stay so, so that every step
brackets t*; recovery asks only on which side of 1 it lies. An optimal y is the kernel vector h off
S, and the equations on S give the rest: <s, h_S> = <c, y>.
What is returned is a candidate; `certificates` proves what it is worth.
Reference: Mehrotra 1992, On the implementation of a primal-dual interior point method.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_blas_funcs, get_lapack_funcs

Matrix = NDArray[np.floating]
Array = NDArray[np.float64]
Indices = NDArray[np.intp]

MOST_STEPS = 50
STAY = 0.995  # of the way to the border


@dataclass(frozen=True, slots=True, eq=False)
class Bracket:
    """lower <= t* <= upper to rounding, by v (d,) and h (m,), h = 0 where there is none."""

    lower: float
    upper: float
    v: Array
    h: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Reduced:
    """min_w ||c + G w||_inf, with G^T (n, p) stored, and the way back."""

    c: Matrix  # (p,)
    Gt: Matrix  # (n, p)
    back: Any  # w -> v
    kernel: Any  # y -> h


def bracket(A: Matrix, support: Indices, signs: Array, *, apart: float) -> Bracket | None:
    """Bracket t* for A (d, m), until it is `apart` from 1 or known to rounding.

    Works in the precision of A. None where A_S has no full rank, to rounding.
    """
    reduced = _reduce(A, support, signs)
    if reduced is None:
        return None
    if reduced.c.size == 0:
        return Bracket(0.0, 0.0, reduced.back(np.zeros(len(reduced.Gt))), np.zeros(A.shape[1]))
    lower, upper, w, y = _solve(reduced.c, reduced.Gt, apart)
    return Bracket(lower, upper, reduced.back(w), reduced.kernel(y))


def _reduce(A: Matrix, support: Indices, signs: Array) -> _Reduced | None:
    (d, m), k, dtype = A.shape, support.size, A.dtype
    if k > d:
        return None
    geqrf, ormqr, trtrs = get_lapack_funcs(("geqrf", "ormqr", "trtrs"), dtype=dtype)
    off = np.ones(m, bool)
    off[support] = False
    where = np.flatnonzero(off)
    qr, tau, _, failed = geqrf(np.asfortranarray(A[:, support]))
    size = np.abs(np.diagonal(qr))
    if failed or not np.all(size > 8 * max(d, k) * np.finfo(dtype).eps * np.max(size)):
        return None
    R = np.asfortranarray(np.triu(qr[:k]))
    rest = np.asfortranarray(A[:, where])
    rotated = ormqr("L", "T", qr, tau, rest, lwork=max(1, 64 * rest.shape[1]), overwrite_c=1)[0]
    first = trtrs(R, signs.astype(dtype), trans=1)[0].ravel()

    def back(w: Matrix) -> Array:
        both = np.asfortranarray(np.concatenate([first, w])[:, None])
        return ormqr("L", "N", qr, tau, both, lwork=64)[0].ravel().astype(np.float64)

    def kernel(y: Matrix) -> Array:
        h = np.zeros(m)
        h[where] = -y
        h[support] = trtrs(R, rotated[:k] @ y)[0].ravel()
        return h

    return _Reduced(first @ rotated[:k], rotated[k:], back, kernel)


def _solve(c: Matrix, Gt: Matrix, apart: float) -> tuple[float, float, Matrix, Matrix]:
    """(lower, upper, w, y); see the module."""
    n, p = Gt.shape
    dtype = c.dtype
    close = 64 * float(np.finfo(dtype).eps)
    w, y = np.zeros(n, dtype), np.zeros(p, dtype)
    r = c.copy()
    upper = float(np.max(np.abs(r)))
    top = int(np.argmax(np.abs(r)))
    if n == 0:
        y[top] = np.sign(r[top])
        return upper, upper, w, y
    step = _Step(Gt)
    t = dtype.type(1.1 * upper + close)
    x = np.full((2, p), 1 / (2 * p), dtype)
    best = (-np.inf, upper, w, y)
    for _ in range(MOST_STEPS):
        y = x[0] - x[1]
        length = float(np.sum(np.abs(y)))
        lower = float(c @ y) / length if length > 0 else -np.inf
        size = float(np.max(np.abs(r)))
        if lower > best[0]:
            best = (lower, best[1], best[2], y / length)
        if size < best[1]:
            best = (best[0], size, w, best[3])
        done = best[1] < 1 - apart or best[0] > 1 + apart
        if done or best[1] - best[0] <= close * max(1.0, best[1]):
            break
        moved = step.take(r, t, x)
        if moved is None:
            break
        dw, dr, dt, x = moved
        w, r, t = w + dw, r + dr, t + dt
        if not (np.isfinite(t) and np.all(np.isfinite(w))):
            break
        r = c + w @ Gt
        t = max(t, dtype.type(float(np.max(np.abs(r))) * (1 + close)))
    return best


class _Step:
    """One predictor-corrector step on both sides; the work is one product D-weighted Gt Gt^T."""

    def __init__(self, Gt: Matrix) -> None:
        self.Gt = Gt
        self.syrk: Any = get_blas_funcs("syrk", dtype=Gt.dtype)
        self.potrf, self.potrs = get_lapack_funcs(("potrf", "potrs"), dtype=Gt.dtype)
        self.weighted = np.empty_like(Gt, order="F")

    def take(self, r: Matrix, t: Any, x: Matrix) -> tuple[Matrix, Matrix, Any, Matrix] | None:
        """(dw, dr, dt, new x) from residual r, level t and multipliers x (2, p); None if stuck."""
        s = np.stack([t - r, t + r])
        if not np.all(s > 0):
            return None
        D = x / s
        Gt = self.Gt
        np.multiply(Gt, np.sqrt(D[0] + D[1]), out=self.weighted)
        H = self.syrk(1.0, self.weighted)
        L, failed = self.potrf(H, overwrite_a=1, clean=0)
        if failed:
            return None
        g = Gt @ (D[1] - D[0])
        rho = np.sum(D)
        Hg = self.potrs(L, g)[0]
        schur = rho - g @ Hg
        drift = Gt @ (x[0] - x[1])
        short = 1 - np.sum(x)

        def direction(e: Matrix) -> tuple[Matrix, Matrix, Any, Matrix, Matrix]:
            """Solve for (dw, dr, dt, ds, dx), complementarity asking for dx + D ds = e."""
            one = -(Gt @ (e[0] - e[1])) - drift
            two = np.sum(e) - short
            dt = (two - Hg @ one) / schur
            dw = self.potrs(L, one - g * dt)[0]
            dr = dw @ Gt
            ds = np.stack([dt - dr, dt + dr])
            return dw, dr, dt, ds, e - D * ds

        _, _, _, ds, dx = direction(-x)
        mu = np.vdot(x, s) / x.size
        ahead = np.vdot(x + _room(x, dx) * dx, s + _room(s, ds) * ds) / x.size
        target = mu * (ahead / mu) ** 3
        dw, dr, dt, ds, dx = direction((target - ds * dx) / s - x)
        if not np.isfinite(dt):
            return None
        primal, dual = _room(s, ds), _room(x, dx)
        return primal * dw, primal * dr, primal * dt, x + dual * dx


def _room(x: Matrix, dx: Matrix) -> Any:
    """The step in (0, 1] that keeps x + step dx above 0."""
    most = np.max(-dx / x)
    return x.dtype.type(1.0 if most * STAY <= 1 else STAY / most) if most > 0 else x.dtype.type(1)
