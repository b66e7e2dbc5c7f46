"""Theorem 1 with its constant: Gaussian matrices recover by basis pursuit from 11 k ln(m/k) rows.

L = ln(m/k) throughout, at least ln 2 as k <= m/2. The kernel of A escapes from the cones of
failure, one for each support and sign pattern, as soon as d exceeds the squared width by enough;
where m/k is small, d = m and A = I do.
"""

from fractions import Fraction
from itertools import combinations, product
from math import comb

from flint import arb
from sympy import E, Ge, Gt, Rational, Symbol, exp, factorial, ln, oo, sqrt, summation, symbols

from proofs import escape
from proofs.boxes import ball, over
from proofs.proof import Proof, Steps

proof = Proof("GKP26-thm1")

k, m, L = symbols("k m L", positive=True)


@proof.symbolic(
    r"Failure. If $\ell_1$-minimisation misses a $k$-sparse $z$, some $h \in \ker A$, $h \neq 0$, "
    r"has $\|z + h\|_1 \leq \|z\|_1$. Let $S$ hold the support of $z$, $|S| = k$, and $s_i$ be the "
    r"sign of $z_i$ (any sign for $z_i = 0$): $|z_i + h_i| \geq s_i(z_i + h_i) = |z_i| + s_i h_i$ "
    r"on $S$. So $\|h_{S^c}\|_1 \leq \langle -s, h_S \rangle$: $h$ lies in the cone of $(S, -s)$."
)
def _() -> Steps:
    size, h = Symbol("size", nonnegative=True), Symbol("h", real=True)
    for sign in (1, -1):
        yield sign * (sign * size + h) - (size + sign * h)
    x, inside, outside = symbols("x inside outside", real=True)
    # |z|_1 - |z + h|_1 >= 0 is at most -<s, h_S> - |h_off|_1
    yield x - (x + inside + outside) - (-inside - outside)


@proof.exact(
    r"As $-h \in \ker A$ too, $(S, s)$ and $(S, -s)$ are met together: $\binom{m}{k} 2^{k-1}$ "
    r"cones are to be missed (counted up to sign for $k \leq m \leq 7$)."
)
def _() -> Steps:
    for size in range(1, 8):
        for width in range(1, size + 1):
            cones = {
                (S, max(s, tuple(-x for x in s)))
                for S in combinations(range(size), width)
                for s in product((-1, 1), repeat=width)
            }
            yield len(cones) == comb(size, width) * 2 ** (width - 1)


escape.gordon(proof)
escape.excess_in_closed_form(proof)
escape.mean_length(proof)


@proof.symbolic(
    r"Width of one cone, unit $h$ with $\langle s, h_S \rangle \geq \|h_{S^c}\|_1$, $t \geq 0$: "
    r"$\langle g, h \rangle \leq \langle g, h \rangle + t(\langle s, h_S \rangle - \|h_{S^c}\|_1) "
    r"\leq (\sum_S (g_i + t s_i)^2 + \sum_{S^c} (|g_j| - t)_+^2)^{1/2}$ by Cauchy-Schwarz, as $g_j "
    r"h_j - t|h_j| \leq (|g_j|-t)_+ |h_j|$. By Jensen $w^2 \leq k(1 + t^2) + (m-k) E(|g|-t)_+^2$."
)
def _() -> Steps:
    g, h = symbols("g h", real=True)
    t, size, more = symbols("t size more", nonnegative=True)
    for s in (1, -1):
        yield g * h + t * s * h - (g + t * s) * h
        mean, square = 0, 1  # of a standard normal
        yield (square + 2 * t * s * mean + (t * s) ** 2) - (1 + t**2)
    yield (t + more) * size - t * size - more * size  # |g_j| = t + more
    yield Ge(-((t - more) * size - t * size), 0)  # |g_j| = t - more: at most 0


@proof.symbolic(
    r"$e^{t^2/2} E(|g|-t)_+^2 = 2\int_0^\infty u^2 \phi(u) e^{-tu} du$ falls as $t \geq 0$ grows, "
    r"since its integrand does: $x = t + u$ has $\phi(x) e^{t^2/2} = \phi(u) e^{-tu}$."
)
def _() -> Steps:
    t, u = symbols("t u", positive=True)
    yield escape.density(t + u) * exp(t**2 / 2) - escape.density(u) * exp(-t * u)
    yield (t + u - t) ** 2 - u**2
    yield -exp(-t * u).diff(t) / (u * exp(-t * u)) - 1  # the derivative is -u e^{-tu} < 0


@proof.enclosed(
    r"At $t = \sqrt{2 \ln 2}$, where $e^{t^2/2} = 2$, it lies between 0.201 and 0.202, below "
    r"$1/4$: so for all $t \geq \sqrt{2 \ln 2}$, $E(|g|-t)_+^2 < e^{-t^2/2}/4$."
)
def _() -> Steps:
    t = (2 * ball(2).log()).sqrt()
    density, tail = (-t * t / 2).exp() / (2 * arb.pi()).sqrt(), (t / ball(2).sqrt()).erfc() / 2
    value = 2 * (2 * ((1 + t * t) * tail - t * density))
    yield ball(Fraction(202, 1000)) - value
    yield value - ball(Fraction(201, 1000))


