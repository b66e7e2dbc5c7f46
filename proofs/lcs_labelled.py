"""Chirps in groups, each with a coordinate of its own: both kinds of pairs are made level.

A group holds the chirps of degree t with one leading coefficient, s of these in all, and their
factors i. Group g has the label e_g: columns are sqrt(1-w) times the chirp, over sqrt(w) e_g, with
w = (B - b)/(p + B - b). Sums are S = sum_x zeta^f(x), zeta = exp(2 pi i/p).
"""

import numpy as np
from flint import arb
from sympy import symbols

from lcs.codes.finite_fields import is_prime
from lcs.codes.labelled import exponential_sums, labelled_chirp
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-labelled")

p, b = symbols("p b", positive=True)
more = symbols("more", nonnegative=True)
B = b + more
w = (B - b) / (p + B - b)


@proof.cited(
    r"Chirps of polynomials $f \neq g$ have a real inner product of at most $|S(f - g)|/p$. "
    r"Inside a group $f - g$ has degree below $t$: $|S| = \sqrt{p}$ or 0 at $t = 3$, so $b = "
    r"\sqrt{p}$, and $|S| \leq 2\sqrt{p}$ at $t = 4$ ($p$ prime, $t < p$).",
    source="LCS-chirp",
)
def _() -> Steps:
    for q in filter(is_prime, range(11, 100)):
        yield q > 3
        yield q > 4


@proof.symbolic(
    r"Two groups: labels are orthogonal, chirps meet in at most $B/p$, so columns in at most "
    r"$(1-w)B/p = B/(p+B-b)$. One group, $f \neq g$: at most $(1-w)b/p + w = B/(p+B-b)$. One $f$: "
    r"the chirp and $i$ times it have real product 0, so $w \leq B/(p+B-b)$. Here $0 \leq w < 1$ "
    r"for $B \geq b$."
)
def _() -> Steps:
    level = B / (p + B - b)
    yield (1 - w) * B / p - level
    yield (1 - w) * b / p + w - level
    yield level - w - b / (p + B - b)
    yield from at_least_zero(w, more / (p + more))
    yield 1 - w - p / (p + B - b)


@proof.symbolic(
    r"$B \geq b$ is needed: with $B = b - h$ the stated $B/(p+B-b)$ falls below $b/p$, which two "
    r"chirps of one group reach without labels: $b/p - (b-h)/(p-h) = h(p-b)/(p(p-h))$."
)
def _() -> Steps:
    h = symbols("h", positive=True)
    yield b / p - (b - h) / (p - h) - h * (p - b) / (p * (p - h))


@proof.exact(
    r"$t = 3$, $b = \sqrt{p}$: $\sum_c |\sum_x \zeta^{Ax^3 + cx}|^2 = p \cdot \#\{x = y\} = p^2$ "
    r"over the $p$ values of $c$ makes the largest sum at least $\sqrt{p}$: $B \geq b$ for every "
    r"$p > 3$. (The double sum over $c$ of $\zeta^{c(x-y)}$ counted as residues for $p \leq 31$.)"
)
def _() -> Steps:
    for q in filter(is_prime, range(5, 32)):
        for difference in range(q):
            residues = {c * difference % q for c in range(q)}
            yield residues == ({0} if difference == 0 else set(range(q)))


@proof.enclosed(
    r"$t = 4$, $b \leq 2\sqrt{p}$: for $p = 11, \ldots, 43$ every $A \neq 0$ has $c, e$ with "
    r"$|\sum_x \zeta^{Ax^4 + ex^2 + cx}|^2 > 4p$: $B \geq b$. (For larger $p$, "
    r"$b$ takes the place of a smaller $B$.)"
)
def _() -> Steps:
    for q in filter(is_prime, range(11, 44)):
        turn = [(arb(2 * v) / q).cos_pi() for v in range(q)]
        for A in range(1, q):
            e, c = _largest(q, A)
            values = [(A * x**4 + e * x**2 + c * x) % q for x in range(q)]
            counts = [0] * q
            for x in values:
                for y in values:
                    counts[(x - y) % q] += 1
            yield sum((n * t for n, t in zip(counts, turn, strict=True)), arb(0)) - 4 * q


@proof.exact(
    r"Nothing else enters the sums: a shift $x \to x - a_{t-1}/(t a_t)$ removes degree $t - 1$, as "
    r"$t < p$, and chirps have no constant term, which would only turn $S$. Columns: $p^{t-1}$ "
    r"chirps and their factors $i$ in each of $s$ groups, $2p + s$ dimensions. (Shifts checked for "
    r"all coefficients, $p = 5, 7$.)"
)
def _() -> Steps:
    for q in (5, 7):
        for t in (3, 4):
            for top in range(1, q):
                for below in range(q):
                    shift = -below * pow(t * top, -1, q) % q
                    # the coefficient of x^(t-1) in top (x + shift)^t + below (x + shift)^(t-1)
                    yield (top * t * shift + below) % q == 0
    for q, t, s in ((11, 3, 1), (11, 3, 4), (13, 3, 13), (11, 4, 1)):
        code = labelled_chirp(q, t, s)
        yield (code.d, code.m) == (2 * q + s, 2 * q ** (t - 1) * s)


@proof.enclosed(
    r"The library's bounds on the sums, $p = 11$, $t = 3$: each is at least every sum of its "
    r"class, within $2^{-40}$ of the largest, and at most Weil's $2\sqrt{p}$."
)
def _() -> Steps:
    q = 11
    turn = [(arb(2 * v) / q).cos_pi() for v in range(q)]
    for bound, some in exponential_sums(q, 3):
        ball = arb(bound.numerator) / bound.denominator
        sums = []
        for A in sorted(some):
            for c in range(q):
                values = [(A * x**3 + c * x) % q for x in range(q)]
                counts = [0] * q
                for x in values:
                    for y in values:
                        counts[(x - y) % q] += 1
                square = sum((n * t for n, t in zip(counts, turn, strict=True)), arb(0))
                sums.append(square.sqrt() if square > 0 else arb(0))
                yield ball - sums[-1]
        largest = max(sums, key=lambda x: float(x.mid()))
        yield largest + arb(1) / 2**40 - ball
        yield 2 * arb(q).sqrt() - ball


def _largest(q: int, A: int) -> tuple[int, int]:
    """(e, c) of a large sum, in floats: only a proposal."""
    x = np.arange(q)
    f = (A * x**4 + np.arange(q)[:, None] * x**2) % q
    sums = np.abs(np.fft.fft(np.exp(2j * np.pi * f / q), axis=1))
    e, c = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return int(e), int(-c % q)


proof.main(__name__)
