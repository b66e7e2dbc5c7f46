"""U2: signs that do for K features at tolerance K eps/k do for k at eps, with other probes.

The union bound of U0 is taken at a sparsity K that may be larger than k, where it is at its
best, with the exact tail of the sum of signs; the collapse theorem leads back to (k, eps).
"""

from fractions import Fraction
from itertools import product
from math import ceil, comb

from sympy import symbols

from lcs.bounds.rademacher import u2
from proofs import signs
from proofs.proof import Proof, Steps

proof = Proof("LCS-u2")


@proof.cited(
    r"For $A = B$ with entries $\pm 1/\sqrt{d}$ the error at sparsity $K < m$ is the largest sum "
    r"of $K$ absolute off-diagonal entries in a row of $A^T A - I$, whose diagonal is 0.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for m in range(2, 10):
        for K in range(1, m):
            yield 1 <= K <= m - 1


signs.products_are_fair(proof)


@proof.symbolic(
    r"So an error of $\delta' = K\epsilon/k$ or more is one of $m \binom{m-1}{K} 2^K$ events (row, "
    r"support, signs), each of them $S_{Kd} \geq \delta' d = K\epsilon d/k$. If their "
    r"probabilities sum to less than 1, some $A$ has error below $\delta'$: $d(m, K, \delta') \leq "
    r"d$, and $\delta'/K = \epsilon/k$."
)
def _() -> Steps:
    K, k, eps, d = symbols("K k eps d", positive=True)
    level = K * eps / k
    yield level * d - K * eps * d / k
    yield level / K - eps / k


@proof.cited(
    r"$d(m, K, K\epsilon/k) = d(m, 1, \epsilon/k) = d(m, k, \epsilon)$: both tolerances are in "
    r"$(0, 1]$, as $K \leq k/\epsilon$ and $\epsilon \leq 1$.",
    source="LCS-collapse",
)
def _() -> Steps:
    for k, eps in product(
        range(1, 9), (Fraction(1, 7), Fraction(2, 5), Fraction(3, 4), Fraction(1))
    ):
        for K in range(1, k * eps.denominator // eps.numerator + 1):
            yield 0 < K * eps / k <= 1


@proof.exact(
    r"The dimensions that `lcs.bounds.rademacher.u2` returns meet the condition in integers, at "
    r"four points: with $K \leq k/\epsilon$ its degree, $m \binom{m-1}{K} 2^K$ times the number of "
    r"patterns of $Kd$ signs with sum $\geq K\epsilon d/k$ is less than $2^{Kd}$."
)
def _() -> Steps:
    for m, k, eps in ((50, 1, "1/4"), (200, 2, "1/3"), (10, 1, "9/10"), (30, 3, "1")):
        bound = u2(m, k, eps)
        K, d, delta = bound.degree or 0, bound.d or 0, Fraction(eps) / k
        yield 1 <= K <= min(m - 1, 1 / delta)
        n = K * d
        heads = ceil((n + K * delta * d) / 2)  # sum = 2 heads - n
        patterns = sum(comb(n, h) for h in range(heads, n + 1))
        yield m * comb(m - 1, K) * 2**K * patterns < 2**n


proof.main(__name__)
