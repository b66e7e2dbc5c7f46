"""Proposition 9: a small error leaves the geometry free; with the constant that the proof needs.

mu-incoherent means that any two of c_1, ..., c_m, a*, b* have an inner product below mu in absolute
value, 0 < mu < 1. R = 1 + lam^2 throughout, the square of the length without interference.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from sympy import Ge, Gt, Symbol, symbols

from proofs.proof import Proof, Steps

proof = Proof("GKP26-prop9")

lam = Symbol("lam", nonnegative=True)
mu = Symbol("mu", positive=True)
R = 1 + lam**2


def dot(x: Sequence[Any], y: Sequence[Any]) -> Any:
    """The inner product."""
    return sum(s * t for s, t in zip(x, y, strict=True))


@proof.symbolic(
    r"$\langle b_i, a_j \rangle = \langle c_i, c_j \rangle + \lambda(\langle c_i, a^* \rangle + "
    r"\langle b^*, c_j \rangle) + \lambda^2 \langle b^*, a^* \rangle$, bilinearly (written out in "
    r"$R^3$; the inner product is bilinear in every dimension)."
)
def _() -> Steps:
    ci, cj, a, b = (symbols(f"{name}:3") for name in ("ci", "cj", "a", "b"))

    feature = [s + lam * t for s, t in zip(cj, a, strict=True)]
    probe = [s + lam * t for s, t in zip(ci, b, strict=True)]
    parts = dot(ci, cj) + lam * (dot(ci, a) + dot(b, cj)) + lam**2 * dot(b, a)
    yield dot(probe, feature) - parts


@proof.symbolic(
    r"With each inner product $\mu - g$ or less in absolute value, $g > 0$: for $i \neq j$, "
    r"$|\langle b_i, a_j \rangle| \leq (\mu - g)(1 + 2\lambda + \lambda^2) < \mu(1+\lambda)^2$, "
    r"and $|\langle b_i, a_i \rangle - 1| \leq (\mu - g)(2\lambda + \lambda^2)$, which is less "
    r"still."
)
def _() -> Steps:
    g = Symbol("g", positive=True)
    h = Symbol("h", nonnegative=True)
    bound = mu * (1 + lam) ** 2
    gap = g * (1 + lam) ** 2
    yield bound - (mu - g) * (1 + 2 * lam + lam**2) - gap
    yield Gt(gap, 0)
    least = g + h  # mu, as mu - g >= 0
    own = (least - g) * (2 * lam + lam**2)
    left = g * (1 + lam) ** 2 + h
    yield least * (1 + lam) ** 2 - own - left
    yield Gt(left, 0)


@proof.cited(
    r"The error is the largest sum of $k$ absolute entries in a row of $B^T A - I$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for m in range(1, 10):
        for k in range(1, m + 1):
            yield 1 <= k <= m


@proof.symbolic(
    r"So it is below $k \mu (1+\lambda)^2$, which is $\epsilon$ for $\mu = "
    r"\epsilon/(k(1+\lambda)^2)$."
)
def _() -> Steps:
    k, eps = symbols("k eps", positive=True)
    yield (k * mu * (1 + lam) ** 2).subs(mu, eps / (k * (1 + lam) ** 2)) - eps


@proof.symbolic(
    r"$\lambda^2 = 1/\delta_0 - 1 \geq 0$ makes $1/R = \delta_0$ and $\lambda^2/R = 1 - \delta_0$, "
    r"$R = 1 + \lambda^2$."
)
def _() -> Steps:
    delta = Symbol("delta", positive=True)
    square = 1 / delta - 1
    yield 1 / (1 + square) - delta
    yield square / (1 + square) - (1 - delta)


@proof.symbolic(
    r"The squares of all lengths, $|a_i|^2 = R + 2\lambda \langle c_i, a^* \rangle$ and $|b_i|^2$ "
    r"likewise, lie within $2\lambda\mu$ of $R$, and so do the products $D$ of two lengths "
    r"(geometric means of two such squares). $R - 2\lambda\mu = (1-\lambda)^2 + 2\lambda(1-\mu) > "
    r"0$ for $\mu < 1$: the first term vanishes only at $\lambda = 1$, where the second does not."
)
def _() -> Steps:
    yield R - 2 * lam * mu - ((1 - lam) ** 2 + 2 * lam * (1 - mu))
    yield (R - 2 * lam * mu).subs(lam, 1) - 2 * (1 - mu)
    s = Symbol("s", positive=True)  # the shorter length
    more = Symbol("more", nonnegative=True)
    for product, square in ((s * more, s**2), (-more * (s + more), (s + more) ** 2)):
        yield s * (s + more) - square - product
    yield Ge(s * more, 0)


@proof.symbolic(
    r"A cosine is $N/D$. With $N_0$ the value of $N$ without interference, $|N - N_0| \leq \nu$: "
    r"$|N/D - N_0/R| \leq \nu/D + N_0 |R - D|/(RD) \leq (\nu + 2\lambda\mu N_0/R)/(R - "
    r"2\lambda\mu)$, by $N/D - N_0/R = (N - N_0)/D + N_0(R - D)/(RD)$."
)
def _() -> Steps:
    N, N0 = symbols("N N0", real=True)
    D = Symbol("D", positive=True)
    yield N / D - N0 / R - ((N - N0) / D + N0 * (R - D) / (R * D))


@proof.symbolic(
    r"$\cos(a_i, b_i)$ has $N_0 = 1$, $\nu = \mu(2\lambda + \lambda^2)$; $\cos(a_i, a_j)$ and "
    r"$\cos(b_i, b_j)$ have $N_0 = \lambda^2$, $\nu = \mu(1 + 2\lambda)$. The distances from "
    r"$\delta_0$ and $1 - \delta_0$ are thus at most $\mu(\lambda^2 + 2\lambda + 2\lambda/R)/(R - "
    r"2\lambda\mu)$ and $\mu(1 + 2\lambda + 2\lambda^3/R)/(R - 2\lambda\mu)$, which fall to 0 with "
    r"$\mu$."
)
def _() -> Steps:
    ci_cj, ci_a, cj_a, ci_b, a_b = symbols("ci_cj ci_a cj_a ci_b a_b", real=True)
    own = 1 + lam * (ci_a + ci_b) + lam**2 * a_b  # <c_i + lam a*, c_i + lam b*>
    yield (own - 1) - (lam * ci_a + lam * ci_b + lam**2 * a_b)  # coefficients lam, lam, lam^2
    other = ci_cj + lam * (ci_a + cj_a) + lam**2  # <c_i + lam a*, c_j + lam a*>
    yield (other - lam**2) - (ci_cj + lam * ci_a + lam * cj_a)  # coefficients 1, lam, lam
    for N0, nu, printed in (
        (1, mu * (2 * lam + lam**2), lam**2 + 2 * lam + 2 * lam / R),
        (lam**2, mu * (1 + 2 * lam), 1 + 2 * lam + 2 * lam**3 / R),
    ):
        gap = (nu + 2 * lam * mu * N0 / R) / (R - 2 * lam * mu)
        yield gap - mu * printed / (R - 2 * lam * mu)
        yield gap.subs(mu, 0)


C = ((), (0, 1, 2, 3), (0, 1, 4, 5), (0, 1, 6, 7))  # where each differs from the first


@proof.exact(
    r"Erratum. $\mu = \epsilon/(k(1+\lambda^2))$ as printed does not do: take $k = 1$, $\delta_0 = "
    r"1/2$, $\lambda = 1$, $\epsilon = 3/10$, so $\mu = 3/20$, and $c_1, c_2, a^*, b^* \in \{\pm "
    r"1/3\}^9$ with all inner products $1/9 < \mu$. Then $\langle b_1, a_2 \rangle = 4/9 > "
    r"\epsilon$. With the corrected $\mu = 3/40 < 1/9$ these vectors do not qualify."
)
def _() -> Steps:
    vectors = [[Fraction(-1 if i in flips else 1, 3) for i in range(9)] for flips in C]
    k, lam, eps = 1, 1, Fraction(3, 10)

    printed, corrected = eps / (k * (1 + lam**2)), eps / (k * (1 + lam) ** 2)
    yield (printed, corrected) == (Fraction(3, 20), Fraction(3, 40))
    for x in vectors:
        yield dot(x, x) == 1
    for x, y in combinations(vectors, 2):
        yield corrected < dot(x, y) < printed
    c1, c2, a, b = vectors
    entry = dot(
        [s + lam * t for s, t in zip(c1, b, strict=True)],
        [s + lam * t for s, t in zip(c2, a, strict=True)],
    )
    yield entry == Fraction(4, 9)
    yield entry > eps


@proof.symbolic(
    r"How far it fails: unit vectors with all inner products $t \in (0, 1)$ exist (the Gram matrix "
    r"$(1-t)I + tJ$ is a sum of two positive ones), and give $k$ off-diagonal entries $t(1 + "
    r"\lambda)^2$ in a row. As $t$ rises to the printed $\mu$, the error rises to $\epsilon "
    r"(1+\lambda)^2/(1+\lambda^2)$, which is $2\epsilon$ at $\lambda = 1$ and nowhere more."
)
def _() -> Steps:
    k, eps = symbols("k eps", positive=True)
    t = mu
    entry = t + lam * (t + t) + lam**2 * t
    worst = (k * entry).subs(mu, eps / (k * R))
    yield worst - eps * (1 + lam) ** 2 / R
    yield worst.subs(lam, 1) - 2 * eps
    gap = eps * (1 - lam) ** 2 / R
    yield 2 * eps - worst - gap
    yield Ge(gap, 0)


proof.main(__name__)
