"""Ball arithmetic over boxes that cover a domain."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import arb, fmpq

Side = tuple[Fraction | int, Fraction | int]
"""The ends of an interval, exact."""


def over(f: Callable[..., arb], *sides: Side, halvings: int = 40) -> Iterator[arb]:
    """Yield f on boxes that cover the product of the sides, halved until each value lies above 0.

    f takes one ball a side. A box that is still undecided after `halvings` cuts is yielded as it
    is, and fails the step. Equality inside the domain can never be enclosed: cut it out, and treat
    it symbolically.
    """
    todo = [(tuple((Fraction(a), Fraction(b)) for a, b in sides), 0)]
    while todo:
        box, cuts = todo.pop()
        value = f(*(interval(a, b) for a, b in box))
        if value > 0 or cuts == halvings or value < 0:
            yield value
            continue
        widest = max(range(len(box)), key=lambda i: box[i][1] - box[i][0])
        a, b = box[widest]
        middle = (a + b) / 2
        todo += [
            ((*box[:widest], half, *box[widest + 1 :]), cuts + 1)
            for half in ((a, middle), (middle, b))
        ]


def interval(a: Fraction | int, b: Fraction | int) -> arb:
    """A ball that holds [a, b]."""
    return ball(a).union(ball(b))


def ball(x: Fraction | int) -> arb:
    """A ball around a rational."""
    x = Fraction(x)
    return arb(fmpq(x.numerator, x.denominator))
