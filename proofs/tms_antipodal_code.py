"""m orthogonal antipodal pairs as a code: what their ReLU, linear probes and l1 read.

Up to a rotation, which leaves every inner product alone, the features are the columns of
A = (I, -I): W_i . W_j is 1 for j = i, -1 for the other of the pair, and else 0.
"""

from itertools import combinations
from math import comb

from sympy import Ge, Gt, Rational, symbols

from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-antipodal-code")

SIZES = range(1, 8)


def sums(m: int, k: int) -> tuple[int, int, int]:
    """P_k, P_{k-1} and N_{k-1} of row 0 of A^T A."""
    row = [-1 if j == m else 0 for j in range(1, 2 * m)]

    def top(numbers: list[int], k: int) -> int:
        return sum(sorted((max(n, 0) for n in numbers), reverse=True)[:k])

    return top(row, k), top(row, k - 1), top([-n for n in row], k - 1)


@proof.exact(
    r"A row off the diagonal is one $-1$ and $2m - 2$ zeros, so $P_k = P_{k-1} = 0$, and $N_{k-1} "
    r"= 0$ at $k = 1$, $N_{k-1} = 1$ from $k = 2$ on; $g = 1$ (computed for $m \leq 7$, all $k "
    r"\leq 2m$; more zeros change no sum)."
)
def _() -> Steps:
    for m in SIZES:
        for k in range(1, 2 * m + 1):
            yield sums(m, k) == (0, 0, int(k > 1))


@proof.cited(
    r"Without bias the worst error is $\max(0, P_k, P_{k-1}, \min(1, N_{k-1}))$: $0$ at $k = 1$ "
    r"and $1$ from $k = 2$ on.",
    source="LCS-relu-worst-case",
)
def _() -> Steps:
    for m in SIZES:
        for k in range(1, 2 * m + 1):
            P, before, N = sums(m, k)
            yield max(0, P, before, min(1, N)) == int(k > 1)


@proof.cited(
    r"With the best bias it is $\min(1, (P_k + N_{k-1})/2)$: $0$ at $k = 1$ and $1/2$ from $k = "
    r"2$ on.",
    source="TMS-best-bias",
)
def _() -> Steps:
    for m in SIZES:
        for k in range(1, 2 * m + 1):
            P, _, N = sums(m, k)
            yield min(2, P + N) == int(k > 1)  # twice the error


@proof.symbolic(
    r"$\ker A = \{(u, u)\}$, where $||z||_1 = 2 ||u||_1 \geq 2 ||u||_\infty = 2 ||z||_\infty$, "
    r"with equality at $u = e_1$: $\alpha_1 = 1/2$."
)
def _() -> Steps:
    largest, rest = symbols("largest rest", nonnegative=True)
    yield from at_least_zero(2 * (largest + rest) - 2 * largest, 2 * rest)
    u, v = symbols("u v", real=True)
    yield (u - v).subs(v, u)  # a row of A at (u, v): 0 exactly at v = u
    yield Rational(1, 2 * 1) - Rational(1, 2)


@proof.cited(
    r"The best linear probes err by $\min(1, k \alpha_1)$ on $[-1,1]^{2m}$: $1/2$ at $k = 1$, $1$ "
    r"from $k = 2$ on.",
    source="LCS-collapse",
)
def _() -> Steps:
    for m in SIZES:
        for k in range(1, 2 * m + 1):
            yield min(2, k) == (1 if k == 1 else 2)  # twice the error


@proof.symbolic(
    r"Nonnegative $l_1$: $z = (u, v) \geq 0$ with $u - v = y$ has, in each pair, $u_j + v_j = "
    r"|y_j| + 2\min(u_j, v_j)$, so the minimum of $||z||_1$ is attained exactly where $\min(u_j, "
    r"v_j) = 0$ for all $j$. That is one point, since $u - v = y$ gives it: $z$ is recovered, and "
    r"by uniqueness, exactly if no pair is active with both members."
)
def _() -> Steps:
    less, more = symbols("less more", nonnegative=True)
    for u, v in ((less + more, less), (less, less + more)):
        yield u + v - (abs(u - v) + 2 * less)
        yield Ge(u + v - abs(u - v), 0)
    both = symbols("both", positive=True)
    yield Gt((both + more + both) - more, 0)  # a pair with both members active is not a minimum


@proof.exact(
    r"Supports of size $k$ without a pair: choose the $k$ pairs, then one member of each, $2^k "
    r"\binom{m}{k}$ of $\binom{2m}{k}$; 0 for $k > m$. (Counted one by one for $m \leq 5$.)"
)
def _() -> Steps:
    for m in range(1, 6):
        for k in range(1, 2 * m + 1):
            supports = list(combinations(range(2 * m), k))
            free = [S for S in supports if len({i % m for i in S}) == k]
            yield len(supports) == comb(2 * m, k)
            yield len(free) == 2**k * comb(m, k)


proof.main(__name__)
