"""What a trainer must not start with: each refusal names the rule and the value received."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs._kernels.train_update import RULES
from lcs.codes.code import is_integer, require
from lcs.superposition.features import Features
from lcs.superposition.model import MODELS, REDUCTIONS

SEEDS, CHAINS = 2**64, 2**32


def checked_laws(features: Features | Sequence[Features]) -> tuple[Features, ...]:
    """The laws, one or several of one n."""
    laws = (features,) if isinstance(features, Features) else tuple(features)
    if not laws or not all(isinstance(law, Features) for law in laws):
        kinds = sorted({type(law).__name__ for law in laws})
        raise TypeError(f"features must be Features, or several of them; got {kinds or 'none'}")
    sizes = sorted({law.n for law in laws})
    require(len(sizes) == 1, "features must agree in n", sizes)
    return laws


def checked_rates(learning_rate: float | ArrayLike, steps: int) -> NDArray[np.float64]:
    """The learning rate of each step, (steps,)."""
    rates = np.asarray(learning_rate, dtype=np.float64)
    rates = np.full(steps, rates) if rates.ndim == 0 else rates
    rule = f"learning_rate must be one number or (steps,) = ({steps},) of them"
    require(rates.shape == (steps,), rule, rates.shape)
    good = bool(np.all(np.isfinite(rates) & (rates >= 0)))
    require(good, "learning_rate must be finite and >= 0", learning_rate)
    return np.ascontiguousarray(rates)


def checked_records(record: Sequence[int], steps: int) -> NDArray[np.int64]:
    """The steps at which something is kept, in order, the last of all among them."""
    good = all(is_integer(s) and 0 <= s <= steps for s in record)
    require(good, f"record must hold integers from 0 to steps = {steps}", record)
    return np.array(sorted({*map(int, record), steps}), dtype=np.int64)


def check_counts(**counts: object) -> None:
    """Each is an integer >= 1."""
    for name, value in counts.items():
        require(is_integer(value) and value >= 1, f"{name} must be an integer >= 1", value)


def check_seed(seed: object, first: object, chains: int) -> None:
    """The seed fits two words, and the number of every chain one."""
    good = is_integer(seed) and 0 <= seed < SEEDS
    require(good, "seed must be an integer with 0 <= seed < 2^64", seed)
    good = is_integer(first) and first >= 0 and first + chains <= CHAINS
    require(good, "first must be >= 0, and first + the number of chains <= 2^32", first)


def check_choices(model: object, optimizer: object, reduction: object) -> None:
    """Each is one of those known."""
    known = {"model": MODELS, "optimizer": RULES, "reduction": REDUCTIONS}
    for name, value in {"model": model, "optimizer": optimizer, "reduction": reduction}.items():
        require(value in known[name], f"{name} must be one of {', '.join(known[name])}", value)


def check_numbers(betas: tuple[float, float], **numbers: float) -> None:
    """Each is finite and >= 0, and the betas are below 1."""
    for name, value in numbers.items():
        good = math.isfinite(value) and value >= 0
        require(good, f"{name} must be finite and >= 0", value)
    good = len(betas) == 2 and all(0 <= beta < 1 for beta in betas)
    require(good, "betas must be two numbers in [0, 1)", betas)
