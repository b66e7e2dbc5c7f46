"""Too many nearly orthogonal vectors: one proof of refutation for several claims.

A claim that R^d holds 10^x unit vectors with |cosines| at most sin F fails if even the 10^n among
them, n = floor(x), cannot fit. The rank of their Gram matrix G decides: with T the Chebyshev
polynomial of degree p, T(G/s) applied entry by entry has a huge diagonal, entries at most 1 off it,
and rank at most the number of monomials of the degrees that T has.
"""

from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, factorial, prod

from sympy import Rational, Symbol, binomial, chebyshevt, cos, gamma, gammasimp, symbols

from lcs.claims.folklore import exponent
from proofs.boxes import ball
from proofs.proof import Proof, Steps

D = 12288


def refutation(id: str, degrees: int, s: Fraction, p: int) -> Proof:
    """The proof that the capacity formula at F degrees is false, by degree p and s >= sin F."""
    proof = Proof(id)
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

    @proof.symbolic(
        r"A real square $Y$ of rank $r$, $P$ the projector onto its range: $0 \leq ||Y - tP||_F^2 "
        r"= F - 2t\tau + t^2 r$, $\tau = \mathrm{tr}\, Y$, and $t = \tau/r$ gives $\tau^2 \leq rF$."
    )
    def _() -> Steps:
        F, tau, t = symbols("F tau t", real=True)
        r = Symbol("r", positive=True)
        yield (F - 2 * t * tau + t**2 * r).subs(t, tau / r) - (F - tau**2 / r)

    @proof.symbolic(
        r"$\langle a, b \rangle^j$ is an inner product in as many coordinates as there are "
        r"monomials of degree $j$ in $d$ variables (expanded for $d, j \leq 3$), "
        r"$\binom{d+j-1}{j}$ by Pascal's rule: those without $x_d$, and $x_d$ times one of degree "
        r"$j - 1$."
    )
    def _() -> Steps:
        for d in range(1, 4):
            a, b = symbols(f"a:{d}"), symbols(f"b:{d}")
            for j in range(1, 4):
                terms = combinations_with_replacement(range(d), j)
                yield sum(x * y for x, y in zip(a, b, strict=True)) ** j - sum(
                    Rational(factorial(j), prod(factorial(term.count(i)) for i in range(d)))
                    * prod(a[i] * b[i] for i in term)
                    for term in terms
                )
        n, j = symbols("n j", integer=True, positive=True)
        rule = binomial(n + j - 1, j) - binomial(n + j - 2, j) - binomial(n + j - 2, j - 1)
        yield gammasimp(rule.rewrite(gamma))

    @proof.symbolic(
        r"$T_p(\cos\theta) = \cos p\theta$ bounds $|T_p|$ by 1 on $[-1, 1]$, since $2 \cos\theta "
        r"\cos p\theta = \cos(p+1)\theta + \cos(p-1)\theta$ is the recurrence $T_{p+1} = 2xT_p - "
        r"T_{p-1}$; this also keeps the parity of $p$ in the degrees of $T_p$ (seen to $p = 6$)."
    )
    def _() -> Steps:
        theta, x = symbols("theta x", real=True)
        n = Symbol("n", integer=True, positive=True)
        whole, step = n * theta, theta
        yield (cos(whole + step) + cos(whole - step)).expand(trig=True) - 2 * cos(step) * cos(whole)
        for q in range(1, 6):
            yield chebyshevt(q + 1, x) - (2 * x * chebyshevt(q, x) - chebyshevt(q - 1, x))
            yield chebyshevt(q, -x) - (-1) ** q * chebyshevt(q, x)

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
