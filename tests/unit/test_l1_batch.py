"""Batches of decisions: each as by itself, the same bits on any number of threads."""

import numpy as np
import pytest

from lcs.codes.random import gaussian
from lcs.l1.batch import recovers_each
from lcs.l1.decision import Verdict, recovers


def drawn(n: int, m: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(n)
    supports = np.array([rng.choice(m, k, replace=False) for _ in range(n)])
    return supports, rng.choice([-1.0, 1.0], (n, k))


def test_each_of_a_shared_code_is_decided_as_by_itself_on_any_threads():
    A = gaussian(20, 50, rng=np.random.default_rng(0))
    supports, signs = drawn(50, 50, 7)
    batches = [recovers_each(A, supports, signs, threads=t) for t in (1, 2, 5)]
    alone = [recovers(A, S, s) for S, s in zip(supports, signs, strict=True)]
    for batch in batches:
        assert batch.verdicts == tuple(one.verdict for one in alone)
        assert batch.margins.tobytes() == batches[0].margins.tobytes()
    copies = recovers_each([A] * 50, supports, signs, threads=2)  # nothing prepared: the same way
    assert copies.margins.tobytes() == np.array([one.margin for one in alone]).tobytes()
    assert batches[0].count(Verdict.RECOVERED) > 3
    assert batches[0].count(Verdict.NOT_RECOVERED) > 3


def test_codes_of_their_own_and_supports_of_any_size():
    rng = np.random.default_rng(1)
    codes = [gaussian(10, m, rng=rng) for m in (12, 20, 30, 30)]
    supports = [[0], [1, 2, 3], list(range(12)), []]
    signs = [[1], [1, -1, 1], [1] * 12, []]
    one, two = (recovers_each(codes, supports, signs, threads=t) for t in (1, 3))
    alone = tuple(recovers(A, S, s).verdict for A, S, s in zip(codes, supports, signs, strict=True))
    assert one.verdicts == two.verdicts == alone
    assert one.margins.tobytes() == two.margins.tobytes()
    stacked = np.stack(codes[2:])
    assert recovers_each(stacked, supports[2:], signs[2:]).verdicts == alone[2:]


def test_progress_reaches_the_number_of_instances():
    A = gaussian(8, 12, rng=np.random.default_rng(0))
    supports, signs = drawn(40, 12, 2)
    seen: list[tuple[int, int]] = []
    recovers_each(A, supports, signs, threads=2, progress=lambda *counts: seen.append(counts))
    assert seen[-1] == (40, 40)
    assert seen == sorted(seen)


def test_an_empty_batch_has_no_verdicts():
    assert recovers_each(np.eye(2), [], []).verdicts == ()


def test_numbers_of_instances_that_differ_and_a_bad_one_among_good_are_a_value_error():
    with pytest.raises(ValueError, match=r"as many; got \(2, 1\)"):
        recovers_each(np.eye(2), [[0], [1]], [[1]])
    with pytest.raises(ValueError, match=r"as many; got \(1, 2, 2\)"):
        recovers_each([np.eye(2)], [[0], [1]], [[1], [1]])
    with pytest.raises(ValueError, match="support must"):
        recovers_each(np.eye(2), [[0], [2]], [[1], [1]])
