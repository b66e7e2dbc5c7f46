"""Every step of every proof holds, and a step that shows less than it says cannot pass."""

from graphlib import TopologicalSorter

import pytest
import sympy
from flint import arb

from lcs.claims import CLAIMS
from proofs.__main__ import proofs
from proofs.boxes import over
from proofs.certificates import above_zero, at_least_zero
from proofs.proof import KINDS, Kind, Proof

PROOFS = proofs()
x = sympy.Symbol("x", positive=True)


@pytest.mark.parametrize("id", PROOFS)
def test_every_step_holds(id: str) -> None:
    outcomes = list(PROOFS[id].run())
    assert outcomes
    assert [(o.number, o.failed) for o in outcomes if o.failed] == []


def test_claims_that_a_proof_rests_on_are_proved_without_it() -> None:
    graph = {id: set(proof.rests_on) for id, proof in PROOFS.items()}
    assert set().union(*graph.values()) <= PROOFS.keys()
    TopologicalSorter(graph).prepare()  # raises where proofs rest on each other


def test_cited_steps_name_a_theorem_or_a_claim() -> None:
    for proof in PROOFS.values():
        for step in proof.steps:
            assert (step.kind == "cited") == bool(step.source)


HOLDS = {
    "symbolic": ((x + 1) ** 2 - x**2 - 2 * x - 1, sympy.Gt(x, 0)),
    "exact": (1 + 1 == 2,),
    "enclosed": (arb("0.5"),),
    "cited": (True,),
}
FAILS = {
    "symbolic": (x, sympy.Gt(x, 1), sympy.false, True, 0.0),
    "exact": (False, 1, sympy.true),
    "enclosed": (arb(0), arb(0, 1), -arb(1), 1.0, arb("nan")),
    "cited": (False, 1),
}


def outcome(kind: Kind, *things: object) -> str | None:
    proof = Proof("GKP26-thm2")
    proof._add(kind, "a step")(lambda: iter(things))
    return next(proof.run()).failed


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_holds_when_all_that_it_yields_does(kind: Kind) -> None:
    assert outcome(kind, *HOLDS[kind]) is None
    assert outcome(kind) == "shows nothing"
    for thing in FAILS[kind]:
        assert outcome(kind, *HOLDS[kind], thing) is not None


def test_a_certificate_equals_the_difference_and_has_its_sign() -> None:
    assert outcome("symbolic", *at_least_zero((x + 1) ** 2 - 1, x**2 + 2 * x)) is None
    assert outcome("symbolic", *above_zero(x + 1 - x, sympy.Integer(1))) is None
    assert outcome("symbolic", *at_least_zero(x, x**2)) is not None  # another number
    assert outcome("symbolic", *at_least_zero(1 - x, 1 - x)) is not None  # of no sign
    assert outcome("symbolic", *above_zero(sympy.Abs(x - 1), sympy.Abs(x - 1))) is not None


def test_a_step_that_raises_fails_and_the_next_one_still_runs() -> None:
    proof = Proof("GKP26-thm2")

    @proof.exact("divides by 0")
    def _():
        yield 1 / 0 > 0

    @proof.exact("holds")
    def _():
        yield True

    first, second = proof.run()
    assert first.failed is not None
    assert "ZeroDivisionError" in first.failed
    assert second.failed is None


def test_a_proof_of_an_unknown_claim_is_refused() -> None:
    with pytest.raises(KeyError, match="nearest"):
        Proof("GKP26-thm99")


def test_boxes_cover_the_domain_and_stop_at_a_zero() -> None:
    assert all(value > 0 for value in over(lambda a: a * a - a + 1, (-3, 3)))
    assert not all(value > 0 for value in over(lambda a: (a - 1) ** 2, (0, 3)))
    assert not all(value > 0 for value in over(lambda a, b: 2 - a * b, (0, 2), (0, 1), halvings=12))
    assert all(value > 0 for value in over(lambda a, b: arb("2.01") - a * b, (0, 2), (0, 1)))


def test_the_ledger_names_what_can_be_proved() -> None:
    assert set(PROOFS) <= set(CLAIMS)
