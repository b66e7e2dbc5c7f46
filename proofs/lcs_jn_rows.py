"""Rows of I - B^T A with top-k sums below 1/2 certify recovery of every k-sparse z.

The certificate bounds how much of its length a kernel vector can have on k entries. It is 1/2 that
counts: below it every other solution of Ay = Az is longer than z.
"""

from fractions import Fraction
from itertools import combinations

from sympy import Ge, Symbol, symbols

from proofs.certificates import above_zero
from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("LCS-jn-rows")


@proof.symbolic(
    r"If $||h_S||_1 < ||h||_1/2$ for all $h \in \ker A$, $h \neq 0$, and all $S$ of $k$ entries, "
    r"every $z$ with support in $S$ is recovered: off $S$, $|z_j + h_j| = |h_j|$; on $S$, with $s "
    r"= \mathrm{sign}\, z_j$, $|z_j + h_j| \geq s(z_j + h_j) \geq |z_j| - |h_j|$. Together "
    r"$||z+h||_1 - ||z||_1 \geq ||h||_1 - 2||h_S||_1 > 0$."
)
def _() -> Steps:
    z = Symbol("z", nonnegative=True)
    on, off = symbols("on off", nonnegative=True)  # ||h_S||_1 and ||h_off||_1
    for h in (Symbol("u", nonnegative=True), -Symbol("u", nonnegative=True)):
        yield Ge((z + h) - (z - abs(h)), 0)  # s = 1; s = -1 is its mirror image
    yield (off - on) - ((on + off) - 2 * on)


@proof.symbolic(
    r"Let $\rho < 1/2$ be the largest top-$k$ sum of a row of $M = I - B^T A$. A kernel vector is "
    r"$h = Mh$; scaled to $\max(||h||_\infty, ||h||_1/k) = 1$ it gives $|h_i| \leq \rho$ (entries "
    r"of size $\leq 1$ and sum $\leq k$), so $||h||_\infty \leq \rho < 1$, the maximum is "
    r"$||h||_1/k$, and $||h_S||_1 \leq k ||h||_\infty \leq \rho ||h||_1 < ||h||_1/2$."
)
def _() -> Steps:
    yield from exchange()
    k = Symbol("k", positive=True)
    size, gap = symbols("size gap", positive=True)  # ||h||_1 and 1/2 - rho
    rho = Fraction(1, 2) - gap
    top = rho * size / k  # ||h||_inf at most
    yield from above_zero(size / 2 - k * top, gap * size)


@proof.cited(
    r"Some $B$ has $\rho < 1/2$ exactly when $k \alpha_1(A) < 1/2$: the least $\rho$ is $\min(1, "
    r"k \alpha_1)$, attained, and $1/2 < 1$.",
    source="LCS-collapse",
)
def _() -> Steps:
    half = Fraction(1, 2)
    yield half < 1
    for x in (Fraction(n, 8) for n in range(17)):
        yield (min(Fraction(1), x) < half) == (x < half)


@proof.exact(
    r"$1/2$ is sharp: the kernel of $2k$ ones has $k \alpha_1 = k/(2k) = 1/2$, and $z = (1, .., 1, "
    r"0, .., 0)$ shares its image with $-(0, .., 0, 1, .., 1)$, of the same length; $k \leq 20$."
)
def _() -> Steps:
    for k in range(1, 21):
        z, h = [1] * k + [0] * k, [1] * (2 * k)
        other = [a - b for a, b in zip(z, h, strict=True)]
        yield sum(map(abs, other)) == sum(map(abs, z))
        yield other != z
        yield k * Fraction(max(h), sum(h)) == Fraction(1, 2)


@proof.exact(
    r"It is sufficient, not necessary: the kernel of $(2, 1, 1, 1, 1, 1)$ keeps at most $3/7$ of "
    r"its length on 2 entries, yet $2 \alpha_1 = 4/7$."
)
def _() -> Steps:
    h = (2, 1, 1, 1, 1, 1)
    share = max(Fraction(h[i] + h[j], sum(h)) for i, j in combinations(range(6), 2))
    yield share == Fraction(3, 7) < Fraction(1, 2)
    yield 2 * Fraction(max(h), sum(h)) == Fraction(4, 7) > Fraction(1, 2)


proof.main(__name__)
