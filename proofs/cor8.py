"""Corollary 8: divide the rows by the diagonal, and Lemma 7 speaks."""

from fractions import Fraction

from sympy import E, Ge, Symbol, ln, symbols

from proofs.proof import Proof, Steps

proof = Proof("GKP26-cor8")


@proof.symbolic(
    r"$g > 0$, as $g/\sqrt{n} < e < g/2$ has no other solution. Divide row $i$ by $C_{ii} \geq g$: "
    r"the rank stays, $D_{ii} = 1$, and $|D_{ij}| < e/C_{ii} \leq e/g$ (with $C_{ii} = g + h$, $h "
    r"\geq 0$)."
)
def _() -> Steps:
    e, g = symbols("e g", positive=True)
    h = Symbol("h", nonnegative=True)
    gap = e * h / (g * (g + h))
    yield e / g - e / (g + h) - gap
    yield Ge(gap, 0)


@proof.cited(
    r"Lemma 7 at $e/g$: $1/\sqrt{n} < e/g < 1/2$ is the hypothesis $g/\sqrt{n} < e < g/2$, squared "
    r"$g^2 < n e^2$ (compared at all $g, e \in \{1/8, \ldots, 1\}$, $n \leq 40$).",
    source="GKP26-lem7",
)
def _() -> Steps:
    grid = [Fraction(i, 8) for i in range(1, 9)]
    for g in grid:
        for e in grid:
            for n in range(1, 41):
                yield (g**2 < n * e**2 and e < g / 2) == (
                    n * (e / g) ** 2 > 1 and e / g < Fraction(1, 2)
                )


@proof.symbolic(
    r"Its bound $\ln n/(16E (e/g)^2 \ln(g/e))$, with the constant that its proof has, is "
    r"$(1/(16E))\, g^2 \ln n/(e^2 \ln(g/e))$."
)
def _() -> Steps:
    e, g, n = symbols("e g n", positive=True)
    t = e / g
    yield ln(n) / (16 * E * t**2 * ln(1 / t)) - g**2 * ln(n) / (16 * E * e**2 * ln(g / e))


proof.main(__name__)
