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

_SMALL = 0.25  # below it the divisions by t^3 would cost more than three digits
_NEGLIGIBLE = 1e-7  # groups that move z by less of M: replaced by their mean, an error of 1e-14 M^2


@kernel
def uniform_moments(t, turn, signed):
    """Return E e^{itx}, E x e^{itx}, E x^2 e^{itx} for uniform x; turn = e^{it}."""
    if abs(t) < _SMALL:
        g0, g1, g2 = 1.0 + 0j, 0.5 + 0j, 1.0 / 3.0 + 0j
        term = 1.0 + 0j
        for k in range(1, 10):
            term *= complex(0.0, t * (1.0 / k))
            g0 += term * (1.0 / (k + 1))
            g1 += term * (1.0 / (k + 2))
            g2 += term * (1.0 / (k + 3))
    else:
        inverse = complex(0.0, -1.0 / t)
        g0 = (turn - 1.0) * inverse
        g1 = (turn - g0) * inverse
        g2 = (turn - 2.0 * g1) * inverse
    if signed:
        return complex(g0.real, 0.0), complex(0.0, g1.imag), complex(g2.real, 0.0)
    return g0, g1, g2


@kernel
def sign_moments(b, a, signed):
    """Return E x^r sign(b + a x), r = 0, 1, 2, for uniform x."""
    s0, s1, s2 = _sign_moments(b, a)
    if signed:
        t0, t1, t2 = _sign_moments(b, -a)
        return (s0 + t0) / 2.0, (s1 - t1) / 2.0, (s2 + t2) / 2.0
    return s0, s1, s2


@kernel
def _sign_moments(b, a):
    start, end = b, b + a
    if start * end >= 0.0:
        s = np.sign(start + end)
        return s, s / 2.0, s / 3.0
    s, x = np.sign(start), start / (start - end)
    return s * (2.0 * x - 1.0), s * (2.0 * x**2 - 1.0) / 2.0, s * (2.0 * x**3 - 1.0) / 3.0


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
        nobody = _alone(starts, joint, p, used, alone)
        tail[i] = _tail(i, a, M, starts, joint, p, used, alone, nobody, terms)
        value[i], db[i] = _few(i, a, bias, p, signed, alone, nobody, M, da)
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
def _idle(g, starts, joint, p):
    """The probability that no member of a group is active."""
    if joint[g]:
        return 1.0 - p[starts[g]]
    idle = 1.0
    for j in range(starts[g], starts[g + 1]):
        idle -= p[j]
    return max(idle, 0.0)


@kernel
def _alone(starts, joint, p, used, alone):
    """Put in alone[j] the probability that j alone is active; return that nothing is."""
    groups = joint.shape[0]
    before = 1.0
    for g in range(groups):
        for j in range(starts[g], starts[g + 1]):
            lonely = used[g] and (not joint[g] or starts[g + 1] - starts[g] == 1)
            alone[j] = before * p[j] if lonely else 0.0
        if used[g]:
            before *= _idle(g, starts, joint, p)
    after = 1.0
    for g in range(groups - 1, -1, -1):
        for j in range(starts[g], starts[g + 1]):
            alone[j] *= after
        if used[g]:
            after *= _idle(g, starts, joint, p)
    return before


@kernel
def _few(i, a, b, p, signed, alone, nobody, M, da):
    """At most one active feature, in closed form, with the linear terms of the series of the rest.

    Puts the derivatives in da; returns the value and the derivative in b.
    """
    mean = 0.0 if signed else 0.5
    value, db = nobody * b * abs(b) / 2.0, nobody * abs(b)
    many = 1.0 - nobody
    for j in range(a.shape[0]):
        s0, s1, s2 = sign_moments(b, a[j], signed)
        value += alone[j] * (b * b * s0 + 2.0 * a[j] * b * s1 + a[j] * a[j] * s2) / 2.0
        db += alone[j] * (b * s0 + a[j] * s1)
        da[j] = alone[j] * (b * s1 + a[j] * s2)
        if j == i:
            value -= alone[i] * (b * s1 + a[i] * s2)
            db -= alone[i] * s1
            da[i] -= alone[i] * s2
        many -= alone[j]
    value += M * (many * b - mean * (p[i] - alone[i]))
    db += M * many
    return value, db


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
    F[:] = _idle(g, starts, joint, p)
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
            elif l == i or l == j:
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


@kernel
def _tail(i, a, M, starts, joint, p, used, alone, nobody, terms):
    """Bound the terms left out: |E e^{itx}| <= min(1, 2/|t|) =: s, |E x e^{itx}| <= (1 + s)/|t|.

    With these in place of the moments the characteristic function is bounded by a positive sum
    that falls with w, so its value at the first frequency left out bounds all.
    """
    k = 2 * terms + 1
    w = k * math.pi / (2.0 * M)
    many, mine = 1.0, 1.0
    few = nobody
    for g in range(used.shape[0]):
        if not used[g]:
            continue
        idle = _idle(g, starts, joint, p)
        own = False
        together = p[starts[g]]
        with_i = together
        apart = 0.0
        x_i = 0.0
        for j in range(starts[g], starts[g + 1]):
            t = max(w * abs(a[j]), 1e-300)
            s = min(1.0, 2.0 / t)
            few += alone[j] * s
            together *= s
            apart += p[j] * s
            if j == i:
                own = True
                x_i = min(0.5, (1.0 + s) / t)
                with_i *= x_i
            else:
                with_i *= s
        many *= idle + (together if joint[g] else apart)
        if own:
            mine *= with_i if joint[g] else p[i] * x_i
            mine_alone = alone[i] * x_i
        else:
            mine *= idle + (together if joint[g] else apart)
    # sum over odd l >= k of l^-3 is at most 1/(4 (k-1)^2), of l^-2 at most 1/(2 (k-1)).
    cubes = 16.0 * M * M / math.pi**3 / (4.0 * (k - 1.0) ** 2)
    squares = 8.0 * M / math.pi**2 / (2.0 * (k - 1.0))
    return cubes * max(many - few, 0.0) + squares * max(mine - mine_alone, 0.0)
