"""More rows shrink the feasible set, and a shortest point that stays in it stays the shortest."""

from fractions import Fraction
from itertools import product

from sympy import Matrix, symbols

from proofs.proof import Proof, Steps

proof = Proof("CS-monotone-in-d")


@proof.symbolic(
    r"Let $A_d$ be the first $d$ rows. $A_{d+1} h$ is $A_d h$ and one entry more, so that $A_{d+1} "
    r"y = A_{d+1} z$ implies $A_d y = A_d z$: the feasible set of $d + 1$ rows lies in that of $d$ "
    r"rows, and holds $z$ (rows of up to 4 entries written out; one row at a time for any size)."
)
def _() -> Steps:
    for d, m in ((1, 2), (2, 3), (3, 4)):
        A = Matrix(d + 1, m, symbols(f"a:{(d + 1) * m}"))
        y, z = (Matrix(symbols(f"{name}:{m}")) for name in "yz")
        yield (A * (y - z))[:d, :] - (A[:d, :] * y - A[:d, :] * z)


@proof.exact(
    r"If $||y||_1 > ||z||_1$ for every $y \neq z$ of a set, the same holds in each of its subsets "
    r"with $z$: recovery, $z$ being the only shortest point, passes on (all subsets of 4 points "
    r"with lengths in 0..2, $z$ the first)."
)
def _() -> Steps:
    for lengths in product(range(3), repeat=4):
        wins = all(x > lengths[0] for x in lengths[1:])
        for kept in product((False, True), repeat=3):
            rest = [x for x, keep in zip(lengths[1:], kept, strict=True) if keep]
            yield not wins or all(x > lengths[0] for x in rest)


@proof.exact(
    r"The condition matters: with columns scaled anew at each $d$ it fails. $A_1 = (2, 1)$ "
    r"recovers $e_1$ from $2y_1 + y_2 = 2$, whose points are $(t, 2 - 2t)$, of length $|t| + 2|1 - "
    r"t| \geq 1$, equality at $t = 1$ alone ($t \in \mathbb{Z}/4$, $|t| \leq 3$; convex in $t$). "
    r"Rows $(2, 1)$ and $(0, 0)$ with the first column divided by 4 allow $(0, 1/2)$ beside $(1, "
    r"0)$."
)
def _() -> Steps:
    for t in (Fraction(n, 4) for n in range(-12, 13)):
        yield abs(t) + 2 * abs(1 - t) >= 1
        yield (abs(t) + 2 * abs(1 - t) == 1) == (t == 1)
    scaled = ((Fraction(1, 2), Fraction(1)), (Fraction(0), Fraction(0)))
    y, z = (Fraction(0), Fraction(1, 2)), (Fraction(1), Fraction(0))
    for row in scaled:
        yield sum(a * (b - c) for a, b, c in zip(row, y, z, strict=True)) == 0
    yield sum(map(abs, y)) < sum(map(abs, z))


proof.main(__name__)
