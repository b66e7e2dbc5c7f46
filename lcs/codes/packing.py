"""Packings: matrices found by optimisation, whose coherence is proved for the stored numbers.

Minimised is max |X_ij|/X_ii, i != j, of X = B^T A, over unit columns A = B or over free A and B.
By the collapse theorem that is all that the error at any sparsity depends on: with row i of X
scaled to diagonal 1/(1 + mu) the error at sparsity k is at most k mu/(1 + mu). A search proves no
lower bound: another packing of the same size may be better.
"""

import math
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from lcs._kernels.packing import descend
from lcs.codes._polish import polish, smooth_weights, split
from lcs.codes.code import is_integer, require

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]

SAME = 1e-5  # restarts that end this close to each other are counted as one optimum
_COLDEST = 2.0**15  # inverse temperature of the last smooth maximum
_WARMEST = (8.0, 1024.0)  # each restart draws that of its first: no one value suits every (d, m)
_MEMORY, _STEPS = 8, 500
_POLISHED = 5  # restarts taken to the last digits


class Stopped(Enum):
    """Why a search ended; the value is the sentence shown to the user."""

    EXACT = "known exactly, nothing to search for"
    SETTLED = "a local optimum to the last digits, the best of all restarts"
    LOOSE = "the best of all restarts, not settled to the last digits"
    INTERRUPTED = "interrupted: the best of the restarts done by then"


@dataclass(frozen=True, slots=True, eq=False)
class Packing:
    """A pair (A, B) with |<b_i, a_j>| <= coherence <b_i, a_i> for all i != j, proved.

    `values` holds what each restart reached, extrapolated to a maximum without smoothing and
    accurate to about 1e-6; the best of them were then improved further.
    """

    A: Array  # (d, m)
    B: Array  # (d, m), A itself for A = B
    coherence: float  # rounded up from exact arithmetic on the stored numbers
    values: Array  # (restarts done,)
    status: Stopped

    @property
    def d(self) -> int:
        """Neurons."""
        return self.A.shape[0]

    @property
    def m(self) -> int:
        """Features."""
        return self.A.shape[1]

    @property
    def tied(self) -> bool:
        """Whether the probes are the code itself."""
        return self.B is self.A

    @property
    def share(self) -> float:
        """The share of restarts within 1e-5 of the best of them; 1 where nothing was searched."""
        return float(np.mean(self.values <= self.values.min() + SAME)) if self.values.size else 1.0

    def error_bound(self, k: int = 1) -> Fraction:
        """Return min(1, k mu/(1 + mu)), the error at sparsity k with rows scaled as above, exactly.

        Parameters: k active features. Raises ValueError unless 1 <= k <= m.
        """
        require(is_integer(k) and 1 <= k <= self.m, f"k must satisfy 1 <= k <= m = {self.m}", k)
        mu = Fraction(self.coherence)
        return min(Fraction(1), int(k) * mu / (1 + mu))

    def suffices(self, k: int, eps: Fraction | float | int | str, *, strict: bool = True) -> bool:
        """Whether k active features are read to error < eps (<= eps if not strict), proved.

        A search approaches the optimum from above: at an eps/k where the optimum itself only just
        suffices, such as that of a tight frame, no packing found here does.
        Raises ValueError unless 1 <= k <= m and eps is a number > 0.
        """
        try:
            level = Fraction(eps)
        except (ValueError, OverflowError, TypeError, ZeroDivisionError):
            level = Fraction(0)
        require(level > 0, "eps must be a finite number > 0", eps)
        return self.error_bound(k) < level if strict else self.error_bound(k) <= level


