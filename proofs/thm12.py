"""Theorem 12 over its whole range, by one dimension and the rank bound; and where its proof fails.

A signal is a set S of at most k active features; row i of X = B^T A sees the sum of X_ij over S.
E is Euler's number.
"""

from fractions import Fraction
from itertools import combinations

from sympy import E, Ge, Gt, Rational, Symbol, ln, symbols

from proofs.proof import Proof, Steps

proof = Proof("GKP26-thm12")

m, k = symbols("m k", positive=True)
h = Symbol("h", nonnegative=True)


@proof.cited(
    r"The least $d$ at which thresholds read all features of $k$-sparse $z \in \{0,1\}^m$ is "
    r"$d(m,k,1/2)$ or one less: it is at least $D - 1$, $D = d(m,k,1/2)$. (Thresholds are those of "
    r"the theorem, at the tolerance $1/2 \leq 1/2$ of the claim.)",
    source="LCS-affine-one-dimension",
)
def _() -> Steps:
    for width in range(2, 20):
        for size in range(width**2 + 1, width**2 + 9):
            yield 1 <= width <= size


@proof.cited(
    r"$D > m/(1 + (m-1)\mu^2)$, $\mu = (1/2)/(k-1/2) = 1/(2k-1)$, the rank bound at $p = 1$.",
    source="LCS-rank-l1",
)
def _() -> Steps:
    for width in range(2, 20):
        eps = Fraction(1, 2)
        yield eps <= 1
        yield eps < width
        yield eps / (width - eps) == Fraction(1, 2 * width - 1)


@proof.symbolic(
    r"For $m > k^2$, $k \geq 2$ this is above $(3/4) k^2 \geq 3$: it rises with $m$, and at $m = "
    r"k^2$ it exceeds $(3/4) k^2$ by $k^2 (k-2)^2/(4(s + k^2 - 1))$, $s = (2k-1)^2$. So $D \geq "
    r"4$, and $d \geq D - 1 \geq (3/4) D > (9/16) k^2$."
)
def _() -> Steps:
    s = (2 * k - 1) ** 2
    bound = m / (1 + (m - 1) / s)
    yield bound.diff(m) - s * (s - 1) / (s + m - 1) ** 2
    yield s - 1 - 4 * k * (k - 1)
    yield bound.subs(m, k**2) - 3 * k**2 / 4 - k**2 * (k - 2) ** 2 / (4 * (s + k**2 - 1))
    yield Rational(3, 4) * (2 + h) ** 2 - 3 - Rational(3, 4) * (4 * h + h**2)
    D = 4 + h
    yield D - 1 - Rational(3, 4) * D - h / 4
    yield Rational(3, 4) ** 2 - Rational(9, 16)


@proof.symbolic(
    r"$k^2 < m < 4k^2$: $m/k < 4k \leq k^3$, so $\ln(m/k) < 3 \ln k$ and $d > (9/16) k^2 > (3/16) "
    r"(k^2/\ln k) \ln(m/k)$."
)
def _() -> Steps:
    large = 2 + h  # k
    yield large**3 - 4 * large - large * h * (4 + h)
    yield Ge(large * h * (4 + h), 0)
    lk, short = symbols("lk short", positive=True)  # ln(m/k) = 3 ln k - short
    reached = Rational(9, 16) * k**2 - Rational(3, 16) * k**2 / lk * (3 * lk - short)
    yield reached - Rational(3, 16) * k**2 * short / lk
    yield Gt(Rational(3, 16) * k**2 * short / lk, 0)


@proof.cited(
    r"$m \geq 4k^2$: then $k/\sqrt{m} \leq 1/2 \leq k/3$ is the range of the law, with the "
    r"constant of its proof: $D \geq (1/(36E)) (2k)^2 \ln m/\ln(2k)$.",
    source="LCS-rank-l1",
)
def _() -> Steps:
    for width in range(2, 20):
        yield Fraction(width**2, 4 * width**2) <= Fraction(1, 2) ** 2
        yield Fraction(1, 2) <= Fraction(width, 3)


