"""At equiangular tight frames the least error is known: k mu/(1 + mu), and no dimension is spare.

A frame here: m unit vectors in R^d, 1 <= d < m, |<a_i, a_j>| = mu for i != j, A A^T = (m/d) I.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from sympy import Ge, Symbol, symbols

from lcs.codes.hadamard import conference
from proofs.proof import Proof, Steps

proof = Proof("LCS-etf-exact")


@proof.symbolic(
    r"$\mu$ is forced: $||A^T A||_F^2 = ||AA^T||_F^2$ reads $m + m(m-1)\mu^2 = d(m/d)^2$, so "
    r"$\mu^2 = (m-d)/(d(m-1))$; and $\mu < 1$ once $d \geq 2$, $\mu = 1$ at $d = 1$."
)
def _() -> Steps:
    d, q = symbols("d q", positive=True)
    m = d + q
    mu_squared = q / (d * (m - 1))
    yield m + m * (m - 1) * mu_squared - d * (m / d) ** 2
    yield (1 - mu_squared) * d * (m - 1) - m * (d - 1)


@proof.cited(
    r"No $A, B$ in $d$ dimensions have error below $\min(1, k\mu/(1+\mu))$ at sparsity $k < m$ "
    r"(the row part), which is $k\mu/(1+\mu)$ where that is below 1; and there $k < m$ holds, as "
    r"$1/\mu \leq m - 1$: $d(m-1)/(m-d) \leq (m-1)^2$ for $d \leq m - 1$ ($m \leq 60$ checked; in "
    r"general $d/(m-d)$ rises to $m - 1$).",
    source="LCS-ceiling",
)
def _() -> Steps:
    for m in range(2, 61):
        for d in range(1, m):
            yield d * (m - 1) <= (m - 1) ** 2 * (m - d)


@proof.symbolic(
    r"The frame reaches it: $cA^T A - I$ with $c = 1/(1+\mu)$ has $|c - 1| = c\mu = \mu/(1+\mu)$ "
    r"everywhere, so that every $k$ entries of a row sum to $k\mu/(1+\mu)$."
)
def _() -> Steps:
    mu = Symbol("mu", positive=True)
    c = 1 / (1 + mu)
    yield (1 - c) - mu / (1 + mu)
    yield c * mu - mu / (1 + mu)


@proof.symbolic(
    r"$c$ is the best scalar: off-diagonal entries $c\mu$ and diagonal errors $1 - c$ cross there, "
    r"one rising, one falling in $c$: $c = 1/(1+\mu) \pm h$ makes one of them larger by at least "
    r"$\mu h$ resp. $h$."
)
def _() -> Steps:
    mu = Symbol("mu", positive=True)
    h = Symbol("h", nonnegative=True)
    c = 1 / (1 + mu)
    yield (c + h) * mu - mu / (1 + mu) - mu * h
    yield (1 - (c - h)) - mu / (1 + mu) - h
    yield Ge(mu * h + h, 0)


@proof.symbolic(
    r"Frames exist: for every $m \geq 2$ the simplex, $d = m - 1$, $G = \frac{m}{m-1}(I - J/m)$ "
    r"with $J^2 = mJ$: $G^2 = \frac{m}{m-1} G$, of trace $m$, hence $\frac{m}{m-1}$ times a "
    r"projection of rank $m - 1$, with entries 1 and $-1/(m-1)$, and $\mu = 1/(m-1)$ is the one "
    r"above."
)
def _() -> Steps:
    m = Symbol("m", positive=True)
    # In the algebra of I and J, x I + y J squares to x^2 I + (2 x y + m y^2) J.
    x, y = m / (m - 1), -1 / (m - 1)
    yield x**2 - m / (m - 1) * x
    yield 2 * x * y + m * y**2 - m / (m - 1) * y
    yield x + y - 1
    yield (m - (m - 1)) / ((m - 1) * (m - 1)) - y**2


@proof.exact(
    r"Others, in integers. For a signature $S$ (zero diagonal, $\pm 1$ off it, $S^2 = (m-1)I + "
    r"aS$) $G = I + \mu S$ has $G^2 = (1 + \mu^2(m-1))I + (2\mu + \mu^2 a)S = (m/d)G$, a frame in "
    r"$d$ dimensions, if $\mu a = (m-2d)/d$, that is $a^2 d(m-d) = (m-2d)^2(m-1)$ with $a(m-2d) "
    r"\geq 0$. Conference matrices of order 6, 10, 14 ($m = 2d$), and the 28 pairs of 8 points, "
    r"$+1$ where they meet ($d = 7$) or where they do not ($d = 21$)."
)
def _() -> Steps:
    for q in (5, 9, 13):
        yield from _frame(conference(q), (q + 1) // 2)
    pairs = list(combinations(range(8), 2))
    meet = np.array([[len({*p, *r}) == 3 for r in pairs] for p in pairs])
    S = np.where(meet, 1, -1)
    np.fill_diagonal(S, 0)
    yield from _frame(S, 7)
    yield from _frame(-S, 21)


def _frame(S: NDArray[np.int64], d: int) -> Steps:
    """Whether I + mu S is the Gram matrix of a frame in d dimensions."""
    m = len(S)
    one = np.eye(m, dtype=np.int64)
    off = S[~np.eye(m, dtype=bool)]
    yield bool(np.all(np.abs(off) == 1) and np.all(np.diag(S) == 0) and np.all(S == S.T))
    square = S @ S
    a = int(square[0, 1] * S[0, 1])
    yield bool(np.array_equal(square, (m - 1) * one + a * S))
    yield a * a * (m - d) * d == (m - 2 * d) ** 2 * (m - 1)
    yield a * (m - 2 * d) >= 0


proof.main(__name__)
