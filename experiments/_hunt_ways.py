"""Ways to make a slack small: descent on a smooth maximum, evolution, steps of integers.

All spend evaluations through one `Chase`, which keeps the best point met and ends the way when
they are used up, so that a round costs what it is given and no more.
"""

import numpy as np
from scipy.optimize import minimize

from experiments._hunt_prey import Array, Prey

FAR = 1e6  # stands for inf, where a solver needs a number
SHARPNESS = (10.0, 100.0, 1e3, 1e4)
STEP = 1e-7  # of difference quotients


class SpentError(Exception):
    """The evaluations allowed are used up."""


class Chase:
    """One hunt from one start: counts evaluations and remembers the best point."""

    def __init__(self, prey: Prey, x: Array) -> None:
        """Begin at x (n,)."""
        self.prey, self.allowed, self.spent = prey, prey.allowed, 0
        self.best, self.least = x, np.inf
        self.width = self.parts(x).size

    def parts(self, x: Array) -> Array:
        """The parts of the slack at x, FAR in place of what is no number."""
        if self.spent >= self.allowed:
            raise SpentError
        self.spent += 1
        with np.errstate(all="ignore"):
            parts = np.asarray(self.prey.parts(x), dtype=np.float64)
        worst = float(np.max(parts))
        if np.isfinite(worst) and worst < self.least:
            self.best, self.least = np.array(x), worst
        return np.where(np.isfinite(parts), np.clip(parts, -FAR, FAR), FAR)

    def slopes(self, x: Array, at: Array) -> Array:
        """The derivatives of every part by every coordinate, (parts, n), `at` being parts(x)."""
        J = np.empty((at.size, x.size))
        for i in range(x.size):
            h = STEP * max(1.0, abs(float(x[i])))
            moved = x.copy()
            moved[i] += h
            J[:, i] = (self.parts(moved) - at) / h
        return J


def chase(prey: Prey, number: int, rng: np.random.Generator) -> Chase:
    """Hunt once: the ways take turns with the number of the round, and end in a polish.

    Parameters: `number` of the round, which chooses the way; `rng`, of this round alone.
    Returns the `Chase` at its end.
    """
    hunt = Chase(prey, prey.start(rng))
    try:
        if prey.whole:
            walk(hunt, rng)
        if number % 2 == 0:
            descend(hunt)
        else:
            evolve(hunt, rng, 0.3, share=0.5)
        for sigma in (0.03, 1e-2, 1e-3, 1e-4):
            polish(hunt)
            evolve(hunt, rng, sigma, share=0.4)
    except SpentError:
        pass
    return hunt


def descend(hunt: Chase) -> None:
    """Descend ln(sum exp(s parts))/s by L-BFGS for growing sharpness s."""
    for sharpness in SHARPNESS:

        def smooth(x: Array, s: float = sharpness) -> tuple[float, Array]:
            parts = hunt.parts(x)
            top = float(parts.max())
            weights = np.exp(s * (parts - top))
            total = float(weights.sum())
            slope = (weights / total) @ hunt.slopes(x, parts)
            return top + np.log(total) / s, slope

        minimize(smooth, hunt.best, jac=True, method="L-BFGS-B")
        if hunt.width == 1:
            break  # one part alone is smooth already


def polish(hunt: Chase) -> None:
    """Minimise t subject to t >= every part, by sequential quadratic programming (SLSQP)."""
    start = hunt.best
    n = start.size

    def room(v: Array) -> Array:
        return v[n] - hunt.parts(v[:n])

    def slopes(v: Array) -> Array:
        J = hunt.slopes(v[:n], hunt.parts(v[:n]))
        return np.column_stack([-J, np.ones(len(J))])

    minimize(
        lambda v: float(v[n]),
        np.append(start, hunt.least),
        jac=lambda v: np.append(np.zeros(n), 1.0),
        constraints={"type": "ineq", "fun": room, "jac": slopes},
        method="SLSQP",
        options={"maxiter": 200, "ftol": 1e-15},
    )


def evolve(hunt: Chase, rng: np.random.Generator, sigma: float, *, share: float = 1.0) -> None:
    """Let a normal law adapt its mean, step and covariance to the best of its draws.

    A plain covariance matrix adaptation: half of the draws survive, ranked weights, rank-mu
    update with step length control by the path of the mean (Hansen 2016, the CMA tutorial).
    """
    mean, n = hunt.best.copy(), hunt.best.size
    sigma *= 1 + float(np.max(np.abs(mean), initial=0.0)) / 3
    count = 4 + int(3 * np.log(n))
    weights = np.log((count + 1) / 2) - np.log(np.arange(1, count // 2 + 1))
    weights /= weights.sum()
    mass = 1 / float(weights @ weights)
    pace = (mass + 2) / (n + mass + 5)
    learn = min(0.5, 2 * (mass - 2 + 1 / mass) / ((n + 2) ** 2 + mass) + 2 / ((n + 1.3) ** 2))
    usual = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    C, path, last = np.eye(n), np.zeros(n), hunt.spent + share * (hunt.allowed - hunt.spent)
    while hunt.spent < last and 1e-13 < sigma < 1e6:
        values, axes = np.linalg.eigh(C)
        lengths = np.sqrt(np.maximum(values, 1e-20))
        draws = rng.standard_normal((count, n))
        steps = (draws * lengths) @ axes.T
        found = np.array([hunt.parts(mean + sigma * step).max() for step in steps])
        best = np.argsort(found, kind="stable")[: weights.size]
        move = weights @ steps[best]
        mean = mean + sigma * move
        path = (1 - pace) * path + np.sqrt(pace * (2 - pace) * mass) * (
            weights @ draws[best] @ axes.T
        )
        sigma *= float(np.exp(min(1.0, pace * (np.linalg.norm(path) / usual - 1))))
        C = (1 - learn) * C + learn * (steps[best].T * weights) @ steps[best]


def walk(hunt: Chase, rng: np.random.Generator) -> None:
    """Step one or two integers up or down by lengths of every size, and keep what is no worse."""
    x, least = hunt.best, hunt.least
    while True:
        moved = x.copy()
        chosen = rng.permutation(x.size)[: 1 + int(rng.random() < 0.4)]
        sizes = np.abs(x[chosen]) + 1
        lengths = np.rint(np.exp(rng.uniform(0, np.log(sizes + 1))))
        moved[chosen] += rng.choice([-1.0, 1.0], chosen.size) * lengths
        value = float(hunt.parts(moved).max())
        if value <= least:
            x, least = moved, value
