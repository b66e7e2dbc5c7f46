"""Upper bounds on d(m, k, eps): dimensions that suffice, each with an explicit constant."""

from lcs.bounds.gordon import u3
from lcs.bounds.greedy import u1
from lcs.bounds.near_m import simplex, u5
from lcs.bounds.problem import Bound, Eps, exact_value, problem
from lcs.bounds.rademacher import lemma5, thm2, u0_exact, u0_hoeffding, u2
from lcs.codes.smallest import smallest_code

__all__ = [
    "best_upper",
    "edge_cases",
    "existence",
    "explicit",
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


def explicit(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Bound d from above by the smallest explicit code known here, `lcs.codes.smallest`.

    Parameters and errors as `thm2`. Returns a sufficient `Bound` with its code; d is None where
    A = B = 0 is good enough, and for m >= 2^63, where columns cannot be numbered.

    >>> explicit(10**6, 16, "1/4").code.name
    'Kerdock(12)'
    """
    question = problem(m, k, eps, strict=strict)
    if question.trivial or question.m >= 2**63:
        reason = "A = B = 0 is good enough" if question.trivial else "m must be below 2^63"
        return Bound("explicit code", "sufficient", None, "LCS-collapse", reason)
    code = smallest_code(question.m, question.k, question.eps, strict=strict)
    reason = f"explicit code of coherence {float(code.coherence):.6g}; {code.reference}"
    return Bound(code.name, "sufficient", code.d, code.claim, reason, code=code)


def existence(m: int, k: int, eps: Eps, *, strict: bool = True, below: int | None = None) -> Bound:
    """Bound d from above by the best formula, most of them proofs that codes exist.

    Parameters and errors as `thm2`; below: look only for smaller d than this. Returns a sufficient
    `Bound`, d None where none is below.

    >>> existence(1000, 4, "1/8").d
    861
    """
    edge = edge_cases(m, k, eps, strict=strict)
    quick = (identity, simplex, u5, u3, u0_hoeffding, thm2)
    found = [f(m, k, eps, strict=strict) for f in quick] if edge.d is None else [edge]
    best = min((b for b in found if b.d is not None), key=lambda bound: bound.d or 0)
    if below is not None and (best.d or 0) >= below:
        best = Bound("existence", "sufficient", None, "LCS-collapse", f"nothing below {below}")
    # One comparison decides whether a slow one improves on the best so far.
    for slow in (u1, u2, u0_exact) if edge.d is None else ():
        better = slow(m, k, eps, strict=strict, below=below if best.d is None else best.d)
        best = best if better.d is None else better
    return best


def best_upper(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bound:
    """Return the smallest of the upper bounds, by an explicit code where one is as small.

    Parameters and errors as `thm2`.

    >>> best_upper(1000, 4, "1/8").d, best_upper(10**9, 1, "0.4").name
    (505, 'U1, greedy')
    """
    by_code = explicit(m, k, eps, strict=strict)
    by_proof = existence(m, k, eps, strict=strict, below=by_code.d)
    return by_code if by_proof.d is None else by_proof
