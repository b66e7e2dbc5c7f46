"""Prey of the lower bounds on d: matrices of low rank attacked for their largest entries."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from experiments._hunt_linear import welch_error
from experiments._hunt_pairs import Shape, beyond, tops
from experiments._hunt_prey import (
    NOWHERE,
    OUTSIDE,
    Array,
    Interval,
    Prey,
    exactly,
    in_rationals,
    matrix_text,
    outward,
)
from lcs.bounds.enclose import Ends
from lcs.bounds.levenshtein import most_lines
from lcs.bounds.nullspace import within
from lcs.bounds.rank import Method, chebyshev, monomial

BITS = 50


def prey() -> Iterator[Prey]:
    """All of it."""
    for d, m, p in ((2, 3, 1), (3, 6, 1), (2, 5, 2), (3, 7, 3)):
        yield rank("LCS-rank-l1", Shape(d, m), p, monomial, of_power)
        yield rank("LCS-rank-l2", Shape(d, m), p, chebyshev, of_chebyshev)
    for d, m, p in ((2, 3, 1), (3, 6, 2)):
        yield rank("GKP26-lem7", Shape(d, m), p, monomial, of_power)
    for d, m, p in ((2, 3, 1), (3, 5, 2)):
        yield uneven(Shape(d, m), p)
    for d, m in ((2, 3), (2, 6), (3, 6)):
        yield volume(Shape(d, m))
    for d, m, k in ((2, 3, 1), (3, 4, 2), (3, 6, 1)):
        yield equiangular(Shape(d, m, k))
    for d, m, k in ((1, 3, 1), (3, 6, 1), (2, 4, 2), (2, 5, 1)):
        yield null_space(Shape(d, m, k))
    for d, m in ((2, 5), (3, 6), (4, 12)):
        yield lines(d, m)


def entries(shape: Shape, x: Array) -> Array:
    """|X_ij|/|X_ii| off the diagonal of X = B^T A: (m (m - 1),)."""
    A, B, _ = shape.take(x)
    X = B.T @ A
    off = ~np.eye(shape.m, dtype=bool)
    return np.abs(X / np.diag(X)[:, None])[off]


def of_power(p: int, mu: Array) -> Array:
    return mu ** (2 * p)


def of_chebyshev(p: int, mu: Array) -> Array:
    """1/T_p(1/mu)^2; the measure takes it from the library, in rationals."""
    inside = np.cosh(p * np.arccosh(np.maximum(1 / mu, 1))) ** -2.0
    return np.where(mu < 1, inside, OUTSIDE * mu)


def rank(
    claim: str,
    shape: Shape,
    p: int,
    method: Method,
    contrast: Callable[[int, Array], Array],
) -> Prey:
    """D(d) (1 + (m-1) c)/m >= 1, c the contrast of degree p at the largest entry of X."""
    d, m = shape.d, shape.m
    count = method(p, Fraction(1, 2))[0](d)

    def parts(x: Array) -> Array:
        return count * (1 + (m - 1) * contrast(p, entries(shape, x))) / m - 1

    def measured(x: Array) -> Interval:
        mu = Fraction(np.max(entries(shape, exactly(x))))
        if mu >= 1:
            return NOWHERE
        slack = count * (1 + (m - 1) * method(p, mu)[1]) / m - 1
        return outward(slack, slack)

    kind = "monomial" if method is monomial else "Chebyshev"
    return Prey(
        claim=claim,
        says=f"rank d = {d} carries m = {m} unit diagonal entries only above the {kind} bound of "
        f"degree {p}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        tight=p == 1,
    )


def uneven(shape: Shape, p: int) -> Prey:
    """Corollary 8 as the finite inequality behind it: C(r+p-1,p) >= n/(1 + (n-1)(e/g)^{2p})."""
    n, off = shape.m, ~np.eye(shape.m, dtype=bool)
    count = monomial(p, Fraction(1, 2))[0](shape.d)

    def parts(x: Array) -> Array:
        A, B, _ = shape.take(x)
        C = B.T @ A
        ratio = np.abs(C)[off] / np.min(np.abs(np.diag(C)))
        return count * (1 + (n - 1) * of_power(p, ratio)) / n - 1

    return Prey(
        claim="GKP26-cor8",
        says=f"rank {shape.d} carries n = {n} diagonal entries >= g only above the monomial bound "
        f"at e/g of degree {p}",
        parts=parts,
        start=shape.start,
        measured=in_rationals(parts),
        at=shape.at,
        tight=p == 1,
    )


def volume(shape: Shape) -> Prey:
    """((3 - mu)/(1 - mu))^d >= 2m + 1."""

    def slack(mu: Array) -> Array:
        return ((3 - mu) / (1 - mu)) ** shape.d / (2 * shape.m + 1) - 1

    def parts(x: Array) -> Array:
        mu = entries(shape, x)
        return np.where(mu < 1, slack(np.minimum(mu, 1 - 1e-9)), OUTSIDE * mu)

    def measured(x: Array) -> Interval:
        mu = Fraction(np.max(entries(shape, exactly(x))))
        return outward(slack(mu), slack(mu)) if mu < 1 else NOWHERE  # pyright: ignore[reportArgumentType]

    return Prey(
        claim="LCS-volume",
        says=f"((3 - mu)/(1 - mu))^d is at least 2m + 1, d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
    )


def equiangular(shape: Shape) -> Prey:
    """No pair has error below k mu/(1 + mu) where an equiangular tight frame has it."""
    low, high = welch_error(shape.d, shape.m)
    parts, measured = beyond(
        lambda x: tops(shape.residual(x), shape.k), (shape.k * low, shape.k * high)
    )
    return Prey(
        claim="LCS-etf-exact",
        says=f"no pair has a smaller error at k = {shape.k} than the tight frame, d = {shape.d}, "
        f"m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        tight=True,
    )


def null_space(shape: Shape) -> Prey:
    """Error at sparsity k >= min(1, k q/(m lam(q))), q = m - d."""
    low, high = (x * shape.k / shape.m for x in null_share(shape.m - shape.d))
    bound = min(Fraction(1), low), min(Fraction(1), high)
    parts, measured = beyond(lambda x: tops(shape.residual(x), shape.k), bound)
    return Prey(
        claim="LCS-nullspace-bound",
        says=f"the error at k = {shape.k} is at least k q/(m lam(q)), d = {shape.d}, m = {shape.m}",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        tight=(shape.d, shape.m) in ((1, 3), (3, 6)),  # q(q+1)/2 = m: equiangular lines
    )


def null_share(q: int) -> Ends:
    """q/lam(q) of the library's predicate, enclosed by halving."""
    return _halved(lambda share: within(q, share, False), Fraction(q))


def _halved(holds: Callable[[Fraction], bool], high: Fraction) -> Ends:
    """Where a predicate of rationals in (0, high] begins to hold, enclosed to high 2^-BITS."""
    low = Fraction(0)
    for _ in range(BITS):
        middle = (low + high) / 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return low, high


def lines(d: int, m: int) -> Prey:
    """Levenshtein: some pair of m unit columns of R^d has at least the cosine that allows m."""
    low, high = _halved(lambda s: s == 1 or (most_lines(d, s, enough=m) or m) >= m, Fraction(1))
    off = np.triu_indices(m, 1)

    def squares(x: Array) -> Array:
        A = x.reshape(d, m)
        G = A.T @ A
        lengths = np.diag(G)
        return (G * G / np.outer(lengths, lengths))[off]

    parts, measured = beyond(squares, (low * low, high * high))
    return Prey(
        claim="LCS-levenshtein",
        says=f"m = {m} lines of R^{d} have a squared cosine of at least Levenshtein's",
        parts=parts,
        start=lambda rng: rng.standard_normal(d * m),
        measured=measured,
        at=lambda x: matrix_text(A=x.reshape(d, m)),
        tight=True,
    )
