"""The odd half of a ReLU loss by a Fourier series: E[z|z|/2 - x_i|z|] for z = b + sum_j a_j x_j.

Where |z| <= M, with w_k = k pi/(2M) over odd k,
    z|z|/2 = M z - (16 M^2/pi^3) sum_k sin(w_k z)/k^3,   |z| = M - (8 M/pi^2) sum_k cos(w_k z)/k^2,
so that only the characteristic function of z is needed: a product over independent groups of
features. Patterns with at most one active feature are left out of the series and added in closed
form: what remains has a continuous density, and terms that fall like k^-5 and k^-4.

Group g holds features starts[g] .. starts[g+1] - 1; `joint` (groups,) is true where they are
active together, and false where at most one of them is; `p` (n,) is the probability that a
feature is active. Functions of frequency are rows of one array, see `lcs._kernels.toy_waves`: n
rows each of E e^{iwx_j}, E x_j e^{iwx_j}, and E x_j e^{iwz} over the group of j; of E e^{iwz} over
group g, and of its product over all groups but g and that of i; then single ones.
"""

import math

import numpy as np

from lcs._kernels.jit import kernel
from lcs._kernels.toy_few import alone_probabilities, few_active, idle, truncation
from lcs._kernels.toy_reach import half_period
from lcs._kernels.toy_waves import (
    add,
    at,
    constant,
    copy,
    imaginary,
    odd_moments,
    odd_powers,
    second_moments,
    times,
)

_SMALL, _TINY = 3e-4, 1e-7  # groups that move z by less, relative to M, are replaced by their mean


@kernel
def odd_losses(G, b, rows, starts, joint, p, signed, terms, value, dG, db, tail):
    """Fill, for every i in rows, value[i] with the odd half of feature i's loss at row i of G.

    dG[i] (n,) and db[i] receive its derivatives, tail[i] a bound on what is left out of
    value[i]. `terms`: odd k = 1, 3, ..., 2 terms - 1.
    """
    n, groups = G.shape[0], joint.shape[0]
    waves, inverse = np.empty((5 * n + 6, 2, terms)), 1.0 / (2 * np.arange(terms) + 1)
    used, alone = np.empty(groups, dtype=np.bool_), np.empty(n)
    for i in rows:
        a, da = G[i], dG[i]
        M, beyond = half_period(i, a, b[i], starts, joint, p, signed)
        bias, slack = _relevant(i, a, b[i], M, starts, p, signed, used)
        nobody = alone_probabilities(starts, joint, p, used, alone)
        tail[i] = slack + beyond + truncation(i, a, M, starts, joint, p, used, alone, nobody, terms)
        value[i], db[i] = few_active(i, a, bias, p, signed, alone, nobody, M, da)
        v, d = _series(
            i, a, bias, M, starts, joint, p, signed, used, alone, nobody, waves, inverse, da
        )
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
def _series(i, a, b, M, starts, joint, p, signed, used, alone, nobody, waves, inverse, da):
    """Sum the series over patterns with two or more active features; returns value and db."""
    n, w1 = a.shape[0], math.pi / (2.0 * M)
    g1, D, F, others = n, 2 * n, 3 * n, 4 * n
    few, A, B, both, second, turn = _singles(n)
    own = 0
    while i >= starts[own + 1]:
        own += 1
    constant(nobody, waves, few)
    for g in range(used.shape[0]):
        if used[g]:
            for j in range(starts[g], starts[g + 1]):
                odd_moments(w1 * a[j], inverse, signed, waves, j, g1 + j)
                add(alone[j], waves, j, few)
            _factor(g, starts, joint, p, waves, n)
    second_moments(w1 * a[i], inverse, signed, waves, g1 + i, second)
    _others(own, used, waves, n)
    value, db = 0.0, 0.0
    # value is the sum of Re(A E[e^{iwz}] + B E[x_i e^{iwz}]), less the patterns of `alone`.
    odd_powers(w1 * b, waves, turn)
    for s in range(inverse.shape[0]):
        k = 2 * s + 1
        w = k * w1
        start = at(waves, turn, s) * (8.0 * M / (math.pi * k) ** 2)
        above = start * complex(0.0, 1.0 / w)
        mixed = above * at(waves, F + own, s) + start * at(waves, D + i, s)
        whole = mixed * at(waves, others + own, s)
        whole -= above * at(waves, few, s) + start * (alone[i] * at(waves, g1 + i, s))
        value += whole.real
        db -= w * whole.imag
        # Derivatives need every term times w.
        waves[A, 0, s], waves[A, 1, s] = w * above.real, w * above.imag
        waves[B, 0, s], waves[B, 1, s] = w * start.real, w * start.imag
        waves[both, 0, s], waves[both, 1, s] = w * mixed.real, w * mixed.imag
    return value + _slopes(i, own, a, M, starts, joint, p, signed, used, alone, waves, da), db


