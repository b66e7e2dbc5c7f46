"""Expected losses of toy models in rational arithmetic, and the patterns of active features."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from lcs.superposition.features import Features

Terms = list[tuple[Fraction, Fraction, int]]  # c, z, r: the sum of c relu(z)^r


def relu(z: Fraction) -> Fraction:
    return max(z, Fraction(0))


def averaged(terms: Terms, a: Fraction, weighted: bool) -> Terms:
    """The mean over x in [0, 1] of the terms at z + a x, or of x times them: by parts."""
    if a == 0:
        return [(c / (2 if weighted else 1), z, r) for c, z, r in terms]
    found: Terms = []
    for c, z, r in terms:
        if weighted:
            found.append((c / (a * (r + 1)), z + a, r + 1))
            scale = c / (a * a * (r + 1) * (r + 2))
            found += [(-scale, z + a, r + 2), (scale, z, r + 2)]
        else:
            found += [(c / (a * (r + 1)), z + a, r + 1), (-c / (a * (r + 1)), z, r + 1)]
    return found


def mean_relu(
    row: Sequence[Fraction], b: Fraction, power: int, weighted: Sequence[int] = ()
) -> Fraction:
    """E prod_{j in weighted} x_j relu(b + sum_j row_j x_j)^power, for x uniform on [0, 1]^k."""
    terms: Terms = [(Fraction(1), b, power)]
    for j, a in enumerate(row):
        terms = averaged(terms, a, j in weighted)
    return sum((c * relu(z) ** r for c, z, r in terms), Fraction(0))


def patterns(f: Features) -> Iterator[tuple[Fraction, tuple[int, ...]]]:
    """Every set of active features with its probability, from the rule and the densities."""
    loose = [(i,) for i in range(f.n) if not any(i in members for members in f.sets)]
    p = [Fraction(float(x)) for x in f.density]
    choices: list[list[tuple[Fraction, tuple[int, ...]]]] = []
    for group in [*f.sets, *loose]:
        if len(group) == 1 or f.rule == "coactive":
            events = [(p[group[0]], group)]
        elif f.rule == "exclusive-one":
            events = [(p[i] / len(group), (i,)) for i in group]
        else:
            events = [(p[i], (i,)) for i in group]
        rest = 1 - sum((q for q, _ in events), Fraction(0))
        choices.append([(rest, ()), *events])
    for choice in product(*choices):
        q = Fraction(1)
        for one, _ in choice:
            q *= one
        if q:
            yield q, tuple(i for _, group in choice for i in group)


def signs(f: Features, count: int) -> list[tuple[int, ...]]:
    return list(product((1, -1), repeat=count)) if f.signed else [(1,) * count]


def exact_relu_errors(G: NDArray, b: NDArray, f: Features) -> list[Fraction]:
    """E (x_i - relu(b_i + sum_j G_ij x_j))^2 of the stored numbers, for every i."""
    errors = [Fraction(0)] * f.n
    for q, active in patterns(f):
        flips = signs(f, len(active))
        for flip in flips:
            for i in range(f.n):
                bias = Fraction(float(b[i]))
                row = [s * Fraction(float(G[i, j])) for j, s in zip(active, flip, strict=True)]
                error = mean_relu(row, bias, 2)
                if i in active:
                    at = active.index(i)
                    error += Fraction(1, 3) - 2 * flip[at] * mean_relu(row, bias, 1, [at])
                errors[i] += q * error / len(flips)
    return errors


def exact_linear_errors(G: NDArray, b: NDArray, f: Features) -> list[Fraction]:
    """E (x_i - b_i - sum_j G_ij x_j)^2 of the stored numbers, for every i."""
    errors = [Fraction(0)] * f.n
    for q, active in patterns(f):
        for i in range(f.n):
            c = {j: Fraction(float(G[i, j])) - (i == j) for j in active}
            bias = Fraction(float(b[i]))
            half = Fraction(0) if f.signed else Fraction(1, 2)
            mean = bias + half * sum(c.values())
            variance = (Fraction(1, 3) - half**2) * sum(x * x for x in c.values())
            errors[i] += q * (mean**2 + variance)
    return errors


def random_weights(m: int, n: int, seed: int, size: float = 0.7) -> tuple[NDArray, NDArray]:
    """W (m, n) and b (n,) with some exact zeros and repeats left to chance."""
    rng = np.random.default_rng(seed)
    return size * rng.standard_normal((m, n)), 0.2 * rng.standard_normal(n)
