"""Decisions proved again from their certificates, in NumPy alone.

The library proves what it says in compiled code; nothing of that is used here.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs.codes.matrix import Matrix, checked_matrix
from lcs.l1._instance import Support, checked_signals
from lcs.l1._rows import independent_rows
from lcs.l1.certificates import dual_margin, kernel_gain, sized
from lcs.l1.decision import Decision, Verdict

Array = NDArray[np.float64]

SAME_SUMS = 2.0**-40  # apart by their order


def check_decision(A: Matrix, support: Support, signs: ArrayLike, decision: Decision) -> float:
    """Prove a decision again from its certificate, for the stored A, in plain float64 arithmetic.

    Parameters: A (d, m), support (k,) and signs (k,) as they were given; the decision.
    Returns the margin proved here, 0 for an undecided one, which claims nothing. It may differ
    from the margin recorded by as much as two bounds on the independence of rows do.
    Raises ValueError where the certificate does not prove the recorded verdict, or where the
    recorded margin is above that of the certificate without any rounding charged.

    >>> from lcs.l1.decision import recovers
    >>> A = np.array([[1.0, 0.5]])
    >>> round(check_decision(A, [0], [1], recovers(A, [0], [1])), 9)
    0.5
    """
    if not isinstance(decision, Decision) or not isinstance(decision.verdict, Verdict):
        raise TypeError(f"decision must be a Decision with its Verdict; got {decision!r}")
    A = checked_matrix("A", A).astype(np.float64)
    S, s = checked_signals(support, signs, A.shape[1])
    case = sized(A, np.max(np.abs(A), axis=1))
    v, h = _vector("v", decision.v, A.shape[0]), _vector("h", decision.h, A.shape[1])
    proved, shown = 0.0, 0.0
    if decision.verdict is Verdict.RECOVERED and v is not None:
        v = np.ldexp(v, case.exponents)
        proved = dual_margin(case, S, s, v)
        shown = 1 - float(np.max(np.abs(np.delete(v @ case.A, S)), initial=0.0))
    elif decision.verdict is Verdict.NOT_RECOVERED and h is not None:
        proved = kernel_gain(independent_rows(case.A), S, s, h)
        off = float(np.sum(np.abs(np.delete(h, S))))
        shown = float(s @ h[S] - off) / float(np.sum(np.abs(h)))
    elif decision.verdict is Verdict.UNDECIDED and v is None and h is None:
        return 0.0
    if not proved > 0:
        raise ValueError(f"{decision.verdict.name} is not proved: the margin is {proved!r}")
    if not decision.margin <= shown + SAME_SUMS:
        raise ValueError(f"recorded margin {decision.margin!r}, that of the certificate {shown!r}")
    return proved


def _vector(name: str, x: Array | None, size: int) -> Array | None:
    if x is not None and np.shape(x) != (size,):
        raise ValueError(f"{name} must be of shape ({size},); got {np.shape(x)}")
    return None if x is None else np.asarray(x, np.float64)
