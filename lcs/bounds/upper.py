"""Upper bounds on d(m, k, eps): dimensions that suffice, each with an explicit constant."""

from lcs.bounds.gordon import u3
from lcs.bounds.greedy import u1
from lcs.bounds.near_m import simplex, u5
from lcs.bounds.problem import Bound, Eps, exact_value, problem
from lcs.bounds.rademacher import lemma5, thm2, u0_exact, u0_hoeffding, u2

__all__ = [
    "best_upper",
    "edge_cases",
    "identity",
    "lemma5",
    "simplex",
    "thm2",
    "u0_exact",
    "u0_hoeffding",
    "u1",
    "u2",
    "u3",
    "u5",
]


def identity(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from above by m: one neuron per feature. Parameters and errors as `thm2`."""
    question = problem(m, k, eps, strict=strict)
    return Bound("identity", "sufficient", question.m, "LCS-collapse", "A = B = I")


def edge_cases(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Give d(m, k, eps) exactly where it is known, as `lcs.bounds.lower.edge_cases`."""
    known = exact_value(problem(m, k, eps, strict=strict))
    d, reason = known if known is not None else (None, "no edge case")
    return Bound("edge case", "sufficient", d, "LCS-collapse", reason)


def best_upper(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Return the smallest of the upper bounds. Parameters and errors as `thm2`.

    >>> best_upper(1000, 4, "1/8").d
    861
    """
    edge = edge_cases(m, k, eps, strict=strict)
    if edge.d is not None:
        return edge
    quick = (identity, simplex, u5, u3, u0_hoeffding, thm2)
    found = [f(m, k, eps, strict=strict) for f in quick]
    best = min((b for b in found if b.d is not None), key=lambda bound: bound.d or 0)
    # One comparison decides whether a slow one improves on the best so far.
    for slow in (u1, u2, u0_exact):
        better = slow(m, k, eps, strict=strict, below=best.d)
        best = best if better.d is None else better
    return best
