"""Theorem 3: the paper's chain with its constant left symbolic, and the whole range with one.

The chain (Turan's theorem, then the rank lemma on the features that hardly interfere) works where
eps/k < (1 - eps)/2. The rank bound of this project needs no chain and reaches eps <= k/3; what is
left, k = 2 and eps > 2/3, falls to the volume bound. E is Euler's number.
"""

from fractions import Fraction
from itertools import permutations

from sympy import E, Ge, Gt, Rational, Symbol, ln, symbols

from proofs.proof import Proof, Steps

proof = Proof("GKP26-thm3")

k, eps, m, c = symbols("k eps m c", positive=True)
SHARE = ln(4) / ln(20)


@proof.cited(
    r"The chain. $X = B^T A$ has top-$k$ sums of the rows of $X - I$ below $\epsilon < 1$: so "
    r"$X_{ii} > 1 - \epsilon$, and fewer than $k$ entries of a row have $|X_{ij}| \geq "
    r"\epsilon/k$, $j \neq i$, since $k$ of them sum to $\epsilon$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for n in range(1, 20):
        tolerance = Fraction(n, 20)
        for width in range(1, 20):
            yield width * (tolerance / width) >= tolerance


@proof.symbolic(
    r"Join $i$ and $j$ if $|X_{ij}|$ or $|X_{ji}|$ is at least $\epsilon/k$. Each row brings at "
    r"most $k - 1$ edges, so the degrees sum to at most $2m(k-1)$: they average $D \leq 2(k-1)$, "
    r"and $D + 1 \leq 2k - 1 \leq 4k + 1$, the paper's number."
)
def _() -> Steps:
    yield 2 * m * (k - 1) / m + 1 - (2 * k - 1)
    gap = 2 * k + 2
    yield 4 * k + 1 - (2 * k - 1) - gap
    yield Gt(gap, 0)


@proof.exact(
    r"Turan's count: in a random order keep each vertex that comes before all its neighbours. Kept "
    r"ones are not joined, and a vertex of degree $g$ is first among $g + 1$ with probability "
    r"$1/(g+1)$, by symmetry (all orders, $g \leq 6$): some order keeps at least $\sum 1/(g_i + "
    r"1)$."
)
def _() -> Steps:
    for g in range(7):
        orders = list(permutations(range(g + 1)))
        first = sum(order[0] == 0 for order in orders)
        yield Fraction(first, len(orders)) == Fraction(1, g + 1)


@proof.symbolic(
    r"By convexity $\sum_i 1/(g_i+1) \geq m/(D+1)$: each term is at least the tangent at the "
    r"average, $1/(g+1) - (1/(D+1) - (g-D)/(D+1)^2) = (g-D)^2/((g+1)(D+1)^2)$, and the $g_i - D$ "
    r"sum to 0. So $n \geq m/(4k+1)$ features have $|X_{ij}| < \epsilon/k$ among themselves."
)
def _() -> Steps:
    g, D = symbols("g D", nonnegative=True)
    tangent = 1 / (D + 1) - (g - D) / (D + 1) ** 2
    gap = (g - D) ** 2 / ((g + 1) * (D + 1) ** 2)
    yield 1 / (g + 1) - tangent - gap
    yield Ge(gap, 0)


@proof.symbolic(
    r"The hypotheses of Corollary 8 on them, $g = 1 - \epsilon$, $e = \epsilon/k$: $\epsilon^2 > "
    r"5k^3/m$ gives $e^2 n \geq \epsilon^2 m/(k^2(4k+1)) > 5k/(4k+1) \geq 1 > g^2$; and $e < g/2$ "
    r"is the further condition $k > 2\epsilon/(1-\epsilon)$."
)
def _() -> Steps:
    x, h = symbols("x h", nonnegative=True)
    square = 5 * k**3 / m + x
    yield square * m / (k**2 * (4 * k + 1)) - 5 * k / (4 * k + 1) - x * m / (k**2 * (4 * k + 1))
    yield 5 * (1 + h) - (4 * (1 + h) + 1) - h
    spare = eps * (1 + h)
    yield 1 - (1 - eps) ** 2 - spare.subs(h, 1 - eps)
    yield Gt(spare, 0)
    yield (1 - eps) / 2 - eps / k - (1 - eps) / (2 * k) * (k - 2 * eps / (1 - eps))


@proof.cited(
    r"So $d \geq \mathrm{rank} \geq c\, g^2 \ln n/(e^2 \ln(g/e))$ with the constant $c$ of "
    r"Corollary 8; here $c = 1/(16E)$ is proved.",
    source="GKP26-cor8",
)
def _() -> Steps:
    for width in range(2, 20):
        for n in range(1, 20):
            level = Fraction(n, 20)
            if width > 2 * level / (1 - level):
                yield level / width < (1 - level) / 2


@proof.symbolic(
    r"$m/k > 5k^2/\epsilon^2 > 20$ and $4k + 1 \leq 5k$: with $w = m/k = 20 (1 + h)$, $\ln n \geq "
    r"\ln(w/5) \geq (\ln 4/\ln 20) \ln w$, as $\ln(w/5) - (\ln 4/\ln 20) \ln w = (1 - \ln 4/\ln "
    r"20) \ln(1 + h) \geq 0$."
)
def _() -> Steps:
    h, q = symbols("h q", nonnegative=True)
    w = 20 * (1 + h)
    left = ln(4) + ln(1 + h) - SHARE * (ln(20) + ln(1 + h))  # ln(w/5), ln w
    yield w / 5 - 4 * (1 + h)
    yield left - (1 - SHARE) * ln(1 + h)
    yield Gt(1 - SHARE, 0)
    yield Ge(ln(1 + h), 0)
    yield 5 * (1 + q) - (4 * (1 + q) + 1) - q
    yield 5 * (2 + q) ** 2 - 20 - 5 * q * (4 + q)  # 5k^2 >= 20 for k >= 2, and eps < 1


@proof.symbolic(
    r"$\ln(g/e) < \ln(k/\epsilon) = \ln k + \ln(1/\epsilon) \leq s \ln k$, $s = 1 + "
    r"\ln(1/\epsilon)/\ln 2$, for $k \geq 2$. So $d \geq c\, c_\epsilon (k^2/\ln k) \ln(m/k)$ with "
    r"$c_\epsilon = (\ln 4/\ln 20) ((1-\epsilon)/\epsilon)^2/s$: the theorem where $k > "
    r"2\epsilon/(1-\epsilon)$."
)
def _() -> Steps:
    lk, le, s, lw = symbols("lk le s lw", positive=True)  # ln k, ln(1/eps), s, ln(m/k)
    h = Symbol("h", nonnegative=True)
    grown = ln(2) + h  # ln k
    gap = le * h / ln(2)
    yield (1 + le / ln(2)) * grown - (grown + le) - gap
    yield Ge(gap, 0)
    reached = c * (1 - eps) ** 2 * SHARE * lw / ((eps / k) ** 2 * s * lk)
    yield reached - c * (SHARE * ((1 - eps) / eps) ** 2 / s) * k**2 / lk * lw


@proof.cited(
    r"All of the range, $k \geq 3$ or $\epsilon \leq 2/3$: there $\epsilon \leq k/3$, and "
    r"$\epsilon > k^{3/2}\sqrt{5/m} > k/\sqrt{m}$. So the rank bound gives its law, with the "
    r"constant of its proof: $d \geq (1/(36E)) (k/\epsilon)^2 \ln m/\ln(k/\epsilon)$.",
    source="LCS-rank-l1",
)
def _() -> Steps:
    for width in range(2, 20):
        yield 5 * width**3 > width**2
        for n in range(1, 30):
            level = Fraction(n, 30)
            if level < 1 and (width >= 3 or level <= Fraction(2, 3)):
                yield level <= Fraction(width, 3)


@proof.symbolic(
    r"As $\ln m \geq \ln(m/k)$ and $\ln(k/\epsilon) \leq s \ln k$, this is at least "
    r"$(1/(36E\epsilon^2 s)) (k^2/\ln k) \ln(m/k)$."
)
def _() -> Steps:
    lk, s, lw = symbols("lk s lw", positive=True)
    h = Symbol("h", nonnegative=True)
    yield ln(m) - ln(m / k) - ln(k)
    yield Ge(ln(1 + h), 0)  # ln k, k = 1 + h
    yield (k / eps) ** 2 * lw / (36 * E * s * lk) - k**2 * lw / (36 * E * eps**2 * s * lk)


@proof.cited(
    r"$k = 2$, $2/3 < \epsilon < 1$: $\mu = \epsilon/(2-\epsilon) < 1$, and the volume bound "
    r"$((3-\mu)/(1-\mu))^d > 2m + 1$ holds.",
    source="LCS-volume",
)
def _() -> Steps:
    for n in range(21, 30):
        level = Fraction(n, 30)
        yield level / (2 - level) < 1
        yield level < Fraction(2, 2)


@proof.symbolic(
    r"$(3-\mu)/(1-\mu) = (3-2\epsilon)/(1-\epsilon) = v > 1$, so $d > \ln(2m+1)/\ln v > "
    r"\ln(m/2)/\ln v$, which is $c_\epsilon (k^2/\ln k) \ln(m/k)$ at $k = 2$ with $c_\epsilon = "
    r"\ln 2/(4 \ln v)$. So Theorem 3 holds for $k \geq 2$, $k^{3/2}\sqrt{5/m} < \epsilon < 1$."
)
def _() -> Steps:
    mu = eps / (2 - eps)
    v = (3 - 2 * eps) / (1 - eps)
    yield (3 - mu) / (1 - mu) - v
    yield v - 2 - 1 / (1 - eps)
    yield Gt(2 * m + 1, m / 2)
    yield ln(2) / (4 * ln(v)) * (Rational(4) / ln(2)) * ln(m / 2) - ln(m / 2) / ln(v)


@proof.exact(
    r"Erratum: $\epsilon < 1$ is needed, as $A = B = 0$ in $d = 0$ dimensions leaves $M = -I$, "
    r"whose top-$k$ sums are 1, below every $\epsilon > 1$ (all $k \leq m \leq 8$)."
)
def _() -> Steps:
    for size in range(1, 9):
        row = sorted([0] * (size - 1) + [1], reverse=True)
        for width in range(1, size + 1):
            yield sum(row[:width]) == 1


@proof.exact(
    r"Erratum: at $k = 1$, $\epsilon > 1/2$, one dimension does for every $m$: $a_i = 1$, $b_i = "
    r"1/2$ leave every entry of $|B^T A - I|$ at $1/2$ ($m \leq 8$)."
)
def _() -> Steps:
    for size in range(1, 9):
        for i in range(size):
            for j in range(size):
                yield abs(Fraction(1, 2) * 1 - (i == j)) == Fraction(1, 2)


proof.main(__name__)
