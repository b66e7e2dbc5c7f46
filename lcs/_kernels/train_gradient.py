"""Loss and gradient of a toy model summed over the samples of a tile, in float32.

    H = W X, A = H or relu(H), Z = C A, Y = Z + b or relu(Z + b), weighted by I (Y - target)^2.
Rows run over samples, in blocks of LANES, so that loops turn into SIMD without reordering a sum:
sums over samples are kept in SUMS partial sums, to each of which a block adds PARTS terms. Large
products are BLAS's.
"""

import numpy as np

from lcs._kernels.jit import inlined, kernel

LANES = 64  # samples come in multiples of this
SUMS = 16
PARTS = LANES // SUMS


@kernel
def by_loops(
    W, C, D, b, importance, X, blocks, hidden, rectified, absolute,
    dV, dC, slopes, squares, H, A, Z, lanes,
):  # fmt: skip
    """Add a tile's gradient in V = W^T and C to dV, dC (n, m), which may be one array.

    W (m, n), C (n, m), D = C^T; X (n, T/LANES, LANES), of which the first `blocks` blocks. hidden,
    rectified: whether H, Z pass through relu; absolute: whether the target is |X|. slopes, squares
    (n, SUMS): what `gather` needs is added. Space: H, A like X with m rows, the same where not
    hidden, Z like X, lanes (SUMS,), which is zero.
    """
    multiply(W, X, H, blocks)
    rectify(H, A, blocks, hidden)
    multiply(C, A, Z, blocks)
    errors(Z, X, b, importance, blocks, rectified, absolute, slopes, squares)
    correlate(Z, A, dC, blocks, lanes)
    multiply(D, Z, A, blocks)
    gate(H, A, blocks, hidden)
    correlate(X, A, dV, blocks, lanes)


@kernel
def by_blas(
    W, V, C, D, b, importance, x, X, blocks, hidden, rectified, absolute,
    dV, dC, slopes, squares, h, H, a, A, z, Z, u, Q,
):  # fmt: skip
    """Do what `by_loops` does, for all samples of a tile.

    Small letters: the arrays of the large ones with rows in one piece, (rows, T). Space: u (T, m),
    Q (n, m).
    """
    product(W, V, x, h)
    rectify(H, A, blocks, hidden)
    np.dot(C, a, z)
    errors(Z, X, b, importance, blocks, rectified, absolute, slopes, squares)
    add_product(z, a, u, Q, dC)
    product(D, C, z, a)
    gate(H, A, blocks, hidden)
    add_product(x, a, u, Q, dV)


@kernel
def product(W, V, x, h):
    """h = W x, given V = W^T too: BLAS is faster by the one for tall x, by the other for wide x."""
    if x.shape[0] > x.shape[1]:
        np.dot(V.T, x, h)
    else:
        np.dot(W, x, h)


@kernel
def add_product(x, a, u, Q, out):
    """out += x a^T: for tall x, where BLAS takes long to transpose, by way of u = a^T."""
    if x.shape[0] > x.shape[1]:
        turn(a, u)
        np.dot(x, u, Q)
    else:
        np.dot(x, a.T, Q)
    add(out.ravel(), Q.ravel())


@inlined
def multiply(C, X, Y, blocks):
    """Y = C X in the first blocks, for C (p, q), X (q, ...), Y (p, ...): two rows at a time."""
    q = C.shape[1]
    for i in range(C.shape[0]):
        one = min(1, q - 1)
        c0, c1 = C[i, 0], C[i, one] if one > 0 else np.float32(0.0)
        for t in range(blocks):
            for s in range(LANES):
                Y[i, t, s] = c0 * X[0, t, s] + c1 * X[one, t, s]
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
            for t in range(blocks):
                for s in range(SUMS):
                    found = np.float32(0.0)
                    for part in range(PARTS):
                        found += X[i, t, s + SUMS * part] * Y[j, t, s + SUMS * part]
                    lanes[s] += found
            out[i, j] += total(lanes)


@inlined
def total(lanes):
    """Return the sum of lanes (SUMS,), and clear them."""
    for s in range(4):
        lanes[s] = (lanes[s] + lanes[s + 4]) + (lanes[s + 8] + lanes[s + 12])
    found = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
    for s in range(SUMS):
        lanes[s] = 0.0
    return found


@inlined
def errors(Z, X, b, importance, blocks, rectified, absolute, slopes, squares):
    """Put the gradient in Z of the weighted squares in Z; sum it and them in lanes (n, SUMS)."""
    zero = np.float32(0.0)
    for i in range(Z.shape[0]):
        weight, bias = np.float32(2.0) * importance[i], b[i]
        for t in range(blocks):
            for s in range(SUMS):
                down, square = zero, zero
                for part in range(PARTS):
                    at = s + SUMS * part
                    target = abs(X[i, t, at]) if absolute else X[i, t, at]
                    output = Z[i, t, at] + bias
                    flat = rectified & (output <= zero)  # not where it is NaN, which must show
                    error = (zero if flat else output) - target
                    slope = zero if flat else weight * error
                    Z[i, t, at] = slope
                    down += slope
                    square += error * error
                slopes[i, s] += down
                squares[i, s] += square


@inlined
def gather(slopes, squares, importance, db):
    """Add the sums of `errors` to db (n,), clear them, and return the loss."""
    loss = 0.0
    for i in range(db.shape[0]):
        db[i] += total(slopes[i])
        loss += np.float64(importance[i] * total(squares[i]))
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


@inlined
def add(out, more):
    """out += more, both (size,)."""
    for p in range(out.shape[0]):
        out[p] += more[p]


@inlined
def turn(X, out):
    """out = X^T, for X (p, q)."""
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            out[j, i] = X[i, j]
