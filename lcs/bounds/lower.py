"""Lower bounds on d(m, k, eps): dimensions that no pair of codes can do without."""

from typing import get_args

from lcs.bounds.levenshtein import levenshtein
from lcs.bounds.nullspace import nullspace
from lcs.bounds.packing_lp import delsarte
from lcs.bounds.problem import Bound, Eps, Scope, exact_value, problem
from lcs.bounds.rank import DEGREES, rank_chebyshev, rank_monomial, welch
from lcs.bounds.rates import rate_chebyshev, rate_monomial
from lcs.bounds.volume import volume

__all__ = [
    "DEGREES",
    "best_lower",
    "delsarte",
    "edge_cases",
    "levenshtein",
    "nullspace",
    "rank_chebyshev",
    "rank_monomial",
    "rate_chebyshev",
    "rate_monomial",
    "volume",
    "welch",
]


def edge_cases(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Give d(m, k, eps) exactly where it is known: eps > 1, eps/k >= 1/2 or k/eps >= m.

    With strict=False: eps >= 1, eps/k >= 1/2 or k/eps > m.
    Parameters and errors as `welch`. Returns a `Bound` whose d is None elsewhere.
    """
    known = exact_value(problem(m, k, eps, strict=strict))
    d, reason = known if known is not None else (None, "no edge case")
    return Bound("edge case", "necessary", d, "LCS-collapse", reason)


def best_lower(
    m: int, k: int, eps: Eps, *, strict: bool = True, scope: Scope = "any A, B"
) -> Bound:
    """Return the largest of the lower bounds on d(m, k, eps).

    With scope="A = B" also those that hold for unit columns of coherence below mu alone (`Bound`).
    Parameters and errors as `welch`; raises ValueError for another scope.

    >>> best_lower(10**6, 16, "1/4").d, best_lower(10**6, 1, "1/4").d
    (3954, 48)
    >>> best_lower(10**6, 1, "1/4", scope="A = B").d
    56
    """
    if scope not in get_args(Scope):
        raise ValueError(f"scope must be one of {get_args(Scope)}; got {scope!r}")
    edge = edge_cases(m, k, eps, strict=strict)
    if edge.d is not None:
        return edge
    bounds = [rank_chebyshev, rank_monomial, nullspace, volume]
    bounds += [delsarte] if scope == "A = B" else []
    return max((f(m, k, eps, strict=strict) for f in bounds), key=lambda bound: bound.d or 0)
