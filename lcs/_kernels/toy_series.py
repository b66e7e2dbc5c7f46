"""The odd half of a ReLU loss by a Fourier series: E[z|z|/2 - x_i|z|] for z = b + sum_j a_j x_j.

Where |z| <= M, with w_k = k pi/(2M) over odd k,
    z|z|/2 = M z - (16 M^2/pi^3) sum_k sin(w_k z)/k^3,   |z| = M - (8 M/pi^2) sum_k cos(w_k z)/k^2,
so that only the characteristic function of z is needed: a product over independent groups of
features. Patterns with at most one active feature are left out of the series and added in closed
form: what remains has a continuous density, and terms that fall like k^-5 and k^-4.

Group g holds features starts[g] .. starts[g+1] - 1; `joint` (groups,) is true where they are
active together, and false where at most one of them is; `p` (n,) is the probability that a
feature is active. Complex numbers are never divided: that is slow in compiled code.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.toy_few import alone_probabilities, few_active, idle, truncation
from lcs._kernels.toy_moments import uniform_moments
from lcs._kernels.toy_reach import half_period

_SMALL, _TINY = 3e-4, 1e-7  # groups that move z by less, relative to M, are replaced by their mean


@kernel
def odd_losses(G, b, rows, starts, joint, p, signed, terms, value, dG, db, tail):
    """Fill, for every i in rows, value[i] with the odd half of feature i's loss at row i of G.

    dG[i] (n,) and db[i] receive its derivatives, tail[i] a bound on what is left out of
    value[i]. `terms`: odd k = 1, 3, ..., 2 terms - 1.
    """
    n, groups = G.shape[0], joint.shape[0]
    work = np.empty((6, max(n, 5), terms), dtype=np.complex128)
    used, alone = np.empty(groups, dtype=np.bool_), np.empty(n)
    for i in rows:
        a, da = G[i], dG[i]
        M, beyond = half_period(i, a, b[i], starts, joint, p, signed)
        bias, slack = _relevant(i, a, b[i], M, starts, p, signed, used)
        nobody = alone_probabilities(starts, joint, p, used, alone)
        tail[i] = slack + beyond + truncation(i, a, M, starts, joint, p, used, alone, nobody, terms)
        value[i], db[i] = few_active(i, a, bias, p, signed, alone, nobody, M, da)
        v, d = _series(i, a, bias, M, starts, joint, p, signed, used, alone, nobody, work, da)
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
def _series(i, a, b, M, starts, joint, p, signed, used, alone, nobody, work, da):
    """Sum the series over patterns with two or more active features; returns value and db."""
    g0, g1, D, F, others = work[0], work[1], work[2], work[3], work[4]
    few, A, B, both, second = work[5, 0], work[5, 1], work[5, 2], work[5, 3], work[5, 4]
    w1 = math.pi / (2.0 * M)
    own = 0
    while i >= starts[own + 1]:
        own += 1
    for s in range(few.shape[0]):
        few[s] = nobody
    _moments(i, a, w1, starts, signed, used, alone, g0, g1, few, second)
    _factors(starts, joint, p, used, g0, g1, D, F)
    _others(own, used, F, others)
    value, db = 0.0, 0.0
    # value is the sum of Re(A E[e^{iwz}] + B E[x_i e^{iwz}]), less the patterns of `alone`.
    turn = complex(math.cos(w1 * b), math.sin(w1 * b))
    step = turn * turn
    for s in range(few.shape[0]):
        k = 2 * s + 1
        w = k * w1
        at = turn * complex(0.0, 16.0 * M * M / (math.pi * k) ** 3)
        bt = turn * (8.0 * M / (math.pi * k) ** 2)
        mixed = at * F[own, s] + bt * D[i, s]
        whole = mixed * others[own, s] - at * few[s] - bt * (alone[i] * g1[i, s])
        value += whole.real
        db -= w * whole.imag
        A[s], B[s], both[s] = w * at, w * bt, w * mixed  # derivatives need every term times w
        turn *= step
    mean = 0.0 if signed else 0.5
    for g in range(used.shape[0]):
        if not used[g]:
            continue
        for j in range(starts[g], starts[g + 1]):
            value += M * mean * (p[j] - alone[j]) * a[j]
            da[j] += M * mean * (p[j] - alone[j])
            if g != own:
                da[j] -= _slope(both, D[j], others[g], A, alone[j], g1[j])
            else:
                # F is not needed any more: it takes E x_i x_j e^{iwz} of the group.
                _second(own, i, j, starts, joint, p, g0, g1, second, F[own])
                da[j] -= _slope(A, D[j], others[own], A, alone[j], g1[j])
                lonely = alone[j] if i == j else 0.0
                da[j] -= _slope(B, F[own], others[own], B, lonely, second)
    return value, db


@kernel
def _moments(i, a, w1, starts, signed, used, alone, g0, g1, few, second):
    """Fill g0, g1, and the second moment of feature i; add to few what lonely features give."""
    for g in range(used.shape[0]):
        if not used[g]:
            continue
        for j in range(starts[g], starts[g + 1]):
            theta = w1 * a[j]
            turn = complex(math.cos(theta), math.sin(theta))
            step = turn * turn
            for s in range(few.shape[0]):
                g0[j, s], g1[j, s], last = uniform_moments((2 * s + 1) * theta, turn, signed)
                few[s] += alone[j] * g0[j, s]
                if j == i:
                    second[s] = last
                turn *= step


@kernel
def _slope(c, D, others, A, alone, g):
    """The sum over frequencies of Im(c D others - A alone g)."""
    total = 0.0
    for s in range(c.shape[0]):
        total += (c[s] * D[s] * others[s] - A[s] * (alone * g[s])).imag
    return total


@kernel
def _factors(starts, joint, p, used, g0, g1, D, F):
    """E e^{iwz} of every group g in F[g], and in D[j] = E x_j e^{iwz} of the group of j."""
    for g in range(used.shape[0]):
        first, last = starts[g], starts[g + 1]
        rest = idle(g, starts, joint, p)
        for s in range(F.shape[1] if used[g] else 0):
            if not joint[g]:
                total = rest + 0j
                for j in range(first, last):
                    total += p[j] * g0[j, s]
                    D[j, s] = p[j] * g1[j, s]
                F[g, s] = total
                continue
            product = p[first] + 0j
            for j in range(first, last):
                D[j, s] = product * g1[j, s]  # the members before j, then those after it
                product *= g0[j, s]
            F[g, s] = rest + product
            product = 1.0 + 0j
            for j in range(last - 1, first - 1, -1):
                D[j, s] *= product
                product *= g0[j, s]


@kernel
def _second(g, i, j, starts, joint, p, g0, g1, second, X):
    """E x_i x_j e^{iwz} of the group that holds both, in X."""
    for s in range(X.shape[0]):
        if not joint[g]:
            X[s] = p[i] * second[s] if i == j else 0j
            continue
        X[s] = p[i]
        for l in range(starts[g], starts[g + 1]):
            if l == i and l == j:
                X[s] *= second[s]
            elif l in (i, j):
                X[s] *= g1[l, s]
            else:
                X[s] *= g0[l, s]


@kernel
def _others(own, used, F, others):
    """In others[g] the product of all factors but the own one and g; in others[own] of all but it.

    Products from before and from behind: a factor can be 0, so nothing is divided.
    """
    rest = others[own]
    for s in range(rest.shape[0]):
        rest[s] = 1.0
    for g in range(used.shape[0] - 1, -1, -1):
        if used[g] and g != own:
            for s in range(rest.shape[0]):
                others[g, s] = rest[s]
                rest[s] *= F[g, s]
    for s in range(rest.shape[0]):
        rest[s] = 1.0
    for g in range(used.shape[0]):
        if used[g] and g != own:
            for s in range(rest.shape[0]):
                others[g, s] *= rest[s]
                rest[s] *= F[g, s]
