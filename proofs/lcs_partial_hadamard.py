"""Rows of a Sylvester matrix: the columns form a group, so one transform gives all products."""

from fractions import Fraction
from itertools import product

import numpy as np

from lcs.codes.partial_hadamard import bent
from proofs.proof import Proof, Steps

proof = Proof("LCS-partial-hadamard")


@proof.exact(
    r"$r \cdot u + r \cdot v \equiv r \cdot (u + v)$ mod 2, addition of bits without carry: bit by "
    r"bit $r_i u_i + r_i v_i \equiv r_i (u_i + v_i)$ (all values of three bits). Column $u$ is "
    r"$(-1)^{r \cdot u}/\sqrt{d}$, $r \in D$, so that columns $u, v$ have inner product "
    r"$\frac{1}{d} \sum_{r \in D} (-1)^{r \cdot (u+v)}$."
)
def _() -> Steps:
    for r, u, v in product((0, 1), repeat=3):
        yield (r * u + r * v) % 2 == r * ((u + v) % 2)
        yield (u + v) % 2 == u ^ v


@proof.exact(
    r"For $u \neq v$, $u + v$ runs through every $w \neq 0$, and each occurs ($u = 0$): the "
    r"largest is $\max_{w \neq 0} |\sum_{r \in D} (-1)^{r \cdot w}|/d$ for every non-empty $D$ "
    r"(all $D$ at $n = 1, 2, 3$, all pairs of columns, in integers)."
)
def _() -> Steps:
    for n in (1, 2, 3):
        m = 2**n
        points = np.arange(m)
        H = 1 - 2 * (np.bitwise_count(points[:, None] & points) & 1).astype(np.int64)
        for chosen in range(1, 2**m):
            D = [r for r in range(m) if chosen >> r & 1]
            G = np.abs(H[D].T @ H[D])
            pairs = int(G[~np.eye(m, dtype=bool)].max())
            yield pairs == int(np.abs(H[D].sum(axis=0))[1:].max())


@proof.exact(
    r"The library's difference sets of bent functions, $m = 16, 64, 256$: the coherence that it "
    r"states is that maximum, over the sums of its own columns."
)
def _() -> Steps:
    for n in (2, 3, 4):
        for sign in (1, -1):
            code = bent(n, sign)
            sums = np.sign(code.matrix()).sum(axis=0).astype(np.int64)
            yield code.coherence.a == Fraction(int(np.abs(sums)[1:].max()), code.d)
            yield int(sums[0]) == code.d  # column 0 is constant


proof.main(__name__)
