"""Packings: what is proved about the stored numbers, and that good codes are found."""

from fractions import Fraction
from math import cos, inf, nextafter, pi, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcs.bounds.lower import best_lower
from lcs.codes import _polish
from lcs.codes.packing import Packing, Stopped, pack, proved_coherence
from lcs.linear.error import worst_case_error
from tests import references as ref
from tests.strategies import ordinary_matrices, scaled_matrices, shapes
from tests.tolerances import error_tolerance

LAST_DIGITS = 64 * _polish.SETTLED  # what a settled packing may lack, the promise of its status


def packed(d: int, m: int, restarts: int = 20, **options: Any) -> Packing:
    return pack(d, m, rng=np.random.default_rng(2026), restarts=restarts, **options)


# --- what is proved -----------------------------------------------------------------------------


@given(st.data())
def test_coherence_is_the_least_float_above_the_exact_one(data):
    shape = data.draw(shapes())
    kind = data.draw(st.sampled_from([ordinary_matrices, scaled_matrices]))
    A, B = data.draw(kind(shape, np.float64)), data.draw(kind(shape, np.float64))
    if any(row[i] == 0 for i, row in enumerate(ref.gram(A, B))):
        A = A.copy()
        A[:] = B = np.ones(shape)
    exact = ref.coherence(A, B)
    if exact > Fraction(np.finfo(float).max):
        return
    proved = Fraction(proved_coherence(A, B))
    assert proved >= exact
    assert proved == exact or Fraction(nextafter(float(proved), -inf)) < exact


def test_a_feature_that_its_probe_does_not_see_has_no_coherence():
    A = np.array([[1.0, 1.0], [0.0, 1.0]])
    B = np.array([[0.0, 1.0], [1.0, 1.0]])
    assert proved_coherence(A, B) == inf


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize(("d", "m"), [(2, 5), (3, 9), (4, 7), (4, 13), (5, 11)])
def test_the_coherence_is_that_of_the_stored_columns_and_above_every_lower_bound(d, m, tied):
    found = packed(d, m, tied=tied)
    assert found.A.shape == found.B.shape == (d, m)
    assert found.tied == tied
    mu = Fraction(found.coherence)
    assert mu >= ref.coherence(found.A, found.B)
    bound = best_lower(m, 1, mu / (1 + mu), strict=False, scope="A = B" if tied else "any A, B")
    assert bound.d is not None
    assert bound.d <= d


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_its_error_at_sparsity_k_is_the_one_that_is_measured(k, tied):
    """With the rows of X scaled to 1/(1 + mu); columns of B are that scaling's rounded ones."""
    found = packed(4, 9, tied=tied)
    diagonal = np.sum(found.A * found.B, axis=0)
    B = np.ascontiguousarray(found.B / diagonal / (1 + found.coherence))
    measured = worst_case_error(found.A, B, k=k).value
    assert measured <= float(found.error_bound(k)) + 4 * error_tolerance(found.A, B, k)
    assert found.suffices(k, found.error_bound(k), strict=False)
    assert not found.suffices(k, found.error_bound(k))


def test_an_error_of_one_is_what_reading_nothing_has():
    found = packed(2, 6)
    assert found.error_bound(6) == 1
    assert found.suffices(6, 2)
    assert not found.suffices(6, 1)
    assert found.suffices(6, "1", strict=False)


# --- what is found ------------------------------------------------------------------------------


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize(("d", "m"), [(1, 1), (3, 3), (5, 2)])
def test_a_basis_is_the_exact_answer_where_it_fits(d, m, tied):
    found = packed(d, m, tied=tied)
    assert (found.coherence, found.status, found.share) == (0.0, Stopped.EXACT, 1.0)
    np.testing.assert_array_equal(found.A, np.eye(d, m))


@pytest.mark.parametrize("tied", [True, False])
def test_on_a_line_every_pair_coincides(tied):
    found = packed(1, 4, tied=tied)
    assert (found.coherence, found.status) == (1.0, Stopped.EXACT)


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize(
    ("d", "m", "mu"),
    [(2, m, cos(pi / m)) for m in (3, 4, 7)]
    + [(d, d + 1, 1 / d) for d in (3, 6)]
    + [(3, 6, 1 / sqrt(5)), (3, 7, 1 / sqrt(3)), (4, 12, 0.5), (5, 10, 1 / 3)],
)
def test_known_optima_are_found_to_the_last_digits(d, m, mu, tied):
    """Regular polygons, simplices, icosahedron, cube with octahedron, F4, Paley's frame."""
    found = packed(d, m, tied=tied)
    assert found.status is Stopped.SETTLED
    assert abs(found.coherence - mu) <= LAST_DIGITS


def test_the_frame_of_16_lines_in_6_dimensions_is_found_among_worse_optima():
    found = packed(6, 16, restarts=120)
    assert abs(found.coherence - 1 / 3) <= LAST_DIGITS
    assert 0 < found.share < 0.5
    assert found.values.max() > 0.36


@pytest.mark.parametrize("seed", range(4))
def test_polishing_never_loses(seed):
    """From the smooth optimum of a hard size, where active pairs are hard to tell from others."""
    d, m, beta = 6, 18, 2.0**15
    found = packed(d, m, restarts=1)
    rng = np.random.default_rng(seed)
    start = (found.A + 1e-4 * rng.standard_normal((d, m))).T.ravel()
    A, B = _polish.split(start, m, True)
    x, _ = _polish.polish(start, m, True, beta)
    after = proved_coherence(*_polish.split(x, m, True))
    assert after < proved_coherence(A, B)


def test_free_probes_are_free():
    """Only X is kept by A -> GA, B -> G^-T B: a search that leaves B parallel to A is not free."""
    found = packed(3, 6, restarts=1, tied=False)
    cosines = np.sum(found.A * found.B, axis=0) / np.sqrt(
        np.sum(found.A**2, axis=0) * np.sum(found.B**2, axis=0)
    )
    assert cosines.min() < 0.999


# --- how it runs --------------------------------------------------------------------------------


@pytest.mark.parametrize("tied", [True, False])
def test_threads_do_not_change_a_bit(tied):
    one, two = packed(4, 9, tied=tied), packed(4, 9, tied=tied, threads=3)
    for name in ("A", "B", "values"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    assert one.coherence == two.coherence


def test_more_restarts_repeat_the_first_ones():
    few, more = packed(4, 9, restarts=4), packed(4, 9, restarts=9)
    np.testing.assert_array_equal(few.values, more.values[:4])
    assert more.coherence <= few.coherence


def test_progress_counts_the_restarts():
    seen: list[tuple[int, int]] = []
    packed(3, 5, restarts=4, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 4) for n in range(1, 5)]


@pytest.mark.parametrize("threads", [1, 2])
def test_an_interrupt_keeps_the_best_so_far_only_if_asked(threads):
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        packed(4, 7, progress=stop, threads=threads)
    found = packed(4, 7, progress=stop, keep=True, threads=threads)
    assert (found.status, found.values.size) == (Stopped.INTERRUPTED, 3)
    np.testing.assert_array_equal(found.values, packed(4, 7, restarts=3).values)
