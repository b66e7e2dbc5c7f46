"""Slow twins, each written to be read off its definition. Exact ones work in Fractions.

A float stored in an array is a rational number, and is taken at exactly that value.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, product
from math import ceil, comb, floor, isqrt, lcm

import numpy as np
from numpy.typing import NDArray

Row = list[Fraction]
Matrix = list[Row]

ORDERS = range(1, 61)
_ROOT_BITS = 200
ROOT_ERROR = Fraction(1, 2 ** (_ROOT_BITS - 20))
"""Bounds what rounding square roots to 2^-200 can change in an error of fewer than 2^20 terms."""


# --- worst case error, exact ------------------------------------------------------------------


def exact(A: NDArray) -> Matrix:
    """The numbers stored in A, as rationals."""
    return [[Fraction(float(x)) for x in row] for row in A]


def gram(A: NDArray, B: NDArray | None = None) -> Matrix:
    """B^T A."""
    P, Q = exact(A), exact(A if B is None else B)
    d, m = A.shape
    return [
        [sum((Q[r][i] * P[r][j] for r in range(d)), Fraction(0)) for j in range(m)]
        for i in range(m)
    ]


def absolute_gram(A: NDArray, B: NDArray | None = None) -> Matrix:
    """|B|^T |A|."""
    return gram(np.abs(A), None if B is None else np.abs(B))


def residual(G: Matrix, c: Fraction = Fraction(1)) -> Matrix:
    """M = cG - I."""
    return [[c * g - (i == j) for j, g in enumerate(row)] for i, row in enumerate(G)]


def largest_sum(row: Sequence[Fraction], k: int) -> Fraction:
    """||row||_[k], the sum of the k largest absolute values."""
    return sum(sorted((abs(x) for x in row), reverse=True)[:k], Fraction(0))


def error_of_gram(G: Matrix, k: int, c: Fraction = Fraction(1)) -> Fraction:
    """max_i ||(cG - I)_i||_[k]."""
    return max(largest_sum(row, k) for row in residual(G, c))


def error_exact(A: NDArray, B: NDArray | None, k: int, c: Fraction | float = 1) -> Fraction:
    """E_k(A, cB) of the stored numbers."""
    return error_of_gram(gram(A, B), k, Fraction(c))


def sparse_signs(m: int, k: int) -> Iterator[list[int]]:
    """Every z in {-1, 0, 1}^m with exactly k entries that are not 0: the extreme points."""
    for support in combinations(range(m), k):
        for signs in product((-1, 1), repeat=k):
            z = [0] * m
            for j, s in zip(support, signs, strict=True):
                z[j] = s
            yield z


def error_enumerated(A: NDArray, B: NDArray | None, k: int, c: Fraction | float = 1) -> Fraction:
    """E_k(A, cB) as the largest |(Mz)_i| over every extreme z and every row."""
    M = residual(gram(A, B), Fraction(c))
    m = A.shape[1]
    return max(
        abs(sum((row[j] * z[j] for j in range(m) if z[j]), Fraction(0)))
        for z in sparse_signs(m, k)
        for row in M
    )


def row_error_of(
    A: NDArray, B: NDArray | None, z: NDArray, row: int, c: Fraction | float
) -> Fraction:
    """|(c B^T A z - z)_row|."""
    M = residual(gram(A, B), Fraction(c))
    return abs(sum((x * Fraction(float(y)) for x, y in zip(M[row], z, strict=True)), Fraction(0)))


# --- worst case error, float64 ----------------------------------------------------------------


def error_float(A: NDArray, B: NDArray | None, k: int, c: float = 1.0) -> float:
    """E_k(A, cB) by forming all of M in float64 and sorting."""
    P = np.asarray(A, np.float64)
    M = np.abs(c * ((P if B is None else np.asarray(B, np.float64)).T @ P) - np.eye(P.shape[1]))
    m = M.shape[1]
    return float(np.partition(M, m - k, axis=1)[:, m - k :].sum(axis=1).max())


def error_distribution(A: NDArray, k: int) -> NDArray[np.float64]:
    """||A^T A z - z||_inf, sorted, over all equally likely z of k signs on a random support."""
    M = A.T @ A - np.eye(A.shape[1])
    return np.sort([np.abs(M @ np.array(z)).max() for z in sparse_signs(A.shape[1], k)])


# --- the best scalar --------------------------------------------------------------------------


def scalar_breakpoints(G: Matrix, k: int) -> set[Fraction]:
    """Every c >= 0 at which c -> max_i ||(cG - I)_i||_[k] can bend, and c = 0.

    With T the sum of the k (or k - 1) largest off-diagonal |G_ij| of a row, the row is the
    largest of three lines: the diagonal left out, or kept with either sign.
    """
    lines: set[tuple[Fraction, Fraction]] = set()
    for i, row in enumerate(G):
        off = [x for j, x in enumerate(row) if j != i]
        fewer = largest_sum(off, k - 1)
        lines |= {(largest_sum(off, k), Fraction(0))}
        lines |= {(fewer + row[i], Fraction(-1)), (fewer - row[i], Fraction(1))}
    crossings = ((b - a, s - t) for (s, a), (t, b) in combinations(lines, 2) if s != t)
    return {Fraction(0)} | {top / bottom for top, bottom in crossings if top / bottom > 0}


def best_scalar(G: Matrix, k: int) -> tuple[Fraction, Fraction]:
    """(least error, a c >= 0 attaining it): a convex function with bends only at breakpoints."""
    return min((error_of_gram(G, k, c), c) for c in scalar_breakpoints(G, k))


# --- codes of unit columns --------------------------------------------------------------------


def square_root(x: Fraction) -> Fraction:
    """sqrt(x) rounded down to a multiple of 2^-200."""
    return Fraction(isqrt((x.numerator << 2 * _ROOT_BITS) // x.denominator), 2**_ROOT_BITS)


def unit_gram(A: NDArray) -> Matrix:
    """Cosines of the columns of A, to 2^-200; a zero column gives a zero row and column."""
    G = gram(A)
    m = len(G)

    def cosine(i: int, j: int) -> Fraction:
        if G[i][j] == 0:
            return Fraction(0)
        size = Fraction(1) if i == j else square_root(G[i][j] ** 2 / (G[i][i] * G[j][j]))
        return size if G[i][j] > 0 else -size

    return [[cosine(i, j) for j in range(m)] for i in range(m)]


def profile_point(R: NDArray, d: int, k: int) -> tuple[Fraction, Fraction]:
    """(E_k(A_d), min over c >= 0 of E_k(A_d, c A_d)), A_d = R[:d] with unit columns."""
    G = unit_gram(R[:d])
    return error_of_gram(G, k), best_scalar(G, k)[0]


def normalised(A: NDArray) -> NDArray:
    """Columns of A at length 1, zero columns kept."""
    length = np.linalg.norm(A, axis=0)
    return A / np.where(length == 0, 1, length).astype(A.dtype)


def crossing(
    ds: Sequence[int],
    m: int,
    error: Sequence[float],
    rounding: Sequence[float],
    eps: float,
    strict: bool,
) -> tuple[int, bool, int, int]:
    """(d_sufficient, trivial, d_before, last_violation) by a plain loop in exact arithmetic."""
    d_sufficient, trivial, last_violation = m, True, 0
    for d, e, r in zip(ds, error, rounding, strict=True):
        upper, lower, level = Fraction(e) + Fraction(r), Fraction(e) - Fraction(r), Fraction(eps)
        if trivial and d < m and (upper < level or (upper == level and not strict)):
            d_sufficient, trivial = d, False
        if lower > level or (lower == level and strict):
            last_violation = d
    return (
        d_sufficient,
        trivial,
        max((d for d in ds if d < d_sufficient), default=0),
        last_violation,
    )


# --- codes that are known exactly -------------------------------------------------------------


def simplex(m: int) -> NDArray[np.float64]:
    """Equiangular (m - 1, m), coherence 1/(m - 1): a basis of the complement of the ones."""
    rows = [[1.0] * j + [-float(j)] + [0.0] * (m - j - 1) for j in range(1, m)]
    return normalised(
        np.array([np.array(row) / np.sqrt(j * (j + 1)) for j, row in enumerate(rows, 1)])
    )


def icosahedron() -> NDArray[np.float64]:
    """Equiangular (3, 6), coherence 1/sqrt 5: the six diagonals of the icosahedron."""
    g = (1 + np.sqrt(5)) / 2
    return normalised(np.array([[0, 0, 1, 1, g, g], [1, 1, g, -g, 0, 0], [g, -g, 0, 0, 1, -1.0]]))


def twenty_eight() -> NDArray[np.float64]:
    """Equiangular (7, 28), coherence 1/3: permutations of (3, 3, -1^6), in the plane sum = 0."""
    vectors = np.full((8, 28), -1.0)
    for j, pair in enumerate(combinations(range(8), 2)):
        vectors[list(pair), j] = 3.0
    rows = [[1.0] * j + [-float(j)] + [0.0] * (7 - j) for j in range(1, 8)]
    basis = np.array([np.array(row) / np.sqrt(j * (j + 1)) for j, row in enumerate(rows, 1)])
    return normalised(basis @ vectors)


def two_bases() -> NDArray[np.float64]:
    """(4, 8), coherence exactly 1/2 in float arithmetic: identity beside Hadamard / 2."""
    H = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]) / 2
    return np.hstack([np.eye(4), H])


# --- lower bounds on d ------------------------------------------------------------------------


def incoherence(k: int, eps: Fraction) -> Fraction:
    """mu = eps/(k - eps)."""
    return eps / (k - eps)


def chebyshev(p: int, x: Fraction) -> Fraction:
    """T_p(x) by its recurrence."""
    before, now = Fraction(1), x
    for _ in range(p - 1):
        before, now = now, 2 * x * now - before
    return now if p else before


def monomial_holds(d: int, m: int, mu: Fraction, p: int) -> bool:
    """L1: C(d+p-1, p) > m / (1 + (m-1) mu^{2p})."""
    return comb(d + p - 1, p) > m / (1 + (m - 1) * mu ** (2 * p))


def chebyshev_holds(d: int, m: int, mu: Fraction, p: int) -> bool:
    """L2: sum of C(d+j-1, j), j <= p of the parity of p, > m / (1 + (m-1)/T_p(1/mu)^2)."""
    rank = sum(comb(d + j - 1, j) for j in range(p % 2, p + 1, 2))
    return rank > m / (1 + (m - 1) / chebyshev(p, 1 / mu) ** 2)


def least_integer(holds: Callable[[int], bool]) -> int:
    """The first d = 1, 2, 3, ... for which it holds."""
    d = 1
    while not holds(d):
        d += 1
    return d


def is_least_for_all(d: int, holds: Callable[[int, int], bool]) -> bool:
    """holds(d, p) for every order p, and fails at d - 1 for at least one (d = 1: nothing less)."""
    every = all(holds(d, p) for p in ORDERS)
    return every and (d == 1 or not all(holds(d - 1, p) for p in ORDERS))


def greatest_least(holds: Callable[[int, int, Fraction, int], bool], m: int, mu: Fraction) -> int:
    """max over p of the least d that holds, each searched from 1."""

    def least(p: int) -> int:
        return least_integer(lambda d: holds(d, m, mu, p))

    return max(least(p) for p in ORDERS)


def edge_case(m: int, k: int, eps: Fraction) -> int | None:
    """d(m, k, eps) where it is known without an argument."""
    if eps > 1:
        return 0
    if k / eps >= m:
        return m
    if k == 1 and eps >= Fraction(1, 2):
        return 1 if eps > Fraction(1, 2) else 2
    return None


# --- upper bounds on d ------------------------------------------------------------------------


def _settled(x: Decimal, to_integer: Callable[[Decimal], int]) -> int:
    """floor or ceil of x, refused when 1e-40 could change it."""
    if to_integer(x - Decimal("1e-40")) != to_integer(x + Decimal("1e-40")):
        raise ArithmeticError(f"{x} is too close to an integer")
    return to_integer(x)


def times_log(factor: Fraction, n: int, to_integer: Callable[[Decimal], int] = floor) -> int:
    """floor (or ceil) of factor * ln n with 120 digits."""
    with localcontext(prec=120):
        x = Decimal(factor.numerator) / Decimal(factor.denominator) * Decimal(n).ln()
        return 0 if n == 1 else _settled(x, to_integer)


def thm2(m: int, k: int, eps: Fraction) -> int:
    """floor(4 (k/eps)^2 ln m) + 1."""
    return times_log(4 * (k / eps) ** 2, m) + 1


def lemma5(m: int, mu: Fraction, fail: Fraction) -> int:
    """Least integer d >= (2/mu^2)(2 ln m - ln fail)."""
    with localcontext(prec=120):
        log_fail = Decimal(fail.numerator).ln() - Decimal(fail.denominator).ln()
        factor = 2 / mu**2
        x = 2 * Decimal(m).ln() - log_fail
        return _settled(x * factor.numerator / factor.denominator, ceil)


def union_size(m: int, k: int) -> int:
    """m C(m-1, k) 2^k, the number of (row, support, signs) that avoid the diagonal."""
    return m * comb(m - 1, k) * 2**k


def u0_hoeffding(m: int, k: int, eps: Fraction) -> int:
    """floor((2k/eps^2) ln(m C(m-1, k) 2^k)) + 1."""
    return times_log(2 * k / eps**2, union_size(m, k)) + 1


def sign_sum_tail(n: int, level: Fraction) -> Fraction:
    """P(sum of n random signs >= level)."""
    least = max(0, ceil((n + level) / 2))
    total = term = comb(n, least)
    for x in range(least, n):
        term = term * (n - x) // (x + 1)
        total += term
    return Fraction(total, 2**n)


def u0_exact_holds(d: int, m: int, k: int, eps: Fraction) -> bool:
    """m C(m-1, k) 2^k P(S_{kd} >= eps d) < 1."""
    return union_size(m, k) * sign_sum_tail(k * d, eps * d) < 1


# --- printed numbers ---------------------------------------------------------------------------

# m, k, eps, d: every edge case of THEORY 2.3, from both sides of its border.
EDGES: list[tuple[int, int, int | float | str | Fraction, int]] = [
    (5, 2, "3/2", 0),
    (1, 1, "1000001/1000000", 0),
    (7, 3, 2, 0),
    (5, 5, 1, 5),
    (10, 1, "1/10", 10),
    (10, 1, "0.1", 10),
    (10, 1, Fraction(1, 10), 10),
    (10, 1, Fraction(1, 11), 10),
    (100, 16, 0.1, 100),
    (1, 1, "1/2", 1),
    (1, 1, 1, 1),
    (1, 1, "1/1000", 1),
    (2, 1, "1/2", 2),
    (10**9, 1, "1/2", 2),
    (10**9, 1, 0.5, 2),
    (10**9, 1, "500000001/1000000000", 1),
    (10**9, 1, 1, 1),
    (8, 1, 0.75, 1),
]
BESIDE_EDGES: list[tuple[int, int, int | float | str | Fraction]] = [
    (5, 3, 1),
    (10, 1, Fraction(1, 10) + Fraction(1, 10**30)),
    (10, 1, 0.1),  # as stored, a little more than 1/10
    (10**9, 1, "499999999/1000000000"),
    (10**9, 2, "1/2"),
]
# THEORY section 4: k/eps, then the lower bounds at m = 100, 1000, 10^4, 10^6.
LOWER_TABLE = [
    (4, (12, 21, 30, 48)),
    (8, (34, 47, 98, 157)),
    (16, (70, 184, 221, 579)),
    (32, (91, 491, 877, 1254)),
    (64, (98, 799, 2842, 3954)),
    (10, (46, 76, 120, 225)),
    (20, (79, 266, 349, 827)),
    (40, (94, 604, 1321, 1519)),
]
# THEORY section 4: k/eps, then the upper ends of the bracket at m = 100, 1000, 10^4, 10^6.
UPPER_TABLE = {
    4: (16, 32, 64, 128),
    8: (51, 64, 128, 256),
    16: (94, 256, 256, 1024),
    32: (97, 505, 1024, 2048),
    64: (99, 985, 4096, 4096),
    10: (51, 256, 256, 1024),
    20: (96, 496, 1024, 2048),
    40: (98, 946, 3516, 4096),
}
TABLE_SIZES = (100, 1000, 10**4, 10**6)


# --- kernels -----------------------------------------------------------------------------------


def largest_by_sort(values: NDArray, K: int) -> NDArray:
    """The K largest entries of each row of (n, q), rising, with -1 where there are fewer."""
    filled = np.hstack([np.full((values.shape[0], K), -1, values.dtype), values])
    return np.sort(filled, axis=1)[:, filled.shape[1] - K :]


# --- the best error of one feature ------------------------------------------------------------


def kernel(A: Matrix) -> list[Row]:
    """A basis of {z : A z = 0}, by elimination in rationals."""
    rows, m, pivots = [list(row) for row in A], len(A[0]), []
    for j in range(m):
        r = len(pivots)
        found = next((i for i in range(r, len(rows)) if rows[i][j]), None)
        if found is None:
            continue
        rows[r], rows[found] = rows[found], rows[r]
        rows[r] = [x / rows[r][j] for x in rows[r]]
        for i, row in enumerate(rows):
            if i != r and row[j]:
                rows[i] = [x - row[j] * y for x, y in zip(row, rows[r], strict=True)]
        pivots.append(j)
    basis = []
    for free in (j for j in range(m) if j not in pivots):
        z = [Fraction(int(j == free)) for j in range(m)]
        for r, j in enumerate(pivots):
            z[j] = -rows[r][free]
        basis.append(z)
    return basis


def alphas(A: NDArray) -> list[Fraction]:
    """max |z_i|/||z||_1 over ker A for every i: attained at a kernel vector of minimal support.

    The feasible set {Az = 0, ||z||_1 <= 1} is a polytope whose vertices are those vectors.
    """
    exact_A, m = exact(A), A.shape[1]
    rank = m - len(kernel(exact_A))
    best = [Fraction(0)] * m
    for size in range(1, rank + 2):
        for S in combinations(range(m), size):
            basis = kernel([[row[j] for j in S] for row in exact_A])
            if len(basis) == 1:
                total = sum((abs(x) for x in basis[0]), Fraction(0))
                for j, x in zip(S, basis[0], strict=True):
                    best[j] = max(best[j], abs(x) / total)
    return best


# --- packings ----------------------------------------------------------------------------------


def smooth_maximum(x: NDArray, m: int, beta: float, tied: bool) -> complex:
    """(1/beta) log sum exp(beta s X_ij) over both signs and every pair; analytic in x."""
    A = x[: x.size if tied else x.size // 2].reshape(m, -1)
    B = A if tied else x[x.size // 2 :].reshape(m, -1)
    terms = []
    for i in range(m):
        for j in range(i if tied else m):
            if i != j:
                scale = np.sqrt((A[i] @ A[i]) * (A[j] @ A[j])) if tied else A[i] @ B[i]
                terms += [beta * s * (B[i] @ A[j]) / scale for s in (1, -1)]
    largest = max(np.real(t) for t in terms)
    return (largest + np.log(sum(np.exp(t - largest) for t in terms))) / beta


def smooth_gradient(x: NDArray, m: int, beta: float, tied: bool) -> NDArray:
    """Its gradient, by complex steps: no difference is taken, so no digits are lost."""
    h = 2.0**-100
    steps = 1j * h * np.eye(x.size)
    return np.array([np.imag(smooth_maximum(x + e, m, beta, tied)) / h for e in steps])


def coherence(A: NDArray, B: NDArray) -> Fraction:
    """max |<b_i, a_j>|/|<b_i, a_i>| over i != j."""
    G = gram(A, B)
    return max(
        (abs(g / row[i]) for i, row in enumerate(G) for j, g in enumerate(row) if i != j),
        default=Fraction(0),
    )


# --- affine readout of values in [0, 1] --------------------------------------------------------


def binary_signals(m: int, k: int) -> NDArray[np.float64]:
    """All k-sparse z in {0,1}^m, the zero signal included, in columns."""
    supports = [s for size in range(k + 1) for s in combinations(range(m), size)]
    Z = np.zeros((m, len(supports)))
    for column, support in enumerate(supports):
        Z[list(support), column] = 1
    return Z


def balanced_gauge(w: Row, k: int) -> Fraction:
    """max(||w||_inf, sum w+ / k, sum w- / k)."""
    zero = Fraction(0)
    up, down = sum((x for x in w if x > 0), zero), sum((-x for x in w if x < 0), zero)
    return max(max(abs(x) for x in w), up / k, down / k)


def integer_code(V: NDArray[np.int8]) -> NDArray[np.float64]:
    """A matrix of integers whose kernel is the row space of V."""
    rows = kernel([[Fraction(int(x)) for x in row] for row in V])
    return np.array([[float(x * lcm(*(y.denominator for y in row))) for x in row] for row in rows])


def balanced_peaks(V: NDArray[np.int8], k: int) -> list[Fraction]:
    """max w_i over w in the row space of V, one or two rows, of balanced gauge at most 1.

    In a plane the maximum lies where two linear pieces of the gauge meet: where an entry is 0, or,
    between two such rays, where two of the m + 2 functions of which it is the maximum agree.
    """
    basis = kernel(kernel([[Fraction(int(x)) for x in row] for row in V]))  # independent rows
    m = len(basis[0])
    if len(basis) == 1:
        directions = [(Fraction(1),), (Fraction(-1),)]
    else:
        columns = list(zip(*basis, strict=True))
        rays = [(s * b, -s * a) for a, b in columns for s in (1, -1)]
        cells = {
            tuple((x > 0) - (x < 0) for x in combined(basis, (a[0] + b[0], a[1] + b[1])))
            for a, b in product(rays, repeat=2)
        }
        directions = rays + [t for signs in cells for t in meetings(columns, signs, k)]
    best = [Fraction(0)] * m
    for t in directions:
        w = combined(basis, t)
        gauge = balanced_gauge(w, k)
        if gauge:
            best = [max(old, x / gauge) for old, x in zip(best, w, strict=True)]
    return best


def combined(basis: Matrix, t: Sequence[Fraction]) -> Row:
    """sum_r t_r basis_r."""
    columns = zip(*basis, strict=True)
    return [sum((x * y for x, y in zip(t, c, strict=True)), Fraction(0)) for c in columns]


def meetings(
    columns: list[tuple[Fraction, ...]], signs: Sequence[int], k: int
) -> Iterator[tuple[Fraction, Fraction]]:
    """Directions in which two pieces of the gauge agree, entries having these signs."""
    sizes = [(s * a, s * b) for (a, b), s in zip(columns, signs, strict=True)]
    sides = ([p for p, s in zip(sizes, signs, strict=True) if s == side] for side in (1, -1))
    sums = [tuple(sum((p[r] for p in side), Fraction(0)) / k for r in (0, 1)) for side in sides]
    pieces = sizes + sums
    for (a, b), (c, d) in combinations(pieces, 2):
        yield b - d, c - a
        yield d - b, a - c


# --- l1 recovery -------------------------------------------------------------------------------


def recovery_gap(A: NDArray, support: Sequence[int], signs: Sequence[float]) -> Fraction:
    """min (||h_off||_1 - <s, h_S>)/||h||_1 over ker A: > 0 recovered, < 0 not; 1 if ker A = 0.

    Within one orthant the numerator is linear, and kernel vectors are sums of kernel vectors of
    minimal support in that orthant: only those need be tried, with both signs.
    """
    exact_A, m = exact(A), A.shape[1]
    rank = m - len(kernel(exact_A))
    sign = dict(zip(support, (int(s) for s in signs), strict=True))
    worst = Fraction(1)
    for size in range(1, rank + 2):
        for T in combinations(range(m), size):
            basis = kernel([[row[j] for j in T] for row in exact_A])
            if len(basis) == 1:
                h = dict(zip(T, basis[0], strict=True))
                total = sum((abs(x) for x in h.values()), Fraction(0))
                off = sum((abs(x) for j, x in h.items() if j not in sign), Fraction(0))
                on = sum((x * sign[j] for j, x in h.items() if j in sign), Fraction(0))
                worst = min(worst, (off - abs(on)) / total)
    return worst


# --- the null-space constant ----------------------------------------------------------------------


def circuits(A: NDArray) -> Iterator[list[Fraction]]:
    """Kernel vectors of minimal support up to a factor, the vertices of the l1 ball of ker A."""
    exact_A, m = exact(A), A.shape[1]
    rank = m - len(kernel(exact_A))
    for size in range(1, rank + 2):
        for T in combinations(range(m), size):
            basis = kernel([[row[j] for j in T] for row in exact_A])
            if len(basis) == 1 and all(basis[0]):
                h = dict(zip(T, basis[0], strict=True))
                yield [h.get(j, Fraction(0)) for j in range(m)]


def nullspace_constants(A: NDArray) -> list[Fraction]:
    """alpha_k for k = 1 .. m: a convex function is largest at a vertex."""
    m = A.shape[1]
    best = [Fraction(0)] * m
    for h in circuits(A):
        total, sizes = sum(map(abs, h)), sorted(map(abs, h), reverse=True)
        best = [max(old, sum(sizes[:k]) / total) for k, old in enumerate(best, 1)]
    return best
