"""Which feature takes which column: the best exchange of columns, by sorting.

Proposition. Let features of a class be in no set and of one density. Exchanging their columns and
biases exchanges their errors e_i = E (x_i - y_i)^2 and leaves all others as they are, since the law
of the input does not change. So among all such exchanges the loss sum_i I_i e_i is least where
the most important feature of a class has its least error, the next one the next (the rearrangement
inequality: Hardy, Littlewood, Polya 1934, theorem 368).

A descent cannot do this: between two orders of the same columns the loss is higher.
"""

import numpy as np
from numpy.typing import NDArray

from lcs.superposition.features import Features
from lcs.superposition.model import Weights


def classes(features: Features) -> list[NDArray[np.intp]]:
    """Return the classes of features that may be exchanged, the most important first in each.

    >>> [one.tolist() for one in classes(Features.of(3, density=[0.1, 0.2, 0.1]))]
    [[0, 2], [1]]
    """
    free = features.set_of < 0
    found = []
    for p in np.unique(features.density[free]):
        members = np.flatnonzero(free & (features.density == p))
        found.append(members[np.argsort(-features.importance[members], kind="stable")])
    return found


def exchanged(
    weights: Weights, errors: NDArray[np.float64], features: Features, *, gain: float = 0.0
) -> Weights:
    """Return these weights with columns and biases exchanged for the least loss.

    Parameters: `weights`, W (m, n) and b (n,); `errors` (n,), as `ExactLoss.by_feature`;
    `features`, n of them; `gain`, relative to the loss. Weights that no exchange improves by more
    than that are returned themselves.

    >>> one = Weights(np.array([[0.0, 1.0]]), np.array([0.05, 0.0]))
    >>> f = Features.of(2, density=0.1, importance=[1.0, 0.5])
    >>> exchanged(one, np.array([0.03, 0.0]), f).W
    array([[1., 0.]])
    """
    order = np.arange(features.n)
    for members in classes(features):
        order[members] = members[np.argsort(errors[members], kind="stable")]
    if features.importance @ errors[order] >= (1 - gain) * (features.importance @ errors):
        return weights
    return Weights(np.ascontiguousarray(weights.W[:, order]), weights.b[order])
