"""U3: a Gaussian null space misses, with some luck, all cones where one entry is large."""

from fractions import Fraction

from flint import arb
from sympy import Ge, Gt, Symbol, exp, ln, sqrt, symbols

from lcs.bounds.gordon import u3
from proofs import escape
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("LCS-u3")

escape.gordon(proof)
escape.excess_in_closed_form(proof)

mu, delta = symbols("mu delta", positive=True)
t = Symbol("t", nonnegative=True)


@proof.symbolic(
    r"The cones: $T_i$ holds the unit vectors with $z_i \geq \delta \|z\|_1$, $\delta = "
    r"\epsilon/k$, a closed set. With $r = \sum_{j \neq i} |z_j|$ it says $z_i \geq 0$ and "
    r"$(1-\delta) z_i \geq \delta r$, that is $z_i - \mu r \geq 0$, $\mu = \delta/(1-\delta) = "
    r"\epsilon/(k-\epsilon)$."
)
def _() -> Steps:
    z, r, k, eps = symbols("z r k eps", nonnegative=True)
    yield (z - delta * (z + r)) / (1 - delta) - (z - delta / (1 - delta) * r)
    ratio = eps / k
    yield ratio / (1 - ratio) - eps / (k - eps)


@proof.symbolic(
    r"Width. For $z \in T_i$, $t \geq 0$: $\langle g, z \rangle \leq \langle g, z \rangle + "
    r"(t/\mu)(z_i - \mu r) = (g_i + t/\mu) z_i + \sum_{j \neq i} (g_j z_j - t|z_j|)$, with $g_j "
    r"z_j - t|z_j| \leq (|g_j| - t)_+ |z_j|$; by Cauchy-Schwarz, $|z| = 1$, this is at most $((g_i "
    r"+ t/\mu)^2 + \sum_{j \neq i} (|g_j| - t)_+^2)^{1/2}$."
)
def _() -> Steps:
    gi, gj, zi = symbols("gi gj zi", real=True)
    size, more = symbols("size more", nonnegative=True)  # |z_j|
    added = gi * zi + gj * size + t / mu * (zi - mu * size)
    yield added - ((gi + t / mu) * zi + (gj - t) * size)
    # |g_j| = t + more: equality; |g_j| = t - more: at most 0
    yield ((t + more) - t) * size - more * size
    yield Ge(0 - ((t - more) - t) * size, 0)


@proof.symbolic(
    r"So $w \leq E(\cdot)^{1/2} \leq (E \cdot)^{1/2} = \sqrt{s(t)}$ (Jensen), where $E(g_i + "
    r"t/\mu)^2 = 1 + t^2/\mu^2$ as $Eg_i = 0$, $Eg_i^2 = 1$, and the other $m - 1$ terms have the "
    r"mean above: $s(t) = 1 + t^2/\mu^2 + 2(m-1)((1+t^2)Q(t) - t\phi(t))$. It holds for every $t "
    r"\geq 0$, so for the least $s$."
)
def _() -> Steps:
    mean, square, m = symbols("mean square m", real=True)
    expanded = (square + 2 * t / mu * mean + t**2 / mu**2).subs({mean: 0, square: 1})
    yield expanded - (1 + t**2 / mu**2)
    g = Symbol("g", real=True)
    yield (g + t / mu) ** 2 - (g**2 + 2 * t / mu * g + t**2 / mu**2)
    s = 1 + t**2 / mu**2 + 2 * (m - 1) * ((1 + t**2) * escape.beyond(t) - t * escape.density(t))
    yield expanded + (m - 1) * escape.excess(t) - s


@proof.symbolic(
    r"$\lambda_d > \sqrt{s} + \sqrt{2 \ln m}$: with $\lambda_d - w = \sqrt{2 \ln m} + h$, $h > 0$, "
    r"$\ker A$ meets $T_i$ with probability at most $e^{-(\lambda_d - w)^2/2} < 1/m$, so some $A$ "
    r"misses all $m$ of them."
)
def _() -> Steps:
    h, root = symbols("h root", positive=True)
    m = exp(root**2 / 2)  # root = sqrt(2 ln m)
    yield root - sqrt(2 * ln(m))
    chance = exp(-((root + h) ** 2) / 2)
    yield chance * m - exp(-h * (2 * root + h) / 2)
    v = Symbol("v", positive=True)  # exp(h(...)/2) = 1 + v
    gap = v / (1 + v)
    yield 1 - 1 / (1 + v) - gap
    yield Gt(gap, 0)


@proof.cited(
    r"Then every $z \in \ker A$, $z \neq 0$, has $z_i < \delta \|z\|_1$ and, as $-z \in \ker A$ "
    r"too, $|z_i| < \delta \|z\|_1$ for all $i$. The unit vectors of $\ker A$ are compact, so "
    r"$\alpha_1(A) = \max \|z\|_\infty/\|z\|_1 < \delta$ (0 if $\ker A = 0$), and the best probes "
    r"have error $\min(1, k \alpha_1) < \epsilon \leq 1$ at sparsity $k$: $d$ suffices.",
    source="LCS-collapse",
)
def _() -> Steps:
    for k in range(1, 20):
        for n in range(1, 20):
            eps = Fraction(n, 20)
            yield k * (eps / k) <= eps <= 1


@proof.enclosed(
    r"`lcs.bounds.gordon.u3` returns the least $d$ that meets the condition, at four points, with "
    r"$\lambda_d$ from $\lambda_1 = \sqrt{2/\pi}$ and $\lambda_{n+1} = n/\lambda_n$, and the best "
    r"$t = i/64$, $i \leq 512$."
)
def _() -> Steps:
    for m, k, eps in ((1000, 1, "1/8"), (10**6, 4, "1/2"), (2, 1, "1/3"), (50, 2, "9/10")):
        d, level = u3(m, k, eps).d or 0, Fraction(eps) / (k - Fraction(eps))
        length = (2 / arb.pi()).sqrt()
        for n in range(1, d):
            length = n / length
        widths = [_square(m, level, Fraction(i, 64)).sqrt() for i in range(513)]
        least = min(widths, key=lambda width: float(width.mid()))
        radius = least + (2 * ball(m).log()).sqrt()
        yield length - radius
        yield radius - (d - 1) / length  # the mean length of one dimension less


def _square(m: int, level: Fraction, at: Fraction) -> arb:
    """s(t), from the density and the tail of the normal law."""
    x = ball(at)
    phi, Q = (-x * x / 2).exp() / (2 * arb.pi()).sqrt(), (x / ball(2).sqrt()).erfc() / 2
    return 1 + x**2 / ball(level) ** 2 + 2 * (m - 1) * ((1 + x**2) * Q - x * phi)


proof.main(__name__)
