"""Levenshtein's bounds of degree 1 and 2: Delsarte's with f = y - s and f = y (y - s).

On the line, d = 1, two unit vectors have squared product 1 > s, so that m = 1; both bounds are 1
there. d >= 2 below.
"""

from fractions import Fraction

from sympy import Expr, Ge, Gt, Integer, Symbol, symbols

from lcs.bounds.levenshtein import most_lines
from proofs.proof import Proof, Steps

proof = Proof("LCS-levenshtein")

d, s, y = symbols("d s y", positive=True)


def zonal(n: int) -> Expr:
    """2F1(-n, n + d/2 - 1; (d-1)/2; 1 - y)."""
    term, total = Integer(1), Integer(0)
    for j in range(n + 1):
        total += term * (1 - y) ** j
        term = term * (j - n) * (n + d / 2 - 1 + j) / (((d - 1) / 2 + j) * (j + 1))
    return total


@proof.symbolic(r"$Q_1 = (dy - 1)/(d-1)$ and $Q_2 = ((d+2)(d+4)y^2 - 6(d+2)y + 3)/((d-1)(d+1))$.")
def _() -> Steps:
    yield zonal(1) - (d * y - 1) / (d - 1)
    yield zonal(2) - ((d + 2) * (d + 4) * y**2 - 6 * (d + 2) * y + 3) / ((d - 1) * (d + 1))


@proof.cited(
    r"Delsarte's bound $m \leq f(1)/f_0$, for $f = \sum_n f_n Q_n$ with $f_0 > 0$, $f_n \geq 0$ "
    r"and $f \leq 0$ on $[0, s]$: here $f = y - s$ and $f = y(y-s)$, which are at most 0 there.",
    source="LCS-delsarte",
)
def _() -> Steps:
    for n in range(11):
        level, at = Fraction(1), Fraction(n, 10)
        yield at - level <= 0
        yield at * (at - level) <= 0


@proof.symbolic(
    r"Degree 1: $y - s = ((d-1)/d) Q_1 + (1/d - s)$, with $f_1 > 0$, and $f_0 = (1-ds)/d > 0$ for "
    r"$ds < 1$. So $m \leq (1-s)/f_0 = d(1-s)/(1-ds)$."
)
def _() -> Steps:
    f0 = 1 / d - s
    yield (d - 1) / d * zonal(1) + f0 - (y - s)
    yield (1 - s) / f0 - d * (1 - s) / (1 - d * s)
    f1 = y / (1 + y)  # y = d - 1
    yield (d - 1) / d - f1.subs(y, d - 1)
    yield Gt(f1, 0)


@proof.symbolic(
    r"Degree 2: $y(y-s) = f_2 Q_2 + f_1 Q_1 + f_0$ with $f_2 = (d-1)(d+1)/((d+2)(d+4)) > 0$, $f_1 "
    r"= (6/(d+4) - s)(d-1)/d \geq 0$ for $s \leq 6/(d+4)$, and $f_0 = (3 - (d+2)s)/(d(d+2)) > 0$ "
    r"for $(d+2)s < 3$. So $m \leq (1-s)/f_0 = d(d+2)(1-s)/(3-(d+2)s)$."
)
def _() -> Steps:
    f2 = (d - 1) * (d + 1) / ((d + 2) * (d + 4))
    f1 = (6 / (d + 4) - s) * (d - 1) / d
    f0 = (3 - (d + 2) * s) / (d * (d + 2))
    yield f2 * zonal(2) + f1 * zonal(1) + f0 - y * (y - s)
    yield (1 - s) / f0 - d * (d + 2) * (1 - s) / (3 - (d + 2) * s)
    more = Symbol("more", positive=True)  # d - 1
    yield Gt(f2.subs(d, 1 + more), 0)
    short = Symbol("short", nonnegative=True)  # 6/(d+4) - s
    gap = short * more / (1 + more)
    yield f1.subs(s, 6 / (d + 4) - short).subs(d, 1 + more) - gap
    yield Ge(gap, 0)


@proof.exact(
    r"`lcs.bounds.levenshtein.most_lines` is the first of these for $s \leq 1/(d+2)$ and the "
    r"second from there to $3/(d+4)$, at cosines $i/40$, $2 \leq d \leq 12$."
)
def _() -> Steps:
    for size in range(2, 13):
        for i in range(1, 40):
            cosine = Fraction(i, 40)
            square = cosine**2
            if square <= Fraction(1, size + 2):
                yield most_lines(size, cosine) == size * (1 - square) / (1 - size * square)
            elif square <= Fraction(3, size + 4):
                top = size * (size + 2) * (1 - square)
                yield most_lines(size, cosine) == top / (3 - (size + 2) * square)


@proof.exact(
    r"Erratum: at $k > 1$ an error below $\epsilon$ does not make unit columns $A = B$ incoherent "
    r"to $\mu = \epsilon/(k-\epsilon)$. $k = 2$, $\epsilon = 1/2$, $\mu = 1/3$: two unit columns "
    r"with product $2/5 > \mu$ and two orthogonal to all have top-2 sums $2/5 < \epsilon$."
)
def _() -> Steps:
    product = Fraction(2, 5)
    gram = [[Fraction(i == j) for j in range(4)] for i in range(4)]
    gram[0][1] = gram[1][0] = product
    level, k = Fraction(1, 2), 2
    yield product > level / (k - level)
    for i in range(4):
        row = sorted((abs(gram[i][j] - (i == j)) for j in range(4)), reverse=True)
        yield sum(row[:k]) < level


proof.main(__name__)
