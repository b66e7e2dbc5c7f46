"""A lower bound on d for d near m: the null space of A holds a vector with a large entry."""

from fractions import Fraction

from lcs.bounds.problem import Bound, Eps, least_satisfying, problem


def nullspace(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from below by q/lam(q) < m eps/k for q = m - d, lam(q) the projection constant.

    M = I - B^T A fixes every vector of the null space, of dimension q. A projection P of norm
    at most lam(q) in l_inf onto it has M P = P, so q = tr(M P) <= max|M_ij| sum|P_ij| <=
    max|M_ij| m lam(q). The largest projection constant of q-dimensional real spaces obeys
    lam(q) <= (2/(q+1)) (1 + (q-1) sqrt(q+2)/2), with equality where q(q+1)/2 equiangular lines
    exist (q = 2, 3, 7, 23). Better than the Welch bound where m > q(q+1)/2.
    Parameters and errors as `lcs.bounds.rank.welch`. Returns a necessary `Bound`, d None for
    eps > 1 (eps = 1 unless strict).
    Reference: Bukh, Cox, Israel J. Math. 238 (2020); Deregowska, Lewandowska, J. Funct. Anal.
    286 (2024), arXiv 2206.09454.

    >>> nullspace(100, 1, "1/32").d
    92
    """
    question = problem(m, k, eps, strict=strict)
    if question.trivial:
        reason = "A = B = 0 is good enough"
        return Bound("null space", "necessary", None, "LCS-nullspace-bound", reason)
    m, share = question.m, question.delta * question.m

    def allowed(d: int) -> bool:
        return d == m or within(m - d, share, question.strict)

    # q/lam(q) grows with q, so that the dimensions allowed are the largest ones.
    d = 0 if allowed(0) else least_satisfying(allowed, m)
    reason = f"a null space of dimension {m - d + 1} holds a vector with too large an entry"
    return Bound("null space", "necessary", d, "LCS-nullspace-bound", reason)


def within(q: int, share: Fraction, strict: bool) -> bool:
    """q/lam(q) < share (<= unless strict), the root moved to one side and squared."""
    rest, factor = q * (q + 1) - 2 * share, share * (q - 1)
    square = rest**2 - factor**2 * (q + 2)
    return rest < 0 or square < 0 or (square == 0 and not strict)
