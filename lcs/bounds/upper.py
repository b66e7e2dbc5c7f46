"""Upper bounds on d(m, k, eps): dimensions that suffice, each with an explicit constant.

The bounds by random codes are existence proofs: some Rademacher code works because the probability
of failure is below 1. With fail=p each gives the d at which a drawn code fails with probability at
most p instead, a statement that a measurement can contradict.
"""

import math
from fractions import Fraction

from flint import arb

from lcs.bounds.problem import (
    Bound,
    Eps,
    Problem,
    exact_value,
    least_above,
    least_satisfying,
    problem,
    supports_and_signs,
)


def lemma5(m: int, mu: Eps, fail: Eps) -> int:
    """Return the d at which Rademacher columns are mu-incoherent with probability >= 1 - fail.

    The least integer d >= (2/mu^2)(2 ln m - ln fail).
    Parameters: m >= 1 columns, mu > 0, 0 < fail <= 1. Raises ValueError outside them.
    Reference: Garg, Kleinberg, Peng 2026, Lemma 5.

    >>> lemma5(1000, "0.25", "0.01")
    590
    """
    level, odds = problem(m, 1, mu).eps, m**2 / _chance(fail)
    return 1 if odds == 1 else least_above(lambda: _ball(2 / level**2) * _ball(odds).log())


def thm2(m: int, k: int, eps: Eps, *, fail: Eps = 1) -> Bound:
    """Bound d from above by floor(4 (k/eps)^2 ln m) + 1: Lemma 5 at mu = eps/k, fail -> 1.

    Parameters: m features, k active, eps the error allowed (strictly below), all exact; fail < 1
    for the d at which a drawn code fails with at most that probability.
    Returns a sufficient `Bound`. Raises ValueError as `problem`, and unless 0 < fail <= 1.
    Reference: Garg, Kleinberg, Peng 2026, Theorem 2.

    >>> thm2(10**6, 16, "0.25").d
    226354
    """
    question = problem(m, k, eps)
    odds = m**2 / _chance(fail)
    d = 1 if odds == 1 else least_above(lambda: _ball(2 / question.delta**2) * _ball(odds).log())
    return Bound(
        "Theorem 2", "sufficient", d, "GKP26-thm2", "Rademacher code, pairwise union bound"
    )


def u0_hoeffding(m: int, k: int, eps: Eps, *, fail: Eps = 1) -> Bound:
    """Bound d from above by floor((2k/eps^2) ln(m C(m-1,k) 2^k)) + 1 (THEORY U0).

    A Rademacher code, B = A: a union bound over rows, supports and signs, Hoeffding for each sum.
    Parameters and errors as `thm2`. Returns a sufficient `Bound`, d None unless k < m.

    >>> u0_hoeffding(1000, 4, "1/2").d
    1092
    """
    question = problem(m, k, eps)
    if k >= m:
        return _outside("U0, Hoeffding")
    factor = 2 * question.k / question.eps**2
    odds = supports_and_signs(m, k) / _chance(fail)
    d = least_above(lambda: _ball(factor) * _ball(odds).log())
    return Bound("U0, Hoeffding", "sufficient", d, "LCS-u0", "Rademacher code, top-k union bound")


def u0_exact(m: int, k: int, eps: Eps, *, fail: Eps = 1) -> Bound:
    """Bound d from above by U0 with the exact binomial tail in place of Hoeffding's inequality.

    A d with m C(m-1,k) 2^k P(sum of k d signs >= eps d) < 1, the tail enclosed by balls. The
    condition is not quite monotone in d (the lattice of the sum): the d found satisfies it, and
    so do all larger codes by padding with zeros, but a slightly smaller d may satisfy it as well.
    Parameters and errors as `thm2`. Returns a sufficient `Bound`, d None unless k < m.

    >>> u0_exact(1000, 4, "1/2").d <= u0_hoeffding(1000, 4, "1/2").d
    True
    """
    question = problem(m, k, eps)
    high = u0_hoeffding(m, k, eps, fail=fail).d
    if high is None:
        return _outside("U0, exact tail")

    chance = _ball(_chance(fail))

    def suffices(d: int) -> bool:
        return d >= 1 and bool(supports_and_signs(m, k) * _sign_tail(question, d) < chance)

    d = least_satisfying(suffices, high)
    reason = "Rademacher code, top-k union bound, exact binomial tail"
    return Bound("U0, exact tail", "sufficient", d, "LCS-u0", reason)


def identity(m: int, k: int, eps: Eps) -> Bound:
    """Bound d from above by m: one neuron per feature. Parameters and errors as `thm2`."""
    problem(m, k, eps)
    return Bound("identity", "sufficient", m, "LCS-collapse", "A = B = I")


def edge_cases(m: int, k: int, eps: Eps) -> Bound:
    """Give d(m, k, eps) exactly where it is known, as `lcs.bounds.lower.edge_cases`."""
    known = exact_value(problem(m, k, eps))
    d, reason = known if known is not None else (None, "no edge case")
    return Bound("edge case", "sufficient", d, "LCS-collapse", reason)


def best_upper(m: int, k: int, eps: Eps) -> Bound:
    """Return the smallest of the upper bounds. Parameters and errors as `thm2`."""
    bounds = [f(m, k, eps) for f in (edge_cases, identity, u0_exact, u0_hoeffding, thm2)]
    return min((b for b in bounds if b.d is not None), key=lambda bound: bound.d or 0)


def _outside(name: str) -> Bound:
    return Bound(name, "sufficient", None, "LCS-u0", "needs k < m")


def _chance(fail: Eps) -> Fraction:
    chance = problem(1, 1, fail).eps
    if chance > 1:
        raise ValueError(f"fail must satisfy 0 < fail <= 1; got {fail!r}")
    return chance


def _ball(x: Fraction | int) -> arb:
    exact = Fraction(x)
    return arb(exact.numerator) / arb(exact.denominator)


def _sign_tail(question: Problem, d: int) -> arb:
    """P(S >= eps d) for S a sum of n = k d independent signs, as a ball.

    At least `heads` of n fair coins show heads: the regularised incomplete beta function at 1/2.
    """
    n = question.k * d
    heads = math.ceil((n + question.eps * d) / 2)
    if heads > n:
        return arb(0)
    return (arb(1) / 2).beta_lower(arb(heads), arb(n - heads + 1), regularized=True)
