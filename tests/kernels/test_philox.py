"""The counter-based generator: published vectors, a twin in Python's integers, and its statistics.

Bounds are on sums of independent draws: a test fails by chance below 2e-9 (6 standard deviations).
"""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from lcs._kernels.philox import block, fill, normals

RARE = 2e-9
PI = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0)
# Random123's known answers of philox4x32 with 7 rounds: counter, key, words.
VECTORS = [
    ((0,) * 6, (0x5F6FB709, 0x0D893F64, 0x4F121F81, 0x4F730A48)),
    ((2**32 - 1,) * 6, (0x5207DDC2, 0x45165E59, 0x4D8EE751, 0x8C52F662)),
    (PI, (0x4DFCCABA, 0x190A87F0, 0xC47362BA, 0xB6B5242A)),
]


def words(*counter: int) -> tuple[int, ...]:
    return tuple(int(w) for w in block(*(np.uint64(c) for c in counter)))


def slow(a: int, b: int, c: int, d: int, k: int, l: int) -> tuple[int, ...]:
    for _ in range(7):
        (p, u), (q, v) = divmod(0xD2511F53 * a, 2**32), divmod(0xCD9E8D57 * c, 2**32)
        a, b, c, d = q ^ b ^ k, v, p ^ d ^ l, u
        k, l = (k + 0x9E3779B9) % 2**32, (l + 0xBB67AE85) % 2**32
    return a, b, c, d


def drawn(count: int, *counter: int) -> np.ndarray:
    made = np.empty((4, count), np.uint32)
    fill(made, 0, *(np.uint64(c) for c in counter))
    return made


@pytest.mark.parametrize(("counter", "expected"), VECTORS)
def test_published_vectors(counter, expected):
    assert words(*counter) == expected == slow(*counter)


def test_it_is_its_twin_on_counters_and_keys_of_every_size():
    rng = np.random.default_rng(0)
    for _ in range(50):
        counter = [
            int(x) >> int(s)
            for x, s in zip(rng.integers(0, 2**32, 6), rng.integers(0, 32, 6), strict=True)
        ]
        assert words(*counter) == slow(*counter)


def test_a_row_counts_up_from_its_first():
    made = np.empty((4, 5), np.uint32)
    fill(made, 7, *(np.uint64(c) for c in (1, 2, 3, 4, 5)))
    assert [tuple(column) for column in made.T.tolist()] == [
        slow(7 + t, 1, 2, 3, 4, 5) for t in range(5)
    ]


def test_every_bit_is_even_and_every_pair_of_bits_independent():
    n = 2000
    x = drawn(n, 1, 2, 3, 4, 5)
    bits = (x[..., None] >> np.arange(32, dtype=np.uint32)) & 1
    bits = 2.0 * bits.transpose(0, 2, 1).reshape(128, n) - 1
    limit = math.sqrt(-2 * math.log(RARE / 128**2 / 2) / n)  # Hoeffding, for all pairs at once
    assert np.abs(bits.mean(axis=1)).max() < limit
    assert np.abs(np.triu(bits @ bits.T / n, 1)).max() < limit


def test_high_bytes_fill_their_cells_evenly_within_and_across_streams():
    rows = [
        drawn(1000, *axis).ravel() >> 28
        for axis in (
            (0, 0, 0, 0, 0),
            (1, 0, 0, 0, 0),
            (0, 1, 0, 0, 0),
            (0, 0, 1, 0, 0),
            (0, 0, 0, 1, 0),
        )
    ]
    for x, y in itertools.combinations(rows, 2):  # neighbours in stream, step, chain and seed
        table = np.bincount(16 * x + y, minlength=256)
        assert stats.chisquare(table).pvalue > RARE
    serial = np.bincount(16 * rows[0][:-1] + rows[0][1:], minlength=256)
    assert stats.chisquare(serial).pvalue > RARE


def test_normals_are_normal():
    out = np.empty(4001)
    normals(out, *(np.uint64(c) for c in (1, 2, 3, 4, 5)))
    assert stats.kstest(out, "norm").pvalue > RARE
    assert abs(np.mean(out[:4000:2] * out[1:4000:2])) < 6 / math.sqrt(2000)
