"""The exact probability of recovery from Gaussian measurements: a sum of intrinsic volumes.

C is the descent cone of ||.||_1 at z, closed and polyhedral. V_0..V_m are its conic intrinsic
volumes: V_j is the probability that a Gaussian vector is nearest to a point inside a face of
dimension j. The formula is the conic kinematic formula with one line of algebra, and small cones,
where volumes are angles, show it against a direct count.
"""

from fractions import Fraction as F
from itertools import product

from flint import arb
from sympy import Expr, Integer, Matrix, Rational, acos, cos, pi, symbols

from lcs.l1.transition import intrinsic_volumes
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("CS-dt-finite-size")


@proof.exact(
    r"$z$ is recovered iff $\ker A \cap C = \{0\}$, $C = \{h : \langle s, h_S \rangle + "
    r"||h_{off}||_1 \leq 0\}$, $s$ the signs of $z$ on its support $S$: $||z + th||_1 - ||z||_1$ "
    r"is $t(\langle s, h_S \rangle + ||h_{off}||_1)$ for small $t > 0$, and convex in $t$, so that "
    r"some $t$ gives at most $||z||_1$ iff small ones do. (The first part for all $z, h \in \{-2, "
    r".., 2\}^2$, $t = 1/2$ where $|th_j| \leq |z_j|$ on $S$.)"
)
def _() -> Steps:
    t = F(1, 2)
    for z in product(range(-2, 3), repeat=2):
        for h in product(range(-2, 3), repeat=2):
            if all(x == 0 or abs(t * y) <= abs(x) for x, y in zip(z, h, strict=True)):
                grown = sum(abs(x + t * y) - abs(x) for x, y in zip(z, h, strict=True))
                rate = sum(
                    abs(y) if x == 0 else (y if x > 0 else -y) for x, y in zip(z, h, strict=True)
                )
                yield grown == t * rate


@proof.cited(
    r"$\ker A$ is uniform among the subspaces of dimension $m - d$: $AU$ has the law of $A$ for "
    r"every rotation $U$, and rank $d \leq m$ with probability 1. $C$ is no subspace, as $-z \in "
    r"C$ and $z \notin C$ for $k \geq 1$. So $P(\ker A \cap C \neq \{0\}) = 2(V_{d+1} + V_{d+3} + "
    r"\ldots)$.",
    source="Amelunxen, Lotz, McCoy, Tropp 2014, fact 2.1 (conic kinematic formula)",
)
def _() -> Steps:
    for k in range(1, 6):  # <s, h_S> + ||h_off||_1 at h = -z and at h = z
        z = range(1, k + 1)
        yield sum(-x for x in z) <= 0
        yield not sum(z) <= 0
    c, s = Rational(3, 5), Rational(4, 5)
    yield bool(Matrix([[c, -s], [s, c]]).T * Matrix([[c, -s], [s, c]]) == Matrix.eye(2))


@proof.cited(
    r"For a cone that is no subspace $V_0 + V_2 + \ldots = V_1 + V_3 + \ldots = 1/2$ "
    r"(Gauss-Bonnet). The indices $d-1, d-3, \ldots$ and $d+1, d+3, \ldots$ together are all "
    r"those of one parity in $0..m$; beyond $d = m$ the kernel is 0, and those below $d$ alone "
    r"are (checked for $m \leq 40$, $d \leq m + 2$).",
    source="Schneider, Weil 2008, Stochastic and Integral Geometry, section 6.5",
)
def _() -> Steps:
    for m in range(1, 41):
        for d in range(m + 3):
            below = {j for j in range(d - 1, -1, -2) if j <= m}
            above = set(range(d + 1, m + 1, 2))
            yield below | above == {j for j in range(m + 1) if (j - d) % 2 == 1}
            yield not below & above


@proof.symbolic(
    r"So $P(\mathrm{recovered}) = 1 - 2(V_{d+1} + \ldots) = 2(\frac12 - V_{d+1} - \ldots) = "
    r"2(V_{d-1} + V_{d-3} + \ldots)$."
)
def _() -> Steps:
    above, below = symbols("above below")
    yield (1 - 2 * above).subs(above, Rational(1, 2) - below) - 2 * below


