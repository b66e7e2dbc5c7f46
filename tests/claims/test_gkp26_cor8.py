"""Corollary 8: the rank lemma with a diagonal that is only bounded below by g."""

from math import comb

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import hadamard

from lcs.claims import claim

pytestmark = pytest.mark.claim("GKP26-cor8")

COR8 = claim("GKP26-cor8")
CONSTANT = 1 / 8  # as in test_gkp26_lem7.py: C divided row by row by its diagonal is its D


def form(n: int, g: float, e: float) -> float:
    """The ledger's form is written at g = 1 - eps, e = eps/k; only n and g/e enter it."""
    assert COR8.form is not None
    eps = 0.5
    k = g / e * eps / (1 - eps)
    return float(COR8.form(n, k, eps))


def obeys(C: NDArray, rank: int, g: float, e: float) -> bool:
    """C(r+p-1, p) >= n/(1 + (n-1)(e/g)^{2p}) for p = 1..7, up to rounding far below 1e-9."""
    n = len(C)
    return all(
        comb(rank + p - 1, p) >= n / (1 + (n - 1) * (e / g) ** (2 * p)) * (1 - 1e-9)
        for p in range(1, 8)
    )


def bounds_of(C: NDArray) -> tuple[float, float]:
    """The largest g and least e that C allows."""
    return float(np.diag(C).min()), float(np.abs(C - np.diag(np.diag(C))).max())


def test_the_form_is_that_of_the_statement() -> None:
    n, g, e = 1000, 0.7, 0.1
    stated = g**2 * np.log(n) / (e**2 * np.log(g / e))
    assert form(n, g, e) == pytest.approx(stated, rel=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_random_products_with_uneven_diagonals_obey_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    r, n = int(rng.integers(2, 12)), 40
    A = rng.standard_normal((r, n))
    B = A + 0.3 * rng.standard_normal((r, n))
    C = B.T @ A
    C *= (rng.uniform(1, 2, n) / np.diag(C))[:, None]
    g, e = bounds_of(C)
    assert obeys(C, r, g, e)


@pytest.mark.parametrize("s", [3, 4])
def test_two_bases_with_uneven_diagonals_obey_the_law(s: int) -> None:
    d = 4**s
    A = np.hstack([np.eye(d), hadamard(d) / 2.0**s])
    C = np.linspace(0.7, 0.9, 2 * d)[:, None] * (A.T @ A)
    g, e = bounds_of(C)
    e *= 1 + 1e-9
    assert g / np.sqrt(2 * d) < e < g / 2
    assert np.linalg.matrix_rank(C) == d >= CONSTANT * form(2 * d, g, e)


def test_every_diagonal_entry_must_reach_g() -> None:
    """One entry 1 and the rest 1/100 has rank 2: with g = 1 the inequality would forbid it."""
    n = 300
    C = np.full((n, n), 0.01)
    C[0] = C[:, 0] = 0
    C[0, 0] = 1
    least, e = bounds_of(C)
    assert np.linalg.matrix_rank(C) == 2
    assert least == 0.01
    assert not obeys(C, 2, 1.0, e)
    assert obeys(C, 2, least, e)


def test_e_must_stay_below_g() -> None:
    """All entries g: rank 1 for every n, and a form that is no longer a number."""
    n = 300
    assert np.linalg.matrix_rank(np.full((n, n), 0.7)) == 1
    assert np.isnan(form(n, 0.7, 0.7))
    assert COR8.domain is not None
    assert not COR8.domain(n, 1, 0.5)  # g = e = 1/2
