"""The signal of least l1 norm with a given image, with a dual vector that proves how near it is.

The statement computed:
    min {||z||_1 : A z = x} = max {<x, y> : ||A^T y||_inf <= 1}.
The homotopy follows its path, least squares on its support give z to double precision, and where
it stops short the simplex method takes over. The dual vector proves, for the stored numbers,
    ||z||_1 - gap <= the least norm,
whoever proposed it.
Reference: Chen, Donoho, Saunders 1998; Osborne, Presnell, Turlach 2000.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs._kernels.homotopy import follow
from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance
from lcs.rounding import U64, gamma
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

TINY = 2.0**-40  # of a column's square, or of the start of the path: the path ends there
TOLERANCE = 1e-10
STEPS = 16  # of the path for each dimension


class Status(Enum):
    """How far it was solved; the value is the sentence to show."""

    SOLVED = "solved: A z = x and the proved gap is within the tolerance"
    LOOSE = "not solved to the tolerance: only the stated residual and gap are proved"
    INFEASIBLE = "no signal has this image, to rounding"


@dataclass(frozen=True, slots=True, eq=False)
class Pursuit:
    """z with |A z - x| = residual, and y with ||A^T y||_inf <= 1: ||z||_1 - gap <= least norm."""

    z: Array  # (m,)
    y: Array  # (d,)
    norm: float  # ||z||_1
    gap: float
    residual: float  # |A z - x|_2
    status: Status


def basis_pursuit(A: Matrix, x: Array) -> Pursuit:
    """Find the signal of least l1 norm with image x, with a dual vector.

    argmin {||z||_1 : A z = x}.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank.
    x: (d,) activations, finite.

    Returns `Pursuit`; SOLVED where residual <= 1e-10 |x| and gap <= 1e-10 ||z||_1. Where several
    signals are shortest it is one of them.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf.
    Reference: Chen, Donoho, Saunders 1998.

    >>> A = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])
    >>> found = basis_pursuit(A, A @ np.array([1.0, 0.0, 0.5]))
    >>> found.z.round(9), found.status.name
    (array([1. , 0. , 0.5]), 'SOLVED')
    """
    instance = Instance(A)
    x = _checked_image(x, A.shape[0])
    with one_blas_thread(), np.errstate(all="ignore"):  # what overflows is not SOLVED
        return pursue(instance, x)


def pursue(instance: Instance, x: Array) -> Pursuit:
    """The best of the candidates: the path's, then the vertex."""
    exponents = instance.sized.exponents
    image = np.ldexp(x, -exponents)
    size = float(np.max(np.abs(image)))
    scale = 2.0 ** float(np.frexp(size)[1]) if 0 < size < np.inf else 1.0
    image = image / scale
    found = _best(instance.A, image)
    return Pursuit(
        z=found.z * scale,
        y=np.ldexp(found.y, -exponents),
        norm=found.norm * scale,
        gap=found.gap * scale,
        residual=float(np.linalg.norm(np.ldexp(image - instance.A @ found.z, exponents))) * scale,
        status=found.status,
    )


def _best(A: Array, x: Array) -> Pursuit:
    d, m = A.shape
    _, _, n, T, _, _, y = follow(A, x, STEPS * (d + 1), TINY)
    first = _weighed(A, x, _on_support(A, x, T[:n]), y)
    if first.status is Status.SOLVED:
        return first
    solved = linprog(
        np.ones(2 * m),
        A_eq=np.hstack([A, -A]),
        b_eq=x,
        method="highs-ds",
        options={
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        },
    )
    if solved.status == 2:
        zero = np.zeros(m)
        residual = float(np.linalg.norm(x))
        return Pursuit(zero, np.zeros(d), 0.0, 0.0, residual, Status.INFEASIBLE)
    if solved.status != 0:
        return first
    z = solved.x[:m] - solved.x[m:]
    T = np.flatnonzero(np.abs(z) > TOLERANCE * np.max(np.abs(z)))
    y = np.asarray(solved.eqlin.marginals)
    options = [first, _weighed(A, x, z, y)]
    if 0 < T.size <= d:
        options.append(_weighed(A, x, _on_support(A, x, T), y))
    return min(options, key=lambda one: (one.status is not Status.SOLVED, one.residual + one.gap))


def _on_support(A: Array, x: Array, T: Indices) -> Array:
    """The z on T with A z nearest to x, refined until only rounding is left."""
    z = np.zeros(A.shape[1])
    if T.size:
        Q, R = np.linalg.qr(A[:, T])
        for _ in range(3):
            try:
                z[T] += np.linalg.solve(R, Q.T @ (x - A[:, T] @ z[T]))
            except np.linalg.LinAlgError:
                break
    return z


def _weighed(A: Array, x: Array, z: Array, y: Array) -> Pursuit:
    """The candidate with its residual and the gap that y proves, roundings included."""
    d, m = A.shape
    reach = float(np.linalg.norm(np.max(np.abs(A), axis=1)))
    rounding = gamma(d + 2, U64) * reach * float(np.linalg.norm(y))
    y = y / max(1.0, (float(np.max(np.abs(y @ A))) + rounding) * (1 + 4 * U64))
    norm = float(np.sum(np.abs(z)))
    slack = gamma(d + 2, U64) * float(np.abs(x) @ np.abs(y)) + gamma(m, U64) * norm
    gap = norm - float(x @ y) + 2 * slack
    residual = float(np.linalg.norm(x - A @ z))
    good = residual <= TOLERANCE * float(np.linalg.norm(x)) and abs(gap) <= TOLERANCE * norm
    none = not np.any(x) and not np.any(z)
    return Pursuit(z, y, norm, gap, residual, Status.SOLVED if good or none else Status.LOOSE)


def _checked_image(x: Array, d: int) -> Array:
    """The image x (d,) in float64; ValueError with the shape or the entry that is wrong."""
    if not isinstance(x, np.ndarray) or x.dtype not in (np.float32, np.float64):
        kind = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        raise TypeError(f"x must be a float32 or float64 array; got {kind}")
    if x.shape != (d,):
        raise ValueError(f"x must be of shape (d,) = ({d},); got {x.shape}")
    if not np.all(np.isfinite(x)):
        raise ValueError(f"x must be finite; got {x[~np.isfinite(x)][0]}")
    return x.astype(np.float64)
