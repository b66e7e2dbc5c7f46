"""The rank bound with Chebyshev polynomials, the law it implies, and why these polynomials.

Any polynomial f may take the place of the power x^p: entry by entry, f(X)/f(1) keeps the unit
diagonal, and the rest is at most max |f| over [-mu, mu] relative to f(1). T_p(x/mu) makes that
ratio as small as a degree allows, and its parity keeps half of the monomials away.
"""

from fractions import Fraction
from math import comb

from sympy import (
    E,
    Expr,
    Ge,
    Gt,
    Rational,
    Symbol,
    binomial,
    cos,
    cosh,
    expand_trig,
    gamma,
    gammasimp,
    ln,
    pi,
    sqrt,
    symbols,
)

from lcs.bounds.rank import chebyshev
from proofs import ranks
from proofs.proof import Proof, Steps

proof = Proof("LCS-rank-l2")

ranks.normalised(proof)
ranks.projector(proof)
ranks.monomials(proof)
ranks.contrast(proof)
ranks.half(proof)
ranks.growth(proof)

x, a, b = symbols("x a b", real=True)
n = Symbol("n", integer=True, positive=True)


def following(x: Expr, now: Expr, before: Expr) -> Expr:
    """T_{n+1}(x) from T_n(x) and T_{n-1}(x)."""
    return 2 * x * now - before


@proof.symbolic(
    r"$T_0 = 1$, $T_1 = x$, $T_{n+1} = 2xT_n - T_{n-1}$. By induction $T_n(-x) = (-1)^n T_n(x)$: "
    r"if it holds for $a = T_n(x)$ and $b = T_{n-1}(x)$, it holds for the next. So $T_p$ has only "
    r"terms $x^j$ with $j \leq p$, $j \equiv p$ mod 2, and entry by entry $f(X) = T_p(X/\nu)$ has "
    r"rank at most $D$, the sum of $\binom{d+j-1}{j}$ over these $j$."
)
def _() -> Steps:
    sign = (-1) ** n
    yield following(-x, sign * a, -sign * b) + sign * following(x, a, b)


@proof.symbolic(
    r"By the same recursion $T_n(\cos t) = \cos nt$ and $T_n(\cosh u) = \cosh nu$. So $|T_p| \leq "
    r"1$ on $[-1, 1]$, and $T_p$ rises strictly from 1 on $[1, \infty)$, $p \geq 1$."
)
def _() -> Steps:
    for f in (cos, cosh):
        t = Symbol("t", real=True)
        yield expand_trig(following(f(t), f(n * t), f(n * t - t)) - f(n * t + t))
    u = Symbol("u", positive=True)
    yield Gt(cosh(n * u).diff(u), 0)


@proof.symbolic(
    r"Let $0 < \nu < \mu < 1$ with all $|X_{ij}| \leq \nu$ off the diagonal, and $T = T_p(1/\nu)$. "
    r"$Y = f(X)/T$ has unit diagonal and squares at most $1/T^2 < 1/y$ off it, $y = T_p(1/\mu)^2$, "
    r"as $1/\nu > 1/\mu > 1$. So $D \geq \mathrm{rank}\, Y > m/(1 + (m-1)/T_p(1/\mu)^2)$, for "
    r"every $p \geq 1$."
)
def _() -> Steps:
    nu, g, y, h = symbols("nu g y h", positive=True)
    gap = g / (nu * (nu + g))
    yield 1 / nu - 1 / (nu + g) - gap  # mu = nu + g
    left = h / (y * (y + h))
    yield 1 / y - 1 / (y + h) - left  # T^2 = y + h
    yield Gt(gap, 0)
    yield Gt(left, 0)


@proof.exact(
    r"`lcs.bounds.rank.chebyshev` has $D$ and $1/T_p(1/\mu)^2$: the coefficients of $T_p$, $p \leq "
    r"8$, in integers from the recursion, vanish off the parity of $p$, alternate on it, and give "
    r"the same value at $1/\mu = 7/2$; $d \leq 6$."
)
def _() -> Steps:
    mu = Fraction(2, 7)
    before, row = [1], [0, 1]
    for p in range(1, 9):
        for j, c in enumerate(row):
            yield (c == 0) == ((p - j) % 2 == 1)
            yield c == 0 or (c > 0) == ((p - j) % 4 == 0)
        count, square = chebyshev(p, mu)
        yield square == 1 / sum(c / mu**j for j, c in enumerate(row)) ** 2
        for d in range(1, 7):
            yield count(d) == sum(comb(d + j - 1, j) for j in range(p % 2, p + 1, 2))
        doubled = [0] + [2 * c for c in row]
        padded = before + [0] * (len(doubled) - len(before))
        before, row = row, [c - e for c, e in zip(doubled, padded, strict=True)]


