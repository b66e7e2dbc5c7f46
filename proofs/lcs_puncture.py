"""Rows dropped from a code of signs: an inner product loses p of its d terms, each +-1."""

from itertools import product

from sympy import symbols

from lcs.codes.binary import kerdock, odd_quadratic
from lcs.codes.combine import punctured
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-puncture")


@proof.exact(
    r"$d\langle a, b \rangle = \sum_{x \leq d} \sigma_x$ with $\sigma_x = \pm 1$, and the sum "
    r"without $p$ of its terms differs by at most $p$ (each term lies in $[-1, 1]$; all sums of up "
    r"to 7 signs)."
)
def _() -> Steps:
    for d in range(2, 8):
        for signs in product((-1, 1), repeat=d):
            for p in range(1, d):
                yield abs(sum(signs[: d - p])) <= abs(sum(signs)) + p


@proof.symbolic(
    r"Scaled to length 1 by $1/\sqrt{d - p}$: at most $(d\mu + p)/(d - p)$, as $d|\langle a, b "
    r"\rangle| \leq d\mu$."
)
def _() -> Steps:
    kept, p, mu = symbols("kept p mu", positive=True)
    short = symbols("short", nonnegative=True)  # mu - |<a, b>|
    d = kept + p
    yield from at_least_zero((d * mu + p) / kept - (d * (mu - short) + p) / kept, d * short / kept)


@proof.symbolic(
    r"Below 1, so that no two columns agree, exactly for $p < d(1-\mu)/2$: $(d - p) - (d\mu + p) = "
    r"2(d(1-\mu)/2 - p)$."
)
def _() -> Steps:
    d, p, mu = symbols("d p mu", positive=True)
    yield (d - p) - (d * mu + p) - 2 * (d * (1 - mu) / 2 - p)


@proof.exact(r"The library's sizes and bounds are these.")
def _() -> Steps:
    for base in (kerdock(4), odd_quadratic(5, 1)):
        mu = base.coherence.a
        for p in range(1, base.d):
            if 2 * p < base.d * (1 - mu):
                code = punctured(base, p)
                yield (code.d, code.m) == (base.d - p, base.signs)
                yield code.coherence.a == (base.d * mu + p) / (base.d - p) < 1


proof.main(__name__)
