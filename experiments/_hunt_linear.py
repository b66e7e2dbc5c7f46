"""Prey of linear readout: worst cases, best probes, the collapse, certificates of recovery."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np

from experiments._hunt_pairs import Shape, beyond, share, tops
from experiments._hunt_prey import Array, Prey, in_rationals
from lcs.bounds.enclose import Ends
from lcs.bounds.problem import ball, rational


def prey() -> Iterator[Prey]:
    """All of it."""
    for d, m, k in ((2, 4, 1), (2, 4, 2), (3, 5, 3)):
        yield worst_case(Shape(d, m, k))
    for d, m in ((2, 4), (3, 6)):
        yield probes_dual(Shape(d, m, 1, kernel=True))
    for d, m, k in ((2, 4, 2), (3, 5, 2), (4, 6, 3)):
        yield collapse(Shape(d, m, k, kernel=True))
    for (d, m, k), columns in product(((2, 4, 1), (3, 4, 2), (3, 5, 2)), (False, True)):
        yield certificate(Shape(d, m, k, kernel=True), columns=columns)
    for (d, m, k), columns in product(((2, 3, 1), (3, 6, 1), (3, 6, 2)), (False, True)):
        yield ceiling(Shape(d, m, k), columns=columns)


def worst_case(shape: Shape) -> Prey:
    """No k-sparse z in the cube errs by more than the largest top-k sum of a row."""

    def signal(z: Array) -> Array:
        kept = np.maximum(np.minimum(z, 1), -1)
        kept[np.argsort(np.abs(z), kind="stable")[: shape.m - shape.k]] = 0
        return kept

    def parts(x: Array) -> Array:
        M, z = shape.residual(x), signal(shape.take(x)[2])
        row = tops(M, shape.k)
        return (row - np.max(np.abs(M @ z))) / np.max(row)

    return Prey(
        claim="LCS-worst-case",
        says=f"|Mz| at a {shape.k}-sparse z of the cube is at most the largest top-{shape.k} row "
        f"sum, d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=in_rationals(parts),
        at=shape.at,
        tight=True,
    )


def probes_dual(shape: Shape) -> Prey:
    """||e_i - A^T y||_inf >= z_i/||z||_1 for every y and every z of the kernel."""

    def parts(x: Array) -> Array:
        M, z = shape.residual(x)[0], shape.take(x)[2]
        return np.abs(M) - z[0] / np.abs(z).sum()

    return Prey(
        claim="LCS-probes-dual",
        says=f"||e_1 - A^T y||_inf is at least z_1/||z||_1 for A z = 0, d = {shape.d}, "
        f"m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=in_rationals(parts),
        at=shape.at,
        relative=False,
        tight=True,
    )


def collapse(shape: Shape) -> Prey:
    """Error at sparsity k >= min(1, k ||z||_inf/||z||_1) for every pair and z of the kernel."""

    def parts(x: Array) -> Array:
        z = shape.take(x)[2]
        return tops(shape.residual(x), shape.k) - np.minimum(1, shape.k * share(z, 1))

    return Prey(
        claim="LCS-collapse",
        says=f"the error at k = {shape.k} is at least min(1, k ||z||_inf/||z||_1) for A z = 0, "
        f"d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=in_rationals(parts),
        at=shape.at,
        relative=False,
        tight=True,
    )


def certificate(shape: Shape, *, columns: bool) -> Prey:
    """The rows, or columns, of I - B^T A bound the share of the l1 norm on k kernel entries."""

    def parts(x: Array) -> Array:
        M, z = shape.residual(x), shape.take(x)[2]
        return tops(M.T if columns else M, shape.k) - share(z, shape.k)

    which = "column" if columns else "row"
    return Prey(
        claim="LCS-jn-columns" if columns else "LCS-jn-rows",
        says=f"some {which} of I - B^T A has top-{shape.k} sum at least ||z||_[{shape.k}]/||z||_1 "
        f"for A z = 0, d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=in_rationals(parts),
        at=shape.at,
        relative=False,
        tight=True,
    )


def ceiling(shape: Shape, *, columns: bool) -> Prey:
    """Some row, and some column, of I - B^T A has top-k sum at least min(1, k mu/(1 + mu))."""

    def top(x: Array) -> Array:
        M = shape.residual(x)
        return tops(M.T if columns else M, shape.k)

    low, high = welch_error(shape.d, shape.m)
    bound = min(Fraction(1), shape.k * low), min(Fraction(1), shape.k * high)
    parts, measured = beyond(top, bound)
    which = "column" if columns else "row"
    return Prey(
        claim="LCS-ceiling",
        says=f"some {which} of I - B^T A has top-{shape.k} sum at least min(1, k mu/(1 + mu)), "
        f"d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        tight=True,
    )


def welch_error(d: int, m: int) -> Ends:
    """mu/(1 + mu) at Welch's mu^2 = (m - d)/(d(m - 1)), enclosed."""
    mu = ball(Fraction(m - d, d * (m - 1))).sqrt()
    error = mu / (1 + mu)
    return rational(error.lower()), rational(error.upper())
