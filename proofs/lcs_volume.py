"""The volume bound: the columns of A lie far apart in the norm whose unit ball they span.

Let K be the convex hull of all +-a_j, in their span, of dimension r with 1 <= r <= d; it is the
unit ball of a norm N there. nu < mu is the largest |X_ij| off the diagonal of X = B^T A,
whose diagonal is 1.
"""

from fractions import Fraction

from sympy import Ge, Gt, Symbol, symbols

from lcs.bounds.volume import volume
from proofs import ranks
from proofs.proof import Proof, Steps

proof = Proof("LCS-volume")

ranks.normalised(proof)

nu = Symbol("nu", nonnegative=True)


@proof.symbolic(
    r"$|\langle b_i, \cdot \rangle| \leq N$: it is at most 1 on the $\pm a_j$, so on their hull. "
    r"Hence $N(a_i) = 1$ ($\leq$ as $a_i \in K$, $\geq$ as $\langle b_i, a_i \rangle = 1$), and "
    r"$N(a_i \pm a_j) \geq \langle b_i, a_i \pm a_j \rangle \geq 1 - \nu$, $i \neq j$. With $N(a_i "
    r"- 0) = 1$ and $N(a_i + a_i) = 2$: any two of $0, \pm a_1, \ldots, \pm a_m$ are $1 - \nu$ or "
    r"more apart."
)
def _() -> Steps:
    s = Symbol("s", nonnegative=True)
    least = 1 - (nu - s)  # 1 +- X_ij >= 1 - |X_ij|, |X_ij| = nu - s
    yield least - (1 - nu) - s
    yield Ge(s, 0)
    yield Ge(1 - (1 - nu), 0)
    yield Gt(2 - (1 - nu), 0)


@proof.symbolic(
    r"So the $2m + 1$ copies of $K$ at scale $(1-\nu)/2$ around these points have no inner points "
    r"in common, and lie inside $K$ at scale $1 + (1-\nu)/2 = (3-\nu)/2$. Volumes in $R^r$: "
    r"$(2m+1) ((1-\nu)/2)^r \leq ((3-\nu)/2)^r$."
)
def _() -> Steps:
    r = Symbol("r", positive=True)
    t, m = symbols("t m", positive=True)  # t = 1 - nu
    yield 1 + (1 - nu) / 2 - (3 - nu) / 2
    yield 2 * (t / 2) - t
    ratio = ((2 + t) / 2) ** r / (t / 2) ** r
    yield ratio - ((2 + t) / t) ** r
    yield ((3 - nu) / (1 - nu)).subs(nu, 1 - t) - (2 + t) / t
    yield 2 * m + 1 - (m + m + 1)


@proof.symbolic(
    r"$(3-x)/(1-x) = 1 + 2/(1-x) \geq 3$ rises strictly on $[0, 1)$, and $r \leq d$: "
    r"$((3-\mu)/(1-\mu))^d \geq ((3-\mu)/(1-\mu))^r > ((3-\nu)/(1-\nu))^r \geq 2m + 1$."
)
def _() -> Steps:
    t, g = symbols("t g", positive=True)  # t = 1 - mu, 1 - nu = t + g
    x = Symbol("x", real=True)
    yield (3 - x) / (1 - x) - 1 - 2 / (1 - x)
    yield (2 / t - 2 / (t + g)) - 2 * g / (t * (t + g))
    yield Gt(2 * g / (t * (t + g)), 0)
    h = Symbol("h", nonnegative=True)  # t = 1/(1 + h) <= 1
    yield 1 + 2 * (1 + h) - 3 - 2 * h
    yield Ge(2 * h, 0)


@proof.exact(r"`lcs.bounds.volume.volume` returns the least such $d$, in integers, at four points.")
def _() -> Steps:
    for m, k, eps in ((10**6, 1, "49/100"), (2, 1, "1/3"), (1000, 3, "1"), (10**9, 7, "1/2")):
        d = volume(m, k, eps).d or 0
        mu = Fraction(eps) / (k - Fraction(eps))
        ratio = (3 - mu) / (1 - mu)
        yield ratio**d > 2 * m + 1
        yield ratio ** (d - 1) <= 2 * m + 1


proof.main(__name__)
