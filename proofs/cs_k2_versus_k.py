"""Certificates by probes need d of order k^2, recovery itself d of order k ln(m/k)."""

from fractions import Fraction

from sympy import Gt, Symbol, exp, limit, log, oo, symbols

from proofs.proof import Proof, Steps

proof = Proof("CS-k2-versus-k")


@proof.cited(
    r"Rows and columns of $I - B^T A$, $d < m$, certify $k$ active features only if $2k - 1 < "
    r"\sqrt{d(m-1)/(m-d)}$, for $k < m$; here $k \leq m/2 < m$.",
    source="LCS-ceiling",
)
def _() -> Steps:
    for m in range(2, 40):
        for k in range(1, m // 2 + 1):
            yield 2 * k <= m
            yield k < m


@proof.symbolic(
    r"Squared, $d > (2k-1)^2 (m-d)/(m-1)$. At $d = m$ the right side is 0, and it holds as well."
)
def _() -> Steps:
    d, q, level = symbols("d q level", positive=True)
    m = d + q
    n = Symbol("n", positive=True)  # m - 1
    gap = d * n / q - level  # level = (2k-1)^2
    yield (d - level * (m - d) / n) - gap * q / n


@proof.symbolic(
    r"Coherence: columns of length 1 with $|\langle a_i, a_j \rangle| \leq \nu$, or any code with "
    r"$k |I - cA^T A|_{ij} < 1/2$ for some $c$, is the case $B = cA$ of rows; $c = 1/(1+\nu)$ "
    r"turns the test $k < (1 + 1/\nu)/2$ into $k\nu/(1+\nu) < 1/2$."
)
def _() -> Steps:
    k, nu = symbols("k nu", positive=True)
    c = 1 / (1 + nu)
    yield (1 - c) - nu / (1 + nu)
    yield c * nu - nu / (1 + nu)
    half = Fraction(1, 2)
    yield (half - k * nu / (1 + nu)) * (1 + nu) / nu - ((1 + 1 / nu) / 2 - k)


@proof.cited(
    r"Some $A$ with $d \leq 11 k \ln(m/k)$ rows recovers every $k$-sparse $z$, $1 \leq k \leq "
    r"m/2$.",
    source="GKP26-thm1",
)
def _() -> Steps:
    for m in range(2, 40):
        for k in range(1, m // 2 + 1):
            yield k >= 1
            yield 2 * k <= m


@proof.symbolic(
    r"Where $(2k-1)^2 > D m/(m-D)$, $D = 11k \ln(m/k) < m$, that $d \leq D$ is out of reach of "
    r"every certificate: $(2k-1)^2 (m-d)/(m-1) \geq (2k-1)^2 (m-D)/m > D \geq d$."
)
def _() -> Steps:
    d, more, rest, excess = symbols("d more rest excess", positive=True)
    D = d + more
    m = D + rest
    level = D * m / rest + excess
    yield level * (m - D) / m - D - excess * rest / m
    n = m - 1
    # (m-d)/(m-1) - (m-D)/m over the positive m (m-1)
    yield ((m - d) / n - rest / m) * n * m - (m * more + rest)
    yield Gt(m * more + rest, 0)


@proof.symbolic(
    r"And the two orders part without bound: at $m = k^3$, $(2k-1)^2/(11k \ln(m/k)) \to \infty$."
)
def _() -> Steps:
    u = Symbol("u", positive=True)  # k = e^u
    ratio = (2 * exp(u) - 1) ** 2 / (11 * exp(u) * log(exp(2 * u)))
    yield limit(1 / ratio, u, oo)


proof.main(__name__)
