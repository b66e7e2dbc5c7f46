"""Theorem 2 with its constant: Lemma 5 at mu = eps/k, with a chance of failure just below 1."""

from fractions import Fraction

from flint import arb
from sympy import Gt, Rational, exp, ln, symbols

from lcs.bounds.rademacher import thm2
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("GKP26-thm2")


@proof.symbolic(
    r"$d = \lfloor 4(k/\epsilon)^2 \ln m \rfloor + 1$ is $4(k/\epsilon)^2 \ln m + x$ with $x > 0$. "
    r"At $\mu = \epsilon/k$ it equals Lemma 5's $(2/\mu^2)(2 \ln m - \ln p)$ for $p = "
    r"e^{-x\mu^2/2}$, which lies in $(0, 1)$: it is $1/(1 + h)$ with $h > 0$."
)
def _() -> Steps:
    m, k, eps, x, h = symbols("m k eps x h", positive=True)
    mu = eps / k
    p = exp(-x * mu**2 / 2)
    yield 4 * (k / eps) ** 2 * ln(m) + x - 2 / mu**2 * (2 * ln(m) - ln(p))
    yield Gt(p, 0)
    yield 1 - 1 / (1 + h) - h / (1 + h)
    yield Gt(h / (1 + h), 0)


@proof.cited(
    r"So $m$ columns of fair signs over $\sqrt{d}$ have all $|\langle a_i, a_j \rangle| < "
    r"\epsilon/k$, $i \neq j$, with probability at least $1 - p > 0$: such columns exist. (The "
    r"hypothesis on $d$ holds with equality, for every $m \geq 1$.)",
    source="GKP26-lem5",
)
def _() -> Steps:
    for m in range(1, 10):
        for p in (Fraction(1, 10**6), Fraction(1, 2), 1 - Fraction(1, 10**6)):
            yield m >= 1 and 0 < p <= 1


@proof.cited(
    r"The error of $(A, A)$ at sparsity $k$ is the largest sum of $k$ absolute entries in a row of "
    r"$M = A^T A - I$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for m in range(1, 10):
        for k in range(1, m + 1):
            yield 1 <= k <= m


@proof.symbolic(
    r"The diagonal of $M$ is 0, as $d$ squares $(\pm 1/\sqrt{d})^2$ sum to 1; $k$ other entries, "
    r"each $\epsilon/k$ less some $g_j > 0$, sum to $\epsilon$ less the sum of the $g_j$ (fewer "
    r"sum to less, for $k = m$): the error is below $\epsilon$."
)
def _() -> Steps:
    d, k, eps, gaps = symbols("d k eps gaps", positive=True)
    yield d * (1 / d ** Rational(1, 2)) ** 2 - 1
    yield eps - (k * (eps / k) - gaps) - gaps
    yield Gt(gaps, 0)


@proof.enclosed(
    r"`lcs.bounds.rademacher.thm2` returns this $d$ at four points: $4(k/\epsilon)^2 \ln m$ lies "
    r"between $d - 1$ and $d$."
)
def _() -> Steps:
    for m, k, eps in ((10**6, 16, "1/4"), (2, 1, "9/10"), (100, 3, "7/3"), (50, 50, "1/9")):
        d = thm2(m, k, eps).d or 0
        number = ball(4 * (k / Fraction(eps)) ** 2) * arb(m).log()
        yield d - number
        yield number - (d - 1)


proof.main(__name__)
