"""A bias, a threshold or any monotone activation saves at most one dimension.

Let H = {z : 0 <= z <= 1, sum z <= k} and W = {w : ||w||_inf <= 1, sum w+ <= k, sum w- <= k}. All
k-sparse z in [0, 1]^m, or those in {0, 1}^m, have the hull H, and W = H - H. The error of a feature
is half the width of W along e_i inside ker A; a row of ones in A makes that the linear problem.
"""

from fractions import Fraction
from itertools import product

from sympy import Ge, Max, Symbol, symbols

from proofs.certificates import above_zero, at_least_zero
from proofs.proof import Proof, Steps
from proofs.top_k import exchange

proof = Proof("LCS-affine-one-dimension")


@proof.symbolic(
    r"For $r = A^T b - e_i$ let $P$ and $N$ be the largest $\langle r, z \rangle$ and $\langle -r, "
    r"z \rangle$ over the signals. The error $\max(P + c, N - c)$ is least at $c = (N - P)/2$, "
    r"where it is $(P + N)/2$: the two terms add up to $P + N$."
)
def _() -> Steps:
    P, N = symbols("P N", real=True)
    c = Symbol("c", real=True)
    yield Max(P + (N - P) / 2, N - (N - P) / 2) - (P + N) / 2
    yield (P + c) + (N - c) - (P + N)


@proof.symbolic(
    r"$P$ is the same over $H$: $\langle r, z \rangle \leq \sum_j z_j r_j^+ \leq ||r^+||_{[k]}$ "
    r"for weights $0 \leq z_j \leq 1$ of sum $\leq k$, which the indicator of the $k$ largest "
    r"positive $r_j$ attains, a 0-1 signal. So a linear functional is largest over $H$ at a "
    r"$k$-sparse 0-1 vector: these span $H$, and the faces $z_i = 0$, $z_i = 1$ of $H$ by those in "
    r"them."
)
def _() -> Steps:
    yield from exchange()
    p, n, z = symbols("p n z", nonnegative=True)  # positive and negative part of r_j
    yield from at_least_zero(z * p - z * (p - n), z * n)


@proof.symbolic(
    r"$H - H = W$: for $z, z' \geq 0$ the positive part of $w = z - z'$ is at most $z$, the "
    r"negative part at most $z'$, entry by entry; and $w \in W$ is $w^+ - w^-$ with both in $H$. "
    r"So $P + N = \max_{w \in W} \langle r, w \rangle$."
)
def _() -> Steps:
    low, h = symbols("low h", nonnegative=True)
    for z, other in ((low + h, low), (low, low + h)):
        w = z - other
        yield Ge(z - Max(w, 0), 0)
        yield Ge(other - Max(-w, 0), 0)
        yield Max(w, 0) - Max(-w, 0) - w


@proof.cited(
    r"$\min_b \max_{w \in W} \langle A^T b - e_i, w \rangle = \max_{w \in W} \min_b (\langle b, "
    r"Aw \rangle - w_i)$ for bilinear functions over a polytope and a space; the inner minimum is "
    r"$-\infty$ unless $Aw = 0$, and $W = -W$. So the best error is $\max \{w_i : w \in W, Aw = "
    r"0\}/2$, attained. The polytope is not empty, and bounded: $w = 0$ lies in it, $|w_j| \leq "
    r"1$.",
    source="Schrijver 1986, Theory of Linear and Integer Programming, corollary 7.1g",
)
def _() -> Steps:
    for k in range(1, 6):
        yield k >= 0  # the sums at w = 0
    for k, w in product((1, 2, 3), product((-1, 0, 1), repeat=4)):

        def inside(v: tuple[int, ...], k: int = k) -> bool:
            return max(sum(x for x in v if x > 0), -sum(x for x in v if x < 0)) <= k

        yield inside(w) == inside(tuple(-x for x in w))


