"""Figure 1: features may be far from orthogonal and still be read without any error."""

from sympy import Matrix, Rational, eye, sqrt

from proofs.proof import Proof, Steps

proof = Proof("GKP26-fig1")

A = Matrix([[Rational(1, 2), 1], [sqrt(3) / 2, 0]])
B = Matrix([[0, 1], [2 / sqrt(3), -1 / sqrt(3)]])


@proof.symbolic(r"$B^T A = I$, entry by entry, with the columns of the figure.")
def _() -> Steps:
    yield B.T * A - eye(2)


@proof.symbolic(
    r"Yet $\langle a_1, a_2 \rangle = 1/2$, and $a_1, a_2$ are unit vectors at 60 degrees."
)
def _() -> Steps:
    yield (A.T * A)[0, 1] - Rational(1, 2)
    yield (A.T * A)[0, 0] - 1
    yield (A.T * A)[1, 1] - 1


proof.main(__name__)
