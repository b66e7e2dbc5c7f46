"""Two pairs of features, each active together: what is exact of their arrangement in the plane.

Features 0, 1 are one set and 2, 3 the other; a set is active with probability p, and then both its
members are uniform on [0, 1]; equal importance. Weights W (2, 4), G = W^T W, outputs relu(Gx + b).
That a best model has this shape up to p = 0.2 is what a search finds.
"""

from sympy import Gt, Matrix, Max, Rational, Symbol, expand, integrate, solve, symbols

from proofs.certificates import above_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-correlated-orthogonal", partial=True)

SHAPE = Matrix([[1, 0, -1, 0], [0, 1, 0, -1]])
p = Symbol("p", positive=True)


@proof.symbolic(
    r"$W = (e_1, e_2, -e_1, -e_2)$, $b = 0$, orthogonal within a set and opposite across, reads "
    r"every input of one active set exactly; with both active it reads $\mathrm{relu}(x_0 - x_2)$ "
    r"for $x_0$ and so on, short by $\min(x_0, x_2)$, of mean square $1/6$. Its loss is $4p^2/6 = "
    r"2p^2/3$."
)
def _() -> Steps:
    G = SHAPE.T * SHAPE
    x, y = symbols("x y", nonnegative=True)
    for active in ((0, 1), (2, 3)):
        values = Matrix([x if i == active[0] else y if i == active[1] else 0 for i in range(4)])
        yield (G * values).applyfunc(lambda z: Max(0, z)) - values
    yield G[0, :] - Matrix([[1, 0, -1, 0]])
    low, more = symbols("low more", nonnegative=True)
    for one, other in ((low + more, low), (low, low + more)):
        yield one - (one - other + abs(one - other)) / 2 - low
    yield 2 * integrate(integrate(y**2, (y, 0, x)), (x, 0, 1)) - Rational(1, 6)


@proof.symbolic(
    r"It is the only shape without loss for one active set: $\mathrm{relu}(G_{00} x + G_{01} y + "
    r"b_0) = x > 0$ on a square makes $G_{00} = 1$, $G_{01} = 0$, $b_0 = 0$, so the members of a "
    r"set are orthonormal; $\mathrm{relu}(G_{20} x + G_{21} y) = 0$ makes $G_{20}, G_{21} \leq 0$."
)
def _() -> Steps:
    own, other, b = symbols("own other b", real=True)
    s, t, more, further = symbols("s t more further", positive=True)
    points = ((s, t), (s + more, t), (s, t + further))
    found = solve([own * x + other * y + b - x for x, y in points], [own, other, b], dict=True)
    yield Matrix([len(found) - 1, found[0][own] - 1, found[0][other], found[0][b]])
    x, positive = symbols("x positive", positive=True)
    yield Gt(positive * x, 0)


@proof.symbolic(
    r"In coordinates with $W_0 = e_1$, $W_1 = e_2$: $W_2 = (-a, -b)$ and $W_3 = (-c, -d)$ with $a, "
    r"b, c, d \geq 0$, and $W_2 \cdot W_3 = ac + bd = 0$ makes $ac = bd = 0$. If $a > 0$, then $c "
    r"= 0$, $d = 1$ by length, $b = 0$, $a = 1$; if $a = 0$, then $b = 1$, $d = 0$, $c = 1$: each "
    r"feature has its opposite in the other set."
)
def _() -> Steps:
    a, b, c, d = symbols("a b c d", nonnegative=True)
    conditions = [a**2 + b**2 - 1, c**2 + d**2 - 1, a * c, b * d]
    found = {
        tuple(one[k] for k in (a, b, c, d)) for one in solve(conditions, [a, b, c, d], dict=True)
    }
    yield Matrix([len(found) - 2])
    for one in ((1, 0, 0, 1), (0, 1, 1, 0)):
        yield Matrix([int(one in {tuple(map(int, f)) for f in found}) - 1])


@proof.symbolic(
    r"Collapse: if $W_0 = W_1$ and $b_0 = b_1$, both outputs are one and the same number, and $(x "
    r"- o)^2 + (y - o)^2 \geq (x - y)^2/2$, of mean $1/12$ when the set is active. So with both "
    r"sets collapsed the loss is at least $p/6$ (reached by $W_0 = W_1 = e_1/\sqrt 2$, $W_2 = W_3 "
    r"= e_2/\sqrt 2$, $b = 0$: $o = (x + y)/2$), and with one at least $p/12$."
)
def _() -> Steps:
    x, y, o = symbols("x y o", real=True)
    yield expand((x - o) ** 2 + (y - o) ** 2 - (x - y) ** 2 / 2 - 2 * (o - (x + y) / 2) ** 2)
    yield integrate(integrate((x - y) ** 2 / 2, (y, 0, x)), (x, 0, 1)) * 2 - Rational(1, 12)
    half = 1 / 2 ** Rational(1, 2)
    W = Matrix([[half, half, 0, 0], [0, 0, half, half]])
    u, v, s, t = symbols("u v s t", nonnegative=True)
    read = W.T * W * Matrix([u, v, s, t])
    yield read - Matrix([u + v, u + v, s + t, s + t]) / 2


@proof.symbolic(
    r"The shape of the claim is better than every model of two collapsed sets exactly for $p < "
    r"1/4$, and than every model of a collapsed set for $p < 1/8$: $p/6 - 2p^2/3 = 2p(1/4 - p)/3$, "
    r"$p/12 - 2p^2/3 = 2p(1/8 - p)/3$. From $1/4$ on that of the erratum is no worse."
)
def _() -> Steps:
    room = Symbol("room", positive=True)
    for least, until in ((p / 6, Rational(1, 4)), (p / 12, Rational(1, 8))):
        yield expand(least - 2 * p**2 / 3 - 2 * p * (until - p) / 3)
        yield from above_zero(2 * p * (until - (until - room)) / 3, 2 * p * room / 3)


@proof.symbolic(
    r"Rare sets: a best model loses at most $2p^2/3$, and inputs with one active set have "
    r"probability $2p(1-p)$, so of their loss, the mean of both, at most $p/(3(1-p))$ is left, "
    r"which falls to 0 with $p$; and 0 it is at the shape of the claim alone."
)
def _() -> Steps:
    yield (2 * p**2 / 3) / (2 * p * (1 - p)) - p / (3 * (1 - p))
    yield (p / (3 * (1 - p))).subs(p, 0)


proof.main(__name__)
