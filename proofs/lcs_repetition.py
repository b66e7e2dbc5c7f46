"""A code repeated: s times the columns, as many more dimensions, 1/s of the error.

Column (i, j), i <= s, j <= m, is h_i (x) e_j above sqrt(c/s) a_j, c = 1/(1 + mu), scaled to length
1; h_1..h_s in R^(s-1) are corners of a simplex of length^2 1 - 1/s.
"""

from sympy import symbols

from lcs.codes.combine import repetition
from lcs.codes.elementary import simplex
from lcs.codes.two_graphs import paley
from proofs.certificates import at_least_zero
from proofs.proof import Proof, Steps

proof = Proof("LCS-repetition")

s, mu = symbols("s mu", positive=True)
c = 1 / (1 + mu)


@proof.symbolic(
    r"$e_i - (1, .., 1)/s$ are $s$ vectors of an $(s-1)$-dimensional space with $\langle h_i, h_i "
    r"\rangle = 1 - 1/s$, $\langle h_i, h_{i'} \rangle = -1/s$. All columns have length$^2$ $1 - "
    r"1/s + c/s = 1 - (1-c)/s$."
)
def _() -> Steps:
    yield 1 - 2 / s + s / s**2 - (1 - 1 / s)
    yield -2 / s + s / s**2 + 1 / s
    yield (1 - 1 / s) + c / s - (1 - (1 - c) / s)


@proof.symbolic(
    r"Before scaling: $(i, j)$ and $(i', j)$ meet in $-1/s + c/s = -(1-c)/s$; $(i, j)$ and $(i', "
    r"j')$, $j \neq j'$, in $(c/s)\langle a_j, a_{j'} \rangle$, at most $c\mu/s = (1-c)/s$ in "
    r"size, for all $i, i'$. So the largest is $(1-c)/s$, and it occurs ($s \geq 2$)."
)
def _() -> Steps:
    short = symbols("short", nonnegative=True)  # mu - |<a_j, a_j'>|
    yield -1 / s + c / s + (1 - c) / s
    yield c * mu / s - (1 - c) / s
    yield from at_least_zero((1 - c) / s - c * (mu - short) / s, c * short / s)


@proof.symbolic(
    r"Scaled: $\mu' = \frac{(1-c)/s}{1 - (1-c)/s} = \frac{\mu}{s + (s-1)\mu}$, and the error with "
    r"the best scalar $\mu'/(1+\mu') = \frac{1}{s} \cdot \frac{\mu}{1+\mu}$."
)
def _() -> Steps:
    top = (1 - c) / s
    smaller = mu / (s + (s - 1) * mu)
    yield top / (1 - top) - smaller
    yield smaller / (1 + smaller) - mu / (1 + mu) / s


@proof.symbolic(r"Dimensions: $(s-1)m + d$ for $sm$ columns, $m - d$ fewer, as many as before.")
def _() -> Steps:
    m, d = symbols("m d")
    yield s * m - ((s - 1) * m + d) - (m - d)


@proof.exact(r"The library's sizes and coherences are these: simplices and a conference frame.")
def _() -> Steps:
    for times in (2, 3, 5):
        for base in (simplex(4), simplex(9)):
            code, nu = repetition(base, times), base.coherence.a
            yield (code.d, code.m) == ((times - 1) * base.m + base.d, times * base.m)
            yield code.coherence.a == nu / (times + (times - 1) * nu)
        code, base = repetition(paley(5), times), paley(5)
        product = code.coherence * (base.coherence * (times - 1) + times)
        yield (product.a, product.b, product.n) == (
            base.coherence.a,
            base.coherence.b,
            base.coherence.n,
        )


proof.main(__name__)
