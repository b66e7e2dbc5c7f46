"""The two numbers of every check, against the statement of its claim evaluated another way."""

from fractions import Fraction
from math import comb, cos, exp, lgamma, log, pi, sqrt
from typing import Literal

import numpy as np
import pytest
from scipy.special import betainc
from scipy.stats import norm

from lcs.bounds.problem import Bound, Problem, problem
from lcs.bounds.recheck import Check, recheck_necessary, recheck_sufficient
from tests import references as ref

# Special functions of SciPy are good to about 1e-12; the check's own numbers are exact or balls.
NEAR = 1e-10


def numbers(check: Check) -> tuple[float, float]:
    left, right = (float(x) for x in (check.left, check.right))
    assert check.holds is (left < right), "no instance here is that close"
    return left, right


def necessary(d: int, question: Problem, claim: str, degree: int | None = None) -> Check:
    """That d dimensions are too few."""
    return recheck_necessary(bound("necessary", d + 1, claim, degree), question)


def sufficient(d: int, question: Problem, claim: str, degree: int | None = None) -> Check:
    return recheck_sufficient(bound("sufficient", d, claim, degree), question)


def bound(
    side: Literal["necessary", "sufficient"], d: int, claim: str, degree: int | None
) -> Bound:
    return Bound("a bound", side, d, claim, "made for this test", degree=degree)


@pytest.mark.parametrize("p", range(1, 8))
@pytest.mark.parametrize(("d", "m", "eps"), [(3, 100, "1/4"), (9, 12, "2/5"), (1, 7, "1/9")])
def test_rank_bounds(p: int, d: int, m: int, eps: str) -> None:
    question = problem(m, 1, eps)
    mu = ref.incoherence(1, Fraction(eps))
    one, all_of_them = (necessary(d, question, f"LCS-rank-l{n}", p) for n in (1, 2))
    assert one.left == comb(d + p - 1, p)
    assert one.right == m / (1 + (m - 1) * mu ** (2 * p))
    assert all_of_them.left == sum(comb(d + j - 1, j) for j in range(p % 2, p + 1, 2))
    assert all_of_them.right == m / (1 + (m - 1) / ref.chebyshev(p, 1 / mu) ** 2)


@pytest.mark.parametrize(
    ("q", "constant"), [(1, 1), (2, 4 / 3), (3, (1 + sqrt(5)) / 2), (7, 5 / 2), (23, 14 / 3)]
)
def test_null_space_at_the_known_projection_constants(q: int, constant: float) -> None:
    m = q + 11
    left, right = numbers(necessary(11, problem(m, 1, "1/50"), "LCS-nullspace-bound"))
    assert left == pytest.approx(m / 50, rel=1e-15)
    assert right == pytest.approx(q / constant, rel=1e-14)


def test_volume() -> None:
    check = necessary(3, problem(1000, 2, "98/100"), "LCS-volume")
    mu = Fraction(49, 51)
    assert (check.left, check.right) == (((3 - mu) / (1 - mu)) ** 3, 2001)


@pytest.mark.parametrize(("d", "m", "eps"), [(2, 5, "2/5"), (3, 4, "2/5"), (40, 900, "1/4")])
def test_caps(d: int, m: int, eps: str) -> None:
    mu = float(ref.incoherence(1, Fraction(eps)))
    left = float(sufficient(d, problem(m, 1, eps), "LCS-u1").left)
    assert left == pytest.approx((m - 1) * betainc((d - 1) / 2, 0.5, 1 - mu**2), rel=NEAR)


@pytest.mark.parametrize(("d", "m", "eps"), [(20, 10, "2/5"), (300, 1000, "1/4")])
def test_escape(d: int, m: int, eps: str) -> None:
    """The cone's dimension is least at one t; a step of 1e-4 around it adds far below 1e-6."""
    mu, t = float(ref.incoherence(1, Fraction(eps))), np.arange(0, 8, 1e-4)
    excess = (1 + t * t) * norm.sf(t) - t * norm.pdf(t)
    sd = np.min(1 + t * t / mu**2 + 2 * (m - 1) * excess)
    left, right = numbers(sufficient(d, problem(m, 1, eps), "LCS-u3"))
    assert left == pytest.approx(sqrt(sd) + sqrt(2 * log(m)), rel=1e-6)
    assert right == pytest.approx(sqrt(2) * exp(lgamma((d + 1) / 2) - lgamma(d / 2)), rel=NEAR)


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(("eps", "degree"), [("1/2", None), ("2/5", 2), ("1/3", 3), ("1/4", 4)])
def test_union(eps: str, degree: int | None, strict: bool) -> None:
    """Levels that the sum of kd signs can equal: such a sum counts unless eps may be reached.

    At K eps/k = 1 it counts in any case, since an error of 1 is that of A = B = 0.
    """
    d, m, k = 20, 30, degree or 1
    level = d * k * Fraction(eps)
    assert level.denominator == 1
    assert (k * d - level) % 2 == 0
    allowed = not strict and k * Fraction(eps) != 1
    tail = ref.sign_sum_tail(k * d, level + 2 if allowed else level)
    check = sufficient(d, problem(m, 1, eps, strict=strict), "LCS-u2", degree)
    assert float(check.left) == pytest.approx(float(ref.union_size(m, k) * tail), rel=NEAR)
    assert check.right == 1  # what a probability must be below


def test_pairs() -> None:
    left = float(sufficient(70, problem(9, 2, "2/3"), "GKP26-thm2").left)
    assert left == pytest.approx(9 * 8 * exp(-70 / 18), rel=NEAR)


@pytest.mark.parametrize("m", [2, 3, 9])
def test_what_one_and_two_dimensions_reach(m: int) -> None:
    """1/2, and with m lines of a plane, equally spaced, mu/(1 + mu) at mu = cos(pi/m)."""
    question = problem(m, 1, "9/20")
    assert sufficient(1, question, "LCS-collapse").left == Fraction(1, 2)
    if m > 2:
        left = float(sufficient(2, question, "LCS-collapse").left)
        assert left == pytest.approx(cos(pi / m) / (1 + cos(pi / m)), rel=NEAR)
