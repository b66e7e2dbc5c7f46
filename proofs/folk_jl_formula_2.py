"""The capacity formula at 2 degrees, refuted by linear programming: the rank alone is too weak.

A polynomial f with f <= 0 on [-s, s] whose expansion in the zonal polynomials of R^d has
coefficients f_n >= 0, f_0 > 0, leaves room for at most f(1)/f_0 unit vectors with |cosines| <= s.
Levenshtein's f is (t^2 - s^2) K(t)^2. Everything about it is checked here, in rationals.
"""

from fractions import Fraction
from itertools import pairwise

from sympy import symbols

from lcs.claims.folklore import exponent
from proofs.boxes import ball
from proofs.proof import Proof, Steps

proof = Proof("FOLK-jl-formula-2", refutes=True)

D, S = 12288, Fraction(349, 10**4)
POWER = int(exponent(D, 2))

Poly = list[Fraction]  # coefficients, the constant first


@proof.exact(
    r"The claim is refuted. It promises $10^{12288 \cdot 2^2/1500}$ unit vectors in "
    r"$\mathbb{R}^{12288}$, hence $10^{32}$."
)
def _() -> Steps:
    yield POWER == 32 <= Fraction(D * 2**2, 1500)


@proof.enclosed(
    r"Angles within $2^\circ$ of $90^\circ$ are cosines of size at most $\sin 2^\circ < s = "
    r"349/10^4$."
)
def _() -> Steps:
    yield ball(S) - ball(Fraction(2, 180)).sin_pi()


def times(p: Poly, q: Poly) -> Poly:
    """The product of two polynomials."""
    out = [Fraction(0)] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out


def gegenbauer(lam: Fraction, n: int) -> list[Poly]:
    """C_0..C_n of parameter lam: (j + 1) C_{j+1} = 2 (j + lam) t C_j - (j + 2 lam - 1) C_{j-1}."""
    found: list[Poly] = [[Fraction(1)], [Fraction(0), 2 * lam]]
    for j in range(1, n):
        up = [2 * (j + lam) * a for a in [Fraction(0), *found[j]]]
        down = [(j + 2 * lam - 1) * a for a in found[j - 1]]
        found.append([(a - b) / (j + 1) for a, b in zip(up, down + [Fraction(0)] * 2, strict=True)])
    return found


def at(p: Poly, t: Fraction) -> Fraction:
    """The value of a polynomial."""
    value = Fraction(0)
    for a in reversed(p):
        value = value * t + a
    return value


def candidate() -> tuple[Poly, Poly]:
    """(K, f): K = (C_N(s) C_{N+2} - C_{N+2}(s) C_N)/(t^2 - s^2) in R^{d+2}, f = (t^2 - s^2) K^2."""
    C = gegenbauer(Fraction(D, 2), 40)
    N = next(n for n in range(40) if at(C[n + 2], S) <= 0)
    low, high = at(C[N], S), at(C[N + 2], S)
    rest = [low * a - high * b for a, b in zip(C[N + 2], [*C[N], 0, 0], strict=True)]
    K: Poly = [Fraction(0)] * (N + 1)
    for i in range(N + 2, 1, -1):  # divide by t^2 - s^2; no remainder, as +-s are roots
        K[i - 2] = rest[i]
        rest[i - 2] += S**2 * rest[i]
    if any(rest[:2]):
        raise ValueError("t^2 - s^2 does not divide the numerator")
    return K, times([-(S**2), Fraction(0), Fraction(1)], times(K, K))


def expansion(f: Poly) -> Poly:
    """The coefficients of f in C_0, C_1, ... of R^d, the highest first eliminated."""
    C, rest = gegenbauer(Fraction(D, 2) - 1, len(f) - 1), list(f)
    found = [Fraction(0)] * len(f)
    for n in range(len(f) - 1, -1, -1):
        found[n] = rest[n] / C[n][n]
        for i, a in enumerate(C[n]):
            rest[i] -= found[n] * a
    return found


@proof.cited(
    r"$\sum_{ij} C_n(\langle a_i, a_j \rangle) \geq 0$ for every set of unit vectors in "
    r"$\mathbb{R}^d$, $d \geq 3$, $C_n$ Gegenbauer's polynomials of parameter $d/2 - 1 > 0$. The "
    r"recurrence used here gives those: $C_2 = 2\lambda(\lambda+1)t^2 - \lambda$ and $C_n(1) = "
    r"\binom{n + 2\lambda - 1}{n}$, $n \leq 20$.",
    source="Schoenberg 1942, Positive definite functions on spheres, Duke Math. J. 9:96-108",
)
def _() -> Steps:
    lam = Fraction(D, 2) - 1
    yield D >= 3
    yield lam > 0
    C = gegenbauer(lam, 20)
    yield C[2] == [-lam, Fraction(0), 2 * lam * (lam + 1)]
    values = [at(p, Fraction(1)) for p in C]
    for n, (before, now) in enumerate(pairwise(values), start=1):
        yield now == before * (n + 2 * lam - 1) / n


@proof.symbolic(
    r"$m$ vectors with $|\langle a_i, a_j \rangle| \leq s$: $f_0 m^2 \leq \sum_{ij} f(\langle a_i, "
    r"a_j \rangle) \leq m f(1)$, the first as $C_0 = 1$ and the other $f_n \geq 0$, the second as "
    r"$f = (t^2 - s^2)K^2 \leq 0$ off the diagonal. So $m \leq f(1)/f_0$."
)
def _() -> Steps:
    s, more, K = symbols("s more K", nonnegative=True)
    t = symbols("t", nonnegative=True)
    yield ((t**2 - s**2) * K**2).subs(s, t + more) + more * (2 * t + more) * K**2
    m, first, last = symbols("m f_0 f_1", positive=True)
    yield (m * last - first * m**2) / (m * first) - (last / first - m)


@proof.exact(
    r"Levenshtein's $f$, of degree $2N + 2$: every coefficient is $\geq 0$, $f_0 > 0$, the "
    r"expansion gives back $f$, and $f(1)/f_0 < 10^{32}$: there are no $10^{32}$ such vectors."
)
def _() -> Steps:
    K, f = candidate()
    coefficients = expansion(f)
    C = gegenbauer(Fraction(D, 2) - 1, len(f) - 1)
    yield f == times([-(S**2), Fraction(0), Fraction(1)], times(K, K))
    yield all(c >= 0 for c in coefficients)
    yield coefficients[0] > 0
    for i, a in enumerate(f):
        yield a == sum(c * C[n][i] for n, c in enumerate(coefficients) if i <= n)
    yield at(f, Fraction(1)) < 10**POWER * coefficients[0]


proof.main(__name__)
