"""The Paley conference frame: q + 1 equiangular lines in R^((q+1)/2), q = 1 mod 4.

chi is the quadratic character of GF(q). C has zero diagonal, ones in the first row and column, and
chi(x - y) elsewhere; I + C/sqrt q is the Gram matrix.
"""

import numpy as np
from sympy import Symbol, sqrt

from lcs.codes.finite_fields import field, prime_power
from lcs.codes.hadamard import conference
from lcs.codes.two_graphs import paley
from proofs.proof import Proof, Steps

proof = Proof("LCS-paley")

ORDERS = [q for q in range(5, 74, 4) if prime_power(q)]


@proof.exact(
    r"$\chi(-1) = 1$ for $q \equiv 1$ mod 4, as $-1 = g^{(q-1)/2}$ for a generator $g$ and "
    r"$(q-1)/2$ is even: $C$ is symmetric. $\sum_x \chi(x) = 0$: half of the powers of $g$ are "
    r"squares. (All such $q \leq 73$, prime powers among them.)"
)
def _() -> Steps:
    for q in ORDERS:
        F = field(q)
        yield int(F.character(F.neg(np.array(1)))) == 1
        yield (q - 1) // 2 % 2 == 0
        yield int(F.character(F.elements).sum()) == 0


@proof.exact(
    r"$\sum_x \chi(x)\chi(x + c) = -1$ for $c \neq 0$: for $x \neq 0$ the product is $\chi(x^2(1 + "
    r"c/x)) = \chi(1 + c/x)$, and $1 + c/x$ runs through all but 1, where $\chi = 1$: $0 - 1$. "
    r"(Counted for these $q$, every $c$.)"
)
def _() -> Steps:
    for q in ORDERS:
        F = field(q)
        x = F.elements
        sums = (F.character(x)[:, None] * F.character(F.add(x[:, None], x[1:]))).sum(axis=0)
        yield bool(np.all(sums == -1))


@proof.exact(
    r"$C^2 = qI$: rows of $\chi(x - y)$ have squares $q - 1$ and products $-1$, to which the "
    r"column of ones adds 1; the first row meets the others in $\sum_x \chi(x) = 0$. (The matrices "
    r"themselves, these $q$.)"
)
def _() -> Steps:
    for q in ORDERS:
        C = conference(q)
        yield bool(np.array_equal(C, C.T))
        yield bool(np.array_equal(C @ C, q * np.eye(q + 1, dtype=np.int64)))
        yield bool(np.all(np.diag(C) == 0))
        yield bool(np.all(np.abs(C) + np.eye(q + 1, dtype=np.int64) == 1))


@proof.symbolic(
    r"So $C$ has eigenvalues $\pm\sqrt{q}$, equally often since its trace is 0, and $G = I + "
    r"C/\sqrt{q}$ has 2 and 0, each $(q+1)/2$ times: $G^2 = 2G$ with $C^2 = qI$. It is the Gram "
    r"matrix of $q + 1$ unit vectors in $\mathbb{R}^{(q+1)/2}$ with all $|\cos| = 1/\sqrt{q}$."
)
def _() -> Steps:
    q = Symbol("q", positive=True)
    c = 1 / sqrt(q)
    # (I + c C)^2 = (1 + c^2 q) I + 2 c C
    yield (1 + c**2 * q) - 2
    yield 2 * c - 2 * c
    yield (q + 1) / 2 * 2 - (q + 1)  # the trace of G


@proof.symbolic(
    r"Welch: $(m-d)/(d(m-1)) = 1/q$ at $d = (q+1)/2$, $m = q + 1$, so that no code of this size is "
    r"less coherent, and the frame is tight."
)
def _() -> Steps:
    q = Symbol("q", positive=True)
    d, m = (q + 1) / 2, q + 1
    yield (m - d) / (d * (m - 1)) - 1 / q


@proof.exact(r"The library's sizes and coherences are these.")
def _() -> Steps:
    for q in ORDERS:
        code = paley(q)
        yield (code.d, code.m) == ((q + 1) // 2, q + 1)
        yield code.coherence_squared.a * q == 1
        yield code.coherence_squared.b == 0


proof.main(__name__)
