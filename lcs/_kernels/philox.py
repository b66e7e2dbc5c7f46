"""Philox4x32-7: random words as a function of a counter and a key, with no state to share.

Four words of 32 bits are a bijection of four counter words, chosen by two key words: rounds of
multiplication, whose high and low halves change places. Seven rounds are the fewest that pass
BigCrush (TestU01) whichever counter runs, and their words are published; a loop over counters
turns into SIMD: half a nanosecond per word.
Words are held in uint64 below 2^32, so that nothing overflows with compilation off either.
Reference: Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
"""

import math

import numpy as np

from lcs._kernels.jit import inlined, kernel

_ROUNDS = 7
_LOW, _HALF = np.uint64(2**32 - 1), np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


@inlined
def block(a, b, c, d, k, l):
    """Return the four words of counter (a, b, c, d) under the key (k, l), all below 2^32."""
    for _ in range(_ROUNDS):
        p, q = a * _M0, c * _M1
        a, b, c, d = (q >> _HALF) ^ b ^ k, q & _LOW, (p >> _HALF) ^ d ^ l, p & _LOW
        k, l = (k + _W0) & _LOW, (l + _W1) & _LOW
    return a, b, c, d


@inlined
def fill(words, first, b, c, d, k, l):
    """Fill words (4, count) of uint32: column t with those of counter (first + t, b, c, d)."""
    for t in range(words.shape[1]):
        w = block(np.uint64(first + t), b, c, d, k, l)
        words[0, t], words[1, t], words[2, t], words[3, t] = w[0], w[1], w[2], w[3]


@kernel
def normals(out, b, c, d, k, l):
    """Fill out (size,) with N(0, 1) numbers by Box and Muller, two from each block."""
    for t in range((out.shape[0] + 1) // 2):
        w = block(np.uint64(t), b, c, d, k, l)
        u = (np.float64((w[0] << _HALF) | w[1]) + 1.0) * 2.0**-64
        radius = math.sqrt(-2.0 * math.log(u))
        angle = 2.0 * math.pi * np.float64((w[2] << _HALF) | w[3]) * 2.0**-64
        out[2 * t] = radius * math.cos(angle)
        if 2 * t + 1 < out.shape[0]:
            out[2 * t + 1] = radius * math.sin(angle)
