"""Reed-Solomon simplex codes: agreements of polynomials as inner products of simplex corners.

Columns are polynomials of degree <= r over GF(q) read at n points of the projective line, the last
of q + 1 being infinity (the coefficient of x^r); a value is a corner of the simplex in R^(q-1).
"""

from fractions import Fraction

import numpy as np
from sympy import Ge, symbols

from lcs.codes.finite_fields import prime_power
from lcs.codes.reed_solomon import devore, rs_simplex
from proofs.proof import Proof, Steps

proof = Proof("LCS-rs-simplex")

q, r, n = symbols("q r n", positive=True)
SMALL = [
    (q, r, n)
    for q in (2, 3, 4, 5)
    for r in (1, 2, 3)
    for n in range(r + 1, q + 2)
    if q ** (r + 1) <= 256
]


@proof.symbolic(
    r"$q$ corners of length 1 with inner products $-1/(q-1)$ exist in $\mathbb{R}^{q-1}$: $e_i - "
    r"(1, .., 1)/q$ have inner products $1 - 1/q$ and $-1/q$. Two columns with $c$ agreements at "
    r"the $n$ points have $\frac{1}{n}(c - \frac{n-c}{q-1}) = (cq - n)/(n(q-1))$."
)
def _() -> Steps:
    c = symbols("c", real=True)
    yield (1 - 2 / q + q / q**2) - (1 - 1 / q)
    yield (-2 / q + q / q**2) / (1 - 1 / q) + 1 / (q - 1)
    yield (c - (n - c) / (q - 1)) / n - (c * q - n) / (n * (q - 1))


@proof.exact(
    r"$0 \leq c \leq r$: a difference of degree $\leq r$, not 0, has at most $r$ roots, and at "
    r"most $r - 1$ if it agrees at infinity too, where its coefficient of $x^r$ is 0. Counted for "
    r"all pairs, as all differences, of the codes with $q \leq 5$, $q^{r+1} \leq 256$."
)
def _() -> Steps:
    for order, degree, points in SMALL:
        yield int(_agreements(order, degree, points)[1:].max()) == degree


@proof.symbolic(
    r"$(cq - n)/(n(q-1))$ is affine in $c$, largest in size at $c = 0$, where it is $-1/(q-1)$, or "
    r"at $c = r$: at most $\max((rq-n)/(n(q-1)), 1/(q-1))$, since where the value at $c = r$ is "
    r"negative it is nearer to 0 than that at $c = 0$."
)
def _() -> Steps:
    yield (0 - n) / (n * (q - 1)) + 1 / (q - 1)
    c, rest, less = symbols("c rest less", nonnegative=True)
    at = ((c * q - n) / (n * (q - 1))).subs(c, 0)
    end = (r * q - n) / (n * (q - 1))
    mean = (rest * at + c * end) / (rest + c)  # c of r = rest + c
    yield (mean - (c * q - n) / (n * (q - 1))).subs(r, rest + c)
    yield Ge(n - (n - less), 0)  # |cq - n| = n - less <= n where it is negative


@proof.exact(
    r"Both occur. $c = r$: $\prod_{i \leq r} (x - x_i)$ at $r < n$ of the points (leaving out a "
    r"factor for infinity). $c = 0$: for $n \leq q$ a constant; for $n = q + 1$, $r \geq 2$ an "
    r"irreducible polynomial of degree $r$, of which there are at least $(q^r - \sum_{j \leq r/2} "
    r"q^j)/r > 0$ ($q \leq 64$, $r \leq 64$; $\sum_{j \leq r/2} q^j < q^{r/2+1} \leq q^r$ always)."
)
def _() -> Steps:
    for order in (p for p in range(2, 65) if prime_power(p)):
        for degree in range(2, 65):
            yield order**degree > sum(order**j for j in range(1, degree // 2 + 1))
    for order, degree, points in SMALL:
        seen = set(_agreements(order, degree, points)[1:].tolist())
        yield degree in seen
        yield (0 in seen) == (not (degree == 1 and points == order + 1))


@proof.symbolic(
    r"The erratum: at $r = 1$, $n = q + 1$ a difference $\alpha x + \beta$ has one root, or is a "
    r"constant and agrees at infinity: $c = 1$ always, and $|q - (q+1)|/((q+1)(q-1)) = 1/(q^2-1)$, "
    r"the coherence of $q^2$ corners of a simplex in $\mathbb{R}^{q^2-1}$."
)
def _() -> Steps:
    value = (1 * q - n) / (n * (q - 1))
    yield value.subs(n, q + 1) + 1 / (q**2 - 1)
    yield (q + 1) * (q - 1) - (q**2 - 1)


@proof.exact(r"The library's coherences are these, for all these codes.")
def _() -> Steps:
    for order, degree, points in SMALL:
        code, counts = rs_simplex(order, degree, points), _agreements(order, degree, points)[1:]
        found = max(
            abs(Fraction(c * order - points, points * (order - 1))) for c in counts.tolist()
        )
        yield code.coherence.a == found
        yield code.coherence.b == 0
        yield (code.d, code.m) == (points * (order - 1), order ** (degree + 1))


def _agreements(q: int, r: int, n: int) -> np.ndarray:
    """How often each polynomial agrees with 0 at the n points; 0 comes first."""
    values = devore(q, r, n).matrix() > 0  # (n q, m): one value a block of q
    first = values[:, :1]
    return (values & first).sum(axis=0)


def _all_pairs(q: int, r: int, n: int) -> bool:
    """Whether counts between all pairs are those with 0, so that differences suffice."""
    values = (devore(q, r, n).matrix() > 0).astype(np.int64)
    counts = values.T @ values
    expected = np.sort(_agreements(q, r, n))
    return all(np.array_equal(np.sort(row), expected) for row in counts)


@proof.exact(
    r"That differences suffice, counted between all pairs of the codes with at most 64 columns: "
    r"every polynomial sees the same agreements as 0 does."
)
def _() -> Steps:
    for order, degree, points in SMALL:
        if order ** (degree + 1) <= 64:
            yield _all_pairs(order, degree, points)


proof.main(__name__)
