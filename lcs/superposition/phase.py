"""The phase diagram of one feature too many: what theory says, and what is best.

m features of importance 1 and one of importance r have m dimensions. Three outcomes compete:
    IGNORED         the last is not represented: r s3, s3 = p/3 - p^2/4;
    SUPERPOSITION   it shares a dimension with another, in opposite directions: (1 + r) p^2/6;
    DEDICATED       it has its own: s3, another is ignored, or p^2/3, two others share (m >= 2).
Proof. Unrepresented, a feature is read as its mean, with its variance s3 as loss. Of an antipodal
pair, b = 0, relu(x - y) misses x by min(x, y), whose square has mean 1/6 when both are active.
Reference: Elhage et al. 2022, Toy models of superposition, section on phase diagrams.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.toy_pair import pair_optima
from lcs.superposition.features import Array

TRIPLE = 4 / 7
"""The density at which all three outcomes cost the same, at r = 1 and m = 1."""

SEEN = 1e-3
"""Relative length from which a feature counts as represented: optima have 0, or well over .01."""

_STARTS = [[1, 0, 0, 0.3], [0, 1, 0.3, 0], [1, -1, 0, 0], [0.1, -0.1, 0, 0]]
_STEPS, _FLAT = 300, 1e-11


class Phase(IntEnum):
    """What becomes of the last feature."""

    IGNORED = 0
    SUPERPOSITION = 1
    DEDICATED = 2


def theory_losses(p: ArrayLike, r: ArrayLike, *, m: int = 1) -> Array:
    """Return the loss of each `Phase` in theory, (3, ...), for density p and importance r.

    Parameters: `p` in (0, 1] and `r` >= 0, of shapes that broadcast; `m` dimensions, >= 1.
    Raises ValueError for p, r or m out of range.

    >>> theory_losses(0.3, 0.5).argmin()
    np.int64(1)
    """
    p, r = _checked(p, r)
    if m < 1:
        raise ValueError(f"m must be >= 1; got {m}")
    s3 = p / 3 - p**2 / 4
    alone = s3 if m == 1 else np.minimum(s3, p**2 / 3)
    return np.stack(np.broadcast_arrays(r * s3, (1 + r) * p**2 / 6, alone))


def theory_phase(p: ArrayLike, r: ArrayLike, *, m: int = 1) -> NDArray[np.int64]:
    """Return the `Phase` of least loss in theory; the first of them where several are equal."""
    return np.argmin(theory_losses(p, r, m=m), axis=0)


def boundary(p: ArrayLike) -> Array:
    """Return the importance below which the second of two features is not represented, m = 1.

    It is 2p/(4 - 5p), in superposition above, up to p = 4/7; and 1 beyond, dedicated above.
    The other boundary of superposition is at 1/r: swap the two features.

    >>> boundary([0.4, 4 / 7, 0.9]).round(12)
    array([0.4, 1. , 1. ])
    """
    p, _ = _checked(p, 0.0)
    return np.minimum(1.0, 2 * p / np.maximum(4 - 5 * p, 2 * p))


@dataclass(frozen=True, slots=True, eq=False)
class PairOptima:
    """The best models found of two features in one dimension, for each density and importance.

    A search proves nothing: a better model may exist. `share` says how many starts agree.
    """

    loss: Array  # of the shape asked for
    W: Array  # (..., 2)
    b: Array  # (..., 2)
    share: Array  # of the starts, within 1e-9 of the best relative to it

    @property
    def phase(self) -> NDArray[np.int64]:
        """The `Phase` of each: superposition where both features have a direction."""
        lengths = np.abs(self.W)
        both = lengths.min(axis=-1) > SEEN * lengths.max(axis=-1)
        single = np.where(lengths[..., 1] > lengths[..., 0], Phase.DEDICATED, Phase.IGNORED)
        return np.where(both, Phase.SUPERPOSITION, single)


def pair_phases(
    p: ArrayLike, r: ArrayLike, *, rng: np.random.Generator, starts: int = 12
) -> PairOptima:
    """Minimise the exact ReLU loss of two features in one dimension, for every (p, r) given.

    Every cell is descended from the same starts by BFGS: those of theory, one near 0, and random
    ones, drawn once.

    Parameters: `p` in (0, 1] and `r` >= 0 of shapes that broadcast; `starts` >= 4.
    Returns `PairOptima`. Raises ValueError for p, r or starts out of range.

    >>> found = pair_phases(0.3, [0.1, 1.0], rng=np.random.default_rng(0))
    >>> found.phase.tolist() == [Phase.IGNORED, Phase.SUPERPOSITION]
    True
    """
    p, r = np.broadcast_arrays(*_checked(p, r))
    if starts < len(_STARTS):
        raise ValueError(f"starts must be at least {len(_STARTS)}; got {starts}")
    more = starts - len(_STARTS)
    drawn = np.c_[rng.uniform(-1.2, 1.2, (more, 2)), rng.uniform(-0.4, 0.4, (more, 2))]
    points = np.concatenate([np.array(_STARTS, dtype=np.float64), drawn])
    values, best = np.empty((p.size, starts)), np.empty((p.size, 4))
    flat = np.ascontiguousarray(p.ravel())
    pair_optima(flat, flat, np.ascontiguousarray(r.ravel()), points, _STEPS, _FLAT, values, best)
    loss = values.min(axis=1)
    share = np.mean(values <= loss[:, None] * (1 + 1e-9) + 1e-15, axis=1)
    best = best.reshape(*p.shape, 4)
    return PairOptima(loss.reshape(p.shape), best[..., :2], best[..., 2:], share.reshape(p.shape))


def _checked(p: ArrayLike, r: ArrayLike) -> tuple[Array, Array]:
    p, r = np.asarray(p, np.float64), np.asarray(r, np.float64)
    if not np.all((p > 0) & (p <= 1)):
        raise ValueError(f"p must lie in (0, 1]; got {p}")
    if not np.all((r >= 0) & np.isfinite(r)):
        raise ValueError(f"r must be finite and >= 0; got {r}")
    return p, r
