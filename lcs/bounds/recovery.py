"""Dimensions that suffice for recovery by l1-minimisation, every constant explicit.

The kernel of a Gaussian A (d, m) misses a cone K with probability at least
    1 - exp(-(lam_d - w)^2/2),  lam_d = E|g_d| > w >= E sup {<g, h> : h in K, |h| = 1}    (Gordon).
One z of k entries is lost only if the kernel meets {<s, h_S> >= ||h_off||_1}, and some k-sparse z
only if it meets {||h||_[k] >= ||h||_1/2}. For every t >= 0, by adding t times what is not negative,
    one:   w^2 <= k(1 + t^2) + (m-k) E(|g|-t)_+^2,
    every: w^2 <= m E(|g|-t)_+^2 + E sum of the k largest f(|g_i|), f(x) = (x+t)^2 - (x-t)_+^2,
where f is increasing, so that its k largest sum to at most k f(u) + sum_i (f(|g_i|) - f(u))_+.
Closed form: the width of one support with signs is at most 2 k ln(m/k) + 5k/4, and there are
at most (em/k)^k 2^(k-1) of them up to h -> -h; with lam_d^2 > d - 1, d <= 8 k ln(m/k) + 9.28 k
suffices for every z, and so does m: together 11 k ln(m/k) for k <= m/2.
Reference: Gordon 1988; Chandrasekaran, Recht, Parrilo, Willsky 2012; Stojnic 2009.
"""

import math
from fractions import Fraction
from typing import Literal

from flint import arb
from scipy.optimize import minimize

from lcs.bounds.gordon import mean_length, normal
from lcs.bounds.problem import Bound, Eps, ball, first_from, positive, problem, surely

Signals = Literal["every", "one"]


def l1_sufficient_d(
    m: int, k: int, *, signals: Signals = "every", failure: Eps | None = None
) -> Bound:
    """Bound from above the d at which l1-minimisation recovers k-sparse signals of m features.

    The least d with lam_d - w > sqrt(2 ln(1/failure)), or m where that is smaller: a Gaussian
    A (d, m) recovers all k-sparse z at once ("every"), or one fixed z of k entries ("one"), with
    probability above 1 - failure. Without `failure` with some probability above 0: a code exists.

    Parameters: m >= k >= 1 integers; signals; failure in (0, 1] or None, taken at its exact value.
    Returns a sufficient `Bound` on the d of recovery, not of linear readout.
    Raises ValueError elsewhere.
    Reference: claim GKP26-thm1.

    >>> l1_sufficient_d(1000, 10, signals="one").d, l1_sufficient_d(1000, 10).d
    (62, 220)
    """
    question = problem(m, k, 1)
    if signals not in ("every", "one"):
        raise ValueError(f'signals must be "every" or "one"; got {signals!r}')
    chance = Fraction(1) if failure is None else positive("failure", failure)
    if chance > 1:
        raise ValueError(f"failure must be at most 1; got {failure!r}")
    m, k = question.m, question.k
    t, u = _near_best(m, k, signals)

    def gap(d: int) -> arb:
        square = _one(m, k, t) if signals == "one" else _every(m, k, t, u)
        return mean_length(d) - square.sqrt() - (-2 * ball(chance).log()).sqrt()

    def suffices(d: int) -> bool:
        return d >= m or surely(lambda: gap(d) > 0, lambda: gap(d) < 0)

    # lam_d < sqrt d, so that no smaller d can suffice.
    start = max(1, min(m, math.floor(float((mean_length(1) - gap(1)).mid()) ** 2)))
    d = first_from(suffices, start)
    known = "A = I" if d == m else "Gaussian code: its null space misses the cone"
    return Bound("l1, Gordon", "sufficient", d, "GKP26-thm1", known)


def _excess(t: Fraction) -> arb:
    """E(|g|-t)_+^2."""
    phi, Q = normal(t)
    at = ball(t)
    return 2 * ((1 + at**2) * Q - at * phi)


def _one(m: int, k: int, t: Fraction) -> arb:
    """k(1 + t^2) + (m-k) E(|g|-t)_+^2."""
    return k * (1 + ball(t) ** 2) + (m - k) * _excess(t)


def _every(m: int, k: int, t: Fraction, u: Fraction) -> arb:
    """m (E(|g|-t)_+^2 + E(f(|g|) - f(u))_+) + k f(u)."""
    at, cut = ball(t), ball(u)
    if u >= t:  # there f(x) = 4 t x
        phi, Q = normal(u)
        above, level = 8 * at * (phi - cut * Q), 4 * at * cut
    else:
        level = (cut + at) ** 2
        (phi, Q), (phit, Qt) = normal(u), normal(t)
        # E of (x + t)^2 - level over u < x, less what it exceeds f by over t < x, (x - t)^2.
        above = 2 * ((1 + at**2 - level) * Q + (cut + 2 * at) * phi)
        above -= 2 * ((1 + at**2) * Qt - at * phit)
    return m * (_excess(t) + above) + k * level


def _near_best(m: int, k: int, signals: Signals) -> tuple[Fraction, Fraction]:
    """(t, u) near the best ones, in floats: any t, u >= 0 give a valid bound."""

    def square(x: list[float]) -> float:
        t, u = (Fraction(min(abs(float(a)), 36.0)).limit_denominator(2**20) for a in x)
        return float((_one(m, k, t) if signals == "one" else _every(m, k, t, u)).mid())

    start = math.sqrt(2 * math.log(m / k) + 0.1)
    found = minimize(square, [start, start], method="Nelder-Mead", options={"xatol": 1e-6})
    t, u = (Fraction(min(abs(float(a)), 36.0)).limit_denominator(2**20) for a in found.x)
    return t, u
