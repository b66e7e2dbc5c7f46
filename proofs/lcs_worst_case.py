"""The worst case of linear readout is the largest top-k row sum of M, attained at its signs.

The supremum of ||Mz||_inf is the largest over the rows of the supremum of one |<v, z>|, v a row of
M, and z -> -z leaves the signals alone, so <v, z> is bounded. First |z_j| <= 1 leaves sums of
absolute entries over the support; then no weights of total k beat the k largest of them.
"""

from itertools import product

from sympy import Rational, Symbol, sign, symbols

from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("LCS-worst-case")


@proof.symbolic(
    r"$vz \leq |v|$ for $-1 \leq z \leq 1$: $|v| - vz = (|v|-v)(1+z)/2 + (|v|+v)(1-z)/2$, products "
    r"of numbers $\geq 0$. So $\langle v, z \rangle \leq \sum_{j \in S} |v_j|$ on the support $S$."
)
def _() -> Steps:
    v, z = symbols("v z", real=True)
    size = Symbol("size", nonnegative=True)
    yield size - v * z - ((size - v) * (1 + z) + (size + v) * (1 - z)) / 2


@proof.symbolic(
    r"Let $t \geq 0$ be the $k$-th largest of $|v_j|$, $T$ the $k$ largest, and $0 \leq w_j \leq "
    r"1$ weights of sum $\leq k$ (the indicator of $S$ is one). An entry of $T$ is $t + u_j$, "
    r"another is $t - u_j$, $u_j \geq 0$, and $\sum_T |v_j| - \sum_j w_j |v_j| = \sum_T (1-w_j) "
    r"u_j + \sum_{j \notin T} w_j u_j + t(k - \sum_j w_j) \geq 0$, entry by entry."
)
def _() -> Steps:
    yield from exchange()


@proof.symbolic(
    r"Attained: $z_j = \mathrm{sign}(v_j)$ on $T$ and 0 elsewhere is $k$-sparse in $[-1,1]^m$, and "
    r"$v_j\, \mathrm{sign}(v_j) = |v_j|$ whether $v_j$ is positive, negative or 0."
)
def _() -> Steps:
    for v in (Symbol("p", positive=True), Symbol("n", negative=True), Rational(0)):
        yield v * sign(v) - abs(v)


@proof.exact(
    r"The same by exhaustion for rows in $\{-2, \ldots, 2\}^3$: over the vertices $z \in \{-1, 0, "
    r"1\}^3$ of the $k$-sparse cubes the largest $|\langle v, z \rangle|$ is the top-$k$ sum, $k = "
    r"1, 2, 3$."
)
def _() -> Steps:
    for k in (1, 2, 3):
        signals = [z for z in product((-1, 0, 1), repeat=3) if sum(map(abs, z)) <= k]
        for v in product(range(-2, 3), repeat=3):
            most = max(abs(sum(a * b for a, b in zip(v, z, strict=True))) for z in signals)
            yield most == sum(sorted(map(abs, v))[-k:])


proof.main(__name__)
