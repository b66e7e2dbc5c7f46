"""Linear equations on a support in double precision, refined until only rounding is left."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import (
    dgetrf,  # pyright: ignore[reportAttributeAccessIssue]
    dgetrs,  # pyright: ignore[reportAttributeAccessIssue]
    dpotrf,  # pyright: ignore[reportAttributeAccessIssue]
    dpotrs,  # pyright: ignore[reportAttributeAccessIssue]
)

Array = NDArray[np.float64]

REFINED = 4  # times at most
SMALL = 2.0**-40  # a correction that shows that refining has converged


class _Inverse(Protocol):
    def down(self, x: Array) -> Array:
        """About Q^+ x."""
        ...

    def up(self, b: Array) -> Array:
        """About (Q^+)^T b, in the span of Q."""
        ...


class Equations:
    """Q (d, n) of independent columns, by its LU factors if square, else by those of Q^T Q."""

    def __init__(self, Q: Array) -> None:
        self.Q = np.asfortranarray(Q)
        square = _Square(self.Q) if Q.shape[0] == Q.shape[1] else _Normal(self.Q)
        self.inverse: _Inverse | None = None if square.failed else square

    def least_squares(self, x: Array) -> tuple[Array, Array]:
        """(u, e): u (n,) with e = x - Q u as short as it can be."""
        Q = self.Q
        if self.inverse is not None:
            u, e, last = np.zeros(Q.shape[1]), x, np.inf
            for _ in range(REFINED):
                du = self.inverse.down(e)
                size = float(np.max(np.abs(du)))
                if not size < last / 2:
                    break
                u, last = u + du, size
                e = x - Q @ u
            if last <= SMALL * float(np.max(np.abs(u))):
                return u, e
        u = np.asarray(np.linalg.lstsq(Q, x, rcond=None)[0], np.float64)
        return u, x - Q @ u

    def span(self, b: Array, q: Array) -> Array:
        """q (d,) moved by the span of the columns to Q^T q = b."""
        if self.inverse is None:
            return q + np.linalg.lstsq(self.Q.T, b - self.Q.T @ q, rcond=None)[0]
        last = np.inf
        for _ in range(REFINED):
            short = b - self.Q.T @ q
            size = float(np.max(np.abs(short)))
            if not size < last / 2:
                break
            q, last = q + self.inverse.up(short), size
        return q


class _Normal:
    def __init__(self, Q: Array) -> None:
        self.Q = Q
        self.R, self.failed = dpotrf(Q.T @ Q)

    def down(self, x: Array) -> Array:
        return dpotrs(self.R, self.Q.T @ x)[0]

    def up(self, b: Array) -> Array:
        return self.Q @ dpotrs(self.R, b)[0]


class _Square:
    def __init__(self, Q: Array) -> None:
        self.LU, self.rows, self.failed = dgetrf(Q)

    def down(self, x: Array) -> Array:
        return dgetrs(self.LU, self.rows, x)[0]

    def up(self, b: Array) -> Array:
        return dgetrs(self.LU, self.rows, b, trans=1)[0]
