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
from scipy.linalg.blas import dsyrk

Array = NDArray[np.float64]

MOST_STEPS = 60
REFINEMENTS = 1
SHIFTS = (52, 46, 40)
PATIENCE = 4  # steps without progress before giving up
CLOSE = 2.0**-44  # a gap that rounding hides anyway


class _Best:
    """The best y and z met so far, by bounds good to a few roundings."""

    def __init__(self, Q: Array, i: int) -> None:
        self.Q, self.i = Q, i
        self.y, self.z = np.zeros(Q.shape[0]), np.zeros(Q.shape[1])
        self.upper, self.lower, self.stale = 1.0, 0.0, 0

    def offer(self, y: Array, z: Array) -> bool:
        """Note y and z where they are better; whether to go on."""
        error = -(y @ self.Q)
        error[self.i] += 1
        upper = float(np.max(np.abs(error)))
        z = z - (self.Q @ z) @ self.Q
        length = float(np.sum(np.abs(z)))
        lower = float(z[self.i]) / length if length > 0 else 0.0
        gap = self.upper - self.lower
        if upper < self.upper:
            self.y, self.upper = y, upper
        if lower > self.lower:
            self.z, self.lower = z / length, lower
        now = self.upper - self.lower
        self.stale = 0 if now < 0.9 * gap else self.stale + 1
        return now > CLOSE and self.stale < PATIENCE


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
    if not best.offer(Q[:, i], np.eye(1, m, i)[0]):  # e_i projected: exact where alpha_i = 0
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
        if not best.offer(-w[:-1], x[:m] - x[m:]):
            break
    return best.y, best.z


def reach(v: Array, dv: Array) -> float:
    """The largest step in [0, 1] that keeps v + step dv >= 0."""
    falling = dv < 0
    return min(1.0, float(np.min(-v[falling] / dv[falling], initial=np.inf)))
