"""The loss of inputs with at most one active feature: the slides' formula, and its true share.

With x uniform on [0, 1] in feature j alone, the ReLU model of W and b loses
    l_j = I_j E (x - relu(|W_j|^2 x + b_j))^2 + sum_{i != j} I_i E relu(W_i . W_j x + b_i)^2,
and sum_i I_i relu(b_i)^2 where nothing is active. Negative interference costs nothing here: the
formula sees positive interference alone, and knows nothing of two features active together.
"""

import numpy as np

from lcs._kernels.toy_few import alone_probabilities
from lcs.superposition.features import Array, Features
from lcs.superposition.loss_linear import checked_tied
from lcs.superposition.loss_relu import TERMS, layout, relu_objective
from lcs.superposition.model import Weights


def one_sparse_losses(weights: Weights, features: Features) -> Array:
    """Return the expected loss given that feature j alone is active, for every j: (n,).

    Parameters: `weights`, W (m, n) and b (n,); `features`, of which only importance and sign are
    used. Raises ValueError for shapes that do not fit and numbers that are not finite.

    >>> pair = Weights(np.array([[1.0, -1.0]]), np.zeros(2))
    >>> one_sparse_losses(pair, Features.of(2, density=0.1))
    array([0., 0.])
    """
    weights = checked_tied(weights, features)
    G = weights.W.T @ weights.W
    losses = _given_one(G, weights.b, features.importance, 1.0)
    if features.signed:
        losses = (losses + _given_one(-G, weights.b, features.importance, -1.0)) / 2
    return losses


def loss_by_active(
    weights: Weights, features: Features, *, terms: int = TERMS
) -> tuple[float, float, float]:
    """Return the parts of the ReLU loss from none, from one and from more active features.

    They add up to `loss_relu`, whose parameters these are; the first two are in closed form.

    >>> pair = Weights(np.array([[1.0, -1.0]]), np.zeros(2))
    >>> none, one, more = loss_by_active(pair, Features.of(2, density=0.5))
    >>> none, one, round(more, 4)
    (0.0, 0.0, 0.0833)
    """
    weights = checked_tied(weights, features)
    alone, nobody = _alone(features)
    none = nobody * float(features.importance @ np.maximum(weights.b, 0) ** 2)
    one = float(alone @ one_sparse_losses(weights, features))
    return none, one, relu_objective(features, terms=terms)(weights).value - none - one


def _given_one(G: Array, b: Array, importance: Array, sign: float) -> Array:
    """The loss given x_j uniform on [0, 1] and target sign x_j, z_i = b_i + G_ij x_j: (n,)."""
    start, end = np.broadcast_to(b[:, None], G.shape), b[:, None] + G
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(start * end < 0, start / (start - end), 0.0)
    low = np.where(start < 0, crossing, 0.0)
    high = np.where(end < 0, crossing, 1.0)
    low, high = (np.where((start > 0) | (end > 0), x, 0.0) for x in (low, high))
    s0, s1, s2 = ((high**r - low**r) / r for r in (1, 2, 3))  # moments of x where z > 0
    squares = start**2 * s0 + 2 * start * G * s1 + G**2 * s2
    own = np.diagonal(start * s1 + G * s2)
    return importance @ squares + importance * (1 / 3 - 2 * sign * own)


def _alone(features: Features) -> tuple[Array, float]:
    """P(only j is active) for every j, and P(nothing is)."""
    groups = layout(features)
    alone = np.empty(features.n)
    every = np.ones(groups.joint.size, dtype=np.bool_)
    nobody = alone_probabilities(groups.starts, groups.joint, groups.p, every, alone)
    return alone[np.argsort(groups.order)], nobody
