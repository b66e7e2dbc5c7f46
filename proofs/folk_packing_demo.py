"""10,000 vectors in R^100 within a degree of orthogonal: at most 103 are possible."""

from fractions import Fraction

from sympy import Symbol, symbols

from proofs import ranks
from proofs.boxes import ball
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("FOLK-packing-demo", refutes=True)

S = Fraction(17453, 10**6)


@proof.enclosed(
    r"The claim is refuted. Angles between $89^\circ$ and $91^\circ$ are cosines of size at most "
    r"$\sin 1^\circ < s = 17453/10^6$."
)
def _() -> Steps:
    yield ball(S) - ball(Fraction(1, 180)).sin_pi()


ranks.projector(proof)


@proof.symbolic(
    r"The Gram matrix of $m$ unit vectors in $\mathbb{R}^d$ has $\tau = m$ and rank $r \leq d$: $F "
    r"\geq m^2/r \geq m^2/d$."
)
def _() -> Steps:
    m, r = symbols("m r", positive=True)
    more = Symbol("more", nonnegative=True)
    d = r + more
    yield from at_least_zero(m**2 / r - m**2 / d, m**2 * more / (r * d))


@proof.symbolic(
    r"$F \leq m + m(m-1)s^2$, so $m(1 - ds^2) \leq d(1 - s^2)$: where $ds^2 < 1$, $m \leq "
    r"d(1-s^2)/(1-ds^2)$."
)
def _() -> Steps:
    m, d, s = symbols("m d s", positive=True)
    room = m + m * (m - 1) * s**2 - m**2 / d
    yield room * d / m - (d * (1 - s**2) - m * (1 - d * s**2))


@proof.exact(r"$d = 100$: $ds^2 < 1$ and $m < 104$. Not 10,000, not even 104.")
def _() -> Steps:
    yield 100 * S**2 < 1
    most = 100 * (1 - S**2) / (1 - 100 * S**2)
    yield 103 < most < 104 < 10**4


@proof.exact(
    r"The bound refutes what was said and no more: 101 corners of a simplex have cosines $-1/100$, "
    r"below $s$, and so do lie within a degree."
)
def _() -> Steps:
    yield Fraction(1, 100) < Fraction(17452, 10**6)


@proof.enclosed(r"$17452/10^6 < \sin 1^\circ$, so that the simplex is allowed by the angle itself.")
def _() -> Steps:
    yield ball(Fraction(1, 180)).sin_pi() - ball(Fraction(17452, 10**6))


proof.main(__name__)
