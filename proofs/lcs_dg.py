"""The Delsarte-Goethals code: larger sets of forms whose differences keep rank r - 2s.

Notation of the Kerdock proof: F = GF(2^n), n = r - 1 odd, points (y, u). The forms are those of the
Kerdock code plus P_b(y) = sum_{i <= s} Tr(b_i y^(2^i + 1)), b in F^s.
"""

import numpy as np
from sympy import symbols

from lcs.codes.binary import delsarte_goethals
from lcs.codes.finite_fields import field
from proofs.binary_forms import forms, gram, largest_sum, linearised, off_diagonal, polar
from proofs.proof import Proof, Steps

proof = Proof("LCS-dg")


@proof.cited(
    r"The Kerdock part: $B_a + B_{a'}$ at $(y, v)$ and $x$ is $\mathrm{Tr}(x(\gamma(\tau + v) + "
    r"\gamma^2 y))$, $\gamma = a + a'$, and at $u$ it is $\mathrm{Tr}(\gamma y) = 0$ ($\tau = "
    r"\mathrm{Tr}(ay) = \mathrm{Tr}(a'y)$); and a form of radical $R$ sums with any linear part "
    r"to $S^2 \in \{0, d|R|\}$, as $q$ is additive on $R$. ($r$ even, $1 \leq s \leq r/2 - 1$.)",
    source="LCS-kerdock",
)
def _() -> Steps:
    for r in range(4, 21, 2):
        for s in range(1, r // 2):
            yield 2 * s < r - 1  # 2s < n, for the next step


@proof.exact(
    r"$P_b$ has the form $\mathrm{Tr}(xL(y))$, $L(y) = \sum_i \beta_i y^{2^i} + (\beta_i "
    r"y)^{2^{-i}}$. In $L(y)^{2^s}$ and $(\gamma^2 y)^{2^s}$ the exponents of $y$ are $2^{s+i}$, "
    r"$2^{s-i}$ and $2^s$, all different and $\leq 2^{2s} < 2^n$: a polynomial that is not 0 "
    r"unless $\gamma$ and all $\beta_i$ are, so that $\gamma^2 y + L(y) = \gamma w$ has at most "
    r"$2^{2s}$ roots for each $w$ ($r \leq 20$; the form from the code's own $P_b$ at $r = 4, 6$, "
    r"$s = 1$, all $b$)."
)
def _() -> Steps:
    for r in (4, 6):
        F, y = field(2 ** (r - 1)), np.arange(2**r) >> 1
        for b in F.elements:
            P = forms(delsarte_goethals(r, 1), np.array([F.q * b]))[:, 0]
            L = linearised(F, [int(b)])[y]
            yield bool(np.array_equal(polar(P), F.trace(F.mul(y[:, None], L))))
    for r in range(4, 21, 2):
        for s in range(1, r // 2):
            powers = [s, *(s + i for i in range(1, s + 1)), *(s - i for i in range(1, s + 1))]
            yield len(set(powers)) == 2 * s + 1
            yield min(powers) == 0
            yield max(powers) == 2 * s < r - 1


@proof.exact(
    r"The radical has at most $2 \cdot 2^{2s}$ elements: $w = \tau + v \in \{0, 1\}$ and then $y$ "
    r"leave $v = w + \tau$ (for $\gamma = 0$: $v$ free, $L(y) = 0$). Its dimension is $\leq 2s + "
    r"1$, and even, since $r$ and the rank of an alternating form are: $\leq 2s$. So $|S|/d \leq "
    r"\sqrt{2^{2s}/d} = 2^s/\sqrt{d}$ (parity for $r \leq 20$)."
)
def _() -> Steps:
    for r in range(4, 21, 2):
        for s in range(1, r // 2):
            yield max(e for e in range(2 * s + 2) if (r - e) % 2 == 0) == 2 * s
            yield 2 ** (2 * s) * 2**r == (2**s * 2 ** (r // 2)) ** 2  # S^2 at most d 2^(2s)


@proof.cited(
    r"Reached: alternating forms on $GF(2)^n$, $n$ odd, whose differences have rank $\geq "
    r"2\delta$ number at most $2^{n((n+1)/2 - \delta)}$. The $2^{ns}$ forms $P_b$ have rank $\geq "
    r"n - (2s-1)$ (even, with $\leq 2^{2s}$ roots). Were all of rank $\geq n - 2s + 3$, they "
    r"would be at most $2^{n(s-1)}$. So one has rank $r - 2s$ on $F$ and on $F \times GF(2)$, and "
    r"with the linear part that cancels it on its radical $S^2 = d 2^{2s}$.",
    source="Delsarte, Goethals 1975, Alternating bilinear forms over GF(q), JCTA 19:26-50",
)
def _() -> Steps:
    for r in range(4, 21, 2):
        n = r - 1
        for s in range(1, r // 2):
            twice = n - 2 * s + 1
            yield twice % 2 == 0
            yield (n + 1) // 2 - twice // 2 == s
            yield (n + 1) // 2 - (twice + 2) // 2 == s - 1
            yield twice == r - 2 * s


@proof.symbolic(
    r"The number: $2^{n(s+1)}$ pairs $(a, b)$, times $2^r$ linear functions, and $d$ unit vectors, "
    r"whose inner products with the others are $\pm 1/\sqrt{d}$: $2^{r + (r-1)(s+1)} + d$. "
    r"Distinct, as $2^s/\sqrt{d} < 1$ for $s < r/2$."
)
def _() -> Steps:
    r, s = symbols("r s", positive=True)
    yield (r - 1) * (s + 1) + r - (r + (r - 1) * (s + 1))
    more = symbols("more", positive=True)
    yield ((2 * s + more) / 2 - s) - more / 2  # r/2 - s > 0


@proof.exact(
    r"The code itself, in integers: all pairs at $r = 4$, $s = 1$; all differences of forms with "
    r"all linear parts at $r = 6$, $s = 1$. The largest sum is $2^s \sqrt{d}$ both times."
)
def _() -> Steps:
    code = delsarte_goethals(4, 1)
    yield int(off_diagonal(gram(code)).max()) == 2 * 4
    yield code.m == 2 ** (4 + 3 * 2) + 16
    code, F = delsarte_goethals(6, 1), 32
    Q = forms(code, np.arange(F))  # Q_a, b = 0
    P = Q[:, :1] ^ forms(code, F * np.arange(F))  # P_b, a = 0; Q_0 = 0
    yield bool(np.all(Q[:, 0] == 0))
    largest = 0
    for a in range(F):
        for b in range(a + 1):
            difference = (Q[:, a] ^ Q[:, b])[:, None] ^ P[:, (a == b) :]
            largest = max(largest, largest_sum(difference))
    yield largest == 2 * 8
    everything = forms(code, np.arange(F * F)).reshape(64, F, F)  # [point, b, a]
    yield bool(np.array_equal(everything, P[:, :, None] ^ Q[:, None, :]))


proof.main(__name__)
