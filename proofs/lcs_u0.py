"""U0: fair signs have small top-k sums, by Hoeffding and a union over rows, supports and signs."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

from sympy import Gt, Symbol, exp, ln, symbols

from lcs.bounds.problem import log_supports_and_signs
from lcs.bounds.rademacher import u0_hoeffding
from proofs import signs
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("LCS-u0")


@proof.cited(
    r"$A = B$ with entries $\pm 1/\sqrt{d}$. The error at sparsity $k$ is the largest sum of $k$ "
    r"absolute entries in a row of $M = A^T A - I$. As $M_{ii} = 0$ and $k < m$, the $k$ entries "
    r"may be taken off the diagonal.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for d in range(1, 30):
        yield sum(Fraction(1, d) for _ in range(d)) == 1  # M_ii + 1, whatever the signs
    for m in range(2, 10):
        for k in range(1, m):
            yield k <= m - 1


@proof.exact(
    r"So an error $\geq \epsilon$ is one of $m \binom{m-1}{k} 2^k$ events: $\sum_{j \in S} s_j "
    r"\langle a_i, a_j \rangle \geq \epsilon$ for a row $i$, a set $S$ of $k$ others, and signs "
    r"$s$, since the largest of the signed sums is the sum of absolute values (the count by "
    r"enumeration, $m \leq 6$; the signs for all integers from $-2$ to $2$, $k \leq 3$)."
)
def _() -> Steps:
    for m in range(2, 7):
        for k in range(1, m):
            events = [
                (i, S, s)
                for i in range(m)
                for S in combinations([j for j in range(m) if j != i], k)
                for s in product((-1, 1), repeat=k)
            ]
            yield len(events) == m * comb(m - 1, k) * 2**k
    for k in (1, 2, 3):
        for v in product(range(-2, 3), repeat=k):
            signed = (
                sum(a * b for a, b in zip(s, v, strict=True)) for s in product((-1, 1), repeat=k)
            )
            yield max(signed) == sum(map(abs, v))


signs.products_are_fair(proof)
signs.moments(proof)
signs.tail(proof)


@proof.symbolic(
    r"Each event says $S_{kd} \geq \epsilon d$, of probability at most $e^{-(\epsilon d)^2/(2kd)} "
    r"= e^{-\epsilon^2 d/(2k)}$. At $d = (2k/\epsilon^2) \ln N + x$, $x > 0$, as the floor plus 1 "
    r"is, all $N = m \binom{m-1}{k} 2^k$ together have at most $e^{-\epsilon^2 x/(2k)} < 1$ (it is "
    r"$1/(1+h)$, $h > 0$): some signs avoid them, and their error is below $\epsilon$."
)
def _() -> Steps:
    k, d, eps, N, x, h = symbols("k d eps N x h", positive=True)
    chance = exp(-((eps * d) ** 2) / (2 * k * d))
    yield chance - exp(-(eps**2) * d / (2 * k))
    yield N * chance.subs(d, 2 * k / eps**2 * ln(N) + x) - exp(-(eps**2) * x / (2 * k))
    yield 1 - 1 / (1 + h) - h / (1 + h)
    yield Gt(h / (1 + h), 0)


@proof.symbolic(
    r"$d$ is a dimension: $m \geq 2$ and $k \leq m - 1$ leave $N \geq 4$, so $\ln N > 0$ and $d "
    r"\geq 1$."
)
def _() -> Steps:
    more = Symbol("more", nonnegative=True)  # N = 4 + more
    yield Gt(ln(4 + more), 0)
    yield Gt(4 + more, 1)


@proof.enclosed(
    r"`lcs.bounds.rademacher.u0_hoeffding` returns this $d$ at four points: $(2k/\epsilon^2) \ln "
    r"N$ lies between $d - 1$ and $d$, with its own $\ln N$ and with one from integers."
)
def _() -> Steps:
    for m, k, eps in ((1000, 4, "1/2"), (2, 1, "9/10"), (64, 63, "3"), (10**6, 16, "1/4")):
        d = u0_hoeffding(m, k, eps).d or 0
        own, events = log_supports_and_signs(m, k), ball(m * comb(m - 1, k) * 2**k).log()
        for log in (own, events):
            number = ball(2 * k / Fraction(eps) ** 2) * log
            yield d - number
            yield number - (d - 1)


proof.main(__name__)
