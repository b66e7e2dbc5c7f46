"""Donoho and Tanner's weak threshold, against its table and the exact finite probabilities."""

import pytest

from lcs.l1.transition import recoverable_k, success_probability
from lcs.l1.weak_curve import weak_dimension, weak_threshold

pytestmark = pytest.mark.claim("CS-dt-weak")

TABLE = {  # THEORY, section 6: six decimals of k/d at d/m
    0.1: 0.189429, 0.2: 0.243301, 0.25: 0.267384, 0.3: 0.290784, 0.4: 0.337326, 0.5: 0.385690,
    0.6: 0.438391, 0.7: 0.498843, 0.75: 0.533712, 0.8: 0.573313, 0.9: 0.678169,
}  # fmt: skip


@pytest.mark.parametrize("delta", TABLE)
def test_the_curve_has_the_digits_of_its_table(delta: float) -> None:
    assert round(weak_threshold(delta), 6) == TABLE[delta]
    assert weak_dimension(1, delta * weak_threshold(delta)) == pytest.approx(delta, rel=1e-14)


@pytest.mark.parametrize(("delta", "k50"), [(0.1, 18.94), (0.25, 66.85), (0.5, 192.84)])
def test_of_a_thousand_features_so_many_may_be_active(delta: float, k50: float) -> None:
    assert round(1000 * delta * weak_threshold(delta), 2) == k50


@pytest.mark.parametrize("delta", [0.25, 0.5, 0.75])
def test_success_sharpens_to_a_step_at_the_curve(delta: float) -> None:
    """A tenth below the curve it rises towards 1, a tenth above it falls towards 0."""
    for side, sign in ((0.9, 1), (1.1, -1)):
        chances = [
            success_probability(int(m * delta), m, round(side * m * delta * weak_threshold(delta)))
            for m in (64, 256, 1024, 2048)
        ]
        assert chances == sorted(chances, reverse=sign < 0)
        assert abs(chances[-1] - (sign > 0)) < 0.1


@pytest.mark.parametrize("delta", [0.25, 0.5])
def test_the_half_point_nears_the_curve_like_one_over_m(delta: float) -> None:
    """The offset in k stays: (k50 - m delta rho) at 4 m within a tenth of that at m."""
    gaps = [
        recoverable_k(int(m * delta), m) - m * delta * weak_threshold(delta) for m in (256, 1024)
    ]
    assert 0.1 < gaps[0] < 0.6
    assert gaps[1] == pytest.approx(gaps[0], rel=0.1)
