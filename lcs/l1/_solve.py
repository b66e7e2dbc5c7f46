"""Candidates for a programme of least l1 norm, the cheapest first, until one is proved.

The path proposes a support with signs; on it z and y solve linear equations, refined until only
rounding is left. Where it stops short the simplex method takes over.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from lcs._kernels.homotopy import follow
from lcs.l1 import _guess
from lcs.l1._equations import Equations
from lcs.l1._program import TOLERANCE, Program, Pursuit, Status, length_of, unreachable, weigh
from lcs.l1.decision import decide

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

TINY = 2.0**-40  # of a column's square, or of the start of the path: the path ends there
STEPS = 16  # of the path for each dimension
NOTHING = 1e-9  # of the largest entry: 0, but for rounding


def solve(program: Program) -> Pursuit:
    """The first candidate that is solved, or else the best of them."""
    A, x = program.A, program.x
    found = None
    if not float(np.linalg.norm(x)) > program.sigma or not np.all(np.isfinite(x)):
        return weigh(program, np.zeros(A.shape[1]), np.zeros(A.shape[0]))
    for z, y in candidates(program):
        one = weigh(program, z, y)
        if one.status is Status.SOLVED:
            return one
        lost = unreachable(program, x - A @ z)
        if lost is not None:
            return lost
        found = one if found is None or _worth(program, one) < _worth(program, found) else found
    return weigh(program, np.zeros(A.shape[1]), np.zeros(A.shape[0])) if found is None else found


def _worth(program: Program, one: Pursuit) -> float:
    """How far it is from solved; small is good."""
    size = length_of(np.ldexp(program.x, program.exponents))
    return max(one.residual - program.sigma, 0.0) / size + one.gap / max(one.norm, TOLERANCE)


def candidates(program: Program) -> Iterator[tuple[Array, Array]]:
    """Pairs (z, y), the cheapest first."""
    B = program.A if program.weights is None else program.A / program.weights
    if program.sigma == 0 and not program.nonnegative and np.all(np.isfinite(B)):
        yield from guesses(program, B)
    d, x, sigma = len(B), program.x, program.sigma
    _, _, n, T, signs = follow(B, x, sigma, program.nonnegative, STEPS * (d + 1), TINY)
    yield on_support(program, T[:n], signs[:n])
    if sigma > 0:
        return
    z, y = vertex(program, B)
    if z is None or y is None:
        return
    yield z, y
    T = np.flatnonzero(np.abs(z) > TOLERANCE * np.max(np.abs(z)))
    if 0 < T.size <= d:
        yield on_support(program, T, np.sign(z[T]))[0], y


def guesses(program: Program, B: Array) -> Iterator[tuple[Array, Array]]:
    """Pairs (z, y) from guessed supports; B is A with columns over the weights."""
    instance, plain, x = program.instance, program.weights is None, program.x
    single = instance.single if plain else B.astype(np.float32)
    (d, m), image, start = B.shape, x.astype(np.float32), None
    if d < _guess.SMALLEST or m <= d:
        return
    few = _guess.few_columns(single, image)
    if few is not None:
        z, S, Q, rest = sparse(program, few[0][_large(few[1], 1e-4)])
        if length_of(rest) > TOLERANCE * length_of(x):
            z, S, Q, _ = sparse(program, few[0])
        signs = np.sign(z[S])
        found, y = _guess.dual_vector(single, S, signs.astype(np.float32))
        if found:
            yield z, dual(program, S, Q, signs, y)
        start = (z * program.w).astype(np.float32), y
    many = _guess.many_columns(single, image, start)
    if many is None:
        return
    T, y = many
    z, S, Q, _ = sparse(program, T)
    if 0 < S.size < d:
        signs = np.sign(z[S])
        yield z, dual(program, S, Q, signs, y)
        proved = decide(instance, S, signs).v if plain else None
        if proved is not None:
            yield z, dual(program, S, Q, signs, np.ldexp(proved, instance.sized.exponents))
    for matrix, goal in ((single, image), (B, x)):
        end = _guess.exchanged(matrix, goal, T)
        if end is None:
            return
        T, signs = end
        yield on_support(program, T, signs)


def sparse(program: Program, T: Indices) -> tuple[Array, Indices, Equations, Array]:
    """(z, S, Q, rest): A z nearest to x on the columns T, those where z is not 0 but for rounding.

    Q are the equations on S, and rest = x - A z.
    """
    z, rest = np.zeros(program.A.shape[1]), program.x
    Q = Equations(program.A[:, T])
    for _ in range(2):
        if T.size == 0:
            break
        u, rest = Q.least_squares(program.x)
        z[:] = 0.0
        z[T] = u
        large = _large(u, NOTHING)
        if np.all(large):
            break
        T = T[large]
        Q = Equations(program.A[:, T])
    return z, T, Q, rest


def dual(
    program: Program, S: Indices, Q: Equations, signs: Array, y: NDArray[np.floating]
) -> Array:
    """y moved as little as it can be to a_j^T y = w_j sign z_j on S, whose equations are Q."""
    return Q.span(signs * program.w[S], y.astype(np.float64))


def _large(z: NDArray[np.floating], relative: float) -> NDArray[np.bool_]:
    return np.abs(z) > relative * np.max(np.abs(z))


def on_support(program: Program, T: Indices, signs: Array) -> tuple[Array, Array]:
    """z on T with x - A z as short as it can be or, there, sigma; and the y that goes with it.

    With e the part of x beside the columns of T and q in their span, A_T^T q = w_T signs:
    y = q + e/t and z = A_T^+ (x - t q), t such that |e|^2 + t^2 |q|^2 = sigma^2; y = q if e = 0.
    """
    A, x, sigma = program.A, program.x, program.sigma
    z, q = np.zeros(A.shape[1]), np.zeros(len(A))
    if T.size == 0:
        return z, q
    Q = Equations(A[:, T])
    z[T], e = Q.least_squares(x)
    q = Q.span(signs * program.w[T], q)
    room, length = sigma**2 - float(e @ e), float(np.linalg.norm(q))
    if sigma > 0 and room > 0 and length > 0:
        t = np.sqrt(room) / length
        z[T] -= t * Q.least_squares(q)[0]
        return z, q + e / t
    return z, q


def vertex(program: Program, B: Array) -> tuple[Array | None, Array | None]:
    """(z, y) by the simplex method, at its tightest tolerance; None where it failed."""
    m = B.shape[1]
    if not np.all(np.isfinite(B)):
        return None, None
    tight = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    both = B if program.nonnegative else np.hstack([B, -B])
    solved = linprog(
        np.ones(both.shape[1]), A_eq=both, b_eq=program.x, method="highs-ds", options=tight
    )
    if solved.status != 0:
        return None, None
    z = solved.x if program.nonnegative else solved.x[:m] - solved.x[m:]
    return z / program.w, np.asarray(solved.eqlin.marginals)
