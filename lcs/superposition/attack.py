"""How much a small change of the input can cost: the loss of relu(G (x + delta) + b) against x.

For x >= 0 and ||delta|| <= eps the worst loss lies between what an ascent has seen, which proves no
worst case, and a bound: |relu(v) - x| <= |v - x| where x >= 0, so that with the residual
r = G x + b - x, over outputs that can be reached at all (z_i + eps ||G_i|| > 0),
    loss <= sum_{not reached} x_i^2 + max_delta ||r + G delta||^2,
and for every mu above the largest eigenvalue of A = G^T G the maximum is at most
    ||r||^2 + mu eps^2 + c^T (mu - A)^{-1} c,  c = G^T r.
Lemma (claim TMS-adversarial-dstar). The outputs z_i, weighted by ||W_i||^2, move at worst by
    sum_i max_delta (G_i . delta)^2/||W||_F^2 = eps^2 ||G||_F^2/||W||_F^2 >= eps^2 ||W||_F^2/m,
eps^2/D*, with equality exactly where W W^T is a multiple of the identity.
Proof. ||G||_F^2 = tr F^2 >= (tr F)^2/m for F = W W^T, by Cauchy and Schwarz on its eigenvalues.
Reference: Elhage et al. 2022, Toy models of superposition, on adversarial examples.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar

from lcs.codes.code import require
from lcs.superposition.geometry import norms
from lcs.superposition.model import Weights

Array = NDArray[np.float64]


def reach(W: ArrayLike) -> float:
    """Return ||W^T W||_F^2/||W||_F^2, which is at least 1/D* = ||W||_F^2/m (lemma above).

    Raises ValueError where W (m, n) is 0.

    >>> float(round(reach(np.array([[1.0, -1.0]])), 12))
    2.0
    """
    W = np.asarray(W, dtype=np.float64)
    total = float(np.sum(norms(W) ** 2))
    require(total > 0, "W must not be 0", total)
    return float(np.sum((W @ W.T) ** 2)) / total


def seen_losses(
    weights: Weights,
    x: ArrayLike,
    *,
    eps: float,
    starts: int = 12,
    steps: int = 30,
    rng: np.random.Generator,
) -> Array:
    """Return the largest loss seen at each input under a change of length at most eps: (count,).

    Projected gradient ascent from random points and from rows of G; the clean loss is seen too.

    Parameters
    ----------
    weights: a tied ReLU model, W (m, n) and b (n,).
    x: (count, n) inputs.
    eps: length of the change, >= 0.
    starts, steps: ascents per input, and steps of each.

    Raises ValueError for shapes that do not fit and eps < 0.

    >>> one = Weights(np.eye(1), np.zeros(1))
    >>> seen_losses(one, [[0.5]], eps=0.1, rng=np.random.default_rng(0)).round(12)
    array([0.01])
    """
    G, x = _checked(weights, x, eps)
    seen = _losses(G, weights.b, x, np.zeros_like(x))[0]
    for start in range(starts):
        toward = rng.standard_normal(x.shape)
        if start % 2:
            toward = G[rng.integers(0, x.shape[1], len(x))] * np.sign(toward[:, :1])
        delta = _shortened(toward / np.maximum(_lengths(toward), 1e-300) * eps, eps)
        for step in range(steps + 1):
            loss, gradient = _losses(G, weights.b, x, delta)
            seen = np.maximum(seen, loss)
            pace = eps / (1 + step / 4)
            gradient /= np.maximum(_lengths(gradient), 1e-300)
            delta = _shortened(delta + pace * gradient, eps)
    return seen


def loss_bounds(weights: Weights, x: ArrayLike, *, eps: float) -> Array:
    """Return a bound on the loss at each input under any change of length <= eps: (count,).

    Up to rounding in float64, which is not bounded here. Parameters as `seen_losses`. Raises
    ValueError for shapes that do not fit, eps < 0 and inputs with a negative entry.

    >>> one = Weights(np.eye(1), np.zeros(1))
    >>> loss_bounds(one, [[0.5]], eps=0.1).round(6)
    array([0.01])
    """
    G, x = _checked(weights, x, eps)
    require(bool(np.all(x >= 0)), "the bound needs x >= 0", float(x.min()))
    basis = np.linalg.qr(weights.W.T)[0]  # G delta depends on delta in the range of W^T alone
    far = eps * np.linalg.norm(G, axis=1)
    bounds = np.empty(len(x))
    for row, one in enumerate(x):
        z = G @ one + weights.b
        on = z + far > 0
        bounds[row] = np.sum(one[~on] ** 2) + _ball(G[on] @ basis, (z - one)[on], eps)
    clean = _losses(G, weights.b, x, np.zeros_like(x))[0]
    return np.minimum(bounds, (np.sqrt(clean) + eps * np.linalg.norm(G, 2)) ** 2)


def _ball(A: Array, r: Array, eps: float) -> float:
    """A bound on max ||r + A delta||^2 over ||delta|| <= eps: the least of its duals found."""
    if not r.size:
        return 0.0
    values, vectors = np.linalg.eigh(A.T @ A)
    c, top = (vectors.T @ (A.T @ r)) ** 2, max(float(values[-1]), 1e-12)

    def dual(log_excess: float) -> float:
        mu = top + top * np.exp(log_excess)
        return float(r @ r + mu * eps**2 + np.sum(c / (mu - values)))

    return float(minimize_scalar(dual, bounds=(-25.0, 12.0), method="bounded").fun)  # pyright: ignore[reportAttributeAccessIssue]


def _losses(G: Array, b: Array, x: Array, delta: Array) -> tuple[Array, Array]:
    y = np.maximum((x + delta) @ G + b, 0.0)
    error = y - x
    return np.sum(error**2, axis=1), 2 * (error * (y > 0)) @ G


def _lengths(v: Array) -> Array:
    return np.linalg.norm(v, axis=1, keepdims=True)


def _shortened(delta: Array, eps: float) -> Array:
    """The nearest points of the ball of radius eps."""
    lengths = _lengths(delta)
    return delta * np.minimum(1.0, eps / np.maximum(lengths, 1e-300))


def _checked(weights: Weights, x: ArrayLike, eps: float) -> tuple[Array, Array]:
    x = np.asarray(x, dtype=np.float64)
    good = x.ndim == 2 and x.shape[1] == weights.n and weights.W_out is None
    require(good, f"x must be (count, {weights.n}) and the model tied", x.shape)
    require(bool(np.isfinite(eps)) and eps >= 0, "eps must be >= 0", eps)
    return weights.W.T @ weights.W, x