@kernel
def _singles(n):
    """The rows of what there is one of: see `_series`."""
    return 5 * n, 5 * n + 1, 5 * n + 2, 5 * n + 3, 5 * n + 4, 5 * n + 5


@kernel
def _slopes(i, own, a, M, starts, joint, p, signed, used, alone, waves, da):
    """Put the derivatives in da; returns the part of the value that is linear in a."""
    n = a.shape[0]
    g1, D, others = n, 2 * n, 4 * n
    _, A, B, both, second, X = _singles(n)
    mean, value = 0.0 if signed else 0.5, 0.0
    for g in range(used.shape[0]):
        if not used[g]:
            continue
        if g != own:
            times(waves, others + g, both)
        for j in range(starts[g], starts[g + 1]):
            many = M * mean * (p[j] - alone[j])
            value += many * a[j]
            da[j] += many + alone[j] * imaginary(waves, A, g1 + j)
            if g != own:
                da[j] -= imaginary(waves, others + g, D + j)
                continue
            times(waves, D + j, others + own)
            da[j] -= imaginary(waves, A, D + j)
            if i == j or joint[g]:
                _second(own, i, j, starts, joint, p, waves, n, second, X)
                times(waves, X, others + own)
                da[j] -= imaginary(waves, B, X)
            if i == j:
                da[j] += alone[j] * imaginary(waves, B, second)
    return value


@kernel
def _factor(g, starts, joint, p, waves, n):
    """E e^{iwz} of group g, and E x_j e^{iwz} of the group of j for its members."""
    g1, D, F, product = n, 2 * n, 3 * n + g, 5 * n + 5
    first, last = starts[g], starts[g + 1]
    constant(idle(g, starts, joint, p), waves, F)
    for j in range(first, last):
        constant(0.0, waves, D + j)
        add(p[j], waves, g1 + j, D + j)
        if not joint[g]:
            add(p[j], waves, j, F)
    if joint[g]:
        constant(1.0, waves, product)
        for j in range(first, last):
            times(waves, D + j, product)  # the members before j, then those after it
            times(waves, product, j)
        add(p[first], waves, product, F)
        constant(1.0, waves, product)
        for j in range(last - 1, first - 1, -1):
            times(waves, D + j, product)
            times(waves, product, j)


@kernel
def _second(g, i, j, starts, joint, p, waves, n, second, X):
    """E x_i x_j e^{iwz} of the group that holds both, in X, where both can be active."""
    constant(p[i], waves, X)
    if not joint[g]:
        times(waves, X, second)
        return
    for l in range(starts[g], starts[g + 1]):
        if l == i and l == j:
            times(waves, X, second)
        elif l in (i, j):
            times(waves, X, n + l)
        else:
            times(waves, X, l)


@kernel
def _others(own, used, waves, n):
    """For every g the product of all factors but the own one and g; for the own one of all but it.

    Products from before and from behind: a factor can be 0, so nothing is divided.
    """
    F, others, rest = 3 * n, 4 * n, 5 * n + 5
    constant(1.0, waves, rest)
    for g in range(used.shape[0] - 1, -1, -1):
        if used[g] and g != own:
            copy(waves, rest, others + g)
            times(waves, rest, F + g)
    constant(1.0, waves, rest)
    for g in range(used.shape[0]):
        if used[g] and g != own:
            times(waves, others + g, rest)
            times(waves, rest, F + g)
    copy(waves, rest, others + own)
