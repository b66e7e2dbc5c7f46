"""The pentagon of least loss: a small worst error for one active feature, 1 for two.

p = 1/20. a is the squared length of the features, b their bias; P_k and N_k are the sums of the k
largest positive and negative parts of W_i . W_j, j != i: twice a cos 72 and twice -a cos 36.
"""

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from proofs.boxes import ball, over
from proofs.polygons import SIDES, below, loss, outside
from proofs.proof import Proof, Steps

proof = Proof("TMS-no-guarantee")

F = Fraction
DENSITY = F(1, 20)
WITNESS = (F("1.28736"), F("-0.246326"))  # a, b: any would do that passes
NEAR = ((F("1.2866"), F("1.2881")), (F("-0.2465"), F("-0.24615")))


@proof.cited(
    r"Pentagons of $a \geq 8$, $b \geq 6$ or $b \leq -13$ lose at least $9p/64$, $36(1-p)^5$ and "
    r"$p/3$ a feature; and how the least loss over a box of $(a, b)$ is bounded from below.",
    source="TMS-digon-pentagon",
)
def _() -> Steps:
    (low, high), (least, most) = SIDES
    yield low <= NEAR[0][0] < NEAR[0][1] <= high
    yield least <= NEAR[1][0] < NEAR[1][1] <= most


@proof.enclosed(
    r"At $p = 1/20$ every pentagon with $(a, b)$ outside $[1.2866, 1.2881] \times [-0.2465, "
    r"-0.24615]$ loses more than one inside, $a = 1.28736$, $b = -0.246326$: the pentagon of least "
    r"loss lies in this box. (The rest of the plane is covered by four boxes.)"
)
def _() -> Steps:
    p, best = ball(DENSITY), loss("pentagon", WITNESS)
    yield from outside(5, best, p)
    (a0, a1), (b0, b1) = NEAR
    (low, high), (least, most) = SIDES
    for box in (
        ((low, a0), (least, most)),
        ((a1, high), (least, most)),
        ((a0, a1), (least, b0)),
        ((a0, a1), (b1, most)),
    ):
        yield from below("pentagon", best, p, box)


@proof.exact(r"That one, $a = 1.28736$, $b = -0.246326$, does lie in the box.")
def _() -> Steps:
    for x, (low, high) in zip(WITNESS, NEAR, strict=True):
        yield low < x < high


@proof.cited(
    r"The worst error at sparsity $k$, of gain $g = a > 1$, is the largest of $0$, $b + P_k$, $b "
    r"+ a - 1 + P_{k-1}$ and $\min(1, (N_{k-1} - b)/a)$.",
    source="LCS-relu-worst-case",
)
def _() -> Steps:
    yield NEAR[0][0] > 1


def _near(f: Callable[[arb, arb], arb]) -> Steps:
    """f > 0 on the whole box."""
    yield from over(f, *NEAR)


@proof.enclosed(
    r"$k = 1$, in the whole box: $N_0 = P_0 = 0$, $P_1 = a\cos 72^\circ$. $-b/a$ is larger than $b "
    r"+ P_1$, than $b + a - 1$ and than $0$, and less than $1$: it is the error, and lies in "
    r"$(0.19, 0.192)$."
)
def _() -> Steps:
    cos72 = (arb(5).sqrt() - 1) / 4
    yield from _near(lambda a, b: -b / a - (b + a * cos72))
    yield from _near(lambda a, b: -b / a - (b + a - 1))
    yield from _near(lambda a, b: -b / a - ball(F("0.19")))
    yield from _near(lambda a, b: ball(F("0.192")) + b / a)


@proof.enclosed(
    r"$k = 2$, in the whole box: $N_1 = a\cos 36^\circ$ and $N_1 - b > a$, so that the last is "
    r"$1$; $b + P_2 = b + 2a\cos 72^\circ < 1$ and $b + a - 1 + P_1 < 1$. The error is $1$: two "
    r"features that are active together can leave one of them unread. (It is close: $-b/a$ exceeds "
    r"$1 - \cos 36^\circ = 0.19098\ldots$ by less than $0.001$.)"
)
def _() -> Steps:
    cos36, cos72 = (arb(5).sqrt() + 1) / 4, (arb(5).sqrt() - 1) / 4
    yield from _near(lambda a, b: a * cos36 - b - a)
    yield from _near(lambda a, b: 1 - (b + 2 * a * cos72))
    yield from _near(lambda a, b: 1 - (b + a - 1 + a * cos72))
    yield from _near(lambda a, b: 1 - cos36 + ball(F("0.001")) + b / a)


@proof.enclosed(
    r"A witness: $x$ is $1$ at the feature asked for and at one at $144^\circ$ from it. Output "
    r"$a(1 - \cos 36^\circ) + b < 0$ is cut off, and the feature, which is $1$, is read as $0$."
)
def _() -> Steps:
    cos36 = (arb(5).sqrt() + 1) / 4
    yield from _near(lambda a, b: -(a * (1 - cos36) + b))


proof.main(__name__)
