"""The five toy models, their loss on given inputs, and its gradient by hand.

With x (n,), W (m, n), W_out (n, m), b (n,) and r = relu,
    linear            y = W^T W x + b
    relu              y = r(W^T W x + b)
    hidden-relu-tied  y = r(W^T r(W x) + b)         (the paper's model of a privileged basis)
    hidden-relu       y = r(W_out r(W x) + b)
    absolute          y = r(W_out r(W x) + b)       and the target is |x|
and the loss of a batch is the mean over its inputs of sum_i I_i (target_i - y_i)^2.
Reference: Elhage et al. 2022, Toy models of superposition.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Model = Literal["linear", "relu", "hidden-relu-tied", "hidden-relu", "absolute"]
Reduction = Literal["sum", "mean"]
MODELS: tuple[Model, ...] = get_args(Model)
REDUCTIONS: tuple[Reduction, ...] = get_args(Reduction)
UNTIED: tuple[Model, ...] = ("hidden-relu", "absolute")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The parameters of a model, or a gradient in them: features are columns of W."""

    W: Array  # (m, n)
    b: Array  # (n,)
    W_out: Array | None = None  # (n, m) where the model is untied

    @property
    def m(self) -> int:
        """The number of hidden neurons."""
        return self.W.shape[0]

    @property
    def n(self) -> int:
        """The number of features."""
        return self.W.shape[1]


def output(weights: Weights, x: ArrayLike, *, model: Model = "relu") -> Array:
    """Return what the model makes of each input.

    Parameters: `weights`; `x` (count, n) inputs, one in each row; `model`, one of `MODELS`.
    Returns y (count, n). Raises ValueError for another model or shapes that do not fit.

    >>> pair = Weights(np.array([[1.0, -1.0]]), np.zeros(2))
    >>> output(pair, [[0.5, 0.0], [0.0, 1.0]])
    array([[0.5, 0. ],
           [0. , 1. ]])
    """
    z = _pass(weights, _checked(weights, x, model), model)[2]
    return z if model == "linear" else np.maximum(z, 0.0)


def batch_loss(
    weights: Weights,
    x: ArrayLike,
    *,
    model: Model = "relu",
    importance: ArrayLike = 1.0,
    reduction: Reduction = "sum",
) -> float:
    """Return the mean over inputs of sum_i I_i (target_i - y_i)^2, as `loss_and_gradient`.

    >>> pair = Weights(np.array([[1.0, -1.0]]), np.zeros(2))
    >>> batch_loss(pair, [[1.0, 1.0], [1.0, 0.0]])
    1.0
    """
    return loss_and_gradient(weights, x, model=model, importance=importance, reduction=reduction)[0]


def loss_and_gradient(
    weights: Weights,
    x: ArrayLike,
    *,
    model: Model = "relu",
    importance: ArrayLike = 1.0,
    reduction: Reduction = "sum",
) -> tuple[float, Weights]:
    """Return the loss of a batch and its gradient; at a kink of a ReLU, that of its flat side.

    Parameters
    ----------
    weights, model: the model; `W_out` is given exactly where it is untied.
    x: (count, n) inputs, one in each row.
    importance: (n,) weights I_i >= 0, or one for all.
    reduction: "sum" over features, or "mean": that divided by n, as in the paper's notebook.

    Returns the loss and a `Weights` of derivatives. Raises ValueError for an unknown model or
    reduction and shapes that do not fit.
    """
    x = _checked(weights, x, model)
    if reduction not in REDUCTIONS:
        raise ValueError(f"reduction must be sum or mean; got {reduction!r}")
    h, a, z = _pass(weights, x, model)
    scale = 1.0 / x.shape[0] / (weights.n if reduction == "mean" else 1)
    y = z if model == "linear" else np.maximum(z, 0.0)
    error = y - (np.abs(x) if model == "absolute" else x)
    weighted = scale * np.asarray(importance, dtype=np.float64) * error
    loss = float(np.sum(weighted * error))
    dz = 2 * weighted if model == "linear" else 2 * weighted * (z > 0)
    W_out = weights.W.T if weights.W_out is None else weights.W_out
    dh = dz @ W_out if model in ("linear", "relu") else (dz @ W_out) * (h > 0)
    dW, dW_out, db = dh.T @ x, dz.T @ a, dz.sum(axis=0)
    if model in UNTIED:
        return loss, Weights(dW, db, dW_out)
    return loss, Weights(dW + dW_out.T, db)


def _pass(weights: Weights, x: Array, model: Model) -> tuple[Array, Array, Array]:
    """Hidden values before and after their activation, and the outputs before theirs."""
    h = x @ weights.W.T
    a = h if model in ("linear", "relu") else np.maximum(h, 0.0)
    W_out = weights.W.T if weights.W_out is None else weights.W_out
    return h, a, a @ W_out.T + weights.b


def _checked(weights: Weights, x: ArrayLike, model: Model) -> Array:
    if model not in MODELS:
        raise ValueError(f"model must be one of {', '.join(MODELS)}; got {model!r}")
    m, n = weights.W.shape
    expected = (n, m) if model in UNTIED else None
    given = None if weights.W_out is None else weights.W_out.shape
    if given != expected:
        raise ValueError(f"W_out of {model!r} must have shape {expected}; got {given}")
    if weights.b.shape != (n,):
        raise ValueError(f"b must have shape ({n},); got {weights.b.shape}")
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != n or x.shape[0] == 0:
        raise ValueError(f"x must have shape (count >= 1, {n}); got {x.shape}")
    return x
