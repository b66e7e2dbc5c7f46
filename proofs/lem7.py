"""Lemma 7 (Alon) with a constant: rank D > ln n / (16 E e^2 ln(1/e)).

The lemma calls its bound on the entries e; Euler's number is E here, and y = e^{-2} > 4. One power
p of the entries does it, the largest with y^p <= n.
"""

from sympy import E, Ge, Gt, Rational, Symbol, ln, symbols

from proofs import ranks
from proofs.proof import Proof, Steps

proof = Proof("GKP26-lem7")

ranks.projector(proof)
ranks.monomials(proof)
ranks.contrast(proof)
ranks.half(proof)
ranks.growth(proof)


@proof.symbolic(
    r"With $y = e^{-2}$, $n > y$ says $x = \ln n/\ln y > 1$. Let $p = \lfloor x \rfloor \geq 1$, "
    r"so $y^p \leq n$ and $2p \geq p + 1 > x$. The squares of the entries of $D^{\circ p}$ off the "
    r"diagonal are below $y^{-p}$. By the steps above, $\binom{N}{p} > y^p/2$ for $N = d + p - 1$, "
    r"$d = \mathrm{rank}\, D$."
)
def _() -> Steps:
    e, p = symbols("e p", positive=True)
    y = e**-2
    yield ln(1 / e) * 2 - ln(y)
    yield (e**p) ** 2 - y**-p
    q = Symbol("q", nonnegative=True)  # p = 1 + q
    yield 2 * (1 + q) - (1 + q + 1) - q


@proof.symbolic(
    r"As $y > 4$: $2^N \geq \binom{N}{p} > y^p/2 > 4^p/2 = 2^{2p-1}$, so $N > 2p - 1$: $d > p$."
)
def _() -> Steps:
    d, p = symbols("d p", positive=True)
    yield 4**p / 2 - 2 ** (2 * p - 1)
    yield (d + p - 1) - (2 * p - 1) - (d - p)


@proof.symbolic(
    r"$(EN/p)^p \geq \binom{N}{p} > y^p/2$ says $N > p\, 2^{-1/p} y/E \geq p y/(2E)$, as $2^{-1/p} "
    r"\geq 1/2$ for $p \geq 1$. With $u = y/(2E)$: $d > p(u - 1) + 1 > p(u-1)$."
)
def _() -> Steps:
    p, y = symbols("p y", positive=True)
    q = Symbol("q", nonnegative=True)  # p = 1 + q
    N = p * 2 ** (-1 / p) * y / E
    yield (E * N / p) ** p - y**p / 2
    gap = q / (1 + q)
    yield -1 / (1 + q) + 1 - gap  # the exponent is at least -1
    yield Ge(gap, 0)
    yield (p * y / (2 * E) - p + 1) - (p * (y / (2 * E) - 1) + 1)


@proof.symbolic(
    r"Both: $d > p \max(1, u - 1) \geq pu/2$, since $1 \geq u/2$ for $u \leq 2$, and $u - 1 \geq "
    r"u/2$ for $u \geq 2$."
)
def _() -> Steps:
    h = Symbol("h", nonnegative=True)
    yield 1 - (2 - h) / 2 - h / 2
    gap = h / 2
    yield (2 + h) - 1 - (2 + h) / 2 - gap
    yield Ge(gap, 0)


@proof.symbolic(
    r"$p > x/2$ makes this $d > xu/4 = \ln n/(16 E e^2 \ln(1/e))$, the lemma with the constant "
    r"$1/(16E)$, for every $n$ and $e$ of its domain."
)
def _() -> Steps:
    e, n = symbols("e n", positive=True)
    x, u = ln(n) / (2 * ln(1 / e)), e**-2 / (2 * E)
    yield (x / 2) * u / 2 - Rational(1, 16) / E * ln(n) / (e**2 * ln(1 / e))
    h = Symbol("h", positive=True)
    yield Gt(ln(1 + h), 0)  # ln n and ln(1/e): n > 1 and e < 1


proof.main(__name__)