def pack(
    d: int,
    m: int,
    *,
    rng: np.random.Generator,
    restarts: int = 200,
    tied: bool = True,
    threads: int = 1,
    keep: bool = False,
    progress: Progress | None = None,
) -> Packing:
    """Search for m columns in R^d of least coherence.

    Each restart lowers the smooth maximum (1/beta) log sum exp(+-beta X_ij) through rising beta by
    L-BFGS from a normal draw; Newton's method on the pairs that attain the maximum, found with
    linear programmes, takes the best five to the last digits.

    Parameters
    ----------
    d, m: dimension and number of columns. d >= m and d = 1 are answered exactly.
    rng: one generator per restart is spawned from it, so that no order of work changes a bit.
    restarts: independent starts, >= 1.
    tied: True for A = B, unit columns; False for free A and B.
    threads: restarts run at a time; the result does not depend on it.
    keep: on an interrupt return the best so far instead of raising KeyboardInterrupt.
    progress: called as progress(restarts done, restarts in all).

    Returns a `Packing`. Raises TypeError unless rng is a Generator and tied and keep are bools,
    ValueError unless d, m, restarts and threads are integers >= 1.
    Reference: Conway, Hardin, Sloane, Packing lines, planes, etc., Exper. Math. 5 (1996).

    >>> icosahedron = pack(3, 6, rng=np.random.default_rng(0), restarts=5)
    >>> round(icosahedron.coherence * 5**0.5, 12), icosahedron.status.name
    (1.0, 'SETTLED')
    """
    _check(d, m, restarts, threads, rng, tied, keep)
    if d >= m or d == 1:
        A = np.eye(d, m) if d >= m else np.ones((1, m))
        return Packing(A, A, proved_coherence(A, A), np.zeros(0), Stopped.EXACT)
    starts = rng.spawn(restarts)
    ends: list[Array] = []
    interrupted = False
    with threadpool_limits(limits=1, user_api="blas"):
        try:
            with closing(_descents(d, m, tied, starts, threads)) as descents:
                for x in descents:
                    ends.append(x)
                    if progress is not None:
                        progress(len(ends), restarts)
        except KeyboardInterrupt:
            if not (keep and ends):
                raise
            interrupted = True
        A, B, values, settled = _best(ends, m, tied)
    status = Stopped.SETTLED if settled else Stopped.LOOSE
    status = Stopped.INTERRUPTED if interrupted else status
    return Packing(A, B, proved_coherence(A, B), values, status)


def proved_coherence(A: Array, B: Array) -> float:
    """Return max |<b_i, a_j>|/|<b_i, a_i>| over i != j, in integer arithmetic, rounded up.

    Parameters: A, B (d, m) in float64, of finite entries. Returns inf where some <b_i, a_i> is 0.

    >>> proved_coherence(np.array([[3.0, 1.0]]), np.array([[1.0, 1.0]]))
    3.0
    """
    X = np.abs(_integers(B).T @ _integers(A))
    largest = Fraction(0)
    for i, row in enumerate(X):
        others = max(np.delete(row, i), default=0)
        if others and not row[i]:
            return math.inf
        largest = max(largest, Fraction(others, row[i] or 1))
    rounded = float(largest)
    return rounded if Fraction(rounded) >= largest else math.nextafter(rounded, math.inf)


def _check(
    d: object,
    m: object,
    restarts: object,
    threads: object,
    rng: object,
    tied: object,
    keep: object,
) -> None:
    counts = {"d": d, "m": m, "restarts": restarts, "threads": threads}
    for name, n in counts.items():
        require(is_integer(n) and n >= 1, f"{name} must be an integer >= 1", n)
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator; got {type(rng).__name__}")
    for name, flag in {"tied": tied, "keep": keep}.items():
        if not isinstance(flag, bool):
            raise TypeError(f"{name} must be True or False; got {flag!r}")


def _descents(
    d: int, m: int, tied: bool, starts: list[np.random.Generator], threads: int
) -> Generator[Array, None, None]:
    """The end point of every restart, in order; closing it leaves out those not begun."""

    def descent(rng: np.random.Generator) -> Array:
        x = rng.standard_normal(m * d)
        if not tied:
            x = np.concatenate([x, x + 0.3 * rng.standard_normal(m * d)])
        warmest = _WARMEST[0] * (_WARMEST[1] / _WARMEST[0]) ** rng.random()
        stages = 1 + math.ceil(math.log(_COLDEST / warmest, 8))
        descend(x, m, np.geomspace(warmest, _COLDEST, stages), tied, _MEMORY, _STEPS)
        return x

    if threads == 1:
        yield from map(descent, starts)
        return
    with ThreadPoolExecutor(threads) as pool:
        try:
            yield from pool.map(descent, starts)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _best(ends: list[Array], m: int, tied: bool) -> tuple[Array, Array, Array, bool]:
    """A, B, the values of the ends, and whether the best settled."""
    values = np.array([smooth_weights(x, m, tied, _COLDEST)[0] for x in ends])
    best, mu, settled = ends[0], math.inf, False
    for n in np.argsort(values, kind="stable")[:_POLISHED]:
        if values[n] > mu + SAME:
            break  # it would have to fall below its own limit by more than it is known to
        x, done = polish(ends[n], m, tied, _COLDEST)
        reached = proved_coherence(*split(x, m, tied))
        if reached < mu:
            best, mu, settled = x, reached, done
    A, B = split(best, m, tied)
    A = np.ascontiguousarray(A)
    return A, A if tied else np.ascontiguousarray(B), values, settled


def _integers(A: Array) -> NDArray[np.object_]:
    """A times a power of two, in Python's integers."""
    ratios = [x.as_integer_ratio() for x in A.ravel().tolist()]
    scale = max(below for _, below in ratios)
    whole = np.array([above * (scale // below) for above, below in ratios], dtype=object)
    return whole.reshape(A.shape)
