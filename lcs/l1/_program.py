"""One programme of least l1 norm, and what a signal and a dual vector together prove of it.

The statement computed:
    min {sum w_j |z_j| : |A z - x|_2 <= sigma}
        = max {<x, y> - sigma |y|_2 : |a_j^T y| <= w_j for every j},
a_j^T y <= w_j alone where z >= 0 is asked for. Any y, shrunk until it meets its conditions, bounds
the norm from below; nothing here knows how z and y were found, and every rounding is charged.
Reference: Chen, Donoho, Saunders 1998; van den Berg, Friedlander 2008.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from lcs.l1._instance import Instance
from lcs.l1._rows import LAST, UNDERFLOW
from lcs.rounding import U64, gamma

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

TOLERANCE = 1e-10
FAR = 2.0**20  # times |x| over the shortest column: no signal of such a norm was meant


class Status(Enum):
    """How far it was solved; the value is the sentence to show."""

    SOLVED = "solved: the residual is within its tolerance and the proved gap too"
    LOOSE = "not solved to the tolerance: only the stated residual and gap are proved"
    INFEASIBLE = "no signal has this image, to rounding: y proves that its norm would be enormous"


@dataclass(frozen=True, slots=True, eq=False)
class Pursuit:
    """z, near the image by `residual`, and y: norm - gap <= the least norm, and see below.

    With tolerance 0 the least norm of the images x and A z are both at least norm - gap, so z is
    within gap of the shortest signal with its own image, which is `residual` away from x. With
    sigma > 0 the same holds of the tolerances sigma and max(sigma, residual). Where INFEASIBLE,
    z = 0 and <x, y> - sigma |y|_2 alone bounds the norm.
    """

    z: Array  # (m,)
    y: Array  # (d,) |a_j^T y| <= w_j for every j; a_j^T y <= w_j where z >= 0 was asked for
    norm: float  # sum w_j |z_j|
    gap: float
    residual: float  # proved: |A z - x|_2 is at most this
    status: Status


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The data, x of size about 1 and A with rows of size about 1 or less."""

    instance: Instance
    A: Array  # (d, m), that of the instance where sigma = 0
    x: Array  # (d,)
    reach: float  # at least the length of every column
    weights: Array | None  # (m,); None for ones
    nonnegative: bool
    sigma: float
    exponents: NDArray[np.intc]  # (d,) rows are 2^-exponents times those that were given

    @property
    def w(self) -> Array:
        """The weights, ones where none were given."""
        return np.ones(self.A.shape[1]) if self.weights is None else self.weights


def weigh(program: Program, z: Array, y: Array) -> Pursuit:
    """The candidate with its norm, its residual and the gap that y proves, roundings included."""
    A, x, sigma = program.A, program.x, program.sigma
    z, y = _finite(np.maximum(z, 0.0) if program.nonnegative else z), feasible(program, _finite(y))
    T = np.flatnonzero(z)
    Q, u = A[:, T], z[T]
    size, length = length_of(x), length_of(y)
    norm = float(np.sum(np.abs(u) if program.weights is None else program.w[T] * np.abs(u)))
    rest, off = x - Q @ u, _rounding_of_rest(x, Q, u)
    residual = length_of(np.ldexp(np.abs(rest) + off, program.exponents))
    moved = abs(float(rest @ y)) + gamma(len(x) + 2, U64) * float(np.abs(rest) @ np.abs(y))
    moved += float(off @ np.abs(y))
    if sigma > 0:
        moved = max(sigma, residual) * length * (1 + 4 * U64)
    slack = gamma(len(x) + 6, U64) * size * length + gamma(T.size + 6, U64) * norm
    gap = norm - float(x @ y) + moved + slack * LAST if np.any(y) else norm * LAST
    near = TOLERANCE * length_of(np.ldexp(x, program.exponents))
    good = residual <= sigma + near < np.inf and gap <= TOLERANCE * norm
    return Pursuit(z, y, norm, gap, residual, Status.SOLVED if good else Status.LOOSE)


def _rounding_of_rest(x: Array, Q: Array, u: Array) -> Array:
    """How far each entry of x - Q u, as computed, may be from the exact one: (d,)."""
    if u.size == 0:
        return np.zeros_like(x)
    sizes = np.abs(x) + np.abs(Q) @ np.abs(u)
    return gamma(u.size + 2, U64) * sizes * LAST + UNDERFLOW


def feasible(program: Program, y: Array) -> Array:
    """y shrunk until it proves something: |a_j^T y| <= w_j for every j, roundings included."""
    values = y @ program.A
    rounding = gamma(len(y) + 2, U64) * program.reach * float(np.linalg.norm(y)) * LAST + UNDERFLOW
    over = (values if program.nonnegative else np.abs(values)) + rounding
    if program.weights is not None:
        over = over / program.weights
    most = float(np.max(over)) * (1 + 4 * U64)
    return y / max(1.0, most) if most < np.inf else np.zeros_like(y)


def unreachable(program: Program, y: Array) -> Pursuit | None:
    """INFEASIBLE, where the multiples of y prove that the norm would be enormous."""
    size = float(np.linalg.norm(y))
    if not 0 < size < np.inf:
        return None
    y = feasible(program, y * (2.0**80 / size))
    least = float(program.x @ y) - program.sigma * length_of(y) * (1 + 4 * U64)
    least -= gamma(len(y) + 2, U64) * float(np.abs(program.x) @ np.abs(y))
    lengths = np.linalg.norm(program.A, axis=0) / program.w
    # The column that reaches least far for its weight: a signal of any other is no reason.
    shortest = float(np.min(lengths, where=lengths > 0, initial=np.inf))
    if not (least > 0 and least * shortest > FAR * float(np.linalg.norm(program.x))):
        return None
    residual = length_of(np.ldexp(program.x, program.exponents))
    return Pursuit(np.zeros(program.A.shape[1]), y, 0.0, 0.0, residual, Status.INFEASIBLE)


def length_of(x: Array) -> float:
    """At least |x|_2, closer than LAST would have it: it is compared with sigma."""
    largest = float(np.max(np.abs(x)))
    unit = 2.0 ** (math.frexp(largest)[1] - 1) if 0 < largest < math.inf else 1.0
    scaled = x / unit
    return unit * math.sqrt(scaled @ scaled) * (1 + gamma(len(x) + 4, U64))


def _finite(x: Array) -> Array:
    return x if np.all(np.isfinite(x)) else np.zeros_like(x)
