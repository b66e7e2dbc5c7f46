"""An upper bound on d by choosing unit columns one after the other (Gilbert-Varshamov)."""

from lcs.bounds.problem import Bound, Eps, ball, first_from, problem, surely


def u1(m: int, k: int, eps: Eps, *, strict: bool = True, below: int | None = None) -> Bound:
    """Bound d from above by (m-1) I_{1-mu^2}((d-1)/2, 1/2) < 1, A = B (LCS-u1).

    I, the regularised incomplete beta function, is the share of the unit sphere of R^d on which
    |<a, x>| >= mu. While m - 1 such caps do not cover the sphere, one more column fits.
    Parameters: m features, k active, eps the error allowed, all exact; strict: error < eps,
    otherwise error <= eps (the same d: caps without their rims cannot cover either); below: look
    only for smaller d than this.
    Returns a sufficient `Bound`, d None unless eps <= 1, eps/k < 1/2 and m >= 2, or where none is
    below.
    Raises ValueError and TypeError as `problem`.

    >>> u1(1000, 1, "1/4").d
    94
    """
    question = problem(m, k, eps, strict=strict)
    if not question.incoherent:
        reason = "needs m >= 2, eps <= 1 and eps/k < 1/2"
        return Bound("U1, greedy", "sufficient", None, "LCS-u1", reason)
    outside = 1 - question.mu**2

    def suffices(d: int) -> bool:
        def share():  # a ball at the precision in force
            half = ball(1) / 2
            cap = ball(outside).beta_lower(half * (d - 1), half, regularized=True)
            return (question.m - 1) * cap

        # Rational for odd d, so that a tie with 1 is possible; it does not suffice.
        return d >= 2 and surely(lambda: share() < 1, lambda: share() > 1)

    if below is not None and not suffices(below - 1):
        return Bound("U1, greedy", "sufficient", None, "LCS-u1", f"nothing below {below}")
    d = first_from(suffices, 2)
    return Bound("U1, greedy", "sufficient", d, "LCS-u1", "caps around m - 1 columns leave room")
