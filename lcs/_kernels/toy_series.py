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

_NEGLIGIBLE = 1e-7  # groups that move z by less of M: replaced by their mean, an error of 1e-14 M^2


@kernel
def odd_losses(G, b, rows, starts, joint, p, signed, terms, value, dG, db, tail):
    """Fill, for every i in rows, value[i] with the odd half of feature i's loss at row i of G.

    dG[i] (n,) and db[i] receive its derivatives, tail[i] a bound on what the series leaves out of
    value[i]. `terms`: odd k = 1, 3, ..., 2 terms - 1.
    """
    n, groups = G.shape[0], joint.shape[0]
    work = np.empty((6, max(n, 5), terms), dtype=np.complex128)
    used, alone = np.empty(groups, dtype=np.bool_), np.empty(n)
    for i in rows:
        a, da = G[i], dG[i]
        bias, M = _relevant(i, a, b[i], starts, p, signed, used)
        nobody = alone_probabilities(starts, joint, p, used, alone)
        tail[i] = truncation(i, a, M, starts, joint, p, used, alone, nobody, terms)
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
def _relevant(i, a, b, starts, p, signed, used):
    """Mark the groups that matter; return the bias with the means of the others, and M."""
    low, high = b, b
    for j in range(a.shape[0]):
        if signed:
            low -= abs(a[j])
            high += abs(a[j])
        else:
            low += min(a[j], 0.0)
            high += max(a[j], 0.0)
    reach = max(-low, high)
    for g in range(used.shape[0]):
        size = 0.0
        mine = False
        for j in range(starts[g], starts[g + 1]):
            size += abs(a[j])
            mine = mine or j == i
        used[g] = mine or size > _NEGLIGIBLE * reach
        if not used[g] and not signed:
            for j in range(starts[g], starts[g + 1]):
                b += p[j] * a[j] / 2.0
    # In steps: a truncated series that is differentiated at one M agrees with its own gradient.
    return b, 2.0 ** (math.ceil(8.0 * math.log2(reach)) / 8.0)


@kernel
def _series(i, a, b, M, starts, joint, p, signed, used, alone, nobody, work, da):
    """Sum the series over patterns with two or more active features; returns value and db."""
    groups, terms = joint.shape[0], work.shape[2]
    mean = 0.0 if signed else 0.5
    w1 = math.pi / (2.0 * M)
    g0, g1, D, F, others = work[0], work[1], work[2], work[3], work[4]
    few, A, B, both, g2 = work[5, 0], work[5, 1], work[5, 2], work[5, 3], work[5, 4]
    few[:] = nobody
    own, value, db = 0, 0.0, 0.0
    for g in range(groups):
        if not used[g]:
            continue
        for j in range(starts[g], starts[g + 1]):
            _moments(w1 * a[j], signed, g0[j], g1[j], g2, i == j)
            _add(few, alone[j], g0[j])
            value += M * mean * (p[j] - alone[j]) * a[j]
            da[j] += M * mean * (p[j] - alone[j])
            own = g if i == j else own
        _factor(g, starts, joint, p, g0, g1, D, F[g])
    _others(own, used, F, others)
    # value is the sum of Re(A E[e^{iwz}] + B E[x_i e^{iwz}]), less the patterns of `alone`.
    turn = complex(math.cos(w1 * b), math.sin(w1 * b))
    step = turn * turn
    for t in range(terms):
        k = 2 * t + 1
        A[t] = turn * complex(0.0, 16.0 * M * M / (math.pi * k) ** 3)
        B[t] = turn * (8.0 * M / (math.pi * k) ** 2)
        both[t] = A[t] * F[own, t] + B[t] * D[i, t]
        whole = both[t] * others[own, t] - A[t] * few[t] - B[t] * (alone[i] * g1[i, t])
        value += whole.real
        db -= k * w1 * whole.imag
        turn *= step
    for g in range(groups):
        if used[g] and g != own:
            for j in range(starts[g], starts[g + 1]):
                da[j] -= w1 * _slope(both, D[j], others[g], A, alone[j], g1[j])
    for j in range(starts[own], starts[own + 1]):
        # F is not needed any more: it takes E x_i x_j e^{iwz} of the group.
        _second(own, i, j, starts, joint, p, g0, g1, g2, F[own])
        da[j] -= w1 * _slope(A, D[j], others[own], A, alone[j], g1[j])
        da[j] -= w1 * _slope(B, F[own], others[own], B, alone[j] if i == j else 0.0, g2)
    return value, db


@kernel
def _moments(theta, signed, g0, g1, g2, wanted):
    """Fill g0 and g1, and g2 if wanted, with the moments at t = k theta, k = 1, 3, ..."""
    turn = complex(math.cos(theta), math.sin(theta))
    step = turn * turn
    for s in range(g0.shape[0]):
        g0[s], g1[s], second = uniform_moments((2 * s + 1) * theta, turn, signed)
        if wanted:
            g2[s] = second
        turn *= step


@kernel
def _add(total, scale, x):
    for s in range(total.shape[0]):
        total[s] += scale * x[s]


@kernel
def _slope(c, D, others, A, alone, g):
    """The sum over k of k Im(c D others - A alone g)."""
    total = 0.0
    for s in range(c.shape[0]):
        total += (2 * s + 1) * (c[s] * D[s] * others[s] - A[s] * (alone * g[s])).imag
    return total


@kernel
def _factor(g, starts, joint, p, g0, g1, D, F):
    """E e^{iwz} of one group in F, and in D[j] = E x_j e^{iwz} of it."""
    first, last = starts[g], starts[g + 1]
    F[:] = idle(g, starts, joint, p)
    if not joint[g]:
        for j in range(first, last):
            for s in range(F.shape[0]):
                F[s] += p[j] * g0[j, s]
                D[j, s] = p[j] * g1[j, s]
        return
    for s in range(F.shape[0]):
        product = p[first] + 0j
        for j in range(first, last):
            D[j, s] = product * g1[j, s]  # the members before j, then those after it
            product *= g0[j, s]
        F[s] += product
        product = 1.0 + 0j
        for j in range(last - 1, first - 1, -1):
            D[j, s] *= product
            product *= g0[j, s]


@kernel
def _second(g, i, j, starts, joint, p, g0, g1, g2, X):
    """E x_i x_j e^{iwz} of the group that holds both, in X."""
    if not joint[g]:
        for s in range(X.shape[0]):
            X[s] = p[i] * g2[s] if i == j else 0j
        return
    for s in range(X.shape[0]):
        X[s] = p[i]
        for l in range(starts[g], starts[g + 1]):
            if l == i and l == j:
                X[s] *= g2[s]
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
    rest[:] = 1.0
    for g in range(used.shape[0] - 1, -1, -1):
        if used[g] and g != own:
            for s in range(rest.shape[0]):
                others[g, s] = rest[s]
                rest[s] *= F[g, s]
    rest[:] = 1.0
    for g in range(used.shape[0]):
        if used[g] and g != own:
            for s in range(rest.shape[0]):
                others[g, s] *= rest[s]
                rest[s] *= F[g, s]
