"""The capacity formula at 10 degrees: more vectors than Levenshtein's bound allows."""

import pytest

from tests import folklore

pytestmark = pytest.mark.claim("FOLK-jl-formula-10")


def test_the_formula_claims_more_than_any_set_of_vectors_can_have():
    folklore.check_refuted(10)


def test_the_code_behind_what_is_achieved_has_these_angles():
    folklore.check_code(10)
