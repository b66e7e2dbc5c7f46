"""Prey of decoders on [0, 1]: signals against worst cases, kernels against affine decoders."""

from collections.abc import Iterator

import numpy as np

from experiments._hunt_pairs import Shape
from experiments._hunt_prey import Array, Interval, Prey, in_rationals
from lcs.linear.activations import affine_worst_case, relu_worst_case


def prey() -> Iterator[Prey]:
    """All of it."""
    for d, m, k in ((2, 4, 1), (2, 4, 2), (3, 5, 2)):
        yield affine(Shape(d, m, k, kernel=True))
    for k in (1, 2, 3):
        yield decoder("LCS-relu-worst-case", Shape(2, 4, k))
        yield decoder("TMS-worst-case", Shape(2, 4, k))


def affine(shape: Shape) -> Prey:
    """Every affine decoder of feature 0 errs by w_0/2 for each w of the kernel in the ball."""
    m, k = shape.m, shape.k
    choices = np.array([[bool(s >> j & 1) for j in range(m)] for s in range(2**m)])
    choices = choices[choices.sum(axis=1) <= k].astype(int)

    def parts(x: Array) -> Array:
        r, (_, _, w) = shape.residual(x[:-1])[0], shape.take(x[:-1])
        # All signals of {0, 1}^m with at most k ones; the offset is the last number of x.
        values = choices @ r + x[-1]
        up, down = np.maximum(w, 0).sum(), np.maximum(-w, 0).sum()
        gauge = max(np.max(np.abs(w)), up / k, down / k)
        return np.abs(values) - w[0] / (2 * gauge)

    return Prey(
        claim="LCS-affine-one-dimension",
        says=f"an affine decoder of feature 1 errs by at least w_1/2 for A w = 0 in the ball, "
        f"k = {k}, d = {shape.d}, m = {m}",
        parts=parts,
        start=lambda rng: np.append(shape.start(rng), 0.2 * rng.standard_normal()),
        measured=in_rationals(parts),
        at=lambda x: f"{shape.at(x[:-1])}, c = {x[-1]:.10g}",
        relative=False,
        tight=True,
    )


def decoder(claim: str, shape: Shape) -> Prey:
    """No k-sparse z in [0, 1]^m errs by more than the worst case in closed form."""
    relu = claim == "LCS-relu-worst-case"
    worst_case = relu_worst_case if relu else affine_worst_case

    def take(x: Array) -> tuple[Array, Array | None, Array, Array]:
        A, B, z = shape.take(x[: -shape.m])
        kept = np.clip(z, 0, 1)
        kept[np.argsort(kept, kind="stable")[: shape.m - shape.k]] = 0
        return A, B if relu else None, x[-shape.m :], kept

    def both(x: Array) -> tuple[Array, float, float]:
        A, B, c, z = take(x)
        worst = worst_case(A, B, c, k=shape.k, features=[0])
        u = (A if B is None else B)[:, 0] @ A @ z + c[0]
        seen = abs((max(0.0, u) if relu else u) - z[0])
        return worst.values, float(seen), float(worst.rounding[0])

    def parts(x: Array) -> Array:
        values, seen, _ = both(x)
        return values - seen

    def measured(x: Array) -> Interval:
        values, seen, rounding = both(x)
        slack, off = float(values[0]) - seen, 4 * rounding  # of the error seen, too
        return slack - off, slack + off

    which = "ReLU" if relu else "linear model's"
    return Prey(
        claim=claim,
        says=f"no {shape.k}-sparse z of [0, 1]^m errs by more than the worst case of the {which} "
        "decoder",
        parts=parts,
        start=lambda rng: np.concatenate([shape.start(rng), 0.3 * rng.standard_normal(shape.m)]),
        measured=measured,
        at=lambda x: shape.at(x[: -shape.m]),
        relative=False,
        tight=True,
        allowed=2_000,
    )
