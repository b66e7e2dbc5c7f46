"""A smaller upper side of the bracket, by packings found for this very question."""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from lcs.bounds.bracket import Bracket
from lcs.bounds.problem import Bound
from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.packing import Array, Packing, Progress, pack
from lcs.codes.surd import Surd

MOST_FEATURES = 256
"""Beyond, one restart takes minutes."""


def improve(
    bracket: Bracket,
    *,
    rng: np.random.Generator,
    restarts: int = 50,
    threads: int = 1,
    progress: Progress | None = None,
) -> Bracket:
    """Lower d_sufficient one dimension at a time while a packing of A = B is found that suffices.

    The coherence of a packing is proved for its stored numbers. A search that fails proves
    nothing: d_necessary stays as it is.
    Parameters: a bracket of at most 256 features; rng; restarts per dimension; threads and
    progress as `lcs.codes.packing.pack`. Returns the bracket with the best code found, or as it
    was. Raises ValueError for more features or restarts < 1, TypeError without rng.

    >>> from lcs.bounds.bracket import bracket
    >>> before = bracket(9, 1, "0.31")
    >>> after = improve(before, rng=np.random.default_rng(0), restarts=5)
    >>> before.d_sufficient, after.d_sufficient, after.d_necessary
    (5, 4, 4)
    """
    question = bracket.question
    require(question.m <= MOST_FEATURES, f"m must be at most {MOST_FEATURES}", question.m)
    require(is_integer(restarts) and restarts >= 1, "restarts must be an integer >= 1", restarts)
    best = bracket
    while best.d_sufficient - 1 >= max(1, best.d_necessary):
        (child,) = rng.spawn(1)
        d = best.d_sufficient - 1
        settings = {"restarts": restarts, "threads": threads, "progress": progress}
        packing = pack(d, question.m, rng=child, **settings)
        if not packing.suffices(question.k, question.eps, strict=question.strict):
            break
        code = _code(packing)
        reason = f"found by search, coherence {packing.coherence:.6g} proved for its numbers"
        upper = Bound(code.name, "sufficient", code.d, code.claim, reason, code=code)
        best = replace(best, upper=upper, code=code)
    return best


def _code(packing: Packing) -> Code:
    A: Array = packing.A

    def columns(indices: Indices) -> Array:
        return A[:, indices]

    mu, name = Surd(Fraction(packing.coherence)), f"packing({packing.d}, {packing.m})"
    source = "found by search"
    return Code(name, packing.d, packing.m, mu, False, "LCS-collapse", source, columns)
