"""An upper bound on d by Gordon's escape theorem: the null space of a Gaussian A misses a cone."""

import math
from fractions import Fraction

from flint import arb

from lcs.bounds.problem import Bound, Eps, Problem, ball, first_from, problem, surely


def u3(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from above by lam_d > sqrt(sd) + sqrt(2 ln m), Gaussian A, best probes (LCS-u3).

    lam_d = sqrt2 Gamma((d+1)/2)/Gamma(d/2) is the mean length of a Gaussian vector, and
    sd = 1 + t^2/mu^2 + 2(m-1)[(1+t^2) Q(t) - t phi(t)] bounds, for every t >= 0, the statistical
    dimension of the cone z_i >= delta ||z||_1. Gordon: the null space meets it with probability
    at most exp(-(lam_d - sqrt(sd))^2/2), less than 1/m; a null space that misses all m cones has
    ||z||_inf < delta ||z||_1 throughout, which is error < eps by the collapse theorem.
    The t used is close to the best one; each ingredient is a ball.
    Parameters and errors as `lcs.bounds.greedy.u1`. Returns a sufficient `Bound` (strict or not,
    the same d), d None unless eps <= 1, eps/k < 1/2 and m >= 2.

    >>> u3(1000, 1, "1/8").d
    263
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        reason = "needs m >= 2, eps <= 1 and eps/k < 1/2"
        return Bound("U3, Gordon", "sufficient", None, "LCS-u3", reason)
    t = _near_best(question)

    def gap(d: int) -> arb:
        radius = _cone_dimension(question, t).sqrt() + (2 * ball(question.m).log()).sqrt()
        return mean_length(d) - radius

    def suffices(d: int) -> bool:
        return d >= 1 and surely(lambda: gap(d) > 0, lambda: gap(d) < 0)

    # lam_d < sqrt d, so that no smaller d can suffice.
    start = max(1, math.floor(float((mean_length(1) - gap(1)).mid()) ** 2))
    d = first_from(suffices, start)
    reason = "Gaussian code with the best probes: its null space misses every cone"
    return Bound("U3, Gordon", "sufficient", d, "LCS-u3", reason)


def mean_length(d: int) -> arb:
    """E|g| for g Gaussian in R^d."""
    return arb(2).sqrt() * ((arb(d + 1) / 2).lgamma() - (arb(d) / 2).lgamma()).exp()


def normal(t: Fraction) -> tuple[arb, arb]:
    """The normal density at t, and the tail beyond it."""
    at = ball(t)
    return (-at * at / 2).exp() / (2 * arb.pi()).sqrt(), (at / arb(2).sqrt()).erfc() / 2


def _cone_dimension(question: Problem, t: Fraction) -> arb:
    """1 + t^2/mu^2 + 2(m-1)[(1+t^2) Q(t) - t phi(t)]."""
    at = ball(t)
    density, tail = normal(t)
    return (
        1
        + at**2 / ball(question.mu**2)
        + 2 * (question.m - 1) * ((1 + at**2) * tail - at * density)
    )


def _near_best(question: Problem) -> Fraction:
    """A t near the zero of t/mu^2 - 2(m-1)(phi(t) - t Q(t)), half the derivative of sd.

    In floats and logarithms: any t >= 0 gives a valid bound.
    """
    mu = question.mu
    target = math.log(2 * (question.m - 1)) + 2 * (
        math.log(mu.numerator) - math.log(mu.denominator)
    )
    low, high = 0.0, 36.0
    for _ in range(50):
        t = (low + high) / 2
        excess = math.exp(-t * t / 2) / math.sqrt(2 * math.pi) - t * math.erfc(t / math.sqrt(2)) / 2
        if excess > 0 and math.log(excess) - math.log(t) + target > 0:
            low = t
        else:
            high = t
    return Fraction(low).limit_denominator(2**20)
