"""Batches of decisions: each as by itself, the same bits on any number of threads."""

import numpy as np
import pytest
from scipy.optimize import linprog

from lcs.codes.random import gaussian
from lcs.l1 import batch
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
    for each in batches:
        assert each.verdicts == tuple(one.verdict for one in alone)
        assert each.margins.tobytes() == batches[0].margins.tobytes()
    copies = recovers_each([A] * 50, supports, signs, threads=2)  # nothing prepared: the same way
    assert copies.margins.tobytes() == np.array([one.margin for one in alone]).tobytes()
    assert batches[0].count(Verdict.RECOVERED) > 3
    assert batches[0].count(Verdict.NOT_RECOVERED) > 3


@pytest.mark.parametrize("kind", ["gaussian", "signs", "repeated", "single", "large rows", "wide"])
def test_many_signals_of_one_code_are_decided_as_each_by_itself(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Supports of every size, none and more than d among them; ties where columns repeat."""
    rng = np.random.default_rng(5)
    A = rng.choice([-1.0, 1.0], (10, 24)) if kind == "signs" else rng.standard_normal((10, 24))
    if kind == "repeated":
        A[:, 3], A[:, 4] = A[:, 7], 0.0
    if kind == "large rows":
        A[2] *= 2.0**40
    A = A.astype(np.float32) if kind == "single" else A
    if kind == "wide":
        monkeypatch.setattr(batch, "LARGEST", 23)
    sizes = rng.integers(0, 13, 3 * batch.MANY)
    supports = [rng.choice(24, k, replace=False) for k in sizes]
    signs = [rng.choice([-1.0, 1.0], k) for k in sizes]
    together = recovers_each(A, supports, signs, threads=1)
    alone = [recovers(A, S, s) for S, s in zip(supports, signs, strict=True)]
    assert together.verdicts == tuple(one.verdict for one in alone)
    assert recovers_each(A, supports, signs, threads=2).margins.tobytes() == (
        together.margins.tobytes()
    )
    for S, s, margin, one in zip(supports, signs, together.margins, alone, strict=True):
        if one.verdict is Verdict.RECOVERED and S.size:
            t = linprog_level(A, S, s)
            assert 0 < margin <= 1 - t + 1e-9


def linprog_level(A: np.ndarray, S: np.ndarray, s: np.ndarray) -> float:
    """The least largest |a_j^T v| off S over v with A_S^T v = s."""
    d, off = len(A), np.delete(np.arange(A.shape[1]), S)
    rows = A[:, off].T.astype(float)
    ones = -np.ones((off.size, 1))
    found = linprog(
        np.append(np.zeros(d), 1.0),
        A_ub=np.block([[rows, ones], [-rows, ones]]),
        b_ub=np.zeros(2 * off.size),
        A_eq=np.hstack([A[:, S].T.astype(float), np.zeros((S.size, 1))]),
        b_eq=s,
        bounds=(None, None),
    )
    assert found.status == 0
    return float(found.fun)


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
