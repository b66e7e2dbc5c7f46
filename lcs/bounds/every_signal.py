"""Rows that suffice for l1 to recover every k-sparse signal: Gordon's escape theorem, explicit.

A recovers every k-sparse z iff no h in ker A but 0 lies in the cone
    T = {h : ||h_S||_1 >= ||h_{S^c}||_1 for some S of k indices}.
For h in T of length 1 and every lam >= 0, with g Gaussian and F(x) = (x + lam)^2 - (x - lam)_+^2,
    <g, h> <= <g, h> + lam (||h_S||_1 - ||h_{S^c}||_1)
           <= sum_S (|g_i| + lam) |h_i| + sum_{S^c} (|g_i| - lam)_+ |h_i|,
whose square is at most sum_i (|g_i| - lam)_+^2 + the sum of the k largest F(|g_i|), and that sum is
at most k F(t) + sum_i (F(|g_i|) - F(t))_+ for every t. F is 4 lam x above lam, so that for t >= lam
    w(T)^2 <= 2m [(1 + lam^2) Q(lam) - lam phi(lam)] + 4 lam k t + 8 lam m [phi(t) - t Q(t)],
phi the normal density, Q its upper tail: about 8 k ln(m/k) for small k/m.
"""

import math
from fractions import Fraction

from flint import arb
from scipy.special import ndtri

from lcs.bounds.gordon import mean_length, normal
from lcs.bounds.problem import Bound, Eps, ball, first_from, positive, problem, surely


def l1_gordon(m: int, k: int, *, fail: Eps = 1) -> Bound:
    """Bound the rows with which l1 recovers every k-sparse signal by lam_d > w, Gaussian A.

    lam_d = sqrt2 Gamma((d+1)/2)/Gamma(d/2) is the mean length of a Gaussian vector. By Gordon's
    theorem the kernel of a Gaussian A meets T with probability at most exp(-(lam_d - w)^2/2), w
    the square root of the bound above at a near best (lam, t); each ingredient is a ball.
    Parameters: m features, k active; fail < 1 for the d at which a drawn code fails with at most
    that probability. Returns a sufficient `Bound` on the rows of l1, m at most (the identity).
    Raises ValueError unless 1 <= k <= m and 0 < fail <= 1.
    Reference: Gordon 1988; Garg, Kleinberg, Peng 2026, Theorem 1, here with its constant.

    >>> l1_gordon(8192, 8).d
    301
    """
    problem(m, k, 1)
    chance = positive("fail", fail)
    if chance > 1:
        raise ValueError(f"fail must satisfy 0 < fail <= 1; got {fail!r}")
    lam, t = _near_best(m, k)

    def gap(d: int) -> arb:
        extra = (-2 * ball(chance).log()).sqrt() if chance < 1 else arb(0)
        return mean_length(d) - _width_squared(m, k, lam, t).sqrt() - extra

    def suffices(d: int) -> bool:
        return d >= m or surely(lambda: gap(d) > 0, lambda: gap(d) < 0)

    # lam_d < sqrt d, so that no smaller d can suffice.
    least = float((mean_length(1) - gap(1)).mid()) ** 2
    d = m if least >= m else first_from(suffices, max(1, math.floor(least)))
    reason = "Gaussian code: its null space misses the cone of all k-sparse signals"
    return Bound("l1, Gordon", "sufficient", d, "GKP26-thm1", reason if d < m else "A = I")


def _width_squared(m: int, k: int, lam: Fraction, t: Fraction) -> arb:
    """2m [(1 + lam^2) Q(lam) - lam phi(lam)] + 4 lam k t + 8 lam m [phi(t) - t Q(t)], t >= lam."""
    (low, tail), (density, beyond) = normal(lam), normal(t)
    at, above = ball(lam), ball(t)
    return (
        2 * m * ((1 + at**2) * tail - at * low)
        + 4 * at * k * above
        + 8 * at * m * (density - above * beyond)
    )


def _near_best(m: int, k: int) -> tuple[Fraction, Fraction]:
    """(lam, t), t >= lam, near the least bound; in floats, since any such pair gives a bound.

    In t the bound is least at 2 m Q(t) = k; in lam where -m E(|g| - lam)_+ + 2 k t + 4 m [phi(t) -
    t Q(t)] vanishes, half its derivative.
    """

    def excess(x: float) -> float:
        return math.exp(-x * x / 2) / math.sqrt(2 * math.pi) - x * math.erfc(x / math.sqrt(2)) / 2

    t = -float(ndtri(k / (2 * m)))
    low, high = 0.0, t
    for _ in range(50):
        lam = (low + high) / 2
        if -2 * m * excess(lam) + 2 * k * t + 4 * m * excess(t) < 0:
            low = lam
        else:
            high = lam
    return tuple(Fraction(x).limit_denominator(2**20) for x in (min(low, t), t))  # pyright: ignore[reportReturnType]
