"""The pair (A, B) behind the upper side of a bracket, built and measured before it is believed."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np

from lcs.bounds.bracket import Bracket
from lcs.codes.greedy import greedy
from lcs.codes.matrix import Matrix
from lcs.linear.error import WorstCase, worst_case_error
from lcs.threads import Progress

LARGEST = 2**28
"""Entries of A that `construct` agrees to hold, beside as many of B."""


class Proof(Enum):
    """What makes a constructed pair good enough; the value is the sentence to show."""

    MEASURED = "the measured error, with its rounding, is within eps"
    TIED = "the error equals eps by the code's proof; the measurement agrees to its rounding"


@dataclass(frozen=True, slots=True, eq=False)
class Construction:
    """A pair whose error at sparsity k is what the bracket asked for."""

    name: str
    A: Matrix  # (d, m)
    B: Matrix  # (d, m)
    error: WorstCase
    proof: Proof


def construct(
    bracket: Bracket,
    *,
    rng: np.random.Generator | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Construction:
    """Build the pair of fewest dimensions that the bracket can give, and measure its error.

    The explicit code of the bracket with probes A/(1 + mu); where a greedy code (U1) is smaller,
    one is drawn instead. Existence proofs of other kinds are passed over for the explicit code.
    Parameters: a bracket; rng for a drawn code; threads and progress as `worst_case_error`.
    Returns the pair with its exact error. Raises ValueError where nothing can be built: d = 0, no
    code, or more than 2^28 entries.

    >>> from lcs.bounds.bracket import bracket
    >>> made = construct(bracket(28, 1, "1/4", strict=False))
    >>> made.name, made.A.shape, made.proof.name
    ('Steiner triples(7)', (7, 28), 'TIED')
    """
    question = bracket.question
    drawn = bracket.upper.claim == "LCS-u1" and rng is not None
    d = bracket.d_sufficient if drawn or bracket.code is None else bracket.code.d
    if not drawn and bracket.code is None:
        why = "d = 0: A = B = 0 is good enough" if d == 0 else f"m = {question.m} and no code"
        raise ValueError(f"the bracket must have an explicit code to build; got {why}")
    if d * question.m > LARGEST:
        raise ValueError(
            f"A must have at most {LARGEST} entries; got {d} x {question.m}: "
            f"take columns of the code by their indices instead"
        )
    if drawn:
        assert rng is not None
        A = greedy(d, question.m, question.mu, rng=rng)
        scale = worst_case_error(A, k=1, scale="optimal", threads=threads).scale
        name, tied = f"greedy({d}, {question.m})", False
    else:
        code = bracket.code
        assert code is not None
        A, scale, name = code.matrix(), 1 / (1 + float(code.coherence)), code.name
        tied = not question.strict and not code.suffices(question.m, question.k, question.eps)
    B = scale * A
    error = worst_case_error(A, B, k=question.k, threads=threads, progress=progress)
    return Construction(name, A, B, error, _proof(bracket, error, tied))


def _proof(bracket: Bracket, error: WorstCase, tied: bool) -> Proof:
    eps = bracket.question.eps
    if Fraction(error.upper) < eps or (
        not bracket.question.strict and Fraction(error.upper) == eps
    ):
        return Proof.MEASURED
    if tied and Fraction(error.lower) <= eps:
        return Proof.TIED
    raise ArithmeticError(
        f"the pair must have an error within {eps}; measured {error.value!r} +- {error.rounding!r}"
    )
