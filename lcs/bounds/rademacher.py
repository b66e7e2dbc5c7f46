"""Upper bounds on d by Rademacher codes: union bounds, each with an explicit constant.

They are existence proofs: some code of random signs works because the probability of failure is
below 1. With fail=p each gives the d at which a drawn code fails with probability at most p
instead, a statement that a measurement can contradict. With strict=False an error equal to eps
counts as success, which only the exact tails can use.
"""

import math
from fractions import Fraction

from flint import arb

from lcs.bounds.problem import (
    Bound,
    Eps,
    Problem,
    ball,
    least_above,
    least_satisfying,
    log_supports_and_signs,
    problem,
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
    return 1 if odds == 1 else least_above(lambda: ball(2 / level**2) * ball(odds).log())


def thm2(m: int, k: int, eps: Eps, *, strict: bool = True, fail: Eps = 1) -> Bound:
    """Bound d from above by floor(4 (k/eps)^2 ln m) + 1: Lemma 5 at mu = eps/k, fail -> 1.

    Parameters: m features, k active, eps the error allowed, all exact; strict: error < eps,
    otherwise error <= eps (here the same d); fail < 1 for the d at which a drawn code fails with
    at most that probability.
    Returns a sufficient `Bound`. Raises ValueError as `problem`, and unless 0 < fail <= 1.
    Reference: Garg, Kleinberg, Peng 2026, Theorem 2.

    >>> thm2(10**6, 16, "0.25").d
    226354
    """
    question = problem(m, k, eps, strict=strict)
    odds = m**2 / _chance(fail)
    d = 1 if odds == 1 else least_above(lambda: ball(2 / question.delta**2) * ball(odds).log())
    return Bound(
        "Theorem 2", "sufficient", d, "GKP26-thm2", "Rademacher code, pairwise union bound"
    )


def u0_hoeffding(m: int, k: int, eps: Eps, *, strict: bool = True, fail: Eps = 1) -> Bound:
    """Bound d from above by floor((2k/eps^2) ln(m C(m-1,k) 2^k)) + 1 (LCS-u0).

    A Rademacher code, B = A: a union bound over rows, supports and signs, Hoeffding for each sum.
    Parameters and errors as `thm2`. Returns a sufficient `Bound`, d None unless k < m.

    >>> u0_hoeffding(1000, 4, "1/2").d
    1092
    """
    question = problem(m, k, eps, strict=strict)
    if k >= m:
        return _outside("U0, Hoeffding")
    factor = 2 * question.k / question.eps**2
    chance = _chance(fail)
    d = least_above(lambda: ball(factor) * (log_supports_and_signs(m, k) - ball(chance).log()))
    return Bound("U0, Hoeffding", "sufficient", d, "LCS-u0", "Rademacher code, top-k union bound")


def u0_exact(
    m: int,
    k: int,
    eps: Eps,
    *,
    strict: bool = True,
    fail: Eps = 1,
    below: int | None = None,
) -> Bound:
    """Bound d from above by U0 with the exact binomial tail in place of Hoeffding's inequality.

    A d with m C(m-1,k) 2^k P(sum of k d signs >= eps d) < 1, the tail enclosed by balls. The
    condition is not quite monotone in d (the lattice of the sum): the d found satisfies it, and
    so do all larger codes by padding with zeros, but a slightly smaller d may satisfy it as well.
    Parameters and errors as `thm2`; below: look only for smaller d than this. Returns a sufficient
    `Bound`, d None unless k < m, or where none is below.

    >>> u0_exact(1000, 4, "1/2").d <= u0_hoeffding(1000, 4, "1/2").d
    True
    """
    question = problem(m, k, eps, strict=strict)
    high = u0_hoeffding(m, k, eps, strict=strict, fail=fail).d
    if high is None:
        return _outside("U0, exact tail")

    chance = _chance(fail)
    if below is not None and not _union_suffices(question, min(high, below - 1), chance):
        return Bound("U0, exact tail", "sufficient", None, "LCS-u0", f"nothing below {below}")
    high = high if below is None else min(high, below - 1)
    d = least_satisfying(lambda d: _union_suffices(question, d, chance), high)
    reason = "Rademacher code, top-k union bound, exact binomial tail"
    return Bound("U0, exact tail", "sufficient", d, "LCS-u0", reason)


def u2(m: int, k: int, eps: Eps, *, strict: bool = True, below: int | None = None) -> Bound:
    """Bound d from above by U0's exact tail at (K, K eps/k), the best K <= k/eps (LCS-u2).

    By the collapse theorem d(m, k, eps) = d(m, K, K eps/k) while K eps/k <= 1; the code is
    Rademacher, its probes are the best ones and not A itself. The K tried are at most 24, from
    the largest down to a third of it. At K eps/k = 1 an error of exactly 1 is no success, since
    A = B = 0 has it too.
    Parameters and errors as `thm2`; below: look only for smaller d than this. Returns a sufficient
    `Bound`, d None unless eps <= 1 (eps < 1 unless strict) and m >= 2, or where none is below.

    >>> u2(1000, 1, "1/10").d < u0_exact(1000, 1, "1/10").d
    True
    """
    question = problem(m, k, eps, strict=strict)
    largest = min(math.floor(1 / question.delta), question.m - 1)
    if question.trivial or largest < 1:
        return Bound("U2", "sufficient", None, "LCS-u2", "needs m >= 2 and an error below 1")
    best, at = below, None
    for K in range(largest, largest // 3, -max(1, largest // 36)):
        level = K * question.delta
        there = problem(m, K, level, strict=strict or level == 1)
        # One comparison decides whether this K improves on the best so far.
        if best is None or _union_suffices(there, best - 1, Fraction(1)):
            high = best or u0_hoeffding(m, K, level).d or 0
            best = least_satisfying(lambda d: _union_suffices(there, d, Fraction(1)), high)  # noqa: B023
            at = K
    if at is None:
        return Bound("U2", "sufficient", None, "LCS-u2", f"nothing below {below}")
    reason = f"Rademacher code with the best probes, U0 at {at} active features"
    return Bound("U2", "sufficient", best, "LCS-u2", reason, degree=at)


def _outside(name: str) -> Bound:
    return Bound(name, "sufficient", None, "LCS-u0", "needs k < m")


def _chance(fail: Eps) -> Fraction:
    chance = problem(1, 1, fail).eps
    if chance > 1:
        raise ValueError(f"fail must satisfy 0 < fail <= 1; got {fail!r}")
    return chance


def _union_suffices(question: Problem, d: int, chance: Fraction) -> bool:
    """m C(m-1, k) 2^k P(row sum too large) < chance, proved by balls."""
    if d < 1 or _log_failures(question, d) > _log(chance) + 0.1:
        return False
    events = log_supports_and_signs(question.m, question.k)
    return bool(events + _sign_tail(question, d).log() < ball(chance).log())


def _log_failures(question: Problem, d: int) -> float:
    """Bound ln(m C(m-1, k) 2^k P(S = least sum that is too large)) from below, in floats.

    Spares most of the balls: where it exceeds ln(chance) by far, balls would agree.
    """
    m, k, n = question.m, question.k, question.k * d
    x = 2 * _heads(question, d) / n - 1
    if x >= 1 or m.bit_length() > 1000:  # beyond floats, balls decide alone
        return -math.inf
    divergence = ((1 + x) * math.log1p(x) + (1 - x) * math.log1p(-x)) / 2
    tail = -n * divergence * (1 + 1e-9) - math.log(2 * n * (1 - x * x)) / 2
    # C(n, j) >= exp(n H(j/n))/sqrt(8 j (1 - j/n)), used for the tail and for the supports.
    supports = k * math.log((m - 1) / k)
    if k < m - 1:
        supports -= (m - 1 - k) * math.log1p(-k / (m - 1)) + math.log(8 * k * (1 - k / (m - 1))) / 2
    return math.log(m) + supports * (1 - 1e-9) + k * math.log(2) + tail


def _log(x: Fraction) -> float:
    return math.log(x.numerator) - math.log(x.denominator)


def _heads(question: Problem, d: int) -> int:
    """The fewest heads among k d coins that make the sum of signs too large."""
    level = (question.k * d + question.eps * d) / 2
    return math.ceil(level) if question.strict else math.floor(level) + 1


def _sign_tail(question: Problem, d: int) -> arb:
    """P(S >= eps d), > unless strict, for S a sum of n = k d independent signs, as a ball.

    At least `heads` of n fair coins show heads: the regularised incomplete beta function at 1/2.
    """
    n = question.k * d
    heads = _heads(question, d)
    if heads > n:
        return arb(0)
    return (arb(1) / 2).beta_lower(arb(heads), arb(n - heads + 1), regularized=True)
