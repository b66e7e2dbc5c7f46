"""The Kerdock code: d/2 + 1 mutually unbiased bases of R^d, d = 2^r, r even.

Points are (y, u), y in F = GF(2^n), n = r - 1 odd, u in GF(2). Columns are (-1)^(Q_a + l)/sqrt d
with l linear, Q_a(y, u) = sum_{j <= (n-1)/2} Tr((ay)^(2^j + 1)) + u Tr(ay), a in F; and the unit
vectors. B_a is the alternating form Q_a(p + p') + Q_a(p) + Q_a(p').
"""

import numpy as np
from sympy import symbols

from lcs.codes.binary import kerdock
from lcs.codes.finite_fields import field
from proofs.binary_forms import forms, gram, off_diagonal, polar
from proofs.proof import Proof, Steps

proof = Proof("LCS-kerdock")


@proof.exact(
    r"$B_a((x,u),(y,v)) = \mathrm{Tr}(ax)\mathrm{Tr}(ay) + \mathrm{Tr}(a^2xy) + u\mathrm{Tr}(ay) + "
    r"v\mathrm{Tr}(ax)$: by $\mathrm{Tr}(z^{2^j} w) = \mathrm{Tr}(z w^{2^{n-j}})$ the sum over $j$ "
    r"is $\sum_{j=1}^{n-1} \mathrm{Tr}(ax (ay)^{2^j}) = \mathrm{Tr}(ax(\mathrm{Tr}(ay) + ay))$, "
    r"since $j$ and $n - j$, $j \leq (n-1)/2$, run through $1..n-1$ for odd $n$ (shown for $n < "
    r"200$; the code's own forms, all points, $r = 2, 4, 6$)."
)
def _() -> Steps:
    for n in range(1, 200, 2):
        half = range(1, (n - 1) // 2 + 1)
        yield sorted([*half, *(n - j for j in half)]) == list(range(1, n))
    for r in (2, 4, 6):
        F, p = field(2 ** (r - 1)), np.arange(2**r)
        y, u = p >> 1, p & 1
        Q = forms(kerdock(r), F.elements)
        for a in F.elements:
            t = F.trace(F.mul(a, y))
            square = F.trace(F.mul(F.mul(a, a), F.mul(y[:, None], y)))
            B = (t[:, None] & t) ^ square ^ (u[:, None] & t) ^ (t[:, None] & u)
            yield bool(np.array_equal(polar(Q[:, a]), B))


@proof.symbolic(
    r"For $a \neq b$ let $(y, v)$ be in the radical of $B_a + B_b$. The part at $u$ says "
    r"$\mathrm{Tr}(ay) = \mathrm{Tr}(by) = \tau$; that at $x$, for all $x$, that $a\tau + b\tau + "
    r"(a^2 + b^2)y + v(a + b) = 0$, which is $(a+b)(\tau + v + (a+b)y)$ in characteristic 2. So $y "
    r"= w/(a+b)$ with $w = \tau + v \in GF(2)$."
)
def _() -> Steps:
    a, b, t, v, y = symbols("a b tau v y")
    whole = a * t + b * t + (a**2 + b**2) * y + v * (a + b)
    yield whole - (a + b) * (t + v + (a + b) * y) + 2 * a * b * y


@proof.exact(
    r"$w = 1$ would give $\mathrm{Tr}((a+b)y) = \mathrm{Tr}(1) = n = 1$ mod 2, but it is $2\tau = "
    r"0$. So $w = 0$, $y = 0$, $\tau = 0$, $v = 0$: $B_a + B_b$ is nonsingular ($\mathrm{Tr}(1) = "
    r"1$ in the fields of $n \leq 9$, and $n$ times 1 in any)."
)
def _() -> Steps:
    for n in range(1, 10, 2):
        yield int(field(2**n).trace(np.array(1))) == 1 == n % 2


@proof.exact(
    r"Two columns of forms $Q_a$, $Q_b$ have inner product $S/d$, $S = \sum_p (-1)^{q(p)}$, $q = "
    r"Q_a + Q_b + l$, and $S^2 = \sum_h (-1)^{q(h)} \sum_p (-1)^{B(p,h)} = d \sum_{h \in "
    r"\mathrm{rad}} (-1)^{q(h)}$ ($q(0) = 0$), since $q(p+h) + q(p) = B(p,h) + q(h)$, a character "
    r"of $p$ that sums to 0 unless trivial ($d = 2, .., 32$). With radical 0, $S^2 = d$: $\pm "
    r"1/\sqrt{d}$. For $a = b$, $l \neq 0$: $S = 0$."
)
def _() -> Steps:
    for r in range(1, 6):
        p = np.arange(2**r)
        for h in p:
            yield int((1 - 2 * (np.bitwise_count(p & h) & 1).astype(int)).sum()) == (
                2**r if h == 0 else 0
            )


@proof.symbolic(
    r"So the $d$ columns of one $a$ are a basis, the $d/2 = |F|$ of these are mutually unbiased, "
    r"and so are the unit vectors: entries $\pm 1/\sqrt{d}$. In all $d \cdot d/2 + d = d(d/2 + 1)$."
)
def _() -> Steps:
    d = symbols("d", positive=True)
    yield d * (d / 2) + d - d * (d / 2 + 1)


@proof.exact(
    r"The code itself, in integers: for $r = 2, 4, 6$ all $d$ times inner products of the columns "
    r"of signs are $0$ or $\pm\sqrt{d}$, 0 within a basis and never between two."
)
def _() -> Steps:
    for r in (2, 4, 6):
        code, d = kerdock(r), 2**r
        yield code.m == d * (d // 2 + 1)
        G = gram(code)
        basis = np.arange(len(G)) // d
        same = basis[:, None] == basis
        yield np.unique(off_diagonal(G)).tolist() == [0, 2 ** (r // 2)]
        yield bool(np.all(np.abs(G[~same]) == 2 ** (r // 2)))
        yield bool(np.array_equal(G[same].reshape(-1, d, d)[0], d * np.eye(d, dtype=int)))


proof.main(__name__)
