"""The exact expected loss of the linear model, for any features (claim TMS-linear-loss-exact).

With R = W^T W - I, mean mu and covariance C of the features, z_i - x_i = (R x)_i + b_i has
    E (z_i - x_i)^2 = (R C R^T)_ii + (b_i + (R mu)_i)^2.
Independent features of density p have C = s2 I, s2 = p/3 - p^2/4: the best b makes the last term
0 and leaves s2 times the slides' sum_i I_i (1 - |W_i|^2)^2 + sum_{i != j} I_j (W_i . W_j)^2.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lcs.superposition.features import Features
from lcs.superposition.model import Weights

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ExactLoss:
    """An expected loss with its gradient.

    |value - exact| <= truncation is proved, up to rounding (about 1e-15 of the terms summed); the
    gradient is that of the computed value.
    """

    value: float
    truncation: float
    by_feature: Array  # (n,) E (x_i - y_i)^2, without importance
    gradient: Weights


Objective = Callable[[Weights], ExactLoss]


def linear_objective(features: Features) -> Objective:
    """Return the function that computes `loss_linear` of weights for these features."""
    mu, C, I = features.mean, features.covariance, features.importance

    def objective(weights: Weights) -> ExactLoss:
        errors, _, RC, off = linear_errors(weights, mu, C)
        dR = 2 * I[:, None] * (RC + np.outer(off, mu))
        gradient = Weights(weights.W @ (dR + dR.T), 2 * I * off)
        return ExactLoss(float(I @ errors), 0.0, errors, gradient)

    return objective


def linear_errors(weights: Weights, mu: Array, C: Array) -> tuple[Array, Array, Array, Array]:
    """E (z_i - x_i)^2, R, R C, and the mean of z_i - x_i, for features of mean mu, covariance C."""
    R = weights.W.T @ weights.W
    R.flat[:: weights.n + 1] -= 1.0
    RC = R @ C
    off = weights.b + R @ mu
    return np.einsum("ij,ij->i", RC, R) + off**2, R, RC, off


def loss_linear(weights: Weights, features: Features) -> ExactLoss:
    """Return sum_i I_i E (x_i - z_i)^2 of the linear model and its gradient in W and b.

    Parameters: `weights`, W (m, n) and b (n,); `features`, n of them. Returns `ExactLoss`.
    Raises ValueError for shapes that do not fit and numbers that are not finite.

    >>> one = Features.of(2, density=1.0)
    >>> round(loss_linear(Weights(np.array([[1.0, 0.0]]), np.array([0.0, 0.5])), one).value, 12)
    0.083333333333
    """
    return linear_objective(features)(checked_tied(weights, features))


def linear_optimum(features: Features, m: int) -> float:
    """Return the least loss of a linear model with m neurons: sum of all but m largest I_i C_ii.

    The m features with the largest I_i C_ii are kept, and b_i is the mean of the others.
    Raises ValueError unless features are independent with one variance, and m >= 0.
    Proof. With one variance s2, sum_i I_i |R_i|^2 = |D W^T W - D|_F^2 with D = diag(sqrt I), and
    a matrix of rank m is no nearer to D than its m largest entries (Eckart, Young 1936).

    >>> round(linear_optimum(Features.of(3, density=1.0, importance=[1.0, 0.5, 0.25]), 1) * 12, 12)
    0.75
    """
    variance = np.diag(features.covariance)
    if features.sets or not np.all(variance == variance[0]):
        raise ValueError("features must be independent with one density; got others")
    if m < 0:
        raise ValueError(f"m must be >= 0; got {m}")
    return float(variance[0] * np.sum(np.sort(features.importance)[::-1][m:]))


def checked_tied(weights: Weights, features: Features) -> Weights:
    """The weights of a tied model that fit these features, in float64."""
    W, b = np.asarray(weights.W, np.float64), np.asarray(weights.b, np.float64)
    n = features.n
    if W.ndim != 2 or W.shape[0] == 0 or W.shape[1] != n or b.shape != (n,):
        raise ValueError(f"W must be (m, {n}) and b ({n},); got {W.shape} and {b.shape}")
    if weights.W_out is not None:
        raise ValueError("exact losses are those of tied models; got W_out")
    if not (np.all(np.isfinite(W)) and np.all(np.isfinite(b))):
        raise ValueError("weights must be finite; got NaN or inf")
    return Weights(W, b)
