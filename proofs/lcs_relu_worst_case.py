"""The exact worst case of a ReLU decoder with a bias, on k-sparse z in [0, 1]^m.

Write u = g t + s + c with t = z_i, g = X_ii and s the interference of the other features. k of
these may be active where t = 0, and k - 1 where t > 0: s takes every value in [-N_k, P_k], resp.
[-N_{k-1}, P_{k-1}], since each z_j runs through [0, 1] (N_0 = P_0 = 0). What is claimed is the
supremum of max(relu(u) - t, t - relu(u)).
"""

from fractions import Fraction
from itertools import product

from sympy import Ge, Max, symbols

from proofs.proof import Proof, Steps

proof = Proof("LCS-relu-worst-case")


@proof.symbolic(
    r"Too much: $\mathrm{relu}(u) - t = \max(u - t, -t)$. $-t$ has supremum 0, at $t = 0$. $u - t$ "
    r"is at most $c + P_k$ at $t = 0$; at $t > 0$ it is at most $c + P_{k-1} + (g-1)t$, affine in "
    r"$t$, below the larger of its ends $c + P_{k-1} \leq c + P_k$ and $c + P_{k-1} + g - 1$. "
    r"Together $\max(0, c + P_k, c + g - 1 + P_{k-1})$, all attained."
)
def _() -> Steps:
    g, c = symbols("g c", real=True)
    t, rest, P, more = symbols("t rest P more", nonnegative=True)  # rest = 1 - t, P_k = P + more
    line = c + P + (g - 1) * t
    yield line - ((1 - t) * (c + P) + t * (c + P + g - 1))
    yield (c + P + more) - (c + P) - more
    yield Ge(rest + t + more, 0)


@proof.symbolic(
    r"Too little: $t - \mathrm{relu}(u) = \min(t, t - u)$ is largest at $s = -N_{k-1}$ for $t > "
    r"0$, $\min(t, q + (1-g)t)$ with $q = N_{k-1} - c$; at $t = 0$ it is $-\mathrm{relu}(u) \leq "
    r"0$, which the 0 of the other side covers."
)
def _() -> Steps:
    g, c, s = symbols("g c s", real=True)
    t, N, above = symbols("t N above", nonnegative=True)
    u = g * t + s + c
    yield (t - u).subs(s, above - N) - ((N - c) + (1 - g) * t - above)


@proof.symbolic(
    r"$g = 1 - h \leq 1$: $\min(t, q + ht)$ rises with $t$, to $\min(1, q + 1 - g)$ at $t = 1$. "
    r"That is $\min(1, (q + \max(0, 1-g))/\max(1, g))$."
)
def _() -> Steps:
    q = symbols("q", real=True)
    h, t = symbols("h t", nonnegative=True)
    yield (q + h) - (q + h * t) - h * (1 - t)
    g = 1 - h
    yield (q + 1 - g) - (q + h)
    yield (q + Max(0, 1 - g)) / Max(1, g) - (q + h)


@proof.symbolic(
    r"$g = 1 + h > 1$: $\min(t, q - ht) \leq (h \cdot t + 1 \cdot (q - ht))/(h + 1) = q/g$, a mean "
    r"of the two, and $\leq t \leq 1$. Attained: at $t = q/g$ both are $q/g$ if $0 < q \leq g$; at "
    r"$t = 1$ both are $\geq 1$ if $q \geq g$; if $q \leq 0$ every value is $\leq 0$, as is the "
    r"formula, which is $\min(1, q/g)$ here."
)
def _() -> Steps:
    q = symbols("q", real=True)
    h = symbols("h", positive=True)
    t, more = symbols("t more", nonnegative=True)
    g = 1 + h
    yield (h * t + (q - h * t)) / (h + 1) - q / g
    at = q / g
    yield (q - h * at) - at
    yield Ge((g + more) - h - 1, 0)  # q = g + more, t = 1
    yield Ge(-((-more) - h * t), 0)  # q = -more
    yield (q + Max(0, 1 - g)) / Max(1, g) - q / g


@proof.exact(
    r"The formula by exhaustion: for $m = 3$, rows of entries in $\{-1, 0, 1, 2\}/2$ off the "
    r"diagonal, $g \in \{-1, 1, 2, 4\}/2$, $c \in \{-2, \ldots, 2\}/2$, all $k$, the largest error "
    r"over the vertices of each support (with $t = z_i$ also at $q/g$, $q = N_j - c$, where it can "
    r"bend) is the claimed one. Between bends the error is convex in each $z_j$."
)
def _() -> Steps:
    half = Fraction(1, 2)
    for row in product((-1, 0, 1, 2), repeat=2):
        x = [half * r for r in row]
        for g, c in product((-half, half, Fraction(1), Fraction(2)), range(-2, 3)):
            for k in (1, 2, 3):
                yield _largest(x, g, c * half, k) == _claimed(x, g, c * half, k)


def _top(numbers: list[Fraction], k: int) -> Fraction:
    return sum(sorted((max(n, Fraction(0)) for n in numbers), reverse=True)[:k], Fraction(0))


def _claimed(x: list[Fraction], g: Fraction, c: Fraction, k: int) -> Fraction:
    N = _top([-n for n in x], k - 1)
    one, zero = Fraction(1), Fraction(0)
    under = min(one, (N - c + max(zero, 1 - g)) / max(one, g))
    return max(zero, c + _top(x, k), c + g - 1 + _top(x, k - 1), under)


def _largest(x: list[Fraction], g: Fraction, c: Fraction, k: int) -> Fraction:
    worst = Fraction(0)
    for z in product((0, 1), repeat=len(x)):
        s = sum((a * b for a, b in zip(x, z, strict=True)), Fraction(0))
        bend = (-s - c) / g
        for t in {Fraction(0), Fraction(1), min(max(bend, Fraction(0)), Fraction(1))}:
            if sum(z) + (t > 0) <= k:
                worst = max(worst, abs(max(g * t + s + c, Fraction(0)) - t))
    return worst


proof.main(__name__)
