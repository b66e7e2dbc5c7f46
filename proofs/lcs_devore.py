"""DeVore's binary code: inner products are counts of agreements over n."""

from fractions import Fraction

import numpy as np
from sympy import Symbol, sqrt

from lcs.codes.reed_solomon import devore
from proofs.proof import Proof, Steps

proof = Proof("LCS-devore")

SMALL = [
    (q, r, n)
    for q in (2, 3, 4, 5, 7)
    for r in (1, 2, 3)
    for n in range(r + 1, q + 2)
    if q ** (r + 1) <= 256
]


@proof.symbolic(
    r"A polynomial of degree $\leq r$ over $GF(q)$ is read at $n$ points of the projective line, "
    r"each value a unit vector of $\mathbb{R}^q$ over $\sqrt{n}$: length 1, and two polynomials "
    r"with $c$ agreements have inner product $c/n$."
)
def _() -> Steps:
    n, c = Symbol("n", positive=True), Symbol("c", nonnegative=True)
    yield n * (1 / sqrt(n)) ** 2 - 1
    yield c * (1 / sqrt(n)) ** 2 - c / n


@proof.exact(
    r"$c \leq r$: the difference has degree $\leq r$ and at most $r$ roots, at most $r - 1$ if it "
    r"also agrees at infinity (its coefficient of $x^r$ is 0 there). $c = r$ occurs: $\prod_{i "
    r"\leq r} (x - x_i)$ at $r < n$ of the points, a factor less for infinity. So coherence $r/n < "
    r"1$, and $q^{r+1}$ distinct columns. All pairs counted, $q \leq 7$, $q^{r+1} \leq 256$."
)
def _() -> Steps:
    for q, r, n in SMALL:
        code = devore(q, r, n)
        S = (code.matrix() > 0).astype(np.int64)
        G = S.T @ S
        yield bool(np.all(np.diag(G) == n))
        yield int(G[~np.eye(len(G), dtype=bool)].max()) == r
        yield code.coherence.a == Fraction(r, n) < 1
        yield (code.d, code.m) == (n * q, q ** (r + 1)) == S.shape


proof.main(__name__)
