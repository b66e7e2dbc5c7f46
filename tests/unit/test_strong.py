"""The k that each proof certifies for a code, and the ceiling of the proofs by probes."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import null_space

from lcs.bounds import strong
from lcs.bounds.strong import METHODS, certificate_ceiling, certified_k
from lcs.codes.random import gaussian
from lcs.l1 import _tree
from tests import references as ref
from tests.strategies import integer_matrices, shapes


@settings(max_examples=25)
@given(A=shapes(4, 6).flatmap(lambda shape: integer_matrices(shape, np.float64)))
def test_each_proof_certifies_at_least_what_the_one_before_does(A):
    found = certified_k(A)
    truth = ref.nullspace_constants(A)
    recovered = sum(alpha < Fraction(1, 2) for alpha in truth)
    coherence, rows, columns, exact = found.k.values()
    assert coherence <= rows <= columns <= exact <= recovered
    assert exact == recovered or Fraction(1, 2) - truth[recovered - 1] < Fraction(1, 10**6)
    assert rows == sum(k * truth[0] < Fraction(1, 2) for k in range(1, len(truth) + 1))
    if found.refuted is not None:
        assert truth[found.refuted - 1] > Fraction(1, 2)
        assert found.refuted > exact


def test_each_proof_can_be_better_than_the_one_before():
    """Mixing rows changes no kernel and spoils coherence."""
    A = np.arange(1, 6)[:, None] * null_space(np.array([[2.0, 1, 1, 1, 1, 1]])).T
    found = certified_k(A)
    assert list(found.k.values()) == [0, 1, 2, 2]
    searched = certified_k(gaussian(13, 16, rng=np.random.default_rng(2)), nodes=400)
    assert (searched.k["columns"], searched.k["exact"], searched.refuted) == (2, 3, 4)


def test_equiangular_frames_reach_the_ceiling_by_coherence():
    for A in (ref.icosahedron(), ref.twenty_eight(), ref.simplex(6)):
        found = certified_k(A, methods=("coherence", "rows"))
        assert found.k == {"coherence": found.ceiling, "rows": found.ceiling}
        assert found.refuted is None


def test_large_codes_use_the_probes_of_rows_for_columns(monkeypatch):
    A = gaussian(60, 80, rng=np.random.default_rng(0))
    found = certified_k(A, methods=("rows", "columns"))
    assert 1 <= found.k["rows"] <= found.k["columns"] <= found.ceiling
    small = gaussian(13, 16, rng=np.random.default_rng(2))
    by_programme = certified_k(small, methods=["columns"]).k["columns"]
    monkeypatch.setattr(strong, "LARGEST", 10)
    assert certified_k(small, methods=["columns"]).k["columns"] <= by_programme


def test_only_what_is_asked_for_is_computed_and_told():
    told = []
    A = gaussian(7, 9, rng=np.random.default_rng(0))
    found = certified_k(A, methods=["exact"], progress=lambda *note: told.append(note))
    assert told == [("exact", k) for k in range(found.k["exact"] + 1)]
    assert list(found.k) == ["exact"]
    with pytest.raises(ValueError, match="width"):
        certified_k(A, methods=["width"])  # pyright: ignore[reportArgumentType]
    with pytest.raises(ValueError, match="rows"):
        certified_k(A, methods="rows")  # pyright: ignore[reportArgumentType]
    assert set(METHODS) == {"coherence", "rows", "columns", "exact"}


def test_an_interrupt_is_not_taken_for_an_answer(monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_tree, "best_readout", interrupted)
    with pytest.raises(KeyboardInterrupt):
        certified_k(gaussian(7, 9, rng=np.random.default_rng(0)))


@given(d=st.integers(1, 3000), m=st.integers(1, 3000))
def test_the_ceiling_is_the_largest_integer_below_it(d, m):
    k = certificate_ceiling(d, m)
    if d >= m:
        assert k == m
        return
    square = Fraction(d * (m - 1), m - d)
    assert k == 0 or (2 * k - 1) ** 2 < square
    assert (2 * k + 1) ** 2 >= square


@pytest.mark.parametrize(("d", "m"), [(0, 3), (3, 0), (True, 3), (2.0, 3)])
def test_shapes_that_are_none_are_refused(d, m):
    with pytest.raises(ValueError, match="integer >= 1; got"):
        certificate_ceiling(d, m)
