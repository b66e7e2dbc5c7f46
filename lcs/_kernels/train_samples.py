"""Sparse inputs for a trainer: a batch in tiles (n, T), one sample in each column.

Feature i looks at the random word w of its stream and is active where start_i <= w <= start_i +
last_i; features of one set share a stream: the same interval where they are active together,
disjoint ones where they exclude each other. How far w lies in the interval gives the value,
offset_i + scale_i (w - start_i); features active together take a word of their own instead.

Loops stand in small functions that index arrays directly: Numba then drops their reference
counts, which in a small model cost more time than the arithmetic.
"""

import math

import numpy as np

from lcs._kernels.jit import inlined, kernel
from lcs._kernels.philox import block, fill

AHEAD = 32  # events whose words are drawn together
JUMPS, VALUES = np.uint64(2**32 - 1), np.uint64(2**31)  # counters that are no stream
_LOW = 2**32 - 1
_WORD = 2.0**-32
_LOG_2, _ROOT_HALF = math.log(2.0), math.sqrt(0.5)


@kernel
def every_cell(
    X, tile, count, stream, start, last, scale, offset, own, words, w, values, v, step, chain, k, l
):
    """Draw each entry of one tile of a batch; columns from `count` on are zero.

    X (n, T); tile: its number; stream, start, last, scale, offset, own (n,): see above, own where
    the value is drawn from a word of its own. words, values (4, T/4): space, and w, v (T,) the same
    memory. step, chain, k, l: the counter and the key, uint64.
    """
    first = tile * words.shape[1]
    for i in range(X.shape[0]):
        fill(words, first, np.uint64(stream[i]), step, chain, k, l)
        if own[i]:
            fill(values, first, np.uint64(i) | VALUES, step, chain, k, l)
        _row(X, i, w, v, own[i], start[i], last[i], scale[i], offset[i])
        for s in range(count, X.shape[1]):
            X[i, s] = 0.0


@inlined
def _row(X, i, w, v, own, start, last, scale, offset):
    for s in range(X.shape[1]):
        away = np.uint32((np.int64(w[s]) - start) & _LOW)
        value = np.float32(v[s]) if own else np.float32(away)
        X[i, s] = offset + scale * value if away <= last else np.float32(0.0)


@kernel
def jumps(
    X, batch, start, last, scale, offset, own, ends, reach, head, order,
    words, leaps, samples, cells, step, chain, k, l,
):  # fmt: skip
    """Draw the samples that are not zero, in the columns that come first; return their number.

    Cells (sample, stream) follow each other on a line, each of length -log(1 - its probability),
    and a Poisson process of rate 1 hits a cell with just that probability; its first hit decides.
    ends (streams + 1,): 0 and the ends of a sample's cells; reach (streams,): the probabilities;
    features order[head[s]:head[s + 1]] have stream s. X (tiles, n, T) must be zero. Space: words
    (4, AHEAD), leaps, samples, cells (AHEAD,); others as in `every_cell`.
    """
    time, event, before, cell_before = 0.0, 0, -1, -1
    tile, place = 0, -1
    while before < batch:
        fill(words, event, JUMPS, step, chain, k, l)
        exponentials(words, leaps)
        time = _hits(time, leaps, ends, samples, cells)
        for at in range(AHEAD):
            sample, cell = samples[at], cells[at]
            if sample >= batch or (sample == before and cell == cell_before):
                before = sample
                continue
            place += int(sample != before)
            if place == X.shape[2]:
                tile, place = tile + 1, 0
            before, cell_before = sample, cell
            away = np.int64((np.float64(words[1, at]) + 0.5) * reach[cell])
            for f in range(head[cell], head[cell + 1]):
                i = order[f]
                value = away - start[i]
                inside = own[i] or 0 <= value <= last[i]
                if own[i]:
                    counter = np.uint64(event + at)
                    word = block(counter, np.uint64(i) | VALUES, step, chain, k, l)[0]
                    value = np.int64(word)
                if inside:
                    X[tile, i, place] = offset[i] + scale[i] * np.float32(value)
        event += AHEAD
    return tile * X.shape[2] + place + 1


@inlined
def exponentials(words, out):
    """Put -log((w + 1/2)/2^32), to 1e-9, in out (size,) for w in the first row of words.

    log(2^e f), f from sqrt(1/2) to sqrt 2, is e log 2 + 2 artanh(s), s = (f - 1)/(f + 1), whose
    series stops at s^11: |s| < .172, what is left is below 2 |s|^13/13/(1 - s^2) < 2e-11. Unlike
    the library's logarithm it has the same bits everywhere.
    """
    for e in range(out.shape[0]):
        f, power = math.frexp(np.float64(words[0, e]) + 0.5)
        low = f < _ROOT_HALF
        f = 2.0 * f if low else f
        s = (f - 1.0) / (f + 1.0)
        t = s * s
        series = 1.0 + t * (1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t / 11))))
        out[e] = (32 - power + low) * _LOG_2 - 2.0 * s * series


@inlined
def _hits(time, leaps, ends, samples, cells):
    """Put in samples, cells (AHEAD,) where each event falls; return the time of the last."""
    streams = ends.shape[0] - 1
    length = ends[streams]
    samples_in, cells_in = 1.0 / length, streams / length
    for at in range(leaps.shape[0]):
        time += leaps[at]
        sample = int(time * samples_in)
        place = time - sample * length
        cell = min(int(abs(place) * cells_in), streams - 1)
        while place < ends[cell] and cell > 0:
            cell -= 1
        while place >= ends[cell + 1] and cell < streams - 1:
            cell += 1
        samples[at], cells[at] = sample, cell
    return time
