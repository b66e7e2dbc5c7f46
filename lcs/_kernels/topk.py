"""The K largest absolute entries of each row of a matrix that arrives block by block.

The state of a row is a min-heap of its K largest entries so far, starting at -1 (below every
absolute value). The heap holds a *multiset* that does not depend on the order in which blocks
arrive, which is why any number of threads ends with the same bits.

A block is scanned in chunks: one branch-free comparison loop that the compiler turns into SIMD,
and only a chunk with a newcomer is walked entry by entry. Comparisons read `not (v <= floor)`,
so that a NaN counts as a newcomer instead of slipping through.
"""

import numpy as np

from lcs._kernels.jit import kernel

_CHUNK = 64


@kernel
def _replace_least(heap, value):
    """Put `value` in the place of the least entry of a min-heap; a NaN counts as infinite."""
    size = heap.shape[0]
    hole, child = 0, 1
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[hole] = heap[child]
        hole, child = child, 2 * child + 1
    heap[hole] = value if value == value else np.inf


@kernel
def push_rows(block, row_weights, column_weights, rows):
    """Offer |block_ij w_i w_j| to the heap of row i.

    block (a, b), row_weights (a,), column_weights (b,), rows (a, K) heaps, changed in place.
    """
    for i in range(block.shape[0]):
        heap = rows[i]
        floor = heap[0]
        weight = row_weights[i]
        for start in range(0, block.shape[1], _CHUNK):
            # Slices, not offsets: their indices are provably in range, so the loop vectorises.
            x = block[i, start : start + _CHUNK]
            w = column_weights[start : start + _CHUNK]
            newcomers = np.int32(0)
            for j in range(x.shape[0]):
                newcomers += np.int32(not (abs(x[j] * w[j] * weight) <= floor))
            if newcomers > 0:
                for j in range(x.shape[0]):
                    value = abs(x[j] * w[j] * weight)
                    if not (value <= floor):
                        _replace_least(heap, value)
                        floor = heap[0]


@kernel
def push_rows_and_columns(block, row_weights, column_weights, rows, columns):
    """Offer |block_ij w_i w_j| to the heap of row i and to the heap of column j.

    One visit of an off-diagonal block of a symmetric matrix serves both of its mirror images.
    block (a, b), rows (a, K) and columns (b, K) heaps, changed in place.
    """
    floors = columns[:, 0].copy()
    for i in range(block.shape[0]):
        heap = rows[i]
        floor = heap[0]
        weight = row_weights[i]
        for start in range(0, block.shape[1], _CHUNK):
            x = block[i, start : start + _CHUNK]
            w = column_weights[start : start + _CHUNK]
            f = floors[start : start + _CHUNK]
            newcomers = np.int32(0)
            for j in range(x.shape[0]):
                value = abs(x[j] * w[j] * weight)
                newcomers += np.int32(not (value <= floor)) | np.int32(not (value <= f[j]))
            if newcomers > 0:
                for j in range(x.shape[0]):
                    value = abs(x[j] * w[j] * weight)
                    if not (value <= floor):
                        _replace_least(heap, value)
                        floor = heap[0]
                    if not (value <= f[j]):
                        _replace_least(columns[start + j], value)
                        f[j] = columns[start + j, 0]


@kernel
def merge(rows, others):
    """Offer every entry of the heaps `others` (n, K) to the heaps `rows` (n, K)."""
    for i in range(rows.shape[0]):
        heap = rows[i]
        for value in others[i]:
            if not (value <= heap[0]):
                _replace_least(heap, value)
