"""The exact worst case of decoders with a bias, and of ReLU decoders, for values in [0, 1].

The statement computed (claim LCS-relu-worst-case): over k-sparse z in [0, 1]^m, with g = X_ii,
X = B^T A, and P_k, N_k the sums of the k largest positive parts of X_ij and of -X_ij, j != i,
    over   = sup (u - z_i)       = c + max(P_k, g - 1 + P_{k-1}),
    under  = sup (z_i - u)       = max(N_k, 1 - g + N_{k-1}) - c       for u = <b_i, Az> + c,
    over+  = sup (relu(u) - z_i) = max(0, over),
    under+ = sup (z_i - relu(u)) = (N_{k-1} - c + max(0, 1 - g)) / max(1, g), clipped to [0, 1].
Proof. Given z_i = t the other features add at most P and at least -N: k of them may be active
where t = 0, else k - 1. u - t is affine in t on (0, 1], and its supremum at t -> 0 is below that at
t = 0; this gives over and under. relu(u) - t = max(u - t, -t), and the supremum of -t is 0. At
t > 0, t - relu(u) is at most min(t, q + (1 - g) t), q = N_{k-1} - c, which is attained: if g <= 1
it grows with t, up to t = 1; if g > 1 it grows to t = q/g and falls after. At t = 0 it is <= 0,
which over+ >= 0 covers. So the worst z_i of a ReLU can lie strictly between 0 and 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lcs.codes.matrix import Matrix
from lcs.linear._inputs import Pair, checked_features, checked_ks, checked_pair
from lcs.linear._interference import Parts, interference
from lcs.rounding import U64
from lcs.threads import one_blas_thread

Array = NDArray[np.float64]
Activation = Literal["identity", "relu"]


@dataclass(frozen=True, slots=True, eq=False)
class DecoderErrors:
    """The worst-case error of every decoder, and a signal that attains the largest.

    `values - rounding <= error <= values + rounding` is proved for the stored A, B and c.
    """

    k: int
    activation: Activation
    features: NDArray[np.intp]  # (n,)
    over: Array  # (n,) how far too much can be read
    under: Array  # (n,) how far too little
    rounding: Array  # (n,)
    feature: int  # the worst of them
    z: Array  # (m,) k-sparse in [0, 1]^m, where its error is attained

    @property
    def values(self) -> Array:
        """The worst-case errors, (n,)."""
        return np.maximum(self.over, self.under)

    @property
    def value(self) -> float:
        """The largest of them."""
        return float(np.max(self.values))


def relu_worst_case(
    A: Matrix,
    B: Matrix | None,
    c: ArrayLike,
    *,
    k: int,
    features: Sequence[int] | NDArray[np.integer] | None = None,
) -> DecoderErrors:
    """Compute the exact worst case of |relu(<b_i, Az> + c_i) - z_i| over k-sparse z in [0, 1]^m.

    Parameters
    ----------
    A: (d, m) float32 or float64, features in columns.
    B: (d, m) probes of the same dtype; None for B = A.
    c: (m,) biases.
    k: sparsity, 1 <= k <= m; z with fewer active features, 0 included, count as k-sparse.
    features: which decoders, in [0, m); None for all.

    Returns `DecoderErrors`.
    Raises TypeError for other dtypes; ValueError for shapes, NaN or inf, k or features out of
    range, and columns or biases so large that sums overflow.

    >>> A = np.array([[1.0, -1.0]])
    >>> relu_worst_case(A, None, [0, 0], k=1).values, relu_worst_case(A, None, [0, 0], k=2).values
    (array([0., 0.]), array([1., 1.]))
    """
    return _worst_case(A, B, c, k, features, "relu")


def affine_worst_case(
    A: Matrix,
    B: Matrix | None,
    c: ArrayLike,
    *,
    k: int,
    features: Sequence[int] | NDArray[np.integer] | None = None,
) -> DecoderErrors:
    """Compute the exact worst case of |<b_i, Az> + c_i - z_i| over k-sparse z in [0, 1]^m.

    Parameters, returns and errors as `relu_worst_case`.

    >>> A = np.array([[1.0, -1.0]])
    >>> affine_worst_case(A, A / 2, [0.25, 0.25], k=1).values
    array([0.25, 0.25])
    """
    return _worst_case(A, B, c, k, features, "identity")


def _worst_case(
    A: Matrix,
    B: Matrix | None,
    c: ArrayLike,
    k: int,
    features: Sequence[int] | NDArray[np.integer] | None,
    activation: Activation,
) -> DecoderErrors:
    pair = checked_pair(A, B)
    (k,) = checked_ks([k], pair.m)
    wanted = checked_features(features, pair.m)
    biases = _checked_biases(c, pair, k)[wanted]
    over, under = np.empty(wanted.size), np.empty(wanted.size)
    size = np.empty(wanted.size)
    step = max(1, 2**21 // pair.m)  # rows in at most 16 MiB, a few times over
    with one_blas_thread():
        for first in range(0, wanted.size, step):
            block = slice(first, first + step)
            parts = interference(pair, wanted[block], k, biases[block])
            over[block], under[block] = _errors(parts, activation)
            size[block] = np.maximum(parts.P, parts.N) + np.abs(parts.g) + np.abs(parts.c) + 1
        values = np.maximum(over, under)
        worst = int(np.argmax(values))
        z = _witness(pair, int(wanted[worst]), k, biases[worst], activation)
    return DecoderErrors(
        k=k,
        activation=activation,
        features=wanted,
        over=over,
        under=under,
        # The errors move by no more than the sum of k products and the bias does.
        rounding=pair.rounding(k, double=True)[wanted] + (k + 8) * U64 * size,
        feature=int(wanted[worst]),
        z=z,
    )


def _errors(parts: Parts, activation: Activation) -> tuple[Array, Array]:
    if activation == "identity":
        return parts.over, parts.under
    return np.maximum(0, parts.over), parts.relu_under


def _witness(pair: Pair, i: int, k: int, c: float, activation: Activation) -> Array:
    """A k-sparse z in [0, 1]^m at which decoder i errs most."""
    parts = interference(pair, np.array([i]), k, np.array([c]))
    over, under = (float(e[0]) for e in _errors(parts, activation))
    row = pair.rows(np.array([i]))[0]
    g, row[i] = float(row[i]), 0.0
    if over >= under:
        value = float(parts.g[0] - 1 + parts.P_less[0] > parts.P[0])
        sign = 1.0
    elif activation == "identity":
        value = float(1 - parts.g[0] + parts.N_less[0] > parts.N[0])
        sign = -1.0
    else:
        value = 1.0 if g <= 1 else min(1.0, float(parts.N_less[0] - c) / g)
        sign = -1.0
    z = np.zeros(pair.m)
    z[np.argsort(-sign * row, kind="stable")[: k - (value > 0)]] = 1.0
    z[sign * row <= 0] = 0.0
    z[i] = value
    return z


def _checked_biases(c: ArrayLike, pair: Pair, k: int) -> Array:
    """The biases (m,) in float64; an error with what is wrong of them or of sums with them."""
    out = np.asarray(c)
    if out.dtype.kind not in "fiu":
        raise TypeError(f"c must hold real numbers; got {out.dtype}")
    if out.shape != (pair.m,):
        raise ValueError(f"c must hold one bias per feature, ({pair.m},); got shape {out.shape}")
    out = out.astype(np.float64)
    most = float(np.finfo(np.float64).max) / 8
    if not np.all(np.abs(out) <= most):
        i = int(np.flatnonzero(~(np.abs(out) <= most))[0])
        raise ValueError(f"c must be finite, and at most {most:.3g} in size; c[{i}] is {out[i]}")
    if not pair.longest_product <= most / k:
        raise ValueError(
            f"columns must keep sums of k products in range; ||a|| ||b|| reaches "
            f"{pair.longest_product:.3g}: scale the matrix down"
        )
    return out
