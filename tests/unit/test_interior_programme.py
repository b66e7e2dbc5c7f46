"""The parts of the interior-point method of probes, which a second solver would otherwise hide."""

import numpy as np
import pytest

from lcs.linear import _interior
from lcs.linear._balls import Ball, balanced, signed
from lcs.linear._interior import _Best, _Programme, _System, reach, vertex
from lcs.linear._rowspace import row_space

BALLS = [signed(1), signed(3), balanced(2)]


def rows(r: int, m: int, seed: int = 0) -> np.ndarray:
    """Orthonormal rows (r, m)."""
    return row_space(np.random.default_rng(seed).standard_normal((r, m))).Q


def constraints(Q: np.ndarray, ball: Ball) -> np.ndarray:
    """C written out: Q w of w = p - q, and the sums of each side with its slack."""
    r, m = Q.shape
    g = len(ball.sides)
    sums = np.concatenate([np.outer(side, np.ones(m)).ravel() for side in ball.sides])
    top = np.hstack([Q, -Q, np.zeros((r, g))])
    return np.vstack([top, np.hstack([sums.reshape(g, 2 * m), np.eye(g)])])


@pytest.mark.parametrize("ball", BALLS)
def test_every_product_is_that_of_the_matrix_written_out(ball: Ball) -> None:
    Q, rng = rows(3, 7), np.random.default_rng(1)
    lp, C = _Programme(Q, 2, ball), constraints(Q, ball)
    n = C.shape[1]
    x, w, D = rng.random(n), rng.standard_normal(len(C)), rng.random(n)
    np.testing.assert_allclose(lp.forward(x), C @ x, atol=1e-13)
    np.testing.assert_allclose(lp.backward(w), C.T @ w, atol=1e-13)
    upper = np.triu_indices(len(C))
    np.testing.assert_allclose(lp.normal(D)[upper], (C * D @ C.T)[upper], atol=1e-13)
    S = rng.permutation(n)
    np.testing.assert_array_equal(lp.columns(S), C[:, S])
    np.testing.assert_array_equal(lp.b, [0, 0, 0] + [ball.k] * len(ball.sides))
    np.testing.assert_array_equal(lp.u, [1] * 14 + [ball.k] * len(ball.sides))
    assert lp.c @ x == -lp.split(x)[2]


@pytest.mark.parametrize("ball", BALLS)
def test_a_step_solves_the_newton_system(ball: Ball) -> None:
    Q, rng = rows(3, 7), np.random.default_rng(2)
    lp, C = _Programme(Q, 2, ball), constraints(Q, ball)
    n = C.shape[1]
    x, v, s, t = rng.uniform(0.5, 2, (4, n))
    rp, rd, rs, rt = (rng.standard_normal(size) for size in (len(C), n, n, n))
    dx, dw, ds, dt = _System(lp, x, v, s, t).step(rp, rd, rs, rt)
    for left, right in (
        (C @ dx, rp),
        (C.T @ dw + ds - dt, rd),
        (s * dx + x * ds, rs),
        (v * dt - t * dx, rt),
    ):
        np.testing.assert_allclose(left, right, atol=1e-12)


@pytest.mark.parametrize("ball", BALLS)
def test_the_start_is_inside_and_feasible_on_both_sides(ball: Ball) -> None:
    Q = rows(3, 9)
    lp, C = _Programme(Q, 4, ball), constraints(Q, ball)
    x, v, w, s, t = _interior._start(lp, ball)
    assert min(np.min(part) for part in (x, v, s, t)) > 0
    np.testing.assert_allclose(C @ x, lp.b, atol=1e-13)
    np.testing.assert_allclose(x + v, lp.u)
    np.testing.assert_allclose(C.T @ w + s - t, lp.c, atol=1e-13)


@pytest.mark.parametrize("ball", BALLS)
def test_a_generic_programme_ends_at_its_vertex_in_few_steps(
    ball: Ball, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gap closes to rounding, from a vertex guessed near the end, in the steps promised."""
    made, guessed = [], []
    real = _interior._System.__init__

    def count(self, *given) -> None:
        made.append(1)
        real(self, *given)

    def guess(*given):
        guessed.append(vertex(*given))
        return guessed[-1]

    monkeypatch.setattr(_System, "__init__", count)
    monkeypatch.setattr(_interior, "vertex", guess)
    Q = rows(6, 20, seed=3)
    for i in range(4):
        made.clear()
        guessed.clear()
        y, w = _interior.solve(Q, i, ball)
        best = _Best(Q, i, ball)
        best.offer(y, w)
        assert abs(best.gap) <= 1e-14
        assert len(made) <= 20
        assert len(guessed) <= 6
        if ball.k == 1:  # wider balls have degenerate vertices
            last = _Best(Q, i, ball)
            last.offer(*guessed[-1])
            assert abs(last.gap) <= 1e-14


def test_an_offer_is_kept_only_where_it_is_better() -> None:
    Q, ball = rows(3, 7), signed(1)
    best = _Best(Q, 2, ball)
    y, w = _interior.solve(Q, 2, ball)
    best.offer(y, w)
    upper, lower = best.upper, best.lower
    assert 0 < lower < upper + 1e-13 < 1
    best.offer(0 * y, 0 * w)
    assert (best.upper, best.lower) == (upper, lower)
    assert best.y is y
    np.testing.assert_allclose(ball.gauge(best.w), 1)


@pytest.mark.parametrize(("gap", "mu", "steps"), [(0.0, 1.0, 1), (2.0**-44, 1.0, 1), (0.5, 0.0, 5)])
def test_it_is_done_when_closed_or_after_four_steps_in_vain(gap, mu, steps) -> None:
    best = _Best(rows(3, 7), 2, signed(1))
    best.upper, best.lower = gap, 0.0
    said = [best.done(mu) for _ in range(steps)]
    assert said == [False] * (steps - 1) + [True]
    best = _Best(rows(3, 7), 2, signed(1))
    best.upper, best.lower = 1.0, 0.0
    assert not any(best.done(1.0) for _ in range(20))  # far from the end patience has no end


@pytest.mark.parametrize(("step", "expected"), [(-0.5, 1.0), (-4.0, 0.25), (3.0, 1.0)])
def test_reach_stops_at_the_first_bound(step: float, expected: float) -> None:
    one, steps = np.ones(2), np.array([0.0, step])
    assert reach((one, one), (steps, 0 * steps)) == expected
    assert reach((one, one), (0 * steps, steps)) == expected


def test_a_singular_system_is_shifted_until_it_can_be_solved(monkeypatch) -> None:
    real, tried = _interior.cho_factor, []

    def factor(M, **given):
        tried.append(M[0, 0])
        if len(tried) < 3:
            raise _interior.LinAlgError
        return real(M, **given)

    monkeypatch.setattr(_interior, "cho_factor", factor)
    lp = _Programme(rows(3, 7), 2, signed(1))
    ones = np.ones(lp.u.size)
    _System(lp, ones, ones, ones, ones)
    M = lp.normal(ones / 2)
    most = np.max(np.diagonal(M))
    np.testing.assert_allclose(tried, M[0, 0] + most * np.ldexp(1.0, [-52, -46, -40]), rtol=1e-15)