@proof.cited(
    r"Thresholds. Some $b, t$ has $\langle b, Az \rangle > t$ exactly on the 0-1 signals with "
    r"$z_i = 1$ iff the images of the faces $z_i = 1$ and $z_i = 0$ of $H$ do not meet: "
    r"half-spaces $> t$ and $\leq t$ keep hulls apart, and disjoint hulls of finitely many points "
    r"are strictly separated. They meet iff $Aw = 0$ for $w = z - z' \in W$, $w_i = 1 - 0$; and "
    r"$w \in W$ with $w_i = 1$ gives back $w^+$ and $w^-$ in those faces. That is $\max w_i = 1$, "
    r"error $1/2$. So all features are read iff no $w \neq 0$ in $\ker A$ has both sums $\leq k "
    r"||w||_\infty$: scale it to $||w||_\infty = 1$, with the sign that makes $w_i = 1$.",
    source="Rockafellar 1970, Convex Analysis, corollary 11.4.2",
)
def _() -> Steps:
    for one, zero in product((0, Fraction(1, 2), 1), repeat=2):
        w = one - zero
        yield (w == 1) == (one == 1 and zero == 0)
        yield w <= 1


@proof.symbolic(
    r"Dimensions, above: a linear pair of error below $\epsilon$ on $[-1, 1]^m$ is an affine "
    r"decoder with $c = 0$ on the part $[0, 1]^m$ of it. Below: give $A$ with affine errors $\leq "
    r"\eta < \epsilon \leq 1/2$ a row of ones. Its kernel has $\sum w^+ = \sum w^- = ||w||_1/2$; "
    r"scaled to $\max(||w||_\infty, ||w||_1/(2k)) = 1$, $w$ lies in $W$, so $||w||_\infty \leq "
    r"2\eta < 1$, and the maximum is $||w||_1/(2k) = 1$: $k ||w||_\infty/||w||_1 \leq \eta$."
)
def _() -> Steps:
    plus, minus = symbols("plus minus", nonnegative=True)
    yield (plus - (plus + minus) / 2) - (plus - minus) / 2  # sum w = 0 is plus = minus
    k, eta, gap, more = symbols("k eta gap more", positive=True)
    size = 2 * k  # ||w||_1
    yield k * (2 * eta) / size - eta
    yield size / 2 - k
    half = eta + gap + more  # 1/2 >= eps = eta + gap
    yield from above_zero(2 * half - 2 * eta, 2 * gap + 2 * more)


@proof.cited(
    r"So $k \alpha_1 \leq \eta < \epsilon$ for the code of one more row, and its best probes err "
    r"by $\min(1, k \alpha_1) < \epsilon$: $d(m,k,\epsilon)$ is at most one more. For thresholds "
    r"$\epsilon = 1/2$. A monotone increasing $\sigma$ of $\langle b, x \rangle + c$ above 0 is "
    r"$\langle b, x \rangle$ above (or at) a threshold.",
    source="LCS-collapse",
)
def _() -> Steps:
    half = Fraction(1, 2)
    for eta in (Fraction(n, 16) for n in range(8)):
        yield min(Fraction(1), eta) == eta < half


@proof.exact(
    r"Both cases occur at $k = 1$, where $d(m,1,1/2) = 2$ for $m \geq 2$. $m = 2$: one dimension "
    r"is saved, $A = (1, -1)$ has $w_i \leq 1/2$ in $W \cap \ker A$, as $w = (s, s)$ and $2s \leq "
    r"1$. $m \geq 3$: of three numbers $a_1, a_2, a_3$ and 0 (the signal $z = 0$) two of $a_1, "
    r"a_2, a_3$ have one sign or one is 0, and the one nearer to 0 lies between 0 and the other: "
    r"no threshold on the line reads it. (All signs and orders.)"
)
def _() -> Steps:
    s = Fraction(1, 2)
    yield 1 * s - 1 * s == 0
    yield 2 * s <= 1 < 2 * (s + Fraction(1, 1000))
    for a in product(range(-3, 4), repeat=3):
        hidden = [
            any(min(0, a[j]) <= a[i] <= max(0, a[j]) for j in range(3) if j != i) for i in range(3)
        ]
        yield any(hidden)


proof.main(__name__)