@proof.symbolic(
    r"$t = \sqrt{2L} \geq \sqrt{2 \ln 2}$ has $e^{-t^2/2} = k/m$, so $w^2 \leq k(1 + 2L) + (m-k) "
    r"k/(4m) < 2kL + 5k/4$."
)
def _() -> Steps:
    yield exp(-(sqrt(2 * L) ** 2) / 2).subs(L, ln(m / k)) - k / m
    bound = k * (1 + 2 * L) + (m - k) * k / (4 * m)
    gap = k**2 / (4 * m)
    yield 2 * k * L + 5 * k / 4 - bound - gap
    yield Gt(gap, 0)


@proof.symbolic(
    r"$\binom{m}{k} \leq m^k/k! \leq (Em/k)^k$, as $k^k/k!$ is one term of $E^k$. So the number "
    r"$N$ of cones has $2 \ln N \leq 2k(1 + L) + 2(k-1) \ln 2$."
)
def _() -> Steps:
    n = Symbol("n", integer=True, nonnegative=True)
    x = Symbol("x", positive=True)
    yield summation(x**n / factorial(n), (n, 0, oo)) - exp(x)
    yield (E * m / k) ** k - m**k / (k**k / exp(k))
    bound = 2 * ln((E * m / k) ** k * 2 ** (k - 1))
    yield (bound - (2 * k * (1 + L) + 2 * (k - 1) * ln(2))).subs(L, ln(m) - ln(k))


@proof.symbolic(
    r"$(w + \sqrt{2 \ln N})^2 \leq 2(w^2 + 2 \ln N) < X = 8kL + (13/2 + 4\ln 2)k - 4 \ln 2$."
)
def _() -> Steps:
    a, b = symbols("a b", real=True)
    yield 2 * (a**2 + b**2) - (a + b) ** 2 - (a - b) ** 2
    total = 2 * (2 * k * L + 5 * k / 4 + 2 * k * (1 + L) + 2 * (k - 1) * ln(2))
    yield total - (8 * k * L + (Rational(13, 2) + 4 * ln(2)) * k - 4 * ln(2))


@proof.symbolic(
    r"Let $d = \lceil X \rceil + 1 < X + 2$. Then $\lambda_d^2 > d - 1 \geq X$, so $\lambda_d - w "
    r"> \sqrt{2 \ln N}$, each cone is met with probability below $1/N$, and some $A$ misses them "
    r"all: it recovers every $k$-sparse $z$."
)
def _() -> Steps:
    root, h = symbols("root h", positive=True)  # sqrt(2 ln N), and what is beyond
    N = exp(root**2 / 2)
    yield root - sqrt(2 * ln(N))
    yield N * exp(-((root + h) ** 2) / 2) - exp(-h * (2 * root + h) / 2)
    v = Symbol("v", positive=True)  # exp(h(...)/2) = 1 + v
    gap = v / (1 + v)
    yield 1 - 1 / (1 + v) - gap
    yield Gt(gap, 0)


@proof.enclosed(r"$13/2 + 4\ln 2 < 9.28$ and $2 - 4 \ln 2 < 0$: so $d < X + 2 < 8kL + 9.28k$.")
def _() -> Steps:
    yield ball(Fraction(928, 100)) - ball(Fraction(13, 2)) - 4 * ball(2).log()
    yield 4 * ball(2).log() - 2


@proof.enclosed(
    r"If $3L \geq 9.28$, this is at most $11kL$. Else $\ln 2 \leq L < 3.1$, where $e^L < 11 L$: $m "
    r"= k e^L < 11kL$, and $d = m$, $A = I$ does. So $d \leq 11 k \ln(m/k)$ for all $k \leq m/2$."
)
def _() -> Steps:
    yield ball(2).log() - ball(Fraction(69, 100))
    yield ball(Fraction(31, 10) * 3 - Fraction(928, 100))
    yield from over(lambda x: 11 * x - x.exp(), (Fraction(69, 100), Fraction(31, 10)))


@proof.exact(
    r"Erratum: $k \ln(m/k)$ cannot be meant up to $k = m$, where it is 0: with $d < m$ rows and "
    r"$2k \geq m$ no decoder tells all $k$-sparse $z$ apart. A kernel vector $h \neq 0$ is $z - "
    r"z'$, its first $k$ entries in $z$ and the other $m - k \leq k$ in $z'$ (all $m \leq 40$)."
)
def _() -> Steps:
    for size in range(1, 41):
        for width in range((size + 1) // 2, size + 1):
            yield size - width <= width


proof.main(__name__)
