"""Prey on the lattice of (m, k, eps): formulas that must stay on their side of each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np

from experiments._hunt_prey import NOWHERE, Array, Interval, Prey, outward
from lcs.bounds.lower import best_lower, delsarte, rank_chebyshev, rank_monomial
from lcs.bounds.problem import Bound, problem, rational
from lcs.bounds.rademacher import _sign_tail as sign_tail
from lcs.bounds.rates import rate_chebyshev, rate_monomial
from lcs.bounds.recovery import l1_sufficient_d
from lcs.bounds.strong import certificate_ceiling
from lcs.bounds.upper import explicit, lemma5, thm2, u0_exact, u0_hoeffding, u1, u2, u3, u5
from lcs.claims import claim as ledger

Slack = Callable[[int, int, Fraction], Fraction | None]

LARGEST_M, FINEST = 10**6, 10**4
FLOATS = Fraction(1, 10**9)  # far above the rounding of a law's form

# Where the ledger has a law without its constant, the tests of the claim derive one.
CONSTANTS = {"GKP26-thm3": 30, "GKP26-thm12": 4, "GKP26-cor13": 4, "GKP26-lem7": 8}

RATES = (
    ("monomial", rank_monomial, rate_monomial),
    ("Chebyshev", rank_chebyshev, rate_chebyshev),
)
UPPER = (
    ("GKP26-thm2", thm2),
    ("LCS-u0", u0_hoeffding),
    ("LCS-u0", u0_exact),
    ("LCS-u2", u2),
    ("LCS-u3", u3),
)


def prey() -> Iterator[Prey]:
    """All of it."""
    lower = "the best lower bound"
    yield lattice("GKP26-thm1", "11 k ln(m/k) is at least what is proved to suffice", _thm1)
    yield lattice("GKP26-lem5", "exact tails of all pairs stay below p at its d", _lem5)
    yield lattice("GKP26-thm3", f"{lower} is at least form/(30 eps^2)", _thm3)
    for id in ("GKP26-thm12", "GKP26-cor13"):
        yield lattice(id, f"{lower} at eps = 1/2, less 1, is at least form/4", _thm12)
    yield lattice("GKP26-lem7", "the finite inequality gives at least form/8", _lem7)
    for kind, bound, rate in RATES:
        yield lattice("LCS-rate", f"the {kind} rate is at most its bound", _above(bound, rate))
    for id, upper in UPPER:
        yield lattice(id, f"{upper.__name__} is at least {lower}", _above(upper, best_lower))
    yield lattice("LCS-u5", f"u5 is at least {lower}", _above(u5, best_lower), tight=True)
    yield lattice("LCS-u1", f"u1 is at least {lower} for A = B", _above(u1, _unit_columns))
    for id, says, slack in SLOW:
        yield replace(lattice(id, says, slack, tight=True), allowed=100)


def lattice(claim: str, says: str, slack: Slack, *, tight: bool = False) -> Prey:
    """An inequality in integers m, k and a rational eps = a/b <= 1, x = (m, k, a, b)."""

    def at(x: Array) -> tuple[int, int, Fraction] | None:
        m, k, a, b = (int(n) for n in x)
        inside = 2 <= m <= LARGEST_M and 1 <= k <= m and 1 <= a <= b <= FINEST
        return (m, k, Fraction(a, b)) if inside else None

    def found(x: Array) -> Fraction | None:
        where = at(x)
        return None if where is None else slack(*where)

    def parts(x: Array) -> Array:
        value = found(x)
        return np.array([np.inf if value is None else float(value)])

    def measured(x: Array) -> Interval:
        value = found(x)
        return NOWHERE if value is None else outward(value, value)

    def start(rng: np.random.Generator) -> Array:
        """A point of the domain of the slack, or the last of many that were none."""
        x = np.zeros(4)
        for _ in range(100):
            m = int(np.exp(rng.uniform(np.log(2), np.log(LARGEST_M))))
            k, b = int(min(m, np.exp(rng.uniform(0, 3)))), int(np.exp(rng.uniform(0, 4)))
            x = np.array([m, k, 1 + rng.integers(b), b], dtype=np.float64)
            if found(x) is not None:
                break
        return x

    return Prey(
        claim=claim,
        says=says,
        parts=parts,
        start=start,
        measured=measured,
        at=lambda x: "m = {:.0f}, k = {:.0f}, eps = {:.0f}/{:.0f}".format(*x),
        tight=tight,
        whole=True,
        allowed=400,
    )


def _above(larger: Callable[..., Bound], smaller: Callable[..., Bound]) -> Slack:
    """d of the one over d of the other, less 1; nothing where either says nothing."""

    def slack(m: int, k: int, eps: Fraction) -> Fraction | None:
        above, below = larger(m, k, eps).d, smaller(m, k, eps).d
        return None if above is None or not below else Fraction(above, below) - 1

    return slack


def _unit_columns(m: int, k: int, eps: Fraction) -> Bound:
    return best_lower(m, k, eps, scope="A = B")


def _form(id: str, m: int, k: int, eps: Fraction) -> Fraction | None:
    """The law of a claim within its domain, rounded up."""
    law = ledger(id)
    if law.form is None or law.domain is None or not law.domain(m, k, float(eps)):
        return None
    value = float(law.form(m, k, float(eps)))
    return Fraction(value) * (1 + FLOATS) if np.isfinite(value) and value > 0 else None


def _thm1(m: int, k: int, eps: Fraction) -> Fraction | None:
    form, d = _form("GKP26-thm1", m, k, eps), l1_sufficient_d(m, k).d
    return None if form is None or d is None else 11 * form / (1 + FLOATS) ** 2 / d - 1


def _lem5(m: int, k: int, eps: Fraction) -> Fraction | None:
    """At mu = eps and p = 1/k."""
    d = lemma5(m, eps, Fraction(1, k))
    tail = sign_tail(problem(m, 1, eps), d)
    return 1 - comb(m, 2) * 2 * rational(tail.upper()) * k


def _thm3(m: int, k: int, eps: Fraction) -> Fraction | None:
    form = _form("GKP26-thm3", m, k, eps)
    if form is None:
        return None
    return (best_lower(m, k, eps).d or 0) * CONSTANTS["GKP26-thm3"] * eps**2 / form - 1


def _thm12(m: int, k: int, eps: Fraction) -> Fraction | None:
    half = Fraction(1, 2)
    form = _form("GKP26-thm12", m, k, half)
    if form is None:
        return None
    return ((best_lower(m, k, half).d or 0) - 1) * CONSTANTS["GKP26-thm12"] / form - 1


def _lem7(m: int, k: int, eps: Fraction) -> Fraction | None:
    """At e = eps/k; eps = mu/(1 + mu) at k = 1 puts the entries of the rank bound below e."""
    form, e = _form("GKP26-lem7", m, k, eps), eps / k
    if form is None:
        return None
    return (rank_monomial(m, 1, e / (1 + e)).d or 0) * CONSTANTS["GKP26-lem7"] / form - 1


def _delsarte(m: int, k: int, eps: Fraction) -> Fraction | None:
    if m > 2000:
        return None  # its linear programmes are slow, and no nearer
    above, below = explicit(m, 1, eps / k).d, delsarte(m, 1, eps / k).d
    return None if above is None or not below else Fraction(above, below) - 1


def _ceiling(m: int, k: int, eps: Fraction) -> Fraction | None:
    """The largest k below (1 + 1/mu)/2, for the explicit code that reads eps/k, all its columns."""
    code = explicit(m, 1, eps / k).code
    if code is None or code.d >= code.m or code.coherence <= 0:
        return None
    certified = 0
    while code.coherence * (2 * certified + 1) < 1:  # (certified + 1) mu/(1 + mu) < 1/2
        certified += 1
    return Fraction(certificate_ceiling(code.d, code.m), certified) - 1 if certified else None


SLOW = (
    ("LCS-delsarte", "explicit codes need at least its d", _delsarte),
    ("CS-k2-versus-k", "coherence certifies at most the ceiling", _ceiling),
)
