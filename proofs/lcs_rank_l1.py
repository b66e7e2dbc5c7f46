"""The rank bound with monomials: C(d+p-1, p) > m / (1 + (m-1) mu^{2p}), and the law it implies."""

from fractions import Fraction

from sympy import E, Ge, Gt, Rational, Symbol, ln, symbols

from lcs.bounds.rank import monomial
from proofs import ranks
from proofs.proof import Proof, Steps

proof = Proof("LCS-rank-l1")

ranks.normalised(proof)
ranks.projector(proof)
ranks.monomials(proof)
ranks.contrast(proof)


@proof.symbolic(
    r"$Y = X^{\circ p}$ has unit diagonal, $Y_{ij}^2 < \mu^{2p} = 1/y$ off it, and rank at most "
    r"$\binom{d+p-1}{p}$, so that $\binom{d+p-1}{p} > m/(1 + (m-1)\mu^{2p})$. At $p = 1$ this is "
    r"the Welch bound $d > m/(1 + (m-1)\mu^2)$."
)
def _() -> Steps:
    m, mu, p = symbols("m mu p", positive=True)
    yield (mu**p) ** 2 - 1 / (mu ** (-2 * p))
    y = mu ** (-2 * p)
    yield m / (1 + (m - 1) / y) - m / (1 + (m - 1) * mu ** (2 * p))


@proof.exact(
    r"`lcs.bounds.rank.monomial` has these two numbers: the count $\binom{d+p-1}{p}$, by "
    r"enumeration of monomials as exponents, and $\mu^{2p}$; $d, p \leq 5$, $\mu = 2/7$."
)
def _() -> Steps:
    mu = Fraction(2, 7)
    for p in range(1, 6):
        count, square = monomial(p, mu)
        yield square == (mu**p) ** 2
        for d in range(1, 6):
            yield count(d) == _exponents(d, p)


def _exponents(d: int, p: int) -> int:
    """How many d numbers >= 0 sum to p."""
    return 1 if d == 1 else sum(_exponents(d - 1, p - i) for i in range(p + 1))


@proof.cited(
    r"The law, for $k/\sqrt{m} \leq \epsilon \leq 1$, $\epsilon \leq k/3$. Lemma 7 applies to $X$ "
    r"with $n = m$ and any $e$ from the largest $|X_{ij}|$ up to $\mu$, $1/\sqrt{m} < e < 1/2$; "
    r"such $e$ come as close to $\mu$ as wished, as $\mu = \delta/(1-\delta) > \delta \geq "
    r"1/\sqrt{m}$ and $\mu \leq 1/2$. Hence $d \geq \ln m/(16E \mu^2 \ln(1/\mu))$.",
    source="GKP26-lem7",
)
def _() -> Steps:
    for n in range(3, 40):  # delta = 1/n <= 1/3, m >= n^2
        delta = Fraction(1, n)
        mu = delta / (1 - delta)
        yield n**2 * mu**2 > 1
        yield mu <= Fraction(1, 2)


@proof.symbolic(
    r"With $1/\mu = v \geq 2$, $k/\epsilon = 1/\delta = 1 + v \leq (3/2) v$: $1/\mu^2 \geq "
    r"(4/9)(k/\epsilon)^2$, and $\ln(1/\mu) \leq \ln(k/\epsilon)$. So $d \geq (1/(36E)) "
    r"(k/\epsilon)^2 \ln m/\ln(k/\epsilon)$ on the whole domain."
)
def _() -> Steps:
    h = Symbol("h", nonnegative=True)
    m, delta = symbols("m delta", positive=True)
    yield 1 / (delta / (1 - delta)) + 1 - 1 / delta
    v = 2 + h
    yield (Rational(3, 2) * v - (1 + v)) - h / 2
    yield Ge(h / 2, 0)
    yield Gt(1 + v, v)  # and ln increases
    ratio = Symbol("ratio", positive=True)  # k/eps
    bound = ln(m) / (16 * E) * Rational(4, 9) * ratio**2 / ln(ratio)
    yield bound - ratio**2 * ln(m) / (36 * E * ln(ratio))


proof.main(__name__)
