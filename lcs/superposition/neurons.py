"""What each neuron of a hidden layer carries, and what neurons of one feature each can do.

Lemma (claim TMS-computation-abs). Let every neuron read one feature, signed with density p, and
write to that one alone: the output is relu(f + c), f a combination of the neurons of the feature.
Without a neuron its least loss is v I_i, v = p/3 - p^2/4 the variance of |x_i|; with relu(x_i) and
relu(-x_i) it is 0. One of these, say relu(x_i), gains at most v/2, so that pairs on the features of
most importance are best, and for m even the least loss is v sum_{i > m/2} I_i, I in falling order.
Proof of v/2. An affine output gains at most Cov(|x|, relu(x))^2/Var relu(x) =
(p/6 - p^2/8)^2/(p/6 - p^2/16) <= p/6 - p^2/8 = v/2. One that rises from 0 reads x < 0 as 0: this
costs p/6 alone, and leaves v - p/6 <= v/2. One that falls gains nothing over a constant, since the
mean of |x| is at most 1/2 where x <= 0 and rises to the right of it.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs.codes.code import require
from lcs.superposition.features import Features
from lcs.superposition.geometry import norms

Array = NDArray[np.float64]


def largest_shares(W: ArrayLike) -> Array:
    """Return max_i W_ki^2/sum_i W_ki^2 of every neuron k, 0 where it reads nothing: (m,).

    >>> largest_shares(np.array([[3.0, 0.0], [1.0, -1.0]]))
    array([1. , 0.5])
    """
    norms(W)  # refuses what is no finite matrix
    squares = np.asarray(W, dtype=np.float64) ** 2
    total = squares.sum(axis=1)
    return np.divide(squares.max(axis=1), total, out=np.zeros_like(total), where=total > 0)


def apart_loss(features: Features, m: int) -> float:
    """Return the least loss of the model "absolute" whose m neurons have one feature each.

    Parameters: `features`, signed, independent and of one density; `m` >= 0, even. Raises
    ValueError for others.

    >>> round(apart_loss(Features.of(3, density=1.0, signed=True), 2), 12)
    0.166666666667
    """
    p = float(features.density[0])
    same = bool(np.all(features.density == p)) and features.rule == "independent"
    require(features.signed and same, "features must be signed, independent, of one density", p)
    require(m >= 0 and m % 2 == 0, "m must be even and >= 0", m)
    left = np.sort(features.importance)[::-1][m // 2 :]
    return (p / 3 - p**2 / 4) * float(left.sum())
