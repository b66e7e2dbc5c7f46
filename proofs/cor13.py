"""Corollary 13: a monotone activation behind a bias is a threshold."""

from fractions import Fraction
from itertools import product

from sympy import Gt, Symbol, exp

from proofs.proof import Proof, Steps

proof = Proof("GKP26-cor13")


@proof.exact(
    r"For increasing $\sigma$, $u \leq v$ and $\sigma(u) > 0$ give $\sigma(v) > 0$. So on the "
    r"finitely many values $u_1 < \ldots < u_n$ of $(W^T A z + b)_i$, over all $k$-sparse $z \in "
    r"\{0,1\}^m$, the positive ones are an upper part, which a threshold $t$ cuts off: $\sigma(u) "
    r"> 0$ exactly when $u > t$ (all monotone patterns for $n \leq 8$; $t$ below all, between two "
    r"neighbours, or above all)."
)
def _() -> Steps:
    for n in range(1, 9):
        values = [Fraction(i) for i in range(n)]
        cuts = [Fraction(2 * i - 1, 2) for i in range(n + 1)]
        for pattern in product((False, True), repeat=n):
            if list(pattern) == sorted(pattern):
                yield any(
                    all((u > t) == p for u, p in zip(values, pattern, strict=True)) for t in cuts
                )


@proof.cited(
    r"So $(B^T A z)_i > t_i$ exactly when $z_i = 1$, with $B = W$ and $t_i = t - b_i$: the "
    r"hypothesis of Theorem 12, for the same $d$, $m$ and $2 \leq k < \sqrt{m}$. Its bound holds, "
    r"with its constant.",
    source="GKP26-thm12",
)
def _() -> Steps:
    for u, t, b in product([Fraction(i, 3) for i in range(-4, 5)], repeat=3):
        yield (u + b > t) == (u > t - b)


@proof.symbolic(
    r"Erratum: the plain sigmoid $1/(1+e^{-u})$ is increasing and positive everywhere, so that it "
    r"says $z_i = 1$ of every $z$, $z = 0$ included: the hypothesis has no instance, and the "
    r"corollary is empty for it. With a threshold $c$ in $(0, 1)$ subtracted it has: it is "
    r"positive exactly for $u > \ln(c/(1-c))$."
)
def _() -> Steps:
    u = Symbol("u", real=True)
    yield Gt(1 / (1 + exp(-u)), 0)
    yield Gt((1 / (1 + exp(-u))).diff(u), 0)
    w, c, g = (Symbol(name, positive=True) for name in ("w", "c", "g"))  # w = e^u, g = 1 - c
    factor = g / (1 + w)
    yield (1 / (1 + 1 / w) - c) - factor.subs(g, 1 - c) * (w - c / (1 - c))
    yield Gt(factor, 0)


@proof.exact(
    r"Erratum of Theorem 12, $k = 1$: it must be excluded here too. Points on the circle, $W = A$, "
    r"$b_i$ minus the threshold and $\sigma(u) = u$ read $m = 50$ features in two dimensions."
)
def _() -> Steps:
    points = [(Fraction(1 - s * s, 1 + s * s), Fraction(2 * s, 1 + s * s)) for s in range(50)]
    for i, (x, y) in enumerate(points):
        inner = [x * u + y * v for u, v in points]
        bias = -(max([0, *inner[:i], *inner[i + 1 :]]) + 1) / Fraction(2)
        for j, value in enumerate(inner):
            yield (value + bias > 0) == (j == i)
        yield bias <= 0


proof.main(__name__)
