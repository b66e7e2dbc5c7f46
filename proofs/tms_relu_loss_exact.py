"""The loss of the ReLU model from the characteristic function of z_i, and the error of its series.

w_k = k pi/(2M) over odd k; g_r(t) = E x^r e^{itx} for x uniform on [0, 1], or on [-1, 1] where
features are signed; groups of features are independent. 0 < |t| where it divides.
"""

from itertools import combinations
from typing import Any

from sympy import (
    Ge,
    Gt,
    I,
    Integer,
    Max,
    Rational,
    Symbol,
    cos,
    diff,
    exp,
    expand,
    factorial,
    integrate,
    log,
    pi,
    sin,
    symbols,
)

from proofs.active import mean_product, mean_square
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("TMS-relu-loss-exact")


@proof.symbolic(
    r"$\mathrm{relu}(z) = (z + |z|)/2$, so $(x - \mathrm{relu}(z))^2 = (x - z)^2/2 + x^2/2 + "
    r"z|z|/2 - x|z|$, for $z \geq 0$ and for $z \leq 0$: half the loss of the linear model, a "
    r"constant, and the mean of $z_i|z_i|/2 - x_i|z_i|$."
)
def _() -> Steps:
    x, size = Symbol("x", real=True), Symbol("size", nonnegative=True)
    for z in (size, -size):
        relu = (z + abs(z)) / 2
        yield relu - Max(z, 0)
        yield (x - relu) ** 2 - ((x - z) ** 2 / 2 + x**2 / 2 + z * abs(z) / 2 - x * abs(z))


@proof.cited(
    r"The series of $|z|$ on $[-2M, 2M]$ converges to it everywhere and uniformly. Hypothesis: "
    r"its extension of period $4M$ is continuous ($|{-2M}| = |2M|$) and piecewise smooth.",
    source="Dirichlet's theorem on Fourier series, e.g. Zygmund, Trigonometric series, II.8",
)
def _() -> Steps:
    yield abs(-2) == abs(2)  # in units of M: the ends agree


@proof.symbolic(
    r"Its coefficients: $\frac{1}{2M} \int_{-2M}^{2M} |z| \cos(j \pi z/(2M)) dz$ is $2M$ at $j = "
    r"0$, $0$ at even $j > 0$, $-8M/(\pi^2 j^2)$ at odd $j$; those of sines are $0$, as $|z|$ is "
    r"even. So $|z| = M - (8M/\pi^2) \sum_k \cos(w_k z)/k^2$."
)
def _() -> Steps:
    z = Symbol("z", real=True)
    M, h = Symbol("M", positive=True), Symbol("h", integer=True, positive=True)
    yield integrate(z, (z, 0, 2 * M)) / M - 2 * M
    for j, claimed in ((2 * h, Integer(0)), (2 * h - 1, -8 * M / (pi**2 * (2 * h - 1) ** 2))):
        w = j * pi / (2 * M)
        primitive = z * sin(w * z) / w + cos(w * z) / w**2  # of z cos(wz)
        yield diff(primitive, z) - z * cos(w * z)
        value = (primitive.subs(z, 2 * M) - primitive.subs(z, 0)) / M
        yield value.subs(cos(pi * (2 * h - 1)), -1) - claimed


@proof.symbolic(
    r"$z|z|$ is the integral of $2|z|$ from $0$; uniform convergence allows to integrate term by "
    r"term: $z|z| = 2Mz - (32 M^2/\pi^3) \sum_k \sin(w_k z)/k^3$. Both hold for $|z| \leq 2M$, and "
    r"converge absolutely, so that means may be taken of every term where $|z_i| \leq M$ always: "
    r"$\sin$ and $\cos$ are the parts of $e^{i w_k z_i}$."
)
def _() -> Steps:
    z = Symbol("z", real=True)
    M, k = symbols("M k", positive=True)
    w = k * pi / (2 * M)
    term = 32 * M**2 / pi**3 * sin(w * z) / k**3
    yield diff(2 * M * z - term, z) - 2 * (M - 8 * M / pi**2 * cos(w * z) / k**2)
    yield term.subs(z, 0)
    size = Symbol("size", nonnegative=True)
    for sign in (1, -1):
        yield diff((sign * size) * size, size) - sign * 2 * size


