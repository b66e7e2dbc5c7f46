"""Gordon's bound for every signal: its width by simulation, its d, and codes drawn at it."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from scipy.special import gammaln

from lcs.bounds.every_signal import _near_best, _width_squared, l1_gordon
from lcs.claims import claim
from lcs.codes.random import gaussian
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict
from lcs.linear.probes import optimal_probes

pytestmark = pytest.mark.claim("GKP26-thm1")


def drawn_width(m: int, k: int, lam: float, draws: int) -> np.ndarray:
    """sum_i (|g_i| - lam)_+^2 + the k largest F(|g_i|), for Gaussian g: (draws,)."""
    g = np.sort(np.abs(np.random.default_rng(m + k).standard_normal((draws, m))), axis=1)
    over = np.maximum(g - lam, 0) ** 2
    return over.sum(axis=1) + ((g + lam) ** 2 - over)[:, -k:].sum(axis=1)


@pytest.mark.parametrize(("m", "k"), [(50, 1), (200, 3), (400, 20)])
@pytest.mark.parametrize("shift", [1.0, 0.7, 1.1])
def test_the_closed_form_is_above_the_simulated_mean_and_near_it(m, k, shift) -> None:
    lam, t = _near_best(m, k)
    lam = min(lam * Fraction(shift), t)
    bound = float(_width_squared(m, k, lam, t).mid())
    sums = drawn_width(m, k, float(lam), 4000)
    error = 5 * sums.std() / np.sqrt(sums.size)
    assert bound > sums.mean() - error
    # The bound on the k largest is loose by their fluctuation alone.
    assert bound < 1.1 * sums.mean() + error


@pytest.mark.parametrize(("m", "k"), [(50, 1), (400, 20), (10**6, 8)])
def test_the_pair_is_near_the_best_one(m, k) -> None:
    lam, t = _near_best(m, k)
    best = float(_width_squared(m, k, lam, t).mid())
    for a, b in product((0.97, 1.0, 1.03), repeat=2):
        near = (lam * Fraction(a), t * Fraction(b))
        if near[1] >= near[0]:
            assert best <= float(_width_squared(m, k, *near).mid()) * (1 + 1e-9)


@pytest.mark.parametrize(("m", "k", "fail"), [(256, 4, 1), (8192, 8, "1e-3"), (10**9, 40, "0.5")])
def test_it_is_the_least_integer(m, k, fail) -> None:
    d = l1_gordon(m, k, fail=fail).d
    assert d is not None
    radius = float(_width_squared(m, k, *_near_best(m, k)).mid()) ** 0.5
    radius += (-2 * np.log(float(fail))) ** 0.5

    def length(d: int) -> float:
        return np.sqrt(2) * np.exp(gammaln((d + 1) / 2) - gammaln(d / 2))

    slack = 1e-6 * radius  # of log-gamma; one row more moves the length by 1/(2 radius)
    assert length(d) > radius - slack
    assert length(d - 1) < radius + slack


def test_its_constant_is_that_of_the_claim() -> None:
    """d is O(k ln(m/k)), and about 8 k ln(m/k) where m/k is large."""
    form = claim("GKP26-thm1").form
    assert form is not None

    def ratio(m: int, k: int) -> float:
        return (l1_gordon(m, k).d or 0) / form(m, k, 1.0)

    assert all(ratio(m, k) < 8.5 for m in (10**2, 10**3, 10**5) for k in (1, 2, 5, 10, 25))
    assert 7 < ratio(10**30, 1) < ratio(10**200, 1) < 8


def test_codes_drawn_there_recover_every_signal() -> None:
    m, k = 128, 1
    d = l1_gordon(m, k, fail="1e-3").d
    assert d is not None
    assert d < m
    A = gaussian(d, m, rng=np.random.default_rng(0), unit_columns=False)
    assert optimal_probes(A).alpha < 1 / 2


def test_codes_drawn_there_recover_every_pair() -> None:
    m, k = 80, 2
    d = l1_gordon(m, k, fail="0.1").d
    assert d is not None
    assert d < m
    A = gaussian(d, m, rng=np.random.default_rng(0), unit_columns=False)
    supports = [pair for pair in combinations(range(m), k) for _ in range(2)]
    signs = [(1, sign) for _ in combinations(range(m), k) for sign in (1, -1)]
    found = recovers_each(A, supports, signs)
    assert found.count(Verdict.RECOVERED) == len(supports)


def test_the_identity_where_nothing_less_is_proved() -> None:
    for m, k in ((1, 1), (5, 5), (20, 10)):
        assert l1_gordon(m, k).d == m


@pytest.mark.parametrize(
    ("k", "fail", "what"), [(0, 1, "k"), (9, 1, "k"), (1, 0, "fail"), (1, 2, "fail")]
)
def test_bad_input_is_one_clear_error(k, fail, what) -> None:
    with pytest.raises(ValueError, match=what):
        l1_gordon(8, k, fail=fail)
