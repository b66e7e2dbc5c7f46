"""Chirps in groups, each group with a coordinate of its own.

Chirps of degree t with one leading coefficient differ by a polynomial of degree < t, and meet in
smaller exponential sums than chirps of two leading coefficients. One more coordinate for every
leading coefficient, the same in all its chirps, adds to the inner products of the first kind and
takes weight from those of the second, until both are level. The sums are bounded one by one, not
by Weil's (t-1) sqrt p, which none reaches.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lcs.codes.characters import chirp
from lcs.codes.code import Code, Indices, is_integer, require
from lcs.codes.finite_fields import is_prime
from lcs.codes.surd import Surd

_MOST = 2**24  # columns of a group, that is exponential sums to take


def labelled_chirp(p: int, t: int, s: int) -> Code:
    """Return s groups of chirps of degree t: d = 2p + s, m = 2 p^(t-1) s, mu = B/(p + B - b).

    Columns psi(f(x)) and i psi(f(x)) of C^p read as R^(2p), f without constant term and of degree
    t, beside the unit vector of their leading coefficient. Two groups meet in sums of size <= B,
    two chirps of one group in <= b = sqrt p at t = 3, at t = 4 the largest cubic sum; B is raised
    to b where it is below. With weight w = (B - b)/(p + B - b) on the label, both are mu:
    (1-w) B/p = (1-w) b/p + w. The leading coefficients are such that their differences give the
    smallest sums.
    Parameters: p prime, t = 3 or 4, p >= 11, p^(t-1) <= 2^24, 1 <= s <= p.
    Raises ValueError elsewhere.
    Reference: Alltop 1980 for the chirps; the labels are derived for this project.

    >>> code = labelled_chirp(277, 3, 7)
    >>> code.d, code.m, code.coherence < Fraction(1, 9)
    (561, 1074206, True)
    """
    require(is_integer(p) and p >= 11 and is_prime(int(p)), "p must be a prime >= 11", p)
    require(is_integer(t) and t in (3, 4), "t must be 3 or 4", t)
    require(p ** (t - 1) <= _MOST, f"p^(t-1) must be at most {_MOST}", p ** (t - 1))
    require(is_integer(s) and 1 <= s <= p, f"s must satisfy 1 <= s <= {p}", s)
    across, leading = _leading(int(p), int(t), int(s))
    inside = Surd.root(int(p))
    if t == 4:
        most = exponential_sums(int(p), 3)[-1][0]
        inside, across = Surd(most), max(across, most)  # below b the weight would be negative
    total = inside * -1 + (int(p) + across)
    base, size = chirp(int(p), int(t)), 2 * int(p) ** int(t - 1)
    kept, chosen = p / float(total), np.array(leading)

    def columns(indices: Indices) -> NDArray[np.float64]:
        group = indices // size
        chirps = base.make(chosen[group] * size + indices % size)
        label = np.arange(s)[:, None] == group
        return np.vstack([chirps * np.sqrt(kept), label * np.sqrt(1 - kept)])

    name, source = f"labelled chirp({p}, {t}, {s})", f"labelled; {base.reference}"
    mu = Surd(across) / total
    return Code(name, 2 * p + s, size * s, mu, False, "LCS-labelled", source, columns)


@cache
def exponential_sums(p: int, t: int) -> tuple[tuple[Fraction, frozenset[int]], ...]:
    """Bounds on |sum_x psi(A x^t + lower)| for every A != 0 modulo the prime p, in classes of A.

    x -> cx and complex conjugation make A, A c^t and -A one class; a shift of x removes degree
    t - 1. Each bound is the largest of the p^(t-2) sums, and at most p^2/2^50 above it.
    Parameters: p > t, t = 3 or 4. Returns the (bound, class) by rising bound.

    >>> [(round(float(bound), 3), sorted(some)) for bound, some in exponential_sums(7, 3)]
    [(3.802, [2, 5]), (4.406, [3, 4]), (4.741, [1, 6])]
    """
    x = np.arange(p)
    # A term is off by less than 2^-48, its angle below 7 being good to 4 units in the last place;
    # p such, and p roundings of a sum of at most p, stay below p^2/2^50.
    wave, slack = np.exp(2j * np.pi / p * x), Fraction(p * p, 2**50)
    powers = {pow(c, t, p) * sign for c in range(1, p) for sign in (1, -1)}
    classes = {frozenset(A * c % p for c in powers) for A in range(1, p)}

    def largest(A: int) -> float:
        lower = x[:, None] * x
        tops = (A * x**t + b * x**2 for b in range(p if t == 4 else 1))
        return max(float(np.abs(wave[(top + lower) % p].sum(axis=1)).max()) for top in tops)

    found = [(Fraction(largest(min(some))) + slack, some) for some in classes]
    return tuple(sorted(found, key=lambda pair: (pair[0], min(pair[1]))))


def _leading(p: int, t: int, s: int) -> tuple[Fraction, Sequence[int]]:
    """s residues whose differences lie in the classes of smallest sums, and the bound on these."""
    allowed: set[int] = set()
    for bound, some in exponential_sums(p, t):
        allowed |= some
        chosen: list[int] = []
        for a in range(p):
            if len(chosen) < s and all((a - b) % p in allowed for b in chosen):
                chosen.append(a)
        if len(chosen) == s:
            return bound, chosen
    raise AssertionError("residues always differ by residues other than zero")