@proof.symbolic(
    r"$E e^{iwz_i}$ is $e^{iwb_i}$ times one factor a group: $1 - p + p \prod_j g_0(w G_{ij})$ if "
    r"its members are active together, $1 - \sum_j p_j + \sum_j p_j g_0(w G_{ij})$ if one at most; "
    r"in $E x_i e^{iwz_i}$ only the terms where $i$ is active stay, with $g_1$ for its $g_0$. "
    r"$g_0(t) = (e^{it} - 1)/(it)$, $g_1 = (e^{it} - g_0)/(it)$, $g_2 = (e^{it} - 2g_1)/(it)$; "
    r"signed, the even or odd part of these."
)
def _() -> Steps:
    t, x = symbols("t x", real=True, nonzero=True)
    g0 = (exp(I * t) - 1) / (I * t)
    g1 = (exp(I * t) - g0) / (I * t)
    g2 = (exp(I * t) - 2 * g1) / (I * t)
    for r, g in enumerate((g0, g1, g2)):
        primitive: Any = exp(I * t * x) * sum(
            (-1) ** j * factorial(r) / factorial(r - j) * x ** (r - j) / (I * t) ** (j + 1)
            for j in range(r + 1)
        )
        yield expand(diff(primitive, x) - x**r * exp(I * t * x))
        over = [primitive.subs(x, at + 1) - primitive.subs(x, at) for at in (-1, 0)]
        yield expand(over[1] - g)
        yield expand(over[0] - (-1) ** r * g.subs(t, -t))


@proof.symbolic(
    r"No active feature: $b|b|/2$. One, $z = b + ax$: with $s_r = E x^r \mathrm{sign}(z)$, $E "
    r"z|z|/2 = (b^2 s_0 + 2ab s_1 + a^2 s_2)/2$ and $E x|z| = b s_1 + a s_2$; $s_r = \pm 1/(r+1)$ "
    r"where $z$ keeps its sign, and $\mathrm{sign}(b)(2 c^{r+1} - 1)/(r+1)$ where it changes at $c "
    r"= -b/a$ in $(0, 1)$."
)
def _() -> Steps:
    x, a, b, c = symbols("x a b c", real=True)
    z = b + a * x
    yield expand(z**2 - (b**2 + 2 * a * b * x + a**2 * x**2))  # times sign z: z|z|
    yield expand(x * z - (b * x + a * x**2))
    for r in range(3):
        yield integrate(x**r, (x, 0, 1)) - Rational(1, r + 1)
        changed = integrate(x**r, (x, 0, c)) - integrate(x**r, (x, c, 1))
        yield expand(changed - (2 * c ** (r + 1) - 1) / (r + 1))


@proof.symbolic(
    r"Any number of active features, from $0, 1, 2$ on: $R_n(u) = \mathrm{relu}(u)^n/n!$ has $R_n' "
    r"= R_{n-1}$, so integrals over $x_j$ are differences of $R_{n+1}/c_j$, and $E "
    r"\mathrm{relu}(u)^2 = 2\sum_S \pm R_{k+2}(b + c_S)/\prod_j c_j$; with $x_i$ as a factor, "
    r"$\int_0^1 x R_n(u + cx)dx = R_{n+1}(u+c)/c - (R_{n+2}(u+c) - R_{n+2}(u))/c^2$. Two active, "
    r"where $u > 0$ throughout: the moments of $b + cx + dy$."
)
def _() -> Steps:
    u, v, x, c = symbols("u v x c", positive=True)
    n = Symbol("n", integer=True, positive=True)
    primitive = u ** (n + 1) / factorial(n + 1)
    yield (diff(primitive, u) - u**n / factorial(n)).rewrite("gamma").simplify()
    top = (u + c * x) ** (n + 1)
    by_parts = x * top / (factorial(n + 1) * c) - top * (u + c * x) / (factorial(n + 2) * c**2)
    yield (diff(by_parts, x) - x * (u + c * x) ** n / factorial(n)).rewrite("gamma").simplify()
    yield from _two_active(u, c, v)


