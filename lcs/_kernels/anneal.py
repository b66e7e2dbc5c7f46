"""Simulated annealing of the rows kept of a Sylvester Hadamard matrix."""

import numpy as np

from lcs._kernels.jit import kernel


@kernel
def parity(x):
    """Return the number of binary digits 1 of x, modulo 2."""
    x ^= x >> 32
    x ^= x >> 16
    x ^= x >> 8
    x ^= x >> 4
    x ^= x >> 2
    x ^= x >> 1
    return x & 1


@kernel
def anneal(rows, spare, sums, cost, leave, enter, levels):
    """Swap kept rows for spare ones; keep a swap that raises the energy by at most its level.

    rows (d,) and spare (m-d,): row numbers, changed in place. sums (m,): sum over rows r of
    (-1)^(r.u), kept up to date. cost (d+1,): the energy of |sums[u]|, added over u > 0.
    leave, enter, levels (steps,): places in rows and spare to swap, and the rise allowed.
    Stops at energy 0; returns the energy that is left.
    """
    m = sums.shape[0]
    energy = 0.0
    for u in range(1, m):
        energy += cost[abs(sums[u])]
    for step in range(leave.shape[0]):
        if energy == 0.0:
            break
        out, new = rows[leave[step]], spare[enter[step]]
        rise = 0.0
        for u in range(1, m):
            change = 2 * (parity(out & u) - parity(new & u))
            rise += cost[abs(sums[u] + change)] - cost[abs(sums[u])]
        if rise <= levels[step]:
            for u in range(1, m):
                sums[u] += 2 * (parity(out & u) - parity(new & u))
            rows[leave[step]], spare[enter[step]] = new, out
            energy += rise
    return np.float64(energy)
