"""The last digits of a packing: Newton on its active pairs, found by linear programmes.

At a local optimum, t = max |x_ij|, x = B^T A with diagonal 1, there are multipliers lambda >= 0 of
sum 1 on the pairs with |x_ij| = t, and a matrix L, L_ij = lambda_ij sign(x_ij), L_ii = nu_i, with
    A L = 0 (A = B, L symmetric), or B L = 0 and A L^T = 0.
Everything is bilinear, so these equations have a simple symmetric Jacobian, the one of Newton's
method here. It is singular, by rotations at least, and is inverted with slight damping. A linear
programme in a small box supplies the active pairs where the first guess, the weights of the
smooth maximum, is wrong.
Points are flat, as in `lcs._kernels.packing`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

Array = NDArray[np.float64]
Index = NDArray[np.intp]

NEWTON_STEPS = 12
PROGRAMMES = 20
WORK = 6000  # of programmes times coordinates: a programme takes the square or more of these
LARGEST = 2500  # equations that Newton's method is given
SETTLED = 1e-14  # residual at which Newton has nothing left to gain in float64


@dataclass(frozen=True, slots=True, eq=False)
class Active:
    """Pairs (i, j), i > j for A = B, with their multipliers, of sum 1."""

    i: Index
    j: Index
    weights: Array


def split(x: Array, m: int, tied: bool) -> tuple[Array, Array]:
    """A and B (d, m) with columns as probes read them: unit columns, or diagonal 1."""
    A = x[: x.size if tied else x.size // 2].reshape(m, -1).T
    if tied:
        A = A / np.sqrt(np.sum(A * A, axis=0))
        return A, A
    B = x[x.size // 2 :].reshape(m, -1).T
    return A, B / np.sum(A * B, axis=0)


def pairs(m: int, tied: bool) -> tuple[Index, Index]:
    """Every pair that counts: i > j for A = B, else i != j."""
    i, j = np.nonzero(np.tri(m, k=-1) if tied else 1 - np.eye(m))
    return i, j


def smooth_weights(x: Array, m: int, tied: bool, beta: float) -> tuple[float, Active]:
    """The weights of the smooth maximum at beta, and its limit sum w |x_ij| for beta to infinity.

    F = sum w |x_ij| + entropy(w)/beta, and w tends to the multipliers.
    """
    A, B = split(x, m, tied)
    i, j = pairs(m, tied)
    size = np.abs((B.T @ A)[i, j])
    w = np.exp(beta * (size - size.max()))
    w /= w.sum()
    return float(w @ size), Active(i, j, w)


def polish(x: Array, m: int, tied: bool, beta: float) -> tuple[Array, bool]:
    """Lower max |x_ij| from a minimiser of the smooth maximum at beta; say if it settled.

    Returns the points and whether they solve the equations above, lambda >= 0, to rounding.
    """
    active = _heavy(smooth_weights(x, m, tied, beta)[1])
    x, radius = _joined(*split(x, m, tied), tied), 1e-4
    best = _largest(x, m, tied)
    for _ in range(min(PROGRAMMES, WORK // x.size)):
        found = _newton(x, m, tied, active)
        if found is not None and _largest(found, m, tied) <= best + SETTLED:
            return found, True
        step, promised, active = _programme(x, m, tied, radius)
        new = _joined(*split(x + step, m, tied), tied)
        fall = best - _largest(new, m, tied)
        if fall > 0:
            x, best = new, best - fall
        if fall < promised / 4:
            radius /= 4
        elif fall > 3 * promised / 4:
            radius *= 2
        if promised < SETTLED:
            break
    return x, False


def _joined(A: Array, B: Array, tied: bool) -> Array:
    return A.T.ravel() if tied else np.concatenate([A.T.ravel(), B.T.ravel()])


def _heavy(active: Active) -> Active:
    """Drop pairs whose weight is far below the largest: their |x_ij| is below the maximum."""
    kept = active.weights > 1e-3 * active.weights.max(initial=0.0)
    w = active.weights[kept]
    return Active(active.i[kept], active.j[kept], w / w.sum())


def _largest(x: Array, m: int, tied: bool) -> float:
    A, B = split(x, m, tied)
    i, j = pairs(m, tied)
    return float(np.max(np.abs((B.T @ A)[i, j])))


def _slopes(A: Array, B: Array, tied: bool, i: Index, j: Index, sign: Array) -> csr_array:
    """Derivatives of sign x_ij, one row each; those of x_ii are halved for A = B."""
    d, m = A.shape
    rows, l = np.arange(i.size)[:, None], np.arange(d)
    shift = 0 if tied else d * m
    scale = sign * np.where(tied & (i == j), 0.5, 1.0)
    values = [(scale * B[:, i]).T.ravel(), (scale * A[:, j]).T.ravel()]
    columns = [(j[:, None] * d + l).ravel(), (shift + i[:, None] * d + l).ravel()]
    row = np.broadcast_to(rows, (i.size, d)).ravel()
    places = (np.concatenate([row, row]), np.concatenate(columns))
    return csr_array((np.concatenate(values), places), shape=(i.size, d * m + shift))


def _newton(x: Array, m: int, tied: bool, active: Active) -> Array | None:
    """Solve the equations of the local optimum on these pairs; None unless they settle."""
    i, j, weights = active.i, active.j, active.weights
    A, B = split(x, m, tied)
    d, n, K, each = A.shape[0], x.size, i.size, np.arange(m)
    sign = np.sign((B.T @ A)[i, j])
    t = float(weights @ np.abs((B.T @ A)[i, j]))
    L = _multipliers(m, tied, i, j, weights * sign)
    nu = -np.einsum("lj,lj->j", A, B @ L)
    both = np.concatenate([i, each]), np.concatenate([j, each]), np.append(sign, np.ones(m))
    limit = np.inf
    for _ in range(NEWTON_STEPS if n + K <= LARGEST else 0):
        X = B.T @ A
        L = _multipliers(m, tied, i, j, weights * sign)
        L[each, each] = nu
        slopes = _slopes(A, B, tied, *both).toarray()
        levels = np.concatenate([sign * X[i, j] - t, (np.diag(X) - 1) * (0.5 if tied else 1.0)])
        multipliers = np.concatenate([weights, nu])
        residual = np.concatenate([slopes.T @ multipliers, levels, [1 - weights.sum()]])
        size = float(np.max(np.abs(residual)))
        limit = min(limit, 10 * size)
        if size > limit:  # these are not the pairs of an optimum nearby
            return None
        if size < SETTLED:
            # A negative multiplier marks a pair that could be lowered with profit.
            return _joined(A, B, tied) if weights.min() > -1e-9 else None
        J = np.zeros((residual.size, residual.size))
        J[:n, :n] = _curvature(L, d, tied)
        J[n:-1, :n], J[:n, n:-1] = slopes, slopes.T
        J[n : n + K, -1] = J[-1, n : n + K] = -1.0
        step = _damped(J, residual)
        if step is None:
            return None
        moved = _joined(A, B, tied) - step[:n]
        A = moved[: d * m].reshape(m, d).T
        B = A if tied else moved[d * m :].reshape(m, d).T
        weights, nu = weights - step[n : n + K], nu - step[n + K : -1]
        t -= float(step[-1])
    return None


def _multipliers(m: int, tied: bool, i: Index, j: Index, values: Array) -> Array:
    L = np.zeros((m, m))
    L[i, j] = values
    return L + L.T if tied else L


def _curvature(L: Array, d: int, tied: bool) -> Array:
    """Second derivatives of sum L_ij x_ij in the points."""
    if tied:
        return np.asarray(np.kron(L, np.eye(d)), np.float64)
    zero = np.zeros((L.shape[0] * d, L.shape[0] * d))
    return np.block([[zero, np.kron(L.T, np.eye(d))], [np.kron(L, np.eye(d)), zero]])


def _damped(J: Array, residual: Array) -> Array | None:
    """Solve (J^2 + tiny) step = J residual for the symmetric J; None where floats do not suffice.

    Damping 1e-13 of the mean eigenvalue leaves directions below 3e-7 of the scale alone.
    """
    square = J @ J.T  # half the work of J @ J
    square[np.diag_indices_from(square)] += 1e-13 * np.trace(square) / len(square)
    try:
        return np.asarray(cho_solve(cho_factor(square), J @ residual), np.float64)
    except (LinAlgError, ValueError):  # not positive to rounding, or no longer finite
        return None


def _programme(x: Array, m: int, tied: bool, radius: float) -> tuple[Array, float, Active]:
    """The step in a box that lowers the linearised maximum most, by how much, its multipliers."""
    A, B = split(x, m, tied)
    i, j = pairs(m, tied)
    X = B.T @ A
    t = float(np.max(np.abs(X[i, j])))
    # No entry can fall or rise by more than about this within the box.
    reach = 4 * radius * np.sqrt(A.shape[0]) * max(1.0, np.linalg.norm(A, 2), np.linalg.norm(B, 2))
    near = np.abs(X[i, j]) > t - reach
    i, j, sign = i[near], j[near], np.sign(X[i, j])[near]
    each = np.arange(m)
    rows = hstack([_slopes(A, B, tied, i, j, sign), -np.ones((i.size, 1))], format="csr")
    fixed = hstack([_slopes(A, B, tied, each, each, np.ones(m)), np.zeros((m, 1))], format="csr")
    found = linprog(
        np.append(np.zeros(x.size), 1.0),
        A_ub=rows,
        b_ub=t - sign * X[i, j],
        A_eq=fixed,
        b_eq=np.zeros(m),
        bounds=[(-radius, radius)] * x.size + [(None, None)],
        method="highs-ipm",  # several times faster than the simplex where these are large
    )
    if found.x is None:
        return np.zeros(x.size), 0.0, Active(i[:0], j[:0], np.zeros(0))
    weights = -np.asarray(found.ineqlin.marginals)
    used = weights > 1e-9
    active = Active(i[used], j[used], weights[used] / weights.sum())
    return found.x[:-1], -float(found.x[-1]), active
