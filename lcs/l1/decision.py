"""Does l1-minimisation recover a signal? It depends on its support S and signs s alone.

The statement computed: every z with support S and signs s is the only minimiser of ||.||_1 over
{y : A y = A z} iff
    A_S is injective and some v has A_S^T v = s and |a_j^T v| < 1 for every j off S,
and is beaten strictly iff some h in ker A has <s, h_S> > ||h_{S^c}||_1; between the two lie ties,
where another signal is as short. Searches in single and then double precision propose v or h;
`lcs._kernels.proofs`, or `lcs.l1.certificates` where more care is needed, proves the verdict from
it for the numbers stored; `check_decision` proves it again.
Reference: Fuchs 2004, On sparse representations in arbitrary redundant bases; Foucart, Rauhut 2013,
theorem 4.26.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.lapack import (
    dpotrf,  # pyright: ignore[reportAttributeAccessIssue]
    dpotrs,  # pyright: ignore[reportAttributeAccessIssue]
)

from lcs._kernels import proofs
from lcs._kernels.first_proof import fresh_proof, prepared_proof
from lcs.codes.matrix import Matrix
from lcs.l1 import _simplex
from lcs.l1._instance import Instance, Support, checked_code, checked_signals
from lcs.l1._interior import bracket
from lcs.l1.certificates import dual_margin
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

APART = 1e-3  # from 1 that single precision can tell
TIE = 1e-9  # a bracket of t* this close to 1 on both sides is left undecided


class Verdict(Enum):
    """What was proved; the value is the sentence to show."""

    RECOVERED = "recovered: every signal with these signs is the only one of least l1 norm, proved"
    NOT_RECOVERED = "not recovered: a signal of smaller l1 norm has the same image, proved"
    UNDECIDED = "undecided: a tie, or nearer to one than float64 can prove"


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A verdict with its certificate, v or h as the verdict has it, and the margin proved by it.

    Products in single precision may cost the margin of v up to 2^-14; `check_decision` has them in
    double.
    """

    verdict: Verdict
    margin: float  # of v: 1 - max |a_j^T v|; of h: (<s, h_S> - ||h_off||_1)/||h||_1; undecided: 0
    v: Array | None  # (d,) A_S^T v = s to rounding
    h: Array | None  # (m,) in ker A to rounding


def recovers(A: Matrix, support: Support, signs: ArrayLike) -> Decision:
    """Decide whether l1-minimisation recovers every signal with this support and signs.

    argmin {||y||_1 : A y = A z} = {z} for every z with supp z = support, sign z = signs.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank.
    support: k distinct integers in [0, m), in any order; k = 0 and k > d are allowed.
    signs: k numbers, -1 or +1, in the order of the support.

    Returns `Decision`. A tie is undecided, and so is what cannot be told from one.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, indices or signs out of
    range, and entries of a row so far apart that the smallest vanish beside the largest.
    Reference: Fuchs 2004.

    >>> A = np.array([[1.0, 0.0, 0.8], [0.0, 1.0, 0.8]])
    >>> recovers(A, [0], [1]).verdict.name, recovers(A, [0, 1], [1, 1]).verdict.name
    ('RECOVERED', 'NOT_RECOVERED')
    """
    S, s = checked_signals(support, signs, checked_code(A).shape[1])
    with one_blas_thread():
        return decide_fresh(A, S, s)


def decide_fresh(
    A: Matrix, S: Indices, s: Array, prepare: Callable[[], Instance] | None = None
) -> Decision:
    """Decide for a code of which nothing is known: it is prepared where the first proof fails."""
    if S.size:
        A = np.ascontiguousarray(A, np.float64)
        margin, v = fresh_proof(A, S, s)
        if margin > 0:
            return Decision(Verdict.RECOVERED, margin, v, None)
    instance = Instance(A) if prepare is None else prepare()
    return decide(instance, S, s, tried=instance.near)


def decide(instance: Instance, S: Indices, s: Array, *, tried: bool = False) -> Decision:
    """The first candidate that proves something; tried: `fresh_proof` has failed already."""
    if S.size == 0:
        return Decision(Verdict.RECOVERED, 1.0, np.zeros(len(instance.A)), None)
    if not tried:
        margin, v = prepared_proof(instance.A, instance.single, instance.sized.reach, S, s)
        if margin > 0:
            return _recovered(instance, margin, v)
    with np.errstate(all="ignore"):  # what overflows proves nothing
        return _first_proved(instance, S, s)


def _first_proved(instance: Instance, S: Indices, s: Array) -> Decision:
    for v, h in candidates(instance, S, s):
        if v is not None:
            v = _refined_dual(instance.A, S, s, v)
            margin = dual_margin(instance.sized, S, s, v)
            if margin > 0:
                return _recovered(instance, margin, v)
        if h is not None:
            rows = instance.rows
            margin = proofs.kernel_gain(rows.A, rows.least, rows.reach, S, s, h)
            if margin > 0:
                return Decision(Verdict.NOT_RECOVERED, margin, None, h)
    return Decision(Verdict.UNDECIDED, 0.0, None, None)


def _recovered(instance: Instance, margin: float, v: Array) -> Decision:
    v = np.ldexp(v, -instance.sized.exponents)
    if not np.all(np.isfinite(v)):  # proved, by what float64 cannot hand over
        return Decision(Verdict.UNDECIDED, 0.0, None, None)
    return Decision(Verdict.RECOVERED, margin, v, None)


def candidates(
    instance: Instance, S: Indices, s: Array
) -> Iterator[tuple[Array | None, Array | None]]:
    """Pairs (v, h) that may prove a verdict, the cheapest first."""
    A, single = instance.A, instance.single
    for matrix, apart in ((single, APART), (A, TIE)):
        t = bracket(matrix, S, s, apart=apart)
        if t is None:
            continue
        yield t.v if t.upper < 1 else None, t.h if t.lower > 1 else None
        if apart == TIE and t.lower > 1 - TIE and t.upper < 1 + TIE:
            return
    yield None, _kernel_on_support(A, S, s)
    yield _simplex.vertex(A, S, s)


def _refined_dual(A: Array, S: Indices, s: Array, v: Array) -> Array:
    """v moved in the span of A_S to solve A_S^T v = s to double precision, where it can be."""
    if S.size == 0:
        return np.zeros_like(v)
    Q = np.asfortranarray(A[:, S])
    R, failed = dpotrf(Q.T @ Q)
    if failed or not np.all(np.isfinite(v)):
        return v  # nothing will be proved from it
    for _ in range(2):
        v = v + Q @ dpotrs(R, s - v @ Q)[0]
    return v


def _kernel_on_support(A: Array, S: Indices, s: Array) -> Array:
    """The kernel vector on S nearest to s: where it is not 0 it alone beats the signal."""
    _, sizes, Vt = np.linalg.svd(A[:, S], full_matrices=True)
    rank = int(np.count_nonzero(sizes > max(A.shape) * 2.0**-52 * np.max(sizes, initial=0.0)))
    h = np.zeros(A.shape[1])
    h[S] = Vt[rank:].T @ (Vt[rank:] @ s)
    return h
