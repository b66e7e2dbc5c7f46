"""The error of linear readout on random signals: what is typically seen, never the worst case."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import special

from lcs.codes.matrix import Matrix
from lcs.linear._inputs import Pair, checked_ks, checked_pair
from lcs.threads import one_blas_thread

Values = Literal["signs", "uniform", "bernoulli"]


@dataclass(frozen=True, slots=True, eq=False)
class ErrorSeen:
    """The distribution of ||c B^T A z - z||_inf over random k-sparse z, from independent draws."""

    draws: int
    mean: float
    mean_interval: tuple[float, float]  # Student's t
    quantiles: NDArray[np.float64]  # (q,) levels
    quantile_values: NDArray[np.float64]  # (q,)
    quantile_intervals: NDArray[np.float64]  # (q, 2) order statistics, distribution-free
    largest: float  # a sampled maximum: a lower bound on the worst case, usually far below it


def error_seen(
    A: Matrix,
    B: Matrix | None = None,
    *,
    k: int,
    rng: np.random.Generator,
    draws: int = 10_000,
    values: Values = "signs",
    scale: float = 1.0,
    confidence: float = 0.95,
    quantiles: Sequence[float] = (0.5, 0.9, 0.99),
) -> ErrorSeen:
    """Sample the error of reading random k-sparse z out of A z with the probes c B.

    Parameters
    ----------
    A, B: (d, m), as `worst_case_error`. k: size of the support, drawn uniformly.
    values: on the support "signs" (+-1), "uniform" (on [-1, 1]) or "bernoulli" (0 or 1, evenly).
    draws: number of signals. scale: c. confidence: level of every interval.
    quantiles: levels in (0, 1).

    Returns an `ErrorSeen`; intervals for quantiles are order statistics chosen by the binomial
    law, infinite where `draws` is too small to bound a quantile on that side.
    Raises TypeError or ValueError as `worst_case_error`, and for the other parameters.

    >>> A = np.eye(3)
    >>> error_seen(A, k=2, rng=np.random.default_rng(0), draws=10).mean
    0.0
    """
    pair = checked_pair(A, B)
    (k,) = checked_ks([k], pair.m)
    levels = _checked(rng, draws, values, scale, confidence, quantiles)
    with one_blas_thread():
        errors = _errors(pair, k, rng, draws, values, float(scale))
    return summary(errors, confidence=confidence, quantiles=levels)


def summary(
    errors: NDArray[np.float64],
    *,
    confidence: float = 0.95,
    quantiles: Sequence[float] | NDArray[np.float64] = (0.5, 0.9, 0.99),
) -> ErrorSeen:
    """Summarise independent errors, (n,) with n >= 2, of any decoder as `error_seen` does.

    >>> summary(np.array([0.0, 1.0, 2.0])).mean
    1.0
    """
    errors, levels = np.sort(errors), np.asarray(quantiles, dtype=np.float64)
    unit = float(errors[-1]) or 1.0  # so that squares of huge errors stay in range
    mean, deviation = (
        unit * float(np.mean(errors / unit)),
        unit * float(np.std(errors / unit, ddof=1)),
    )
    half = float(special.stdtrit(errors.size - 1, (1 + confidence) / 2)) * deviation
    half /= errors.size**0.5
    return ErrorSeen(
        draws=errors.size,
        mean=mean,
        mean_interval=(mean - half, mean + half),
        quantiles=levels,
        quantile_values=np.quantile(errors, levels),
        quantile_intervals=np.array([order_interval(errors, q, confidence) for q in levels]),
        largest=float(errors[-1]),
    )


def _errors(
    pair: Pair, k: int, rng: np.random.Generator, draws: int, values: Values, c: float
) -> NDArray[np.float64]:
    """||c B^T A z - z||_inf of each draw, in batches of at most 2^22 entries of B^T A z."""
    probes = pair.A if pair.B is None else pair.B
    errors = np.empty(draws)
    step = max(1, 2**22 // max(pair.m, pair.d * k))
    for first in range(0, draws, step):
        n = min(step, draws - first)
        support = np.argpartition(rng.random((n, pair.m)), k - 1, axis=1)[:, :k]
        z = _values(values, (n, k), rng).astype(pair.A.dtype)
        x = np.einsum("dnk,nk->nd", pair.A[:, support], z)  # A z, from the k columns alone
        read = c * (x @ probes)
        np.put_along_axis(read, support, np.take_along_axis(read, support, 1) - z, axis=1)
        errors[first : first + n] = np.max(np.abs(read), axis=1)
    return errors


def _values(values: Values, shape: tuple[int, int], rng: np.random.Generator) -> Matrix:
    if values == "uniform":
        return rng.uniform(-1, 1, shape)
    coin = rng.integers(0, 2, shape).astype(np.float64)
    return coin if values == "bernoulli" else 2 * coin - 1


def order_interval(
    errors: NDArray[np.float64], level: float, confidence: float
) -> tuple[float, float]:
    """Order statistics of sorted errors that enclose the quantile: #{errors <= it} is binomial."""
    n, tail = errors.size, (1 - confidence) / 2
    below = special.bdtr(np.arange(n + 1), n, level)
    low, high = np.searchsorted(below, tail), np.searchsorted(below, 1 - tail) + 1
    padded = np.concatenate([[-np.inf], errors, [np.inf]])
    return float(padded[low]), float(padded[min(high, n + 1)])


def _checked(
    rng: np.random.Generator,
    draws: int,
    values: str,
    scale: float,
    confidence: float,
    quantiles: Sequence[float],
) -> NDArray[np.float64]:
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    if not isinstance(draws, int | np.integer) or isinstance(draws, bool) or draws < 2:
        raise ValueError(f"draws must be an integer >= 2; got {draws!r}")
    if values not in get_args(Values):
        raise ValueError(f"values must be one of {', '.join(get_args(Values))}; got {values!r}")
    if not isinstance(scale, Real) or isinstance(scale, bool) or not np.isfinite(float(scale)):
        raise ValueError(f"scale must be a finite number; got {scale!r}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie in (0, 1); got {confidence!r}")
    levels = np.asarray(quantiles, dtype=np.float64)
    if levels.ndim != 1 or not np.all((levels > 0) & (levels < 1)):
        raise ValueError(f"quantiles must lie in (0, 1); got {quantiles!r}")
    return levels