def _two_active(b, c, d) -> Steps:
    """The closed forms against integrals, where z > 0 and where it changes sign once."""
    x, y = symbols("x y")
    z = b + c * x + d * y
    square = integrate(integrate(expand(z**2), (y, 0, 1)), (x, 0, 1))
    mixed = integrate(integrate(expand(x * z), (y, 0, 1)), (x, 0, 1))
    relu = lambda u: Max(u, 0)  # noqa: E731
    yield expand(mean_square(relu, b, [c, d]) - square)
    yield expand(mean_product(relu, b, c, [d]) - mixed)
    # relu(x - y), as a pair has it: E relu^2 = 1/12, E x relu = 1/8
    yield mean_square(relu, Integer(0), [Integer(1), Integer(-1)]) - Rational(1, 12)
    yield mean_product(relu, Integer(0), Integer(1), [Integer(-1)]) - Rational(1, 8)


@proof.symbolic(
    r"Sizes of the factors: $|g_0(t)| \leq s = \min(1, 2/|t|)$, a mean of numbers of size 1, and "
    r"$|e^{it} - 1| \leq 2$; $|g_1(t)| \leq \min(1/2, (1 + s)/|t|)$, as $E|x| = 1/2$ and $|e^{it} "
    r"- g_0| \leq 1 + |g_0|$. Even and odd parts are no larger. All these bounds fall with $|t|$."
)
def _() -> Steps:
    t = Symbol("t", real=True)
    # 4 - |e^{it} - 1|^2 = 2 + 2 cos t = 4 cos^2(t/2)
    yield (4 - ((cos(t) - 1) ** 2 + sin(t) ** 2) - (2 + 2 * cos(t))).simplify()
    half = Symbol("half", real=True)
    yield (2 + 2 * cos(2 * half) - 4 * cos(half) ** 2).expand(trig=True)
    x, low, more = Symbol("x"), Symbol("low", positive=True), Symbol("more", nonnegative=True)
    yield integrate(x, (x, 0, 1)) - Rational(1, 2)
    yield from at_least_zero(2 / low - 2 / (low + more), 2 * more / (low * (low + more)))


@proof.symbolic(
    r"Patterns with fewer than two active features are left out of the series. The rest of $E "
    r"e^{iwz}$ is a sum of $P(\mathrm{pattern}) e^{iwb} \prod g_0$ over other patterns, so of size "
    r"at most the same sum with $s$ for $g_0$: the product of the groups' factors in $s$, less "
    r"$P_0 + \sum_j a_j s_j$ ($P_0$, $a_j$ the probabilities that nothing, and $j$ alone, is "
    r"active). A sum of nonnegative terms that fall with $w$: its value at the first frequency "
    r"left out bounds all later ones. So it is for $E x_i e^{iwz}$ with patterns that hold $i$ and "
    r"another. (The expansion of three groups is written out.)"
)
def _() -> Steps:
    p, s = symbols("p:3", nonnegative=True), symbols("s:3", nonnegative=True)
    q = [1 - r for r in p]
    whole = (q[0] + p[0] * s[0]) * (q[1] + p[1] * s[1]) * (q[2] + p[2] * s[2])
    few = q[0] * q[1] * q[2] + sum(p[i] * s[i] * q[(i + 1) % 3] * q[(i + 2) % 3] for i in range(3))
    many = p[0] * p[1] * p[2] * s[0] * s[1] * s[2] + sum(
        p[i] * p[j] * s[i] * s[j] * q[3 - i - j] for i, j in combinations(range(3), 2)
    )
    yield expand(whole - few - many)
    rest = symbols("q:3", nonnegative=True)
    yield Ge(many.subs(dict(zip(q, rest, strict=True)), simultaneous=True), 0)


