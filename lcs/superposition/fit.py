"""The best model that many starts find: L-BFGS on the exact expected loss.

A single run says little: starts end in local minima of different losses. So every result carries
what all of its starts reached, and a search proves no lower bound.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from lcs.superposition.exact import exact_objective
from lcs.superposition.features import Features
from lcs.superposition.interchange import exchanged
from lcs.superposition.loss_linear import ExactLoss, Objective, checked_tied
from lcs.superposition.model import Model, Weights
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

SAME = 0.01
"""A start whose loss is within this of the best, relatively, has reached it."""

FINE = 128
"""Odd frequencies of the last descent: fewer leave errors that a descent finds and exploits."""

_TERMS = (8, 16, 32)  # odd frequencies of the descents before it
_DECREASES = (1e-2, 1e-5, 1e-8, 1e-10)  # relative decrease of the loss at which each ends
_POLISHED = 3
_EXCHANGES = 5  # at most, between descents of one stage


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
    points = random_starts(features, m, starts, rng=rng)
    return fit_from(points, features, model=model, terms=terms, progress=progress)


def random_starts(
    features: Features, m: int, starts: int, *, rng: np.random.Generator
) -> list[Weights]:
    """Return the random starts of `fit_exact`, whose parameters and errors these are."""
    if not isinstance(m, int | np.integer) or m < 1:
        raise ValueError(f"m must be an integer >= 1; got {m!r}")
    if not isinstance(starts, int | np.integer) or starts < 1:
        raise ValueError(f"starts must be an integer >= 1; got {starts!r}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    return [_start(features, m, one) for one in rng.spawn(starts)]


def fit_from(
    starts: Sequence[Weights],
    features: Features,
    *,
    model: Model = "relu",
    terms: int = FINE,
    keep: int | None = None,
    progress: Progress | None = None,
) -> Fit:
    """Minimise the exact expected loss from given starts; the result is no worse than any of them.

    All descend hastily on a series of few terms, exchanging columns where that helps
    (`interchange`); `keep` of them to their end on a longer one, the best few of those on a longer
    one yet, and the best of all on `terms`.

    Parameters: `starts`, at least one W (m, n) and b (n,); `keep`, how many of them go on after the
    first descent, >= 1, or all where None: the others count with the loss they had then, so that
    `Fit.share` is that of starts that were kept and reached the best; others as `fit_exact`.
    Returns a `Fit`. Raises ValueError without a start, for keep below 1, and for shapes that do
    not fit the features.
    """
    if not starts:
        raise ValueError("starts must hold at least one model; got none")
    if keep is not None and keep < 1:
        raise ValueError(f"keep must be None or >= 1; got {keep}")
    counts = [len(starts), keep, _POLISHED, 1]
    ends = [checked_tied(start, features) for start in starts]
    fine = exact_objective(features, model=model, terms=terms)
    with one_blas_thread():
        losses = np.array([fine(start).value for start in ends])
        for stage, (count, decrease) in enumerate(zip(counts, _DECREASES, strict=True)):
            few = min(terms, _TERMS[stage]) if stage < len(_TERMS) else terms
            series = exact_objective(features, model=model, terms=few)
            for done, j in enumerate(_least(losses, count), 1):
                end = _settle(series, ends[j], features, decrease)
                loss = fine(end).value
                if loss < losses[j]:  # a series of few terms may lead astray
                    ends[j], losses[j] = end, loss
                if progress is not None and stage == 0:
                    progress(done, len(starts))
        best = int(np.argmin(losses))
        return Fit(ends[best], fine(ends[best]), losses)


def _least(losses: Array, count: int | None) -> list[int]:
    return np.argsort(losses, kind="stable")[:count].tolist()


def polish(
    weights: Weights, features: Features, *, model: Model = "relu", terms: int = FINE
) -> tuple[Weights, ExactLoss]:
    """Return weights of a local minimum of the exact loss below these, and their loss.

    Parameters as `fit_exact`. Raises ValueError for shapes that do not fit the features.
    """
    objective = exact_objective(features, model=model, terms=terms)
    with one_blas_thread():
        end = _descend(objective, checked_tied(weights, features), _DECREASES[-1])
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
        end = _descend(along, Weights(np.ones((1, 1)), features.mean), _DECREASES[-1])
        best = Weights(end.W * shape, end.b)
        return best, objective(best)


def _start(features: Features, m: int, rng: np.random.Generator) -> Weights:
    """Normal columns, of a mean square length drawn from [0.09, 1]; no bias."""
    W = rng.standard_normal((m, features.n)) / np.sqrt(m)
    return Weights(W * rng.uniform(0.3, 1.0), np.zeros(features.n))


def _settle(objective: Objective, start: Weights, features: Features, decrease: float) -> Weights:
    """The end of descents between which columns are exchanged, while that lowers the loss."""
    end = _descend(objective, start, decrease)
    for _ in range(_EXCHANGES):
        other = exchanged(end, objective(end).by_feature, features, gain=decrease)
        if other is end:
            break
        end = _descend(objective, other, decrease)
    return end


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
