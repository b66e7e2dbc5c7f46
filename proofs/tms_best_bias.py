"""The bias of least worst error of a ReLU probe, and the error that it leaves.

Of one row: H = max(P_k, g - 1 + P_{k-1}), L = N_{k-1} + max(0, 1 - g), s = max(1, g); the worst
error as a function of the bias is f(c) = max(0, c + H, min(1, (L - c)/s)).
"""

from sympy import Ge, Gt, Max, Min, Rational, Symbol, symbols

from proofs.certificates import above_zero, at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-best-bias")

H, L = symbols("H L", nonnegative=True)
s = 1 + Symbol("h", nonnegative=True)
BEST = (L - s * H) / (1 + s)
LEAST = (H + L) / (1 + s)


@proof.cited(
    r"The worst error at bias $c$ is $f(c) = \max(0, c + P_k, c + g - 1 + P_{k-1}, \min(1, "
    r"(N_{k-1} - c + \max(0, 1-g))/\max(1, g))) = \max(0, c + H, \min(1, (L - c)/s))$. $H \geq "
    r"P_k \geq 0$, $L \geq 0$ and $s \geq 1$.",
    source="LCS-relu-worst-case",
)
def _() -> Steps:
    for m in range(1, 8):
        for k in range(1, m + 1):
            yield 1 <= k <= m


@proof.symbolic(
    r"$c + H$ rises with $c$ and $(L - c)/s$ falls; they meet at $c^* = (L - sH)/(1+s)$, where "
    r"both are $v = (H + L)/(1 + s) \geq 0$."
)
def _() -> Steps:
    yield BEST + H - LEAST
    yield (L - BEST) / s - LEAST
    yield Ge(LEAST, 0)


@proof.symbolic(
    r"$v < 1$: $f(c^*) = \max(0, v, \min(1, v)) = v$, and elsewhere $f$ is larger: beyond $c^*$, "
    r"$c + H = v + (c - c^*) > v$, and below it $\min(1, (L-c)/s) > v$, as $(L - c)/s = v + (c^* - "
    r"c)/s$. So the least is $v$, at $c^*$ only."
)
def _() -> Steps:
    e, room = symbols("e room", positive=True)
    v = Symbol("v", nonnegative=True)
    yield Max(0, v, Min(v + room, v)) - v  # 1 = v + room
    yield from above_zero((BEST + e) + H - LEAST, e)
    yield from above_zero((L - (BEST - e)) / s - LEAST, e / s)
    for larger in (v + room, v + e / s):
        yield Gt(larger - v, 0)


@proof.symbolic(
    r"$v \geq 1$: for $c \geq c^*$, $c + H \geq v \geq 1$, and below $c^*$, $\min(1, (L - c)/s) = "
    r"1$, so $f \geq 1$ everywhere; and $f(-H) = \max(0, 0, \min(1, \cdot)) \leq 1$. The least is "
    r"$1 = \min(1, v)$."
)
def _() -> Steps:
    e, more = symbols("e more", nonnegative=True)
    yield from at_least_zero((BEST + e) + H - LEAST, e)
    yield from at_least_zero((L - (BEST - e)) / s - LEAST, e / s)
    yield Min(1, 1 + more) - 1
    part, left = symbols("part left", nonnegative=True)
    yield Max(0, -H + H, Min(1, 1 + more)) - 1  # (L + H)/s >= 1
    yield Ge((part + left) - Max(0, part), 0)  # (L + H)/s = part <= 1 = part + left


@proof.symbolic(
    r"$g = 1$: $H = \max(P_k, P_{k-1}) = P_k$, $L = N_{k-1}$, $s = 1$, hence $\min(1, (P_k + "
    r"N_{k-1})/2)$ at $(N_{k-1} - P_k)/2$."
)
def _() -> Steps:
    P, last, N = symbols("P last N", nonnegative=True)  # P_k = P_{k-1} + last
    g = 1
    H1, L1, s1 = Max(P + last, g - 1 + P), N + Max(0, 1 - g), Max(1, g)
    yield H1 - (P + last)
    yield (H1 + L1) / (1 + s1) - (P + last + N) / 2
    yield (L1 - s1 * H1) / (1 + s1) - (N - P - last) / 2


@proof.symbolic(
    r"Erratum: without the minimum the formula exceeds 1, for instance 3/2 at $g = 1$, $P_k = 3$, "
    r"$N_{k-1} = 0$, where the bias $-P_k = -3$ leaves $f = \max(0, 0, \min(1, 3)) = 1$."
)
def _() -> Steps:
    yield LEAST.subs({H: 3, L: 0}).subs(Symbol("h", nonnegative=True), 0) - Rational(3, 2)
    c = -3
    yield Max(0, c + 3, Min(1, -c)) - 1


proof.main(__name__)
