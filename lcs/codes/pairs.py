"""Codes whose probes point away from their features: a small error does not fix the geometry.

Two constructions take codes that read well and add directions in which all features agree, and
all probes agree, while features and probes meet in none of them. The own cosine of a feature with
its probe is a parameter, delta_0 = 1/(1 + lam^2). In the third, features agree in a direction in
which probes are opposed to them, so that a ReLU reads one of any number.
"""

import numpy as np

from lcs.codes.matrix import Matrix, checked_matrix


def shifted_pair(
    C: Matrix, a_star: Matrix, b_star: Matrix, *, delta_0: float
) -> tuple[Matrix, Matrix]:
    """Shift every feature along one direction and every probe along another (Proposition 9).

    a_i = c_i + lam a*, b_i = c_i + lam b*, lam^2 = 1/delta_0 - 1. If c_1, ..., c_m, a*, b* are
    unit vectors whose inner products are at most mu in absolute value, the error at sparsity k is
    at most k mu (1 + lam)^2 (the paper prints 1 + lam^2: see the claim), and as mu -> 0
    cos(a_i, b_i) -> delta_0 and cos(a_i, a_j), cos(b_i, b_j) -> 1 - delta_0.

    Parameters
    ----------
    C: (d, m) float32 or float64, features in columns.
    a_star, b_star: (d,) of the same dtype.
    delta_0: the own cosine aimed at, 0 < delta_0 <= 1.

    Returns (A, B), both (d, m).
    Raises TypeError or ValueError as `checked_matrix`; ValueError for shapes or dtypes that do not
    agree, and delta_0 out of range.
    Reference: Garg, Kleinberg, Peng 2026, Proposition 9.

    >>> A, B = shifted_pair(np.eye(4)[:, :2], np.eye(4)[2], np.eye(4)[3], delta_0=0.2)
    >>> A[:, 0], B[:, 0]
    (array([1., 0., 2., 0.]), array([1., 0., 0., 2.]))
    """
    C = checked_matrix("C", C)
    lam = C.dtype.type(_spread(delta_0))
    return C + lam * _direction("a_star", a_star, C), C + lam * _direction("b_star", b_star, C)


def lifted_pair(A: Matrix, B: Matrix | None = None, *, delta_0: float) -> tuple[Matrix, Matrix]:
    """Lift a pair into two more dimensions: the same B^T A, any geometry (LCS-geometry-2d).

    a_i' = (a_i, lam ||a_i||, 0), b_i' = (b_i, 0, lam ||b_i||), lam^2 = 1/delta_0 - 1. Then
    B'^T A' = B^T A, and exactly cos(a_i', b_i') = delta_0 cos(a_i, b_i) and
    1 - cos(a_i', a_j') = delta_0 (1 - cos(a_i, a_j)), likewise for b.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns. B: the same; None for B = A, where the own
        cosine becomes delta_0. A column that is zero stays zero.
    delta_0: 0 < delta_0 <= 1.

    Returns (A', B'), both (d + 2, m).
    Raises TypeError or ValueError as `checked_matrix`; ValueError for pairs that do not agree in
    shape and dtype, delta_0 out of range, and columns whose lift leaves the dtype.

    >>> A, B = lifted_pair(np.eye(2), delta_0=0.2)
    >>> A[:, 0], B[:, 0], B.T @ A
    (array([1., 0., 2., 0.]), array([1., 0., 0., 2.]), array([[1., 0.],
           [0., 1.]]))
    """
    A = checked_matrix("A", A)
    B = A if B is None else checked_matrix("B", B)
    if B.shape != A.shape or B.dtype != A.dtype:
        raise ValueError(
            f"A and B must agree in shape and dtype; got {A.shape} {A.dtype} and "
            f"{B.shape} {B.dtype}"
        )
    lam, none = _spread(delta_0), np.zeros((1, A.shape[1]), A.dtype)
    return np.vstack([A, _lift("A", A, lam), none]), np.vstack([B, none, _lift("B", B, lam)])


def lifted_polygon(n: int) -> tuple[Matrix, Matrix]:
    """A code that a ReLU reads without error at k = 1: a polygon with one more dimension.

    a_j = (cos t_j, sin t_j, 1) and b_i = (cos t_i, sin t_i, -cos t_1)/(1 - cos t_1), t_j = 2 pi
    j/n: <b_i, a_i> = 1, and <b_i, a_j> <= 0 for j != i (TMS-k1-untied).

    Parameters: n, features, >= 3. Returns (A, B), both (3, n) float64; the lengths of B grow like
    n^2. Raises ValueError for another n.

    >>> A, B = lifted_polygon(6)
    >>> bool(np.max(B.T @ A - np.eye(6)) < 1e-14)
    True
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 3:
        raise ValueError(f"n must be an integer >= 3; got {n!r}")
    step = 2 * np.pi / n
    x, y = np.cos(step * np.arange(n)), np.sin(step * np.arange(n))
    A = np.array([x, y, np.ones(n)])
    B = np.array([x, y, np.full(n, -np.cos(step))]) / (1 - np.cos(step))
    return A, B


def _spread(delta_0: float) -> float:
    """lam >= 0 with 1 + lam^2 = 1/delta_0; ValueError unless 0 < delta_0 <= 1."""
    if isinstance(delta_0, str | bool) or not 0 < delta_0 <= 1:
        raise ValueError(f"delta_0 must satisfy 0 < delta_0 <= 1; got {delta_0!r}")
    return ((1 - delta_0) / delta_0) ** 0.5


def _direction(name: str, v: Matrix, C: Matrix) -> Matrix:
    """v as a column beside those of C."""
    if not isinstance(v, np.ndarray) or v.shape != C.shape[:1] or v.dtype != C.dtype:
        got = f"{v.shape} {v.dtype}" if isinstance(v, np.ndarray) else type(v).__name__
        raise ValueError(f"{name} must be a vector ({C.shape[0]},) of {C.dtype}; got {got}")
    return checked_matrix(name, v[:, None])


def _lift(name: str, A: Matrix, lam: float) -> Matrix:
    """lam times the length of each column, (1, m); columns are brought to size 1 first."""
    exponents = np.frexp(np.max(np.abs(A), axis=0))[1]
    lengths = np.linalg.norm(np.ldexp(A.astype(np.float64), -exponents), axis=0)
    with np.errstate(over="ignore"):
        lift = np.ldexp(lam * lengths, exponents).astype(A.dtype)
    if not np.all(np.isfinite(lift)):
        raise ValueError(
            f"{name} must have columns whose lift, {lam:.3g} times their length, {A.dtype} can "
            f"hold; got entries up to {float(np.max(np.abs(A)))!r}: scale the matrix down"
        )
    return lift[None, :]
