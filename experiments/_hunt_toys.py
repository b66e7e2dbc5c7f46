"""Prey of toy models of superposition: identities and inequalities for every W."""

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from experiments._hunt_prey import Array, Interval, Prey, in_rationals, matrix_text
from lcs.linear.activations import relu_worst_case
from lcs.linear.best_biases import relu_biases
from lcs.superposition.attack import reach
from lcs.superposition.exact import exact_loss
from lcs.superposition.features import Features
from lcs.superposition.geometry import dimensionality, dimensions_per_feature
from lcs.superposition.loss_linear import linear_optimum, loss_linear
from lcs.superposition.model import Weights


def prey() -> Iterator[Prey]:
    """All of it."""
    for m, n in ((2, 3), (2, 5), (3, 7)):
        yield dimensionality_sum(m, n)
        yield vulnerability(m, n)
    for m, n in ((1, 3), (2, 5)):
        yield least_linear_loss(m, n)
        yield truncation(m, n)
        yield too_many(m, n)
    for k in (1, 2):
        yield best_bias(k)


Parts = Callable[[Array], Array]
Start = Callable[[np.random.Generator], Array]
Text = Callable[[Array], str]


def _of_weights(m: int, n: int) -> tuple[Parts, Start, Text]:
    """How W (m, n), from the first entries of x, is drawn and shown."""

    def take(x: Array) -> Array:
        return x[: m * n].reshape(m, n)

    def start(rng: np.random.Generator) -> Array:
        return np.concatenate([rng.standard_normal(m * n), 0.2 * rng.standard_normal(n)])

    def at(x: Array) -> str:
        return matrix_text(W=take(x), b=x[m * n :])

    return take, start, at


def dimensionality_sum(m: int, n: int) -> Prey:
    """sum_i D_i <= rank W <= m."""
    take, start, at = _of_weights(m, n)

    def parts(x: Array) -> Array:
        return np.array([1 - dimensionality(take(x)).sum() / m])

    def exact(x: Array) -> Array:
        G = take(x).T @ take(x)
        return np.array([1 - (np.diag(G) ** 2 / (G * G).sum(axis=1)).sum() / m])

    return Prey(
        claim="TMS-dimensionality-sum",
        says=f"dimensionalities of n = {n} features add up to at most m = {m}",
        parts=parts,
        start=start,
        measured=in_rationals(exact),
        at=at,
        tight=True,
    )


def vulnerability(m: int, n: int) -> Prey:
    """||W^T W||^2/||W||^2 >= 1/D*."""
    take, start, at = _of_weights(m, n)

    def parts(x: Array) -> Array:
        return np.array([reach(take(x)) * dimensions_per_feature(take(x)) - 1])

    def exact(x: Array) -> Array:
        W = take(x)
        F = W @ W.T
        return np.array([m * (F * F).sum() / (W * W).sum() ** 2 - 1])

    return Prey(
        claim="TMS-adversarial-dstar",
        says=f"outputs move by at least 1/D*, m = {m}, n = {n}",
        parts=parts,
        start=start,
        measured=in_rationals(exact),
        at=at,
        tight=True,
    )


def least_linear_loss(m: int, n: int) -> Prey:
    """No linear model has less loss than the most important features kept."""
    take, start, at = _of_weights(m, n)
    p, ratio = Fraction(1, 2), Fraction(3, 4)
    features = Features.of(n, density=float(p), importance=float(ratio) ** np.arange(n))
    least = linear_optimum(features, m)
    spread, weights = p / 3 - p**2 / 4, np.array([ratio**i for i in range(n)])

    def parts(x: Array) -> Array:
        return np.array([loss_linear(Weights(take(x), x[m * n :]), features).value / least - 1])

    def exact(x: Array) -> Array:
        """The loss in rationals, with W and b as they are stored."""
        R = take(x).T @ take(x) - np.eye(n, dtype=int)
        errors = (R * R).sum(axis=1) * spread + (x[m * n :] + R.sum(axis=1) * (p / 2)) ** 2
        return np.array([weights @ errors / (spread * weights[m:].sum()) - 1])

    return Prey(
        claim="TMS-linear-top-m",
        says=f"no linear model has less loss than the m = {m} most important of n = {n} kept",
        parts=parts,
        start=start,
        measured=in_rationals(exact),
        at=at,
        tight=True,
    )


def truncation(m: int, n: int) -> Prey:
    """Two truncations of the series of the ReLU loss differ by no more than their bounds."""
    take, start, at = _of_weights(m, n)
    features = Features.of(n, density=0.3)

    def parts(x: Array) -> Array:
        weights = Weights(take(x), x[m * n :])
        few, many = (exact_loss(weights, features, terms=terms) for terms in (4, 64))
        allowed = few.truncation + many.truncation + 1e-300
        return np.array([1 - abs(few.value - many.value) / allowed if allowed > 1e-9 else np.inf])

    def measured(x: Array) -> Interval:
        slack = float(parts(x)[0])
        weights = Weights(take(x), x[m * n :])
        found = [exact_loss(weights, features, terms=terms) for terms in (4, 64)]
        rounding = 1e-13 * (1 + found[0].value) / (found[0].truncation + found[1].truncation)
        return slack - rounding, slack + rounding

    return Prey(
        claim="TMS-relu-loss-exact",
        says=f"4 and 64 terms of the ReLU loss differ within their bounds, m = {m}, n = {n}",
        parts=parts,
        start=start,
        measured=measured,
        at=at,
        allowed=2_000,
    )


def too_many(m: int, n: int) -> Prey:
    """No ReLU model reads more than 2m features without error, even one at a time."""
    take, start, at = _of_weights(m, n)

    def parts(x: Array) -> Array:
        return relu_worst_case(take(x), None, x[m * n :], k=1).values

    def measured(x: Array) -> Interval:
        worst = relu_worst_case(take(x), None, x[m * n :], k=1)
        return float(np.max(worst.values - worst.rounding)), float(
            np.max(worst.values + worst.rounding)
        )

    return Prey(
        claim="TMS-k1-two-m",
        says=f"n = {n} > 2m features, m = {m}, are read with an error above 0",
        parts=parts,
        start=start,
        measured=measured,
        at=at,
        relative=False,
        allowed=3_000,
    )


def best_bias(k: int) -> Prey:
    """No bias has a smaller worst case than the one in closed form."""
    m, n = 2, 5
    take, start, at = _of_weights(m, n)

    def both(x: Array) -> tuple[Array, Array, float]:
        W, b = take(x), x[m * n :]
        any_bias = relu_worst_case(W, None, b, k=k)
        best = relu_worst_case(W, None, relu_biases(W, k=k), k=k)
        rounding = float(np.max(any_bias.rounding + best.rounding))
        return any_bias.values, best.values, rounding

    def parts(x: Array) -> Array:
        values, best, _ = both(x)
        return values[:1] - best[:1]

    def measured(x: Array) -> Interval:
        slack, off = float(parts(x)[0]), 4 * both(x)[2]  # and of the best bias, rounded itself
        return slack - off, slack + off

    return Prey(
        claim="TMS-best-bias",
        says=f"no bias errs less than the stated one at k = {k}",
        parts=parts,
        start=start,
        measured=measured,
        at=at,
        relative=False,
        tight=True,
        allowed=2_000,
    )
