"""Prey of the geometry of features and probes: Propositions 9 and 11, and their sharp forms."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from flint import arb

from experiments._hunt_pairs import Shape, tops
from experiments._hunt_prey import (
    NOWHERE,
    OUTSIDE,
    Array,
    Interval,
    Prey,
    exactly,
    matrix_text,
    outward,
)
from lcs.bounds.cosines import corrected_cosine, printed_cosine, sharp_cosine
from lcs.bounds.problem import ball, rational
from lcs.codes.pairs import lifted_pair, shifted_pair
from lcs.linear.error import worst_case_error
from lcs.rounding import U64, gamma

Bound = Callable[[float, float], float]
Enclosed = Callable[[Fraction, Fraction], arb]

ENOUGH = 4  # dimensions for the span of two features and their probes


def prey() -> Iterator[Prey]:
    """All of it."""
    for k, delta in ((1, 0.5), (2, 0.5), (2, 0.2)):
        yield shifted(k, delta)
    for k in (1, 2):
        yield own_cosine(k)
        yield cosine("GKP26-prop11", k, "corrected", corrected_cosine, _corrected)
        yield cosine("LCS-geometry-norms", k, "sharp", _sharp(k), _sharp_ball(k))
    yield cosine("GKP26-prop11", 2, "printed", printed_cosine, enclosed_printed)
    for of in ("own", "others"):
        yield lifted(of)


def shifted(k: int, delta: float, *, printed: bool = False) -> Prey:
    """The pair shifted along a* and b* has error at most k mu (1 + lam)^2, 1 + lam^2 if printed."""
    lam = (1 / delta - 1) ** 0.5
    growth = 1 + lam**2 if printed else (1 + lam) ** 2
    d, m = k + 3, k + 1

    def unit(x: Array) -> Array:
        C = x.reshape(d, m + 2)
        return C / np.linalg.norm(C, axis=0)

    def pair(C: Array) -> tuple[Array, Array]:
        return shifted_pair(C[:, :m], C[:, m], C[:, m + 1], delta_0=delta)

    def coherences(C: Array) -> Array:
        return np.abs(C.T @ C)[np.triu_indices(m + 2, 1)]

    def parts(x: Array) -> Array:
        C = unit(x)
        A, B = C[:, :m] + lam * C[:, m : m + 1], C[:, :m] + lam * C[:, m + 1 :]
        error = abs(np.sum(B[:, 0] @ A[:, 1:]))  # of the row that the search makes the worst
        return growth * k * coherences(C) / error - 1

    def measured(x: Array) -> Interval:
        C = unit(x)
        worst = worst_case_error(*pair(C), k=k)
        allowed = growth * k * float(np.max(coherences(C)))
        # C is of unit columns to rounding, and so are the inner products of its shifts.
        off = 4 * k * gamma(d + 8, U64) * (1 + lam) ** 2 + worst.rounding
        return (allowed - off) / (worst.value + off) - 1, (allowed + off) / (worst.value - off) - 1

    return Prey(
        claim="GKP26-prop9",
        says=f"shifted by lam = {lam:g}, mu-incoherent vectors err at k = {k} by at most "
        f"{growth:g} k mu",
        parts=parts,
        start=lambda rng: rng.standard_normal(d * (m + 2)),
        measured=measured,
        at=lambda x: matrix_text(C=unit(x)),
        tight=True,
    )


SHAPE = Shape(ENOUGH, 2)


def _start(rng: np.random.Generator) -> Array:
    """A pair that reads exactly, up to its size, in general position."""
    A = np.eye(ENOUGH)[:, :2] + rng.uniform(0, 1) * rng.standard_normal((ENOUGH, 2))
    B = np.linalg.pinv(A).T * rng.uniform(0.6, 1)
    size = np.sqrt(np.linalg.norm(B, axis=0) / np.linalg.norm(A, axis=0))
    return np.concatenate([(A * size).ravel(), (B / size).ravel(), np.ones(2)])


def _errors_and_squares(x: Array, k: int) -> tuple[Array, Array]:
    """Numbers whose largest are the error at sparsity k and g^2."""
    A, B, _ = SHAPE.take(x)
    return tops(SHAPE.residual(x), k), np.concatenate([(A * A).sum(axis=0), (B * B).sum(axis=0)])


def _over_both(x: Array, k: int, slack: Bound) -> Array:
    """slack(eps, g^2), growing in both, at all errors and lengths: the largest is at the worst."""
    errors, squares = _errors_and_squares(x, k)
    return np.array(
        [
            OUTSIDE * e if e >= 1 else slack(float(e), float(s)) if s >= 1 - e > 0 else -1.0
            for e in errors
            for s in squares
        ]
    )


def own_cosine(k: int) -> Prey:
    """cos(a_i, b_i) >= (1 - eps)/g^2."""

    def parts(x: Array) -> Array:
        A, B, _ = SHAPE.take(x)
        own = _cosine(A[:, 0], B[:, 0])
        return _over_both(x, k, lambda e, s: own * s / max(1 - e, 1e-9) - 1)

    def exact(A: Array, B: Array, eps: Fraction, square: Fraction) -> arb:
        return _ball_cosine(A[:, 0], B[:, 0]) * ball(square / (1 - eps)) - 1

    return _prop11("GKP26-prop11", k, "cos(a_i, b_i) is at least (1 - eps)/g^2", parts, exact)


def cosine(claim: str, k: int, name: str, bound: Bound, enclosed: Enclosed) -> Prey:
    """cos(a_1, a_2) is at most a bound that grows with eps and g."""

    def parts(x: Array) -> Array:
        A, _, _ = SHAPE.take(x)
        other = _cosine(A[:, 0], A[:, 1])
        return _over_both(x, k, lambda e, s: bound(e, s**0.5) - other)

    def exact(A: Array, B: Array, eps: Fraction, square: Fraction) -> arb:
        return enclosed(eps, square) - _ball_cosine(A[:, 0], A[:, 1])

    return _prop11(claim, k, f"cos(a_i, a_j) is at most the {name} bound", parts, exact)


def _prop11(
    claim: str,
    k: int,
    says: str,
    parts: Callable[[Array], Array],
    exact: Callable[[Array, Array, Fraction, Fraction], arb],
) -> Prey:
    def measured(x: Array) -> Interval:
        """Error and lengths in rationals, cosines in balls."""
        A, B, _ = SHAPE.take(exactly(x))
        errors, squares = _errors_and_squares(exactly(x), k)
        eps, square = Fraction(np.max(errors)), Fraction(np.max(squares))
        if eps >= 1:
            return NOWHERE
        slack = exact(A, B, eps, square)
        return outward(rational(slack.lower()), rational(slack.upper()))

    return Prey(
        claim=claim,
        says=f"{says}, k = {k}",
        parts=parts,
        start=_start,
        measured=measured,
        at=SHAPE.at,
        relative="at least" in says,
        tight=True,  # the bounds that are not sharp become so as eps -> 0
    )


def lifted(of: str) -> Prey:
    """Two more dimensions divide own cosines, and 1 - the others, by 1 + lam^2 exactly."""
    shape, delta = Shape(2, 3), 0.3

    def parts(x: Array) -> Array:
        A, B, _ = shape.take(x)
        A2, B2 = lifted_pair(A, B, delta_0=delta)
        own, other = _cosine(A[:, 0], B[:, 0]), _cosine(A[:, 0], A[:, 1])
        if of == "own":
            return np.array([-abs(_cosine(A2[:, 0], B2[:, 0]) - delta * own)])
        return np.array([-abs(1 - _cosine(A2[:, 0], A2[:, 1]) - delta * (1 - other))])

    def measured(x: Array) -> Interval:
        slack = float(parts(x)[0])
        off = 8 * gamma(shape.d + 12, U64)  # of two cosines, and of lifts rounded to float64
        return slack - off, slack + off

    return Prey(
        claim="LCS-geometry-2d",
        says=f"two more dimensions divide {of} as stated (minus the largest difference)",
        parts=parts,
        start=shape.start,
        measured=measured,
        at=shape.at,
        relative=False,
        tight=True,
    )


def _cosine(u: Array, v: Array) -> float:
    return float(u @ v / np.sqrt((u @ u) * (v @ v)))


def _ball_cosine(u: Array, v: Array) -> arb:
    return ball(_inner(u, v)) / ball(_inner(u, u) * _inner(v, v)).sqrt()


def _inner(u: Array, v: Array) -> Fraction:
    return sum((x * y for x, y in zip(u, v, strict=True)), Fraction(0))


def _tilt(eps: Fraction, square: Fraction) -> arb:
    return ball(max(Fraction(0), 1 - (1 - eps) ** 2 / square**2)).sqrt()


def enclosed_printed(eps: Fraction, square: Fraction) -> arb:
    return ball(eps * square / (1 - eps)) + _tilt(eps, square)


def _corrected(eps: Fraction, square: Fraction) -> arb:
    return ball(eps / (1 - eps)) + _tilt(eps, square)


def _sharp(k: int) -> Bound:
    return lambda eps, g: sharp_cosine(eps, g, k) if eps > 0 else 0.0


def _sharp_ball(k: int) -> Enclosed:
    """The statement's own form, where the library has a difference of angles."""

    def enclosed(eps: Fraction, square: Fraction) -> arb:
        if k > 1:
            return _tilt(eps, square)
        if eps >= Fraction(1, 2):
            return arb(1)
        fourth = square**2
        rest = (fourth - eps**2) * max(Fraction(0), fourth - (1 - eps) ** 2)
        return (ball(eps * (1 - eps)) + ball(rest).sqrt()) / ball(fourth)

    return enclosed
