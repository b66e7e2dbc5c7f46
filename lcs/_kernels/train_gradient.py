"""Loss and gradient of a toy model summed over the samples of a tile, in float32.

    H = W X, A = H or relu(H), Z = C A + b, Y = Z or relu(Z), weighted by I (Y - target)^2.
Rows run over samples, in blocks of LANES, so that loops turn into SIMD without reordering a sum:
sums over samples are kept in LANES partial sums. Large products are BLAS's.
"""

import numpy as np

from lcs._kernels.jit import inlined, kernel

LANES = 64  # samples come in multiples of this


@kernel
def by_loops(
    W, C, D, b, importance, X, blocks, hidden, rectified, absolute,
    dW, dC, slopes, squares, H, A, Z, none, lanes,
):  # fmt: skip
    """Add a tile's gradient to dW (m, n), dC (n, m), and what `gather` needs to slopes, squares.

    W (m, n), C (n, m), D = C^T; X (n, T/LANES, LANES), of which the first `blocks` blocks.
    hidden, rectified: whether H, Z pass through relu; absolute: whether the target is |X|.
    Space: H, A like X with m rows, the same where not hidden, Z like X, lanes (LANES,);
    none (m,): zeros.
    """
    multiply(W, none, X, H, blocks)
    rectify(H, A, blocks, hidden)
    multiply(C, b, A, Z, blocks)
    errors(Z, X, importance, blocks, rectified, absolute, slopes, squares)
    correlate(Z, A, dC, blocks, lanes)
    multiply(D, none, Z, A, blocks)
    gate(H, A, blocks, hidden)
    correlate(A, X, dW, blocks, lanes)


@kernel
def by_blas(
    W, C, D, b, importance, x, X, blocks, hidden, rectified, absolute,
    dW, dC, slopes, squares, h, H, a, A, z, Z, P, Q,
):  # fmt: skip
    """Do what `by_loops` does, for all samples of a tile.

    Small letters: the arrays of the large ones with rows in one piece, (rows, T); P (m, n) and
    Q (n, m): space.
    """
    np.dot(W, x, h)
    rectify(H, A, blocks, hidden)
    np.dot(C, a, z)
    shift(Z, b, blocks)
    errors(Z, X, importance, blocks, rectified, absolute, slopes, squares)
    np.dot(z, a.T, Q)
    add(dC, Q)
    np.dot(D, z, a)
    gate(H, A, blocks, hidden)
    np.dot(a, x.T, P)
    add(dW, P)


@inlined
def multiply(C, base, X, Y, blocks):
    """Y = C X + base in the first blocks, for C (p, q), base (p,), X (q, ...), Y (p, ...)."""
    p, q = C.shape
    for i in range(p):
        b, c0, c1 = base[i], C[i, 0], C[i, 1] if q > 1 else np.float32(0.0)
        one = min(1, q - 1)
        for t in range(blocks):
            for s in range(LANES):
                Y[i, t, s] = b + (c0 * X[0, t, s] + c1 * X[one, t, s])
        for j in range(2, q, 2):
            one = min(j + 1, q - 1)
            c0, c1 = C[i, j], C[i, one] if one > j else np.float32(0.0)
            for t in range(blocks):
                for s in range(LANES):
                    Y[i, t, s] += c0 * X[j, t, s] + c1 * X[one, t, s]


@inlined
def correlate(X, Y, out, blocks, lanes):
    """out += X Y^T over the first blocks, for X (p, ...), Y (q, ...), out (p, q)."""
    for i in range(X.shape[0]):
        for j in range(Y.shape[0]):
            for s in range(LANES):
                lanes[s] = 0.0
            for t in range(blocks):
                for s in range(LANES):
                    lanes[s] += X[i, t, s] * Y[j, t, s]
            for s in range(8):
                low = (lanes[s] + lanes[s + 8]) + (lanes[s + 16] + lanes[s + 24])
                high = (lanes[s + 32] + lanes[s + 40]) + (lanes[s + 48] + lanes[s + 56])
                lanes[s] = low + high
            half = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
            out[i, j] += half + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))


@inlined
def errors(Z, X, importance, blocks, rectified, absolute, slopes, squares):
    """Put the gradient in Z of the weighted squares in Z; sum it and them in lanes (n, LANES)."""
    zero = np.float32(0.0)
    for i in range(Z.shape[0]):
        weight = np.float32(2.0) * importance[i]
        for t in range(blocks):
            for s in range(LANES):
                target = abs(X[i, t, s]) if absolute else X[i, t, s]
                flat = rectified & (Z[i, t, s] <= zero)  # not where it is NaN, which must show
                error = (zero if flat else Z[i, t, s]) - target
                slope = zero if flat else weight * error
                Z[i, t, s] = slope
                slopes[i, s] += slope
                squares[i, s] += error * error


@kernel
def gather(slopes, squares, importance, db):
    """Add the sums of `errors` to db (n,), clear them, and return the loss."""
    loss = 0.0
    for i in range(db.shape[0]):
        for size in (32, 16, 8, 4, 2, 1):
            for s in range(size):
                slopes[i, s] += slopes[i, s + size]
                squares[i, s] += squares[i, s + size]
        db[i] += slopes[i, 0]
        loss += np.float64(importance[i] * squares[i, 0])
        for s in range(LANES):
            slopes[i, s] = 0.0
            squares[i, s] = 0.0
    return loss


@inlined
def rectify(H, A, blocks, hidden):
    """A = relu(H) in the first blocks, if hidden."""
    for k in range(H.shape[0] if hidden else 0):
        for t in range(blocks):
            for s in range(LANES):
                A[k, t, s] = np.float32(0.0) if H[k, t, s] <= 0.0 else H[k, t, s]


@inlined
def gate(H, A, blocks, hidden):
    """Clear A where H <= 0 in the first blocks, if hidden."""
    for k in range(H.shape[0] if hidden else 0):
        for t in range(blocks):
            for s in range(LANES):
                A[k, t, s] = np.float32(0.0) if H[k, t, s] <= 0.0 else A[k, t, s]


@kernel
def shift(Z, b, blocks):
    """Add b_i to row i, in the first blocks."""
    for i in range(Z.shape[0]):
        for t in range(blocks):
            for s in range(LANES):
                Z[i, t, s] += b[i]


@kernel
def add(out, more):
    """out += more, both (p, q)."""
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] += more[i, j]
