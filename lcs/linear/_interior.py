"""One Chebyshev approximation by a primal-dual interior-point method, in plain dense algebra.

The statement computed: with Q (r, m) of orthonormal rows,
    min_y ||e_i - Q^T y||_inf  =  max{z_i : Qz = 0, ||z||_1 <= 1},
z = p - q with p, q >= 0. Every step solves one r x r system, whose making, r^2 m operations, is the
cost; about 15 steps suffice whatever the size. What is returned is only a candidate: its bounds
are computed elsewhere, from y and z alone.
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

Array = NDArray[np.float64]

MOST_STEPS = 60
REFINEMENTS = 1
NEAR = 1e-5  # a gap from which the vertex is guessed
SHIFTS = (52, 46, 40)
PATIENCE = 4  # steps without progress before giving up
CLOSE = 2.0**-44  # a gap that rounding hides anyway


class _Best:
    """The best y and z met so far, by bounds good to a few roundings."""

    def __init__(self, Q: Array, i: int) -> None:
        self.Q, self.i = Q, i
        self.y, self.z = np.zeros(Q.shape[0]), np.zeros(Q.shape[1])
        self.upper, self.lower, self.before, self.stale = 1.0, 0.0, 2.0, 0

    @property
    def gap(self) -> float:
        """upper - lower."""
        return self.upper - self.lower

    def offer(self, y: Array, z: Array) -> None:
        """Note y and z, each where it is better."""
        error = -(y @ self.Q)
        error[self.i] += 1
        upper = float(np.max(np.abs(error)))
        if upper < self.upper:
            self.y, self.upper = y, upper
        z = z - (self.Q @ z) @ self.Q
        length = float(np.sum(np.abs(z)))
        if length > 0 and z[self.i] / length > self.lower:
            self.z, self.lower = z / length, float(z[self.i]) / length

    def done(self) -> bool:
        """Whether the gap is closed, or has hardly changed for some steps."""
        self.stale = 0 if self.gap < 0.9 * self.before else self.stale + 1
        self.before = self.gap
        return self.gap <= CLOSE or self.stale >= PATIENCE


class _System:
    """The Newton system of one step, factorised: M = C D C^T for C = [[Q, -Q], [1, 1]]."""

    def __init__(self, Q: Array, x: Array, s: Array) -> None:
        r, m = Q.shape
        self.Q, self.x, self.s = Q, x, s
        self.D = x / s
        p, q = self.D[:m], self.D[m:]
        M = np.empty((r + 1, r + 1), order="F")
        M[:r, :r] = dsyrk(1.0, (Q * np.sqrt(p + q)).T, trans=1)  # the upper triangle
        M[:r, r] = Q @ (p - q)
        M[r, r] = np.sum(self.D)
        diagonal = np.diagonal(M).copy()
        for bits in SHIFTS:
            # An optimal z of few entries makes M singular: a shift, which refinement undoes.
            M[np.arange(r + 1), np.arange(r + 1)] = diagonal + np.ldexp(np.max(diagonal), -bits)
            try:
                self.factor = cho_factor(M, check_finite=False)
                return
            except LinAlgError:
                continue
        raise LinAlgError("the Newton system is singular to rounding")

    def step(self, rp: Array, rd: Array, rc: Array) -> tuple[Array, Array, Array]:
        """Solve C dx = rp, C^T dw + ds = rd, s dx + x ds = rc."""
        right = rp + forward(self.Q, self.D * rd - rc / self.s)
        dw = cho_solve(self.factor, right, check_finite=False)
        for _ in range(REFINEMENTS):  # M grows as ill-conditioned as the vertex is near
            left = forward(self.Q, self.D * backward(self.Q, dw))
            dw = dw + cho_solve(self.factor, right - left, check_finite=False)
        ds = rd - backward(self.Q, dw)
        return (rc - self.x * ds) / self.s, dw, ds


def forward(Q: Array, x: Array) -> Array:
    """C x, (r + 1,)."""
    m = Q.shape[1]
    return np.append(Q @ (x[:m] - x[m:]), np.sum(x))


def backward(Q: Array, w: Array) -> Array:
    """C^T w, (2m,)."""
    v = w[:-1] @ Q
    return np.concatenate((v, -v)) + w[-1]


def solve(Q: Array, i: int) -> tuple[Array, Array]:
    """Return y (r,) and z (m,) of feature i, near optimal."""
    r, m = Q.shape
    best = _Best(Q, i)
    best.offer(Q[:, i], np.eye(1, m, i)[0])  # e_i projected: exact where alpha_i = 0
    if best.done():
        return best.y, best.z
    b, c = np.append(np.zeros(r), 1.0), np.zeros(2 * m)
    c[i], c[m + i] = -1.0, 1.0
    x, w = np.full(2 * m, 0.5 / m), np.append(np.zeros(r), -2.0)
    s = c - backward(Q, w)
    for _ in range(MOST_STEPS):
        rp, rd, mu = b - forward(Q, x), c - backward(Q, w) - s, float(x @ s) / (2 * m)
        try:
            system = _System(Q, x, s)
        except LinAlgError:  # the end of what rounding allows
            break
        dx, dw, ds = system.step(rp, rd, -x * s)
        nearer = (x + reach(x, dx) * dx) @ (s + reach(s, ds) * ds) / (2 * m)
        dx, dw, ds = system.step(rp, rd, (nearer / mu) ** 3 * mu - x * s - dx * ds)
        if not np.all(np.isfinite(dw)):
            break
        primal, dual = 0.9995 * reach(x, dx), 0.9995 * reach(s, ds)
        x, w, s = x + primal * dx, w + dual * dw, s + dual * ds
        z = x[:m] - x[m:]
        best.offer(-w[:-1], z)
        if best.gap < NEAR:
            best.offer(*vertex(Q, i, z))
        if best.done():
            break
    return best.y, best.z


def vertex(Q: Array, i: int, z: Array) -> tuple[Array, Array]:
    """The vertex that the r + 1 largest entries of z point to, z = 0 elsewhere.

    There the error is sign(z_j) t: Q_S^T y + t sign(z_S) = e_i on S, and [Q_S; sign] z_S = (0, 1).
    Where it is degenerate the system is singular, or its solution no better.
    """
    r, m = Q.shape
    S = np.argpartition(-np.abs(z), min(r, m - 1))[: r + 1]
    lu, pivots, singular = dgetrf(np.vstack((Q[:, S], np.sign(z[S]))).T, overwrite_a=True)
    if singular or S.size <= r:
        return np.zeros(r), np.zeros(m)
    y, _ = dgetrs(lu, pivots, np.equal(S, i).astype(np.float64))
    entries, _ = dgetrs(lu, pivots, np.append(np.zeros(r), 1.0), trans=1)
    out = np.zeros(m)
    out[S] = entries
    return (y[:r], out) if np.all(np.isfinite(y + entries)) else (np.zeros(r), np.zeros(m))


def reach(v: Array, dv: Array) -> float:
    """The largest step in [0, 1] that keeps v + step dv >= 0."""
    falling = dv < 0
    return min(1.0, float(np.min(-v[falling] / dv[falling], initial=np.inf)))
