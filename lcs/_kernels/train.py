"""The training of one chain: many steps, each on a fresh batch."""

import numpy as np

from lcs._kernels.jit import inlined, kernel
from lcs._kernels.train_gradient import LANES, SUMS, by_blas, by_loops, gather, turn
from lcs._kernels.train_samples import AHEAD, every_cell, jumps
from lcs._kernels.train_update import update


@kernel
def descend(
    theta, m, n, state, began, rates, optimizer, law, importance, model, batch, tile, share, key
):
    """Take len(rates) steps from theta = (W, C if untied, b), changed in place; return the losses.

    state (2, size): the moments of Adam; began: the steps taken before. optimizer: (rule, decay,
    beta1, beta2, eps). law: the arguments of `every_cell` from stream to own, then (ends, reach,
    head, order) of `jumps` and whether to jump. importance (n,). model: (tied, hidden, rectified,
    absolute, blas). tile: samples in a tile, a multiple of LANES. share: what the sums over a batch
    are multiplied by. key: (chain, k, l), uint64. Returns the losses (steps,) in float64.
    """
    tied, hidden, rectified, absolute, blas = model
    rule, decay, beta1, beta2, eps = optimizer
    stream, start, last, scale, offset, own, ends, reach, head, order, sparse = law
    chain, k, l = key
    size = m * n
    grad = np.zeros(theta.shape[0], np.float32)
    W, dW = theta[:size].reshape(m, n), grad[:size].reshape(m, n)
    V, dV = np.empty((n, m), np.float32), np.empty((n, m), np.float32)
    C = V if tied else theta[size : 2 * size].reshape(n, m)
    dC = dV if tied else grad[size : 2 * size].reshape(n, m)
    D = W if tied else np.empty((m, n), np.float32)
    b, db = theta[theta.shape[0] - n :], grad[theta.shape[0] - n :]
    tiles, most = -(-batch // tile) if sparse else 1, tile // LANES
    x = np.zeros((tiles, n, tile), np.float32)
    X = x.reshape(tiles, n, most, LANES)
    h, z = np.empty((m, tile), np.float32), np.empty((n, tile), np.float32)
    a = np.empty((m, tile), np.float32) if hidden else h
    H, A, Z = h.reshape(m, most, LANES), a.reshape(m, most, LANES), z.reshape(n, most, LANES)
    u, Q = np.empty((tile, m), np.float32), np.empty((n, m), np.float32)
    lanes = np.zeros(SUMS, np.float32)
    slopes, squares = np.zeros((n, SUMS), np.float32), np.zeros((n, SUMS), np.float32)
    words, values = np.empty((4, tile // 4), np.uint32), np.empty((4, tile // 4), np.uint32)
    w, v = words.reshape(tile), values.reshape(tile)
    events, leaps = np.empty((4, AHEAD), np.uint32), np.empty(AHEAD)
    samples, cells = np.empty(AHEAD, np.int64), np.empty(AHEAD, np.int64)
    first, second = state[0], state[1]
    losses = np.empty(rates.shape[0])
    for at in range(rates.shape[0]):
        now = np.uint64(began + at)
        columns = batch
        if sparse:
            columns = jumps(
                x, batch, start, last, scale, offset, own, ends, reach, head, order,
                events, leaps, samples, cells, now, chain, k, l,
            )  # fmt: skip
        turn(W, V)
        if not tied:
            turn(C, D)
        grad[:] = 0.0
        dV[:] = 0.0
        done = 0
        while done < columns:
            t = done // tile if sparse else 0
            if not sparse:  # one tile at a time: it stays in the cache
                every_cell(
                    x[t], done // tile, batch - done, stream, start, last, scale, offset, own,
                    words, w, values, v, now, chain, k, l,
                )  # fmt: skip
            blocks = most if blas else min(most, -(-(columns - done) // LANES))
            if blas:
                by_blas(
                    W, V, C, D, b, importance, x[t], X[t], blocks, hidden, rectified, absolute,
                    dV, dC, slopes, squares, h, H, a, A, z, Z, u, Q,
                )  # fmt: skip
            else:
                by_loops(
                    W, C, D, b, importance, X[t], blocks, hidden, rectified, absolute,
                    dV, dC, slopes, squares, H, A, Z, lanes,
                )  # fmt: skip
            if sparse:
                _clear(X, t, blocks)
            done += blocks * LANES
        loss = gather(slopes, squares, importance, db)
        loss += _idle_samples(b, importance, batch - done, rectified, db)
        turn(dV, dW)
        for p in range(grad.shape[0]):
            grad[p] *= np.float32(share)
        losses[at] = loss * share
        update(
            theta, grad, first, second, began + at + 1, rule, rates[at], decay, beta1, beta2, eps
        )
    return losses


@inlined
def _clear(X, t, blocks):
    for i in range(X.shape[1]):
        for c in range(blocks):
            for s in range(LANES):
                X[t, i, c, s] = 0.0


@inlined
def _idle_samples(b, importance, count, rectified, db):
    """Add the gradient of `count` samples that are zero to db and return their loss.

    A tile is padded with such samples, so that the count may be negative.
    """
    loss, number = 0.0, np.float32(count)
    for i in range(b.shape[0]):
        output = np.float32(0.0) if rectified and b[i] <= 0.0 else b[i]
        db[i] += number * np.float32(2.0) * importance[i] * output
        loss += np.float64(number * importance[i] * output * output)
    return loss
