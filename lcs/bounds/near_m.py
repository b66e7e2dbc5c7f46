"""Upper bounds on d for d near m: leave out a few directions that meet every feature alike."""

import math

from lcs.bounds.problem import Bound, Eps, problem


def u5(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from above by m - ceil(m eps/k) + 1, m - floor(m eps/k) unless strict (LCS-u5).

    There are projections P of every rank q with all diagonal entries q/m (Schur-Horn), hence all
    entries at most q/m in absolute value. B^T A = I - P has rank m - q and error q/m at k = 1.
    Parameters and errors as `lcs.bounds.greedy.u1`. Returns a sufficient `Bound`, d None for
    eps > 1 (eps = 1 unless strict).

    >>> u5(1000, 1, "1/64").d, u5(64, 1, "1/32").d, u5(64, 1, "1/32", strict=False).d
    (985, 63, 62)
    """
    question = problem(m, k, eps, strict=strict)
    if question.trivial:
        return Bound("U5, projection", "sufficient", None, "LCS-u5", "A = B = 0 is good enough")
    share = question.delta * question.m
    q = math.ceil(share) - 1 if question.strict else math.floor(share)
    reason = f"complement of a projection of rank {q} with equal diagonal"
    return Bound("U5, projection", "sufficient", question.m - q, "LCS-u5", reason)


def simplex(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from above by m - 1 where m eps/k > 1 (>= 1 unless strict): U5 at rank 1.

    Parameters and errors as `u5`. Returns a sufficient `Bound`, d None elsewhere.

    >>> simplex(4, 1, "1/3").d
    3
    """
    question = problem(m, k, eps, strict=strict)
    reaches = question.below(1, question.delta * question.m) and question.m > 1
    if question.trivial or not reaches:
        return Bound("simplex", "sufficient", None, "LCS-u5", "needs m eps/k > 1 and eps <= 1")
    reason = "m vectors from the centre of a regular simplex to its corners"
    return Bound("simplex", "sufficient", question.m - 1, "LCS-u5", reason)
