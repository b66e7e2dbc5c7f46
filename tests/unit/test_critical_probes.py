"""The critical d of the best probes against a scan over every d with every feature."""

import numpy as np
import pytest

from lcs.codes.random import nested
from lcs.linear.critical import GROUP, critical_d_probes
from lcs.linear.probes import optimal_probes


@pytest.fixture(scope="module", params=["gaussian", "rademacher"])
def scanned(request) -> tuple:
    """A code of more than one group, and its best probes at every d."""
    m = GROUP + 4
    R = nested(request.param, m - 1, m, rng=np.random.default_rng(7))
    return R, [optimal_probes(R[:d]) for d in range(1, m)]


@pytest.mark.parametrize("delta", [0.5, 0.3, 0.15, 0.06])
def test_a_scan_over_every_d_finds_the_same(scanned, delta) -> None:
    R, probes = scanned
    found = critical_d_probes(R, delta)
    passes = [d for d, one in enumerate(probes, start=1) if one.alpha < delta]
    assert found.d_sufficient == (passes[0] if passes else None)
    fails = [0, *(d for d, p in enumerate(probes, start=1) if p.lower[found.feature] >= delta)]
    assert found.d_before == fails[-1], "the feature named proves that so many rows are too few"
    assert found.solves >= R.shape[1]


def test_fewer_features_give_a_lower_bound() -> None:
    R = nested("gaussian", 17, 18, rng=np.random.default_rng(1))
    each = [critical_d_probes(R, 0.2, features=[i]).d_sufficient for i in range(18)]
    known = [d for d in each if d is not None]
    assert len(known) == 18
    whole = critical_d_probes(R, 0.2)
    assert whole.d_sufficient == max(known) == each[whole.feature]
    assert critical_d_probes(R, 0.2, features=[3, 5]).d_sufficient == max(known[3], known[5])


def test_a_level_that_no_number_of_rows_reaches() -> None:
    R = np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]])  # features 0, 1, 2 look the same
    found = critical_d_probes(R, 0.4)
    assert (found.d_sufficient, found.d_before) == (None, 2)


def test_a_tie_with_the_level_is_not_called_a_failure_nor_a_success() -> None:
    R = np.array([[1.0, 1.0], [1.0, -1.0]])  # one row leaves alpha = 1/2, two leave 0
    found = critical_d_probes(R, 0.5)
    assert found.d_sufficient == 2
    assert found.d_before in (0, 1)


@pytest.mark.parametrize("delta", [0.0, -1.0, 1.5, float("nan"), "0.5"])
def test_levels_out_of_range_are_refused(delta) -> None:
    with pytest.raises(ValueError, match="delta must satisfy 0 < delta <= 1; got"):
        critical_d_probes(np.eye(2), delta)


def test_what_is_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        critical_d_probes(np.array([[np.nan, 1.0]]), 0.5)
    with pytest.raises(ValueError, match="features must"):
        critical_d_probes(np.eye(2), 0.5, features=[2])