@proof.symbolic(
    r"So $d \geq (3/4) D \geq (1/(12E)) k^2 \ln m/\ln(2k) \geq (1/(24E)) (k^2/\ln k) \ln(m/k)$, as "
    r"$\ln(2k) \leq 2 \ln k$ and $\ln m \geq \ln(m/k)$; and $3/16 > 1/(24E)$ for the other $m$. So "
    r"$d \geq (1/(24E)) (k^2/\ln k) \ln(m/k)$ for all $2 \leq k < \sqrt{m}$."
)
def _() -> Steps:
    lm, l2k, lk = symbols("lm l2k lk", positive=True)
    law = (2 * k) ** 2 * lm / (36 * E * l2k)
    yield Rational(3, 4) * law - k**2 * lm / (12 * E * l2k)
    yield k**2 * lm / (12 * E * (2 * lk)) - k**2 * lm / (24 * E * lk)
    yield (2 + h) ** 2 - 2 * (2 + h) - h * (2 + h)  # k^2 >= 2k
    yield Ge(h * (2 + h), 0)
    yield ln(m) - ln(m / k) - ln(k)
    yield Gt(Rational(3, 16), 1 / (24 * E))


@proof.symbolic(
    r"Gap 1: $k = 1$ must be excluded. Points $a(s) = ((1-s^2), 2s)/(1+s^2)$ on the unit circle, "
    r"$B = A$: $X_{ii} = 1$ and $1 - X_{ij} = 2(s-t)^2/((1+s^2)(1+t^2)) > 0$. A threshold between "
    r"the largest of 0 and the other $X_{ij}$, and 1, reads feature $i$: $d = 2$ for every $m$."
)
def _() -> Steps:
    s, t = symbols("s t", real=True)
    inner = ((1 - s**2) * (1 - t**2) + 4 * s * t) / ((1 + s**2) * (1 + t**2))
    yield 1 - inner - 2 * (s - t) ** 2 / ((1 + s**2) * (1 + t**2))
    yield inner.subs(t, s) - 1


@proof.exact(
    r"Gap 1, in numbers: $s = 0, 1, \ldots, 99$ are $m = 100$ features in two dimensions, each "
    r"read by its threshold from every 1-sparse $z$ (0 included), in rationals."
)
def _() -> Steps:
    points = [(Fraction(1 - s * s, 1 + s * s), Fraction(2 * s, 1 + s * s)) for s in range(100)]
    for i, (x, y) in enumerate(points):
        others = [x * u + y * v for j, (u, v) in enumerate(points) if j != i]
        threshold = (max([*others, Fraction(0)]) + 1) / 2
        yield max([*others, Fraction(0)]) <= threshold < x * x + y * y


@proof.symbolic(
    r"Gap 2: the rank lemma, for entries below $e = 1/k$ on $n = m/(4k+1)$ features, needs "
    r"$1/\sqrt{n} < e$, that is $m > k^2(4k+1) > 4k^3$: $k < (m/4)^{1/3}$, and not $k < \sqrt{m}$."
)
def _() -> Steps:
    n = m / (4 * k + 1)
    yield (1 / k) ** 2 * n - m / (k**2 * (4 * k + 1))
    yield k**2 * (4 * k + 1) - 4 * k**3 - k**2
    yield Gt(k**2, 0)


@proof.exact(
    r"Gap 2, in numbers: $m = 10^6$ and $63 \leq k < 1000 = \sqrt{m}$ lie in the theorem's range, "
    r"and the lemma does not apply; $m = 5$, $k = 2$ leaves less than one feature."
)
def _() -> Steps:
    for width in range(63, 1000):
        yield width**2 < 10**6 <= width**2 * (4 * width + 1)
    yield 2**2 < 5
    yield Fraction(5, 4 * 2 + 1) < 1


@proof.exact(
    r"Gap 3: the pigeonhole finds $k$ entries $|X_{ij}| \geq 1/k$ of one sign in a row with $2k$ "
    r"of them, and only positive ones contradict the thresholds. $X_{ii} = 1$, $X_{ij} = -1/k$ is "
    r"read with all $t_i = 0$ (every $k$-sparse $z$, $k = 2, 3, 4$, $m = 2k + 1$), though every "
    r"row has $2k$ such entries: of negative ones only $k - 1$ act when $z_i = 1$, and sum to "
    r"$-(k-1)/k$."
)
def _() -> Steps:
    for width in (2, 3, 4):
        size = 2 * width + 1
        other = -Fraction(1, width)
        yield sum(abs(other) >= Fraction(1, width) for _ in range(size - 1)) == 2 * width
        for active in range(width + 1):
            for S in combinations(range(size), active):
                for i in range(size):
                    seen = sum((Fraction(1) if j == i else other for j in S), Fraction(0))
                    yield (seen > 0) == (i in S)


proof.main(__name__)
