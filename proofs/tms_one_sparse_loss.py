"""The loss for one active feature: right as a formula, no more than a part of the loss.

Features are independent, of one density p; G = W^T W, F is the formula of the slides.
"""

from fractions import Fraction

from sympy import Integer, Max, Poly, Rational, Symbol, binomial, integrate, symbols

from proofs.active import mean_product, mean_square
from proofs.proof import Proof, Steps

proof = Proof("TMS-one-sparse-loss", refutes=True)


@proof.symbolic(
    r"Given that $j$ alone is active, output $i$ is $\mathrm{relu}(G_{ij} x + b_i)$, $x$ uniform "
    r"on $[0, 1]$: feature $j$ costs $I_j \int_0^1 (x - \mathrm{relu}(||W_j||^2 x + b_j))^2 dx$ "
    r"and $i \neq j$ costs $I_i \int_0^1 \mathrm{relu}(W_i \cdot W_j x + b_i)^2 dx$, which sum "
    r"over $j$ to the slides' $F$. In closed form, where nothing is cut off: $\int (x - ax - b)^2 "
    r"= 1/3 - (2a/3 + b) + a^2/3 + ab + b^2$."
)
def _() -> Steps:
    a, b, x = symbols("a b x", positive=True)
    relu = lambda u: Max(u, 0)  # noqa: E731
    value = Rational(1, 3) - 2 * mean_product(relu, b, a, []) + mean_square(relu, b, [a])
    yield value - integrate((x - a * x - b) ** 2, (x, 0, 1))
    yield value - (Rational(1, 3) - (2 * a / 3 + b) + a**2 / 3 + a * b + b**2)


@proof.symbolic(
    r"Negative interference is free in $F$: with $W_i \cdot W_j = -s \leq 0$ and $b_i = -d \leq "
    r"0$, $\mathrm{relu}(-sx - d) = 0$, whatever $s$."
)
def _() -> Steps:
    s, d, x = symbols("s d x", nonnegative=True)
    yield Max(0, -s * x - d)


@proof.symbolic(
    r"What $F$ leaves out, exactly: the loss is $(1-p)^n \sum_i I_i \mathrm{relu}(b_i)^2 + "
    r"p(1-p)^{n-1} F$ and the share of inputs with two or more active features, of probability $1 "
    r"- (1-p)^n - np(1-p)^{n-1}$, at most $\binom{n}{2} p^2$ by the union over pairs, and about "
    r"that for small $p$ (here $n = 20$: its terms in $1$, $p$, $p^2$ are $0$, $0$, "
    r"$\binom{n}{2}$)."
)
def _() -> Steps:
    p = Symbol("p")
    rest = Poly(1 - (1 - p) ** 20 - 20 * p * (1 - p) ** 19, p).all_coeffs()[::-1]
    yield rest[0]
    yield rest[1]
    yield rest[2] - binomial(20, 2)


@proof.symbolic(
    r"The claim is refuted as an equality up to a factor. An antipodal pair of unit vectors "
    r"without bias has no loss for one active feature, and $p^2/6$ for each of its two in all: "
    r"both active, $E(x - \mathrm{relu}(x - y))^2 = 1/6$."
)
def _() -> Steps:
    relu = lambda u: Max(u, 0)  # noqa: E731
    one = Integer(1)
    both = Rational(1, 3) - 2 * mean_product(relu, 0 * one, one, [-one])
    yield both + mean_square(relu, 0 * one, [one, -one]) - Rational(1, 6)
    alone = (
        Rational(1, 3)
        - 2 * mean_product(relu, 0 * one, one, [])
        + mean_square(relu, 0 * one, [one])
    )
    yield alone
    yield mean_square(relu, 0 * one, [-one])


@proof.exact(
    r"In its domain, $n = 20$, $m = 5$, $I_i = 0.7^i$: let $A = \sum_{i<10} I_i$, $B = \sum_{i "
    r"\geq 10} I_i$. $W = 0$ has $F = (A + B)/3$ and the loss $p(A + B)/3$; five pairs of the ten "
    r"most important have $F = B/3$ and the loss $pB/3 + p^2 A/6$. Their quotients, loss by $F$, "
    r"are $p$ and $p(1 + pA/(2B))$, $A/B = 0.7^{-10} > 35$: apart by more than $1.7$ percent at $p "
    r"= 0.001$ and by a factor above $2.7$ at $p = 0.1$. No one factor makes $F$ the loss."
)
def _() -> Steps:
    I = [Fraction(7, 10) ** i for i in range(20)]
    A, B = sum(I[:10], Fraction(0)), sum(I[10:], Fraction(0))
    yield A / B == Fraction(10, 7) ** 10 > 35
    for p, least in ((Fraction(1, 1000), Fraction(17, 1000)), (Fraction(1, 10), Fraction(17, 10))):
        nothing = (p * (A + B) / 3) / ((A + B) / 3)
        pairs = (p * B / 3 + p**2 * A / 6) / (B / 3)
        yield nothing == p
        yield pairs / nothing == 1 + p * A / (2 * B) > 1 + least


proof.main(__name__)
