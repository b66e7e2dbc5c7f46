"""Two extra dimensions give any geometry at the same products; one or none give less.

All that is asked for are inner products and lengths, so that the proof is in these symbols, for
vectors of any dimension: those of a concatenation add up.
"""

from typing import Any

from sympy import Matrix, Symbol, sqrt, symbols

from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-geometry-2d")

lam = Symbol("lambda", nonnegative=True)
s, t = symbols("s t", positive=True)  # lengths
p = Symbol("p", real=True)
longer = sqrt(1 + lam**2)


def products(pair: tuple[tuple[Any, ...], ...], cross: Any) -> tuple[Any, Any, Any]:
    """<x, y>, |x|^2, |y|^2 of (x, x_1, x_2) and (y, y_1, y_2) with |x|, |y| and <x, y> = cross."""
    (size_x, *x), (size_y, *y) = pair
    dot = cross + sum(a * b for a, b in zip(x, y, strict=True))
    return dot, size_x**2 + sum(a**2 for a in x), size_y**2 + sum(b**2 for b in y)


@proof.symbolic(
    r"$\langle b_i', a_j' \rangle = \langle b_i, a_j \rangle + 0 \cdot \lambda||a_j|| + "
    r"\lambda||b_i|| \cdot 0$ for all $i, j$: $B'^T A' = B^T A$. With $s = ||a_i||$, $t = ||b_i||$ "
    r"the squared lengths are $s^2(1 + \lambda^2)$, $t^2(1 + \lambda^2)$, so that $\cos(a_i', "
    r"b_i') = \cos(a_i, b_i)/(1 + \lambda^2)$."
)
def _() -> Steps:
    dot, aa, bb = products(((s, lam * s, 0), (t, 0, lam * t)), p)
    yield dot - p
    yield aa - (s * longer) ** 2
    yield bb - (t * longer) ** 2
    yield dot / (s * longer * t * longer) - (p / (s * t)) / (1 + lam**2)


@proof.symbolic(
    r"$1 - \cos(a_i', a_j') = (1 - \cos(a_i, a_j))/(1 + \lambda^2)$, with $s, t$ the lengths of "
    r"$a_i, a_j$, and the same for $b$, whose new coordinate is the other one."
)
def _() -> Steps:
    for place in ((1, 0), (0, 1)):
        x, y = ((size, *(lam * size * e for e in place)) for size in (s, t))
        dot, xx, yy = products((x, y), p)
        yield xx - (s * longer) ** 2
        yield yy - (t * longer) ** 2
        yield (1 - dot / (s * longer * t * longer)) - (1 - p / (s * t)) / (1 + lam**2)


# --- the erratum: fewer dimensions --------------------------------------------------------------


@proof.symbolic(
    r"One dimension, signs free. Stretch by $\tau$ along a unit $f$ with $\langle f, b_i \rangle "
    r"\neq 0$ for all $i$: $b_i \to b_i + (\tau - 1) \langle f, b_i \rangle f$, $a_i \to a_i - (1 "
    r"- 1/\tau) \langle f, a_i \rangle f$ keeps every product. In coordinates along $f$ and off "
    r"it: $\tau b_f \cdot a_f/\tau + \langle b_\perp, a_\perp \rangle$. Append $\sigma_i \tau "
    r"||a_i||$ to $a_i$ and 0 to $b_i$, and turn both by $\sigma_i = \mathrm{sign} \langle f, b_i "
    r"\rangle$: $|X_{ij}|$, $X_{ii}$ and thus the error are kept."
)
def _() -> Steps:
    stretch = Symbol("tau", positive=True)
    af, bf, off = symbols("a_f b_f off", real=True)
    yield (bf + (stretch - 1) * bf) * (af - (1 - 1 / stretch) * af) + off - (bf * af + off)
    x = Symbol("x", real=True)
    for one in (1, -1):
        for other in (1, -1):
            yield abs(one * other * x) - abs(x)
        yield one * one * x - x


@proof.symbolic(
    r"As $u = 1/\tau \to 0$: with $s_i = ||a_i||$, $\beta_i = |\langle f, b_i \rangle|$, the "
    r"products over $\tau^2$ tend to $\langle a_i', a_j' \rangle \to s_i s_j$, $||a_i'||^2 \to "
    r"s_i^2$, $\langle b_i', b_j' \rangle \to \beta_i \beta_j$, $||b_i'||^2 \to \beta_i^2$, and "
    r"$\langle a_i', b_i' \rangle/\tau^2 \to 0$: other cosines tend to 1, own cosines to 0."
)
def _() -> Steps:
    u = Symbol("u", positive=True)
    si, sj, bi, bj = symbols("s_i s_j beta_i beta_j", positive=True)
    af, ag, off, beside = symbols("a_f a_g off beside", real=True)
    signs = Symbol("signs", real=True)  # sigma_i sigma_j: the new coordinates' are +1 in the end
    features = u**2 * (signs * (off + u**2 * af * ag) + si * sj / u**2)
    probes = u**2 * (bi * bj / u**2 + signs * beside)
    yield features.expand().subs(u, 0) - si * sj
    yield probes.expand().subs(u, 0) - bi * bj
    yield (u**2 * (bi * af + off)).subs(u, 0)
    yield 1 - (si * sj) / sqrt(si**2 * sj**2)
    yield 1 - (bi * bj) / sqrt(bi**2 * bj**2)


