"""The rank bounds in closed form: one good degree, and C(N, p) <= (eN/p)^p."""

from fractions import Fraction

from sympy import E, Gt, Symbol, limit, ln, oo, sqrt, symbols

from lcs.bounds.problem import ball
from lcs.bounds.rates import rate_chebyshev, rate_monomial
from proofs import ranks
from proofs.proof import Proof, Steps

proof = Proof("LCS-rate")


@proof.cited(
    r"First: $\binom{d+p-1}{p} > m/(1 + (m-1)/y)$ with $y = \mu^{-2p}$, for every $p \geq 1$, $m "
    r"\geq 2$, $\epsilon \leq 1$, $\epsilon < k$.",
    source="LCS-rank-l1",
)
def _() -> Steps:
    for k in range(1, 20):
        yield Fraction(k, 2) <= k  # eps < k/2 on the domain of this claim


@proof.cited(
    r"Second: $D > m/(1 + (m-1)/y)$ with $y = T_p(1/\mu)^2$, $D$ the sum of $\binom{d+j-1}{j}$ "
    r"over $j \leq p$ of the parity of $p$; $m \geq 2$, $\epsilon \leq 1$, $\epsilon < k/2$.",
    source="LCS-rank-l2",
)
def _() -> Steps:
    for k in range(1, 20):
        eps = Fraction(k, 2) - Fraction(1, 1000)
        yield eps / (k - eps) < 1


ranks.half(proof)
ranks.growth(proof)


@proof.symbolic(
    r"First: $p = \lfloor \ln m/(2 \ln(1/\mu)) \rfloor$ is the largest with $y = \mu^{-2p} \leq "
    r"m$. So $(E(d+p-1)/p)^p > y/2 = \mu^{-2p}/2$, which is $d > p(2^{-1/p}\mu^{-2}/E - 1) + 1$."
)
def _() -> Steps:
    p, mu, d = symbols("p mu d", positive=True)
    bound = p * (2 ** (-1 / p) * mu**-2 / E - 1) + 1
    yield (E * (d + p - 1) / p).subs(d, bound) - 2 ** (-1 / p) * mu**-2
    yield (2 ** (-1 / p) * mu**-2) ** p - mu ** (-2 * p) / 2
    m = Symbol("m", positive=True)
    yield (mu ** (-2 * p)).subs(p, ln(m) / (2 * ln(1 / mu))).rewrite(E) - m


@proof.symbolic(
    r"Second: with $\theta = (1 + \sqrt{1-\mu^2})/\mu$, $(\theta + 1/\theta)/2 = 1/\mu$, so the "
    r"recursion of $T_n$ gives $T_p(1/\mu) = (\theta^p + \theta^{-p})/2 \geq \theta^p/2$; and $D "
    r"\leq \sum_{j \leq p} \binom{d+j-1}{j} = \binom{d+p}{p}$ (both in LCS-rank-l2)."
)
def _() -> Steps:
    mu, th = symbols("mu theta", positive=True)
    n = Symbol("n", integer=True, positive=True)
    theta = (1 + sqrt(1 - mu**2)) / mu
    yield (theta**2 + 1) * mu - 2 * theta
    now, before = (th**n + th**-n) / 2, (th ** (n - 1) + th ** (1 - n)) / 2
    yield (th + 1 / th) * now - before - (th ** (n + 1) + th ** (-n - 1)) / 2
    yield Gt(now - th**n / 2, 0)


@proof.symbolic(
    r"$p = \lfloor \ln(4m)/(2 \ln\theta) \rfloor$ is the largest with $\theta^{2p}/4 \leq m$, a "
    r"$y' \leq y$. So $(E(d+p)/p)^p > y'/2 = \theta^{2p}/8$, which is $d > p(8^{-1/p}\theta^2/E - "
    r"1)$."
)
def _() -> Steps:
    p, th, d, m = symbols("p theta d m", positive=True)
    bound = p * (8 ** (-1 / p) * th**2 / E - 1)
    yield (E * (d + p) / p).subs(d, bound) - 8 ** (-1 / p) * th**2
    yield (8 ** (-1 / p) * th**2) ** p - th ** (2 * p) / 8
    yield (th**p / 2) ** 2 / 2 - th ** (2 * p) / 8
    yield (th ** (2 * p) / 4).subs(p, ln(4 * m) / (2 * ln(th))).rewrite(E) - m


@proof.symbolic(
    r"What it grows like: the second bound is $(2/E) \ln m/(\mu^2 \ln(2/\mu))$ times five factors "
    r"that tend to 1 as $\mu \to 0$ and $p \to \infty$ with $m$: $2p \ln\theta/\ln(4m)$, which is "
    r"in $(1 - 1/(p+1), 1]$ by the floor, $\ln(4m)/\ln m$, $\ln(2/\mu)/\ln\theta$, "
    r"$(\theta\mu/2)^2$ and $8^{-1/p} - E/\theta^2$."
)
def _() -> Steps:
    mu, m, p, th = symbols("mu m p theta", positive=True)
    law = 2 / E * ln(m) / (mu**2 * ln(2 / mu))
    factors = 2 * p * ln(th) / ln(4 * m) * ln(4 * m) / ln(m) * ln(2 / mu) / ln(th)
    factors *= (th * mu / 2) ** 2 * (8 ** (-1 / p) - E / th**2)
    yield p * (8 ** (-1 / p) * th**2 / E - 1) - law * factors
    half = (1 + sqrt(1 - mu**2)) / 2  # theta mu/2
    yield limit(half, mu, 0) - 1
    yield limit(ln(2 / mu) / (ln(2 / mu) + ln(half)), mu, 0) - 1  # ln theta
    yield limit((ln(4) + ln(m)) / ln(m), m, oo) - 1
    yield limit(8 ** (-1 / p), p, oo) - 1
    yield limit(mu**2 / (4 * half**2), mu, 0)  # 1/theta^2


@proof.enclosed(
    r"`lcs.bounds.rates` returns the least integers above these numbers, at $m = 10^6$, $\mu = "
    r"1/15$ ($p = 2$ both times: $\theta^4 < 4 \cdot 10^6 < \theta^6$), and $m = 10^6$, $\mu = "
    r"1/3$."
)
def _() -> Steps:
    m = 10**6
    for mu, first, second in ((Fraction(1, 15), 2, 2), (Fraction(1, 3), 6, 4)):
        delta = mu / (1 + mu)
        theta = (1 + ball(1 - mu**2).sqrt()) / ball(mu)
        e = ball(1).exp()
        for p, root, ceiling in ((first, 1 / ball(mu), m), (second, theta, 4 * m)):
            yield ceiling - root ** (2 * p)
            yield root ** (2 * p + 2) - ceiling
        low = first * (ball(2) ** (ball(-1) / first) / ball(mu) ** 2 / e - 1) + 1
        high = second * (ball(8) ** (ball(-1) / second) * theta**2 / e - 1)
        for bound, number in ((rate_monomial, low), (rate_chebyshev, high)):
            d = bound(m, 1, delta).d or 0
            yield d - number
            yield number - (d - 1)


proof.main(__name__)
