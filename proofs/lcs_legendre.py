"""Quadratic forms on the projective line under the Legendre symbol.

f runs through the binary quadratic forms over GF(q), q odd, of discriminant not 0, up to scalars;
a column is chi(f) on the q + 1 points, scaled to length 1. chi(f(cx)) = chi(c^2 f(x)), so a point
has a value, and chi(cf) = chi(c) chi(f), so a class has a column up to sign.
"""

from fractions import Fraction
from math import isqrt

import numpy as np
from numpy.typing import NDArray
from sympy import solve, symbols

from lcs.codes.characters import legendre
from lcs.codes.finite_fields import field, prime_power
from proofs.proof import Proof, Steps

proof = Proof("LCS-legendre")

ORDERS = (7, 9, 11, 13)


@proof.symbolic(
    r"There are $(q^3-1)/(q-1)$ forms up to scalars, of which $q + 1$ are squares of lines: $q^2$ "
    r"remain, $(q+1)q/2$ with two roots, and $q(q-1)/2$ with none."
)
def _() -> Steps:
    q = symbols("q", positive=True)
    yield (q**3 - 1) / (q - 1) - (q + 1) - q**2
    yield (q + 1) * q / 2 + q * (q - 1) / 2 - q**2


@proof.symbolic(
    r"A column with two roots has $q - 1$ entries $\pm 1$, one without has $q + 1$. A form $h = "
    r"ax^2 + bxy + cy^2$ of discriminant not 0 has $\sum \chi(h) = 0$ over the line. For $a \neq "
    r"0$, $h = a((x + b/2a)^2 - D)$ at $y = 1$, $D \neq 0$; $z^2 - x^2 = (z-x)(z+x) = -D$ has $q - "
    r"1 = \sum_x (1 + \chi(x^2 - D))$ solutions, so the sum is $-\chi(a)$, and $\chi(a)$ comes in "
    r"at infinity. For $a = 0$, $\sum_x \chi(bx + c) = 0$, and infinity is a root."
)
def _() -> Steps:
    q, s = symbols("q s")
    yield (q + 1) - 2 - (q - 1)
    yield solve(q + s - (q - 1), s)[0] + 1
    a, b, c, x, z = symbols("a b c x z")
    D = (b**2 - 4 * a * c) / (4 * a**2)
    yield a * ((x + b / (2 * a)) ** 2 - D) - (a * x**2 + b * x + c)
    yield (z - x) * (z + x) - (z**2 - x**2)


@proof.exact(r"These sums are 0 for every form, $q = 7, 9, 11, 13$.")
def _() -> Steps:
    for q in ORDERS:
        S, _roots = _signs(q, irreducible=False)
        yield bool(np.all(S.sum(axis=0) == 0))


@proof.cited(
    r"Hasse: $f, g$ without common root (also over $GF(q^2)$) have a quartic $fg$ without a "
    r"double root, $y^2 = fg$ is a curve of genus 1 with $q + 1 + S$ points, $S = \sum \chi(fg)$, "
    r"and $|S| \leq 2\sqrt{q}$. $S$ adds $\pm 1$ over $q + 1$ less an even number of roots, an "
    r"even number of points, so it is even: $|S| \leq 2\lfloor\sqrt{q}\rfloor$.",
    source="Hasse 1936, J. reine angew. Math. 175:193-208",
)
def _() -> Steps:
    for q in (n for n in range(7, 130, 2) if prime_power(n)):
        for roots in (0, 2, 4):
            yield (q + 1 - roots) % 2 == 0
        even = max(n for n in range(0, 4 * isqrt(q), 2) if n * n <= 4 * q)
        yield even == 2 * isqrt(q)


