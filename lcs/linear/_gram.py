"""The largest entries of every row of X = B^T A, without ever holding X.

X is visited in blocks. For A = B only the blocks on and above the diagonal are computed, each
serving its mirror image too. Blocks are accumulated over consecutive bands of rows of (A, B), so
one traversal serves a whole ladder of dimensions d.
"""

from collections.abc import Sequence

import numpy as np

from lcs._kernels import topk
from lcs.codes.matrix import Matrix
from lcs.threads import Progress, run_tasks

BLOCK = 512


class _State:
    """The heaps and work space of one thread."""

    def __init__(self, n: int, m: int, K: int, block: int, dtype: np.dtype) -> None:
        self.heaps = np.full((n, m, K), -1, dtype)
        self.sum = np.empty(block * block, dtype)
        self.term = np.empty(block * block if n > 1 else 0, dtype)


def largest_entries(
    A: Matrix,
    B: Matrix | None,
    K: int,
    *,
    ds: Sequence[int] | None = None,
    weights: Matrix | None = None,
    threads: int = 1,
    block: int = BLOCK,
    progress: Progress | None = None,
) -> Matrix:
    """Collect the K largest off-diagonal |X_ij w_i w_j| of each row, for the first d rows, d in ds.

    Parameters: A and B (D, m), B = None for A = B; ds rising to at most D (default: D alone);
    weights (n, m) of the dtype of A, for A = B alone (default: ones).
    Returns (n, m, K), falling along the last axis, 0 past the m - 1 entries there are.
    Memory beside the result: per thread, its own heaps n m K and one or two blocks.
    """
    D, m = A.shape
    ds = [D] if ds is None else list(ds)
    ones = np.ones(m, A.dtype)
    strips = [slice(start, min(start + block, m)) for start in range(0, m, block)]
    symmetric = B is None
    left = A if B is None else B
    tasks = [(I, J) for i, I in enumerate(strips) for J in (strips[i:] if symmetric else strips)]

    def visit(state: _State, task: tuple[slice, slice]) -> None:
        I, J = task
        shape = (I.stop - I.start, J.stop - J.start)
        X = state.sum[: shape[0] * shape[1]].reshape(shape)
        first = 0
        for t, d in enumerate(ds):
            if t == 0:
                np.matmul(left[:d, I].T, A[:d, J], out=X)
            else:
                term = state.term[: X.size].reshape(shape)
                np.matmul(left[first:d, I].T, A[first:d, J], out=term)
                np.add(X, term, out=X)
            first = d
            if I == J:
                np.fill_diagonal(X, 0)  # a zero never displaces an off-diagonal entry
            w = ones if weights is None else weights[t]
            rows, columns = state.heaps[t, I], state.heaps[t, J]
            if symmetric and I != J:
                topk.push_rows_and_columns(X, w[I], w[J], rows, columns)
            else:
                topk.push_rows(X, w[I], w[J], rows)

    states = run_tasks(
        tasks,
        lambda: _State(len(ds), m, K, min(block, m), A.dtype),
        visit,
        threads=threads,
        progress=progress,
    )
    total = states[0]
    for other in states[1:]:
        for heaps, more in zip(total.heaps, other.heaps, strict=True):
            topk.merge(heaps, more)
    total.heaps.sort(axis=-1)
    return np.maximum(total.heaps[:, :, ::-1], 0)
