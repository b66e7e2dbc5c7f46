"""A lower bound on d by volume: the columns of A are far apart in the norm they span."""

from lcs.bounds.problem import Bound, Eps, least_satisfying, problem


def volume(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by ((3-mu)/(1-mu))^d > 2m + 1 (LCS-volume).

    In the norm whose unit ball K is the convex hull of the +-a_i, the probe b_i has dual norm 1
    and separates a_i from every +-a_j and from 0 by more than 1 - mu. So 2m + 1 copies of K at
    scale (1-mu)/2, around 0 and the +-a_i, do not overlap inside K at scale 1 + (1-mu)/2. The
    bound matters for mu near 1, where the rank bounds would need degrees beyond 60.
    Parameters and errors as `lcs.bounds.rank.welch`. Returns a necessary `Bound`, d None unless
    eps <= 1, eps/k < 1/2 and m >= 2.

    >>> volume(10**6, 1, "49/100").d
    4
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        reason = "needs m >= 2, eps <= 1 and eps/k < 1/2"
        return Bound("volume", "necessary", None, "LCS-volume", reason)
    b, a = question.mu.denominator, question.mu.numerator
    points, outer, inner = 2 * question.m + 1, 3 * b - a, b - a

    def fits(d: int) -> bool:
        return question.below(points * inner**d, outer**d)

    # The ratio is at least 3, so that 2 + log2(m) dimensions always hold the points.
    d = least_satisfying(fits, points.bit_length())
    reason = "2m + 1 disjoint copies of the hull of the columns inside a larger one"
    return Bound("volume", "necessary", d, "LCS-volume", reason)
