"""The best probe of one feature by a primal-dual interior-point method, in plain dense algebra.

The statement computed: with Q (r, m) of orthonormal rows and a ball of `lcs.linear._balls`,
    min_y h(Q^T y - e_i)  =  max{w_i : Qw = 0, w in ball},
w = p - q with 0 <= p, q <= 1 and a slack for every sum. Every step solves one system of order r
and a few, whose making, r^2 m operations, is the cost; about 15 steps suffice whatever the size.
What is returned is only a candidate: its bounds are computed elsewhere, from y and w alone.
Reference: Mehrotra 1992, On the implementation of a primal-dual interior point method.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.linalg.blas import dsyrk  # pyright: ignore[reportAttributeAccessIssue]
from scipy.linalg.lapack import (
    dgetrf,  # pyright: ignore[reportAttributeAccessIssue]
    dgetrs,  # pyright: ignore[reportAttributeAccessIssue]
)

from lcs.linear._balls import Ball

Array = NDArray[np.float64]

MOST_STEPS = 60
REFINEMENTS = 1
NEAR = 1e-5  # a gap from which the vertex is guessed
SHIFTS = (52, 46, 40)
PATIENCE = 4  # steps near the end without progress before giving up
CLOSE = 2.0**-44  # a gap that rounding hides anyway


class _Best:
    """The best y and w met so far, by bounds good to a few roundings."""

    def __init__(self, Q: Array, i: int, ball: Ball) -> None:
        self.Q, self.i, self.ball = Q, i, ball
        self.y, self.w = np.zeros(Q.shape[0]), np.zeros(Q.shape[1])
        self.upper, self.lower, self.before, self.stale = 1.0, 0.0, 2.0, 0

    @property
    def gap(self) -> float:
        """upper - lower."""
        return self.upper - self.lower

    def offer(self, y: Array, w: Array) -> None:
        """Note y and w, each where it is better."""
        error = y @ self.Q
        error[self.i] -= 1
        upper = self.ball.support(error)
        if upper < self.upper:
            self.y, self.upper = y, upper
        w = w - (self.Q @ w) @ self.Q
        length = float(self.ball.gauge(w))
        if length > 0 and w[self.i] / length > self.lower:
            self.w, self.lower = w / length, float(w[self.i]) / length

    def done(self, mu: float) -> bool:
        """Whether the gap is closed, or has hardly changed for some steps with small products."""
        self.stale = 0 if self.gap < 0.9 * self.before or mu > NEAR else self.stale + 1
        self.before = self.gap
        return self.gap <= CLOSE or self.stale >= PATIENCE


class _Programme:
    """min c.x, C x = b, 0 <= x <= u for x = (p, q, slacks): C = [[Q, -Q, 0], [sides, 1]]."""

    def __init__(self, Q: Array, i: int, ball: Ball) -> None:
        (self.r, self.m), self.sides, k = Q.shape, ball.sides, float(ball.k)
        self.Q, g = Q, len(ball.sides)
        self.b = np.append(np.zeros(self.r), np.full(g, k))
        self.u = np.append(np.ones(2 * self.m), np.full(g, k))
        self.c = np.zeros(2 * self.m + g)
        self.c[i], self.c[self.m + i] = -1.0, 1.0

    def forward(self, x: Array) -> Array:
        """C x, (r + g,)."""
        p, q, slack = x[: self.m], x[self.m : 2 * self.m], x[2 * self.m :]
        return np.append(self.Q @ (p - q), self.sides @ [np.sum(p), np.sum(q)] + slack)

    def backward(self, w: Array) -> Array:
        """C^T w, (2m + g,)."""
        v, (up, down) = w[: self.r] @ self.Q, w[self.r :] @ self.sides
        return np.concatenate((v + up, down - v, w[self.r :]))

    def normal(self, D: Array) -> Array:
        """The upper triangle of C D C^T for a diagonal D."""
        p, q, r = D[: self.m], D[self.m : 2 * self.m], self.r
        M = np.empty((self.b.size, self.b.size), order="F")
        M[:r, :r] = dsyrk(1.0, (self.Q * np.sqrt(p + q)).T, trans=1)
        M[:r, r:] = (self.Q @ np.stack((p, -q), axis=1)) @ self.sides.T
        M[r:, r:] = (self.sides * [np.sum(p), np.sum(q)]) @ self.sides.T
        M[r:, r:] += np.diag(D[2 * self.m :])
        return M

    def columns(self, S: NDArray[np.intp]) -> Array:
        """The columns S of C, (r + g, |S|)."""
        C = np.zeros((self.b.size, S.size))
        kind = np.minimum(S // self.m, 2)  # 0 for p, 1 for q, 2 for a slack
        w = np.flatnonzero(kind < 2)
        C[: self.r, w] = np.where(kind[w] == 0, 1.0, -1.0) * self.Q[:, S[w] % self.m]
        C[self.r :, w] = self.sides[:, kind[w]]
        slack = np.flatnonzero(kind == 2)
        C[self.r + S[slack] - 2 * self.m, slack] = 1.0
        return C

    def split(self, x: Array) -> Array:
        """p - q, (m,)."""
        return x[: self.m] - x[self.m : 2 * self.m]


class _System:
    """The Newton system of one step, factorised, at x with v = u - x and multipliers s, t >= 0."""

    def __init__(self, lp: _Programme, x: Array, v: Array, s: Array, t: Array) -> None:
        self.lp, self.x, self.v, self.s, self.t = lp, x, v, s, t
        self.D = 1 / (s / x + t / v)
        M = lp.normal(self.D)
        n = np.arange(len(M))
        diagonal = np.diagonal(M).copy()
        for bits in SHIFTS:
            # An optimal w of few entries makes M singular: a shift, which refinement undoes.
            M[n, n] = diagonal + np.ldexp(np.max(diagonal), -bits)
            try:
                self.factor = cho_factor(M, check_finite=False)
                return
            except LinAlgError:
                continue
        raise LinAlgError("the Newton system is singular to rounding")

    def step(self, rp: Array, rd: Array, rs: Array, rt: Array) -> tuple[Array, ...]:
        """Solve C dx = rp, C^T dw + ds - dt = rd, s dx + x ds = rs, v dt - t dx = rt."""
        h = rd - rs / self.x + rt / self.v
        right = rp + self.lp.forward(self.D * h)
        dw = cho_solve(self.factor, right, check_finite=False)
        for _ in range(REFINEMENTS):  # M grows as ill-conditioned as the vertex is near
            left = self.lp.forward(self.D * self.lp.backward(dw))
            dw = dw + cho_solve(self.factor, right - left, check_finite=False)
        dx = self.D * (self.lp.backward(dw) - h)
        return dx, dw, (rs - self.s * dx) / self.x, (rt + self.t * dx) / self.v


def solve(Q: Array, i: int, ball: Ball) -> tuple[Array, Array]:
    """Return y (r,) and w (m,) of feature i, near optimal."""
    best = _Best(Q, i, ball)
    best.offer(Q[:, i], np.eye(1, Q.shape[1], i)[0])  # e_i projected: exact where it is read
    if best.done(1.0):
        return best.y, best.w
    lp = _Programme(Q, i, ball)
    n = lp.u.size
    x, v, w, s, t = _start(lp, ball)
    for _ in range(MOST_STEPS):
        rp, rd, mu = lp.b - lp.forward(x), lp.c - lp.backward(w) - s + t, (x @ s + v @ t) / (2 * n)
        try:
            system = _System(lp, x, v, s, t)
        except LinAlgError:  # the end of what rounding allows
            break
        dx, dw, ds, dt = system.step(rp, rd, -x * s, -v * t)
        a, b = reach((x, v), (dx, -dx)), reach((s, t), (ds, dt))
        nearer = ((x + a * dx) @ (s + b * ds) + (v - a * dx) @ (t + b * dt)) / (2 * n)
        aim = (nearer / mu) ** 3 * mu
        dx, dw, ds, dt = system.step(rp, rd, aim - x * s - dx * ds, aim - v * t + dx * dt)
        if not np.all(np.isfinite(dw)):
            break
        a, b = 0.9995 * reach((x, v), (dx, -dx)), 0.9995 * reach((s, t), (ds, dt))
        x, v, w, s, t = x + a * dx, v - a * dx, w + b * dw, s + b * ds, t + b * dt
        best.offer(-w[: lp.r], lp.split(x))
        if best.gap < NEAR:
            best.offer(*vertex(lp, x, v))
        if best.done(float(x @ s + v @ t) / (2 * n)):
            break
    return best.y, best.w


def _start(lp: _Programme, ball: Ball) -> tuple[Array, ...]:
    """x, v, w, s, t strictly inside, with C x = b and C^T w + s - t = c."""
    parts = ball.k / (2 * lp.m * np.sum(ball.sides[0]))  # every sum is half of what it may be
    x = np.where(np.arange(lp.u.size) < 2 * lp.m, parts, lp.u / 2)
    w = np.append(np.zeros(lp.r), np.full(len(ball.sides), -2.0))
    t = np.full(lp.u.size, 0.5)
    return x, lp.u - x, w, lp.c - lp.backward(w) + t, t


def vertex(lp: _Programme, x: Array, v: Array) -> tuple[Array, Array]:
    """The vertex that x points to: the r + g entries farthest from their bounds are basic.

    The others go to the nearer bound; C_S x_S = b - C x_rest and C_S^T w = c_S. Where it is
    degenerate the system is singular, or its solution no better.
    """
    n = lp.b.size
    S = np.argpartition(-np.minimum(x, v), n - 1)[:n]
    out = np.where(x > v, lp.u, 0.0)
    out[S] = 0
    lu, pivots, singular = dgetrf(lp.columns(S))
    if singular:
        return np.zeros(lp.r), np.zeros(lp.m)
    out[S], _ = dgetrs(lu, pivots, lp.b - lp.forward(out))
    w, _ = dgetrs(lu, pivots, lp.c[S], trans=1)
    if not (np.all(np.isfinite(out)) and np.all(np.isfinite(w))):
        return np.zeros(lp.r), np.zeros(lp.m)
    return -w[: lp.r], lp.split(out)


def reach(vectors: tuple[Array, Array], steps: tuple[Array, Array]) -> float:
    """The largest a in [0, 1] that keeps v + a dv >= 0 for both v > 0."""
    return 1 / max(1.0, *(-float(np.min(dv / v)) for v, dv in zip(vectors, steps, strict=True)))
