"""The best model that many starts find: L-BFGS on the exact expected loss.

A single run says little: starts end in local minima of different losses. So every result carries
what all of its starts reached, and a search proves no lower bound.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lcs.superposition.exact import exact_objective
from lcs.superposition.features import Features
from lcs.superposition.loss_linear import ExactLoss, Objective, checked_tied
from lcs.superposition.model import Model, Weights
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

SAME = 0.01
"""A start whose loss is within this of the best, relatively, has reached it."""

FINE = 128
"""Odd frequencies of the last descent: fewer leave errors that a descent finds and exploits."""

_COARSE, _MIDDLE = 8, 32  # those of the first descents, and of the best few of them
_LOOSE, _TIGHT = 1e-6, 1e-10  # relative decrease at which a descent ends
_POLISHED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The best weights found, and the losses that all starts ended at."""

    weights: Weights
    loss: ExactLoss
    losses: Array  # (starts,)

    @property
    def share(self) -> float:
        """The share of starts whose loss cannot be told from the best: within 1 % or truncation."""
        slack = SAME * abs(self.loss.value) + 2 * self.loss.truncation
        return float(np.mean(self.losses <= self.loss.value + slack))


def fit_exact(
    features: Features,
    m: int,
    *,
    model: Model = "relu",
    starts: int = 12,
    rng: np.random.Generator,
    terms: int = FINE,
    progress: Progress | None = None,
) -> Fit:
    """Minimise the exact expected loss over W (m, n) and b (n,) from many starts.

    Parameters
    ----------
    features: n of them, of any rule.
    m: hidden neurons, >= 1; m > n is allowed.
    model: "linear" or "relu".
    starts: random starts, >= 1; each has its own generator, spawned from rng.
    terms: odd frequencies of the last descent; see `loss_relu`.
    progress: called as progress(starts done, starts in all).

    Returns a `Fit`. Raises ValueError for m or starts below 1 and another model, TypeError where
    rng is not a Generator.

    >>> found = fit_exact(Features.of(2, density=0.1), 1, starts=4, rng=np.random.default_rng(0))
    >>> bool(found.weights.W[0, 0] * found.weights.W[0, 1] < -0.9)
    True
    """
    if not isinstance(m, int | np.integer) or m < 1:
        raise ValueError(f"m must be an integer >= 1; got {m!r}")
    if not isinstance(starts, int | np.integer) or starts < 1:
        raise ValueError(f"starts must be an integer >= 1; got {starts!r}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    coarse, middle, fine = (
        exact_objective(features, model=model, terms=min(terms, t))
        for t in (_COARSE, _MIDDLE, terms)
    )
    ends: list[Weights] = []
    with one_blas_thread():
        for done, one in enumerate(rng.spawn(starts), 1):
            ends.append(_descend(coarse, _start(features, m, one), _LOOSE))
            if progress is not None:
                progress(done, starts)
        losses = np.array([fine(end).value for end in ends])
        order = np.argsort(losses, kind="stable")[:_POLISHED]
        for i in order:
            ends[i] = _descend(middle, ends[i], _TIGHT)
            losses[i] = fine(ends[i]).value
        best = int(np.argmin(losses))
        weights = _descend(fine, ends[best], _TIGHT)
        loss = fine(weights)
    losses[best] = loss.value
    return Fit(weights, loss, losses)


def polish(
    weights: Weights, features: Features, *, model: Model = "relu", terms: int = FINE
) -> tuple[Weights, ExactLoss]:
    """Return weights of a local minimum of the exact loss below these, and their loss.

    Parameters as `fit_exact`. Raises ValueError for shapes that do not fit the features.
    """
    objective = exact_objective(features, model=model, terms=terms)
    with one_blas_thread():
        end = _descend(objective, checked_tied(weights, features), _TIGHT)
        return end, objective(end)


def fit_length(
    shape: Array, features: Features, *, model: Model = "relu", terms: int = FINE
) -> tuple[Weights, ExactLoss]:
    """Return weights of a local minimum of the exact loss among W = t * shape, over t and b.

    The descent begins at t = 1 and b = E x. It compares shapes: each at its own best length.

    Parameters: `shape` (m, n); others as `fit_exact`. Raises ValueError for a shape that does not
    fit the features.

    >>> pair, loss = fit_length(np.array([[3.0, -3.0]]), Features.of(2, density=0.1))
    >>> bool(abs(pair.W[0, 0] - 1) < 0.01 and loss.value < 0.1**2 / 1.5)
    True
    """
    objective = exact_objective(features, model=model, terms=terms)
    shape = checked_tied(Weights(shape, features.mean), features).W

    def along(point: Weights) -> ExactLoss:
        loss = objective(Weights(point.W * shape, point.b))
        slope = np.sum(loss.gradient.W * shape).reshape(1, 1)
        return replace(loss, gradient=Weights(slope, loss.gradient.b))

    with one_blas_thread():
        end = _descend(along, Weights(np.ones((1, 1)), features.mean), _TIGHT)
        best = Weights(end.W * shape, end.b)
        return best, objective(best)


def _start(features: Features, m: int, rng: np.random.Generator) -> Weights:
    """Normal columns, of a mean square length drawn from [0.09, 1]; no bias."""
    W = rng.standard_normal((m, features.n)) / np.sqrt(m)
    return Weights(W * rng.uniform(0.3, 1.0), np.zeros(features.n))


def _descend(objective: Objective, start: Weights, decrease: float) -> Weights:
    shape, size = start.W.shape, start.W.size

    def flat(x: Array) -> tuple[float, Array]:
        loss = objective(Weights(x[:size].reshape(shape), x[size:]))
        gradient = loss.gradient
        # Losses of rare features are small: the stopping rules of L-BFGS are absolute.
        return loss.value * scale, np.concatenate([gradient.W.ravel(), gradient.b]) * scale

    scale = 1.0
    x = np.concatenate([start.W.ravel(), start.b])
    scale = 1.0 / max(flat(x)[0], 1e-300)
    options = {"maxiter": 3000, "maxfun": 6000, "ftol": decrease, "gtol": 1e-9, "maxcor": 20}
    end = minimize(flat, x, jac=True, method="L-BFGS-B", options=options)
    return Weights(end.x[:size].reshape(shape), end.x[size:])
