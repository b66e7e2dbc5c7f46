"""Delsarte's linear programming bound for lines, with the zonal polynomials written out.

Q_n(y), y = <a, b>^2, is the hypergeometric polynomial 2F1(-n, n + d/2 - 1; (d-1)/2; 1 - y), with
Q_0 = 1 and Q_n(1) = 1. On the line, d = 1, two unit vectors have y = 1 > s: m <= 1 there. d >= 2
below.
"""

from fractions import Fraction

from flint import fmpq
from sympy import Expr, Gt, Rational, Symbol, diff, symbols

from lcs.bounds.packing_lp import _zonal
from proofs.proof import Proof, Steps

proof = Proof("LCS-delsarte")

d, w, rho = symbols("d w rho", positive=True)


def ratio(n: Expr | int, j: Expr | int) -> Expr:
    """The quotient of the coefficients j + 1 and j of 2F1(-n, n + d/2 - 1; (d-1)/2; x)."""
    return (j - n) * (n + d / 2 - 1 + j) / (((d - 1) / 2 + j) * (j + 1))


@proof.symbolic(
    r"Fix a unit vector $b$ and let $\rho = |x|^2$, $w = |x|^2 - \langle b, x \rangle^2$, the "
    r"squared length across $b$, in $d - 1$ dimensions. The Laplacian takes $w^j$ to $2j(2j+d-3) "
    r"w^{j-1}$ and $\rho^l$ to $2l(2l+d-2) \rho^{l-1}$ ($\Delta f(|x|^2) = 4|x|^2 f'' + 2N f'$ in "
    r"$N$ dimensions), and $2\nabla w^j \cdot \nabla \rho^l = 8jl\, w^j \rho^{l-1}$, as $\nabla w "
    r"\cdot \nabla \rho = 4w$."
)
def _() -> Steps:
    j, l = symbols("j l", positive=True)
    for variable, power, size in ((w, j, d - 1), (rho, l, d)):
        f = variable**power
        laplacian = 4 * variable * diff(f, variable, 2) + 2 * size * diff(f, variable)
        yield laplacian - 2 * power * (2 * power + size - 2) * variable ** (power - 1)
    yield 2 * diff(w**j, w) * diff(rho**l, rho) * 4 * w - 8 * j * l * w**j * rho ** (l - 1)
    y = symbols("y:3")  # across b in R^4; u along b
    u = Symbol("u")
    W, S = sum(t**2 for t in y), sum(t**2 for t in y) + u**2
    yield sum(diff(W, t) * diff(S, t) for t in (*y, u)) - 4 * W
    for function, size, at in ((W, 3, y), (S, 4, (*y, u))):
        yield sum(diff(function**3, t, 2) for t in at) - 6 * (6 + size - 2) * function**2


@proof.symbolic(
    r"So $H_b = \sum_j c_j w^j \rho^{n-j}$, $c_0 = 1$, is harmonic exactly when $2(j+1)(2j+d-1) "
    r"c_{j+1} + 2(n-j)(2n+2j+d-2) c_j = 0$ for all $j < n$: then $c_{j+1}/c_j$ is the ratio of the "
    r"hypergeometric series, and $H_b = |x|^{2n} Q_n(\langle b, x \rangle^2/|x|^2)$."
)
def _() -> Steps:
    n, j = symbols("n j", positive=True)
    up = 2 * (j + 1) * (2 * (j + 1) + d - 3)  # from w^(j+1)
    stay = 2 * (n - j) * (2 * (n - j) + d - 2) + 8 * j * (n - j)  # from w^j
    yield up - 2 * (j + 1) * (2 * j + d - 1)
    yield stay - 2 * (n - j) * (2 * n + 2 * j + d - 2)
    yield up * ratio(n, j) + stay


@proof.symbolic(
    r"The same, expanded, for $n \leq 3$ and every $d$: the Laplacian of $H_b$ vanishes."
)
def _() -> Steps:
    for n in range(1, 4):
        c, total = Rational(1), Rational(0)
        for j in range(n + 1):
            l = n - j
            term = 2 * j * (2 * j + d - 3) * w ** (j - 1) * rho**l if j else 0
            term += (2 * l * (2 * l + d - 2) + 8 * j * l) * w**j * rho ** (l - 1) if l else 0
            total += c * term
            c *= ratio(n, j)
        yield total


@proof.symbolic(
    r"$Q_n$ is a positive kernel: $\sum_{ij} Q_n(\langle a_i, a_j \rangle^2) \geq 0$ for unit "
    r"$a_1, \ldots, a_m$. Let $V$ be the harmonic forms of degree $2n$ with the inner product of "
    r"the sphere, and $Z(\cdot, b) \in V$ represent $f \mapsto f(b)$. It is invariant under the "
    r"orthogonal maps that fix $b$, hence a form in $w$ and $\rho$ of degree $n$. The recursion "
    r"determines all $c_j$ from $c_0$, as the factor of $c_{j+1}$ is never 0 ($d \geq 2$), so it "
    r"is a multiple of $H_b$: $Z(a, b) = Z(b, b) Q_n(\langle a, b \rangle^2)$, with $Z(b, b) = "
    r"|Z(\cdot, b)|^2 > 0$ the same for all $b$. And $\sum_{ij} Z(a_i, a_j) = |\sum_i Z(\cdot, "
    r"a_i)|^2 \geq 0$."
)
def _() -> Steps:
    j, more = symbols("j more", nonnegative=True)
    factor = 2 * (j + 1) * (2 * j + 1 + more)
    yield factor.subs(more, d - 2) - 2 * (j + 1) * (2 * j + d - 1)
    yield Gt(factor, 0)


@proof.symbolic(
    r"So for $f = \sum_n f_n Q_n$ with $f_n \geq 0$: $\sum_{ij} f(\langle a_i, a_j \rangle^2) \geq "
    r"f_0 m^2$. The $m$ terms $i = j$ are $f(1)$, the rest are at most 0 where all $\langle a_i, "
    r"a_j \rangle^2 \in [0, s]$. Hence $f_0 m^2 \leq m f(1)$: $m \leq f(1)/f_0$ for $f_0 > 0$."
)
def _() -> Steps:
    f0, m, rest, off = symbols("f0 m rest off", positive=True)
    top = (f0 * m**2 + rest + off) / m  # m f(1) - off = f_0 m^2 + rest
    yield m * top - off - (f0 * m**2 + rest)
    gap = (rest + off) / (m * f0)
    yield top / f0 - m - gap
    yield Gt(gap, 0)


@proof.exact(
    r"`lcs.bounds.packing_lp` has these polynomials: its coefficients at $n \leq 6$, $2 \leq d "
    r"\leq 9$, from the recursion in rationals."
)
def _() -> Steps:
    for size in range(2, 10):
        for n in range(7):
            c = Fraction(1)
            for j, coefficient in enumerate(_zonal(n, size).coeffs()):
                yield bool(coefficient == fmpq(c.numerator, c.denominator))
                c *= -Fraction((n - j) * (2 * n + 2 * j + size - 2), (j + 1) * (2 * j + size - 1))


proof.main(__name__)
