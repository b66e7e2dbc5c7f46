"""The loss of one feature among others in a symmetric shape, and its least value over length, bias.

Feature 0 has z = b + a (x_0 + sum_j c_j x_j), a = its squared length; features are active with
probability p each. The loss is C - K + p/3, C = E relu(z)^2 and K = 2 E x_0 relu(z): both are
convex in (a, b), as z is linear in it. So over a box with centre o and corners v
    C - K >= min_v C(o) + C'(o)(v - o) - K(v),
whose right side is concave in the point before the minimum is taken. All that is a polynomial in p,
of which each number of active features contributes p^k (1 - p)^(n - k) times its share.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from math import comb

from flint import arb, arb_poly, ctx

from proofs.active import mean, mean_product, mean_square
from proofs.boxes import ball

Point = tuple[Fraction, Fraction]
Box = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]


def relu(u: arb) -> arb:
    """The larger of a ball and 0."""
    return u.max(arb(0))


def pentagon() -> list[tuple[arb, int]]:
    """The cosines to the other features, and how many have each: 72 and 144 degrees."""
    root = arb(5).sqrt()
    return [((root - 1) / 4, 2), (-(root + 1) / 4, 2)]


def digon() -> list[tuple[arb, int]]:
    """That of an antipodal pair."""
    return [(arb(-1), 1)]


SIDES = ((Fraction(0), Fraction(8)), (Fraction(-13), Fraction(6)))
"""Of a and b: beyond them `outside` bounds the loss."""

SHAPES = {"pentagon": pentagon, "digon": digon}


@cache
def parts(shape: str, at: Point) -> tuple[arb_poly, arb_poly, arb_poly, arb_poly]:
    """C, K and the derivatives of C in a and b, at a point (a, b), as polynomials in p.

    At a = 0 all but K are left out, as 0: no centre of a box lies there.
    """
    with ctx.workprec(200):  # small a cost digits
        return _parts(shape, *map(ball, at))


def _parts(shape: str, a: arb, b: arb) -> tuple[arb_poly, arb_poly, arb_poly, arb_poly]:
    others = SHAPES[shape]()
    n = 1 + sum(count for _, count in others)
    C, K, Cb = ([arb(0)] * (n + 1) for _ in range(3))
    if a == 0:  # z = b, and E x_0 = p/2
        nothing = arb_poly([0])
        return nothing, arb_poly([0, relu(b)]), nothing, nothing
    for own, *counts in product((0, 1), *(range(count + 1) for _, count in others)):
        c = [a * cos for (cos, _), k in zip(others, counts, strict=True) for _ in range(k)]
        ways, active = 1, own + len(c)
        for (_, count), k in zip(others, counts, strict=True):
            ways *= comb(count, k)
        every = [a, *c] if own else c
        C[active] += ways * (mean_square(relu, b, every) if every else relu(b) ** 2)
        Cb[active] += ways * 2 * (mean(relu, b, every) if every else relu(b))
        if own:
            K[active] += ways * 2 * mean_product(relu, b, a, c)
    # z is homogeneous in (a, b), C of degree 2: a C_a + b C_b = 2 C
    Ca = [(2 * x - b * y) / a for x, y in zip(C, Cb, strict=True)]
    return tuple(_in_p(share, n) for share in (C, K, Ca, Cb))  # pyright: ignore[reportReturnType]


def _in_p(shares: list[arb], n: int) -> arb_poly:
    """sum_k p^k (1 - p)^(n - k) shares[k]."""
    p, q = arb_poly([0, 1]), arb_poly([1, -1])
    total = arb_poly([0])
    for k, share in enumerate(shares):
        total += share * p**k * q ** (n - k)
    return total


def loss(shape: str, at: Point) -> arb_poly:
    """The loss of one feature at (a, b)."""
    C, K, _, _ = parts(shape, at)
    return C - K + arb_poly([0, arb(1) / 3])


def below(shape: str, other: arb_poly, p: arb, sides: Box, halvings: int = 40) -> Iterator[arb]:
    """Yield loss - other, at least, at this p, on boxes that cover the sides; until all are > 0."""
    todo: list[tuple[Box, int]] = [(sides, 0)]
    while todo:
        box, cuts = todo.pop()
        value = _least(shape, other, p, box)
        if value > 0 or cuts == halvings:
            yield value
            continue
        middle = ((box[0][0] + box[0][1]) / 2, (box[1][0] + box[1][1]) / 2)
        at_middle = (loss(shape, middle) - other)(p)
        if at_middle < 0:
            yield at_middle
            return
        wide = max((0, 1), key=lambda i: box[i][1] - box[i][0])
        low, high = box[wide]
        for half in ((low, (low + high) / 2), ((low + high) / 2, high)):
            todo.append(((half, box[1]) if wide == 0 else (box[0], half), cuts + 1))


def outside(n: int, other: arb_poly, p: arb) -> Iterator[arb]:
    """Yield loss - other, at least, for a >= 8, for b >= 6 and for b <= -13, of n features."""
    target = other(p)
    yield 9 * p / 64 - target
    yield 36 * (1 - p) ** n - target
    yield p / 3 - target


def _least(shape: str, other: arb_poly, p: arb, box: Box) -> arb:
    """A lower bound of loss - other over a box."""
    o = ((box[0][0] + box[0][1]) / 2, (box[1][0] + box[1][1]) / 2)
    C, _, Ca, Cb = parts(shape, o)
    base = C + arb_poly([0, arb(1) / 3]) - other
    found = []
    for v in product(*box):
        K = parts(shape, v)[1]
        found.append((base + Ca * ball(v[0] - o[0]) + Cb * ball(v[1] - o[1]) - K)(p))
    least = found[0]
    for value in found[1:]:
        least = least.min(value)
    return least
