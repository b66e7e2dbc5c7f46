"""The odd half of a ReLU loss by a Fourier series: E[z|z|/2 - x_i|z|] for z = b + sum_j a_j x_j.

Where |z| <= M, with w_k = k pi/(2M) over odd k,
    z|z|/2 = M z - (16 M^2/pi^3) sum_k sin(w_k z)/k^3,   |z| = M - (8 M/pi^2) sum_k cos(w_k z)/k^2,
so that only the characteristic function of z is needed: a product over independent groups of
features. Patterns with at most one active feature are left out of the series and added in closed
form: what remains has a continuous density, and terms that fall like k^-5 and k^-4.

Group g holds features starts[g] .. starts[g+1] - 1; `joint` (groups,) is true where they are
active together, and false where at most one of them is; `p` (n,) is the probability that a
feature is active. Frequencies come one after the other, each for all features: `toy_waves`.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.toy_few import alone_probabilities, few_active, idle, truncation
from lcs._kernels.toy_reach import half_period
from lcs._kernels.toy_waves import (
    ALONE,
    BEFORE,
    BEHIND,
    BESIDE,
    FACTOR,
    G0,
    G1,
    IDLE,
    IN_GROUP,
    ROWS,
    SLOPE,
    THETA,
    P,
    advance,
    at,
    moments,
    put,
    second_moment,
    set_out,
)

_SMALL, _TINY = 3e-4, 1e-7  # groups that move z by less, relative to M, are replaced by their mean


@kernel
def odd_losses(G, b, rows, starts, joint, p, signed, terms, value, dG, db, tail):
    """Fill, for every i in rows, value[i] with the odd half of feature i's loss at row i of G.

    dG[i] (n,) and db[i] receive its derivatives, tail[i] a bound on what is left out of
    value[i]. `terms`: odd k = 1, 3, ..., 2 terms - 1.
    """
    n, groups = G.shape[0], joint.shape[0]
    w, member = np.empty((ROWS, n)), np.empty(n, dtype=np.int64)
    ends, kind = np.empty(groups, dtype=np.int64), np.empty(groups, dtype=np.bool_)
    used, alone = np.empty(groups, dtype=np.bool_), np.empty(n)
    for i in rows:
        a, da = G[i], dG[i]
        M, beyond = half_period(i, a, b[i], starts, joint, p, signed)
        bias, slack = _relevant(i, a, b[i], M, starts, p, signed, used)
        nobody = alone_probabilities(starts, joint, p, used, alone)
        tail[i] = slack + beyond + truncation(i, a, M, starts, joint, p, used, alone, nobody, terms)
        value[i], db[i] = few_active(i, a, bias, p, signed, alone, nobody, M, da)
        count, last = _gather(
            a, math.pi / (2.0 * M), starts, joint, p, used, alone, member, ends, kind, w
        )
        mine = 0
        while member[mine] != i:
            mine += 1
        v, d = _series(mine, bias, M, terms, count, ends[:last], kind, signed, nobody, w)
        many = 0.0 if signed else M / 2.0
        for j in range(count):
            v += many * (w[P, j] - w[ALONE, j]) * a[member[j]]
            da[member[j]] += many * (w[P, j] - w[ALONE, j]) + w[SLOPE, j]
        value[i] += v
        db[i] += d
        mean = 0.0 if signed else 0.5
        for g in range(groups):
            if not used[g]:
                for j in range(starts[g], starts[g + 1]):
                    da[j] = mean * p[j] * db[i]


@kernel
def _relevant(i, a, b, M, starts, p, signed, used):
    """Mark the groups that matter; the others count with their means.

    Returns the bias with those means, and a bound on the error: with eta what the others add,
    v >= Var eta and |eta| <= R, it is at most v/2 for z|z|/2, and for x_i |z| at most sqrt(v) times
    the probability that x_i is active and z within R of 0, which is p_i min(1, 2 R/|a_i|) at most.
    """
    small = (_SMALL if abs(a[i]) > 0.01 * M else _TINY) * M
    R, v = 0.0, 0.0
    for g in range(used.shape[0]):
        size, active = 0.0, 0.0
        for j in range(starts[g], starts[g + 1]):
            size += abs(a[j])
            active += p[j]
        used[g] = size > small or starts[g] <= i < starts[g + 1]
        if not used[g]:
            R += size
            v += min(active, 1.0) * size * size
            if not signed:
                for j in range(starts[g], starts[g + 1]):
                    b += p[j] * a[j] / 2.0
    near = 1.0 if abs(a[i]) <= 2.0 * R else 2.0 * R / abs(a[i])
    return b, v / 2.0 + p[i] * near * math.sqrt(v)


@kernel
def _gather(a, w1, starts, joint, p, used, alone, member, ends, kind, w):
    """Put the features and the groups in use side by side; returns how many there are of both."""
    count, last = 0, 0
    for g in range(used.shape[0]):
        if used[g]:
            for j in range(starts[g], starts[g + 1]):
                member[count] = j
                w[THETA, count] = w1 * a[j]
                w[P, count], w[ALONE, count], w[SLOPE, count] = p[j], alone[j], 0.0
                count += 1
            ends[last], kind[last] = count, joint[g]
            w[IDLE, last] = idle(g, starts, joint, p)
            last += 1
    return count, last


@kernel
def _series(i, b, M, terms, count, ends, joint, signed, nobody, w):
    """Sum the series over patterns with two or more active features: value and db.

    Adds the derivatives by angle over w_1 to row SLOPE.
    """
    own = 0
    while i >= ends[own]:
        own += 1
    value, db, w1 = 0.0, 0.0, math.pi / (2.0 * M)
    set_out(count, w)
    turn = complex(math.cos(w1 * b), math.sin(w1 * b))
    step = turn * turn
    for s in range(terms):
        k = 2 * s + 1
        wk = k * w1
        moments(k, count, signed, w)
        few = nobody + _factors(count, ends, joint, w)
        mine = at(w, FACTOR, own)
        rest = _beside(own, ends, w)
        # The term is Re(A E[e^{iwz}] + B E[x_i e^{iwz}]), less the patterns of row ALONE.
        B = turn * (8.0 * M / (math.pi * k) ** 2)
        A = B * complex(0.0, 1.0 / wk)
        mixed = A * mine + B * at(w, IN_GROUP, i)
        whole = mixed * rest - A * few - B * (w[ALONE, i] * at(w, G1, i))
        value += whole.real
        db -= wk * whole.imag
        _slopes(count, wk * A, wk * mixed, w)
        _own_slopes(i, own, k, ends, joint, signed, wk * A, wk * B, rest, w)
        advance(count, w)
        turn *= step
    return value, db


@kernel
def _slopes(count, A, both, w):
    """Add the derivatives of one term, but for what own group and feature add."""
    for j in range(count):
        lonely = A.real * w[G1 + 1, j] + A.imag * w[G1, j]
        w[SLOPE, j] += w[ALONE, j] * lonely
    for j in range(count):
        w[SLOPE, j] -= both.real * w[BESIDE + 1, j] + both.imag * w[BESIDE, j]


@kernel
def _own_slopes(i, own, k, ends, joint, signed, A, B, rest, w):
    """Add the derivatives of one term in the angles of the own group."""
    second = second_moment(k, i, signed, w)
    w[SLOPE, i] += w[ALONE, i] * (B * second).imag
    for j in range(ends[own - 1] if own else 0, ends[own]):
        total = A * at(w, IN_GROUP, j)
        if i == j or joint[own]:
            total += B * _second(i, j, own, ends, joint, second, w)
        w[SLOPE, j] -= (total * rest).imag


@kernel
def _factors(count, ends, joint, w):
    """E e^{iwz} of every group, and E x_j e^{iwz} over that of j; returns what the lonely give."""
    for j in range(count):
        w[IN_GROUP, j] = w[P, j] * w[G1, j]
    for j in range(count):
        w[IN_GROUP + 1, j] = w[P, j] * w[G1 + 1, j]
    few_real, few_imag, first = 0.0, 0.0, 0
    for g in range(ends.shape[0]):
        real, imag = w[IDLE, g], 0.0
        for j in range(first, ends[g]):
            few_real += w[ALONE, j] * w[G0, j]
            few_imag += w[ALONE, j] * w[G0 + 1, j]
            if not joint[g]:
                real += w[P, j] * w[G0, j]
                imag += w[P, j] * w[G0 + 1, j]
        if joint[g]:
            product = _together(first, ends[g], w)
            real += product.real
            imag += product.imag
        w[FACTOR, g], w[FACTOR + 1, g] = real, imag
        first = ends[g]
    return complex(few_real, few_imag)


@kernel
def _together(first, end, w):
    """The same of a group whose features are active together."""
    product = w[P, first] + 0j
    for j in range(first, end):
        put(w, IN_GROUP, j, product * at(w, G1, j))  # the members before j, then those after it
        product *= at(w, G0, j)
    behind = 1.0 + 0j
    for j in range(end - 1, first - 1, -1):
        put(w, IN_GROUP, j, behind * at(w, IN_GROUP, j))
        behind *= at(w, G0, j)
    return product


@kernel
def _second(i, j, g, ends, joint, second, w):
    """E x_i x_j e^{iwz} over the group that holds both, where both can be active."""
    product = w[P, i] + 0j
    if not joint[g]:
        return product * second
    for l in range(ends[g - 1] if g else 0, ends[g]):
        if l == i and l == j:
            product *= second
        elif l in (i, j):
            product *= at(w, G1, l)
        else:
            product *= at(w, G0, l)
    return product


@kernel
def _beside(own, ends, w):
    """For every j outside the own group E x_j e^{iwz} over all but that; returns E e^{iwz} of it.

    Products from before and from behind: a factor can be 0, so nothing is divided.
    """
    put(w, FACTOR, own, 1.0 + 0j)
    last = ends.shape[0] - 1
    before, behind = 1.0 + 0j, 1.0 + 0j
    for g in range(last + 1):
        put(w, BEFORE, g, before)
        put(w, BEHIND, last - g, behind)
        before *= at(w, FACTOR, g)
        behind *= at(w, FACTOR, last - g)
    first = 0
    for g in range(last + 1):
        others = at(w, BEFORE, g) * at(w, BEHIND, g) if g != own else 0j
        for j in range(first, ends[g]):
            put(w, BESIDE, j, others * at(w, IN_GROUP, j))
        first = ends[g]
    return before