@proof.symbolic(
    r"Why $T_p$: no real polynomial $f$ of degree $p$ with $|f| \leq 1$ on $[-1, 1]$ exceeds $T_p$ "
    r"at any $x > 1$. At $x_j = \cos(j\pi/p)$, $j = 0, \ldots, p$, $T_p(x_j) = (-1)^j$, which is "
    r"the sign of Lagrange's $l_j(x) = \prod_{i \neq j} (x - x_i)/(x_j - x_i)$: every $x > x_i$, "
    r"and $x_j < x_i$ for the $j$ numbers $i < j$. So $f(x) = \sum_j f(x_j) l_j(x) \leq \sum_j "
    r"|l_j(x)| = \sum_j T_p(x_j) l_j(x) = T_p(x)$. (The interpolation at $x = 1 + h$ for $p \leq "
    r"4$.)"
)
def _() -> Steps:
    j = Symbol("j", integer=True, nonnegative=True)
    yield cos(n * (j * pi / n)) - (-1) ** j
    h = Symbol("h", positive=True)
    before, now = Rational(1), 1 + h
    for p in range(1, 5):
        nodes = [cos(i * pi / p) for i in range(p + 1)]
        total = Rational(0)
        for at, node in enumerate(nodes):
            others = [other for other in nodes if other != node]
            above, below = Rational(1), Rational(1)
            for other in others:
                above, below = above * (1 + h - other), below * (node - other)
            yield Gt((-1) ** at * below, 0)
            total += (-1) ** at * above / below
        yield total - now
        before, now = now, following(1 + h, now, before)


@proof.symbolic(
    r"Closed form: $\theta = (1 + \sqrt{1-\mu^2})/\mu$ has $(\theta + 1/\theta)/2 = 1/\mu$, so the "
    r"recursion gives $T_p(1/\mu) = (\theta^p + \theta^{-p})/2 \geq \theta^p/2$; and $D \leq "
    r"\sum_{j \leq p} \binom{d+j-1}{j} = \binom{d+p}{p}$, from 1 at $p = 0$ by Pascal's rule."
)
def _() -> Steps:
    mu, th, d = symbols("mu theta d", positive=True)
    theta = (1 + sqrt(1 - mu**2)) / mu
    yield (theta**2 + 1) * mu - 2 * theta
    now, before = (th**n + th**-n) / 2, (th ** (n - 1) + th ** (1 - n)) / 2
    yield following((th + 1 / th) / 2, now, before) - (th ** (n + 1) + th ** (-n - 1)) / 2
    gap = th**-n / 2
    yield now - th**n / 2 - gap
    yield Gt(gap, 0)
    rule = binomial(d + n, n) - binomial(d + n - 1, n - 1) - binomial(d + n - 1, n)
    yield gammasimp(rule.rewrite(gamma))


@proof.symbolic(
    r"The law, for $k/\sqrt{m} \leq \epsilon \leq 1$, $\epsilon \leq k/3$: $\mu = "
    r"\delta/(1-\delta) \leq 1/2$ and $\mu > \delta \geq 1/\sqrt{m}$. Then $\theta < 2/\mu < "
    r"2\sqrt{m}$, so $x = \ln(4m)/(2 \ln\theta) > 1$; let $p = \lfloor x \rfloor \geq 1$, $p > "
    r"x/2$. As $T_p(1/\mu)^2 \geq \theta^{2p}/4 = y$ and $y \leq m$: $\binom{d+p}{p} \geq D > y/2 "
    r"= \theta^{2p}/8$."
)
def _() -> Steps:
    mu, delta, th, p = symbols("mu delta theta p", positive=True)
    h, q = symbols("h q", nonnegative=True)
    root = sqrt(1 - mu**2)
    s = Symbol("s", nonnegative=True)
    gap = mu / (1 + s)
    yield 2 / mu - (1 + root) / mu - gap.subs(s, root)
    yield Gt(gap, 0)
    yield (delta / (1 - delta)).subs(delta, 1 / (3 + h)) - 1 / (2 + h)  # delta <= 1/3
    yield delta / (1 - delta) - delta - delta**2 / (1 - delta)
    yield (th**p / 2) ** 2 / 2 - th ** (2 * p) / 8
    yield 2 * (1 + q) - (1 + q + 1) - q  # 2p - (p + 1), p = 1 + q, and p + 1 > x


