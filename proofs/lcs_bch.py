"""Dual BCH codes by Weil's bound, and odd quadratic codes by the rank of their forms.

Columns are (-1)^Tr(f(x))/sqrt d on the d = 2^r points of GF(2^r). Both sets of f are closed under
sums, so that inner products are the sums S(f) = sum_x (-1)^Tr(f(x)), f != 0, over d.
"""

from fractions import Fraction
from itertools import product
from math import isqrt

import numpy as np

from lcs.codes.binary import dual_bch, odd_quadratic
from lcs.codes.finite_fields import field
from proofs.binary_forms import forms, largest_sum, linearised, polar
from proofs.proof import Proof, Steps

proof = Proof("LCS-bch")

BCH = [
    (r, t)
    for r in range(3, 21)
    for t in range(2, 2 ** (-(-r // 2) - 1) + 1)
    if 4 * (t - 1) ** 2 < 2**r
]


@proof.cited(
    r"Weil: $|S(f)| \leq (\deg f - 1)\sqrt{d}$ for $f$ of odd degree below $d$. Here $f = a x + "
    r"b_1 x^3 + \ldots + b_{t-1} x^{2t-1} \neq 0$ has odd degree $\leq 2t - 1 < 2^r$: at most "
    r"$(2t-2)\sqrt{d}$, coherence $\leq 2(t-1)/\sqrt{d}$. As this is below 1, no two of the $d^t$ "
    r"columns agree up to sign. (The claim's range of $t$ for $r \leq 20$; $2t - 1 \leq 2^{\lceil "
    r"r/2 \rceil} - 1$.)",
    source="Weil 1948; MacWilliams, Sloane 1977, chapter 9, theorem 18",
)
def _() -> Steps:
    for r, t in BCH:
        degrees = [1, *(2 * i + 1 for i in range(1, t))]
        yield all(degree % 2 == 1 for degree in degrees)
        yield max(degrees) == 2 * t - 1 < 2**r
        yield max(degrees) - 1 == 2 * (t - 1)
        yield (2 * (t - 1)) ** 2 < 2**r


@proof.exact(
    r"$r$ odd: $f = ax + \sum_{i \leq t} b_i x^{2^i+1}$ has the alternating form "
    r"$\mathrm{Tr}(xL(y))$, $L(y) = \sum_i b_i y^{2^i} + (b_i y)^{2^{-i}}$. $L(y)^{2^t}$ has "
    r"exponents $2^{t+i}$, $2^{t-i}$, all different and $\leq 2^{2t} < 2^r$: at most $2^{2t}$ "
    r"roots unless all $b_i = 0$. The radical has dimension $\leq 2t$, and odd, as $r$ is and "
    r"ranks are even: $\leq 2t - 1$. So $S^2 \leq d 2^{2t-1}$ and $|S|/d \leq 2^{t-(r+1)/2}$; all "
    r"$b_i = 0$ gives $S = 0$ ($r \leq 41$; the form from the code's own $f$, $r = 3, 5$, $t = 1, "
    r"2$, all $b$)."
)
def _() -> Steps:
    for r, t in ((3, 1), (5, 1), (5, 2)):
        F, y = field(2**r), np.arange(2**r)
        for number in range(F.q**t):
            f = forms(odd_quadratic(r, t), np.array([number]))[:, 0]
            L = linearised(F, [number % F.q, number // F.q][:t])
            yield bool(np.array_equal(polar(f), F.trace(F.mul(y[:, None], L))))
    for r in range(3, 42, 2):
        for t in range(1, (r - 1) // 2 + 1):
            powers = [*(t + i for i in range(1, t + 1)), *(t - i for i in range(1, t + 1))]
            yield len(set(powers)) == 2 * t
            yield max(powers) == 2 * t < r
            yield max(e for e in range(2 * t + 1) if (r - e) % 2 == 0) == 2 * t - 1
            # S^2/d^2 = 2^(2t - 1 - r) is the square of 2^(t - (r+1)/2)
            yield 2 * t - 1 - r == 2 * (t - (r + 1) // 2)


@proof.exact(
    r"$S^2 = d \sum_{h \in R} (-1)^{f(h)}$ with $R$ the radical: the sum over $p$ of a character "
    r"is 0 unless it is trivial. $f$ is additive on $R$, so $S^2$ is $d|R|$ or 0, and the linear "
    r"part that cancels $f$ on $R$ makes it $d|R|$ (additive functions of $GF(2)^e$, $e \leq 3$, "
    r"sum to 0 or $2^e$)."
)
def _() -> Steps:
    for e in range(1, 4):
        points = list(product((0, 1), repeat=e))
        for l in points:
            total = sum((-1) ** sum(a * b for a, b in zip(l, p, strict=True)) for p in points)
            yield total == (2**e if not any(l) else 0)


@proof.cited(
    r"Exactly: alternating forms on $GF(2)^r$, $r$ odd, with differences of rank $\geq 2\delta$ "
    r"number at most $2^{r((r+1)/2 - \delta)}$. Were all $2^{rt}$ forms here of rank $\geq r - 2t "
    r"+ 3$, they would be at most $2^{r(t-1)}$. So one has rank $r - 2t + 1$, and $S^2 = d "
    r"2^{2t-1}$ occurs.",
    source="Delsarte, Goethals 1975, Alternating bilinear forms over GF(q), JCTA 19:26-50",
)
def _() -> Steps:
    for r in range(3, 42, 2):
        for t in range(1, (r - 1) // 2 + 1):
            yield (r + 1) // 2 - (r - 2 * t + 3) // 2 == t - 1
            yield (r - 2 * t + 1) % 2 == 0
            yield t - (r + 1) // 2 < 0  # coherence below 1: the columns are distinct


@proof.cited(
    r"The erratum: $S(f)$ is divisible by $2^{\lceil r/w \rceil}$, $w$ the most binary digits in "
    r"an exponent, and $|S| \leq (t-1)\lfloor 2\sqrt{d} \rfloor$ (Serre). For $r$ odd, $t = 2$ "
    r"($w = 2$) the largest multiple has $S^2 = 2d$, coherence $\sqrt{2/d}$; $t = 3$: $S^2 = 8d$, "
    r"$\sqrt{8/d}$ ($r \leq 41$).",
    source="McEliece 1972; Serre 1983; Moreno, Moreno 1993",
)
def _() -> Steps:
    for r in range(3, 42, 2):
        d = 2**r
        for t, factor in ((2, 2), (3, 8)):
            w = max((2 * i + 1).bit_count() for i in range(1, t))
            unit = 2 ** -(-r // w)
            most = (t - 1) * isqrt(4 * d) // unit * unit
            yield w == 2
            yield most**2 == factor * d
            if r <= 19 and 4 * (t - 1) ** 2 < d and t <= 2 ** (-(-r // 2) - 1) and most < d:
                mu = dual_bch(r, t).coherence
                yield mu.a == Fraction(most, d)
                yield mu.b == 0


@proof.exact(
    r"The codes themselves, every form with every linear part, in integers: dual BCH $(r,t) = "
    r"(4,2), (5,2), (6,2), (5,3), (6,3)$ within Weil's bound and the rounded one; odd quadratic "
    r"$(3,1), (5,1), (5,2), (7,1)$ reach $2^{t+(r-1)/2}$ exactly."
)
def _() -> Steps:
    for r, t in ((4, 2), (5, 2), (6, 2), (5, 3), (6, 3)):
        most = largest_sum(forms(dual_bch(r, t), np.arange(1, 2 ** (r * (t - 1)))))
        yield most**2 <= 4 * (t - 1) ** 2 * 2**r
        yield Fraction(most, 2**r) <= dual_bch(r, t).coherence.a
    for r, t in ((3, 1), (5, 1), (5, 2), (7, 1)):
        most = largest_sum(forms(odd_quadratic(r, t), np.arange(1, 2 ** (r * t))))
        yield most == 2 ** (t + (r - 1) // 2)
        yield odd_quadratic(r, t).coherence.a == Fraction(most, 2**r)


proof.main(__name__)
