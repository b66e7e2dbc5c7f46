"""What the theory of l1 recovery refuses, with which exception and the value received."""

import numpy as np
import pytest

from lcs.bounds.strong import certificate_ceiling
from lcs.l1.transition import intrinsic_volumes, recoverable_k, success_probability
from lcs.l1.weak_curve import weak_dimension, weak_threshold
from tests.faults.test_bad_input import refused


@pytest.mark.parametrize("d", [64.0, "64", None, True, -1, 257])
def test_dimensions_that_are_none_are_a_value_error(d) -> None:
    refused(lambda: success_probability(d, 256, 17), ValueError, d)
    refused(lambda: recoverable_k(d, 256), ValueError, d)


@pytest.mark.parametrize("delta", ["0.5", None, True, 0.5j, -0.1, 1.1, np.nan, 1e-299])
def test_ratios_that_are_none_are_a_value_error(delta) -> None:
    refused(lambda: weak_threshold(delta), ValueError, delta)


@pytest.mark.parametrize(("m", "k"), [(10**400, 1), (1000, 1e-300), ("9", 1), (9, "1"), (9, 10)])
def test_sizes_that_have_no_weak_dimension_are_a_value_error(m, k) -> None:
    with pytest.raises(ValueError, match=r"m and k must|k must"):
        weak_dimension(m, k)


def test_the_smallest_ratios_allowed_are_answered() -> None:
    """With Mills' ratio to its second term, a^2 rho = 1 - 3/a^2 and delta = 2 phi(a)/a."""
    rho = weak_threshold(1e-290)
    a = rho**-0.5
    expected = 1 + (2 * np.log(a) + np.log(np.pi / 2) - 3) / a**2
    assert rho * 2 * 290 * np.log(10) == pytest.approx(expected, abs=50 / a**4)
    d = weak_dimension(1e280, 1)
    assert d * weak_threshold(d / 1e280) == pytest.approx(1.0, rel=1e-9)


def test_what_would_take_too_long_is_refused_at_once() -> None:
    refused(lambda: intrinsic_volumes(10**9, 1), ValueError, 10**9)
    refused(lambda: success_probability(1, 10**6, 1), ValueError, 10**6)


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.int64])
def test_short_integers_do_not_overflow(kind) -> None:
    assert certificate_ceiling(kind(20), kind(40)) == certificate_ceiling(20, 40) == 3
    assert certificate_ceiling(np.int16(200), np.int16(400)) == certificate_ceiling(200, 400)
