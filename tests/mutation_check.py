"""Mutants as cosmic-ray makes them: run by `make mutate`, which installs it."""

from pathlib import Path

from mutation import mutants, score
from tests.unit.test_mutation import tiny as tiny


def test_mutants_have_a_meaning_and_stale_entries_are_found(tiny: Path) -> None:
    at = mutants.places(tiny / "tiny/code.py", tiny)
    made = [one for place in at if (one := mutants.mutant(place, tiny)) is not None]
    assert {(one.place.line, one.was, one.now) for one in made} >= {
        (2, "return 2 * x", "return 2 / x"),
        (2, "return 2 * x", "return 3 * x"),
        (15, "while x > 0: # falls", "while x >= 0: # falls"),
        (15, "while x > 0: # falls", "while not x > 0: # falls"),
    }
    assert not any("None" in one.was for one in made)
    entries = [score.Explained("tiny/code.py", one.was, one.now, "") for one in made]
    gone = [score.Explained("tiny/code.py", "return 2 * x", "return 2 % x", "")]
    assert score.stale(entries + gone, tiny) == gone
    assert score.stale([score.Explained("tiny/none.py", "", "", "")], tiny) != []
