"""Steps on ranks, which the lower bounds rest on: a matrix close to I has no small rank.

Raise every entry of a matrix of rank d to the power p. A unit diagonal stays, entries below mu fall
below mu^p, and the rank grows to at most the number of monomials of degree p in d variables: that
is the whole trade. A large diagonal and a small rest exclude a small rank, since the projector onto
the range has Frobenius norm sqrt(rank).
"""

from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, factorial, prod

import sympy
from sympy import E, Ge, Gt, Rational, Symbol, binomial, exp, oo, summation, symbols

from proofs.proof import Proof, Steps


def normalised(proof: Proof) -> None:
    """Add: codes with error below eps give a unit diagonal and entries below mu off it."""

    @proof.cited(
        r"Let $A, B$ in $d$ dimensions have error below $\epsilon \leq 1$ at sparsity $k$. Then "
        r"some $A, B'$ in $d$ dimensions have it below $\delta = \epsilon/k$ at sparsity 1: $X = "
        r"B'^T A$, of rank at most $d$, has all $|X_{ij} - I_{ij}| < \delta$.",
        source="LCS-collapse",
    )
    def _() -> Steps:
        for k in range(1, 20):
            for n in range(1, 20):
                yield 0 < Fraction(1, n) <= 1 <= k

    @proof.symbolic(
        r"For $\delta < 1$ divide row $i$ by $X_{ii} > 1 - \delta > 0$: the rank stays, the "
        r"diagonal is 1, and the rest is below $\mu = \delta/(1-\delta) = \epsilon/(k-\epsilon)$ "
        r"in absolute value. (With $|X_{ij}| = \delta - g$, $X_{ii} = c + h$, $c = 1 - \delta$; "
        r"$g, h > 0$.)"
    )
    def _() -> Steps:
        k, eps, delta, c, g, h = symbols("k eps delta c g h", positive=True)
        yield (delta / (1 - delta)).subs(delta, eps / k) - eps / (k - eps)
        gap = (delta * h + c * g) / (c * (c + h))
        yield delta / c - (delta - g) / (c + h) - gap
        yield Gt(gap, 0)


def projector(proof: Proof) -> None:
    """Add: tr(Y)^2 <= rank(Y) ||Y||_F^2 for every real square Y."""

    @proof.symbolic(
        r"Every real square $Y$ of rank $r \geq 1$, trace $\tau$ and $F = \|Y\|_F^2$ has $\tau^2 "
        r"\leq r F$. Let $P$ be the orthogonal projector onto its range: $P = P^T$, $PY = Y$, "
        r"$\|P\|_F^2 = \mathrm{tr} P = r$, $\langle P, Y \rangle = \mathrm{tr}(PY) = \tau$. Then "
        r"$0 \leq \|Y - tP\|_F^2 = F - 2t\tau + t^2 r$, and $t = \tau/r$ gives $\tau^2 \leq r F$."
    )
    def _() -> Steps:
        F, tau, t = symbols("F tau t", real=True)
        r = Symbol("r", positive=True)
        distance = F - 2 * t * tau + t**2 * r
        yield distance.subs(t, tau / r) - (r * F - tau**2) / r


def monomials(proof: Proof) -> None:
    """Add: the entrywise power p of a matrix of rank d has rank at most C(d+p-1, p)."""

    @proof.symbolic(
        r"Let $X_{ij} = \langle b_i, a_j \rangle$ in $R^d$. $\langle b, a \rangle^p = \sum_\alpha "
        r"\binom{p}{\alpha} b^\alpha a^\alpha$ over the monomials $\alpha$ of degree $p$ in $d$ "
        r"variables: choose one term from each of $p$ brackets, and collect equal products "
        r"(expanded for $d, p \leq 4$). So $X^{\circ p}$ factors through as many coordinates as "
        r"there are monomials, and no rank exceeds the number of coordinates."
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
        r"There are $\binom{d+p-1}{p}$ monomials, for all $d, p$: those without $x_d$ and those "
        r"that are $x_d$ times one of degree $p-1$ obey Pascal's rule."
    )
    def _() -> Steps:
        d, p = symbols("d p", integer=True, positive=True)
        rule = binomial(d + p - 1, p) - binomial(d + p - 2, p) - binomial(d + p - 2, p - 1)
        yield sympy.gammasimp(rule.rewrite(sympy.gamma))

    @proof.exact(
        r"The rule starts right: one variable has 1 monomial of each degree, degree 0 has 1."
    )
    def _() -> Steps:
        for n in range(1, 50):
            yield comb(1 + n - 1, n) == 1
            yield comb(n - 1, 0) == 1


def contrast(proof: Proof) -> None:
    """Add: unit diagonal and off-diagonal squares below 1/y need rank above n/(1 + (n-1)/y)."""

    @proof.symbolic(
        r"Let $Y$ be $n \times n$, $n \geq 2$, with unit diagonal and $Y_{ij}^2 < 1/y$ off it. "
        r"Then $\tau = n$, $F = n + n(n-1)/y - g$ for some $g > 0$, and $\mathrm{rank}\, Y \geq "
        r"n^2/F > n/(1 + (n-1)/y)$."
    )
    def _() -> Steps:
        n, y, g, rest = symbols("n y g rest", positive=True)
        full = n + n * (n - 1) / y
        yield n**2 / full - n / (1 + (n - 1) / y)
        gap = n**2 * g / (rest * (rest + g))
        yield n**2 / (rest) - n**2 / (rest + g) - gap  # rest = F
        yield Gt(gap, 0)


def half(proof: Proof) -> None:
    """Add: n/(1 + (n-1)/y) > y/2 for 0 < y <= n."""

    @proof.symbolic(
        r"For $0 < y \leq n$ the number $n/(1 + (n-1)/y)$ exceeds $y/2$ by $y(n-y+1)/(2(y+n-1)) > "
        r"0$, $n \geq 2$; and it rises with $y$."
    )
    def _() -> Steps:
        y, n, q = symbols("y n q", positive=True)
        more = Symbol("more", nonnegative=True)
        value = n / (1 + (n - 1) / y)
        excess = y * (more + 1) / (2 * (y + q))
        yield value - y / 2 - excess.subs({more: n - y, q: n - 1})
        yield Gt(excess, 0)
        slope = (q + 1) * q / (y + q) ** 2
        yield value.diff(y) - slope.subs(q, n - 1)
        yield Gt(slope, 0)


def growth(proof: Proof) -> None:
    """Add: C(N, p) <= 2^N and C(N, p) <= (eN/p)^p."""

    @proof.symbolic(
        r"$\binom{N}{p} \leq 2^N$, as one term of $(1+1)^N$; and $\binom{N}{p} \leq N^p/p! \leq "
        r"(eN/p)^p$ for $p \geq 1$, since $p!\, \binom{N}{p}$ has the $p$ factors $N - i \leq N$ "
        r"and $p^p/p!$ is one term of $e^p$."
    )
    def _() -> Steps:
        p = Symbol("p", integer=True, positive=True)
        N, x = symbols("N x", positive=True)
        n, i = symbols("n i", integer=True, nonnegative=True)
        yield summation(binomial(n, i), (i, 0, n)) - 2**n
        yield Ge(N - (N - i), 0)
        yield summation(x**i / sympy.factorial(i), (i, 0, oo)) - exp(x)
        yield (E * N / p) ** p - N**p / (p**p / exp(p))
