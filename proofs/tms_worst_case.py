"""Trained weights as a code: the worst error of one feature, in every decoder and domain.

R = W^T W - I and u = z_i - x_i = b_i + <R_i, x>, so that the linear model errs by |u|, and the ReLU
model by max(u, -x_i) where it says too much and by min(x_i, -u) where it says too little.
"""

from fractions import Fraction
from itertools import product

from sympy import Ge, Max, symbols

from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("TMS-worst-case")


@proof.cited(
    r"On $k$-sparse $x \in [-1,1]^n$ the values $\langle R_i, x \rangle$ have the largest "
    r"$||R_i||_{[k]}$, attained, for every row and $1 \leq k \leq n$; and the least is its "
    r"negative, by $x \to -x$.",
    source="LCS-worst-case",
)
def _() -> Steps:
    for n in range(1, 8):
        for k in range(1, n + 1):
            yield 1 <= k <= n


@proof.symbolic(
    r"Linear, $[-1,1]^n$: $|u| = \max(u, -u)$ has the largest value $\max(b_i + T, -b_i + T) = "
    r"|b_i| + T$, $T = ||R_i||_{[k]}$."
)
def _() -> Steps:
    T, size = symbols("T size", nonnegative=True)
    for b in (size, -size):
        yield Max(b + T, -b + T) - (abs(b) + T)


@proof.symbolic(
    r"On $[0,1]^n$, $0 \leq x_j \leq 1$ and at most $k$ of them $> 0$: $\langle R_i, x \rangle "
    r"\leq \langle (R_i)_+, x \rangle \leq ||(R_i)_+||_{[k]}$ by weights $x_j \in [0,1]$ of total "
    r"at most $k$, attained at $x_j = 1$ on the $k$ largest of the positive entries. The least "
    r"value is $-||(R_i)_-||_{[k]}$ in the same way, so $|u|$ has the claimed largest value "
    r"$\max(b_i + ||(R_i)_+||_{[k]}, -b_i + ||(R_i)_-||_{[k]})$."
)
def _() -> Steps:
    x, size = symbols("x size", nonnegative=True)
    for entry in (size, -size):
        yield Ge(Max(entry, 0) * x - entry * x, 0)
    yield from exchange()


@proof.symbolic(
    r"ReLU, $[-1,1]^n$: too little is $\min(x_i, -u) \leq 1$; too much is $\max(u, -x_i) \leq "
    r"\max(b_i + T, 1)$. Attained: at $x = -e_i$ the error is $\mathrm{relu}(z) + 1 \geq 1$, and "
    r"where $u$ is largest, $\mathrm{relu}(z) - x_i \geq z - x_i = b_i + T$. So it is $\max(1, b_i "
    r"+ T)$: at least 1, whatever the weights."
)
def _() -> Steps:
    x = symbols("x", real=True)
    size = symbols("size", nonnegative=True)
    for z in (size, -size):
        # relu(z) - x is z - x or -x, and below neither: the larger of the two
        yield (Max(z, 0) - x - (z - x)) * (Max(z, 0) - x - (-x))
        yield Ge((Max(z, 0) - x) - (z - x), 0)
        yield Ge((Max(z, 0) - x) - (-x), 0)


@proof.cited(
    r"ReLU, $[0,1]^n$, with $g = ||W_i||^2$ and $P_k$, $N_k$ the sums of the $k$ largest positive "
    r"and negative parts of $W_i \cdot W_j$, $j \neq i$: too much is at most $\max(0, b_i + P_k, "
    r"b_i + g - 1 + P_{k-1})$ and too little, with $q = N_{k-1} - b_i$, is $1 - g + q$ for $g "
    r"\leq 1$ and $q/g$ for $g > 1$, cut off to $[0, 1]$. Both forms of the table agree with "
    r"$\min(1, (q + \max(0, 1-g))/\max(1, g))$ under the maximum with 0.",
    source="LCS-relu-worst-case",
)
def _() -> Steps:
    half, zero, one = Fraction(1, 2), Fraction(0), Fraction(1)
    for q, g in product([half * i for i in range(-4, 5)], [half * i for i in range(5)]):
        row = 1 - g + q if g <= 1 else q / g
        claimed = max(zero, min(one, (q + max(zero, 1 - g)) / max(one, g)))
        yield min(max(row, zero), one) == claimed


@proof.exact(
    r"The three formulae by exhaustion: rows $R_i \in \{-2, \ldots, 2\}^3/2$ with $i$ the first of "
    r"the three places, $b_i \in \{-1, 0, 1\}/2$, $k = 1, 2, 3$: the largest error over $x \in "
    r"\{-1, 0, 1\}^3$, resp. $\{0, 1\}^3$. (Errors are convex in each $x_j$ but for what the ReLU "
    r"says too little, which no formula here needs.)"
)
def _() -> Steps:
    half = Fraction(1, 2)
    for row in product(range(-2, 3), repeat=3):
        R = [half * r for r in row]
        for shift, k in product((-1, 0, 1), (1, 2, 3)):
            yield _agree(R, half * shift, k)


def _agree(R: list[Fraction], b: Fraction, k: int) -> bool:
    """Whether the largest errors over the vertices are the claimed ones, i = 0 for the ReLU."""
    zero = Fraction(0)

    def top(numbers: list[Fraction]) -> Fraction:
        return sum(sorted(numbers)[-k:], zero)

    signals = [x for x in product((-1, 0, 1), repeat=3) if sum(map(abs, x)) <= k]
    u = {x: b + sum((r * y for r, y in zip(R, x, strict=True)), zero) for x in signals}
    T = top([abs(r) for r in R])
    over = max(b + top([max(r, zero) for r in R]), -b + top([max(-r, zero) for r in R]))
    relu = [abs(max(u[x] + x[0], zero) - x[0]) for x in signals]
    return (
        max(map(abs, u.values())) == abs(b) + T
        and max(abs(u[x]) for x in signals if min(x) >= 0) == over
        and max(relu) == max(Fraction(1), b + T)
    )


proof.main(__name__)
