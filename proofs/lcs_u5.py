"""U5: leave out q directions that meet every feature alike, q the largest integer below m eps/k.

The projector is written down: a real circulant one from q frequencies that come in pairs.
"""

from fractions import Fraction
from math import ceil

from sympy import I, Symbol, cos, exp, pi, symbols

from lcs.bounds.near_m import u5
from proofs.proof import Proof, Steps

proof = Proof("LCS-u5")


@proof.exact(
    r"$q = \lceil m\epsilon/k \rceil - 1$ has $0 \leq q < m\epsilon/k$ and $q \leq m - 1$, as $0 < "
    r"\epsilon/k \leq 1$; and $m - q = m - \lceil m\epsilon/k \rceil + 1$ (by the definition of "
    r"the ceiling; every $\epsilon/k = i/24$, $m \leq 60$)."
)
def _() -> Steps:
    for m in range(1, 61):
        for i in range(1, 25):
            delta = Fraction(i, 24)
            q = ceil(m * delta) - 1
            yield 0 <= q < m * delta
            yield q <= m - 1
            yield q + 1 >= m * delta


@proof.exact(
    r"For every $0 \leq q < m$ there is a set $F$ of $q$ frequencies mod $m$ with $F = -F$: pairs "
    r"$\pm f$ with $0 < f < m/2$, of which there are $\lceil m/2 \rceil - 1$, and 0 for odd $q$ "
    r"(as $q - 1 \leq m - 2$ is even and $q \leq m - 1$ if even, pairs suffice; $m \leq 60$)."
)
def _() -> Steps:
    for m in range(1, 61):
        for q in range(m):
            F = _frequencies(m, q)
            yield len(F) == q
            yield {-f % m for f in F} == F


def _frequencies(m: int, q: int) -> set[int]:
    pairs = {f for i in range(1, q // 2 + 1) if 2 * i < m for f in (i, m - i)}
    return pairs | ({0} if q % 2 else set())


@proof.symbolic(
    r"$P_{ij} = \frac{1}{m} \sum_{f \in F} \omega^{f(i-j)}$, $\omega = e^{2\pi i/m}$, is real and "
    r"symmetric, since $f$ and $-f$ add to a cosine, which is even. Its diagonal is $q/m$ and "
    r"$|P_{ij}| \leq q/m$, as a sum of $q$ numbers of size $1/m$."
)
def _() -> Steps:
    t = Symbol("t", real=True)
    yield (exp(I * t) + exp(-I * t)).rewrite(cos) - 2 * cos(t)
    yield cos(-t) - cos(t)
    yield exp(I * t).rewrite(cos) * exp(-I * t).rewrite(cos) - 1  # size 1


@proof.symbolic(
    r"$P^2 = P$: in $(P^2)_{ij} = m^{-2} \sum_{f, g} \omega^{fi - gj} \sum_l \omega^{(g-f)l}$ the "
    r"inner sum is $m$ for $f = g$. For $f \neq g$ it is $\sum_{l<m} w^l$, $w = \omega^{g-f} \neq "
    r"1$, and $(w - 1) \sum_{l<m} w^l = w^m - 1 = 0$, a telescope. So $P$ is the projector of rank "
    r"$\mathrm{tr} P = q$."
)
def _() -> Steps:
    w = Symbol("w")
    l, m, s = symbols("l m s", integer=True, positive=True)
    yield (w - 1) * w**l - (w ** (l + 1) - w**l)
    for n in range(1, 9):
        yield (w - 1) * sum(w**i for i in range(n)) - (w**n - 1)
    yield exp(2 * pi * I * s / m) ** m - 1  # w^m, w = omega^s
    q = Symbol("q", positive=True)
    yield m * (q / m) - q


@proof.cited(
    r"$I - P$ is a projector of rank $m - q$: it is $A^T A$, the rows of $A$ an orthonormal basis "
    r"of its range. With $B = A$, $B^T A - I = -P$: $k$ entries of a row sum to at most $kq/m < "
    r"\epsilon$ in absolute value, which is the error. So $d(m, k, \epsilon) \leq m - q$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for m in range(1, 30):
        for k in range(1, m + 1):
            for eps in (Fraction(1, 9), Fraction(2, 3), Fraction(1)):
                q = ceil(m * eps / k) - 1
                yield k * Fraction(q, m) < eps


@proof.exact(
    r"`lcs.bounds.near_m.u5` returns $m - \lceil m\epsilon/k \rceil + 1$ at all $k \leq m \leq "
    r"12$, $\epsilon \in \{1/5, 1/2, 1\}$."
)
def _() -> Steps:
    for m in range(1, 13):
        for k in range(1, m + 1):
            for eps in (Fraction(1, 5), Fraction(1, 2), Fraction(1)):
                yield u5(m, k, eps).d == m - ceil(m * eps / k) + 1


proof.main(__name__)
