"""The rank bound with monomials: C(d+p-1, p) > m / (1 + (m-1) mu^{2p}).

Let X = B^T A have rank at most d, unit diagonal and off-diagonal entries below mu in absolute
value. Raise every entry to the power p. The diagonal stays 1, the rest falls below mu^p, and the
rank grows to at most the number of monomials of degree p in d variables: that is the whole trade.
A matrix with a large diagonal and a small rest cannot have a small rank, since the projector onto
its range has Frobenius norm sqrt(rank).
"""

from itertools import combinations_with_replacement
from math import comb, factorial, prod

import sympy
from sympy import Rational, Symbol, binomial, symbols

from proofs.proof import Proof, Steps

proof = Proof("LCS-rank-l1")


@proof.symbolic(
    r"Let $P$ be the orthogonal projector onto the range of $Y$, so $PY = Y$, $\|P\|_F^2 "
    r"= \mathrm{tr} P = r$, and $\langle P, Y \rangle = \mathrm{tr} Y$. Then "
    r"$0 \leq \|Y - tP\|_F^2 = F - 2t\tau + t^2 r$, and $t = \tau/r$ gives $\tau^2 \leq r F$."
)
def _() -> Steps:
    F, tau, t = symbols("F tau t", real=True)
    r = Symbol("r", positive=True)
    distance = F - 2 * t * tau + t**2 * r
    yield distance.subs(t, tau / r) - (F - tau**2 / r)


@proof.symbolic(
    r"$\langle a, b \rangle^p = \sum_\alpha \binom{p}{\alpha} a^\alpha b^\alpha$ over the "
    r"monomials $\alpha$ of degree $p$ in $d$ variables (expanded for $d, p \leq 4$): "
    r"$X^{\circ p}$ factors through as many coordinates as there are monomials."
)
def _() -> Steps:
    for d in range(1, 5):
        a, b = symbols(f"a:{d}"), symbols(f"b:{d}")
        for p in range(1, 5):
            terms = combinations_with_replacement(range(d), p)
            yield sum(x * y for x, y in zip(a, b, strict=True)) ** p - sum(
                Rational(factorial(p), prod(factorial(term.count(i)) for i in range(d)))
                * prod(a[i] * b[i] for i in term)
                for term in terms
            )


@proof.symbolic(
    r"There are $\binom{d+p-1}{p}$ monomials, for all $d, p$: those without $x_d$ and those that "
    r"are $x_d$ times one of degree $p-1$ obey Pascal's rule."
)
def _() -> Steps:
    d, p = symbols("d p", integer=True, positive=True)
    rule = binomial(d + p - 1, p) - binomial(d + p - 2, p) - binomial(d + p - 2, p - 1)
    yield sympy.gammasimp(rule.rewrite(sympy.gamma))


@proof.exact(r"The rule starts right: one variable has 1 monomial of each degree, degree 0 has 1.")
def _() -> Steps:
    for n in range(1, 50):
        yield comb(1 + n - 1, n) == 1
        yield comb(n - 1, 0) == 1


@proof.symbolic(
    r"$Y = X^{\circ p}$ has $\tau = m$ and, for $m \geq 2$, $F < m + m(m-1)\mu^{2p}$; so "
    r"$\mathrm{rank}\, Y \geq \tau^2/F > m/(1 + (m-1)\mu^{2p})$. At $m = 1$ both sides are 1."
)
def _() -> Steps:
    m, mu, p = symbols("m mu p", positive=True)
    yield m**2 / (m + m * (m - 1) * mu ** (2 * p)) - m / (1 + (m - 1) * mu ** (2 * p))


proof.main(__name__)