@proof.symbolic(
    r"One dimension, signs kept: not where $\sum_i c_i a_i = 0 = \sum_i c_i' b_i$ with positive "
    r"weights, $B^T A$ of rank $d$. In $d + 1$ dimensions $\mathrm{rank}\, A' + \mathrm{rank}\, B' "
    r"\leq d + (d+1)$ (Sylvester), so one of them, say $A'$, has rank $d$, the kernel of $B^T A$, "
    r"and $\sum_i c_i a_i' = 0$. Then $0 = \sum_i c_i^2 ||a_i'||^2 + \sum_{i \neq j} c_i c_j "
    r"\langle a_i', a_j' \rangle$, and some $\langle a_i', a_j' \rangle < 0$: its cosine is far "
    r"from 1."
)
def _() -> Steps:
    n = Symbol("n", integer=True, positive=True)  # d
    yield (n + (n + 1)) - (2 * (n + 1) - 1)  # ranks d + 1 both would need 2d + 2 <= 2d + 1
    for count in (2, 3, 4):  # the expansion of a square
        c, x = symbols(f"c:{count}"), Matrix(3, count, symbols(f"x:{3 * count}"))
        total = x * Matrix(c)
        G = x.T * x
        yield total.dot(total) - sum(
            c[i] * c[j] * G[i, j] for i in range(count) for j in range(count)
        )


@proof.symbolic(
    r"No dimension, $A = B$ a tight frame of unit columns, $AA^T = (m/d) I$: every pair with $B'^T "
    r"A' = A^T A$ in $\mathbb{R}^d$ is $A' = GA$, $B' = G^{-T} A$, and $A' B'^T = G AA^T G^{-1} = "
    r"(m/d) I$. Its squared Frobenius norm is $m^2/d = \sum_{ij} \langle a_i', a_j' \rangle "
    r"\langle b_i', b_j' \rangle$. (Turning signs changes no term.)"
)
def _() -> Steps:
    m, d = symbols("m d", positive=True)
    yield d * (m / d) ** 2 - m**2 / d
    for rows, count in ((1, 2), (2, 3), (3, 4)):  # ||A B^T||^2 = sum of products of inner products
        A, B = (Matrix(rows, count, symbols(f"{x}:{rows * count}")) for x in "ab")
        whole = sum(x**2 for x in A * B.T)
        yield whole - sum(x * y for x, y in zip(A.T * A, B.T * B, strict=True))


@proof.symbolic(
    r"Let $\langle a_i', b_i' \rangle = 1 \leq \delta r_i$, $r_i = ||a_i'||\,||b_i'||$, and other "
    r"cosines $\geq 1 - \delta \geq 0$. The sum is at least $(1-\delta)^2 (\sum_i r_i)^2 \geq "
    r"(1-\delta)^2 m^2/\delta^2$ (its diagonal terms are $r_i^2$ even). So $m^2/d \geq "
    r"(1-\delta)^2 m^2/\delta^2$, that is $(1-\delta)\sqrt{d} \leq \delta$."
)
def _() -> Steps:
    m, d, delta, rest = symbols("m d delta rest", positive=True)
    yield (m**2 / d - rest**2 * m**2 / delta**2) * d * delta**2 / m**2 - (delta**2 - d * rest**2)
    up = Symbol("up", nonnegative=True)
    r = (1 + up) / delta
    yield from at_least_zero(m * r - m / delta, m * up / delta)
    near = Symbol("near", nonnegative=True)  # 1 - delta, with delta + near = 1
    yield from at_least_zero(
        (delta + near) ** 2 * r**2 - near**2 * r**2, r**2 * delta * (delta + 2 * near)
    )


@proof.symbolic(
    r"So in no dimension own cosines below $\sqrt{d}/(1+\sqrt{d})$ go with others that near 1: "
    r"that $\delta$ solves $(1-\delta)\sqrt{d} = \delta$, and a smaller one fails."
)
def _() -> Steps:
    root, gap = symbols("root gap", positive=True)  # sqrt d
    least = root / (1 + root)
    yield (1 - least) * root - least
    yield (1 - (least - gap)) * root - (least - gap) - gap * (1 + root)


proof.main(__name__)
