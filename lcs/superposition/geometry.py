"""How features share dimensions: norms, superposition, dimensionality, orientation.

Theorem (claim TMS-dimensionality-sum). With D_i = |W_i|^4/sum_j (W_i . W_j)^2 over W_i != 0,
    sum_i D_i <= rank W <= m, with equality exactly where every W_i is an eigenvector of F = W W^T.
Proof. The sum below D_i is W_i^T F W_i, and W_i lies in the range of F. By Cauchy and Schwarz for
F^{1/2} W_i and F^{+1/2} W_i, |W_i|^4 <= (W_i^T F W_i)(W_i^T F^+ W_i), so D_i <= W_i^T F^+ W_i,
whose sum is tr(F^+ F) = rank W. Equality asks that F^{1/2} W_i and F^{+1/2} W_i are parallel, which
is F W_i parallel to W_i.
Reference for D* and D_i: Elhage et al. 2022, Toy models of superposition.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

ZERO = 1e-9
"""Columns shorter than this, relative to the longest, have no direction."""


def norms(W: ArrayLike) -> Array:
    """Return |W_i| of every column: (n,). Raises ValueError unless W is a finite (m, n) matrix."""
    return np.linalg.norm(_checked(W), axis=0)


def directions(W: ArrayLike) -> Array:
    """Return the columns scaled to length 1, and 0 for those that have no direction: (m, n)."""
    W, lengths = _checked(W), norms(W)
    small = lengths <= ZERO * lengths.max()
    return np.where(small, 0.0, W / np.where(small, 1.0, lengths))


def superposition(W: ArrayLike, *, squared: bool = True) -> Array:
    """Return sum_{j != i} (What_i . W_j)^2 of every feature, What_i = W_i/|W_i|: (n,).

    Parameters: `W` (m, n); `squared`: the sum, as the slides print it, or (False) its root, as
    the paper's notebook plots it. A feature without a direction has 0.

    >>> superposition(np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0]]))
    array([1., 1., 0.])
    """
    W = _checked(W)
    cross = directions(W).T @ W
    np.fill_diagonal(cross, 0.0)
    total = np.sum(cross**2, axis=1)
    return total if squared else np.sqrt(total)


def dimensions_per_feature(W: ArrayLike) -> float:
    """Return D* = m/||W||_F^2; inf where W is 0.

    >>> dimensions_per_feature(np.array([[1.0, -1.0]]))
    0.5
    """
    W = _checked(W)
    total = float(np.sum(W**2))
    return W.shape[0] / total if total else np.inf


def dimensionality(W: ArrayLike) -> Array:
    """Return D_i = |W_i|^2/sum_j (What_i . W_j)^2, 0 for a feature without a direction: (n,).

    They sum to at most rank W (theorem above).

    >>> dimensionality(np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 1.0]]))
    array([0.5, 0.5, 1. ])
    """
    W = _checked(W)
    shared = np.sum((directions(W).T @ W) ** 2, axis=1)
    return np.divide(norms(W) ** 2, shared, out=np.zeros_like(shared), where=shared > 0)


def antipodal_pairs(W: ArrayLike, *, tolerance: float = 0.05) -> list[tuple[int, int]]:
    """Return the pairs i < j of features in opposite directions: cosine <= -1 + tolerance.

    >>> antipodal_pairs(np.array([[1.0, 0.2, -1.0], [0.0, 1.0, 0.0]]))
    [(0, 2)]
    """
    V = directions(W)
    i, j = np.nonzero(np.triu(-1 + tolerance >= V.T @ V, 1))
    return list(zip(i.tolist(), j.tolist(), strict=True))


def collapsed(W: ArrayLike, sets: Sequence[Sequence[int]], *, cosine: float = 0.9) -> list[int]:
    """Return which sets have collapsed to one direction: all cosines within are >= cosine.

    Parameters: `W` (m, n); `sets` of column indices; `cosine` in (0, 1).

    >>> collapsed(np.array([[1.0, 2.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]), [(0, 1), (2, 3)])
    [0]
    """
    V = directions(W)
    return [
        number
        for number, members in enumerate(sets)
        if np.all((V.T @ V)[np.ix_(members, members)] >= cosine)
    ]


def canonical(W: ArrayLike) -> Array:
    """Return W rotated and flipped to one orientation, the same for every Q W with Q orthogonal.

    The first column with a direction lies along +e_1, the first one independent of it in the span
    of e_1 and e_2 with a positive second entry, and so on; rows that nothing reaches are 0.

    Parameters: `W` (m, n). Returns (m, n) with the inner products of W.

    >>> canonical(np.array([[0.0, 1.0], [-2.0, 0.0]])).round(12)
    array([[2., 0.],
           [0., 1.]])
    """
    W = _checked(W)
    basis: list[Array] = []
    rest = W.copy()
    least = 1e-6 * max(float(norms(W).max()), np.finfo(np.float64).tiny)
    for i in range(W.shape[1]):
        length = float(np.linalg.norm(rest[:, i]))
        if length > least and len(basis) < W.shape[0]:
            q = rest[:, i] / length
            basis.append(q)
            rest -= np.outer(q, q @ rest)
    turned = np.zeros_like(W)
    if basis:
        turned[: len(basis)] = np.array(basis) @ W
    return turned


def aligned(W: ArrayLike, target: ArrayLike) -> Array:
    """Return Q W nearest to target in Frobenius norm, Q orthogonal (Schoenemann 1966).

    Parameters: `W`, `target` (m, n). Raises ValueError where their shapes differ.

    >>> aligned(np.array([[0.0, -1.0]]), np.array([[0.0, 1.0]]))
    array([[0., 1.]])
    """
    W, goal = _checked(W), _checked(target)
    if W.shape != goal.shape:
        raise ValueError(f"W and target must agree in shape; got {W.shape} and {goal.shape}")
    U, _, V = np.linalg.svd(goal @ W.T)
    return U @ V @ W


def principal(W: ArrayLike, covariance: ArrayLike) -> Array:
    """Return the projection to m principal components, rotated and flipped towards W.

    The rows of the result are orthonormal. Where variances tie, any components of them are as
    good: those directions are taken to which W gives most length. If the first m all tie, the
    result is the projection with the largest inner product with W (its polar factor there).

    Parameters: `W` (m, n), m <= n; `covariance` (n, n), symmetric. Returns (m, n). Raises
    ValueError where their shapes do not fit.

    >>> principal(np.array([[3.0, 1.0]]), np.diag([2.0, 1.0])).round(12) + 0.0
    array([[1., 0.]])
    """
    W, C = _checked(W), _checked(covariance)
    m, n = W.shape
    if m > n or C.shape != (n, n):
        raise ValueError(f"W (m, n), m <= n, needs a covariance (n, n); got {W.shape}, {C.shape}")
    values, vectors = np.linalg.eigh(C)
    tie = 1e-9 * float(np.abs(values).max())
    sure, tied = vectors[:, values > values[-m] + tie], vectors[:, abs(values - values[-m]) <= tie]
    longest = np.linalg.svd(W @ tied)[2][: m - sure.shape[1]]
    return aligned(np.vstack([sure.T, longest @ tied.T]), W)


def _checked(W: ArrayLike) -> Array:
    W = np.asarray(W, dtype=np.float64)
    if W.ndim != 2 or W.size == 0 or not np.all(np.isfinite(W)):
        raise ValueError(f"W must be a non-empty finite (m, n) matrix; got shape {W.shape}")
    return W
