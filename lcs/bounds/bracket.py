"""The certified bracket: d_necessary <= d(m, k, eps) <= d_sufficient, each side with its reason."""

from dataclasses import dataclass

from lcs.bounds.lower import best_lower
from lcs.bounds.problem import Bound, Eps, Problem, problem
from lcs.bounds.recheck import Check, recheck_necessary, recheck_sufficient
from lcs.bounds.upper import existence, explicit
from lcs.codes.code import Code


@dataclass(frozen=True, slots=True)
class Bracket:
    """What is proved about d(m, k, eps), the least dimension that reads k of m features.

    `code` is the smallest explicit code known here, d = code.d; it proves the upper bound unless
    `upper` is smaller, and then `upper` is a proof that codes exist. None where d = 0 suffices or
    where m is too large to number its columns.
    """

    question: Problem
    lower: Bound
    upper: Bound
    code: Code | None

    @property
    def d_necessary(self) -> int:
        """No pair (A, B) of fewer dimensions has the error asked for."""
        return self.lower.d or 0

    @property
    def d_sufficient(self) -> int:
        """Some pair (A, B) of so many dimensions has it."""
        return self.upper.d or 0

    @property
    def tight(self) -> bool:
        """Whether d(m, k, eps) is known."""
        return self.d_necessary == self.d_sufficient

    @property
    def constructible(self) -> bool:
        """Whether the code proves the upper bound."""
        return self.upper.code is not None

    @property
    def ratio(self) -> float:
        """d_sufficient/d_necessary, 1 where both are 0."""
        return self.d_sufficient / self.d_necessary if self.d_necessary else 1.0

    def checks(self) -> tuple[Check, Check]:
        """Check both sides again: d_necessary - 1 is too few, d_sufficient is enough."""
        return (
            recheck_necessary(self.lower, self.question),
            recheck_sufficient(self.upper, self.question),
        )


def bracket(m: int, k: int, eps: Eps, *, strict: bool = True) -> Bracket:
    """Bracket d(m, k, eps) between the best lower bound and the smallest code or existence proof.

    d(m, k, eps) is the least d such that some A, B in R^(d x m) have worst-case error
    ||B^T A z - z||_inf < eps over all k-sparse z in [-1, 1]^m (<= eps unless strict).
    Parameters: m features, k active, eps taken at its exact value ("0.1" is one tenth), strict.
    Returns a `Bracket`. Raises ValueError unless 1 <= k <= m and eps is finite and > 0.

    >>> found = bracket(10**6, 16, "1/4")
    >>> found.d_necessary, found.d_sufficient, found.upper.name
    (3954, 4096, 'Kerdock(12)')
    >>> all(check.holds for check in found.checks())
    True
    """
    question = problem(m, k, eps, strict=strict)
    point = (question.m, question.k, question.eps)
    by_code = explicit(*point, strict=strict)
    by_proof = existence(*point, strict=strict, below=by_code.d)
    return Bracket(
        question=question,
        lower=best_lower(*point, strict=strict),
        upper=by_code if by_proof.d is None else by_proof,
        code=by_code.code,
    )
