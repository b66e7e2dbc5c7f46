"""A proof as numbered steps, each checked in one of four ways when it is run.

    proof = Proof("LCS-rank-l1")

    @proof.symbolic("Why the step matters, and what it says: $(a+b)^2 - a^2 - b^2 = 2ab$.")
    def _() -> Steps:
        yield (a + b) ** 2 - a**2 - b**2 - 2 * a * b

A step is a generator of what is to be shown. Each kind accepts one sort of thing, so that a step
cannot pass as stronger than it is, and a step that yields nothing has failed.

symbolic  sympy expressions that simplify to 0, or sympy relations that simplify to true under the
          assumptions on their symbols: identities and signs on a stated domain.
exact     truth values of comparisons of integers or rationals: finite cases, over a stated range.
enclosed  balls (`flint.arb`) that lie above 0 as a whole: inequalities, `over` boxes that cover a
          stated domain.
cited     a theorem that is not proved here, or another claim that has its own proof; what is
          yielded are truth values: its hypotheses.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import sympy
from flint import arb
from sympy.logic.boolalg import Boolean, BooleanTrue

from lcs.claims import CLAIMS, claim

Kind = Literal["symbolic", "exact", "enclosed", "cited"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Steps = Iterator[Any]
Body = Callable[[], Steps]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it says (text with inline LaTeX), how it is checked, and by what."""

    kind: Kind
    text: str
    body: Body
    source: str | None = None  # of a cited step: a reference, or the id of a claim


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step: how many things it showed, the first that failed, and seconds."""

    number: int
    kind: Kind
    text: str
    source: str | None
    shown: int
    failed: str | None
    seconds: float


@dataclass(slots=True)
class Proof:
    """The steps that prove a claim, a part of it, or refute it as it is stated, in order."""

    id: str
    refutes: bool = False
    partial: bool = False  # the rest of the claim is left to search and measurement
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse an id that is not in the ledger, naming its neighbours."""
        claim(self.id)

    def symbolic(self, text: str) -> Callable[[Body], Body]:
        """Add a step of sympy expressions that are 0 and relations that are true."""
        return self._add("symbolic", text)

    def exact(self, text: str) -> Callable[[Body], Body]:
        """Add a step of truth values computed in integers or rationals."""
        return self._add("exact", text)

    def enclosed(self, text: str) -> Callable[[Body], Body]:
        """Add a step of balls that lie above 0."""
        return self._add("enclosed", text)

    def cited(self, text: str, *, source: str) -> Callable[[Body], Body]:
        """Add a step that rests on a theorem or on another claim; its hypotheses are yielded."""
        return self._add("cited", text, source)

    def _add(self, kind: Kind, text: str, source: str | None = None) -> Callable[[Body], Body]:
        def add(body: Body) -> Body:
            self.steps.append(Step(kind, text, body, source))
            return body

        return add

    def run(self) -> Iterator[Outcome]:
        """Check every step in order, those after a failure included."""
        for number, step in enumerate(self.steps, 1):
            start = time.perf_counter()
            shown, failed = _checked(step)
            seconds = time.perf_counter() - start
            yield Outcome(number, step.kind, step.text, step.source, shown, failed, seconds)

    def main(self, module: str) -> None:
        """Run as a script where `module` is that: one line a step, and exit 1 if one fails."""
        if module != "__main__":
            return
        from proofs.__main__ import report  # the table is drawn only where it is asked for

        sys.exit(report({self.id: self}))

    @property
    def rests_on(self) -> list[str]:
        """The claims it cites."""
        return [step.source for step in self.steps if step.source and step.source in CLAIMS]


def _checked(step: Step) -> tuple[int, str | None]:
    """(how many things were shown, the first that failed or why there is none)."""
    shown = 0
    try:
        for thing in step.body():
            if not _ACCEPTS[step.kind](thing):
                return shown, f"not shown: {thing}"
            shown += 1
    except Exception as error:  # a step that raises has failed, and the others still run
        return shown, f"{type(error).__name__}: {error}"
    return shown, None if shown else "shows nothing"


def _identity(thing: Any) -> bool:
    """Whether sympy shows that an expression is 0 or a relation true."""
    if isinstance(thing, Boolean):
        return isinstance(sympy.simplify(thing), BooleanTrue)
    if isinstance(thing, sympy.MatrixBase):
        return all(_identity(entry) for entry in thing.flat())
    if not isinstance(thing, sympy.Expr):
        raise TypeError(f"a symbolic step yields sympy objects; got {thing!r}")
    return sympy.expand(thing) == 0 or sympy.simplify(thing) == 0


def _truth(thing: Any) -> bool:
    if not isinstance(thing, bool):
        raise TypeError(f"an exact or cited step yields truth values; got {thing!r}")
    return thing


def _above_zero(thing: Any) -> bool:
    if not isinstance(thing, arb):
        raise TypeError(f"an enclosed step yields balls; got {thing!r}")
    return bool(thing > 0)


_ACCEPTS: dict[Kind, Callable[[Any], bool]] = {
    "symbolic": _identity,
    "exact": _truth,
    "enclosed": _above_zero,
    "cited": _truth,
}
