"""Sufficient d for recovery: the widths by quadrature and by draws, the tail, the rounding."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln
from scipy.stats import norm

from lcs.bounds.recovery import _every, _near_best, _one, l1_sufficient_d


def mean_length(d: int) -> float:
    return math.sqrt(2) * math.exp(gammaln((d + 1) / 2) - gammaln(d / 2))


def sufficient(m: int, k: int, **options: Any) -> int:
    d = l1_sufficient_d(m, k, **options).d
    assert d is not None
    return d


def widths(m: int, k: int, t: float, u: float) -> tuple[float, float]:
    """(one, every)^2 at t and u by quadrature."""

    def mean(f: Callable[[float], float]) -> float:
        pieces = [0.0, *sorted({t, u}), 40.0]
        both = pairwise(pieces)
        return 2 * sum(quad(lambda x: f(x) * norm.pdf(x), a, b)[0] for a, b in both)

    def sized(x: float) -> float:
        return (x + t) ** 2 - max(x - t, 0) ** 2

    over = mean(lambda x: max(x - t, 0) ** 2)
    above = mean(lambda x: max(sized(x) - sized(u), 0))
    return k * (1 + t * t) + (m - k) * over, m * (over + above) + k * sized(u)


@settings(max_examples=25)
@given(
    m=st.integers(1, 500),
    share=st.floats(0, 1),
    t=st.fractions(0, 4, max_denominator=64),
    u=st.fractions(0, 4, max_denominator=64),
)
def test_widths_are_those_of_quadrature(m, share, t, u):
    k = max(1, round(share * m))
    one, every = widths(m, k, float(t), float(u))
    assert float(_one(m, k, t).mid()) == pytest.approx(one, rel=1e-6)
    assert float(_every(m, k, t, u).mid()) == pytest.approx(every, rel=1e-6)


@pytest.mark.parametrize(("m", "k"), [(60, 3), (60, 12), (30, 15)])
def test_no_drawn_supremum_is_above_the_widths_on_average(m, k):
    """sup <g, h> over a cone, from below: h = the positive part of what the bound adds up, made
    feasible. Means over draws stay below w by more than their error."""
    rng = np.random.default_rng(m + k)
    g = np.sort(np.abs(rng.standard_normal((2000, m))), axis=1)[:, ::-1]
    t, u = (float(x) for x in _near_best(m, k, "every"))
    best = np.zeros(len(g))
    for s in np.linspace(0, 3, 61):
        h = np.hstack([g[:, :k] + s, np.maximum(g[:, k:] - s, 0)])
        inside = h[:, :k].sum(1) >= h[:, k:].sum(1)
        value = np.sum(g * h, axis=1) / np.linalg.norm(h, axis=1)
        best = np.where(inside, np.maximum(best, value), best)
    w = math.sqrt(widths(m, k, t, u)[1])
    error = 5 * best.std() / math.sqrt(best.size)
    assert best.mean() < w + error
    assert best.mean() > 0.9 * w  # nor is the bound empty


@settings(max_examples=25)
@given(m=st.integers(1, 10**6), share=st.floats(0, 1), which=st.sampled_from(["every", "one"]))
def test_the_least_d_beyond_the_width_is_returned(m, share, which):
    k = max(1, round(m**share))
    failure = Fraction(1, 1000)
    d = sufficient(m, k, signals=which, failure=failure)
    t, u = _near_best(m, k, which)
    square = _one(m, k, t) if which == "one" else _every(m, k, t, u)
    need = math.sqrt(float(square.mid())) + math.sqrt(2 * math.log(1000))
    assert d <= m
    assert d == m or mean_length(d) >= need * (1 - 1e-9)
    assert d == 1 or mean_length(d - 1) <= need * (1 + 1e-9)
    assert sufficient(m, k, signals=which) <= d


def test_more_is_needed_for_every_signal_than_for_one():
    for m, k in [(100, 3), (1000, 20), (10**6, 100)]:
        one, every = (sufficient(m, k, signals=s) for s in ("one", "every"))
        assert 2 * k <= one < every < m


@pytest.mark.parametrize(
    "call",
    [
        lambda: l1_sufficient_d(10, 11),
        lambda: l1_sufficient_d(10, 0),
        lambda: l1_sufficient_d(10, 2, signals="11"),  # pyright: ignore[reportArgumentType]
        lambda: l1_sufficient_d(10, 2, failure=11),
        lambda: l1_sufficient_d(10, 2, failure=0),
    ],
)
def test_what_is_out_of_range_is_refused(call):
    with pytest.raises(ValueError, match=r"got '?(11|0)'?$"):
        call()
