"""Sparse features: which are active together, how often, and how much each matters.

An inactive feature is 0; an active one is uniform on [0, 1], or on [-1, 1] where features are
signed, whatever the others are. Groups are independent of each other: a set of features, or a
feature that is in no set. Within a set, by rule,
    coactive         all are active, or none;
    exclusive-one    with the probability of the set one member is active, drawn evenly;
    exclusive-fixed  member i alone is active with its own probability.
Reference: Elhage et al. 2022, Toy models of superposition (there: exclusive-one).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Rule = Literal["independent", "coactive", "exclusive-one", "exclusive-fixed"]
RULES: tuple[Rule, ...] = get_args(Rule)


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The distribution of a random input x (n,), and what an error in each entry costs.

    `density` (n,) in (0, 1]: P(x_i != 0), except that under "exclusive-one" the members of a set
    name the density of their set, and each is active with that divided by their number; see
    `active`. `importance` (n,) >= 0: the weight of (x_i - x_i')^2. `sets`: disjoint sets of indices
    that `rule` ties together; the members of a coactive or exclusive-one set have one density.

    Raises ValueError, with the value received, for a density outside (0, 1], importances that are
    negative or all 0, sets that overlap, and exclusive densities that sum to more than 1.

    >>> pairs = Features.of(4, density=0.5, sets=[(0, 1), (2, 3)], rule="exclusive-one")
    >>> pairs.active, pairs.set_of
    (array([0.25, 0.25, 0.25, 0.25]), array([0, 0, 1, 1]))
    """

    density: Array
    importance: Array
    sets: tuple[tuple[int, ...], ...] = ()
    rule: Rule = "independent"
    signed: bool = False

    def __post_init__(self) -> None:
        """Check everything once, and keep copies that cannot be written."""
        density = _vector("density", self.density)
        importance = _vector("importance", self.importance)
        if density.shape != importance.shape:
            raise ValueError(
                f"density and importance must agree in length; got {density.size} "
                f"and {importance.size}"
            )
        _require(np.all((density > 0) & (density <= 1)), "density must lie in (0, 1]", density)
        good = np.all(importance >= 0) and np.any(importance > 0)
        _require(good, "importance must be >= 0, and > 0 somewhere", importance)
        sets = tuple(tuple(int(i) for i in members) for members in self.sets)
        _check_sets(sets, self.rule, density)
        _require(isinstance(self.signed, bool), "signed must be True or False", self.signed)
        for name, value in (("density", density), ("importance", importance), ("sets", sets)):
            object.__setattr__(self, name, value)

    @classmethod
    def of(
        cls,
        n: int,
        *,
        density: ArrayLike,
        importance: ArrayLike = 1.0,
        sets: Iterable[Sequence[int]] = (),
        rule: Rule = "independent",
        signed: bool = False,
    ) -> Self:
        """Return n features; a single density or importance is that of every feature."""
        _require(
            isinstance(n, int | np.integer) and not isinstance(n, bool) and n >= 1,
            "n must be an integer >= 1",
            n,
        )
        p, I = (np.asarray(v, dtype=np.float64) for v in (density, importance))
        p, I = (np.full(n, v) if v.ndim == 0 else v for v in (p, I))
        _require(p.shape == (n,), f"density must be one number or n = {n} of them", p)
        _require(I.shape == (n,), f"importance must be one number or n = {n} of them", I)
        return cls(p, I, tuple(tuple(members) for members in sets), rule, signed)

    @property
    def n(self) -> int:
        """The number of features."""
        return self.density.size

    @property
    def set_of(self) -> NDArray[np.int64]:
        """The number of the set that each feature is in, or -1: (n,)."""
        owner = np.full(self.n, -1, dtype=np.int64)
        for number, members in enumerate(self.sets):
            owner[list(members)] = number
        return owner

    @property
    def active(self) -> Array:
        """P(x_i != 0): (n,)."""
        active = self.density.copy()
        if self.rule == "exclusive-one":
            for members in self.sets:
                active[list(members)] /= len(members)
        return active

    @property
    def mean(self) -> Array:
        """E x_i: (n,)."""
        return np.zeros(self.n) if self.signed else self.active / 2

    @property
    def covariance(self) -> Array:
        """E x_i x_j - E x_i E x_j: (n, n); features in different groups have none."""
        C = np.diag(self.active / 3 - self.mean**2)
        for members in self.sets:
            block = np.ix_(members, members)
            together = self.active[members[0]] if self.rule == "coactive" else 0.0
            mixed = (0.0 if self.signed else together / 4) - np.outer(self.mean, self.mean)[block]
            np.fill_diagonal(mixed, np.diag(C)[list(members)])
            C[block] = mixed
        return C

    def sample(self, count: int, *, rng: np.random.Generator) -> Array:
        """Draw `count` independent inputs, (count, n)."""
        _require(isinstance(count, int | np.integer) and count >= 0, "count must be >= 0", count)
        x = rng.random((count, self.n))
        if self.signed:
            x = 2 * x - 1
        toss = rng.random((count, self.n))
        on = toss < self.density
        for members in map(list, self.sets):
            shared = toss[:, members[0]]
            if self.rule == "coactive":
                on[:, members] = on[:, members[:1]]
            else:  # one toss falls in the interval of at most one member
                ends = np.cumsum(self.active[members])
                starts = np.concatenate([[0.0], ends[:-1]])
                on[:, members] = (shared[:, None] >= starts) & (shared[:, None] < ends)
        return np.where(on, x, 0.0)


def geometric_importance(n: int, ratio: float) -> Array:
    """Return the importances ratio^i, i = 0 .. n - 1: (n,).

    Raises ValueError unless n >= 1 and 0 < ratio is finite.

    >>> geometric_importance(3, 0.5)
    array([1.  , 0.5 , 0.25])
    """
    _require(isinstance(n, int | np.integer) and n >= 1, "n must be an integer >= 1", n)
    _require(0 < ratio < np.inf, "ratio must be finite and > 0", ratio)
    return np.float64(ratio) ** np.arange(n)


def _require(condition: object, rule: str, value: object) -> None:
    if not condition:
        raise ValueError(f"{rule}; got {value!r}")


def _vector(name: str, value: ArrayLike) -> Array:
    v = np.array(value, dtype=np.float64)
    if v.ndim != 1 or v.size == 0 or not np.all(np.isfinite(v)):
        raise ValueError(f"{name} must be a non-empty list of finite numbers; got {value!r}")
    v.flags.writeable = False
    return v


def _check_sets(sets: tuple[tuple[int, ...], ...], rule: Rule, density: Array) -> None:
    _require(rule in RULES, f"rule must be one of {', '.join(RULES)}", rule)
    _require((rule == "independent") == (not sets), f"rule {rule!r} does not go with sets", sets)
    members = [i for one in sets for i in one]
    inside = all(0 <= i < density.size for i in members) and all(sets)
    _require(inside, f"sets must hold indices with 0 <= i < n = {density.size}", sets)
    _require(len(members) == len(set(members)), "sets must not overlap", sets)
    for one in sets:
        p = density[list(one)]
        if rule == "exclusive-fixed":
            _require(p.sum() <= 1 + 1e-12, "densities of an exclusive set must sum to <= 1", p)
        else:
            _require(np.all(p == p[0]), f"members of a {rule} set must have one density", p)
