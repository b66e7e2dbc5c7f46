"""Real chirps: additive characters of polynomials, read as real vectors of twice the length.

psi(x) = zeta^Tr(x), zeta = exp(2 pi i/p), on GF(q), q a power of a prime p > t >= 2. Columns are
psi(f(x)) and i psi(f(x)) over sqrt q, deg f <= t, f(0) = 0, read as R^(2q), and the unit vectors.
"""

import numpy as np
from flint import arb
from sympy import I, re, symbols

from lcs.codes.characters import chirp
from lcs.codes.finite_fields import Elements, Field, field, is_prime
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-chirp")


@proof.symbolic(
    r"Read as real vectors, $u$ and $v$ have the inner product $\mathrm{Re} \sum \bar u v$: for "
    r"chirps of $f \neq g$ the real part of $S$, $iS$ or $-iS$ over $q$, $S = \sum_x \psi(g - f)$, "
    r"at most $|S|/q$ in size. A chirp and $i$ times it: $\mathrm{Re}(i|u|^2) = 0$."
)
def _() -> Steps:
    a, b, c, d = symbols("a b c d", real=True)
    yield re(((a - b * I) * (c + d * I)).expand()) - (a * c + b * d)
    yield re(((a - b * I) * I * (a + b * I)).expand())


@proof.cited(
    r"Weil: $|S| \leq (\deg h - 1)\sqrt{q}$ for $h = g - f$ of a degree prime to $p$. Here $1 "
    r"\leq \deg h \leq t < p$. So the coherence of the chirps is at most $(t-1)/\sqrt{q}$, below "
    r"1 in the domain: no two of them agree.",
    source="Weil 1948, On some exponential sums, PNAS 34:204-207",
)
def _() -> Steps:
    for p in filter(is_prime, range(3, 60)):
        for t in range(2, p):
            yield all(degree % p for degree in range(1, t + 1))


@proof.exact(
    r"At $t = 2$ by hand: $|S|^2 = \sum_h \psi(\alpha h^2 + \beta h) \sum_x \psi(2\alpha hx) = q$ "
    r"for $\alpha \neq 0$, as $x \to 2\alpha hx$ is a bijection unless $h = 0$; and $S = 0$ for "
    r"$\alpha = 0 \neq \beta$. Counted for $q \leq 13$: $|S|^2 = \sum_v c_v \zeta^v$ with $c_v$ "
    r"the pairs of $\mathrm{Tr} f(x) - \mathrm{Tr} f(y) = v$, and it is $N$ iff $c_0 - N = c_1 = "
    r".. = c_{p-1}$."
)
def _() -> Steps:
    for q in (3, 5, 7, 9, 11, 13):
        F = field(q)
        for alpha in range(q):
            for beta in range(q):
                if alpha or beta:
                    c = _differences(F, _values(F, [beta, alpha]))
                    yield len({c[0] - (q if alpha else 0), *c[1:]}) == 1


@proof.enclosed(
    r"At $t = 3$, $q = 5, 7$, every cubic $f$: $|S|^2 = \sum_v c_v \cos(2\pi v/p) < 4q$, Weil's "
    r"bound, never met for a prime $q > 3$ here."
)
def _() -> Steps:
    for q in (5, 7):
        F = field(q)
        turn = [(arb(2 * v) / q).cos_pi() for v in range(q)]
        for number in range(q**2, q**3):
            coefficients = [number % q, number // q % q, number // q**2]
            c = _differences(F, _values(F, coefficients))
            yield 4 * q - sum((n * t for n, t in zip(c, turn, strict=True)), arb(0))


@proof.symbolic(
    r"Unit vectors meet chirps in $\cos(\cdot)/\sqrt{q}$ or $\sin(\cdot)/\sqrt{q}$, at most "
    r"$1/\sqrt{q} \leq (t-1)/\sqrt{q}$; at $x = 0$, where $f = 0$, it is $1/\sqrt{q}$, which "
    r"reaches the bound at $t = 2$. Columns: $2q^t + 2q$ in $2q$ dimensions."
)
def _() -> Steps:
    t, q = symbols("t q", positive=True)
    more = symbols("more", nonnegative=True)
    yield from at_least_zero((2 + more) - 1 - 1, more)  # t - 1 >= 1
    yield (t - 1).subs(t, 2) - 1
    yield 2 * q**t + 2 * q - 2 * (q**t + q)


@proof.exact(r"The library's sizes and coherences are these.")
def _() -> Steps:
    for p, q in ((5, 5), (7, 7), (3, 9), (11, 11), (5, 25)):
        for t in range(2, p):
            if (t - 1) ** 2 < q:
                code = chirp(q, t)
                yield (code.d, code.m) == (2 * q, 2 * q**t + 2 * q)
                yield code.coherence_squared.a * q == (t - 1) ** 2


def _values(F: Field, coefficients: list[int]) -> Elements:
    """Tr f(x) for all x, f without constant term, the linear coefficient first."""
    value = np.zeros(F.q, np.int64)
    for degree, c in enumerate(coefficients, start=1):
        value = F.add(value, F.mul(np.array(c), F.power(F.elements, degree)))
    return F.trace(value)


def _differences(F: Field, values: Elements) -> list[int]:
    """How many pairs (x, y) have values differing by v, for v = 0..p-1."""
    counts = np.bincount((values[:, None] - values).ravel() % F.p, minlength=F.p)
    return counts.tolist()


proof.main(__name__)
