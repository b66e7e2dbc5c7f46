"""Steiner frames: blocks of a design as rows, signs of a Hadamard matrix in them.

Every point lies on r blocks, any two points share exactly one. The r blocks of a point carry the
columns of a Hadamard matrix of order r + 1 without its first row, over sqrt r.
"""

import numpy as np
from numpy.typing import NDArray
from sympy import symbols

from lcs.codes.hadamard import hadamard, has_hadamard
from lcs.codes.steiner import steiner_pairs, steiner_triples
from proofs.proof import Proof, Steps

proof = Proof("LCS-steiner")

v = symbols("v", positive=True)
PAIRS, TRIPLES = (4, 8, 12, 16, 20), (7, 15, 31, 39)


@proof.exact(
    r"Two columns of one point: the Hadamard columns are orthogonal, so that without the first row "
    r"their product is $-h_{1a} h_{1b} = \pm 1$, over $r$. (The library's matrices of order up to "
    r"40.)"
)
def _() -> Steps:
    for order in range(4, 41, 4):
        if has_hadamard(order):
            H = hadamard(order)
            yield bool(np.array_equal(H.T @ H, order * np.eye(order, dtype=np.int64)))
            G = H[1:].T @ H[1:]
            yield bool(np.all(np.abs(G - (order - 1) * np.eye(order, dtype=np.int64)) <= 1))
            yield bool(np.all(np.abs(H) == 1))


@proof.exact(
    r"Two columns of two points: one common block, one product of two signs: $\pm 1/r$. The "
    r"designs: all pairs of $v$ points trivially; triples on $v \equiv 7, 15$ mod 24, that is $v "
    r"\equiv 1, 3$ mod 6 with $(v+1)/2 \equiv 0$ mod 4, by Bose and Skolem. (Counted from the "
    r"codes for $v = 4, 8, 12, 16, 20$ and $7, 15, 31, 39$: rows where columns are not 0.)"
)
def _() -> Steps:
    for code, points, r in _codes():
        at = code.columns(np.arange(points) * (r + 1)) != 0  # one column of every point
        shared = at.astype(np.int64).T @ at
        yield bool(np.array_equal(shared, (r - 1) * np.eye(points, dtype=np.int64) + 1))
    for n in range(7, 1000):
        if n % 24 in (7, 15):
            yield n % 6 in (1, 3)
            yield (n + 1) // 2 % 4 == 0


@proof.cited(
    r"Triple systems exist for all $v \equiv 1, 3$ mod 6: $v$ points in triples, every pair in "
    r"one, so that each point is on $(v-1)/2$ of $v(v-1)/6$ triples.",
    source="Bose 1939; Skolem 1958; Kirkman 1847",
)
def _() -> Steps:
    for n in range(3, 200):
        if n % 6 in (1, 3):
            yield (n - 1) % 2 == 0
            yield n * (n - 1) % 6 == 0


@proof.symbolic(
    r"Pairs: $r = v - 1$, $d = v(v-1)/2$, $m = v(r+1) = v^2$, $\mu = 1/(v-1)$. Triples: $r = "
    r"(v-1)/2$, $d = v(v-1)/6$, $m = v(r+1) = v(v+1)/2$, $\mu = 2/(v-1)$. Both meet Welch's bound "
    r"$\mu^2 = (m-d)/(d(m-1))$."
)
def _() -> Steps:
    for r, d, m, mu in (
        (v - 1, v * (v - 1) / 2, v**2, 1 / (v - 1)),
        ((v - 1) / 2, v * (v - 1) / 6, v * (v + 1) / 2, 2 / (v - 1)),
    ):
        yield v * (r + 1) - m
        yield mu - 1 / r
        yield mu**2 - (m - d) / (d * (m - 1))


@proof.symbolic(
    r"Equality in Welch's bound makes the frame tight: $G = A^T A$ has $F = ||G||_F^2 = m^2/d$ and "
    r"trace $m$, so $\sum (\lambda_i - m/d)^2 = F - 2(m/d)m + d(m/d)^2 = 0$ over its at most $d$ "
    r"eigenvalues."
)
def _() -> Steps:
    m, d = symbols("m d", positive=True)
    mu_squared = (m - d) / (d * (m - 1))
    F = m + m * (m - 1) * mu_squared
    yield F - m**2 / d
    yield F - 2 * (m / d) * m + d * (m / d) ** 2


@proof.exact(
    r"The codes themselves, in integers: $r A^T A$ has $r$ on and $\pm 1$ off the diagonal, $r A "
    r"A^T$ is $(r+1) k$ times the identity, $k$ the points of a block."
)
def _() -> Steps:
    for code, points, r in _codes():
        S: NDArray[np.float64] = np.sign(code.matrix())  # entries 0, +-1: products without rounding
        G = S.T @ S
        one = np.eye(code.m)
        yield bool(np.array_equal(np.abs(G), r * one + (1 - one)))
        on_block = points * r // code.d
        yield bool(np.array_equal(S @ S.T, (r + 1) * on_block * np.eye(code.d)))
        yield code.coherence.a * r == 1


def _codes() -> list[tuple]:
    """(code, points, r) of the small designs."""
    pairs = [(steiner_pairs(n), n, n - 1) for n in PAIRS]
    return pairs + [(steiner_triples(n), n, (n - 1) // 2) for n in TRIPLES]


proof.main(__name__)