@proof.symbolic(
    r"The tails, over odd $l \geq k \geq 3$: $\sum l^{-2} \leq \frac{1}{2(k-1)}$ and $\sum l^{-3} "
    r"\leq \frac{1}{4(k-1)^2}$. Term by term $\frac12(\frac{1}{l-1} - \frac{1}{l+1}) = "
    r"\frac{1}{l^2-1} \geq l^{-2}$ and $\frac14(\frac{1}{(l-1)^2} - \frac{1}{(l+1)^2}) = "
    r"\frac{l}{(l^2-1)^2} \geq l^{-3}$; both telescope over steps of 2. With the factors "
    r"$16M^2/\pi^3$ and $8M/\pi^2$ of $z|z|/2$ and $x_i|z|$ this is the bound that `truncation` of "
    r"the code states."
)
def _() -> Steps:
    l = Symbol("l", positive=True)
    yield ((1 / (l - 1) - 1 / (l + 1)) / 2 - 1 / (l**2 - 1)).simplify()
    yield ((1 / (l - 1) ** 2 - 1 / (l + 1) ** 2) / 4 - l / (l**2 - 1) ** 2).simplify()
    e = Symbol("e", positive=True)  # l = 1 + e
    l = 1 + e
    yield from at_least_zero(1 / (l**2 - 1) - 1 / l**2, 1 / ((e * (e + 2)) * l**2))
    excess = (2 * l**2 - 1) / ((e * (e + 2)) ** 2 * l**3)
    yield l / (l**2 - 1) ** 2 - 1 / l**3 - excess
    yield Gt(2 * (1 + 2 * e + e**2) - 1, 0)
    yield expand(2 * l**2 - 1 - (1 + 4 * e + 2 * e**2))


@proof.symbolic(
    r"Groups that hardly move $z$ count with their means: $z = y + \eta$, $E \eta = 0$, $\eta$ "
    r"independent of $y$ and $x_i$, $|\eta| \leq R$, $v \geq E \eta^2$. $h(u) = u|u|/2$ has slope "
    r"$|u|$, of Lipschitz constant 1, so $|h(y + \eta) - h(y) - |y|\eta| \leq \eta^2/2$, in the "
    r"mean $v/2$. $E|y + \eta| - |y|$ is $0$ for $|y| \geq R$ and at most $E|\eta| \leq \sqrt v$ "
    r"else; $x_i$ is active and $|y| < R$ with probability at most $p_i \min(1, 2R/|a_i|)$, an "
    r"interval of length $2R$ for $a_i x_i$, whose density is at most $1/|a_i|$."
)
def _() -> Steps:
    y, up = symbols("y up", nonnegative=True)
    down = Symbol("down", nonnegative=True)
    h = lambda u: u * abs(u) / 2  # noqa: E731
    yield h(y + up) - h(y) - y * up - up**2 / 2
    yield h(down) - h(down + up) + (down + up) * up - up**2 / 2  # eta = -up, y + eta = down
    # eta = -(y + down) crosses 0: the difference is eta^2/2 - down^2
    crossing = h(-down) - h(y) + y * (y + down) - ((y + down) ** 2 / 2 - down**2)
    yield crossing
    yield from at_least_zero((y + down) ** 2 / 2 - ((y + down) ** 2 / 2 - down**2), down**2)
    yield from at_least_zero(
        ((y + down) ** 2 / 2 - down**2) + (y + down) ** 2 / 2, y**2 + 2 * y * down
    )
    mean_size, spread = symbols("mean_size spread", nonnegative=True)
    yield from at_least_zero(mean_size**2 + spread - mean_size**2, spread)  # E eta^2 >= (E|eta|)^2
    yield abs(y + up) - y - up  # of one sign: |y + eta| = y + eta, whose mean is y


@proof.symbolic(
    r"A period that $z$ seldom leaves: the wave of $|z|$ lies in $[0, 2M]$ and never above $|z|$, "
    r"that of $z|z|/2$ is its integral, so beyond $M$ they differ by at most $z^2/2$ and $|z| \leq "
    r"z^2/M$ from what they stand for, less than $(2 + 3/M) z^2$. And $z^2 \leq M^2 e^{\theta(z - "
    r"M)}$ for $z \geq M$, $\theta M \geq 2$: equal at $z = M$, where the logarithm of the right "
    r"side grows faster, $2/z \leq \theta$. So $E[z^2; z > M] \leq M^2 e^{-\theta M} E e^{\theta "
    r"z}$."
)
def _() -> Steps:
    M, z = symbols("M z", positive=True)
    more, extra = symbols("more extra", nonnegative=True)
    far = M + more
    yield from at_least_zero(far**2 / M - far, far * more / M)
    yield Gt((2 + 3 / M) * z**2 - z**2 / 2 - z**2 / M, 0)
    theta = 2 / M + extra
    slack = theta * (z - M) - 2 * log(z / M)
    yield slack.subs(z, M)
    at = diff(slack, z).subs(z, far)
    yield from at_least_zero(at, extra + 2 * more / (M * far))


proof.main(__name__)
