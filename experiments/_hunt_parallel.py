"""Prey of parallel columns: what no linear probes can read."""

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from experiments._hunt_pairs import Shape, beyond, tops
from experiments._hunt_prey import Array, Prey, matrix_text
from lcs.bounds.enclose import Ends

HALF: Ends = Fraction(1, 2), Fraction(1, 2)
WHOLE: Ends = Fraction(1), Fraction(1)


def prey() -> Iterator[Prey]:
    """All of it."""
    for k in (1, 2):
        yield parallel(k)
        yield antipodal(k)


def parallel(k: int) -> Prey:
    """Two parallel columns are read with error at least k/2, whatever the probes."""
    shape = Shape(2, 4, k)

    def top(x: Array) -> Array:
        A, B, z = shape.take(x)
        A = np.column_stack([A[:, 1] * z[0], A[:, 1:]])
        return tops(B.T @ A - np.eye(4, dtype=int), k)

    parts, measured = beyond(top, HALF if k == 1 else WHOLE)
    return Prey(
        claim="TMS-trained-packing",
        says=f"two parallel columns err by at least min(1, k/2) at k = {k}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        tight=True,
    )


def antipodal(k: int) -> Prey:
    """The best linear probes of m antipodal pairs err by 1/2 at k = 1, by 1 beyond."""
    m = 2
    A = np.hstack([np.eye(m, dtype=int), -np.eye(m, dtype=int)])

    def top(x: Array) -> Array:
        return tops(x.reshape(m, 2 * m).T @ A - np.eye(2 * m, dtype=int), k)

    parts, measured = beyond(top, HALF if k == 1 else WHOLE)
    return Prey(
        claim="TMS-antipodal-code",
        says=f"linear probes of antipodal pairs err by at least min(1, k/2) at k = {k}",
        parts=parts,
        start=lambda rng: rng.standard_normal(2 * m * m),
        measured=measured,
        at=lambda x: matrix_text(B=x.reshape(m, 2 * m)),
        tight=True,
    )
