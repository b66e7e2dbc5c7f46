"""The signal of least l1 norm with a given image, with a dual vector that proves how near it is.

The statement computed:
    min {sum w_j |z_j| : A z = x} = max {<x, y> : |a_j^T y| <= w_j for every j},
and with |A z - x|_2 <= sigma in place of A z = x, less sigma |y|_2 on the right. `_solve` proposes
z and y, `_program` proves what they are worth.
Reference: Chen, Donoho, Saunders 1998; Osborne, Presnell, Turlach 2000.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance
from lcs.l1._program import Program, Pursuit, Status, length_of
from lcs.l1._rows import LAST
from lcs.l1._solve import solve
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]

SMALLEST = float(np.finfo(np.float64).tiny)

__all__ = ["Pursuit", "Status", "basis_pursuit", "basis_pursuit_denoise"]


def basis_pursuit(
    A: Matrix, x: Array, *, weights: Array | None = None, nonnegative: bool = False
) -> Pursuit:
    """Find the signal of least l1 norm with image x, with a dual vector.

    argmin {sum w_j |z_j| : A z = x}, over z >= 0 if nonnegative.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank.
    x: (d,) activations, finite.
    weights: (m,) w_j > 0, finite; None for ones. Where they are more than about 10^3 apart, what
        is charged for rounding beside the least may leave the gap above its tolerance: LOOSE.
    nonnegative: whether z >= 0 is asked for.

    Returns `Pursuit`; SOLVED where residual <= 1e-10 |x| and gap <= 1e-10 norm. Where several
    signals are shortest it is one of them.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, weights not above 0.
    Reference: Chen, Donoho, Saunders 1998.

    >>> A = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])
    >>> found = basis_pursuit(A, A @ np.array([1.0, 0.0, 0.5]))
    >>> found.z.round(9), found.status.name
    (array([1. , 0. , 0.5]), 'SOLVED')
    """
    instance = Instance(A)
    x, w = checked_image(x, A.shape[0]), checked_weights(weights, A.shape[1])
    with one_blas_thread(), np.errstate(all="ignore"):  # what overflows is not SOLVED
        return pursue(instance, x, w, checked_flag(nonnegative), 0.0)


def basis_pursuit_denoise(
    A: Matrix, x: Array, sigma: float, *, weights: Array | None = None, nonnegative: bool = False
) -> Pursuit:
    """Find the signal of least l1 norm with an image no further than sigma from x.

    argmin {sum w_j |z_j| : |A z - x|_2 <= sigma}, over z >= 0 if nonnegative.

    Parameters
    ----------
    A, x, weights, nonnegative: as `basis_pursuit` takes them.
    sigma: >= 0, in the units of x; 0 is `basis_pursuit`.

    Returns `Pursuit`; SOLVED where residual <= sigma + 1e-10 |x| and gap <= 1e-10 norm.
    Raises what `basis_pursuit` raises; ValueError where sigma is not a number >= 0.
    Reference: van den Berg, Friedlander 2008, Probing the Pareto frontier.

    >>> found = basis_pursuit_denoise(np.eye(2), np.array([3.0, 0.5]), 1.0)
    >>> found.z.round(9), round(found.residual, 9)
    (array([2.1339746, 0.       ]), 1.0)
    """
    instance = Instance(A)
    x, w = checked_image(x, A.shape[0]), checked_weights(weights, A.shape[1])
    sigma = checked_sigma(sigma)
    with one_blas_thread(), np.errstate(all="ignore"):
        return pursue(instance, x, w, checked_flag(nonnegative), sigma)


def pursue(
    instance: Instance, x: Array, weights: Array | None, nonnegative: bool, sigma: float
) -> Pursuit:
    """Solve in units that make x about 1 and the rows, or with sigma the longest, about 1."""
    A, reach, exponents = instance.A, instance.sized.reach, instance.sized.exponents
    if sigma > 0 and np.any(exponents != exponents[0]):
        most = np.max(exponents)  # |A z - x| is not that of rows brought to one size
        A = np.ldexp(A, (exponents - most)[:, None])
        exponents = np.full_like(exponents, most)
        reach = float(np.linalg.norm(np.max(np.abs(A), axis=1))) * LAST
    image = np.ldexp(x, -exponents)
    scale = _power(np.max(np.abs(image)))
    size = 1.0 if weights is None else _power(np.max(weights))
    program = Program(
        instance=instance,
        A=A,
        x=image / scale,
        reach=reach,
        weights=None if weights is None else weights / size,
        nonnegative=nonnegative,
        sigma=float(np.ldexp(sigma, -exponents[0])) / scale if sigma > 0 else 0.0,
        exponents=np.zeros_like(exponents) if sigma > 0 else exponents,
    )
    found = solve(program)
    unit = float(np.ldexp(scale, exponents[0])) if sigma > 0 else scale
    z, y = found.z * scale, np.ldexp(found.y * size, -exponents)
    numbers = [found.norm * scale * size, found.gap * scale * size, found.residual * unit]
    before = np.concatenate((x, found.z, found.y, np.zeros(3)))
    if not _held(before, np.concatenate((image, z, y, numbers))):
        zero = np.zeros_like(found.z)
        return Pursuit(zero, np.zeros_like(x), 0.0, 0.0, length_of(x), Status.LOOSE)
    return replace(found, z=z, y=y, norm=numbers[0], gap=numbers[1], residual=numbers[2])


def _held(before: Array, after: Array) -> bool:
    """Whether float64 held the numbers in other units too: none overflowed or vanished."""
    size = np.abs(after)
    return bool(np.all((size < np.inf) & ((size >= SMALLEST) | (before == 0))))


def _power(size: float) -> float:
    """A power of two near it."""
    return 2.0 ** (math.frexp(size)[1] - 1) if 0 < size < math.inf else 1.0


def checked_image(x: Array, d: int) -> Array:
    """The image x (d,) in float64; ValueError with the shape or the entry that is wrong."""
    if not isinstance(x, np.ndarray) or x.dtype not in (np.float32, np.float64):
        kind = x.dtype if isinstance(x, np.ndarray) else type(x).__name__
        raise TypeError(f"x must be a float32 or float64 array; got {kind}")
    if x.shape != (d,):
        raise ValueError(f"x must be of shape (d,) = ({d},); got {x.shape}")
    if not np.all(np.isfinite(x)):
        raise ValueError(f"x must be finite; got {x[~np.isfinite(x)][0]}")
    return x.astype(np.float64)


def checked_weights(weights: Array | None, m: int) -> Array | None:
    """The weights (m,) in float64; ValueError with the shape or the entry that is wrong."""
    if weights is None:
        return None
    if not isinstance(weights, np.ndarray) or weights.dtype not in (np.float32, np.float64):
        kind = weights.dtype if isinstance(weights, np.ndarray) else type(weights).__name__
        raise TypeError(f"weights must be a float32 or float64 array; got {kind}")
    if weights.shape != (m,):
        raise ValueError(f"weights must be of shape (m,) = ({m},); got {weights.shape}")
    good = (weights > 0) & (weights < np.inf)
    if not np.all(good):
        raise ValueError(f"weights must be above 0 and finite; got {weights[~good][0]}")
    return weights.astype(np.float64)


def checked_flag(nonnegative: bool) -> bool:
    """nonnegative as a bool; TypeError with what was given."""
    if not isinstance(nonnegative, bool | np.bool_):
        raise TypeError(f"nonnegative must be True or False; got {nonnegative!r}")
    return bool(nonnegative)


def checked_sigma(sigma: float) -> float:
    """sigma as a float; TypeError or ValueError with what was given."""
    if isinstance(sigma, bool) or not isinstance(sigma, int | float | np.integer | np.floating):
        raise TypeError(f"sigma must be a number; got {sigma!r}")
    if not 0 <= sigma < math.inf:
        raise ValueError(f"sigma must be >= 0 and finite; got {sigma!r}")
    return float(sigma)
