"""Basis pursuit by other packages, each at the settings that serve it best in `benchmarks.l1`.

A peer gets A and x in float64 and returns a signal; columns have unit length, as LARS and SPAMS
like them. What is set here, and why, is said in each place; all else is left as it comes.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peer:
    """A contestant; `share`, where it gains, takes one code, then many images in columns."""

    name: str
    package: str
    solve: Callable[[Array, Array], Array]
    share: Callable[[Array], Callable[[Array], Array]] | None = None
    signals: int = 32  # how many `share` is measured on


def _package(name: str) -> Any:
    return importlib.import_module(name)  # may be missing where types are checked


def highs(A: Array, x: Array, *, presolve: bool = False) -> Array:
    """The simplex method on z in two parts.

    It is what linprog takes by itself; the interior point and the dual programme took two to four
    times as long. Presolve finds nothing in a dense code: without it, a third to a half is saved.
    """
    m = A.shape[1]
    found = linprog(
        np.ones(2 * m),
        A_eq=np.hstack([A, -A]),
        b_eq=x,
        method="highs-ds",
        options={"presolve": presolve},
    )
    return np.full(m, np.nan) if found.x is None else found.x[:m] - found.x[m:]


def _convex(name: str, solver: str, **settings: Any) -> Peer:
    """cvxpy: for one code the image is a parameter, so that the model is compiled once."""

    def model(A: Array, x: Any) -> tuple[Any, Any]:
        cp = _package("cvxpy")
        z = cp.Variable(A.shape[1])
        return z, cp.Problem(cp.Minimize(cp.norm1(z)), [A @ z == x])

    def value(z: Any, problem: Any) -> Array:
        problem.solve(solver=solver, **settings)
        return np.full(z.shape, np.nan) if z.value is None else z.value

    def share(A: Array) -> Callable[[Array], Array]:
        x = _package("cvxpy").Parameter(A.shape[0])
        z, problem = model(A, x)

        def solve(image: Array) -> Array:
            x.value = image
            return value(z, problem)

        solve(A[:, 0])
        return lambda images: np.column_stack([solve(image) for image in images.T])

    return Peer(name, "cvxpy", lambda A, x: value(*model(A, x)), share, 1)


def _spgl1(name: str, **settings: Any) -> Peer:
    return Peer(name, "spgl1", lambda A, x: _package("spgl1").spg_bp(A, x, **settings)[0])


def lars(A: Array, x: Array) -> Array:
    """The Lasso path to its end, penalty 0.

    Near the transition 500 steps, the default, would be too few. Only the end is asked for, which
    is a little faster. A Gram matrix computed before, even for free, made it slower.
    """
    return _package("sklearn.linear_model").lars_path(
        A, x, method="lasso", max_iter=100_000, return_path=False
    )[2]


def share_spams(A: Array) -> Callable[[Array], Array]:
    """The Lasso path to a penalty of 1e-8, with a bias of about that size, many images in a call.

    At 1e-10 and below it walks on in its own rounding: four times as long at k = 50 and no nearer.
    Its Cholesky variant and its stop by the residual were no faster.
    """
    package, D = _package("spams"), np.asfortranarray(A)

    def solve(images: Array) -> Array:
        X = np.asfortranarray(images)
        return package.lasso(X, D=D, lambda1=1e-8, mode=2, numThreads=1).toarray()

    return solve


PEERS = (
    Peer("HiGHS, SciPy", "scipy", partial(highs, presolve=True)),  # as it comes
    Peer("HiGHS, no presolve", "scipy", highs),
    # Left to itself, Clarabel may take several threads.
    _convex("cvxpy, Clarabel", "CLARABEL", max_threads=1),
    # As it comes SCS errs by up to 3e-5; three more digits cost it almost nothing.
    _convex("cvxpy, SCS", "SCS", eps_abs=1e-7, eps_rel=1e-7),
    # As it comes it has three or four digits. The second has nine where it gets through, for three
    # times the time; a hundred times the steps took ten times the time, and missed signals too.
    _spgl1("SPGL1"),
    _spgl1("SPGL1, tight", opt_tol=1e-9, bp_tol=1e-9),
    Peer("LARS, scikit-learn", "sklearn.linear_model", lars),
    Peer("SPAMS", "spams", lambda A, x: share_spams(A)(x[:, None])[:, 0], share_spams),
)


def installed() -> list[Peer]:
    """The peers whose packages are there, imported, so that no import is timed."""
    present = [peer for peer in PEERS if peer.package.partition(".")[0] not in missing()]
    for peer in present:
        _package(peer.package)
    return present


def missing() -> list[str]:
    """The packages of peers that are not there."""
    tops = {peer.package.partition(".")[0] for peer in PEERS}
    return sorted(top for top in tops if find_spec(top) is None)