@proof.exact(
    r"A common root: rational, as one without rational roots has two conjugate ones, and sharing "
    r"both means $f = g$. Then $fg = l^2 h$, $h = l_1 l_2$ with two roots, and $S$ is $\sum "
    r"\chi(h) = 0$ less one term $\pm 1$ (at the root of $l$): $|S| = 1 \leq "
    r"2\lfloor\sqrt{q}\rfloor$. (Counted for $q = 7, 9, 11, 13$.)"
)
def _() -> Steps:
    for q in ORDERS:
        S, roots = _signs(q, irreducible=False)
        zero = (S == 0).astype(int)
        shared = zero.T @ zero
        G = np.abs(S.T @ S)
        yield bool(np.all(G[shared == 1] == 1))
        # each of the (q+1) q/2 forms with two roots shares one with 2 (q - 1) others
        yield int((shared == 1).sum()) == (q + 1) * q // 2 * 2 * (q - 1)
        yield set(roots.tolist()) == {0, 2}


@proof.exact(
    r"So inner products are at most $2\lfloor\sqrt{q}\rfloor$ over the root of the lengths' "
    r"product, $\geq q - 1$; those without roots, and the constant column, whose products with "
    r"them are $\sum \chi(f) = 0$, have length$^2$ $q + 1$: $q(q-1)/2 + 1$ columns. (All pairs, $q "
    r"= 7, 9, 11, 13$.) Below 1 from $q = 7$ on: $4q < (q-1)^2$; at $q = 5$ the bound is 1."
)
def _() -> Steps:
    for q in ORDERS:
        for irreducible in (False, True):
            S, roots = _signs(q, irreducible=irreducible)
            G = S.T @ S
            off = np.abs(G[~np.eye(len(G), dtype=bool)])
            yield int(off.max()) <= 2 * isqrt(q)
            yield bool(np.all(np.diag(G) == q + 1 - roots))
            yield len(G) == (q * (q - 1) // 2 + 1 if irreducible else q * q)
            least = q + 1 if irreducible else q - 1
            yield int(np.diag(G).min()) == least
            yield legendre(q, irreducible=irreducible).coherence.a == Fraction(2 * isqrt(q), least)
    for q in range(7, 200, 2):
        yield 4 * q < (q - 1) ** 2
    yield 2 * isqrt(5) == 5 - 1


@proof.exact(
    r"The erratum. On $p = 11$ points without infinity the $p(p-1)$ monic quadratics have two "
    r"columns with $\cos^2 = 49/99$, more than $((2\sqrt{11}+1)/11)^2 = (45 + 4\sqrt{11})/121$: "
    r"$134/36 > \sqrt{11}$. At $p = 7$ zeros filled with 1 make two columns agree up to sign."
)
def _() -> Steps:
    S = _affine(11)
    G = S.T @ S
    n = np.diag(G)
    off = ~np.eye(len(G), dtype=bool)
    squares = {
        Fraction(int(a) ** 2, int(b)) for a, b in zip(G[off], np.outer(n, n)[off], strict=True)
    }
    worst = max(squares)
    yield len(G) == 11 * 10
    yield worst == Fraction(49, 99)
    yield ((worst * 121 - 45) / 4) ** 2 > 11
    S = _affine(7)
    filled = np.where(S == 0, 1, S)
    yield bool(np.all(np.abs(filled) == 1))
    G = np.abs(filled.T @ filled)
    yield (int(G[~np.eye(len(G), dtype=bool)].max()) == 7)


def _signs(q: int, *, irreducible: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The columns as 0, +-1, and how many entries of each are 0."""
    S = np.sign(legendre(q, irreducible=irreducible).matrix()).astype(np.int64)
    return S, (S == 0).sum(axis=0)


def _affine(p: int) -> NDArray[np.int64]:
    """chi(x^2 + bx + c) on GF(p), discriminant not 0."""
    F = field(p)
    b, c = (grid.ravel() for grid in np.meshgrid(F.elements, F.elements))
    kept = (b * b - 4 * c) % p != 0
    x = F.elements[:, None]
    return F.character((x * x + b[kept] * x + c[kept]) % p)


proof.main(__name__)
