"""The exact expected loss of the ReLU model, for features of any kind.

relu(z) = (z + |z|)/2 splits the error of feature i into half that of the linear model and the rest,
    E (x_i - relu(z_i))^2 = E (x_i - z_i)^2 / 2 + E x_i^2 / 2 + E[z_i |z_i| / 2 - x_i |z_i|].
Where z_i never changes sign it is that of the linear model, or E x_i^2. Elsewhere the last term is
a Fourier series in the characteristic function of z_i, which is a product over independent groups:
see `lcs._kernels.toy_series`. The truncation of the series is bounded, not estimated.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs._kernels.toy_series import odd_losses
from lcs.superposition.features import Array, Features
from lcs.superposition.loss_linear import ExactLoss, Objective, checked_tied, linear_errors
from lcs.superposition.model import Weights

TERMS = 32
"""Odd frequencies: enough for about 1e-6 of the loss in practice; `truncation` proves less."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Features as kernels take them: sorted by group, each group an interval."""

    order: NDArray[np.int64]  # (n,) which feature comes first, second, ...
    starts: NDArray[np.int64]  # (groups + 1,)
    joint: NDArray[np.bool_]  # (groups,) active together, or one at most
    p: Array  # (n,) P(x_i != 0), in the new order
    place: NDArray[np.int64] | None  # (n,) where each feature is; None where all stay in place


def layout(features: Features) -> Layout:
    """Return the groups of these features: their sets, then every feature in no set.

    >>> layout(Features.of(4, density=0.5, sets=[(3, 1)], rule="coactive")).order
    array([3, 1, 0, 2])
    """
    groups = [*features.sets, *((int(i),) for i in np.flatnonzero(features.set_of < 0))]
    order = np.array([i for group in groups for i in group], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum([len(group) for group in groups])])
    joint = np.array([features.rule == "coactive" and len(group) > 1 for group in groups])
    place = None if np.array_equal(order, np.arange(order.size)) else np.argsort(order)
    return Layout(order, starts.astype(np.int64), joint, features.active[order], place)


def relu_objective(features: Features, *, terms: int = TERMS) -> Objective:
    """Return the function that computes `loss_relu` of weights for these features."""
    if not isinstance(terms, int | np.integer) or terms < 1:
        raise ValueError(f"terms must be an integer >= 1; got {terms!r}")
    mu, C, I = features.mean, features.covariance, features.importance
    groups = layout(features)
    squares = np.diag(C) + mu**2

    def objective(weights: Weights) -> ExactLoss:
        linear, R, RC, off = linear_errors(weights, mu, C)
        G = R.copy()
        G.flat[:: features.n + 1] += 1.0
        sign = _sign(G, weights.b, features.signed)
        share = (1 + sign) / 2
        odd, dG, db, tail = _odd(G, weights.b, np.flatnonzero(sign == 0), groups, features, terms)
        errors = share * linear + (1 - share) * squares + odd
        dG += 2 * share[:, None] * (RC + np.outer(off, mu))
        dG *= I[:, None]
        gradient = Weights(weights.W @ (dG + dG.T), I * (2 * share * off + db))
        return ExactLoss(float(I @ errors), float(I @ tail), errors, gradient)

    return objective


def loss_relu(weights: Weights, features: Features, *, terms: int = TERMS) -> ExactLoss:
    """Return sum_i I_i E (x_i - relu(z_i))^2, z = W^T W x + b, and its gradient in W and b.

    Parameters
    ----------
    weights: W (m, n) and b (n,).
    features: n of them.
    terms: how many of the odd frequencies of the series are summed, >= 1.

    Returns `ExactLoss`. Raises ValueError for shapes that do not fit and numbers not finite.

    >>> pair = Weights(np.array([[1.0, -1.0]]), np.zeros(2))
    >>> loss = loss_relu(pair, Features.of(2, density=0.5))
    >>> abs(loss.value - 0.5**2 / 3) <= loss.truncation < 1e-3
    True
    """
    return relu_objective(features, terms=terms)(checked_tied(weights, features))


def _sign(G: Array, b: Array, signed: bool) -> Array:
    """1 where z_i >= 0 always, -1 where z_i <= 0 always, else 0: (n,)."""
    if signed:
        high = np.abs(G).sum(axis=1)
        low = -high
    else:
        low, high = np.minimum(G, 0).sum(axis=1), np.maximum(G, 0).sum(axis=1)
    return np.where(b + low >= 0, 1.0, np.where(b + high <= 0, -1.0, 0.0))


def _odd(
    G: Array, b: Array, rows: NDArray[np.intp], groups: Layout, features: Features, terms: int
) -> tuple[Array, Array, Array, Array]:
    """E[z|z|/2 - x_i|z|] for these rows, its derivatives in G and b, and the bounds; else 0."""
    n, place = b.size, groups.place
    value, db, tail = np.zeros(n), np.zeros(n), np.zeros(n)
    dG = np.zeros((n, n))
    if rows.size:
        if place is not None:
            order = groups.order
            G, b, rows = np.ascontiguousarray(G[order][:, order]), b[order], place[rows]
        odd_losses(
            G, b, rows, groups.starts, groups.joint, groups.p, features.signed,
            terms, value, dG, db, tail,
        )  # fmt: skip
        if place is not None:
            value, db, tail, dG = value[place], db[place], tail[place], dG[place][:, place]
    return value, dG, db, tail
