"""One step of AdamW, Adam or SGD, as PyTorch takes it, in float32."""

import math

import numpy as np

from lcs._kernels.jit import kernel

RULES = ("adamw", "adam", "sgd")
ADAMW, SGD = 0, 2  # places in RULES


@kernel
def update(theta, grad, first, second, step, rule, rate, decay, beta1, beta2, eps):
    """Change theta (size,) by its gradient, and the moments first and second with it.

    AdamW: theta <- (1 - rate decay) theta; first and second are the moving means of g and g^2;
    theta <- theta - rate/(1 - beta1^t) first/(sqrt(second)/sqrt(1 - beta2^t) + eps), t = step.
    Adam and SGD add decay theta to g instead. step counts from 1.
    """
    if rule == SGD:
        _sgd(theta, grad, np.float32(rate), np.float32(decay))
    else:
        coupled = 0.0 if rule == ADAMW else decay
        shrink = 1.0 - rate * decay if rule == ADAMW else 1.0
        pace = rate / (1.0 - beta1 ** np.float64(step))
        root = math.sqrt(1.0 - beta2 ** np.float64(step))
        _adam(theta, grad, first, second, coupled, shrink, pace, root, beta1, beta2, eps)


@kernel
def _sgd(theta, grad, rate, decay):
    for p in range(theta.shape[0]):
        theta[p] -= rate * (grad[p] + decay * theta[p])


@kernel
def _adam(theta, grad, first, second, coupled, shrink, pace, root, beta1, beta2, eps):
    coupled, shrink, pace = np.float32(coupled), np.float32(shrink), np.float32(pace)
    near1, near2, keep2 = np.float32(1.0 - beta1), np.float32(1.0 - beta2), np.float32(beta2)
    root, eps = np.float32(root), np.float32(eps)
    for p in range(theta.shape[0]):
        g = grad[p] + coupled * theta[p]
        first[p] += near1 * (g - first[p])
        second[p] = keep2 * second[p] + near2 * g * g
        step = first[p] / (np.sqrt(second[p]) / root + eps)
        theta[p] = shrink * theta[p] - pace * step
