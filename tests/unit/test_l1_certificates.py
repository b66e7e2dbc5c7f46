"""What a certificate of l1 access may claim: small codes on which a looser bound would be false."""

from dataclasses import replace

import numpy as np
import pytest

from lcs.l1 import _barrier, _instance, _rows, _solve
from lcs.l1._guess import many_columns
from lcs.l1._instance import Instance
from lcs.l1.basis_pursuit import basis_pursuit, basis_pursuit_denoise
from lcs.l1.certificates import dual_margin, unscaled
from lcs.l1.decision import APART, TIE, candidates


def test_a_rough_dual_vector_is_charged_for_what_it_misses_on_short_columns() -> None:
    """At A_S^T v = 1 the other values are 0.5/0.98; v is a tenth short of that."""
    A = np.array([[0.49, 0.5, 0.0], [0.49, 0.0, 0.5]])
    sized = unscaled(A, np.max(np.abs(A), axis=1))
    v = 0.9 * np.array([1.0, 1.0]) / 0.98
    margin = dual_margin(sized, np.array([0]), np.array([1.0]), v)
    assert 0 < margin <= 1 - 0.5 / 0.98


def test_rows_that_differ_in_the_last_bit_are_independent() -> None:
    A = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 2.0**-52], [1.0, 1.0 + 2.0**-52, 0.0]])
    rows = _rows._basis(np.vstack([A, A[0] + A[1] - 2.0**-52 * np.array([0.0, 0.0, 1.0])]))
    assert rows is not None
    np.testing.assert_array_equal(rows, A)


def test_an_exact_tie_ends_the_search_for_candidates() -> None:
    """Two equal columns: t* = 1, and what follows the two brackets could prove nothing."""
    pairs = list(candidates(Instance(np.array([[1.0, 1.0]])), np.array([0]), np.array([1.0])))
    assert APART != TIE
    assert len(pairs) == 2
    assert all(v is None and h is None for v, h in pairs)


def test_where_no_candidate_is_found_the_signal_is_zero_and_proves_nothing(monkeypatch) -> None:
    monkeypatch.setattr(_solve, "candidates", lambda program: iter(()))
    found = basis_pursuit(np.array([[1.0, 0.5, 0.2]]), np.array([1.0]))
    np.testing.assert_array_equal(found.z, np.zeros(3))
    np.testing.assert_array_equal(found.y, np.zeros(1))


@pytest.mark.parametrize("sigma", [0.01, 0.5])
def test_the_shortest_signal_without_noise_is_not_said_to_be_so_with_noise(
    sigma: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    A = np.random.default_rng(0).standard_normal((6, 12))
    x = A[:, 0] + A[:, 1]
    plain, best = basis_pursuit(A, x), basis_pursuit_denoise(A, x, sigma)
    assert best.norm < plain.norm - sigma / 10
    real = _solve.candidates
    monkeypatch.setattr(_solve, "candidates", lambda given: real(replace(given, sigma=0.0)))
    found = basis_pursuit_denoise(A, x, sigma)
    assert found.norm - found.gap <= best.norm


def test_the_columns_that_matter_most_hold_the_support() -> None:
    rng = np.random.default_rng(0)
    A = rng.standard_normal((40, 120))
    z = np.zeros(120)
    z[rng.choice(120, 8, replace=False)] = rng.standard_normal(8) + 3
    for size in (1.0, 2.0**40, 2.0**-40):
        found = many_columns((size * A).astype(np.float32), (A @ z).astype(np.float32), None)
        assert found is not None
        T, y = found
        assert set(np.flatnonzero(z)) <= set(T.tolist())
        np.testing.assert_allclose((size * A).T[z != 0] @ y, np.ones(8), atol=0.05)


def test_many_patterns_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_instance, "checked_signals", None)
    pairs = _instance.checked_patterns([[2, 0], [1]], [[1, -1], [1.0]], [3, 2])
    assert [(S.tolist(), s.tolist()) for S, s in pairs] == [([2, 0], [1, -1]), ([1], [1])]


def test_correctors_save_a_tenth_of_the_steps_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    factored = _barrier._Normal.factored
    monkeypatch.setattr(
        _barrier._Normal, "factored", lambda self, D: made.append(1) or factored(self, D)
    )

    def steps(correctors: int) -> int:
        monkeypatch.setattr(_barrier, "CORRECTORS", correctors)
        made.clear()
        for seed in range(4):
            rng = np.random.default_rng(seed)
            A, z = rng.standard_normal((60, 180)) / 60**0.5, np.zeros(180)
            z[:25] = rng.standard_normal(25)
            assert _barrier.central(A, A @ z, None, steps=40, gap=1e-6) is not None
        return len(made)

    assert steps(_barrier.CORRECTORS) < 0.9 * steps(0)
