"""Prey of explicit codes: pairs of columns whose inner product could exceed the coherence."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from experiments._hunt_prey import Array, Interval, Prey
from lcs.codes.binary import delsarte_goethals, dual_bch, kerdock, odd_quadratic
from lcs.codes.characters import chirp, legendre
from lcs.codes.code import Code
from lcs.codes.combine import punctured, repetition
from lcs.codes.labelled import labelled_chirp
from lcs.codes.partial_hadamard import partial_hadamard
from lcs.codes.reed_solomon import devore, rs_simplex
from lcs.codes.steiner import steiner_pairs, steiner_triples
from lcs.codes.two_graphs import paley
from lcs.rounding import U64, gamma
from lcs.runs.rng import generator

AT_ONCE = 12  # columns compared with each other in one evaluation
FURTHEST = 2**53  # beyond, floats are not all integers


def prey() -> Iterator[Prey]:
    """One for every code."""
    yield from (pairs(kerdock(r)) for r in (4, 6, 8))
    yield from (pairs(delsarte_goethals(r, s)) for r, s in ((6, 1), (8, 1), (8, 2)))
    yield from (pairs(dual_bch(r, t)) for r, t in ((5, 2), (7, 3), (8, 3)))
    yield from (pairs(odd_quadratic(r, t)) for r, t in ((5, 1), (7, 2)))
    yield from (pairs(rs_simplex(*q)) for q in ((4, 1, 5), (5, 2, 6), (7, 3, 8)))
    yield from (pairs(devore(q, r)) for q, r in ((5, 2), (9, 3)))
    yield from (pairs(paley(q)) for q in (13, 49))
    yield from (pairs(code) for code in (steiner_pairs(8), steiner_triples(7)))
    yield from (pairs(chirp(q, t)) for q, t in ((13, 2), (25, 2), (23, 4)))
    yield from (pairs(legendre(q)) for q in (11, 27))
    yield pairs(repetition(paley(13), 3))
    yield pairs(punctured(kerdock(6), 4))
    yield pairs(partial_hadamard(20, 6, rng=generator(hunt="partial Hadamard")))
    yield from (pairs(labelled_chirp(p, t, s)) for p, t, s in ((11, 3, 4), (13, 4, 5)))


def pairs(code: Code) -> Prey:
    """No two columns have an inner product beyond the coherence that the code declares."""
    mu, last = float(code.coherence), min(code.m, FURTHEST)

    def chosen(x: Array) -> NDArray[np.int64]:
        return np.unique(np.mod(x, last).astype(np.int64))

    def products(x: Array) -> Array:
        A = code.columns(chosen(x))
        G = np.abs(A.T @ A)
        return G[np.triu_indices(len(G), 1)]

    def parts(x: Array) -> Array:
        return np.array([mu - np.max(products(x), initial=-1.0)])

    def measured(x: Array) -> Interval:
        slack = float(parts(x)[0])
        off = 2 * gamma(code.d + 8, U64)  # of inner products of columns rounded to unit length
        return slack - off, slack + off

    def at(x: Array) -> str:
        indices, found = chosen(x), products(x)
        i, j = (side[int(np.argmax(found))] for side in np.triu_indices(len(indices), 1))
        return f"columns {indices[i]} and {indices[j]}"

    return Prey(
        claim=code.claim,
        says=f"no two of the m = {code.m} columns of {code.name}, d = {code.d}, exceed its "
        "coherence",
        parts=parts,
        start=lambda rng: np.floor(rng.random(AT_ONCE) * last),
        measured=measured,
        at=at,
        relative=False,
        tight=code.attained,
        whole=True,
        allowed=600,
    )
