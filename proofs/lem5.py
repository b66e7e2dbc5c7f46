"""Lemma 5: columns of fair signs are incoherent, by Hoeffding's inequality and a union bound."""

from fractions import Fraction

from flint import arb
from sympy import Gt, exp, ln, symbols

from lcs.bounds.rademacher import lemma5
from proofs import signs
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("GKP26-lem5")

signs.products_are_fair(proof)
signs.moments(proof)
signs.tail(proof)


@proof.symbolic(
    r"For one pair and one sign, $|S| = 1$: $\pm \langle c_i, c_j \rangle \geq \mu$ says $S_d \geq "
    r"\mu d$, of probability at most $e^{-(\mu d)^2/(2d)} = e^{-d\mu^2/2}$. The $m(m-1)/2$ pairs "
    r"and two signs have $m(m-1)$ such events, so that some $|\langle c_i, c_j \rangle| \geq \mu$ "
    r"has probability at most $m(m-1) e^{-d\mu^2/2}$."
)
def _() -> Steps:
    m, d, mu = symbols("m d mu", positive=True)
    yield -((mu * d) ** 2) / (2 * d) - (-d * mu**2 / 2)
    yield 2 * (m * (m - 1) / 2) - m * (m - 1)


@proof.symbolic(
    r"With $d = (2/\mu^2)(2 \ln m - \ln p) + x$, $x \geq 0$, this is $(1 - 1/m)\, p\, "
    r"e^{-x\mu^2/2} < p$: write $e^{x\mu^2/2} = 1 + h$, $h \geq 0$. (For $m = 1$ there is no pair.)"
)
def _() -> Steps:
    m, mu, p = symbols("m mu p", positive=True)
    x, h = symbols("x h", nonnegative=True)
    d = 2 / mu**2 * (2 * ln(m) - ln(p)) + x
    yield m * (m - 1) * exp(-d * mu**2 / 2) - (1 - 1 / m) * p * exp(-x * mu**2 / 2)
    yield p - (1 - 1 / m) * p / (1 + h) - (p * h / (1 + h) + p / (m * (1 + h)))
    yield Gt(p * h / (1 + h) + p / (m * (1 + h)), 0)


@proof.enclosed(
    r"`lcs.bounds.rademacher.lemma5` returns the least integer $d \geq (2/\mu^2)(2 \ln m - \ln p)$ "
    r"at six points: the number lies between $d - 1$ and $d$."
)
def _() -> Steps:
    for m, mu, p in (
        (2, Fraction(1, 2), Fraction(1)),
        (2, Fraction(3), Fraction(1, 2)),
        (10, Fraction(1, 3), Fraction(1, 10)),
        (1000, Fraction(1, 4), Fraction(1, 100)),
        (10**6, Fraction(1, 64), Fraction(99, 100)),
        (3, Fraction(1, 7), Fraction(1, 10**9)),
    ):
        d = lemma5(m, mu, p)
        number = ball(2 / mu**2) * (2 * arb(m).log() - ball(p).log())
        yield d - number
        yield number - (d - 1)


proof.main(__name__)
