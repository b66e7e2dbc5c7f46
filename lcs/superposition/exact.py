"""One door to the exact expected losses: by model, and by reduction."""

from dataclasses import replace
from typing import get_args

from lcs.superposition.features import Features
from lcs.superposition.loss_linear import ExactLoss, Objective, checked_tied, linear_objective
from lcs.superposition.loss_relu import TERMS, relu_objective
from lcs.superposition.model import Model, Reduction, Weights


def exact_objective(
    features: Features,
    *,
    model: Model = "relu",
    reduction: Reduction = "sum",
    terms: int = TERMS,
) -> Objective:
    """Return the function that computes `exact_loss` of weights, prepared for these features."""
    if reduction not in get_args(Reduction):
        raise ValueError(f"reduction must be sum or mean; got {reduction!r}")
    if reduction == "mean":
        features = replace(features, importance=features.importance / features.n)
    if model == "linear":
        return linear_objective(features)
    if model == "relu":
        return relu_objective(features, terms=terms)
    raise ValueError(f"exact losses are known for the models linear and relu; got {model!r}")


def exact_loss(
    weights: Weights,
    features: Features,
    *,
    model: Model = "relu",
    reduction: Reduction = "sum",
    terms: int = TERMS,
) -> ExactLoss:
    """Return the expected loss of a tied model, with its gradient.

    Parameters
    ----------
    weights: W (m, n) and b (n,).
    features: n of them, of any rule.
    model: "linear" or "relu".
    reduction: "sum" over features, or "mean": that divided by n.
    terms: odd frequencies summed for "relu"; see `loss_relu`.

    Returns `ExactLoss`. Raises ValueError for another model or reduction, shapes that do not fit
    and numbers that are not finite.

    >>> import numpy as np
    >>> nothing = Weights(np.zeros((1, 3)), np.zeros(3))
    >>> round(exact_loss(nothing, Features.of(3, density=0.3)).value, 12)
    0.3
    """
    objective = exact_objective(features, model=model, reduction=reduction, terms=terms)
    return objective(checked_tied(weights, features))
