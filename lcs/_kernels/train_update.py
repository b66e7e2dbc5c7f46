"""One step of AdamW, Adam or SGD, as PyTorch takes it, in float32."""

import math

import numpy as np

from lcs._kernels.jit import inlined

RULES = ("adamw", "adam", "sgd")
ADAMW, SGD = 0, 2  # places in RULES


@inlined
def update(theta, grad, first, second, step, rule, rate, decay, beta1, beta2, eps):
    """Change theta (size,) by its gradient, and the moments first and second with it.

    AdamW: theta <- (1 - rate decay) theta; first and second are the moving means of g and g^2;
    theta <- theta - rate/(1 - beta1^t) first/(sqrt(second)/sqrt(1 - beta2^t) + eps), t = step.
    Adam and SGD add decay theta to g instead, and SGD goes by g alone. step counts from 1.
    """
    plain, coupled = rule == SGD, np.float32(0.0 if rule == ADAMW else decay)
    shrink = np.float32(1.0 - rate * decay if rule == ADAMW else 1.0)
    pace = np.float32(rate if plain else rate / (1.0 - beta1 ** np.float64(step)))
    root = np.float32(math.sqrt(1.0 - beta2 ** np.float64(step)))
    near1, near2, keep2 = np.float32(1.0 - beta1), np.float32(1.0 - beta2), np.float32(beta2)
    eps = np.float32(eps)
    for p in range(theta.shape[0]):
        g = grad[p] + coupled * theta[p]
        first[p] += near1 * (g - first[p])
        second[p] = keep2 * second[p] + near2 * g * g
        move = g if plain else first[p] / (np.sqrt(second[p]) / root + eps)
        theta[p] = shrink * theta[p] - pace * move
