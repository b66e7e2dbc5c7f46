"""l1 decisions and solves on codes made to mislead them, against exact rational arithmetic."""

from collections.abc import Iterator

import numpy as np
import pytest
from flint import fmpq
from numpy.typing import NDArray

from lcs._kernels.proofs import COARSE
from lcs.codes.hadamard import hadamard
from lcs.l1.basis_pursuit import Status, basis_pursuit
from lcs.l1.batch import recovers_each
from lcs.l1.check import check_decision
from lcs.l1.decision import Verdict, recovers
from tests import rational_lp as exact

REC, NOT, TIE = Verdict.RECOVERED, Verdict.NOT_RECOVERED, Verdict.UNDECIDED
Case = tuple[NDArray, NDArray, NDArray]  # A, support, signs
SLACK = fmpq(1, 2**40)  # for margins that are rounded once more when they are written down


def codes(kind: str, rng: np.random.Generator) -> NDArray:
    """A small code of entries that are few, so that ties abound."""
    d, m = int(rng.integers(1, 7)), int(rng.integers(1, 11))
    if kind == "hadamard":
        n = int(rng.choice([4, 8, 12]))
        return hadamard(n)[rng.choice(n, int(rng.integers(1, n + 1)), replace=False)].astype(float)
    if kind == "signs":
        return rng.choice([-1.0, 1.0], (d, m))
    if kind == "binary":
        return rng.integers(0, 2, (d, m)).astype(float)
    A = rng.integers(-3, 4, (d, m)).astype(float)
    return A * (rng.random((d, m)) < 0.5) if kind == "sparse" else A


def spoil(A: NDArray, rng: np.random.Generator) -> NDArray:
    """Up to two columns or rows repeated, negated, doubled, averaged or set to zero."""
    A = A.copy()
    for _ in range(rng.integers(0, 3)):
        (i, j), r = rng.integers(0, A.shape[1], 2), rng.integers(0, A.shape[0])
        what = rng.integers(0, 7)
        if what < 4:
            A[:, j] = (1.0, -1.0, 2.0, 0.0)[what] * A[:, i]
        elif what == 4:
            A[:, j] = (A[:, i] + A[:, 0]) / 2
        else:
            A[r] = 0.0 if what == 5 else -A[0]
    return A


def cases(kind: str, n: int, seed: int) -> Iterator[Case]:
    """Spoilt codes with supports of every size, as many as d and one more among them."""
    rng = np.random.default_rng([seed, n])
    for _ in range(n):
        A = spoil(codes(kind, rng), rng)
        d, m = A.shape
        k = min(int(rng.choice([0, 1, 2, 2, 3, 3, 4, d, d + 1])), m)
        yield A, rng.choice(m, k, replace=False), rng.choice([-1.0, 1.0], k)


def truth(A: NDArray, support: NDArray, signs: NDArray) -> tuple[Verdict, fmpq | None]:
    """The verdict that is true, and the level that it hangs on."""
    level = exact.reading_level(A, support.tolist(), signs.tolist())
    if level is None or level > 1:
        return NOT, level
    strict = level < 1 and exact.is_independent(A, support.tolist())
    return (REC if strict else TIE), level


KINDS = ("hadamard", "signs", "binary", "sparse", "integers")


@pytest.mark.parametrize("kind", KINDS)
def test_codes_of_few_numbers_are_decided_unless_they_tie(kind):
    """Alone and in a batch; a proof of recovery shows no more than the best v would."""
    drawn = list(cases(kind, 60, 1))
    batch = recovers_each(*([case[i] for case in drawn] for i in range(3)), threads=2)
    seen = []
    for case, together in zip(drawn, batch.verdicts, strict=True):
        decision = recovers(*case)
        true, level = truth(*case)
        assert decision.verdict is together is true, f"{decision}; level {level}; {case}"
        assert 0 <= check_decision(*case, decision) - decision.margin + 2.0**-40 < COARSE
        if true is REC:
            assert level is not None
            assert exact.rational(decision.margin) <= 1 - level + SLACK
        seen.append(true)
    assert min(seen.count(v) for v in Verdict) >= 3


def scaled(A: NDArray, rng: np.random.Generator, rows: int, columns: int) -> NDArray:
    """Rows and columns times powers of two: still exact."""
    d, m = A.shape
    exponents = rng.integers(-rows, rows + 1, (d, 1)) + rng.integers(-columns, columns + 1, m)
    return np.ldexp(A, exponents)


@pytest.mark.parametrize("kind", KINDS)
def test_scales_of_rows_change_nothing(kind):
    rng = np.random.default_rng(2)
    for A, support, signs in cases(kind, 15, 2):
        B = scaled(A, rng, 300, 0)
        decision = recovers(B, support, signs)
        assert decision.verdict is recovers(A, support, signs).verdict
        check_decision(B, support, signs, decision)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reach", [6, 30])
def test_scales_of_columns_mislead_no_verdict(kind, reach):
    """They change what is true; where they are far apart it may stay undecided."""
    rng = np.random.default_rng(reach)
    undecided = 0
    for A, support, signs in cases(kind, 25, 3):
        case = scaled(A, rng, 0, reach), support, signs
        decision = recovers(*case)
        true, level = truth(*case)
        assert decision.verdict in (true, TIE), f"{decision}; level {level}; {case}"
        check_decision(*case, decision)
        undecided += decision.verdict is not true
    assert undecided == 0 or reach > 6


@pytest.mark.parametrize("offset", [1e-3, 1e-9, 1e-14, 2.0**-52])
def test_columns_that_almost_repeat_mislead_no_verdict(offset):
    rng = np.random.default_rng(4)
    for A, support, signs in cases("integers", 40, 4):
        i, j = rng.integers(0, A.shape[1], 2)
        A[:, j] = A[:, i] * (1 + offset)
        decision = recovers(A, support, signs)
        true, level = truth(A, support, signs)
        assert decision.verdict in (true, TIE), f"{decision}; level {level}; {A}, {support}"
        check_decision(A, support, signs, decision)


@pytest.mark.parametrize("kind", KINDS)
def test_the_least_norm_is_met_and_what_is_recovered_comes_back(kind):
    rng = np.random.default_rng(5)
    back = 0
    for A, support, signs in cases(kind, 30, 5):
        z = np.zeros(A.shape[1])
        z[support] = signs * rng.integers(1, 4, support.size)
        x = A @ z  # small integers: exact
        found, norm = basis_pursuit(A, x), exact.least_norm(A, x)
        assert norm is not None
        assert found.status is Status.SOLVED
        least = int(norm.p) / int(norm.q)
        assert abs(found.norm - least) <= 1e-9 * least  # ten times the gap that SOLVED allows
        assert exact.rational(found.norm) - exact.rational(found.gap) <= norm + SLACK
        if truth(A, support, signs)[0] is REC:
            np.testing.assert_array_equal(np.rint(found.z), z)
            back += 1
    assert back >= 5


def test_images_out_of_reach_are_told_from_those_within():
    rng = np.random.default_rng(6)
    none = 0
    for A, *_ in cases("sparse", 60, 6):
        x = rng.integers(-2, 3, A.shape[0]).astype(float)
        norm = exact.least_norm(A, x)
        wanted = Status.INFEASIBLE if norm is None else Status.SOLVED
        assert basis_pursuit(A, x).status is wanted, f"{A}, {x}, {norm}"
        none += norm is None
    assert 15 <= none <= 45
