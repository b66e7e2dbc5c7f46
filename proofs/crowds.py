"""Too many nearly orthogonal vectors: one proof of refutation for several claims.

A claim that R^d holds 10^x unit vectors with |cosines| at most sin F fails if even the 10^n among
them, n = floor(x), cannot fit. The rank of their Gram matrix G decides: with T the Chebyshev
polynomial of degree p, T(G/s) applied entry by entry has a huge diagonal, entries at most 1 off it,
and rank at most the number of monomials of the degrees that T has.
"""

from fractions import Fraction
from math import comb

from sympy import Symbol, cos, expand_trig, symbols

from lcs.claims.folklore import exponent
from proofs import ranks
from proofs.boxes import ball
from proofs.proof import Proof, Steps

D = 12288


def refutation(id: str, degrees: int, s: Fraction, p: int) -> Proof:
    """The proof that the capacity formula at F degrees is false, by degree p and s >= sin F."""
    proof = Proof(id, refutes=True)
    power = int(exponent(D, degrees))

    @proof.exact(
        rf"The claim is refuted. It promises $10^{{{D} \cdot {degrees}^2/1500}}$ unit vectors in "
        rf"$\mathbb{{R}}^{{{D}}}$, hence $m = 10^{{{power}}}$."
    )
    def _() -> Steps:
        yield power <= Fraction(D * degrees**2, 1500)

    @proof.enclosed(
        rf"Angles within ${degrees}^\circ$ of $90^\circ$ are cosines of size at most $\sin "
        rf"{degrees}^\circ < s = {s}$."
    )
    def _() -> Steps:
        yield ball(s) - (ball(Fraction(degrees, 180))).sin_pi()

    ranks.projector(proof)
    ranks.monomials(proof)

    @proof.symbolic(
        r"$T_0 = 1$, $T_1 = x$, $T_{n+1} = 2xT_n - T_{n-1}$ has $T_n(\cos\theta) = \cos n\theta$, "
        r"since $2\cos\theta \cos n\theta = \cos(n+1)\theta + \cos(n-1)\theta$: $|T_n| \leq 1$ on "
        r"$[-1, 1]$. And $T_n(-x) = (-1)^n T_n(x)$, by induction: only degrees of the parity of "
        r"$n$."
    )
    def _() -> Steps:
        theta, x, now, before = symbols("theta x now before", real=True)
        n = Symbol("n", integer=True, positive=True)
        third = 2 * cos(theta) * cos(n * theta) - cos(n * theta - theta)
        yield expand_trig(third - cos(n * theta + theta))
        sign = (-1) ** n
        yield (2 * -x * sign * now + sign * before) + sign * (2 * x * now - before)

    @proof.exact(
        rf"$Y = T_{{{p}}}(G/s)$ has trace $mT$, $T = T_{{{p}}}(1/s)$, and $||Y||_F^2 \leq mT^2 + "
        rf"m(m-1)$, so its rank is at least $mT^2/(T^2 + m - 1)$; but it is at most $N = \sum_j "
        rf"\binom{{{D} + j - 1}}{{j}}$ over $j \leq {p}$ of its parity. In integers $N (T^2 + m - "
        rf"1) < m T^2$: there are no such $m$ vectors."
    )
    def _() -> Steps:
        m, top = 10**power, _chebyshev(p, 1 / s) ** 2
        room = sum(comb(D + j - 1, j) for j in range(p % 2, p + 1, 2))
        yield room * (top + m - 1) < m * top
        yield power > 0

    return proof


def _chebyshev(p: int, x: Fraction) -> Fraction:
    before, now = Fraction(1), x
    for _ in range(p - 1):
        before, now = now, 2 * x * now - before
    return now
