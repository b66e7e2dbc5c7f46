"""The rank bounds in closed form, against decimals and against the bounds they come from."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, e, log

import pytest
from hypothesis import given

from lcs.bounds.lower import rank_chebyshev, rank_monomial, rate_chebyshev, rate_monomial
from tests import references as ref
from tests.strategies import incoherent_parameters

pytestmark = pytest.mark.claim("LCS-rate")


def decimal(x: Fraction) -> Decimal:
    return Decimal(x.numerator) / Decimal(x.denominator)


def rate(m: int, mu: Fraction, chebyshev: bool) -> int | None:
    """ceil of the printed formula with 80 digits; None where p < 1."""
    with localcontext(prec=80):
        at = decimal(mu)
        base = (1 + (1 - at * at).sqrt()) / at if chebyshev else 1 / at
        reach, loss = (4 * m, Decimal(8)) if chebyshev else (m, Decimal(2))
        p = int(Decimal(reach).ln() / (2 * base.ln()) + Decimal("1e-60"))
        if p < 1:
            return None
        x = p * (loss ** (Decimal(-1) / p) * base**2 / Decimal(1).exp() - 1)
        return max(1, ceil(x + (0 if chebyshev else 1)))


@pytest.mark.parametrize(
    ("bound", "tool", "chebyshev", "most"),
    [
        (rate_monomial, rank_monomial, False, Fraction(3, 5)),
        (rate_chebyshev, rank_chebyshev, True, Fraction(4, 5)),
    ],
    ids=["monomial", "Chebyshev"],
)
@given(where=incoherent_parameters(max_m=10**12))
def test_it_is_the_formula_and_weaker_than_its_bound(bound, tool, chebyshev, most, where):
    m, k, eps = where
    mu = ref.incoherence(k, eps)
    d, full = bound(m, k, eps).d, tool(m, k, eps).d
    if mu > most:
        assert d is None
    else:
        assert d == rate(m, mu, chebyshev)
        assert eps == 1 or d == bound(m, k, eps, strict=False).d
    assert d is None or d <= full


@pytest.mark.parametrize(("m", "root", "p"), [(16, 2, 2), (81, 3, 2), (10**6, 10, 3)])
def test_a_degree_that_is_an_exact_integer_is_not_lost(m, root, p):
    """m mu^(2p) = 1 exactly."""
    reason = rate_monomial(m, 1, Fraction(1, root + 1)).reason
    assert reason.endswith(f"p = {p}")


@pytest.mark.parametrize("exponent", [100, 1000])
def test_asymptotically_it_is_two_over_e(exponent):
    """(2/e) ln m/(mu^2 ln(2/mu)) where p is large: within the loss of one degree and 8^{-1/p}."""
    mu, log_m = Fraction(1, 10), Decimal(10).ln() * exponent
    d = rate_chebyshev(10**exponent, 1, mu / (1 + mu)).d
    with localcontext(prec=30):
        law = 2 / Decimal(1).exp() * log_m / (decimal(mu) ** 2 * (2 / decimal(mu)).ln())
    assert d is not None
    assert Decimal("0.9") < d / law < 1


def test_without_the_loss_of_the_degree_it_would_be_false():
    """p = 2 for the 120 lines of E8, d = 8, mu = 1/2: 1.6 as printed, 8.2 without 8^(-1/p)."""
    th, p = 2 + 3**0.5, 2
    assert p == int(log(4 * 120) / (2 * log(th)))
    assert p * (8 ** (-1 / p) * th**2 / e - 1) < 8 < p * (th**2 / e - 1)