# --- small cones, where volumes are angles ------------------------------------------------------

THETA = acos(Rational(1, 3))
CONES = {  # (r, s) for the volume r + s theta/pi
    (2, 1): [(F(1, 4), 0), (F(1, 2), 0), (F(1, 4), 0)],
    (3, 2): [(0, 0), (0, F(1, 2)), (F(1, 2), 0), (F(1, 2), F(-1, 2))],
    (3, 1): [(F(1, 6), 0), (0, 1), (F(1, 3), 0), (F(1, 2), -1)],
}


def volumes(m: int, k: int) -> list[Expr]:
    """V_0, ..., V_m of a small cone."""
    return [Rational(r) + Rational(s) * THETA / pi for r, s in CONES[m, k]]


def success(V: list[Expr], d: int) -> Expr:
    """2 (V_{d-1} + V_{d-3} + ...)."""
    return sum((2 * V[j] for j in range(d - 1, -1, -2)), Integer(0))


@proof.symbolic(
    r"Angles. The facets of $C$ have unit normals $(s, \pm 1, .., \pm 1)/\sqrt{m}$. $(m,k) = "
    r"(2,1)$: a right angle. $(3,2)$: two half-spaces of normals at $\theta = \arccos(1/3)$, a "
    r"wedge of $V_3 = (\pi - \theta)/2\pi$. $(3,1)$: four facets, neighbours at $\theta$, so a "
    r"spherical square of angles $\pi - \theta$ and area $4(\pi-\theta) - 2\pi$; each facet spans "
    r"$\pi/3$. All have sums $1/2$ over even and over odd $j$."
)
def _() -> Steps:
    one = Matrix([1, 1, 1])
    yield Matrix([1, 1]).dot(Matrix([1, -1]))
    for x, y in ((one, Matrix([1, 1, -1])), (one, Matrix([1, -1, 1]))):
        yield x.dot(y) / (x.norm() * y.norm()) - Rational(1, 3)
    area = 4 * (pi - THETA) - 2 * pi
    yield area / (4 * pi) - volumes(3, 1)[3]
    edges = Matrix([-1, 1, 0]), Matrix([-1, 0, 1])  # of the facet of (1, 1, 1)
    for edge in edges:
        yield edge.dot(one)
    yield edges[0].dot(edges[1]) / (edges[0].norm() * edges[1].norm()) - cos(pi / 3)
    yield 4 * (pi / 3) / (2 * pi) / 2 - volumes(3, 1)[2]
    yield (pi - THETA) / (2 * pi) - volumes(3, 2)[3]
    for m, k in CONES:
        for parity in (0, 1):
            yield sum(volumes(m, k)[parity::2], -Rational(1, 2))


@proof.symbolic(
    r"Direct counts agree. A line ($d = m - 1$) misses $C$ with probability $1 - 2V_m$. One "
    r"measurement ($d = 1$) recovers $z = e_1$ iff $|A_{11}|$ is the largest of $m$: $1/m$, and $k "
    r"\geq 2$ never. None ($d = 0$) never, and $d = m$ always."
)
def _() -> Steps:
    for m, k in CONES:
        V = volumes(m, k)
        yield success(V, m - 1) - (1 - 2 * V[m])
        yield success(V, 1) - (Rational(1, m) if k == 1 else 0)
        yield success(V, 0)
        yield success(V, m) - 1


@proof.enclosed(
    r"`lcs.l1.transition` has these volumes to $10^{-10}$, and for $m \leq 12$ and every $k$ "
    r"volumes that add up to 1, with both parities at $1/2$, to $10^{-9}$."
)
def _() -> Steps:
    angle = (arb(1) / 3).acos() / arb.pi()
    for (m, k), exact in CONES.items():
        for ours, (r, s) in zip(intrinsic_volumes(m, k).values, exact, strict=True):
            yield arb("1e-10") - abs(ball(F(float(ours))) - ball(r) - ball(s) * angle)
    for m in range(1, 13):
        for k in range(1, m + 1):
            values = [ball(F(float(v))) for v in intrinsic_volumes(m, k).values]
            for parity in (0, 1):
                yield arb("1e-9") - abs(sum(values[parity::2], arb(0)) - arb("0.5"))


proof.main(__name__)
