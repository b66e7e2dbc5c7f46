"""How much of its l1 norm a kernel vector can carry on k entries: recovery of every sparse signal.

The statement computed:
    alpha_k(A) = max {||h||_[k] : A h = 0, ||h||_1 <= 1},
||h||_[k] the sum of the k largest |h_i|. l1-minimisation recovers every k-sparse z exactly when
alpha_k(A) < 1/2. A kernel vector proves it from below; probes B prove it from above, by the columns
of I - B^T A at once or by a search over the indices and signs of the k largest entries.
Reference: Cohen, Dahmen, DeVore 2009; Juditsky, Nemirovski 2011.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from lcs.codes.matrix import Matrix
from lcs.l1._instance import Instance
from lcs.l1._tree import Tree
from lcs.l1.decision import Verdict
from lcs.l1.null_certificates import column_bound, row_basis
from lcs.threads import Progress, one_blas_thread

Array = NDArray[np.float64]

TOLERANCE = 1e-6
NODES = 20_000


class Status(Enum):
    """How far the search came; the value is the sentence to show."""

    SOLVED = "solved: the proved bounds meet within the tolerance"
    DECIDED = "stopped where asked: the target is proved to lie outside the bounds"
    LOOSE = "not solved to the tolerance: rounding keeps the proved bounds apart"
    STOPPED = "not solved: the proved bounds hold, the nodes allowed were used up"
    INTERRUPTED = "interrupted: the bounds proved by then hold"


@dataclass(frozen=True, slots=True, eq=False)
class NullSpace:
    """lower <= alpha_k(A) <= upper, proved for the stored numbers."""

    k: int
    lower: float
    upper: float
    h: Array  # (m,) in ker A to rounding, ||h||_1 = 1; its k largest entries prove lower
    B: Array  # (d, m) whose columns of I - B^T A prove columns
    columns: float  # the upper bound proved by B alone, >= upper
    nodes: int
    status: Status

    @property
    def verdict(self) -> Verdict:
        """Of all k-sparse signals together: every one recovered, some one not, or undecided."""
        if self.upper < 0.5:
            return Verdict.RECOVERED
        return Verdict.NOT_RECOVERED if self.lower > 0.5 else Verdict.UNDECIDED


def nullspace_constant(
    A: Matrix,
    k: int,
    *,
    target: float | None = None,
    nodes: int = NODES,
    tolerance: float = TOLERANCE,
    progress: Progress | None = None,
) -> NullSpace:
    """Bracket alpha_k(A), the largest share of its l1 norm that a kernel vector has on k entries.

    alpha_k(A) = max {||h||_[k] : A h = 0, ||h||_1 <= 1}; every k-sparse z is recovered from A z by
    l1-minimisation if and only if it is below 1/2.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns, of any rank; practical up to m of about 40.
    k: 1 <= k <= m active features.
    target: stop once the bounds exclude it; 0.5 decides recovery. None: until they meet.
    nodes: linear programmes allowed; 0 gives the column bound and the local search only.
    tolerance: gap at which the search ends.
    progress: called as progress(nodes done, nodes allowed).

    Returns `NullSpace`; an interrupt ends the search and returns what is proved by then.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, and options out of range.
    Reference: Cohen, Dahmen, DeVore 2009, theorem 3.2; Juditsky, Nemirovski 2011.

    >>> A = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    >>> found = nullspace_constant(A, 1)
    >>> round(found.lower, 6), round(found.upper, 6), found.verdict.name
    (0.333333, 0.333333, 'RECOVERED')
    """
    instance = Instance(A)
    k = checked_sparsity(k, A.shape[1])
    _check_options(target, nodes, tolerance)
    with one_blas_thread(), np.errstate(all="ignore"):  # what overflows proves nothing
        return _bracket(instance, k, target, nodes, tolerance, progress)


def checked_sparsity(k: int, m: int) -> int:
    """k as an integer with 1 <= k <= m; ValueError with the value received."""
    if not isinstance(k, int | np.integer) or isinstance(k, bool) or not 1 <= k <= m:
        raise ValueError(f"k must be an integer with 1 <= k <= m = {m}; got {k!r}")
    return int(k)


def _check_options(target: float | None, nodes: int, tolerance: float) -> None:
    if target is not None and (isinstance(target, str) or not 0 <= target <= 1):
        raise ValueError(f"target must be None or between 0 and 1; got {target!r}")
    if not isinstance(nodes, int | np.integer) or isinstance(nodes, bool) or nodes < 0:
        raise ValueError(f"nodes must be an integer >= 0; got {nodes!r}")
    if isinstance(tolerance, str) or not 0 <= tolerance < np.inf:
        raise ValueError(f"tolerance must be finite and >= 0; got {tolerance!r}")


def _bracket(
    instance: Instance,
    k: int,
    target: float | None,
    nodes: int,
    tolerance: float,
    progress: Progress | None,
) -> NullSpace:
    basis = row_basis(instance.A)
    tree = Tree(basis, instance.rows, k)
    try:
        tree.begin()
        status = _search(tree, target, nodes, tolerance, progress)
    except KeyboardInterrupt:
        status = Status.INTERRUPTED
    Y = tree.readings[k].Y if k in tree.readings else np.zeros(basis.Q.shape)
    B = basis.W.T @ Y
    columns = column_bound(instance.A, B, k)
    d, m = instance.A.shape
    return NullSpace(
        k=k,
        lower=max(tree.lower, _circuit_share(d, m, k)),
        upper=min(tree.upper, columns),
        h=tree.h,
        B=np.ldexp(B, -instance.sized.exponents[:, None]),
        columns=columns,
        nodes=tree.nodes,
        status=status,
    )


def _circuit_share(d: int, m: int, k: int) -> float:
    """What some kernel vector of at most d + 1 entries has on k of them at least, rounded down."""
    if d >= m or k > d:
        return 1.0 if d < m else 0.0
    return float(np.nextafter(k / (d + 1), 0.0))


def _search(
    tree: Tree, target: float | None, nodes: int, tolerance: float, progress: Progress | None
) -> Status:
    while tree.upper - tree.lower > tolerance:
        if target is not None and not tree.lower <= target <= tree.upper:
            return Status.DECIDED
        if not tree.open:
            return Status.LOOSE
        if tree.nodes >= nodes:
            return Status.STOPPED
        tree.step()
        if progress is not None:
            progress(tree.nodes, nodes)
    return Status.SOLVED
