"""Patterns with at most one active feature, in closed form, and a bound on the series of the rest.

The arguments are those of `lcs._kernels.toy_series`.
"""

import math

from lcs._kernels.jit import kernel
from lcs._kernels.toy_moments import sign_moments


@kernel
def idle(g, starts, joint, p):
    """The probability that no member of a group is active."""
    if joint[g]:
        return 1.0 - p[starts[g]]
    rest = 1.0
    for j in range(starts[g], starts[g + 1]):
        rest -= p[j]
    return max(rest, 0.0)


@kernel
def alone_probabilities(starts, joint, p, used, alone):
    """Put in alone[j] the probability that j alone is active; return that nothing is."""
    groups = joint.shape[0]
    before = 1.0
    for g in range(groups):
        for j in range(starts[g], starts[g + 1]):
            lonely = used[g] and (not joint[g] or starts[g + 1] - starts[g] == 1)
            alone[j] = before * p[j] if lonely else 0.0
        if used[g]:
            before *= idle(g, starts, joint, p)
    after = 1.0
    for g in range(groups - 1, -1, -1):
        for j in range(starts[g], starts[g + 1]):
            alone[j] *= after
        if used[g]:
            after *= idle(g, starts, joint, p)
    return before


@kernel
def few_active(i, a, b, p, signed, alone, nobody, M, da):
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
def truncation(i, a, M, starts, joint, p, used, alone, nobody, terms):
    """Bound the terms left out: |E e^{itx}| <= min(1, 2/|t|) =: s, |E x e^{itx}| <= (1 + s)/|t|.

    With these in place of the moments the characteristic function is bounded by a positive sum
    that falls with w, so its value at the first frequency left out bounds all.
    """
    k = 2 * terms + 1
    w = k * math.pi / (2.0 * M)
    t = max(w * abs(a[i]), 1e-300)
    own = min(0.5, (1.0 + min(1.0, 2.0 / t)) / t)
    many, mine, few = 1.0, 1.0, nobody
    for g in range(used.shape[0]):
        if not used[g]:
            continue
        has_i = starts[g] <= i < starts[g + 1]
        apart, together, with_i = 0.0, p[starts[g]], p[i]
        for j in range(starts[g], starts[g + 1]):
            s = min(1.0, 2.0 / max(w * abs(a[j]), 1e-300))
            few += alone[j] * s
            apart += p[j] * s
            together *= s
            with_i *= own if j == i else (s if joint[g] else 1.0)
        factor = idle(g, starts, joint, p) + (together if joint[g] else apart)
        many *= factor
        mine *= with_i if has_i else factor
    # sum over odd l >= k of l^-3 is at most 1/(4 (k-1)^2), of l^-2 at most 1/(2 (k-1)).
    cubes = 16.0 * M * M / math.pi**3 / (4.0 * (k - 1.0) ** 2)
    squares = 8.0 * M / math.pi**2 / (2.0 * (k - 1.0))
    return cubes * max(many - few, 0.0) + squares * max(mine - alone[i] * own, 0.0)