@proof.symbolic(
    r"$\theta$ falls with $\mu$, $\theta \geq 2 + \sqrt{3}$, its value at $\mu = 1/2$, and "
    r"$\theta^2 \geq 7 + 4\sqrt{3} > 8$. So $2^{d+p} \geq \binom{d+p}{p} > 8^{p-1}$: $d > 2p - 3$, "
    r"and $d \geq p$: as $d \geq 1$ for $p = 1$, $d > 1$ for $p = 2$, and $2p - 3 \geq p$ from $p "
    r"= 3$ on."
)
def _() -> Steps:
    mu, p = symbols("mu p", positive=True)
    theta = (1 + sqrt(1 - mu**2)) / mu
    yield theta.diff(mu) + theta / (mu * sqrt(1 - mu**2))  # a negative number
    yield theta.subs(mu, Rational(1, 2)) - (2 + sqrt(3))
    yield (2 + sqrt(3)) ** 2 - (7 + 4 * sqrt(3))
    yield Gt(7 + 4 * sqrt(3), 8)
    yield 8**p / 8 - 2 ** (3 * p - 3)
    yield (3 * p - 3) - p - (2 * p - 3)
    q = Symbol("q", nonnegative=True)
    yield 2 * (3 + q) - 3 - (3 + q) - q


@proof.symbolic(
    r"$(E(d+p)/p)^p \geq \binom{d+p}{p} > \theta^{2p}/8$ gives $d > p(8^{-1/p}\theta^2/E - 1) \geq "
    r"p(u - 1)$, $u = \theta^2/(8E)$. With $d \geq p$: $d \geq p \max(1, u-1) \geq pu/2$, as $1 "
    r"\geq u/2$ for $u \leq 2$, and $u - 1 \geq u/2$ from there."
)
def _() -> Steps:
    p, th = symbols("p theta", positive=True)
    h = Symbol("h", nonnegative=True)
    N = p * 8 ** (-1 / p) * th**2 / E
    yield (E * N / p) ** p - th ** (2 * p) / 8
    yield (N - p) - p * (8 ** (-1 / p) * th**2 / E - 1)
    yield 8 ** (-1 / (1 + h)) - 8 ** (h / (1 + h)) / 8  # p = 1 + h: at least 1/8
    yield Ge(h / (1 + h), 0)
    yield 1 - (2 - h) / 2 - h / 2
    yield (2 + h) - 1 - (2 + h) / 2 - h / 2


@proof.symbolic(
    r"$\theta \geq (1 + \sqrt{3}/2)/\mu$ for $\mu \leq 1/2$, $(1 + \sqrt{3}/2)^2 > 27/8$, and "
    r"$1/\mu \geq (2/3) k/\epsilon$: $\theta^2 \geq (3/2)(k/\epsilon)^2$. With $\ln \theta < "
    r"\ln(2/\mu) < \ln(2k/\epsilon)$ and $p > x/2$: $d \geq pu/2 \geq (3/(128E)) (k/\epsilon)^2 "
    r"\ln(4m)/\ln(2k/\epsilon)$ on the whole domain."
)
def _() -> Steps:
    h = Symbol("h", nonnegative=True)
    yield Gt((1 + sqrt(3) / 2) ** 2, Rational(27, 8))
    yield Rational(27, 8) * Rational(2, 3) ** 2 - Rational(3, 2)
    v = 2 + h  # 1/mu = k/eps - 1
    gap = h / 3
    yield v - Rational(2, 3) * (v + 1) - gap
    yield Ge(gap, 0)
    m, ratio, log = symbols("m ratio log", positive=True)
    least, square = ln(4 * m) / (2 * log) / 2, Rational(3, 2) * ratio**2
    yield least * square / (8 * E) / 2 - 3 / (128 * E) * ratio**2 * ln(4 * m) / log


proof.main(__name__)
