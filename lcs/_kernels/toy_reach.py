"""How far a sum of many sparse features gets, but for a negligible share of inputs."""

import math

from lcs._kernels.jit import kernel
from lcs._kernels.toy_few import idle

_STEPS = 8.0  # values of M in one octave
_MANY = 40  # groups from which the bound is worth its exponentials
_SHARE = 1e-9  # of P(x_i != 0): the error allowed for the inputs beyond


@kernel
def half_period(i, a, b, starts, joint, p, signed):
    """Return M, and a bound on the error of taking |z| <= M for granted: 0 where it is certain.

    Beyond M the waves differ from z|z|/2 - x_i|z| by at most (2 + 3/M) z^2, and by Chernoff's bound
    E[z^2; z > M] <= M^2 e^(-theta M) E e^(theta z) for theta M >= 2. Values of M are 2^((k+1/2)/8):
    a truncated series that is differentiated at one M agrees with its own gradient, and no step
    is at 1, where the best models are.
    """
    low, high, largest = b, b, 0.0
    for j in range(a.shape[0]):
        low -= abs(a[j]) if signed else max(-a[j], 0.0)
        high += abs(a[j]) if signed else max(a[j], 0.0)
        largest = max(largest, abs(a[j]))
    reach = max(-low, high)
    k = math.ceil(_STEPS * math.log2(reach) - 0.5)
    M = 2.0 ** ((k + 0.5) / _STEPS)
    beyond = 0.0
    if joint.shape[0] < _MANY or largest == 0.0:
        return M, beyond
    for octave in range(6):
        theta = 2.0**octave / largest
        above = _log_mean(theta, a, b, starts, joint, p, signed)
        below = _log_mean(-theta, a, b, starts, joint, p, signed)
        while True:
            less = 2.0 ** ((k - 0.5) / _STEPS)
            # Exponents that are no use are cut off, so as not to overflow.
            chance = math.exp(min(above - theta * less, 1.0))
            chance += math.exp(min(below - theta * less, 1.0))
            bound = (2.0 * less * less + 3.0 * less) * chance
            if theta * less < 2.0 or bound > _SHARE * p[i]:
                break
            k -= 1
            M, beyond = less, bound
    return M, beyond


@kernel
def _log_mean(theta, a, b, starts, joint, p, signed):
    """log E e^(theta z)."""
    total = theta * b
    for g in range(joint.shape[0]):
        apart, together = 0.0, p[starts[g]]
        for j in range(starts[g], starts[g + 1]):
            t = theta * a[j]
            if abs(t) < 1e-3:
                mean = 1.0 + abs(t)  # above both means
            elif signed:
                mean = math.sinh(t) / t
            else:
                mean = math.expm1(t) / t
            apart += p[j] * mean
            together *= mean
        total += math.log(idle(g, starts, joint, p) + (together if joint[g] else apart))
    return total
