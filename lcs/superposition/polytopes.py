"""Which polytopes features form: connected parts of the interference graph, named by cosines.

Orthogonal parts do not interfere: their union is a tegum product. An octahedron is one of three
digons, a bipyramid one of a polygon and a digon; `recognise` names the whole, `parts` its factors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import block_diag
from scipy.optimize import minimize_scalar
from scipy.sparse.csgraph import connected_components

from lcs.superposition.geometry import Array, dimensionality, directions, norms


@dataclass(frozen=True, slots=True)
class Part:
    """Features that interfere with each other and with no others."""

    members: tuple[int, ...]
    dimension: int  # of their span
    name: str | None  # None where it is no polytope of the list
    dimensionality: float  # the mean D_i, dimension/len(members) on a tight frame


def polygon(v: int) -> Array:
    """The cosines of a regular polygon of v vertices; v = 2 is the digon: (v, v)."""
    steps = np.subtract.outer(np.arange(v), np.arange(v))
    return np.cos(2 * np.pi * steps / v)


def simplex(v: int) -> Array:
    """The cosines of a regular simplex of v vertices: -1/(v - 1) between any two."""
    return (v * np.eye(v) - 1) / (v - 1)


def antiprism(height: float) -> Array:
    """The cosines of a square antiprism in the unit sphere, with squares at +-height: (8, 8)."""
    turn = np.arange(8) * np.pi / 4
    z = np.where(np.arange(8) % 2 == 0, height, -height)
    flat = np.cos(np.subtract.outer(turn, turn))
    return np.outer(z, z) + (1 - height**2) * flat


def _union(*parts: Array) -> Array:
    """The cosines of polytopes in orthogonal spaces, together: their tegum product."""
    return np.asarray(block_diag(*parts), dtype=np.float64)


POLYTOPES: Mapping[str, tuple[int, Array]] = MappingProxyType(
    {
        "digon": (1, polygon(2)),
        "triangle": (2, polygon(3)),
        "square": (2, polygon(4)),
        "pentagon": (2, polygon(5)),
        "hexagon": (2, polygon(6)),
        "tetrahedron": (3, simplex(4)),
        "triangular bipyramid": (3, _union(polygon(3), polygon(2))),
        "octahedron": (3, _union(polygon(2), polygon(2), polygon(2))),
        "pentagonal bipyramid": (3, _union(polygon(5), polygon(2))),
        "square antiprism": (3, antiprism(0.56)),
        "4-simplex": (4, simplex(5)),
    }
)
"""Name -> (dimension, cosines of its vertices). An antiprism may have any height."""


def recognise(W: ArrayLike, *, tolerance: float = 0.1) -> str | None:
    """Return the name in `POLYTOPES` of the directions of these columns, or None.

    The sorted list of all cosines must agree with that of the polytope to the tolerance: enough
    to tell those of the list apart.

    Parameters: `W` (m, v) without zero columns; `tolerance` on each cosine.

    >>> recognise(np.array([[1.0, -1.1, 0.0, 0.0], [0.0, 0.0, 2.0, -2.0]]))
    'square'
    """
    V = directions(W)
    found = _profile(V.T @ V)
    for name, (_, cosines) in POLYTOPES.items():
        if cosines.shape[0] == V.shape[1] and _distance(name, found) <= tolerance:
            return name
    return None


def span(W: ArrayLike, *, tolerance: float = 0.1) -> int:
    """Return the dimension of the span of the columns' directions.

    Singular values below tolerance times the largest count as 0: trained weights are not exact.
    """
    values = np.linalg.svd(directions(W), compute_uv=False)
    return int(np.sum(values > tolerance * values[0]))


def parts(
    W: ArrayLike, *, edge: float = 0.1, shortest: float = 0.5, tolerance: float = 0.1
) -> list[Part]:
    """Return the connected parts of the interference graph, largest first.

    Features i and j are joined where |cos(W_i, W_j)| > edge; features shorter than `shortest`
    times the longest do not count as represented and belong to no part.

    >>> [part.name for part in parts(np.array([[1.0, -1.0, 0.0, 0.0], [0.0, 0.0, 1.0, -1.0]]))]
    ['digon', 'digon']
    """
    W = np.asarray(W, dtype=np.float64)
    lengths = norms(W)
    kept = np.flatnonzero(lengths >= max(shortest * lengths.max(), np.finfo(np.float64).tiny))
    if not kept.size:
        return []
    V = directions(W[:, kept])
    _, label = connected_components(np.abs(V.T @ V) > edge, directed=False)
    groups = [kept[label == c] for c in range(label.max() + 1)]
    D = dimensionality(W)
    found = [_part(W, group, D, tolerance) for group in groups]
    return sorted(found, key=lambda part: (-len(part.members), part.members))


def _part(W: Array, members: NDArray[np.intp], D: Array, tolerance: float) -> Part:
    columns = W[:, members]
    name = recognise(columns, tolerance=tolerance) if members.size > 1 else None
    return Part(
        tuple(members.tolist()),
        span(columns, tolerance=tolerance),
        name,
        float(np.mean(D[members])),
    )


def _profile(C: Array) -> Array:
    """All cosines between different vertices, sorted: the same in any order of the vertices."""
    return np.sort(C[~np.eye(C.shape[0], dtype=bool)])


def _distance(name: str, found: Array) -> float:
    """The largest difference of sorted cosines, at the best height of an antiprism."""

    def off(C: Array) -> float:
        return float(np.max(np.abs(_profile(C) - found)))

    if name != "square antiprism":
        return off(POLYTOPES[name][1])
    best = minimize_scalar(lambda h: off(antiprism(h)), bounds=(0.3, 0.8), method="bounded")
    return float(best.fun)  # pyright: ignore[reportAttributeAccessIssue]
